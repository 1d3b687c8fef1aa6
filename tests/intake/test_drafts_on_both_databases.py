"""The life of a draft by its actions, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from intake.desk import one_of
from intake.newer_form import in_force, publish
from packs.installation import KECIL
from satupintu import clock
from satupintu.actions import demonstration, drafts, newer_version, quietly, reports, resuming
from satupintu.actions.forgetting import forget
from satupintu.actions.opened import SomebodyElse
from satupintu.actions.platform import Platform
from satupintu.documents import Json
from satupintu.errors import NotAllowed, NotFound
from satupintu.people.actor import PUBLIC, SYSTEM

MINUTE = timedelta(minutes=1)
WORDS = {"type": "string", "maxLength": 40, "x-sensitivity": "terbatas"}


@pytest.fixture
def door(platform: Platform, tmp_path: Path) -> Platform:
    """The small city on the database of this run; both its forms ask for one more text."""
    there = replace(platform, settings=replace(platform.settings, content=KECIL))
    demonstration.fill(there)
    publish(there, "public_report", tmp_path, with_text)
    publish(there, "assessment", tmp_path, with_text)
    return there


def with_text(document: Json) -> None:
    document["x-form"].setdefault("settings", {})["draft"] = True
    title = {"title": "Catatan", "x-i18n": {"en": {"title": "Note"}}}
    document["properties"]["uji"] = {**WORDS, **title, "x-id": "uji"}
    document["x-pages"][0]["questions"].append("uji")


def elsewhere(document: Json) -> None:
    document["properties"]["uji_baru"] = document["properties"].pop("uji")
    questions = document["x-pages"][0]["questions"]
    questions[questions.index("uji")] = "uji_baru"


def test_a_report_is_put_off_gone_on_with_carried_over_and_erased(
    door: Platform, tmp_path: Path
) -> None:
    blank = reports.blank(door, "id")
    page, seen = blank.form.pages[0].id, blank.seen(blank.form.pages[0])
    typed = MultiDict({"uji": "setengah"})
    kept = reports.save_page(door, PUBLIC, None, "id", page, typed, {}, seen, "later", "127.0.0.1")
    with pytest.raises(NotAllowed):
        quietly.keep_report(door, PUBLIC, kept.holder, page, typed, seen, "v")
    given = resuming.later(door, PUBLIC, kept.holder)
    assert given.code is not None
    with pytest.raises(NotFound):
        reports.read(door, PUBLIC, kept.holder)
    assert resuming.resume(door, PUBLIC, "0" * 16, "127.0.0.1") is None
    holder = resuming.resume(door, PUBLIC, given.code, "127.0.0.1")
    assert holder is not None
    opened = reports.read(door, PUBLIC, holder)
    seen = opened.seen(opened.page(page))
    more = MultiDict({"uji": "lebih lengkap"})
    quietly.keep_report(door, PUBLIC, holder, page, more, seen, "v")
    publish(door, "public_report", tmp_path, elsewhere)
    preview = newer_version.preview_report(door, PUBLIC, holder)
    newer_version.carry_report_over(door, PUBLIC, holder, preview.seen)
    after = reports.read(door, PUBLIC, holder)
    assert after.answers["uji_baru"] == "lebih lengkap"
    assert not after.superseded
    resuming.leave(door, PUBLIC, holder)
    with pytest.raises(NotFound):
        reports.read(door, PUBLIC, holder)
    with clock.shifted(after.draft.expires_at - after.draft.updated_at + MINUTE):
        assert resuming.resume(door, PUBLIC, given.code, "127.0.0.2") is None
        assert forget(door, SYSTEM) == 1


def test_two_writers_of_one_page_are_told_of_each_other(door: Platform) -> None:
    who = one_of(door, "staff")
    page = in_force(door, "assessment").pages[0]
    draft = drafts.start(door, who, "id")
    seen = drafts.read(door, who, draft.id).seen(page)
    quietly.keep(door, who, draft.id, page.id, MultiDict({"uji": "satu"}), seen, "v1")
    quietly.keep(door, who, draft.id, page.id, MultiDict({"uji": "satu dua"}), seen, "v1")
    with pytest.raises(SomebodyElse):
        quietly.keep(door, who, draft.id, page.id, MultiDict({"uji": "lain"}), seen, "v2")
    assert drafts.read(door, who, draft.id).answers["uji"] == "satu dua"
