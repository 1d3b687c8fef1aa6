"""Whole journeys in a real Chromium, with JavaScript and without, on the shipped content."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from browser.at_a_browser import (
    Look,
    agencies,
    answers_of,
    begin,
    door,
    example,
    form,
    log_in,
    login_of,
    press,
    seen,
    send,
    sent_to,
    tell,
)
from forms.completed_answers import complete
from journeys import reading
from journeys.city import said
from satupintu import clock, words
from satupintu.cases.deadlines import counts_from
from satupintu.forms.answers import pages_to_ask
from satupintu.rules.document import Example

EXAMPLES = ("G02", "G05")
"""Hit at home, in danger now; and sexual violence less than 72 hours ago."""

NewContext = Callable[..., BrowserContext]
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Decided:
    """A case that was told, and the agencies that are to find it."""

    number: str
    sent: frozenset[str]


@SCRIPT
def test_two_stories_reach_exactly_their_agencies_by_when_the_policy_owner_expects(
    new_context: NewContext,
    assert_accessible: Look,
    fits: Look,
    script: bool,
) -> None:
    staff = new_context(java_script_enabled=script).new_page()

    screens: set[str] = set()

    def look(page: Page) -> None:
        screen = re.sub(r"[0-9a-f-]{36}", "", page.url)
        if script and screen not in screens:
            screens.add(screen)
            assert_accessible(page)
            fits(page)

    log_in(staff, login_of("staff"))
    decided = [
        _decided(staff, example(wanted), sharing=sharing, script=script, look=look)
        for wanted, sharing in ((EXAMPLES[0], True), (EXAMPLES[1], True), (EXAMPLES[0], False))
    ]
    officer = new_context(java_script_enabled=script).new_page()
    for code in agencies():
        lead = code == door().lead_agency
        officer.context.clear_cookies()  # another person: a browser of its own takes much longer
        log_in(officer, login_of("staff" if lead else "agency_officer", code))
        officer.goto("/kotak-masuk")
        look(officer)
        inbox = reading.rows(seen(officer))
        for case in decided:
            assert (case.number in inbox) == (code in case.sent), f"{code} {case.number}"
            if code in case.sent:
                officer.goto("/kotak-masuk")
                row = officer.locator("tr", has_text=case.number)
                press(row.get_by_role("link", name=said("agency.open")))
                expect(officer.locator("h1")).to_contain_text(case.number)
                look(officer)


def _decided(page: Page, wanted: Example, *, sharing: bool, script: bool, look: Look) -> Decided:
    """Tell an example at the desk; its decision page says exactly what is expected."""
    answers = answers_of(wanted, sharing=sharing)
    begin(page)
    pressed = tell(page, form("assessment"), answers, script=script, look=look)
    steps = len(pages_to_ask(form("assessment"), answers))
    assert pressed == steps if script else pressed > steps
    look(page)
    send(page)
    look(page)
    shown = seen(page)
    start = counts_from(form("assessment"), answers, clock.now())
    assert reading.hours(shown, start) == {
        _name(code): hours for code, hours in wanted.expect["agencies"].items()
    }
    assert any(asked.held for asked in reading.decided(shown).values()) != sharing
    return Decided(shown.first("dd", css="num").text, sent_to(answers))


@SCRIPT
def test_a_report_from_a_phone_is_followed_until_staff_have_assessed_it(
    new_context: NewContext,
    weight_of: Callable[[Page], tuple[int, list[str]]],
    assert_accessible: Look,
    fits: Look,
    script: bool,
) -> None:
    reporter = new_context(java_script_enabled=script, viewport=PHONE).new_page()

    def look(page: Page) -> None:
        fits(page) if script else None
        assert_accessible(page) if script else None
        size, requests = weight_of(page)
        assert len(requests) <= 3, requests
        assert size <= 40 * 1024

    reporter.goto("/")
    look(reporter)
    reporter.goto("/lapor")
    tell(reporter, form("public_report"), answers_of(None), script=script, look=look)
    look(reporter)
    press(reporter.get_by_role("button", name=said("report.send")))
    expect(reporter).to_have_url(re.compile("/lapor/terkirim$"))
    code = reporter.locator(".code-big").inner_text()
    assert _state(reporter, code) == said("report.progress_waiting")

    staff = new_context(java_script_enabled=script).new_page()
    log_in(staff, login_of("staff"))
    staff.goto("/antrean?bagian=reports")
    press(staff.get_by_role("button", name=said("staff.take")).last)
    assert _state(reporter, code) == said("report.progress_reading")
    number = staff.locator("h1.num").inner_text()
    press(staff.get_by_role("button", name=said("staff.start_assessment")))
    tell(staff, form("assessment"), answers_of(example(EXAMPLES[0])), script=script)
    send(staff)
    assert seen(staff).first("dd", css="num").text == number
    assert _state(reporter, code) == said("report.progress_helping")


@SCRIPT
def test_after_a_quick_exit_ten_times_back_shows_nothing_that_was_told(
    new_context: NewContext, script: bool
) -> None:
    page = new_context(java_script_enabled=script, viewport=PHONE).new_page()
    page.goto("/kalender")
    page.goto("/")
    page.goto("/lapor")
    told = "Cerita contoh yang tidak boleh terbaca lagi"
    report = form("public_report")
    free = {q.name: told for q in report.questions.values() if q.kind == "textarea"}
    answers = complete(report, {}, free)
    tell(page, report, answers, script=script)
    assert told in page.content()
    press(page.get_by_role("link", name=said("web.exit")).first)
    expect(page).to_have_title("Kalender")
    for _ in range(10):
        page.go_back()
        assert told not in page.content()
        filled = "[...document.querySelectorAll('input:checked, textarea')].some(e => e.value)"
        assert not page.locator(".kv dd").count()
        assert not page.evaluate(filled)


def test_what_is_asked_further_appears_without_pressing_anything(
    new_context: NewContext,
) -> None:
    page = new_context().new_page()
    log_in(page, login_of("staff"))
    begin(page)
    answers = answers_of(example(EXAMPLES[1]))
    asked = pages_to_ask(form("assessment"), answers)
    assert tell(page, form("assessment"), answers, script=True) == len(asked)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pages_of_a_case_are_accessible_in_both_languages(
    new_context: NewContext, assert_accessible: Look, fits: Look, language: str
) -> None:
    staff = new_context().new_page()
    log_in(staff, login_of("staff"))
    staff.goto(f"/kasus?lang={language}")
    press(staff.locator("tbody th a").first)
    for tab in range(staff.locator(".tabs a").count()):
        press(staff.locator(".tabs a").nth(tab))
        assert staff.locator("html").get_attribute("lang") == language
        assert_accessible(staff)
        fits(staff)


@pytest.fixture
def weight_of(new_context: NewContext) -> Callable[[Page], tuple[int, list[str]]]:
    """Weigh the page that is open as a browser would load it that knows only its cookies."""

    def weigh(page: Page) -> tuple[int, list[str]]:
        cold = new_context(storage_state=page.context.storage_state(), viewport=PHONE)
        fresh = cold.new_page()
        answers: list[Response] = []
        fresh.on("response", lambda answer: answers.append(answer))
        fresh.goto(page.url, wait_until="networkidle")
        size = sum(a.request.sizes()["responseBodySize"] for a in answers)
        cold.close()
        return size, [a.url for a in answers]

    return weigh


def _state(page: Page, code: str) -> str:
    page.goto("/kabar")
    page.locator("#kode").fill(code.lower())
    press(page.get_by_role("button", name=said("report.follow_show")))
    return page.locator(".note h2").inner_text()


def _name(agency: str) -> str:
    return words.pick(agencies()[agency].name, "id")
