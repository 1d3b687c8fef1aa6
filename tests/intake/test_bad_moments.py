"""What must not lose a word: time-outs, second writers, double clicks, a store that is away."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from forms.completed_answers import complete
from intake.desk import Desk, actors, fill, hidden, pages_of, problems_in, typed
from satupintu import clock
from satupintu.actions.content import Content
from satupintu.actions.platform import Platform
from satupintu.conditions.ast import TRUE
from satupintu.forms.document import Form, Page
from satupintu.people import sessions
from satupintu.store import cases, drafts
from satupintu.store.open import Store

STORY = 'Cerita korban contoh, <b>dua baris</b>\r\n"kedua"'


def form_of(platform: Platform) -> Form:
    return platform.content.in_force(clock.now()).form_for("assessment")


def text_page(form: Form) -> tuple[Page, str]:
    """Return a page with a free text that is always asked, and its name."""
    for page in form.pages:
        for name in page.questions:
            question = form.questions[name]
            if question.kind == "textarea" and question.asked_when == TRUE:
                return page, name
    raise AssertionError


def stored(platform: Platform, draft: str) -> Mapping[str, Any]:
    with platform.store.reading() as tx:
        return drafts.get(tx, draft.rpartition("/")[2]).body["answers"]


def fields_again(page: str) -> dict[str, Any]:
    """Return the hidden fields of a page that sends something again."""
    form = page[page.rindex('<form class="') :]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    again: dict[str, Any] = {}
    for name, value in found:
        again.setdefault(html.unescape(name), []).append(html.unescape(value))
    return again


def complete_draft(platform: Platform, desk: Desk) -> str:
    form = form_of(platform)
    draft = desk.begin()
    example = platform.content.rule_set(clock.now()).examples[1]
    fill(platform, desk, draft, form, complete(form, example.facts))
    return draft


def all_cases(platform: Platform) -> int:
    with platform.store.reading() as tx:
        return len(cases.listed(tx, ["undecided", "decided", "triage", "closed"]))


@pytest.mark.parametrize("idle", [sessions.IDLE_LOCK, sessions.IDLE_END], ids=["locked", "ended"])
def test_answers_posted_after_the_session_ended_are_there_after_logging_in_again(
    city: Platform, idle: timedelta
) -> None:
    desk = Desk.of(city, "staff")
    page, name = text_page(form_of(city))
    draft = desk.begin()
    shown = desk.get(f"{draft}/{page.id}")
    sent = {name: STORY, "seen": hidden(shown.text, "seen")}
    token = hidden(shown.text, "csrf_token")
    with clock.shifted(idle + timedelta(minutes=1)):
        refused = desk.client.post(
            f"{draft}/{page.id}",
            data={**sent, "csrf_token": token},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert refused.status_code == 403
        assert "Isian Anda tidak hilang" in refused.text
        assert "korban contoh" not in refused.text
        assert name not in stored(city, draft)
        door = "/kunci/buka" if idle == sessions.IDLE_LOCK else "/masuk"
        wrong = desk.client.post(
            door,
            data={
                "login": desk.login,
                "password": "bukan sandinya",
                "tertunda": hidden(refused.text, "tertunda"),
                "csrf_token": hidden(refused.text, "csrf_token"),
            },
        )
        back = desk.client.post(
            door,
            data={
                "login": desk.login,
                "password": desk.password,
                "tertunda": hidden(wrong.text, "tertunda"),
                "csrf_token": hidden(wrong.text, "csrf_token"),
            },
        )
        assert back.status_code == 200, back.text
        done = desk.client.post(f"{draft}/{page.id}", data=fields_again(back.text))
        assert done.status_code in (303, 422)
    assert stored(city, draft)[name] == STORY.replace("\r\n", "\n")


def test_answers_of_an_ended_session_open_for_nobody_else(city: Platform) -> None:
    app = pages_of(city)
    desk = Desk.of(city, "staff", app=app)
    page, name = text_page(form_of(city))
    draft = desk.begin()
    shown = desk.get(f"{draft}/{page.id}")
    data = {name: STORY, "seen": hidden(shown.text, "seen"), "csrf_token": desk.token()}
    other = next(a.login for a in actors(city).values() if a.role == "service_head")
    with clock.shifted(sessions.IDLE_END + timedelta(minutes=1)):
        refused = desk.client.post(f"{draft}/{page.id}", data=data)
        answer = desk.client.post(
            "/masuk",
            data={
                "login": other,
                "password": desk.password,
                "tertunda": hidden(refused.text, "tertunda"),
                "csrf_token": hidden(refused.text, "csrf_token"),
            },
            headers={"Sec-Fetch-Site": "same-origin"},
        )
    assert answer.status_code == 303
    assert "korban contoh" not in answer.text


def test_what_is_posted_after_logging_out_in_another_window_is_sent_after_logging_in_there(
    city: Platform,
) -> None:
    desk = Desk.of(city, "staff")
    page, name = text_page(form_of(city))
    draft = desk.begin()
    shown = desk.get(f"{draft}/{page.id}")
    sent = {name: STORY, "seen": hidden(shown.text, "seen"), "csrf_token": desk.token()}
    same = {"Sec-Fetch-Site": "same-origin"}
    desk.client.delete_cookie("sesi")
    refused = desk.client.post(f"{draft}/{page.id}", data=sent, headers=same)
    assert refused.status_code == 403
    assert 'href="/masuk" target="_blank"' in refused.text
    who, desk.login = desk.login, None
    desk.log_in(str(who))
    again = desk.client.post(f"{draft}/{page.id}", data=fields_again(refused.text), headers=same)
    assert again.status_code == 400  # its token is of before: the page that comes has the new one
    again = desk.client.post(f"{draft}/{page.id}", data=fields_again(again.text), headers=same)
    assert again.status_code in (303, 422)
    assert stored(city, draft)[name] == STORY.replace("\r\n", "\n")


def test_nobody_is_taken_to_have_told_the_person_what_is_shared(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    draft = complete_draft(city, desk)
    box = re.search(r'<input type="checkbox" name="told"[^>]*>', desk.get(f"{draft}/periksa").text)
    assert box is not None
    assert "checked" not in box[0]


def test_a_double_click_makes_one_case_and_leads_to_it_twice(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    draft = complete_draft(city, desk)
    first = desk.post(f"{draft}/periksa", {"told": "yes"})
    second = desk.post(f"{draft}/periksa", {"told": "yes"})
    assert first.location == second.location
    assert all_cases(city) == 1


def test_parallel_submits_of_one_draft_make_one_case(city: Platform) -> None:
    app = pages_of(city)
    desk = Desk.of(city, "staff", app=app)
    draft = complete_draft(city, desk)
    token = desk.token()
    cookies = [(c.key, c.value) for c in desk.client._cookies.values()]  # type: ignore[union-attr]

    def send(_: int) -> str:
        client = app.test_client()
        for name, value in cookies:
            client.set_cookie(name, value)
        return str(client.post(f"{draft}/periksa", data={"csrf_token": token}).location)

    with ThreadPoolExecutor(8) as pool:
        places = set(pool.map(send, range(8)))
    assert len(places) == 1
    assert all_cases(city) == 1


def test_two_people_on_different_pages_never_meet(city: Platform) -> None:
    form = form_of(city)
    app = pages_of(city)
    desk = Desk.of(city, "staff", app=app)
    answers = complete(form, city.content.rule_set(clock.now()).examples[0].facts)
    draft = desk.begin()
    shown = [desk.get(f"{draft}/{page.id}").text for page in form.pages[:2]]
    for page, text in zip(form.pages, shown, strict=False):
        sent = typed(city, form, page, answers)
        assert desk.post(
            f"{draft}/{page.id}", {**sent, "seen": hidden(text, "seen")}
        ).status_code in (
            303,
            422,
        )
    kept = stored(city, draft)
    assert {n for page in form.pages[:2] for n in page.questions if n in answers} <= kept.keys()


@pytest.mark.parametrize("choice", ["ours", "theirs"])
def test_two_people_on_one_page_choose_and_lose_nothing(city: Platform, choice: str) -> None:
    desk = Desk.of(city, "staff")
    page, name = text_page(form_of(city))
    draft = desk.begin()
    seen = hidden(desk.get(f"{draft}/{page.id}").text, "seen")
    desk.post(f"{draft}/{page.id}", {name: "yang lain", "seen": seen, "act": "save"})
    met = desk.post(f"{draft}/{page.id}", {name: STORY, "seen": seen, "act": "save"})
    assert met.status_code == 409
    assert "yang lain" in met.text
    assert stored(city, draft)[name] == "yang lain"
    again = {**fields_again(met.text), f"pilih:{name}": choice}
    assert desk.post(f"{draft}/{page.id}", again).status_code == 303
    wanted = {"ours": STORY.replace("\r\n", "\n"), "theirs": "yang lain"}[choice]
    assert stored(city, draft)[name] == wanted


def test_the_same_page_sent_twice_is_no_conflict(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    page, name = text_page(form_of(city))
    draft = desk.begin()
    seen = hidden(desk.get(f"{draft}/{page.id}").text, "seen")
    for _ in range(2):
        answer = desk.post(f"{draft}/{page.id}", {name: STORY, "seen": seen, "act": "save"})
        assert answer.status_code == 303


def test_a_draft_changed_since_it_was_checked_is_checked_once_more(city: Platform) -> None:
    """The answers that are sent are those that were read when the button was pressed."""
    desk = Desk.of(city, "staff")
    draft = complete_draft(city, desk)
    form = form_of(city)
    page = form.pages[0]
    text = desk.get(f"{draft}/{page.id}").text
    desk.post(f"{draft}/{page.id}", {"seen": hidden(text, "seen"), "act": "save"})
    answer = desk.post(f"{draft}/periksa", {})
    assert answer.status_code == 422
    assert problems_in(answer.text)
    assert all_cases(city) == 0


def test_a_locked_database_keeps_what_was_typed_on_a_page_that_sends_it_again(
    city: Platform,
) -> None:
    store = Store.open(city.settings.database_url, city.store.keyring, patience=0.2)
    impatient = Platform(city.settings, store, Content(store))
    desk = Desk.of(impatient, "staff")
    page, name = text_page(form_of(city))
    draft = desk.begin()
    seen = hidden(desk.get(f"{draft}/{page.id}").text, "seen")
    token = desk.token()
    lock = sqlite3.connect(city.settings.database_url.removeprefix("sqlite:///"))
    lock.execute("BEGIN IMMEDIATE")
    answer = desk.client.post(
        f"{draft}/{page.id}",
        data={name: STORY, "seen": seen, "act": "save", "csrf_token": token},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    lock.rollback()
    lock.close()
    assert answer.status_code == 503
    assert "Belum tersimpan" in answer.text
    again = fields_again(answer.text)
    assert again[name] == [STORY]
    assert desk.client.post(f"{draft}/{page.id}", data=again).status_code == 303
    assert stored(city, draft)[name] == STORY.replace("\r\n", "\n")
    store.close()
