"""Correcting what was sent: a draft that starts with it, and a new submission from that."""

from __future__ import annotations

from satupintu.actions.action import Act, action
from satupintu.actions.cases import opened
from satupintu.actions.drafts import begun_for_case, new_draft
from satupintu.documents import Json
from satupintu.errors import Conflict, Problem
from satupintu.forms.answers import with_kept
from satupintu.forms.carrying import carried
from satupintu.forms.document import Form
from satupintu.store import drafts, submissions
from satupintu.store.drafts import Draft


@action("case.correct")
def correct(act: Act, case_id: str, language: str) -> Draft:
    """Open a draft with the newest assessment's answers; sent, it proposes a new decision.

    A case that already has a draft gets no second one: the one there is comes back. Under the form
    in force: answers to an older version are carried over as far as it asks them. Raises Conflict
    where nothing was assessed yet.
    """
    opened(act, case_id, lock=True)
    begun = begun_for_case(act, case_id)
    if begun is not None:
        act.note("draft", begun.id, case=case_id)
        return begun
    sent = submissions.latest(act.tx, case_id, "assessment")
    if sent is None:
        raise Conflict(Problem("staff.nothing_to_correct"))
    form = act.content.form_for("assessment")
    body: dict[str, Json] = {
        "answers": _answers(act, form, sent.form_hash, with_kept(sent.answers, sent.kept)),
        "typed": {},
        "unread": [],
        "sent": sorted(page.id for page in form.pages),
        "corrects": sent.id,
    }
    draft = new_draft(act, form, language, body, case_id=case_id)
    drafts.add(act.tx, draft)
    return draft


def _answers(act: Act, form: Form, form_hash: str, answers: dict[str, Json]) -> dict[str, Json]:
    if form_hash == form.hash:
        return answers
    return carried(act.platform.content.form_version(form_hash, act.tx), answers, form)
