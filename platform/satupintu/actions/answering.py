"""What an agency does with a referral it received: accept it, decline it, finish it."""

from __future__ import annotations

from dataclasses import replace

from satupintu.actions.action import Act, action
from satupintu.actions.received import own
from satupintu.actions.routing import event, send
from satupintu.cases.case import Case
from satupintu.cases.referral import DECLINE_REASONS, READY, Referral, moved
from satupintu.cases.timeline import Kind, declined_because
from satupintu.documents import Json
from satupintu.errors import BadAnswers, Conflict, Problem
from satupintu.messages.message import MessageKind
from satupintu.store import notices, referrals, timeline

LONGEST_HANDLER = 120
LONGEST_REASON = 1_000


@action("referral.accept")
def accept(act: Act, referral_id: str, seen: int, ready: str, handler: str) -> Referral:
    """Take a referral on: from when the person can be helped (one of ``READY``), who is in charge.

    ``seen`` is the version that the officer had before them. Raises Conflict where somebody was
    first, BadAnswers with every problem, NotAllowed.
    """
    referral, case = as_seen(act, referral_id, seen, "referral.accept")
    handler = handler.strip()
    problems = []
    if ready not in READY:
        problems.append(Problem("referrals.ready_needed", pointer="/ready"))
    if not handler:
        problems.append(Problem("referrals.handler_needed", pointer="/handler"))
    elif len(handler) > LONGEST_HANDLER:
        limit = {"limit": LONGEST_HANDLER}
        problems.append(Problem("referrals.too_long", limit, "/handler"))
    if problems:
        raise BadAnswers(*problems)
    changed = replace(referral, state=moved(referral.state, act.name), accepted_at=act.at)
    return _done(act, case, changed, "referral_accepted", ready=ready, handler=handler)


@action("referral.decline")
def decline(act: Act, referral_id: str, seen: int, why: str, more: str, language: str) -> Referral:
    """Give a referral back, for one of ``DECLINE_REASONS`` and in the officer's own words.

    The case manager is alarmed, and the agency's access ends. Raises as ``accept`` does.
    """
    referral, case = as_seen(act, referral_id, seen, "referral.decline")
    more = more.strip()
    problems = []
    if why not in DECLINE_REASONS:
        problems.append(Problem("referrals.why_needed", pointer="/why"))
    if len(more) > LONGEST_REASON:
        problems.append(Problem("referrals.too_long", {"limit": LONGEST_REASON}, "/more"))
    if problems:
        raise BadAnswers(*problems)
    changed = replace(
        referral,
        state=moved(referral.state, act.name),
        reason=declined_because(why, more, language),
        ended_at=act.at,
    )
    notices.add(act.tx, "referral_declined", act.at, case_id=case.id, agency=referral.agency)
    return _done(act, case, changed, "referral_declined", why=why, reason=more)


@action("referral.done")
def done(act: Act, referral_id: str, seen: int) -> Referral:
    """Finish a referral: the services were given, and only the preview stays open to the agency."""
    referral, case = as_seen(act, referral_id, seen, "referral.done")
    changed = replace(referral, state=moved(referral.state, act.name), ended_at=act.at)
    return _done(act, case, changed, "referral_done")


def as_seen(act: Act, referral_id: str, seen: int, move: str) -> tuple[Referral, Case]:
    """Return a referral of the person's inbox with its case, locked, if ``move`` may start there.

    Raises Conflict where somebody changed it since it was ``seen``.
    """
    referral, case = own(act, referral_id, lock=True)
    moved(referral.state, move)
    if referral.version != seen:
        raise Conflict(Problem("cases.moved.changed"))
    return referral, case


def tell_lead(act: Act, case: Case, kind: MessageKind) -> None:
    """Tell those who manage the case."""
    lead = act.content.service().lead_agency
    send(act, case, [(kind, lead, f"/kasus/{case.id}")])


def _done(act: Act, case: Case, changed: Referral, kind: Kind, **details: Json) -> Referral:
    """Write a referral as it is now, and tell it to the case, its manager and the audit trail."""
    after = referrals.change(act.tx, changed)
    happened = event(act, case, kind, agency=changed.agency, referral=changed.id, **details)
    timeline.add(act.tx, happened)
    match kind:
        case "referral_accepted" | "referral_declined" | "referral_done":
            tell_lead(act, case, kind)
    act.note("referral", changed.id, case=case.id, agency=changed.agency, state=changed.state)
    return after
