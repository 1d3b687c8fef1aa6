"""What was told turns out to be otherwise: a proposed decision, which a person applies."""

from __future__ import annotations

from collections.abc import Mapping

from journeys.case import Told, told
from journeys.city import City, said
from journeys.telling import fill
from satupintu.documents import Json
from satupintu.forms.answers import problems, with_computed, without_hidden
from satupintu.forms.facts import facts
from satupintu.rules import plain
from satupintu.rules.decision import Decision

Answers = Mapping[str, Json]


def test_a_correction_proposes_a_decision_and_applying_it_changes_the_referrals(
    city: City,
) -> None:
    before, correction, after = _two_stories(city)
    case = told(city, before)
    sent = case.asked_of("sent")
    desk = city.someone("service_head")

    desk.open(f"{case.address}/keputusan")
    desk.press(said("staff.correct"))
    form = city.form("assessment")
    desk.open(f"{desk.address.rpartition('/')[0]}/{form.pages[0].id}")
    fill(city, desk, form, correction)
    desk.press(said("intake.send"), {"told": "yes"})
    assert desk.reads(said("staff.proposed"))
    assert case.record.state == "proposed"
    assert case.asked_of("sent") == sent, "a proposal changes nothing yet"

    wanted = _decision(city, after)
    assert case.record.decision is not None
    assert case.record.decision.same_outcome(wanted)
    desk.press(said("staff.apply"))
    assert case.record.state == "applied"
    assert _asked(case) == {a.agency: {s.service for s in a.services} for a in wanted.agencies}
    gone = set(sent) - {a.agency for a in wanted.agencies}
    assert gone <= set(case.asked_of("ended"))
    assert case.asked_of("sent") != sent


def _two_stories(city: City) -> tuple[Answers, Answers, Answers]:
    """Return a story, what is then answered otherwise, and both together, decided differently."""
    form = city.form("assessment")
    for first in city.rules.examples:
        before = city.answers(first, sharing=True)
        for second in reversed(city.rules.examples):
            correction = city.answers(second, sharing=True)
            after, _ = without_hidden(form, with_computed(form, {**before, **correction}))
            if problems(form, after):
                continue
            old, new = _decision(city, before), _decision(city, after)
            if {a.agency for a in old.agencies} - {a.agency for a in new.agencies}:
                return before, correction, after
    raise AssertionError("no two examples of this city exclude one another")


def _decision(city: City, answers: Answers) -> Decision:
    return plain.decide(city.rules, facts(city.form("assessment"), answers))


def _asked(case: Told) -> dict[str, set[str]]:
    """Return every service that is asked of an agency now, sent or held."""
    found: dict[str, set[str]] = {}
    for referral in case.referrals:
        if referral.open:
            found.setdefault(referral.agency, set()).update(s.service for s in referral.services)
    return found
