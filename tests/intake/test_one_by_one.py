"""One question a step: the shipped forms, asked that way, walked through without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forms.completed_answers import complete
from intake.desk import Desk, hidden, problems_in, typed
from intake.one_by_one import make
from packs.installation import KECIL
from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.forms import questions
from satupintu.forms.answers import pages_to_ask
from satupintu.forms.document import Form, Purpose


@pytest.fixture(scope="session")
def asked_one_by_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content, each form with the setting, and an assessment that is left fast."""
    return make(tmp_path_factory.mktemp("content"))


@pytest.fixture
def door(new_platform: Callable[[Path | None], Platform], asked_one_by_one: Path) -> Platform:
    return new_platform(asked_one_by_one)


def form_of(platform: Platform, purpose: Purpose) -> Form:
    return platform.content.in_force(clock.now()).form_for(purpose)


def reported(platform: Platform, desk: Desk) -> list[str]:
    """Answer every step of a public report; return the steps that were shown."""
    form = form_of(platform, "public_report")
    answers, by_id = complete(form, {}), {page.id: page for page in form.pages}
    seen: list[str] = []
    while (step := hidden(desk.get("/lapor").text, "langkah")) != "periksa":
        assert step not in seen, problems_in(desk.get("/lapor").text)
        seen.append(step)
        sent = typed(platform, form, by_id[step], answers)
        answer(desk, step, sent)
    return seen


def answer(desk: Desk, step: str, sent: dict[str, Any], act: str = "next") -> str:
    shown = desk.get("/lapor").text
    desk.post("/lapor", {**sent, "langkah": step, "seen": hidden(shown, "seen"), "act": act})
    return hidden(desk.get("/lapor").text, "langkah")


def test_each_question_is_a_step_and_only_what_is_asked_comes(door: Platform) -> None:
    desk, form = Desk.of(door), form_of(door, "public_report")
    assert all(len(page.questions) == 1 for page in form.pages)
    seen = reported(door, desk)
    asked = pages_to_ask(form, complete(form, {}))
    assert seen == [page.id for page in asked]
    shown = desk.get("/lapor").text
    count = len(asked) + 1
    assert re.search(rf"\b{count}\b[^<]*\b{count}\b", shown)


def test_a_step_says_how_far_it_is_and_comes_back_as_it_was_left(door: Platform) -> None:
    desk, form = Desk.of(door), form_of(door, "public_report")
    answers = complete(form, {})
    first, second = pages_to_ask(form, answers)[:2]
    assert answer(desk, first.id, typed(door, form, first, answers)) == second.id
    assert answer(desk, second.id, typed(door, form, second, answers), act="back") == first.id
    assert desk.get("/lapor").text.count("checked") + desk.get("/lapor").text.count("selected") >= 1
    assert answer(desk, first.id, typed(door, form, first, answers)) == second.id


def test_a_step_that_is_wrong_stays_and_says_so(door: Platform) -> None:
    desk, form = Desk.of(door), form_of(door, "public_report")
    first = form.pages[0]
    assert answer(desk, first.id, {}) == first.id
    assert problems_in(desk.get("/lapor").text)


def test_back_from_the_first_step_keeps_what_was_typed_and_begins_nothing_empty(
    door: Platform,
) -> None:
    form = form_of(door, "public_report")
    first = form.pages[0]
    sent = typed(door, form, first, complete(form, {}))
    desk = Desk.of(door)
    fields = {"langkah": first.id, "seen": hidden(desk.get("/lapor").text, "seen"), "act": "save"}
    assert desk.post("/lapor", fields).location == "/"
    names = {c.key for c in desk.client._cookies.values()}  # type: ignore[union-attr]
    assert desk.post("/lapor", {**fields, **sent}).location == "/"
    more = {c.key for c in desk.client._cookies.values()} - names  # type: ignore[union-attr]
    assert len(more) == 1
    assert " checked" in desk.get("/lapor").text
    assert not problems_in(desk.get("/lapor").text)


def test_a_change_leads_back_to_the_check_by_what_it_asks_further(door: Platform) -> None:
    desk, form = Desk.of(door), form_of(door, "public_report")
    seen = reported(door, desk)
    for step in seen:
        desk.post("/lapor", {"langkah": "periksa", "act": f"goto:{step}"})
        shown = desk.get("/lapor").text
        assert hidden(shown, "langkah") == step
        page = next(p for p in form.pages if p.id == step)
        assert answer(desk, step, typed(door, form, page, complete(form, {}))) == "periksa"
        desk.post("/lapor", {"langkah": "periksa", "act": f"goto:{step}"})
        sent = typed(door, form, page, complete(form, {}))
        assert answer(desk, step, sent, act="back") == "periksa"


def test_what_a_change_leaves_open_comes_before_the_check(door: Platform) -> None:
    desk, form = Desk.of(door), form_of(door, "public_report")
    seen = reported(door, desk)
    first, second = (next(p for p in form.pages if p.id == step) for step in seen[:2])
    desk.post("/lapor", {"langkah": "periksa", "act": f"goto:{first.id}"})
    assert answer(desk, first.id, {}, act="skip") == first.id
    assert problems_in(desk.get("/lapor").text)
    sent = typed(door, form, first, complete(form, {}))
    assert answer(desk, first.id, sent) == "periksa"
    desk.post("/lapor", {"langkah": "periksa", "act": f"goto:{second.id}"})
    assert answer(desk, second.id, {}, act="back") == first.id


def test_staff_change_one_answer_and_are_back_at_the_check(door: Platform) -> None:
    desk, form = Desk.of(door, "staff"), form_of(door, "assessment")
    answers, by_id = complete(form, {}), {page.id: page for page in form.pages}
    draft = desk.begin()
    location = desk.get(draft).location
    steps: list[str] = []
    while not location.endswith("/periksa"):
        step = location.rpartition("/")[2].partition("#")[0]
        assert step not in steps, problems_in(desk.get(location).text)
        steps.append(step)
        shown = desk.get(location).text
        listed = re.findall(r'name="act" value="goto:([^"]+)"', shown)
        assert len(listed) <= 1 + len({page.section for page in form.pages})
        sent = typed(door, form, by_id[step], answers)
        done = desk.post(location, {**sent, "seen": hidden(shown, "seen"), "act": "next"})
        assert done.status_code == 303, problems_in(done.text)
        location = done.location
    assert len(steps) < len(form.pages)  # a computed answer is no step
    check = desk.get(location).text
    links = re.findall(r'href="([^"]+\?dari=periksa)"', check)
    assert {link.rpartition("/")[2].partition("?")[0] for link in links} == {
        step
        for step in steps
        if any(questions.of(form.questions[n].kind).asks for n in by_id[step].questions)
    }, "a text to read is a step, and there is nothing to change about it"
    assert desk.get(draft).location.endswith("/periksa")
    for link in links:
        shown = desk.get(link).text
        step = link.rpartition("/")[2].partition("?")[0]
        sent = typed(door, form, by_id[step], answers)
        fields = {"seen": hidden(shown, "seen"), "dari": hidden(shown, "dari")}
        done = desk.post(link.partition("?")[0], {**sent, **fields, "act": "next"})
        assert done.location == location, (step, problems_in(done.text))
        assert (
            desk.post(link.partition("?")[0], {**sent, **fields, "act": "back"}).location
            == location
        )


def test_an_assessment_that_is_left_fast_has_the_exit_first_and_a_neutral_tab(
    door: Platform,
) -> None:
    desk = Desk.of(door, "staff")
    draft = desk.begin()
    for address in (desk.get(draft).location, f"{draft}/periksa"):
        page = desk.get(address).text
        assert "<title>Catatan</title>" in page
        assert '<link rel="icon" href="data:image/svg+xml,' in page
        assert page.index('href="/keluar"') < page.index('<main id="isi">')
        assert "<title>Notes</title>" in desk.get(f"{address}?lang=en").text
        desk.get(f"{address}?lang=id")
    assert 'href="/keluar"' not in desk.get("/asesmen/baru").text
    desk.get("/keluar")
    assert desk.get(draft).location.startswith("/masuk")


def test_only_a_form_that_says_so_has_the_exit_among_the_pages_of_staff(
    new_platform: Callable[[Path | None], Platform],
) -> None:
    desk = Desk.of(new_platform(KECIL), "staff")
    draft = desk.begin()
    for address in (desk.get(draft).location, f"{draft}/periksa"):
        assert 'href="/keluar"' not in desk.get(address).text
