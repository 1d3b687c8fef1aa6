"""What an agency reports on a referral that it accepted: a form of its own, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from uuid import uuid4

from satupintu.actions import attachments
from satupintu.actions.action import Act, action, deny
from satupintu.actions.answering import tell_lead
from satupintu.actions.drafts import new_draft
from satupintu.actions.opened import Opened, all_problems
from satupintu.actions.platform import Platform
from satupintu.actions.received import follow_up_draft, own
from satupintu.actions.routing import event
from satupintu.cases.case import Submission
from satupintu.cases.referral import moved
from satupintu.documents import Json
from satupintu.errors import BadAnswers, Conflict, NotFound, Problem
from satupintu.forms.answers import parted
from satupintu.people.actor import Actor
from satupintu.store import drafts, idempotency, referrals, submissions, timeline
from satupintu.store.drafts import Draft

MOVE = "referral.follow_up"


@dataclass(frozen=True)
class Reported:
    """A follow-up that was sent, with the referral it is about."""

    submission_id: str
    referral_id: str


@dataclass(frozen=True)
class _Prepared:
    draft: Draft
    answers: Mapping[str, Json]
    kept: Mapping[str, Json]
    problems: tuple[Problem, ...]


@action("referral.begin_follow_up")
def start(act: Act, referral_id: str, language: str) -> str:
    """Open a follow-up, or the one that the agency has begun; return the id of its draft.

    Raises Conflict where the referral was not accepted or is done.
    """
    referral, case = own(act, referral_id, lock=True)
    moved(referral.state, MOVE)
    there = follow_up_draft(act, referral)
    if there is not None:
        act.note("draft", there, case=case.id, referral=referral_id)
        return there
    form = act.content.form_for("follow_up")
    body: dict[str, Json] = {"answers": {}, "typed": {}, "sent": []}
    draft = new_draft(act, form, language, body, case_id=case.id, referral_id=referral_id)
    drafts.add(act.tx, draft)
    return draft.id


@action("referral.find_follow_up", reads=True, trail=False)
def begun(act: Act, referral_id: str) -> str:
    """Return the id of the follow-up that the agency has begun to write; opens it not.

    Raises NotFound where there is none (any more), NotAllowed.
    """
    referral, _ = own(act, referral_id)
    draft_id = follow_up_draft(act, referral)
    if draft_id is None:
        raise NotFound(Problem("referrals.no_follow_up"))
    return draft_id


def report(platform: Platform, who: Actor, referral_id: str, draft_id: str) -> Reported:
    """Send a complete follow-up; sent twice, it is kept once.

    Raises BadAnswers with every problem, Conflict where somebody saved the draft meanwhile or the
    referral is done, NotAllowed.
    """
    return _report(platform, who, referral_id, draft_id, _prepare(platform, draft_id))


def _prepare(platform: Platform, draft_id: str) -> _Prepared | None:
    """Validate before the transaction that writes; None where the draft is gone."""
    with platform.store.reading() as tx:
        try:
            draft = drafts.get(tx, draft_id)
        except NotFound:
            return None
        form = platform.content.form_version(draft.form_hash, tx)
    opened = Opened(draft, form)
    told = parted(form, opened.answers)
    return _Prepared(draft, told.answers, told.kept, all_problems(opened, told.answers))


@action("referral.follow_up")
def _report(act: Act, referral_id: str, draft_id: str, ready: _Prepared | None) -> Reported:
    tx = act.tx
    referral, case = own(act, referral_id, lock=True)
    key = f"follow_up/{draft_id}/{referral_id}"
    earlier = idempotency.earlier(tx, key, act.at)
    if earlier is not None:
        act.note("referral", referral_id, submission=earlier["submission_id"], again=True)
        return Reported(**earlier)
    if ready is None or ready.draft.kind != "follow_up" or ready.draft.referral_id != referral_id:
        raise deny("draft", draft_id)
    if drafts.get(tx, draft_id).version != ready.draft.version:
        raise Conflict(Problem("submit.changed"))
    if ready.problems:
        raise BadAnswers(*ready.problems)
    submission = Submission(
        id=str(uuid4()),
        case_id=case.id,
        purpose="follow_up",
        form_hash=ready.draft.form_hash,
        rule_set_hash=None,
        answers=ready.answers,
        facts={},
        submitted_at=act.at,
        submitted_by=act.who.account_id,
        language=ready.draft.language,
        referral_id=referral_id,
        kept=ready.kept,
    )
    submissions.add(tx, submission)
    attachments.move(tx, draft_id, case.id, [ready.answers, ready.kept])
    changed = referrals.change(tx, replace(referral, state=moved(referral.state, MOVE)))
    happened = event(
        act, case, "referral_followed_up", agency=referral.agency, referral=referral_id
    )
    timeline.add(tx, happened)
    tell_lead(act, case, "referral_followed_up")
    drafts.remove(tx, draft_id)
    reported = Reported(submission.id, referral_id)
    idempotency.keep(tx, key, asdict(reported))
    act.note("referral", referral_id, case=case.id, submission=submission.id, state=changed.state)
    return reported
