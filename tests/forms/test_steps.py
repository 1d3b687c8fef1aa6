from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms.small_forms import choice, document, question
from satupintu.forms import difference, reading, steps
from satupintu.forms.answers import pages_to_ask
from satupintu.forms.document import Form
from satupintu.forms.progress import progress
from satupintu.forms.reading_back import Change, sections

WIB = ZoneInfo("Asia/Jakarta")


def asked(**page: Any) -> Form:
    """Return a form of two pages; the first asks further questions of whoever is not alone."""
    sensitive = {"x-sensitivity": "umum"}
    rows = question(
        "a4", "Anak", type="array", maxItems=3, **sensitive,
        **{"x-ui": {"widget": "rows"}},
        items={
            "type": "object", "unevaluatedProperties": False,
            "properties": {
                "usia": question("a5", type="integer", minimum=0, maximum=9, **sensitive)
            },
        },
    )  # fmt: skip
    own = {
        "sendiri": question("a1", type="string", oneOf=choice("ya", "tidak"), **sensitive),
        "kota": question("a3", "Kota", type="string", oneOf=choice("a", "b"), **sensitive),
        "anak": rows,
        "dua_kali": question(
            "a6", "Dua kali", type="integer", minimum=0, maximum=100,
            **{"x-computed": "size(anak) + size(anak)", **sensitive},
        ),
    }  # fmt: skip
    branch = {
        "if": {"properties": {"sendiri": {"const": "tidak"}}, "required": ["sendiri"]},
        "then": {
            "properties": {
                "siapa": question("a2", type="string", oneOf=choice("x", "y"), **sensitive)
            },
            "required": ["siapa"],
        },
    }  # fmt: skip
    made = document(own, allOf=[branch], required=["sendiri"])
    made["x-form"]["settings"] = page.pop("settings", {})
    english = {"x-i18n": {"en": {"title": "Page"}}}
    made["x-pages"] = [
        {
            "id": "diri",
            "title": "Diri",
            "questions": ["sendiri", "siapa", "kota"],
            **english,
            **page,
        },
        {"id": "lain", "title": "Lain", "questions": ["anak", "dua_kali"], **english},
    ]
    return reading.read(made)


def test_a_page_asks_its_questions_one_by_one_where_it_says_so() -> None:
    form = asked(oneByOne=True)
    assert [p.id for p in form.pages] == ["diri.sendiri", "diri.siapa", "diri.kota", "lain"]
    assert [p.section for p in form.pages] == ["diri", "diri", "diri", "lain"]


def test_the_whole_form_may_say_so_and_a_page_otherwise() -> None:
    form = asked(settings={"oneByOne": True}, oneByOne=False)
    assert [p.id for p in form.pages] == ["diri", "lain.anak", "lain.dua_kali"]


def test_a_step_with_nothing_to_ask_is_passed_over() -> None:
    form = asked(settings={"oneByOne": True})
    on = [p.id for p in pages_to_ask(form, {"sendiri": "ya"})]
    assert on == ["diri.sendiri", "diri.kota", "lain.anak"]  # a computed answer asks nothing
    assert steps.after(form, {"sendiri": "tidak"}, "diri.sendiri") == "diri.siapa"
    before = steps.before(form, {"sendiri": "ya"}, "diri.kota")
    assert before is not None
    assert before.id == "diri.sendiri"


def test_a_change_goes_round_what_is_left_and_then_back_to_the_check() -> None:
    form, answers = asked(settings={"oneByOne": True}), {"sendiri": "tidak"}
    assert (
        steps.after_change(form, answers, "diri.kota", {"diri.siapa", "lain.anak"}) == "lain.anak"
    )
    assert steps.after_change(form, answers, "diri.kota", {"diri.siapa"}) == "diri.siapa"
    assert steps.after_change(form, answers, "diri.kota", {"diri.kota"}) == steps.CHECK
    assert steps.after_change(form, {"sendiri": "ya"}, "diri.kota", {"diri.siapa"}) == steps.CHECK


@pytest.mark.parametrize(
    ("act", "left", "step"),
    [
        ("back", None, "diri.sendiri"),
        ("back", set(), steps.CHECK),
        ("back", {"diri.kota"}, "diri.sendiri"),
        ("next", None, "lain.anak"),
        ("next", set(), steps.CHECK),
        ("skip", {"diri.sendiri"}, "diri.sendiri"),
        ("save", None, "diri.kota"),
        ("goto:lain.anak", set(), "lain.anak"),
        ("goto:tidak_ada", None, "diri.kota"),
        ("rows:anak:add", None, "diri.kota"),
    ],
)
def test_each_button_leads_where_it_says(act: str, left: set[str] | None, step: str) -> None:
    form = asked(settings={"oneByOne": True})
    found = steps.pressed(form, {"sendiri": "ya"}, "diri.kota", act, stays=False, left=left)
    assert found == step


def test_the_list_of_pages_counts_steps_of_a_page_together() -> None:
    form = asked(oneByOne=True)
    sent: list[str] = []
    [first, _] = progress(form, {}, sent, ())
    assert (first.page.id, first.state, first.asked) == ("diri.sendiri", "empty", 2)
    [first, _] = progress(form, {"sendiri": "tidak"}, ["diri.sendiri"], ())
    assert (first.page.id, first.state, first.answered, first.asked) == (
        "diri.siapa",
        "begun",
        1,
        3,
    )
    [first, _] = progress(form, {"sendiri": "ya"}, ["diri.sendiri", "diri.kota"], ())
    assert (first.page.id, first.state) == ("diri.sendiri", "done")


def test_the_answers_read_back_page_by_page_each_with_its_own_change() -> None:
    form = asked(oneByOne=True)
    answers = {"sendiri": "ya", "kota": "a", "anak": [{"usia": 3}], "dua_kali": 2}
    first, second = sections(
        form, answers, language="id", zone=WIB, change=lambda page: Change(f"/{page.id}")
    )
    assert (first.id, first.change) == ("diri", None)
    assert [row.change and row.change.href for row in first.rows] == [
        "/diri.sendiri",
        None,
        "/diri.kota",
    ]
    assert second.change == Change("/lain")
    assert not any(row.change for row in second.rows)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"oneByOne": True}),
        ({}, {"settings": {"oneByOne": True}}),
        ({}, {"settings": {"neutralIcon": "page"}}),
    ],
)
def test_asking_one_by_one_is_a_difference_in_words(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    before, after = asked(**dict(old)), asked(**dict(new))
    for language in ("id", "en"):
        [told] = difference.tell(before, after, language)
        assert "oneByOne" not in told.sentence
        assert "neutralIcon" not in told.sentence
