"""Routes become referrals: rows, timeline and outgoing messages, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from satupintu.actions.action import Act
from satupintu.agencies.directory import Agencies
from satupintu.cases.case import Case
from satupintu.cases.deadlines import acknowledge_by, due_at
from satupintu.cases.referral import Origin, Referral
from satupintu.cases.routing import Route
from satupintu.cases.timeline import Event, Kind
from satupintu.documents import Json
from satupintu.messages.message import Message, MessageKind
from satupintu.store import outbox, referrals, timeline


def open_referrals(
    act: Act,
    case: Case,
    routes: Iterable[Route],
    *,
    start: datetime,
    agencies: Agencies,
    decision_id: str | None = None,
    origin: Origin = "rules",
    reason: str | None = None,
    told: bool = False,
) -> tuple[Referral, ...]:
    """Open a referral for each route, tell its timeline, and tell its agency unless it is held.

    Deadlines count from ``start``, when the story was told. ``told`` says that the person already
    heard of those of which they must be told.
    """
    opened = tuple(
        Referral(
            id=str(uuid4()),
            case_id=case.id,
            agency=route.agency,
            state="held" if route.way == "held" else "sent",
            urgency=route.urgency,
            consent=route.consent,
            services=route.services,
            due_at=due_at(start, route.within_hours),
            created_at=act.at,
            origin=origin,
            decision_id=decision_id,
            acknowledge_by=(
                None if route.way == "held" else acknowledge_by(act.at, agencies[route.agency])
            ),
            reason=reason,
            told_at=act.at if told and route.way == "sent_and_told" else None,
            sent_at=None if route.way == "held" else act.at,
            head_only=route.head_only,
        )
        for route in routes
    )
    referrals.add(act.tx, opened)
    kind: Kind = "referral_added" if origin == "person" else "referral_sent"
    timeline.add(
        act.tx,
        *(
            event(
                act,
                case,
                "referral_held" if referral.state == "held" else kind,
                agency=referral.agency,
                **({} if reason is None else {"reason": reason}),
            )
            for referral in opened
        ),
    )
    tell(act, case, [("referral_sent", r) for r in opened if r.state == "sent"])
    return opened


def end_referrals(act: Act, case: Case, ended: Iterable[Referral], reason: str) -> None:
    """End referrals that no newer decision asks for, and tell the agencies that had them."""
    told: list[tuple[MessageKind, Referral]] = []
    for referral in ended:
        if referral.state == "sent":
            told.append(("referral_ended", referral))
        referrals.change(act.tx, replace(referral, state="ended", reason=reason, ended_at=act.at))
        timeline.add(
            act.tx, event(act, case, "referral_ended", agency=referral.agency, reason=reason)
        )
    tell(act, case, told)


def tell(act: Act, case: Case, what: Sequence[tuple[MessageKind, Referral]]) -> None:
    """Put one message for each referral's agency in the outbox."""
    send(act, case, [(kind, r.agency, f"/rujukan/{r.id}") for kind, r in what])


def send(act: Act, case: Case, what: Sequence[tuple[MessageKind, str, str]]) -> None:
    """Put messages in the outbox: kind, the agency that receives it, the page it leads to."""
    if not what:
        return
    outbox.add(
        act.tx,
        [
            Message(
                id=str(uuid4()),
                case_id=case.id,
                case_number=case.number,
                sequence=0,
                kind=kind,
                recipient=agency,
                path=path,
                created_at=act.at,
                next_attempt_at=act.at,
            )
            for kind, agency, path in what
        ],
    )


def event(act: Act, case: Case, kind: Kind, *, agency: str | None = None, **details: Json) -> Event:
    """Return what the timeline says of this act."""
    return Event(str(uuid4()), case.id, act.at, kind, details, act.who.account_id, agency)
