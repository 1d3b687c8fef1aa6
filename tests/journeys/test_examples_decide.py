"""Every example of a city, told page by page at the desk, comes out as its policy owner expects."""

from __future__ import annotations

from collections.abc import Mapping

from journeys import reading
from journeys.case import Told, told
from journeys.city import City, said
from journeys.person import Person
from satupintu import words
from satupintu.documents import Json
from satupintu.forms.document import Form
from satupintu.rules.document import Example


def test_with_everything_shared_each_agency_of_the_decision_sees_its_part_and_no_other(
    city: City,
) -> None:
    for example in city.rules.examples[:: city.every]:
        case = told(city, city.answers(example, sharing=True))
        _the_decision_is_the_expected_one(city, example, case)
        _each_agency_sees_what_was_sent_to_it(city, case)


def test_with_nothing_shared_what_needs_consent_is_held_and_invisible_to_the_agency(
    city: City,
) -> None:
    held = 0
    for example in city.rules.examples[:: city.every]:
        case = told(city, city.answers(example, sharing=False))
        _the_decision_is_the_expected_one(city, example, case)
        expected = _waits_for_consent(city, case)
        assert case.asked_of("held") == expected
        shown = reading.decided(case.page)
        assert {name for name, asked in shown.items() if asked.held} == {
            city.agency_name(agency) for agency in expected
        }
        _each_agency_sees_what_was_sent_to_it(city, case)
        held += len(expected)
    assert held


def _the_decision_is_the_expected_one(city: City, example: Example, case: Told) -> None:
    """Compare what the decision page says, and what is kept, with what the example expects."""
    expect, agencies = example.expect, city.now.agencies()
    hours = {city.agency_name(code): within for code, within in expect["agencies"].items()}
    assert reading.hours(case.page, case.start) == hours, example.id
    for agency in case.decision.agencies:
        titles = [agencies[agency.agency].services[s.service] for s in agency.services]
        asked = reading.decided(case.page)[city.agency_name(agency.agency)]
        assert reading.lists(asked.services, [words.pick(t, "id") for t in titles])

    barred = {
        said(
            "staff.not_offered",
            service=words.pick(agencies[one["agency"]].services[one["service"]], "id"),
            agency=city.agency_name(one["agency"]),
        )
        for one in expect.get("forbidden", ())
    }
    skipped = {e.agency for e in case.decision.excluded}
    assert skipped == set(expect.get("excluded", skipped))
    barred |= {said("staff.agency_skipped", agency=city.agency_name(code)) for code in skipped}
    assert reading.ruled_out(case.page) == barred, example.id

    raised = {words.pick(city.rules.flags[flag].title, "id") for flag in expect["flags"]}
    of_flags = {words.pick(flag.title, "id") for flag in city.rules.flags.values()}
    assert reading.notes(case.page) & of_flags == raised, example.id
    for fact in city.rules.facts:
        if fact.headline:
            word = words.pick(fact.options[expect["derived"][fact.id]], "id")
            assert word in case.page.first(css="verdict").text

    assert dict(case.decision.derived) == expect["derived"]
    assert set(case.decision.rules) == set(expect["rules"])
    assert case.record.agrees
    assert case.record.state == "applied"


def _waits_for_consent(city: City, case: Told) -> Mapping[str, set[str]]:
    """Return, from the documents alone, which services nobody agreed to yet, by agency."""
    form = city.form("assessment")
    found: dict[str, set[str]] = {}
    for agency in case.decision.agencies:
        group = city.now.agencies()[agency.agency].sharing_group
        for service in agency.services:
            if service.consent == "perlu" and not (group is None and _agrees(form, case.answers)):
                found.setdefault(agency.agency, set()).add(service.service)
    return found


def _agrees(form: Form, answers: Mapping[str, Json]) -> bool:
    [question] = form.with_role("consent_service")
    yes = question.options[0].const if question.options else True
    return bool(answers.get(question.name) == yes)


def _each_agency_sees_what_was_sent_to_it(city: City, case: Told) -> None:
    """Look into the inbox of the head of every agency, and of officers where that could differ."""
    sent = case.asked_of("sent")
    for code, agency in city.now.agencies().items():
        titles = [words.pick(agency.services[s], "id") for s in sent.get(code, ())]
        _finds(city.at(code, "head"), case, titles)
        if titles:
            _finds(city.at(code, "officer"), case, [] if code in case.head_only else titles)
    for referral in case.referrals:
        strange = next(code for code in city.now.agencies() if code != referral.agency)
        own = 403 if referral.state == "held" else 200
        city.at(referral.agency, "head").open(f"/rujukan/{referral.id}", status=own)
        city.at(strange, "head").open(f"/rujukan/{referral.id}", status=403)


def _finds(person: Person, case: Told, titles: list[str]) -> None:
    """Tell whether a case is in somebody's inbox with just these services; nothing for none."""
    row = reading.rows(person.open("/kotak-masuk")).get(case.number)
    assert (row is not None) == bool(titles), person.page.text[:300]
    assert row is None or reading.lists(row.all("td")[0].text, titles)
