"""An address whose lists hang on each other, to any depth, in plain JSON Schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from forms.asked_alone import WIB
from forms.browser_without_script import NO_FILES, Page
from forms.sample_forms import sheets
from forms.small_forms import form, question
from satupintu.conditions.types import Choice
from satupintu.documents import Json
from satupintu.forms import reading, reading_back
from satupintu.forms.answers import problems
from satupintu.forms.binding import read_page
from satupintu.forms.check import check
from satupintu.forms.document import Form
from satupintu.forms.facts import facts
from satupintu.forms.rendering import page_html
from satupintu.forms.roundtrip import round_trip

DISTRICTS = {"barat": ["muntang", "payu"], "timur": ["karang", "gunung"]}
STREETS = {"muntang": ["m1", "m2"], "payu": ["p1"], "karang": ["k1", "k2"], "gunung": []}


def options(*consts: str) -> list[Json]:
    return [
        {"const": c, "title": f"Nama {c}", "x-i18n": {"en": {"title": f"Name {c}"}}} for c in consts
    ]


def of(parent: str, child: str, lists: dict[str, list[str]]) -> list[Json]:
    return [
        {
            "if": {"properties": {parent: {"const": const}}, "required": [parent]},
            "then": {"properties": {child: {"enum": below}}},
        }
        for const, below in lists.items()
        if below
    ]


def pick(number: int, title: str, consts: list[str], **ui: Json) -> dict[str, Json]:
    keywords: dict[str, Any] = {"x-sensitivity": "umum", "x-ui": {"widget": "select", **ui}}
    return question(f"s-{number}", title, type="string", oneOf=options(*consts), **keywords)


def address(widget: str = "select", more: int = 0) -> dict[str, Json]:
    villages = [v for below in DISTRICTS.values() for v in below]
    lists = {**DISTRICTS, "timur": [*DISTRICTS["timur"], *(f"desa{n}" for n in range(more))]}
    all_villages = [*villages, *lists["timur"][2:]]
    inner = {
        "jalan": question("s-1", "Jalan", type="string", maxLength=80),
        "rt": question("s-2", "RT", type="string", maxLength=3),
        "rw": question("s-3", "RW", type="string", maxLength=3),
        "kecamatan": pick(4, "Kecamatan", [*DISTRICTS], widget=widget),
        "kelurahan": pick(5, "Kelurahan", all_villages, widget=widget),
        "gang": pick(6, "Gang", [s for below in STREETS.values() for s in below], widget=widget),
    }
    return question(
        "s-7", "Alamat", type="object", unevaluatedProperties=False, properties=inner,
        allOf=[*of("kecamatan", "kelurahan", lists), *of("kelurahan", "gang", STREETS)],
        **{"x-ui": {"widget": "address"}},
    )  # fmt: skip


ADDRESS = address()
FORM = form({"alamat": ADDRESS})
FULL: dict[str, Json] = {
    "jalan": "Jl. Sudirman 1", "rt": "03", "rw": "01",
    "kecamatan": "timur", "kelurahan": "karang", "gang": "k2",
}  # fmt: skip


def drawn(asked: Form, answers: dict[str, Json], language: str = "id") -> Page:
    html = page_html(
        asked, asked.pages[0], language=language, zone=WIB, answers=answers,
        problems=problems(asked, answers),
    )  # fmt: skip
    page = Page(str(html))
    assert page.unlabelled() == []
    assert set(page.references) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    return page


def offers(page: Page, name: str) -> list[str]:
    (control,) = (c for c in page.controls if c.name == name)
    return [o.value for o in control.options if o.value]


def test_its_lists_are_facts_as_choices_and_a_document_finds_nothing_wrong() -> None:
    assert FORM.questions["alamat"].kind == "address"
    assert FORM.facts["alamat.kecamatan"] == Choice(("barat", "timur"))
    assert facts(FORM, {"alamat": FULL})["alamat.kelurahan"] == "karang"
    assert [
        p for p in check(json.dumps(FORM.schema).encode(), "alamat.json") if not p.warning
    ] == []


def test_before_anything_is_chosen_a_list_stands_under_what_offers_it() -> None:
    page = drawn(FORM, {})
    assert offers(page, "alamat.kelurahan") == ["muntang", "payu", "karang", "gunung"]
    assert '<optgroup label="Nama barat">' in page.source
    assert '<optgroup label="Name barat">' in drawn(FORM, {}, "en").source


def test_an_answer_leaves_what_hangs_on_it_to_any_depth() -> None:
    page = drawn(FORM, {"alamat": {"kecamatan": "timur", "kelurahan": "karang"}})
    assert offers(page, "alamat.kelurahan") == ["karang", "gunung"]
    assert offers(page, "alamat.gang") == ["k1", "k2"]
    assert "optgroup" not in page.source
    assert 'name="alamat.kecamatan" data-redraw' in page.source


@pytest.mark.parametrize("widget", ["select", "radio", "combobox"])
def test_a_pair_that_does_not_fit_is_told_once_where_it_was_chosen(widget: str) -> None:
    asked = form({"alamat": address(widget)})
    wrong: dict[str, Json] = {"alamat": {"kecamatan": "barat", "kelurahan": "karang"}}
    (problem,) = problems(asked, wrong)
    assert problem.pointer == "/alamat/kelurahan"
    assert "“Nama karang”" in problem.sentence("id")
    assert "Nama barat" in problem.sentence("id")
    assert not Draft202012Validator(dict(asked.schema)).is_valid(wrong)
    page = drawn(asked, wrong)
    assert page.says(problem.sentence("id"))
    posted = page.posted()
    read = read_page(asked, asked.pages[0], posted, NO_FILES, wrong, zone=WIB, language="id")
    assert read.answers == wrong


@pytest.mark.parametrize("answer", [[], {}, 3, True, "tak ada"])
def test_what_is_no_option_at_all_is_told_in_words(answer: Json) -> None:
    asked = form({"alamat": address()})
    (problem,) = problems(asked, {"alamat": {"kecamatan": "barat", "kelurahan": answer}})
    assert problem.pointer == "/alamat/kelurahan"
    assert problem.sentence("id") != problem.sentence("en")


@pytest.mark.parametrize("widget", ["select", "radio", "combobox"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_it_comes_back_page_by_page(widget: str, language: str) -> None:
    asked = form({"alamat": address(widget)})
    for given in ({"alamat": FULL}, {"alamat": {"kelurahan": "payu"}}, {}):
        assert round_trip(asked, given, language=language, zone=WIB).sound


def test_a_very_long_list_waits_for_what_it_hangs_on_and_a_button_shows_it() -> None:
    asked = form({"alamat": address(more=300)})
    page = drawn(asked, {})
    assert offers(page, "alamat.kelurahan") == []
    assert page.says("Jawab “Kecamatan” dulu")
    assert page.says("Tampilkan daftar")
    chosen = drawn(asked, {"alamat": {"kecamatan": "timur"}})
    assert len(offers(chosen, "alamat.kelurahan")) == 302
    assert not chosen.says("Tampilkan daftar")
    given = {"alamat": {"kecamatan": "timur", "kelurahan": "desa299"}}
    assert round_trip(asked, given, language="id", zone=WIB).sound


def test_lists_hang_on_each_other_in_rows_too() -> None:
    items = {k: v for k, v in ADDRESS.items() if k in ("type", "properties", "allOf")}
    rows = question(
        "s-8", "Tempat", type="array", maxItems=3, items={**items, "unevaluatedProperties": False}
    )
    asked = form({"tempat": rows})
    given: dict[str, Json] = {
        "tempat": [{"kecamatan": "barat"}, {"kecamatan": "timur", "kelurahan": "gunung"}]
    }
    page = drawn(asked, given)
    assert offers(page, "tempat.0.kelurahan") == ["muntang", "payu"]
    assert offers(page, "tempat.1.kelurahan") == ["karang", "gunung"]
    assert round_trip(asked, given, language="id", zone=WIB).sound
    wrong: dict[str, Json] = {"tempat": [{"kecamatan": "barat", "kelurahan": "gunung"}]}
    assert [p.pointer for p in problems(asked, wrong)] == ["/tempat/0/kelurahan"]


def test_ticks_are_left_by_another_answer_too() -> None:
    ticks = question("s-9", "Kelurahan", type="array", uniqueItems=True)
    ticks["items"] = {"type": "string", "oneOf": options("muntang", "payu", "karang", "gunung")}
    lists = [
        {**one, "then": {"properties": {"desa": {"items": {"enum": DISTRICTS[const]}}}}}
        for const, one in zip(DISTRICTS, of("kecamatan", "desa", DISTRICTS), strict=True)
    ]
    district = pick(4, "Kecamatan", [*DISTRICTS])
    asked = reading.read(
        sheets({"kecamatan": district, "desa": ticks}, "kecamatan desa", allOf=lists)
    )
    page = drawn(asked, {"kecamatan": "barat"})
    assert [c.value for c in page.asked() if c.name == "desa"] == ["muntang", "payu"]
    given: dict[str, Json] = {"kecamatan": "barat", "desa": ["payu"]}
    assert round_trip(asked, given, language="id", zone=WIB).sound


def test_it_reads_back_as_one_line_unless_a_part_is_covered() -> None:
    (section,) = reading_back.sections(FORM, {"alamat": FULL}, language="id", zone=WIB)
    assert [row.lines for row in section.rows] == [
        ("Jl. Sudirman 1, RT 03, RW 01, Kecamatan Nama timur, Kelurahan Nama karang, Gang Nama k2",)
    ]
    covered = {**ADDRESS, "properties": {**ADDRESS["properties"]}}
    covered["properties"]["jalan"] = {
        **ADDRESS["properties"]["jalan"], "x-sensitivity": "sangat_rahasia"
    }  # fmt: skip
    (section,) = reading_back.sections(
        form({"alamat": covered}), {"alamat": FULL}, language="id", zone=WIB
    )
    assert [row.masked for row in section.rows] == [True, False, False, False, False, False]
    (section,) = reading_back.sections(
        FORM, {"alamat": FULL}, language="id", zone=WIB,
        visible={"alamat", "alamat.kecamatan"},
    )  # fmt: skip
    assert [row.lines for row in section.rows] == [("Nama timur",)]


def test_a_list_that_an_answer_takes_away_tells_only_what_it_hangs_on() -> None:
    first = question("p-1", "Kota", type="string", oneOf=options("barat", "luar"))
    second = question("p-2", "Kampung", type="string", oneOf=options("ulu", "ilir"))
    elsewhere = {"properties": {"kota": {"const": "luar"}}, "required": ["kota"]}
    west = {"properties": {"kota": {"const": "barat"}}, "required": ["kota"]}
    lists = [{"if": west, "then": {"properties": {"kampung": {"enum": ["ulu"]}}}}]
    then = {"properties": {"kampung": second}, "allOf": lists}
    asked = form({"kota": first}, allOf=[{"if": {"not": elsewhere}, "then": then}])
    (problem,) = problems(asked, {"kota": "barat", "kampung": "ilir"})
    assert problem.pointer == "/kampung"
    assert "belum dijawab" not in problem.sentence("id")
    assert problem.sentence("id").count("Kota") == 1
