"""Correcting what was sent: a draft that starts with it, and a new submission from that."""

from __future__ import annotations

from satupintu.actions.action import Act, action
from satupintu.actions.cases import opened
from satupintu.actions.drafts import begun_for_case, new_draft
from satupintu.actions.older_versions import way_of
from satupintu.documents import Json
from satupintu.errors import Conflict, Problem
from satupintu.forms.answers import with_kept
from satupintu.forms.carrying import carried
from satupintu.forms.document import Form
from satupintu.forms.facts import Answers
from satupintu.forms.migrating import Fate, Migrated, migrate_along
from satupintu.forms.migrating.fate import named
from satupintu.forms.migrating.telling import fate_sentence, fates_to_tell
from satupintu.store import drafts, submissions
from satupintu.store.drafts import Draft
from satupintu.words import DEFAULT, LANGUAGES


@action("case.correct")
def correct(act: Act, case_id: str, language: str) -> Draft:
    """Open a draft with the newest assessment's answers; sent, it proposes a new decision.

    A case that already has a draft gets no second one: the one there is comes back. Under the form
    in force: answers to an older version are migrated, and the draft says what was left behind.
    Raises Conflict where nothing was assessed yet.
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
    migrated = _migrated(act, form, sent.form_hash, with_kept(sent.answers, sent.kept))
    body: dict[str, Json] = {
        "answers": migrated.answers,
        "typed": {},
        "unread": [],
        "sent": sorted(page.id for page in form.pages),
        "corrects": sent.id,
    }
    if migrated.lost:
        older = act.platform.content.form_version(sent.form_hash, act.tx)
        body["left_behind"] = [_kept(f, older, form) for f in fates_to_tell(migrated.lost)]
    draft = new_draft(act, form, language, body, case_id=case_id)
    drafts.add(act.tx, draft)
    return draft


def _migrated(act: Act, form: Form, form_hash: str, answers: Answers) -> Migrated:
    if form_hash == form.hash:
        return Migrated(dict(answers))
    older = act.platform.content.form_version(form_hash, act.tx)
    if older.id != form.id:  # the service uses another form for assessments now
        return Migrated(carried(older, answers, form))
    forms = way_of(act.platform.content, form_hash, form, act.tx)
    return migrate_along(forms, answers, keep_hidden=True)


def _kept(fate: Fate, older: Form, newer: Form) -> Json:
    """Return an answer that was left behind as a draft keeps it: its question and why, never it.

    Both by language, as neither version need be at hand where they are read.
    """
    name = fate.question or named(fate.place)
    question = older.questions.get(name)
    title = {DEFAULT: name} if question is None else dict(question.title)
    return [title, {one: fate_sentence(fate, newer, one) for one in LANGUAGES}]
