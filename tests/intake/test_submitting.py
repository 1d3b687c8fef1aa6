"""What one commit holds, on both databases; and what happens where the engines do not agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from forms.completed_answers import complete
from intake.desk import typed
from satupintu import clock
from satupintu.actions import accounts, drafts, importing, reports
from satupintu.actions.documents import import_documents
from satupintu.actions.engines import Engines
from satupintu.actions.platform import Platform
from satupintu.actions.submit import submit
from satupintu.cases import matching
from satupintu.conditions.values import Facts
from satupintu.errors import BadAnswers, Conflict, NotAllowed, NotFound
from satupintu.forms.document import Form
from satupintu.people.actor import SYSTEM, Actor
from satupintu.people.demonstration import Person
from satupintu.rules.decision import Decision
from satupintu.rules.document import RuleSet
from satupintu.rules.plain import decide
from satupintu.store import (
    audit,
    cases,
    notices,
    outbox,
    referrals,
    search,
    submissions,
    timeline,
)
from satupintu.store import drafts as kept_drafts


class Texts(dict[str, list[str]]):
    """Posted texts by control name, as a browser sends them."""

    def getlist(self, key: str) -> list[str]:
        return self.get(key, [])


@pytest.fixture
def installed(platform: Platform) -> Platform:
    """The shipped content on each database, with plain meaning as its engine: quick to start."""
    platform = replace(platform, engines=Engines(make=Plain))
    import_documents(platform, SYSTEM, importing.from_folder(platform.settings.content))
    return platform


class Plain:
    """An engine that is the definition itself."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset

    def decide(self, facts: Facts) -> Decision:
        return decide(self.ruleset, facts)

    def close(self) -> None:
        """Nothing is held."""


class Mistaken(Plain):
    """An engine that forgets an agency."""

    def decide(self, facts: Facts) -> Decision:
        decision = super().decide(facts)
        return replace(decision, agencies=decision.agencies[1:])


def staff(platform: Platform, login: str = "uji", role: str = "staff") -> Actor:
    lead = platform.content.service(clock.now()).lead_agency
    person = Person(login=login, role=role, agency=lead, title="Petugas contoh")  # type: ignore[arg-type]
    return accounts.create(platform, SYSTEM, person).actor()


def form_of(platform: Platform) -> Form:
    return platform.content.in_force(clock.now()).form_for("assessment")


def filled(
    platform: Platform, who: Actor, example: int = 0, case_id: str | None = None, **given: Any
) -> str:
    """Fill in an assessment with the facts of an example; return its draft."""
    form = form_of(platform)
    facts = platform.content.rule_set(clock.now()).examples[example].facts
    answers = complete(form, facts, given)
    draft = drafts.start(platform, who, "id", case_id)
    opened = drafts.read(platform, who, draft.id)
    for page in form.pages:
        sent = typed(platform, form, page, answers)
        texts = Texts({k: v if isinstance(v, list) else [v] for k, v in sent.items()})
        opened = drafts.save_page(
            platform, who, draft.id, page.id, texts, {}, opened.seen(page)
        ).opened
    return draft.id


def sharing(platform: Platform, *, ticked: bool) -> Mapping[str, Any]:
    """Return the answer to the sharing question with every group ticked, or none."""
    [question] = form_of(platform).with_role("consent_sharing")
    return {question.name: [o.const for o in question.options] if ticked else []}


def test_one_commit_holds_case_decision_referrals_messages_timeline_and_audit(
    installed: Platform,
) -> None:
    who = staff(installed)
    draft = filled(installed, who, **sharing(installed, ticked=True))
    done = submit(installed, who, draft, told=True)
    with installed.store.reading() as tx:
        case = cases.get(tx, done.case_id)
        [submission] = submissions.of_case(tx, case.id)
        [record] = submissions.decisions_of_case(tx, case.id)
        sent = referrals.of_case(tx, case.id)
        kinds = [event.kind for event in timeline.of_case(tx, case.id)]
        messages = outbox.of_case(tx, case.id)
        entries = audit.listed(tx, object_kind="case", object_id=case.id)
        with pytest.raises(NotFound):
            kept_drafts.get(tx, draft)
    assert (case.state, case.manager, case.due_at) == ("decided", who.account_id, None)
    now = installed.content.in_force(clock.now())
    assert submission.form_hash == form_of(installed).hash
    assert (
        record.rule_set_hash
        == submission.rule_set_hash
        == now.hash("rule_set", now.service().rule_set)
    )
    assert record.state == "applied"
    assert record.decision is not None
    assert {r.agency for r in sent} == {a.agency for a in record.decision.agencies}
    assert {m.recipient for m in messages if m.kind == "referral_sent"} == {r.agency for r in sent}
    assert kinds[:2] == ["submitted", "decided"]
    assert [e.action for e in entries] == ["assessment.submit"]
    assert all(r.told_at is not None for r in sent if r.consent == "informasikan")


def test_without_consent_what_needs_it_is_held_and_no_agency_is_told(installed: Platform) -> None:
    who = staff(installed)
    done = submit(installed, who, filled(installed, who, **sharing(installed, ticked=False)))
    agencies = installed.content.agencies(clock.now())
    with installed.store.reading() as tx:
        found = referrals.of_case(tx, done.case_id)
        told = {m.recipient for m in outbox.of_case(tx, done.case_id) if m.kind == "referral_sent"}
    held = [r for r in found if r.state == "held"]
    assert held
    assert all(agencies[r.agency].sharing_group for r in held)
    assert all(r.consent == "perlu" and r.sent_at is None for r in held)
    assert told == {r.agency for r in found if r.state == "sent"}
    assert all(r.told_at is None for r in found)


def test_sent_twice_it_is_kept_once_and_says_the_same(installed: Platform) -> None:
    who = staff(installed)
    draft = filled(installed, who)
    assert submit(installed, who, draft) == submit(installed, who, draft)
    with installed.store.reading() as tx:
        assert len(cases.listed(tx, ["decided"])) == 1


def test_nobody_else_sends_a_draft(installed: Platform) -> None:
    who, other = staff(installed), staff(installed, "uji2")
    draft = filled(installed, who)
    with pytest.raises(NotAllowed):
        submit(installed, other, draft)
    with pytest.raises(NotAllowed):
        submit(installed, other, "tidak-ada")
    submit(installed, who, draft)


def test_engines_that_differ_bring_the_case_to_a_person_and_tell_no_agency(
    installed: Platform,
) -> None:
    mistaken = replace(installed, engines=Engines(make=Mistaken))
    who = staff(installed)
    done = submit(mistaken, who, filled(installed, who))
    with installed.store.reading() as tx:
        [record] = submissions.decisions_of_case(tx, done.case_id)
        alarms = [(n.kind, n.case_id) for n in notices.unsettled(tx)]
        assert referrals.of_case(tx, done.case_id) == ()
        assert not [m for m in outbox.of_case(tx, done.case_id) if m.kind == "referral_sent"]
        assert [s.purpose for s in submissions.of_case(tx, done.case_id)] == ["assessment"]
    assert done.state == "triage"
    assert (record.state, record.agrees, record.trouble) == ("trouble", False, "differs")
    assert ("case_in_trouble", done.case_id) in alarms


def test_an_incomplete_draft_is_refused_with_every_problem_and_stays(installed: Platform) -> None:
    who = staff(installed)
    draft = drafts.start(installed, who, "id")
    with pytest.raises(BadAnswers) as refused:
        submit(installed, who, draft.id)
    assert len(refused.value.problems) > 5
    assert drafts.read(installed, who, draft.id).draft.version == 1


def test_a_name_and_a_phone_find_the_case(installed: Platform) -> None:
    who = staff(installed)
    done = submit(installed, who, filled(installed, who))
    with installed.store.reading() as tx:
        [submission] = submissions.of_case(tx, done.case_id)
        values = matching.values(form_of(installed), submission.answers)
        assert values
        assert done.case_id in search.find(tx, [{value} for value in values])


def test_a_report_becomes_an_assessed_case_with_its_answers_carried_over(
    installed: Platform,
) -> None:
    who = staff(installed)
    now = installed.content.in_force(clock.now())
    form = now.form_for("public_report")
    answers = complete(form, {})
    holder, opened = "", reports.blank(installed, "id")
    for page in form.pages:
        sent = typed(installed, form, page, answers)
        texts = Texts({k: v if isinstance(v, list) else [v] for k, v in sent.items()})
        kept = reports.save_page(
            installed, reports.PUBLIC, holder, "id", page.id, texts, {},
            opened.seen(page), "next", "127.0.0.1",
        )  # fmt: skip
        holder, opened = kept.holder, kept.saved.opened
    assert reports.report(installed, holder) == reports.report(installed, holder)
    with installed.store.reading() as tx:
        [case] = cases.listed(tx, ["undecided"])
    begun = drafts.start(installed, who, "id", case.id)
    assert begun.body["carried"]
    assert drafts.start(installed, who, "id", case.id).id == begun.id
    done = submit(installed, who, filled(installed, who, case_id=case.id))
    assert (done.case_id, done.number, done.state) == (case.id, case.number, "decided")
    with installed.store.reading() as tx:
        purposes = [s.purpose for s in submissions.of_case(tx, case.id)]
        assert cases.get(tx, case.id).manager == who.account_id
    assert purposes == ["public_report", "assessment"]


def test_a_second_writer_meets_the_first_and_another_page_is_merged(installed: Platform) -> None:
    who = staff(installed)
    form = form_of(installed)
    draft = drafts.start(installed, who, "id")
    opened = drafts.read(installed, who, draft.id)
    facts = installed.content.rule_set(clock.now()).examples[0].facts
    answers = complete(form, facts)
    first, second = form.pages[0], form.pages[1]
    for page in (first, second):
        sent = typed(installed, form, page, answers)
        texts = Texts({k: v if isinstance(v, list) else [v] for k, v in sent.items()})
        drafts.save_page(installed, who, draft.id, page.id, texts, {}, opened.seen(page))
    with pytest.raises(Conflict):
        drafts.save_page(installed, who, draft.id, first.id, Texts(), {}, opened.seen(first))
    assert drafts.read(installed, who, draft.id).draft.version == 3
