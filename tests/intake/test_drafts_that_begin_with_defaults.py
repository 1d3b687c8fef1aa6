"""A new draft begins with defaults where everybody sees them; what was cleared stays cleared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from intake.desk import Desk, hidden
from intake.newer_form import publish
from intake.test_quiet_saves import QUIET, body, drawn
from satupintu.actions.platform import Platform
from satupintu.documents import Json

WORDS: dict[str, Json] = {"x-sensitivity": "umum"}


def asks(x_id: str, title: str, **keywords: Json) -> dict[str, Json]:
    english = {"en": {"title": title}}
    return {"title": title, "x-id": x_id, "x-i18n": english, **WORDS, **keywords}


def with_defaults(document: Json) -> None:
    """Add a page with a text and a list that begin with something, and what hangs on the list."""
    names = {
        "uji_kota": asks("uji-1", "Kota?", type="string", default="Kota Uji"),
        "uji_ada": asks("uji-2", "Ada?", type="boolean", default=True),
        "uji_tetap": asks("uji-3", "Sumber", type="string", readOnly=True, default="meja"),
        "uji_lama": asks("uji-4", "Lama?", type="string", deprecated=True),
        "uji_baris": asks("uji-5", "Baris", type="array", maxItems=3, items={
            "type": "object",
            "unevaluatedProperties": False,
            "properties": {"usia": asks(
                "uji-6", "Usia?", type="integer", minimum=0, maximum=99, default=7
            )},
        }),
    }  # fmt: skip
    document["properties"] |= names
    condition = {"properties": {"uji_ada": {"const": True}}, "required": ["uji_ada"]}
    boxes = asks("uji-7", "Berapa?", type="integer", minimum=0, maximum=9, default=4)
    document["allOf"].append({"if": condition, "then": {"properties": {"uji_berapa": boxes}}})
    page = {"id": "uji", "title": "Uji", "questions": [*names, "uji_berapa"]}
    document["x-pages"].insert(0, {**page, "x-i18n": {"en": {"title": "Test"}}})


def begun(
    city: Platform, folder: Path, change: Callable[[Json], None] = with_defaults
) -> tuple[Desk, str]:
    """Publish the page and begin a draft; return its writer and its address."""
    publish(city, "assessment", folder, change)
    desk = Desk.of(city, "staff")
    return desk, desk.begin()


def test_a_page_is_drawn_with_its_defaults_and_nothing_is_answered_before_it_is_sent(
    city: Platform, tmp_path: Path
) -> None:
    desk, draft = begun(city, tmp_path)
    html = desk.get(f"{draft}/uji").text
    assert 'name="uji_kota" value="Kota Uji"' in html
    assert 'name="uji_berapa" value="4"' in html
    assert '<strong class="num">meja</strong>' in html
    assert 'name="uji_lama"' not in html
    assert body(city, draft)["answers"] == {}
    seen = drawn(desk, f"{draft}/uji")
    typed = {"uji_kota": "Kota Uji", "uji_ada": "true", "uji_berapa": "4", "uji_tetap": "palsu"}
    desk.post(f"{draft}/uji", {**seen, **typed, "act": "save"})
    assert body(city, draft)["answers"] == {
        "uji_kota": "Kota Uji", "uji_ada": True, "uji_berapa": 4, "uji_tetap": "meja",
        "uji_baris": [],
    }  # fmt: skip


def test_what_was_cleared_stays_cleared_whoever_saved_it(city: Platform, tmp_path: Path) -> None:
    desk, first = begun(city, tmp_path)
    for quietly, draft in ((False, first), (True, desk.begin())):
        address = f"{draft}/uji"
        told = {**drawn(desk, address), "uji_kota": "", "uji_ada": "true", "uji_berapa": ""}
        if quietly:
            assert desk.post(f"{address}/simpan", told, **QUIET).status_code == 200
        else:
            desk.post(address, {**told, "act": "save"})
        answers = body(city, draft)["answers"]
        assert {k: v for k, v in answers.items() if v} == {"uji_ada": True, "uji_tetap": "meja"}
        html = desk.get(address).text
        assert 'name="uji_kota" value=""' in html
        assert 'name="uji_berapa" value=""' in html


def test_clearing_all_of_a_page_at_once_is_kept_though_nothing_was_answered(
    city: Platform, tmp_path: Path
) -> None:
    desk, draft = begun(city, tmp_path)
    address = f"{draft}/uji"
    told = {**drawn(desk, address), "uji_kota": "", "uji_berapa": ""}
    desk.post(f"{address}/simpan", told, **QUIET)
    assert body(city, draft)["answers"] == {"uji_tetap": "meja"}
    assert 'name="uji_kota" value=""' in desk.get(address).text


def test_what_is_asked_only_now_begins_with_its_default_too(city: Platform, tmp_path: Path) -> None:
    def with_none(document: Json) -> None:
        with_defaults(document)
        document["properties"]["uji_ada"]["default"] = False

    desk, draft = begun(city, tmp_path, with_none)
    address = f"{draft}/uji"
    assert 'name="uji_berapa"' not in desk.get(address).text
    told = {**drawn(desk, address), "uji_kota": "X", "uji_ada": "true"}
    redrawn = desk.post(address, {**told, "act": "redraw"}, **{"HX-Request": "true"}).text
    assert 'name="uji_berapa" value="4"' in redrawn
    assert 'name="uji_kota" value="X"' in redrawn


def test_what_was_asked_before_and_is_asked_again_stays_as_it_was_left(
    city: Platform, tmp_path: Path
) -> None:
    desk, draft = begun(city, tmp_path)
    address = f"{draft}/uji"
    seen = drawn(desk, address)
    no = {**seen, "uji_kota": "X", "uji_ada": "false"}
    desk.post(address, {**no, "act": "save"})
    assert 'name="uji_berapa"' not in desk.get(address).text
    seen = drawn(desk, address)
    told = {**seen, "uji_kota": "X", "uji_ada": "true"}
    redrawn = desk.post(address, {**told, "act": "redraw"}, **{"HX-Request": "true"}).text
    assert 'name="uji_kota" value="X"' in redrawn
    # It stood on the page that was sent first, so it is not put back.
    assert 'name="uji_berapa" value=""' in redrawn


def test_a_row_that_is_added_begins_with_defaults_and_can_be_cleared(
    city: Platform, tmp_path: Path
) -> None:
    desk, draft = begun(city, tmp_path)
    address = f"{draft}/uji"
    seen = drawn(desk, address)
    desk.post(address, {**seen, "uji_baris": "", "act": "rows:uji_baris:add"})
    assert body(city, draft)["answers"]["uji_baris"] == [{"usia": 7}]
    assert 'name="uji_baris.0.usia" value="7"' in desk.get(address).text
    seen = drawn(desk, address)
    told = {**seen, "uji_baris": ["", "0"], "uji_baris.0.usia": "", "act": "save"}
    desk.post(address, told)
    assert body(city, draft)["answers"]["uji_baris"] == [{}]
    assert 'name="uji_baris.0.usia" value=""' in desk.get(address).text


def test_a_deprecated_answer_of_a_draft_stays_and_can_be_changed(
    city: Platform, tmp_path: Path
) -> None:
    desk = Desk.of(city, "staff")

    def still_asked(document: Json) -> None:
        with_defaults(document)
        del document["properties"]["uji_lama"]["deprecated"]

    def no_longer_asked(document: Json) -> None:
        document["properties"]["uji_lama"]["deprecated"] = True

    publish(city, "assessment", tmp_path, still_asked)
    draft = desk.begin()
    address = f"{draft}/uji"
    desk.post(address, {**drawn(desk, address), "uji_lama": "lama", "act": "save"})
    assert body(city, draft)["answers"]["uji_lama"] == "lama"
    publish(city, "assessment", tmp_path, no_longer_asked)
    desk.post(f"{draft}/versi-baru", {"seen": preview(desk, draft)})
    html = desk.get(address).text
    assert 'name="uji_lama" value="lama"' in html
    assert "Tidak lagi diperlukan." in html
    # The defaults of the older version were met there.
    assert 'name="uji_kota" value=""' in html


def preview(desk: Desk, draft: str) -> str:
    return hidden(desk.get(f"{draft}/versi-baru").text, "seen")
