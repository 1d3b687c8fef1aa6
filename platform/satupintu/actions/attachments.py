"""The files of a draft or a case: what pages tell of them, and that none outlives its answer."""

from __future__ import annotations

from collections.abc import Mapping

from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.attached import Attached
from satupintu.forms.binding import texts_in
from satupintu.forms.document import WHOLE, Form
from satupintu.store import files
from satupintu.store.drafts import Draft
from satupintu.store.open import Transaction


def of_draft(tx: Transaction, draft: Draft, form: Form) -> Mapping[str, Attached]:
    """Return the files that the answers of a draft may name, by id; of its case too, as a
    correction begins with what was sent.
    """
    if not _asks_for_files(form):
        return {}
    before = {} if draft.case_id is None else of_case(tx, draft.case_id, form)
    return {**before, **{f.id: Attached(f.name, f.size) for f in files.of_draft(tx, draft.id)}}


def of_case(tx: Transaction, case_id: str, *forms: Form) -> Mapping[str, Attached]:
    """Return the files that answers of a case to these forms may name, by id."""
    if not any(_asks_for_files(form) for form in forms):
        return {}
    return {f.id: Attached(f.name, f.size) for f in files.of_case(tx, case_id)}


def move(tx: Transaction, draft_id: str, case_id: str, answers: Json) -> None:
    """Move a draft's files to the case as it is sent, but for those that no answer names, neither
    of those that are sent nor of those that are kept beside them.
    """
    remove_unnamed(tx, draft_id, answers)
    files.move_to_case(tx, draft_id, case_id)


def remove_unnamed(tx: Transaction, draft_id: str, answers: Json) -> None:
    """Delete those files of a draft that no answer names: they were removed, or replaced, or hang
    on a question that is asked no longer.
    """
    kept = files.of_draft(tx, draft_id)
    named = frozenset(texts_in(answers)) if kept else frozenset()
    for file in kept:
        if file.id not in named:
            files.remove(tx, file.id)


def _asks_for_files(form: Form) -> bool:
    kinds = {question.kind for question in form.questions.values()}
    return WHOLE in kinds or any(questions.of(kind).files is not None for kind in kinds)
