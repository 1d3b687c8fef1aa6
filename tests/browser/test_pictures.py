"""The screens that the README shows: each opens and fits; ``make pictures`` keeps them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.at_a_browser import (
    Look,
    begin,
    document,
    door,
    form,
    log_in,
    login_of,
    press,
    send,
    tell,
)
from browser.conftest import DESK, Served
from browser.small_png import smaller
from journeys.city import said
from satupintu import clock
from satupintu.conditions.types import Day
from satupintu.documents import Json

NewContext = Callable[..., BrowserContext]
STORY = 1
"""Which of the made-up cases is told: sexual violence less than 72 hours ago."""
SHOWN = "kejadian"
"""The page of the assessment that is shown, with what its answers ask further."""
AGENCY = "RSUD"
PHONE = {"width": 360, "height": 900}
TALLEST = 1400
"""Pixels of a page that a picture shows; of a phone, its screen."""


@pytest.mark.assure
def test_the_screens_of_the_readme(new_context: NewContext, served: Served, fits: Look) -> None:
    def keep(page: Page, name: str) -> None:
        fits(page)
        folder = os.environ.get("SATUPINTU_PICTURES")
        if folder:
            page.evaluate("scrollTo(0, 0)")
            width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
            clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
            whole = width > PHONE["width"]  # on a phone the exit stays at the screen's end
            shot = page.screenshot(full_page=True, clip=clip) if whole else page.screenshot()
            (Path(folder) / f"{name}-{width}.png").write_bytes(smaller(shot))

    phone = new_context(viewport=PHONE).new_page()
    phone.goto("/")
    keep(phone, "beranda")
    phone.goto("/lapor")
    phone.locator("#isian [data-redraw]").last.check()
    expect(phone.locator(".branch").first).to_be_visible()
    keep(phone, "lapor")

    staff = new_context(viewport=DESK).new_page()
    log_in(staff, login_of("staff"))
    begin(staff)

    def look(page: Page) -> None:
        if page.url.endswith(f"/{SHOWN}"):
            keep(page, "asesmen")

    tell(staff, form("assessment"), _story(), script=True, look=look)
    keep(staff, "periksa")
    send(staff)
    number = staff.locator("dd.num").first.inner_text()
    keep(staff, "keputusan")
    press(staff.get_by_role("link", name=said("staff.open_case_page")).first)
    keep(staff, "kasus")

    officer = new_context(viewport=DESK).new_page()
    log_in(officer, login_of("agency_officer", AGENCY))
    officer.goto("/kotak-masuk")
    keep(officer, "kotak-masuk")
    press(officer.locator("tr", has_text=number).get_by_role("link"))
    expect(officer.locator("h1")).to_contain_text(number)
    keep(officer, "rujukan")

    owner = new_context(viewport=DESK, base_url=served.admin).new_page()
    owner.goto("/masuk")
    log_in(owner, login_of("policy_owner"))
    owner.goto(f"/dokumen/rule_set/{door().rule_set}")
    keep(owner, "dokumen")

    # The rule set of this city without its last rule: what it promised, and who it leaves out.
    rules = dict(document(f"rules/{door().rule_set}.json"))
    owner.goto("/draf/baru")
    file = {"name": "a.json", "mimeType": "application/json", "buffer": json.dumps(rules).encode()}
    owner.locator("[type=file]").set_input_files([file])  # type: ignore[list-item]
    press(owner.get_by_role("button", name=said("versions.begin_draft")))
    changed = {**rules, "rules": rules["rules"][:-1], "examples": []}
    owner.locator("textarea").fill(json.dumps(changed, ensure_ascii=False, indent=1))
    expect(owner.locator("#lihat .tag--bad").first).to_be_visible()
    owner.locator("textarea").evaluate("area => area.scrollTop = 0")
    keep(owner, "draf")


def _story() -> dict[str, Json]:
    """Return the answers of a made-up case, its moments counted back from now."""
    story = document("seed/cases.json")[STORY]
    now = clock.now().astimezone(door().zone).replace(second=0, microsecond=0)
    answers = dict(story["answers"])
    for name, hours in story["hours_ago"].items():
        moment = now - timedelta(hours=hours)
        is_day = isinstance(form("assessment").questions[name].fact_type, Day)
        answers[name] = (moment.date() if is_day else moment).isoformat()
    return answers
