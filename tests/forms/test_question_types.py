"""Every question type: what it reads, what it shows again, what it says in words."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.browser_without_script import NO_FILES, Page
from forms.small_forms import choice, every_type, one, question
from satupintu.conditions.types import Boolean, Choice, Day, Integer, Many, Moment, Rows, Text
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms import questions
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.rendering import page_html

WIB = ZoneInfo("Asia/Jakarta")
WHOLE = question("x-1", "Berapa?", type="integer", minimum=0, maximum=99999)
LINE = question("x-1", "Siapa?", type="string", maxLength=20)
PAGE = question("x-1", "Ceritakan", type="string", maxLength=2000)
DAY = question("x-1", "Tanggal berapa?", type="string", format="date")
MOMENT = question("x-1", "Kapan?", type="string", format="date-time")
PICK = question("x-1", "Pilih", type="string", oneOf=choice("merah", "biru"))
YES_NO = question("x-1", "Benar?", type="boolean")
TICKS = {
    **question("x-1", "Pilih semua", type="array", uniqueItems=True),
    "items": {"type": "string", "oneOf": choice("merah", "biru", "hijau")},
}

TESTED_HERE = frozenset(
    {"text", "textarea", "number", "radio", "select", "checkboxes", "yes-no", "checkbox", "date"}
    | {"date-time", "file", "group", "computed", "tel", "rows"}
)
"""The first types; each later one has a test file of its own, through ``asked_alone``."""


def post(schema: dict[str, Json], *pairs: tuple[str, str], before: Json = None) -> Bound:
    form = one(schema)
    answers = {} if before is None else {"q": before}
    posted = MultiDict([*pairs])
    return read_page(form, form.pages[0], posted, NO_FILES, answers, zone=WIB, language="id")


def parts(day: str, month: str, year: str, time: str | None = None) -> list[tuple[str, str]]:
    typed = [("q.day", day), ("q.month", month), ("q.year", year)]
    return typed if time is None else [*typed, ("q.time", time)]


@pytest.mark.parametrize(
    ("schema", "kind", "fact_type"),
    [
        (LINE, "text", Text()),
        (PAGE, "textarea", Text()),
        (WHOLE, "number", Integer(0, 99999)),
        (
            {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 9},
            "number",
            Integer(2, 8),
        ),
        (PICK, "radio", Choice(("merah", "biru"))),
        (
            {"type": "string", "enum": [str(n) for n in range(8)]},
            "select",
            Choice(tuple("01234567")),
        ),
        (TICKS, "checkboxes", Many(("merah", "biru", "hijau"))),
        (YES_NO, "yes-no", Boolean()),
        ({"type": "boolean", "const": True}, "checkbox", Boolean()),
        (DAY, "date", Day()),
        (MOMENT, "date-time", Moment()),
        ({"type": "string", "format": "uuid"}, "file", Text()),
        ({"type": "object", "properties": {"a": LINE}}, "group", Text()),
        ({"type": "object", "properties": {"a": {"type": "string"}}}, "structure", Text()),
        ({"type": "integer", "enum": [2, 1]}, "structure", Integer(1, 2)),
        ({"type": "integer", "minimum": 0, "x-computed": "1"}, "computed", Integer(0, None)),
        ({"type": "string", "x-ui": {"widget": "tel"}}, "tel", Text()),
        (
            {
                "type": "array",
                "maxItems": 4,
                "items": {
                    "type": "object",
                    "properties": {"a": YES_NO},
                    "allOf": [{"then": {"properties": {"b": WHOLE}}}],
                },
            },
            "rows",
            Rows({"a": Boolean(), "b": Integer(0, 99999)}, 4),
        ),
    ],
)
def test_a_schema_finds_its_type_by_itself(schema: Json, kind: str, fact_type: object) -> None:
    found = questions.for_schema(schema)
    assert found.kind == kind
    assert found.fact_type(schema) == fact_type


def test_chosen_titles_that_hold_commas_are_parted_by_semicolons() -> None:
    titles = {"a": "Fisik: dipukul, ditendang", "b": "Psikis"}
    options = [{**choice(const)[0], "title": title} for const, title in titles.items()]
    asked = one({**TICKS, "items": {"type": "string", "oneOf": options}}).questions["q"]
    shown = questions.of("checkboxes").shown
    assert shown(asked, ["a", "b"], "id", WIB) == "Fisik: dipukul, ditendang; Psikis"
    assert shown(asked, ["b"], "id", WIB) == "Psikis"


def test_an_unknown_widget_names_the_nearest_one() -> None:
    with pytest.raises(BadDocument) as refused:
        questions.for_schema({"type": "string", "x-ui": {"widget": "textarae"}})
    assert "textarea" in refused.value.problems[0].sentence("id")


def test_a_widget_that_cannot_ask_the_value_is_refused() -> None:
    with pytest.raises(BadDocument, match="radio"):
        questions.for_schema({"type": "integer", "x-ui": {"widget": "radio"}})


def test_a_schema_that_no_type_asks_is_refused() -> None:
    with pytest.raises(BadDocument, match="array"):
        questions.for_schema({"type": "array", "items": {"items": {**LINE, "x-id": "a"}}})


def test_every_type_has_its_template_beside_it() -> None:
    folder = Path(questions.__file__).parent
    for kind in questions.types().values():
        assert (folder / kind.template).is_file()


def test_every_type_has_its_test_beside_this_one() -> None:
    here = Path(__file__)
    for kind in questions.types().keys() - TESTED_HERE:
        assert here.with_name(f"test_question_{kind.replace('-', '_')}.py").is_file()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("14", 14),
        (" 14 ", 14),
        ("1.512", 1512),
        ("12.345", 12345),
        ("-3", -3),
        ("0", 0),
        ("007", 7),
    ],
)
def test_a_whole_number_is_read(typed: str, value: int) -> None:
    assert post(WHOLE, ("q", typed)).answers == {"q": value}


@pytest.mark.parametrize(
    "typed",
    ["abc", "14.75", "14,5", "1.51", "1e3", "NaN", "1_000", "٣", "9" * 40, "12.34.5", "--1", "0x1"],
)
def test_what_is_no_whole_number_is_shown_again_with_what_to_do(typed: str) -> None:
    bound = post(WHOLE, ("q", typed), before=9)
    assert bound.answers == {}
    assert bound.unread == {"q": typed}
    assert [p.pointer for p in bound.problems] == ["/q"]
    assert "bilangan bulat" in bound.problems[0].sentence("id")
    form = one(WHOLE)
    html = page_html(
        form, form.pages[0], language="id", zone=WIB, answers=bound.answers,
        unread=bound.unread, problems=bound.problems,
    )  # fmt: skip
    assert Page(str(html)).posted()["q"] == typed
    assert Page(str(html)).says(bound.problems[0].sentence("id"))


def test_an_emptied_text_is_unanswered() -> None:
    assert post(LINE, ("q", "  \t "), before="Korban Contoh").answers == {}


def test_spaces_around_a_text_go() -> None:
    assert post(LINE, ("q", "  Korban Contoh ")).answers == {"q": "Korban Contoh"}


def test_lines_keep_their_ends_as_line_feeds_alone() -> None:
    assert post(PAGE, ("q", "satu\r\ndua\rtiga\n\nempat\r\n")).answers == {
        "q": "satu\ndua\ntiga\n\nempat"
    }


def test_letters_that_no_person_types_go() -> None:
    assert post(LINE, ("q", "a\x00b\x1b\ud800c")).answers == {"q": "abc"}


def test_a_megabyte_of_text_is_kept_on_the_page_and_not_in_the_draft() -> None:
    text = "a" * 1_000_000
    bound = post(PAGE, ("q", text), before="sebelumnya")
    assert bound.answers == {}
    assert bound.unread == {"q": text}
    assert "2000" in bound.problems[0].sentence("id")


def test_the_document_may_say_itself_that_a_text_is_too_long() -> None:
    schema = {**LINE, "x-errors": {"maxLength": "Paling banyak dua puluh huruf saja."}}
    assert post(schema, ("q", "a" * 21)).problems[0].sentence("id") == (
        "Paling banyak dua puluh huruf saja."
    )


@pytest.mark.parametrize("schema", [PICK, YES_NO])
def test_an_option_that_does_not_exist_is_no_answer(schema: dict[str, Json]) -> None:
    bound = post(schema, ("q", "ungu"))
    assert bound.answers == {}
    assert [p.key for p in bound.problems] == ["questions.no_such_option"]


def test_one_ticked_option_that_does_not_exist_leaves_the_others() -> None:
    bound = post(TICKS, ("q", "hijau"), ("q", "ungu"), ("q", "merah"))
    assert bound.answers == {"q": ["merah", "hijau"]}
    assert [p.key for p in bound.problems] == ["questions.no_such_option"]


def test_no_box_ticked_on_a_page_that_was_sent_is_the_empty_list() -> None:
    assert post(TICKS, ("q", "")).answers == {"q": []}
    assert post(TICKS, before=["merah"]).answers == {"q": []}


def test_yes_and_no_are_booleans_and_nothing_chosen_is_neither() -> None:
    assert post(YES_NO, ("q", "true")).answers == {"q": True}
    assert post(YES_NO, ("q", "false")).answers == {"q": False}
    assert post(YES_NO, ("q", "")).answers == {}


def test_a_whole_number_that_json_writes_with_a_point_is_drawn_in_digits() -> None:
    form = one(WHOLE)
    html = page_html(form, form.pages[0], language="id", zone=WIB, answers={"q": 18.0})
    assert Page(str(html)).posted()["q"] == "18"


def test_a_date_is_read_from_its_parts() -> None:
    assert post(DAY, *parts("3", "2", "2026")).answers == {"q": "2026-02-03"}
    assert post(DAY, *parts("", "", "")).answers == {}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (parts("30", "2", "2026"), "no_such_date"),
        (parts("29", "2", "2025"), "no_such_date"),
        (parts("0", "1", "2026"), "no_such_date"),
        (parts("1", "13", "2026"), "no_such_date"),
        (parts("1", "", "2026"), "date_incomplete"),
        (parts("satu", "1", "2026"), "date_in_digits"),
        (parts("1", "1", "26"), "year_in_full"),
        (parts("1", "1", "0001"), "year_in_full"),
    ],
)
def test_a_date_that_is_not_in_the_calendar_is_shown_again(
    typed: list[tuple[str, str]], key: str
) -> None:
    bound = post(DAY, *typed)
    assert bound.answers == {}
    assert bound.unread == dict(typed)
    assert [p.key for p in bound.problems] == [f"questions.{key}"]


@pytest.mark.parametrize("time", ["22.30", "22:30", "22,30", "2230"])
def test_a_moment_is_local_to_the_service_and_kept_with_its_offset(time: str) -> None:
    assert post(MOMENT, *parts("22", "11", "2026", time)).answers == {
        "q": "2026-11-22T22:30:00+07:00"
    }


@pytest.mark.parametrize(
    ("time", "key"),
    [
        ("", "time_missing"),
        ("24.00", "no_such_time"),
        ("22.60", "no_such_time"),
        ("malam", "no_such_time"),
        ("123", "no_such_time"),
    ],
)
def test_a_time_that_is_no_time_says_what_to_write(time: str, key: str) -> None:
    bound = post(MOMENT, *parts("22", "11", "2026", time))
    assert bound.unread == dict(parts("22", "11", "2026", time))
    assert [p.key for p in bound.problems] == [f"questions.{key}"]


def test_a_moment_that_was_not_touched_keeps_its_seconds_and_its_offset() -> None:
    before = "2026-11-22T15:30:45.5Z"
    untouched = parts("22", "11", "2026", "22.30.45,5")
    assert post(MOMENT, *untouched, before=before).answers == {"q": before}
    assert post(MOMENT, *untouched).answers == {"q": "2026-11-22T22:30:45.500000+07:00"}


def test_an_hour_that_a_change_of_clocks_leaves_out_is_no_time() -> None:
    form = one(MOMENT)
    posted = MultiDict(parts("29", "3", "2026", "2.30"))
    berlin = ZoneInfo("Europe/Berlin")
    bound = read_page(form, form.pages[0], posted, NO_FILES, {}, zone=berlin, language="id")
    assert [p.key for p in bound.problems] == ["questions.no_such_time"]


@pytest.mark.parametrize(
    ("schema", "value", "indonesian", "english"),
    [
        (WHOLE, 1512, "1.512", "1,512"),
        (PICK, "merah", "Pilihan merah", "Option merah"),
        (PICK, "lama", "lama", "lama"),
        (TICKS, ["merah", "biru"], "Pilihan merah, Pilihan biru", "Option merah, Option biru"),
        (TICKS, [], "Tidak ada yang dipilih", "None chosen"),
        (YES_NO, True, "Ya", "Yes"),
        (YES_NO, False, "Tidak", "No"),
        (DAY, "2026-05-23", "23 Mei 2026", "23 May 2026"),
        (DAY, "dulu", "dulu", "dulu"),
        (
            MOMENT,
            "2026-11-22T15:45:00Z",
            "22 November 2026, 22.45 WIB",
            "22 November 2026, 22:45 WIB",
        ),
        (MOMENT, "2026-11-22", "2026-11-22", "2026-11-22"),
        (LINE, "Korban Contoh", "Korban Contoh", "Korban Contoh"),
    ],
)
def test_an_answer_is_said_in_words(
    schema: dict[str, Json], value: Json, indonesian: str, english: str
) -> None:
    asked = one(schema).questions["q"]
    kind = questions.of(asked.kind)
    assert kind.shown(asked, value, "id", WIB) == indonesian
    assert kind.shown(asked, value, "en", WIB) == english


def test_a_group_and_rows_are_said_on_one_line() -> None:
    form = every_type()
    house, children = form.questions["rumah"], form.questions["anak"]
    said = questions.of("group").shown(house, {"kamar": 3, "atap": "seng"}, "id", WIB)
    assert said == "3, Pilihan seng"
    rows = [{"usia": 3}, {"usia": 5, "ikut": True}]
    assert questions.of("rows").shown(children, rows, "id", WIB) == "3; 5, Ya"


@given(st.text(max_size=40), st.sampled_from([WHOLE, LINE, PAGE, PICK, YES_NO, DAY, MOMENT, TICKS]))
def test_whatever_is_typed_is_read_or_shown_again_and_never_breaks(
    typed: str, schema: dict[str, Json]
) -> None:
    fields = ("q", "q.day", "q.month", "q.year", "q.time")
    bound = post(schema, *((name, typed) for name in fields))
    assert not (bound.unread and bound.answers)
    for problem in bound.problems:
        assert problem.sentence("id")
        assert problem.sentence("en")
        assert problem.pointer == "/q"
