"""Reading a posted page: only what was asked and stood on it, and nothing of the draft is lost."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from werkzeug.datastructures import MultiDict

from forms.browser_without_script import NO_FILES, Page
from forms.small_forms import choice, every_type, form, question
from satupintu.documents import Json
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.document import Form
from satupintu.forms.fields import page_form
from satupintu.forms.rendering import page_html

WIB = ZoneInfo("Asia/Jakarta")
EVERY = every_type()


def follow_up() -> Form:
    ticks = {
        **question("f-2", "Jenis", type="array", uniqueItems=True, minItems=1),
        "items": {"type": "string", "oneOf": choice("satu", "dua")},
    }
    return form(
        {"luka": question("f-1", "Luka?", type="boolean")},
        allOf=[
            {
                "if": {"properties": {"luka": {"const": True}}, "required": ["luka"]},
                "then": {
                    "properties": {"jenis": ticks, "catatan": question("f-3", type="string")},
                    "required": ["jenis"],
                },
            }
        ],
    )


def post(
    this: Form, posted: dict[str, str] | MultiDict[str, str], answers: dict[str, Json]
) -> Bound:
    return read_page(
        this, this.pages[0], MultiDict(posted), NO_FILES, answers, zone=WIB, language="id"
    )


def drawn(this: Form, answers: dict[str, Json], bound: Bound | None = None) -> Page:
    return Page(
        str(
            page_html(
                this,
                this.pages[0],
                language="id",
                zone=WIB,
                answers=answers,
                unread=bound.unread if bound else None,
                problems=bound.problems if bound else (),
            )
        )
    )


def test_an_answer_to_a_question_that_is_not_asked_is_ignored() -> None:
    assert post(follow_up(), {"luka": "false", "jenis": "satu"}, {}).answers == {"luka": False}


def test_a_question_that_is_no_longer_asked_keeps_the_drafts_answer() -> None:
    before = {"luka": True, "jenis": ["dua"]}
    assert post(follow_up(), {"luka": "false", "jenis": "satu"}, before).answers == {
        "luka": False,
        "jenis": ["dua"],
    }


def test_cause_and_follow_up_may_be_posted_together() -> None:
    posted = MultiDict([("luka", "true"), ("jenis", "satu"), ("jenis", "dua")])
    assert post(follow_up(), posted, {}).answers == {"luka": True, "jenis": ["satu", "dua"]}


def test_boxes_that_only_now_are_asked_were_not_left_unticked() -> None:
    assert post(follow_up(), {"luka": "true"}, {}).answers == {"luka": True}


def test_an_answer_that_is_asked_again_comes_back() -> None:
    before = {"luka": False, "jenis": ["dua"], "catatan": "lama"}
    assert post(follow_up(), {"luka": "true"}, before).answers == {
        "luka": True,
        "jenis": ["dua"],
        "catatan": "lama",
    }


def test_boxes_that_stood_on_the_page_and_were_unticked_are_an_answer() -> None:
    before = {"luka": True, "jenis": ["dua"]}
    posted = {"luka": "true", "jenis": "", "catatan": ""}
    assert post(follow_up(), posted, before).answers == {"luka": True, "jenis": []}


def test_answers_of_other_pages_and_unknown_controls_are_left_alone() -> None:
    posted = {"luka": "true", "asing": "x", "csrf_token": "y", "__proto__": "z"}
    assert post(follow_up(), posted, {"lain": 1}).answers == {"luka": True, "lain": 1}


def test_a_posted_computed_answer_is_ignored_and_worked_out_again() -> None:
    bound = post(EVERY, {"jumlah": "21", "lipat": "999"}, {"lipat": 7})
    assert bound.answers["lipat"] == 42


def test_a_group_is_a_nested_object() -> None:
    posted = {"rumah.kamar": "3", "rumah.atap": "seng", "rumah.halaman": "true"}
    assert post(EVERY, posted, {}).answers["rumah"] == {"kamar": 3, "atap": "seng", "halaman": True}


def test_a_question_in_a_group_that_is_not_asked_is_ignored() -> None:
    bound = post(EVERY, {"rumah.kamar": "2", "rumah.halaman": "true"}, {})
    assert bound.answers["rumah"] == {"kamar": 2}


def test_a_group_that_was_left_empty_is_unanswered() -> None:
    assert "rumah" not in post(EVERY, {"rumah.kamar": ""}, {"rumah": {"kamar": 1}}).answers


def test_a_problem_in_a_group_or_row_points_to_its_answer() -> None:
    posted = MultiDict([("rumah.kamar", "tiga"), ("anak", ""), ("anak", "0"), ("anak.0.usia", "x")])
    bound = post(EVERY, posted, {})
    assert [p.pointer for p in bound.problems] == ["/rumah/kamar", "/anak/0/usia"]
    assert bound.unread == {"rumah.kamar": "tiga", "anak.0.usia": "x"}
    page = drawn(EVERY, bound.answers, bound)
    assert page.posted()["anak.0.usia"] == "x"
    assert "q-anak.0.usia-err" in page.ids


ROWS = {"anak": [{"usia": 1}, {"usia": 2}, {"usia": 3}]}


@pytest.mark.parametrize(
    ("act", "ages"),
    [
        ("rows:anak:remove:1", [1, 3]),
        ("rows:anak:up:1", [2, 1, 3]),
        ("rows:anak:down:1", [1, 3, 2]),
        ("rows:anak:up:0", [1, 2, 3]),
        ("rows:anak:down:2", [1, 2, 3]),
        ("rows:anak:add", [1, 2, 3]),
        ("rows:anak:remove:9", [1, 2, 3]),
        ("rows:lain:remove:1", [1, 2, 3]),
    ],
)
def test_a_button_moves_adds_or_removes_one_row(act: str, ages: list[int]) -> None:
    bound = post(EVERY, drawn(EVERY, ROWS).posted(act), ROWS)
    assert [row["usia"] for row in bound.answers["anak"]] == ages


def test_a_row_is_added_after_the_others_and_starts_unanswered() -> None:
    before: dict[str, Json] = {"anak": [{"usia": 4}]}
    bound = post(EVERY, drawn(EVERY, before).posted("rows:anak:add"), before)
    assert bound.answers["anak"] == [{"usia": 4, "suka": []}, {}]
    again = drawn(EVERY, bound.answers)
    assert {"anak.0.usia", "anak.1.usia"} <= set(again.posted())


def test_no_more_rows_are_added_than_the_schema_allows() -> None:
    posted = MultiDict([("anak", str(n)) for n in range(1000)])
    assert len(post(EVERY, posted, {}).answers["anak"]) <= 4
    assert "rows:anak:add" not in str(
        page_html(EVERY, EVERY.pages[0], language="id", zone=WIB, answers=ROWS)
    )


def test_what_could_not_be_read_moves_with_its_row() -> None:
    posted = drawn(EVERY, ROWS).posted("rows:anak:up:2")
    posted["anak.2.usia"] = "tiga"
    bound = post(EVERY, posted, ROWS)
    assert bound.unread == {"anak.1.usia": "tiga"}
    assert [p.pointer for p in bound.problems] == ["/anak/1/usia"]


def test_a_condition_inside_a_row_reads_its_own_row() -> None:
    posted = MultiDict(
        [("anak", "0"), ("anak", "1"), ("anak.0.ikut", "true"), ("anak.1.ikut", "false")]
        + [(f"anak.{n}.sejak.{part}", "1") for n in (0, 1) for part in ("day", "month")]
        + [("anak.0.sejak.year", "2020"), ("anak.1.sejak.year", "2021")]
    )
    assert post(EVERY, posted, {}).answers["anak"] == [
        {"ikut": True, "sejak": "2020-01-01"},
        {"ikut": False},
    ]


def test_enter_presses_no_button_that_moves_or_removes_a_row_or_clears_an_answer() -> None:
    html = str(page_html(EVERY, EVERY.pages[0], language="id", zone=WIB, answers=ROWS))
    first = html[html.index("<button") : html.index(">", html.index("<button"))]
    assert "name=" not in first


def test_rows_whose_page_was_sent_without_any_are_none() -> None:
    assert post(EVERY, {"anak": ""}, ROWS).answers["anak"] == []


def test_a_file_of_another_draft_cannot_be_kept_by_its_id() -> None:
    foreign = "11111111-1111-4111-8111-111111111111"
    assert "berkas" not in post(EVERY, {"berkas.kept": foreign, "berkas": foreign}, {}).answers


def test_an_id_typed_as_text_makes_no_file() -> None:
    foreign = "11111111-1111-4111-8111-111111111111"
    bound = post(EVERY, {"berkas.kept": foreign}, {"kata": foreign})
    assert "berkas" not in bound.answers


def test_a_file_that_is_attached_stays_until_it_is_removed() -> None:
    own = "22222222-2222-4222-8222-222222222222"
    posted = drawn(EVERY, {"berkas": own}).posted()
    assert post(EVERY, posted, {"berkas": own}).answers["berkas"] == own
    posted["act"] = f"rows:berkas:remove:{own}"
    assert "berkas" not in post(EVERY, posted, {"berkas": own}).answers


def test_the_fields_of_a_page_are_plain_wtforms_fields_that_draw_themselves() -> None:
    fields = page_form(EVERY, EVERY.pages[0], "en")
    assert [f.name for f in fields] == list(EVERY.pages[0].questions)
    html = Page("".join(str(field()) for field in fields))
    assert html.unlabelled() == []
