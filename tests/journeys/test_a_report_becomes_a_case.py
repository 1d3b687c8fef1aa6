"""Somebody reports without an account, keeps a code and follows it until agencies help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.completed_answers import complete
from journeys import reading
from journeys.case import Told
from journeys.city import City, said
from journeys.person import Person
from journeys.telling import fill_page, send_assessment
from satupintu.documents import Json
from satupintu.forms.carrying import carried
from satupintu.forms.document import Form, Role
from satupintu.forms.facts import at

CARRIED: tuple[Role, ...] = ("age", "sex", "place", "kind", "safe_contact")


def test_a_report_is_followed_by_its_code_from_waiting_to_an_assessed_case(city: City) -> None:
    example = city.rules.examples[0]
    answers = city.answers(example, sharing=True)
    report = _a_report_about(city, answers)

    reporter = city.stranger()
    code = _report(city, reporter, report)
    assert _state(city, code) == said("report.progress_waiting")

    staff = city.someone("staff")
    number = _take(staff)
    assert _state(city, code) == said("report.progress_reading")

    staff.press(said("staff.start_assessment"))
    kept = carried(city.form("public_report"), report, city.form("assessment"))
    _is_carried_over(city, staff, kept)
    address = send_assessment(city, staff, answers)

    page = city.someone("service_head").open(f"{address}/keputusan")
    case = Told(city, address.rpartition("/")[2], address, answers, page)
    assert case.number == number
    assert {city.agency_name(a): h for a, h in example.expect["agencies"].items()} == (
        reading.hours(page, case.start)
    )
    assert _state(city, code) == said("report.progress_helping")


def test_a_code_that_was_never_given_tells_nothing(city: City) -> None:
    reporter = city.stranger()
    reporter.open("/kabar")
    reporter.press(said("report.follow_show"), {"kode": "AAAA-AAAA-AAAA-AAAA"})
    assert reporter.reads(said("report.unknown"))


def test_leaving_in_the_middle_deletes_what_was_told(city: City) -> None:
    form = city.form("public_report")
    reporter = city.stranger()
    blank = reporter.open("/lapor").text
    fill_page(reporter, city.typed(form, form.pages[0], complete(form, {})), once=True)
    assert reporter.open("/lapor").text != blank
    reporter.follow(said("web.exit"))
    assert reporter.address == city.now.service().exit_to
    assert reporter.open("/lapor").text == blank


def _a_report_about(city: City, answers: Mapping[str, Json]) -> dict[str, Json]:
    """Return a report that says of the person what the assessment will say, as far as it asks."""
    source, target = city.form("public_report"), city.form("assessment")
    facts: dict[str, Json] = {}
    for name, value in _shared(source, target, answers):
        try:
            complete(source, {**facts, name: value})
        except ValueError:
            continue
        facts[name] = value
    assert facts
    return complete(source, facts)


def _shared(source: Form, target: Form, answers: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    for role in CARRIED:
        for asked, told in zip(source.with_role(role), target.with_role(role), strict=False):
            value = at(answers, told.name)
            if value is not None:
                yield asked.name, value


def _report(city: City, reporter: Person, report: Mapping[str, Json]) -> str:
    """Report page by page at the one address; return the code that is shown once."""
    form = city.form("public_report")
    reporter.open("/lapor")
    for page in form.pages:
        assert reporter.address == "/lapor"
        if reporter.page.first("input", name="langkah").get("value") == page.id:
            fill_page(reporter, city.typed(form, page, report))
    reporter.press(act="send")
    assert reporter.address == "/lapor/terkirim"
    code = reporter.page.first(css="code-big").text
    again = city.stranger()
    again.client = reporter.client
    again.open("/lapor/terkirim")
    assert code not in again.page.text
    return code


def _state(city: City, code: str) -> str:
    """Return what somebody reads who knows the code, from any device."""
    anybody = city.stranger()
    anybody.open("/kabar")
    anybody.press(said("report.follow_show"), {"kode": code.lower().replace("-", " ")})
    return anybody.page.first(css="note").first("h2").text


def _take(staff: Person) -> str:
    """Take the newest report from the queue; return the number of its case."""
    staff.open("/antrean?bagian=reports")
    [number, *_] = [n for n, row in reading.rows(staff.page).items() if row.all("button")]
    staff.press(said("staff.take"), within=reading.rows(staff.page)[number])
    assert staff.reads(number)
    return number


def _is_carried_over(city: City, staff: Person, kept: Mapping[str, Json]) -> None:
    """Look at the first pages of the assessment for what the report already said."""
    form = city.form("assessment")
    assert kept
    draft = staff.address.rpartition("/")[0]
    for page in form.pages:
        typed = city.typed(form, page, {n: v for n, v in kept.items() if "." not in n})
        if not typed:
            continue
        staff.open(f"{draft}/{page.id}")
        standing = staff.standing(act="next")
        for name, value in typed.items():
            wanted = (value,) if isinstance(value, str) else value
            assert set(wanted) <= set(standing.getlist(name)), name
    staff.open(f"{draft}/{form.pages[0].id}")
