"""Submit an assessment: answers, decision, referrals, messages and audit entry in one commit.

What takes time (validating, deciding) happens before the writing transaction, on a draft whose
version the transaction then insists on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from uuid import uuid4

from satupintu import clock
from satupintu.actions import attachments
from satupintu.actions.action import Act, action, deny
from satupintu.actions.content import InForce
from satupintu.actions.deciding import Decided, decide
from satupintu.actions.drafts import may_use
from satupintu.actions.opened import Opened, all_problems
from satupintu.actions.platform import Platform
from satupintu.actions.routing import event, open_referrals, send
from satupintu.cases import matching
from satupintu.cases.case import Case, CaseState, Submission
from satupintu.cases.deadlines import counts_from
from satupintu.cases.numbers import written, year_of
from satupintu.documents import Json
from satupintu.errors import BadAnswers, Conflict, NotFound, Problem
from satupintu.forms.answers import parted
from satupintu.forms.document import Form
from satupintu.people.actor import Actor
from satupintu.store import (
    cases,
    drafts,
    idempotency,
    notices,
    search,
    submissions,
    timeline,
)
from satupintu.store.drafts import Draft


@dataclass(frozen=True)
class Submitted:
    """The case a submission belongs to, and how it stands now."""

    case_id: str
    number: str
    state: CaseState


@dataclass(frozen=True)
class _Prepared:
    content: InForce
    draft: Draft
    form: Form
    answers: Mapping[str, Json]
    kept: Mapping[str, Json]
    decided: Decided


def submit(platform: Platform, who: Actor, draft_id: str, *, told: bool = False) -> Submitted:
    """Send a complete draft; sent twice, it is kept once and gives the same result.

    ``told`` says that the person heard what is shared and with whom.

    Raises BadAnswers with every problem, Conflict where somebody saved the draft meanwhile,
    NotAllowed. Where the engines differ or fail the case goes to triage, with an alarm, and nobody
    is told anything yet.
    """
    return _submit(platform, who, draft_id, _prepare(platform, who, draft_id), told)


def _prepare(platform: Platform, who: Actor, draft_id: str) -> _Prepared | None:
    """Validate and decide; None where the draft is gone, perhaps because it was sent already."""
    with platform.store.reading() as tx:
        try:
            draft = drafts.get(tx, draft_id)
        except NotFound:
            return None
        content = platform.content.live(clock.now(), tx)
        if not may_use(tx, who, draft, content.service().lead_agency):
            return None
        form = platform.content.form_version(draft.form_hash, tx)
        told = parted(form, draft.body["answers"])
        found = all_problems(Opened(draft, form), told.answers)
        if found:
            raise BadAnswers(*found)
        decided = decide(content, platform.engines, form, told.answers)
    return _Prepared(content, draft, form, told.answers, told.kept, decided)


@action("assessment.submit")
def _submit(act: Act, draft_id: str, ready: _Prepared | None, told: bool) -> Submitted:
    tx, who = act.tx, act.who
    key = f"submit/{draft_id}/{who.account_id}"
    earlier = idempotency.earlier(tx, key, act.at)
    if earlier is not None:
        act.note("case", earlier["case_id"], again=True)
        return Submitted(**earlier)
    if ready is None:
        raise deny()
    act.under(ready.content)
    case, is_new = _case(act, ready)
    submission = Submission(
        id=str(uuid4()),
        case_id=case.id,
        purpose=ready.draft.kind,
        form_hash=ready.form.hash,
        rule_set_hash=ready.decided.rule_set_hash,
        answers=ready.answers,
        facts=ready.decided.facts,
        submitted_at=act.at,
        submitted_by=who.account_id,
        language=ready.draft.language,
        corrects=ready.draft.body.get("corrects"),
        kept=ready.kept,
    )
    corrects = submission.corrects is not None
    record = ready.decided.record(str(uuid4()), submission, "proposed" if corrects else "applied")
    case = _settled(act, case, ready, proposed=corrects)
    if is_new:
        cases.add(tx, case)
    else:
        case = cases.change(tx, case)
    submissions.add(tx, submission)
    if corrects:
        for older in submissions.decisions_of_case(tx, case.id):
            if older.state == "proposed":
                submissions.mark_decision(tx, older.id, "superseded")
    submissions.add_decision(tx, record)
    attachments.move(tx, draft_id, case.id, [ready.answers, ready.kept])
    search.add(tx, case.id, matching.values(ready.form, ready.answers))
    decision = ready.decided.decision
    timeline.add(
        tx,
        event(act, case, "corrected" if corrects else "submitted"),
        event(
            act,
            case,
            "trouble" if record.state == "trouble" else "proposed" if corrects else "decided",
            count=0 if decision is None else len(decision.agencies),
        ),
    )
    if record.state == "trouble":
        notices.add(tx, "case_in_trouble", act.at, case_id=case.id)
    elif not corrects:
        _refer(act, case, ready, record.id, told=told)
    if not drafts.remove_sent(tx, ready.draft):
        raise Conflict(Problem("submit.changed"))
    submitted = Submitted(case.id, case.number, case.state)
    idempotency.keep(tx, key, asdict(submitted))
    act.note("case", case.id, submission=submission.id, decision=record.id, state=record.state)
    return submitted


def _case(act: Act, ready: _Prepared) -> tuple[Case, bool]:
    """Return the case that the draft is about, locked, or a new one under its number."""
    if ready.draft.case_id is not None:
        return cases.get(act.tx, ready.draft.case_id, lock=True), False
    service = act.content.service()
    year = year_of(act.at, service.zone)
    number = written(service.case_number, year, cases.next_number(act.tx, year))
    return Case(str(uuid4()), number, "undecided", act.at, manager=act.who.account_id), True


def _settled(act: Act, case: Case, ready: _Prepared, *, proposed: bool) -> Case:
    """Return the case as it stands after this submission."""
    decided = ready.decided
    case = replace(case, manager=case.manager or act.who.account_id)
    if not decided.sure:
        return replace(case, state="triage", due_at=act.at)
    if proposed:
        return case
    lead = act.content.service().lead_agency
    return replace(
        case,
        state="decided",
        headline=decided.headline,
        due_at=None,
        head_only=lead in decided.effects.head_only,
    )


def _refer(act: Act, case: Case, ready: _Prepared, decision_id: str, *, told: bool) -> None:
    content, decided = act.content, ready.decided
    agencies = act.platform.content.agencies_version(decided.agencies_hash, act.tx)
    open_referrals(
        act,
        case,
        decided.routes(ready.form, ready.answers, content),
        start=counts_from(ready.form, ready.answers, act.at),
        agencies=agencies,
        decision_id=decision_id,
        told=told,
    )
    if decided.effects.call_head:
        notices.add(act.tx, "call_head", act.at, case_id=case.id)
        lead = content.service().lead_agency
        send(act, case, [("call_head", lead, f"/kasus/{case.id}/keputusan")])
