"""An agency judges from a preview, accepts and works, or gives the referral back with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.completed_answers import complete
from journeys import reading
from journeys.case import Told, told
from journeys.city import City, said
from journeys.person import Person
from journeys.telling import fill
from satupintu.cases.access import sensitivity
from satupintu.cases.referral import DECLINE_REASONS, Referral
from satupintu.documents import Json
from satupintu.forms.answers import asked
from satupintu.forms.document import SENSITIVITIES, Form

SECRET = SENSITIVITIES[-1]


@dataclass(frozen=True)
class Marked:
    """A case whose free texts can be recognised wherever they appear."""

    case: Told
    marks: Mapping[str, str]
    """The text that stands as the answer to each question."""


def test_an_agency_accepts_reads_its_part_reports_and_is_done(city: City) -> None:
    marked, referral = _a_referral(city)
    officer = city.at(referral.agency, "officer")
    form, agency = city.form("assessment"), city.now.agencies()[referral.agency]
    may_read = {n for n in marked.marks if sensitivity(form, n) in agency.may_see}
    covered = {n for n in may_read if sensitivity(form, n) == SECRET}
    preview = {n for n in may_read if "preview" in form.questions[n].roles}

    _open(officer, marked.case)
    assert _read(officer, marked) == preview
    officer.press(said("agency.accept"))
    assert _read(officer, marked) == may_read - covered
    for name in covered:
        officer.open(f"{officer.address}?buka={name}")
        assert marked.marks[name] in officer.page.text

    officer.press(said("agency.follow_up"))
    follow_up = city.form("follow_up")
    fill(city, officer, follow_up, complete(follow_up, {}))
    officer.press(said("agency.send_follow_up"))
    assert officer.address == f"/rujukan/{referral.id}"
    officer.follow(said("agency.finish"))
    officer.press(said("agency.finish_sure"))
    assert marked.case.number not in reading.rows(officer.page)
    assert marked.case.number in reading.rows(officer.open("/kotak-masuk/selesai"))
    _open(officer, marked.case)
    assert _read(officer, marked) == preview

    staff = city.someone("staff")
    row = _row_of(city, staff, marked.case, referral)
    assert said("cases.referral.done") in row


def test_a_declined_referral_closes_and_its_reason_reaches_the_desk(city: City) -> None:
    marked, referral = _a_referral(city)
    officer = city.at(referral.agency, "officer")
    _open(officer, marked.case)
    officer.follow(said("agency.decline_because"))
    officer.press(said("agency.decline"), status=422)
    reason = DECLINE_REASONS[0]
    officer.press(said("agency.decline"), {"why": reason, "more": "Lagi penuh, contoh."})
    assert marked.case.number not in reading.rows(officer.page)
    officer.open(f"/rujukan/{referral.id}", status=403)
    assert officer.reads(said("agency.ended_title"))
    assert not _read(officer, marked)

    row = _row_of(city, city.someone("staff"), marked.case, referral)
    assert said("cases.referral.declined") in row
    assert said(f"cases.declined.{reason}") in row
    assert "Lagi penuh, contoh." in row


def test_two_officers_never_answer_the_same_referral_twice(city: City) -> None:
    marked, referral = _a_referral(city)
    first, second = city.at(referral.agency, "officer"), city.at(referral.agency, "head")
    _open(first, marked.case)
    _open(second, marked.case)
    first.press(said("agency.accept"))
    second.press(said("agency.accept"), status=409)
    assert second.reads(said("agency.changed_title"))
    states = {r.id: r.state for r in marked.case.referrals}
    assert states[referral.id] == "accepted"


def _a_referral(city: City) -> tuple[Marked, Referral]:
    """Tell a story with recognisable texts; return it with a referral to another agency.

    The agency is the one that may read most, so that there is something to be cut.
    """
    lead, agencies = city.now.service().lead_agency, city.now.agencies()
    example, agency = max(
        ((e, a) for e in city.rules.examples for a in e.expect["agencies"] if a != lead),
        key=lambda pair: len(agencies[pair[1]].may_see),
    )
    form = city.form("assessment")
    plain = city.answers(example, sharing=True)
    marks = _marks(form, plain)
    ticked = {q.name: plain[q.name] for q in form.with_role("consent_sharing")}
    case = told(city, complete(form, {**example.facts, **ticked}, marks))
    return Marked(case, marks), next(
        r for r in case.referrals if r.agency == agency and r.state == "sent" and not r.head_only
    )


def _marks(form: Form, answers: Mapping[str, Json]) -> dict[str, str]:
    """Return a text of its own for each free text that this story is asked for."""
    free = [
        q
        for q in asked(form, answers)
        if q.kind in ("text", "textarea")
        and not {"pattern", "format"} & q.schema.keys()
        and q.name in {one.name for one in form.outside_rows}
    ]
    marks = {q.name: f"Tanda{n:03d} contoh" for n, q in enumerate(free)}
    assert SECRET in {sensitivity(form, name) for name in marks}
    return marks


def _open(officer: Person, case: Told) -> None:
    """Find a case in the inbox, or among what was finished, and open it."""
    row = reading.rows(officer.page).get(case.number)
    if row is None:
        row = reading.rows(officer.open("/kotak-masuk"))[case.number]
    officer.follow(said("agency.open"), row)


def _read(officer: Person, marked: Marked) -> set[str]:
    """Return the questions whose answers stand on the page."""
    return {name for name, mark in marked.marks.items() if mark in officer.page.text}


def _row_of(city: City, staff: Person, case: Told, referral: Referral) -> str:
    """Return what the case page says of a referral."""
    staff.open(case.address)
    name = city.agency_name(referral.agency)
    return next(row.text for row in staff.page.all("tr") if row.text.startswith(name))
