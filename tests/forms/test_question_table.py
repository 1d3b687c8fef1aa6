"""Rows as a table: every control says its column and its row, with and without room for columns."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from forms.asked_alone import WIB
from forms.browser_without_script import NO_FILES, Page
from forms.sample_forms import asks, rows, text, whole, yes_no
from forms.small_forms import form
from satupintu.conditions.types import Boolean, Integer, Rows
from satupintu.documents import Json
from satupintu.forms.answers import problems
from satupintu.forms.binding import read_page
from satupintu.forms.document import Form
from satupintu.forms.rendering import page_html
from satupintu.forms.roundtrip import round_trip

FIELDS = {"nama": text("Nama"), "usia": whole("Usia", 0, 99), "ikut": yes_no("Ikut?")}


def table(most: int = 4, least: int = 0, **more: Json) -> Form:
    made = rows("Orang", FIELDS, most, least, required=["nama"])
    return form({"orang": {**made, "x-ui": {"widget": "table"}}}, **more)


def drawn(asked: Form, answers: dict[str, Json], **more: Json) -> Page:
    html = page_html(asked, asked.pages[0], language="id", zone=WIB, answers=answers, **more)
    page = Page(str(html))
    assert page.unlabelled() == []
    assert set(page.references) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    return page


GIVEN: dict[str, Json] = {"orang": [{"nama": "Siti", "usia": 8, "ikut": True}, {"nama": "Budi"}]}


def test_its_rows_are_facts_as_those_of_a_repeated_group_are() -> None:
    asked = table()
    assert asked.questions["orang"].kind == "table"
    assert asked.facts == {"orang": Rows({"usia": Integer(0, 99), "ikut": Boolean()}, 4)}
    assert asked.questions["orang"].is_rows


def test_each_control_is_named_by_its_column_and_its_row() -> None:
    page = drawn(table(), GIVEN)
    (age,) = (c for c in page.controls if c.name == "orang.1.usia")
    assert " ".join("".join(page.labels(age)).split()).startswith("Usia, Orang, nomor 2")
    heads = [e for e in page.source.split("<th ") if e.startswith('scope="col"')]
    assert [h.partition(">")[2].partition("<")[0] for h in heads] == ["Nama", "Usia", "Ikut?"]


def test_answers_come_back_and_rows_are_added_moved_and_removed_by_buttons() -> None:
    asked = table()
    for given in ({}, GIVEN, {"orang": [{"nama": "A"}] * 4}):
        assert round_trip(asked, given, language="en", zone=WIB).sound
    page = drawn(asked, GIVEN)
    assert [act for act in page.acts if not act.endswith(":clear")] == [
        "rows:orang:remove:0", "rows:orang:down:0", "rows:orang:remove:1", "rows:orang:up:1",
        "rows:orang:add",
    ]  # fmt: skip
    for act, names in (
        ("rows:orang:remove:0", ["Budi"]),
        ("rows:orang:up:1", ["Budi", "Siti"]),
        ("rows:orang:add", ["Siti", "Budi", None]),
    ):
        posted = page.posted(act)
        bound = read_page(asked, asked.pages[0], posted, NO_FILES, GIVEN, zone=WIB, language="id")
        assert [row.get("nama") for row in bound.answers["orang"]] == names


def test_a_problem_stands_in_its_cell() -> None:
    answers: dict[str, Json] = {"orang": [{"nama": "Siti", "usia": 120}]}
    found = problems(table(), answers)
    page = drawn(table(), answers, problems=found)
    (age,) = (c for c in page.controls if c.name == "orang.0.usia")
    assert age.attributes["aria-invalid"] == "true"


def test_a_fixed_number_of_rows_stands_there_at_once_and_no_button_changes_it() -> None:
    asked = table(3, 3)
    page = drawn(asked, {})
    assert page.acts == [f"rows:orang.{n}.ikut:clear" for n in range(3)]
    assert [c.name for c in page.controls if c.name.endswith(".nama")] == [
        f"orang.{n}.nama" for n in range(3)
    ]
    given: dict[str, Json] = {"orang": [{"nama": n} for n in "abc"]}
    assert round_trip(asked, given, language="id", zone=WIB).sound
    assert round_trip(asked, {}, language="id", zone=WIB).sound
    empty = read_page(asked, asked.pages[0], page.posted(), NO_FILES, {}, zone=WIB, language="id")
    assert empty.answers == {}


def test_fixed_rows_that_must_be_there_say_which_answer_is_missing() -> None:
    asked = table(2, 2, required=["orang"])
    posted = MultiDict([("orang", ""), ("orang", "0"), ("orang", "1"), ("orang.0.nama", "A"),
                        ("orang.1.nama", "")])  # fmt: skip
    bound = read_page(asked, asked.pages[0], posted, NO_FILES, {}, zone=WIB, language="id")
    assert [p.pointer for p in problems(asked, bound.answers)] == ["/orang/1/nama"]


def test_a_question_that_hangs_on_another_stands_in_its_own_column() -> None:
    more = {
        "if": {"properties": {"ikut": {"const": True}}, "required": ["ikut"]},
        "then": {"properties": {"sejak": asks("Sejak", type="string", format="date")}},
    }
    made = rows("Orang", FIELDS, 4, allOf=[more])
    asked = form({"orang": {**made, "x-ui": {"widget": "table"}}})
    given: dict[str, Json] = {"orang": [{"ikut": True, "sejak": "2026-01-02"}, {"ikut": False}]}
    page = drawn(asked, given)
    assert next(c.name for c in page.asked() if "sejak" in c.name) == "orang.0.sejak.day"
    assert not any(c.name.startswith("orang.1.sejak") for c in page.controls)
    assert round_trip(asked, given, language="id", zone=WIB).sound
