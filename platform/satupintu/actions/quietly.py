"""Quiet saves: what is typed is kept on the server a moment after the last change, by itself.

A quiet save never says more than was typed: an untouched box stays unanswered, a file is neither
added nor removed, the page does not count as sent, and what was typed but cannot be read is kept as
it stands. It obeys the same rule as a pressed button where somebody else changed the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from satupintu.actions import reports
from satupintu.actions.action import Act, action, deny
from satupintu.actions.drafts import bound_page, later, opened_draft
from satupintu.actions.opened import Opened, SomebodyElse, meets, with_page
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.answers import with_computed
from satupintu.forms.compiling import on_page
from satupintu.forms.document import Form, Question, name_of
from satupintu.forms.questions.kinds import ACT, Texts
from satupintu.store import drafts


@action("draft.keep")
def keep(act: Act, draft_id: str, page_id: str, posted: Texts, seen: str, view: str) -> datetime:
    """Keep what stands on a page, and return when; ``seen`` and ``view`` as for
    ``drafts.save_page``.

    Raises SomebodyElse where the page was changed elsewhere, NotFound, NotAllowed.
    """
    opened = opened_draft(act, draft_id, lock=True)
    act.note("draft", draft_id, page=page_id)
    return _keep(act, opened, page_id, posted, seen, view)


@action("public.keep")
def keep_report(
    act: Act, holder: str, page_id: str, posted: Texts, seen: str, view: str
) -> datetime:
    """Keep what stands on a page of a report, as ``keep`` does.

    Raises NotAllowed where nobody asked that it be kept: no code goes on with it.
    """
    draft = reports.held(act, holder, lock=True)
    if not draft.has_code:
        raise deny("draft", draft.id)
    act.note("draft", draft.id, page=page_id)
    return _keep(act, reports.opened_report(act, draft), page_id, posted, seen, view)


def _keep(act: Act, opened: Opened, page_id: str, posted: Texts, seen: str, view: str) -> datetime:
    page, form, draft = opened.page(page_id), opened.form, opened.draft
    bound = bound_page(act.content, opened, page, _Typed(form, posted), {})
    here = on_page(form, page)
    said = _said(here, opened.answers, bound.answers)
    bound = replace(bound, answers=with_computed(form, said))
    if not opened.may_follow(page, bound, seen, view):
        raise SomebodyElse(opened, bound.answers, page)
    if opened.stands(page, bound.answers, bound.unread) and not meets(opened, page, bound):
        return act.at
    body = with_page(opened, page, bound)
    body["views"] = {**body["views"], page_id: view[:40]}
    return drafts.save(act.tx, later(draft, act.at, body)).updated_at


class _Typed:
    """Posted texts without those that change something for good."""

    def __init__(self, form: Form, posted: Texts) -> None:
        self._form, self._posted = form, posted

    def getlist(self, key: str) -> list[str]:
        return self._posted.getlist(key) if key in self else []

    def __contains__(self, key: object) -> bool:
        return key in self._posted and key != ACT and not self._acts(str(key))

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._posted if key in self)

    def _acts(self, control: str) -> bool:
        name, _, part = control.rpartition(".")
        question = self._form.questions.get(name_of(name))
        return question is not None and part in questions.of(question.kind).acts


def _said(
    among: Iterable[Question], before: Mapping[str, Json], after: Mapping[str, Json]
) -> dict[str, Json]:
    """Return answers without those that only say that nobody touched their question yet."""
    found = dict(after)
    for question in among:
        value, was = after.get(question.key), before.get(question.key)
        if value is None:
            continue
        if was is None and questions.is_silence(question, value):
            del found[question.key]
        elif isinstance(value, Mapping):
            inside = was if isinstance(was, Mapping) else {}
            found[question.key] = _said(question.children, inside, value)
        elif question.children and isinstance(value, list):
            rows = was if isinstance(was, list) else []
            found[question.key] = [
                _said(question.children, rows[n] if n < len(rows) else {}, row)
                if isinstance(row, Mapping)
                else row
                for n, row in enumerate(value)
            ]
    return found
