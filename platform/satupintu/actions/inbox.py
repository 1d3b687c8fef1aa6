"""The inbox of an agency: its own referrals, by where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from satupintu.actions.action import Act, action
from satupintu.actions.received import told_by
from satupintu.agencies.directory import Agency
from satupintu.cases.access import cut, visible
from satupintu.cases.answers_at import values
from satupintu.cases.referral import Referral, ReferralState
from satupintu.errors import NotFound, Problem
from satupintu.forms import questions
from satupintu.forms.document import Form, Question
from satupintu.people.roles import HEAD_ROLES
from satupintu.store import cases, referrals, submissions

Box = Literal["waiting", "working", "finished"]
BOXES: Mapping[Box, frozenset[ReferralState]] = MappingProxyType(
    {
        "waiting": frozenset({"sent"}),
        "working": frozenset({"accepted", "in_progress"}),
        "finished": frozenset({"done", "declined"}),
    }
)
"""What stands in which list; a held or ended referral stands in none."""


@dataclass(frozen=True)
class Line:
    """One referral in the list: its case number, and in a word or two who it is about."""

    referral: Referral
    number: str
    about: tuple[str, ...]


@dataclass(frozen=True)
class Inbox:
    """One list: what has to be answered or done soonest comes first, what is finished last.

    ``count`` is how many there are, where ``lines`` are only the first of them.
    """

    agency: Agency
    lines: tuple[Line, ...]
    count: int


@action("inbox.list", reads=True)
def listed(act: Act, box: Box, language: str) -> Inbox:
    """Return one list of the person's agency; no name and no story stands in it."""
    agency = act.content.agencies().get(act.who.agency or "")
    if agency is None:
        raise NotFound(Problem("referrals.no_agency"))
    finished = box == "finished"
    head = act.who.role in HEAD_ROLES
    found = referrals.inbox(act.tx, agency.id, BOXES[box], head=head, newest=finished)
    lines = tuple(_line(act, agency, one, language) for one in found)
    act.note("inbox", agency.id, box=box, cases=len({r.case_id for r in found}))
    if not finished:
        lines = tuple(sorted(lines, key=lambda one: due_at(one.referral)))
    count = referrals.count(act.tx, agency.id, BOXES[box], head=head)
    return Inbox(agency, lines, count)


def due_at(referral: Referral) -> datetime:
    """Return the deadline that counts now: to answer it, and once accepted to have helped."""
    if referral.state == "sent" and referral.acknowledge_by is not None:
        return min(referral.acknowledge_by, referral.due_at)
    return referral.due_at


@action("inbox.count", reads=True, trail=False)
def waiting(act: Act) -> int:
    """Return how many referrals wait for the person's agency to answer."""
    head = act.who.role in HEAD_ROLES
    return referrals.count(act.tx, act.who.agency or "", BOXES["waiting"], head=head)


def _line(act: Act, agency: Agency, referral: Referral, language: str) -> Line:
    number = cases.get(act.tx, referral.case_id).number
    told = None
    if referral.state != "declined":
        told = told_by(submissions.of_case(act.tx, referral.case_id))
    if told is None:
        return Line(referral, number, ())
    form = act.platform.content.form_version(told.form_hash, act.tx)
    answers = cut(form, told.answers, visible(form, agency, "sent"))
    zone = act.content.service().zone
    about = tuple(
        questions.of(question.kind).shown(question, answer, language, zone)
        for question in _telling(form)
        for answer in values(answers, question.name)
    )
    return Line(referral, number, about)


def _telling(form: Form) -> Iterator[Question]:
    """Yield the choices that say in a word who a referral is about, of those in the preview."""
    for role in ("sex", "kind"):
        found = [q for q in form.with_role(role) if "preview" in q.roles and q.options]
        if found:
            yield from found
            return
