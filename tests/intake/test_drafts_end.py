"""How long a draft is kept: as its form says, else as the platform says; then it is erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake.desk import Desk, one_of, pages_of
from intake.newer_form import in_force, publish
from intake.test_quiet_saves import QUIET, asked_always, drawn, stored
from satupintu import clock
from satupintu.actions import drafts
from satupintu.actions.forgetting import forget
from satupintu.actions.platform import Platform
from satupintu.config import Settings
from satupintu.documents import Json
from satupintu.errors import NotFound, Unavailable
from satupintu.people.actor import SYSTEM

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def for_a_week(document: Json) -> None:
    document["x-form"]["settings"]["draftDays"] = 7


def test_without_a_word_of_the_form_the_platform_says_how_long(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    draft = stored(city, desk.begin())
    assert city.settings.draft_days == 30
    assert draft.expires_at - draft.updated_at == 30 * DAY
    short = replace(city, settings=replace(city.settings, draft_days=2))
    other = stored(city, Desk.of(short, "staff").begin())
    assert other.expires_at - other.updated_at == 2 * DAY


def test_a_form_says_how_long_and_every_save_begins_the_time_again(
    city: Platform, tmp_path: Path
) -> None:
    form = publish(city, "assessment", tmp_path, for_a_week)
    desk = Desk.of(city, "staff")
    address = desk.begin()
    assert stored(city, address).expires_at - stored(city, address).updated_at == 7 * DAY
    page, text = asked_always(form, "textarea")
    before = stored(city, address).expires_at
    with clock.shifted(5 * MINUTE):
        sent = {**drawn(desk, f"{address}/{page.id}"), text.name: "x"}
        desk.post(f"{address}/{page.id}/simpan", sent, **QUIET)
    assert stored(city, address).expires_at - before >= 5 * MINUTE


def test_after_its_time_nobody_opens_it_and_the_worker_erases_it_with_its_key(
    city: Platform, tmp_path: Path
) -> None:
    publish(city, "assessment", tmp_path, for_a_week)
    desk = Desk.of(city, "staff")
    address = desk.begin()
    who, one = one_of(city, "staff"), address.split("/")[2]
    with clock.shifted(7 * DAY - MINUTE):
        assert forget(city, SYSTEM) == 0
        assert drafts.read(city, who, one).draft.id == one
        assert [d.id for d in drafts.listed(city, who)] == [one]
    with clock.shifted(7 * DAY + MINUTE):
        with pytest.raises(NotFound):
            drafts.read(city, who, one)
        assert drafts.listed(city, who) == ()
        assert forget(city, SYSTEM) == 1
    with pytest.raises(NotFound):
        stored(city, address)


def test_pages_say_until_when_and_the_list_says_what_ends_soon(
    city: Platform, tmp_path: Path
) -> None:
    publish(city, "assessment", tmp_path, for_a_week)
    app = pages_of(city)
    desk = Desk.of(city, "staff", app=app)
    address = desk.begin()
    page = in_force(city, "assessment").pages[0]
    assert "Disimpan sampai" in desk.get(f"{address}/{page.id}").text
    assert "Segera dihapus" not in desk.get("/asesmen/baru").text
    with clock.shifted(4 * DAY + MINUTE):
        later = Desk.of(city, "staff", app=app)
        assert "Segera dihapus" in later.get("/asesmen/baru").text


def test_a_setting_that_is_no_number_of_days_stops_the_start() -> None:
    assert Settings.read({"SATUPINTU_DRAFT_DAYS": "14"}).draft_days == 14
    for text in ("0", "366", "-1", "sebulan", "1.5", "²"):
        with pytest.raises(Unavailable, match="SATUPINTU_DRAFT_DAYS"):
            Settings.read({"SATUPINTU_DRAFT_DAYS": text})
