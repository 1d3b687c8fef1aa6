"""Rows as a list with a page for each: nothing of a page is read but what stood on it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.asked_alone import WIB
from forms.browser_without_script import NO_FILES, Page
from forms.sample_forms import group, rows, text, ticks, whole, yes_no
from forms.small_forms import form
from forms.test_rows_in_rows import family
from satupintu.conditions.types import Integer
from satupintu.documents import Json
from satupintu.forms import reading, row_page
from satupintu.forms.answers import problems
from satupintu.forms.binding import read_page
from satupintu.forms.document import Form
from satupintu.forms.rendering import page_html
from satupintu.forms.roundtrip import round_trip

FIELDS = {"nama": text("Nama"), "usia": whole("Usia", 0, 99), "suka": ticks("Suka", "lari", "baca"),
          "rahasia": text("Rahasia", **{"x-sensitivity": "sangat_rahasia"})}  # fmt: skip


def listed(most: int = 5) -> Form:
    made = {**rows("Orang", FIELDS, most, required=["nama"]), "x-ui": {"widget": "rows-by-page"}}
    home = group("Rumah", {"kota": text("Kota"), "orang": made})
    return form({"rumah": home, "setuju": yes_no("Setuju?")})


GIVEN: dict[str, Json] = {
    "rumah": {
        "kota": "K",
        "orang": [
            {"nama": "A", "suka": ["lari"], "rahasia": "x"},
            {"nama": "B", "usia": 9, "suka": []},
        ],
    },
    "setuju": True,
}


def drawn(asked: Form, answers: dict[str, Json], number: int | None = None) -> Page:
    row = row_page.named(asked, asked.pages[0], answers, f"rumah.orang.{number}")
    html = page_html(asked, asked.pages[0], language="id", zone=WIB, answers=answers, row=row,
                     problems=problems(asked, answers))  # fmt: skip
    page = Page(str(html))
    assert page.unlabelled() == []
    assert set(page.references) <= set(page.ids)
    return page


def test_its_rows_are_facts_and_come_back_each_from_its_page() -> None:
    asked = listed()
    assert asked.questions["rumah.orang"].kind == "rows-by-page"
    assert asked.facts["rumah.orang"].fields["usia"] == Integer(0, 99)
    for answers in ({}, GIVEN):
        assert round_trip(asked, answers, language="id", zone=WIB).sound


def test_the_list_says_which_row_is_which_but_nothing_that_is_covered() -> None:
    page = drawn(listed(), GIVEN)
    assert page.says("B, 9")
    assert not page.says("x")
    assert "rumah.orang.0.nama" not in {c.name for c in page.controls}


def test_a_row_page_reads_its_row_and_leaves_all_else_as_it_was() -> None:
    asked = listed()
    page = drawn(asked, GIVEN, 1)
    posted = page.posted()
    posted["rumah.orang.1.usia"] = "10"
    bound = read_page(asked, asked.pages[0], posted, NO_FILES, GIVEN, zone=WIB, language="id")
    rows_before = GIVEN["rumah"]["orang"]
    assert bound.answers == {
        **GIVEN, "rumah": {"kota": "K", "orang": [rows_before[0], {**rows_before[1], "usia": 10}]}
    }  # fmt: skip


def test_the_list_names_what_a_row_lacks() -> None:
    wrong = {**GIVEN, "rumah": {"orang": [{"nama": "A"}, {"usia": 100}]}}
    page = drawn(listed(), wrong)
    assert page.says("Jawab: Nama")
    assert page.by_id["q-rumah.orang.1"].text.count("Usia") == 1


def test_a_hundred_rows_are_filled_in_one_by_one() -> None:
    many: dict[str, Json] = {
        "rumah": {"orang": [{"nama": f"n{n}", "suka": []} for n in range(100)]}
    }
    assert round_trip(listed(100), many, language="id", zone=WIB).sound


CONTROLS = st.lists(st.sampled_from(["anak", "sekolah", "0", "1", "7", "x", "usia", "nama", "²"]),
                    min_size=1, max_size=6).map(".".join)  # fmt: skip
ACTS = st.builds("rows:{}:{}:{}".format, CONTROLS, st.sampled_from(["add", "remove", "up", "edit"]),
                 st.sampled_from(["0", "1", "9", "x", ""]))  # fmt: skip
HELD = {"anak": [{"usia": 9, "sekolah": [{"nama": "S"}, {}]}, {"nama": "B", "usia": 8}]}


@pytest.mark.parametrize("widgets", [("rows", "rows-by-page"), ("rows-by-page", "rows")])
@settings(max_examples=150, deadline=None)
@given(posted=st.dictionaries(CONTROLS, st.sampled_from(["", "0", "1", "x", "7"]), max_size=12),
       row=CONTROLS | st.just(""), act=ACTS | st.just("done"))  # fmt: skip
def test_whatever_is_posted_of_a_row_is_read_and_leads_somewhere(widgets, posted, row, act) -> None:
    asked = reading.read(family(*widgets))
    texts = MultiDict([*posted.items(), (row_page.ROW, row), ("act", act)])
    here = asked.pages[0]
    bound = read_page(asked, here, texts, NO_FILES, HELD, zone=WIB, language="id")
    children = bound.answers.get("anak", [])
    assert all(isinstance(s, dict) for child in children for s in child.get("sekolah", ()))
    found = row_page.pressed(asked, here, bound.answers, texts, stays=True)
    page_html(asked, here, language="id", zone=WIB, answers=bound.answers, row=found,
              unread=bound.unread, problems=bound.problems)  # fmt: skip
