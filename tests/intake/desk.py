"""Somebody at the pages of a whole installation: fills in forms as a browser does, no network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask import Blueprint, Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.app import SECTIONS
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Form, Page
from satupintu.people.actor import Actor
from satupintu.people.demonstration import PASSWORD
from satupintu.store import people
from satupintu.web.assembly import build
from satupintu.web.guard import open_to_all
from satupintu.web.section import Section


def actors(platform: Platform) -> dict[str, Actor]:
    """Return everybody who can log in, by log-in name."""
    with platform.store.reading() as tx:
        return {account.login: account.actor() for account in people.listed(tx)}


def one_of(platform: Platform, role: str) -> Actor:
    """Return somebody with a role."""
    return next(actor for actor in actors(platform).values() if actor.role == role)


def pages_of(platform: Platform) -> Flask:
    """The product's pages."""
    sections = [*SECTIONS]
    if not any(section.blueprint.name == "staff" for section in SECTIONS):
        staff = Blueprint("staff", __name__)

        @staff.get("/kasus/<case_id>/keputusan")
        @open_to_all
        def decision(case_id: str) -> str:
            return case_id

        sections.append(Section(staff))
    return build(platform, sections, package="satupintu.web")


@dataclass
class Desk:
    """One person at one browser."""

    client: FlaskClient
    login: str | None = None
    password: str = PASSWORD

    @classmethod
    def of(cls, platform: Platform, role: str | None = None, app: Flask | None = None) -> Desk:
        desk = cls((app or pages_of(platform)).test_client())
        if role is not None:
            desk.log_in(str(one_of(platform, role).login))
        return desk

    def log_in(self, login: str) -> TestResponse:
        answer = self.post("/masuk", {"login": login, "password": self.password})
        self.login = login
        return answer

    def get(self, address: str) -> TestResponse:
        return self.client.get(address)

    def post(self, address: str, data: Mapping[str, Any], **headers: str) -> TestResponse:
        return self.client.post(
            address,
            data={**data, "csrf_token": self.token()},
            headers={"Sec-Fetch-Site": "same-origin", **headers},
            content_type="multipart/form-data",
        )

    def token(self) -> str:
        page = "/masuk" if self.login is None else "/asesmen/baru"
        return hidden(self.get(page).text, "csrf_token")

    def begin(self, **data: str) -> str:
        """Begin an assessment; return its address."""
        answer = self.post("/asesmen/baru", data)
        assert answer.status_code == 303, answer.text
        return answer.location


def hidden(html: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{re.escape(name)}" value="([^"]*)"', html)
    assert found is not None, f"no field {name} in:\n{html[:3000]}"
    return unescape(found[1])


def typed(
    platform: Platform, form: Form, page: Page, answers: Mapping[str, Json]
) -> dict[str, Any]:
    """Return what the controls of a page hold for answers, as a browser sends them."""
    zone = platform.content.service(clock.now()).zone
    sent: dict[str, Any] = {}
    for name in page.questions:
        if name in answers:
            question = form.questions[name]
            for control, text in (
                questions.of(question.kind).typed(question, answers[name], name, zone).items()
            ):
                sent[control] = [*text] if isinstance(text, tuple) else text
    return sent


def fill(
    platform: Platform, desk: Desk, draft: str, form: Form, answers: Mapping[str, Json]
) -> None:
    """Fill in every page of an assessment; what only then is asked, is answered then."""
    for page in form.pages:
        sent = typed(platform, form, page, answers)
        address = f"{draft}/{page.id}"
        shown = desk.get(address)
        assert shown.status_code == 200, shown.text
        for _ in range(4):
            answer = desk.post(address, {**sent, "seen": hidden(shown.text, "seen")})
            if answer.status_code == 303:
                break
            assert not problems_in(answer.text), problems_in(answer.text)
            shown = answer
        assert answer.status_code == 303


def problems_in(html: str) -> list[str]:
    """Return the sentences of the summary of problems."""
    block = re.search(r'<div class="problems".*?</div>', html, re.DOTALL)
    text = [] if block is None else re.findall(r"<li>(.*?)</li>", block[0], re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", item)).strip() for item in text]
