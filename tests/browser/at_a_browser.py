"""Somebody at a real browser: logs in, fills in the pages of a form, reads what comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from forms.completed_answers import complete
from journeys.city import said, shared, typed
from journeys.dom import Element, parse
from satupintu.agencies import directory, service
from satupintu.agencies.directory import Agencies
from satupintu.agencies.service import Service
from satupintu.documents import Json
from satupintu.forms import reading as form_reading
from satupintu.forms.document import Form
from satupintu.forms.facts import facts
from satupintu.people.demonstration import PASSWORD
from satupintu.rules import plain
from satupintu.rules import reading as rule_reading
from satupintu.rules.decision import AgencyDecision
from satupintu.rules.document import Example, RuleSet

ROOT = Path(__file__).parents[2]
MOST_TURNS = 12
TARGET = "pertanyaan"

Look = Callable[[Page], None]


@cache
def document(place: str) -> Json:
    """Return a document of the shipped content."""
    return json.loads((ROOT / place).read_bytes())


@cache
def agencies() -> Agencies:
    """Return the directory."""
    return directory.read(document("seed/agencies.json"))


@cache
def door() -> Service:
    """Return the service document."""
    return service.read(document("seed/service.json"), agencies())


@cache
def form(purpose: str) -> Form:
    """Return the form of a purpose."""
    return form_reading.read(document(f"schemas/forms/{door().forms[purpose]}.json"))


@cache
def rules() -> RuleSet:
    """Return the rule set."""
    return rule_reading.read(document(f"rules/{door().rule_set}.json"), form("assessment").facts)


def example(wanted: str) -> Example:
    """Return an example of the rule set."""
    return next(e for e in rules().examples if e.id == wanted)


def login_of(role: str, agency: str | None = None) -> str:
    """Return the log-in name of somebody of the demonstration."""
    people = document("seed/people.json")
    return next(p["login"] for p in people if p["role"] == role and agency in (None, p["agency"]))


def log_in(page: Page, login: str) -> None:
    """Log in with name and password."""
    page.goto("/masuk")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    press(page.locator("main form button").first)
    page.wait_for_url(lambda address: "/masuk" not in address)


def seen(page: Page) -> Element:
    """Return the page as it stands, to be read."""
    return parse(page.content())


def answers_of(wanted: Example | None, *, sharing: bool = True) -> dict[str, Json]:
    """Return whole answers of an example; without one, of a short public report."""
    if wanted is None:
        return complete(form("public_report"), {})
    return shared(form("assessment"), wanted, sharing=sharing)


def sent_to(answers: Mapping[str, Json]) -> frozenset[str]:
    """Return, from the documents alone, the agencies that are sent anything at once."""
    of = form("assessment")
    agreed = {o for q in of.with_role("consent_sharing") for o in answers[q.name]}
    [service] = of.with_role("consent_service")
    yes = answers.get(service.name) == service.options[0].const

    def may(agency: AgencyDecision) -> bool:
        group = agencies()[agency.agency].sharing_group
        given = yes if group is None else group in agreed
        return given or any(s.consent != "perlu" for s in agency.services)

    decision = plain.decide(rules(), facts(of, answers))
    return frozenset(a.agency for a in decision.agencies if may(a))


def press(button: Locator) -> None:
    """Press a button that sends its form, and wait for the page that answers.

    A click alone returns while a busy server still works; what is read next would be the old page.
    """
    with button.page.expect_navigation():
        button.click()


def begin(page: Page) -> None:
    """Begin an assessment."""
    page.goto("/asesmen/baru")
    press(page.get_by_role("button", name=said("intake.start")))


def send(page: Page) -> None:
    """Send an assessment that was read back; its decision page answers."""
    page.locator("input[name=told]").check()
    press(page.get_by_role("button", name=said("intake.send")))
    page.wait_for_url("**/keputusan")


def tell(
    page: Page,
    of: Form,
    answers: Mapping[str, Json],
    *,
    script: bool,
    look: Look | None = None,
) -> int:
    """Fill in a form page by page from the one that is open; return how often "go on" was pressed.

    With JavaScript what an answer asks further appears at once; without, after saving the page.
    """
    pressed = 0
    for step in of.pages:
        if _step(page) != step.id:
            continue
        wanted = typed(of, step, answers, door().zone)
        for _ in range(MOST_TURNS):
            for name, value in wanted.items():
                _answer(page, name, value, script=script)
            if look is not None:
                look(page)
            press(page.locator("button[name=act][value=next]"))
            pressed += 1
            if _step(page) != step.id:
                break
        else:
            raise AssertionError(f"{step.id} never leads on: {seen(page).text[:2000]}")
    return pressed


def _step(page: Page) -> str:
    """Return the id of the page of a form that is open, as its own form says it."""
    inner = page.locator("#isian input[name=langkah]")
    if inner.count():
        return inner.input_value()
    return page.url.rpartition("/")[2].partition("#")[0]


def _answer(page: Page, name: str, value: Json, *, script: bool) -> None:
    """Put an answer into its controls, where the page has them; wait for what it asks further."""
    controls = page.locator(f'#isian [name="{name}"]:not([type=hidden])')
    if not controls.count():
        return
    first = controls.first
    values = [value] if isinstance(value, str) else list(value)
    match first.get_attribute("type") or first.evaluate("e => e.tagName.toLowerCase()"):
        case "radio" | "checkbox":
            for one in values:
                _change(page, page.locator(f'#isian [name="{name}"][value="{one}"]'), script)
        case "select":
            first.select_option(values[0])
        case _:
            first.fill(values[0])
            if script and first.get_attribute("data-redraw") is not None:
                with redrawn(page):
                    first.press("Tab")


def _change(page: Page, control: Locator, script: bool) -> None:
    if control.is_checked():
        return
    if script and control.get_attribute("data-redraw") is not None:
        with redrawn(page):
            control.check()
    else:
        control.check()


@contextmanager
def redrawn(page: Page) -> Iterator[None]:
    """Wait until the questions were drawn again after what is done inside, by no quiet save."""
    with page.expect_response(lambda r: r.request.headers.get("hx-target", "").endswith(TARGET)):
        yield
    expect(page.locator(".htmx-request")).to_have_count(0)
