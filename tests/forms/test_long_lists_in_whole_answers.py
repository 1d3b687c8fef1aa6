"""Inside an answer asked as a whole, a long list is searched and a signature is given, as anywhere
else.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.answering import Answers
from forms.asked_alone import WIB
from forms.attachment_sample_forms import signature
from forms.browser_without_script import NO_FILES, Page
from satupintu.documents import Json
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.plain import as_form, round_trip
from satupintu.forms.rendering import page_html

NUMBERS = [*range(40), None, True, "3", 1.5]
TITLED = [
    {"const": n, "title": f"Wilayah {n}", "x-i18n": {"en": {"title": f"Area {n}"}}}
    for n in range(30)
]
LONG: dict[str, Json] = {
    "type": "object",
    "required": ["asal"],
    "properties": {
        "asal": {"title": "Asal", "oneOf": TITLED},
        "semua": {"type": "array", "items": {"type": "object", "properties": {
            "n": {"title": "Nomor", "enum": [f"n{n}" for n in range(60)]}}}},
    },
}  # fmt: skip


def drawn(schema: Json, answers: Answers, language: str = "id") -> Page:
    form = as_form(schema)
    html = page_html(form, form.pages[0], language=language, zone=WIB, answers=answers)
    return Page(str(html))


def post(schema: Json, *texts: tuple[str, str], answers: Answers | None = None) -> Bound:
    form = as_form(schema)
    return read_page(
        form, form.pages[0], MultiDict(texts), NO_FILES, answers or {}, zone=WIB, language="id"
    )


def test_a_long_list_is_searched_by_typing_a_title_in_any_language() -> None:
    page = drawn(LONG, {"answers": {"asal": 7}})
    (control,) = (c for c in page.controls if c.name == "answers.asal")
    assert (control.tag, control.value) == ("input", "Wilayah 7")
    assert control.attributes["list"] in page.ids
    assert page.unlabelled() == []
    (control,) = (
        c for c in drawn(LONG, {"answers": {"asal": 7}}, "en").controls if c.name == "answers.asal"
    )
    assert control.value == "Area 7"
    for text in ("Wilayah 12", "area 12", "AREA12"):
        assert post(LONG, ("answers.asal", text)).answers == {"answers": {"asal": 12}}


def test_a_text_that_is_no_title_stays_and_the_nearest_are_told() -> None:
    bound = post(LONG, ("answers.asal", "Wilayah 299"))
    assert bound.unread["answers.asal"] == "Wilayah 299"
    (problem,) = bound.problems
    assert problem.pointer == "/answers/asal"
    assert "Wilayah 29" in problem.sentence("id")


def test_what_was_chosen_can_be_cleared() -> None:
    before = {"answers": {"asal": 7, "semua": [{"n": "n1"}]}}
    texts = [("answers.asal", "Wilayah 7"), ("answers.semua", "0"), ("answers.semua.0.n", "")]
    assert post(LONG, *texts, answers=before).answers == {"answers": {"asal": 7, "semua": [{}]}}


@given(
    st.sampled_from(range(30)),
    st.lists(st.sampled_from([f"n{n}" for n in range(60)]), max_size=4),
    st.sampled_from(["id", "en"]),
)
def test_answers_of_long_lists_go_round(asal: int, rows: list[str], language: str) -> None:
    value = {"asal": asal, "semua": [{"n": n} for n in rows]}
    done = round_trip(LONG, value, language=language, zone=WIB)
    assert (done.equal, done.problems, done.unlabelled) == (True, (), ())


@pytest.mark.parametrize("value", NUMBERS)
def test_values_that_read_alike_are_chosen_from_a_list_instead(value: Json) -> None:
    schema = {"type": "object", "properties": {"a": {"enum": NUMBERS}}}
    (control,) = (c for c in drawn(schema, {}).controls if c.name == "answers.a")
    assert control.tag == "select"  # the number 3 and the text "3" have one title
    done = round_trip(schema, {"a": value}, language="id", zone=WIB)
    assert (done.equal, done.problems) == (True, ())


def test_a_signature_inside_a_whole_answer_is_drawn_or_typed_and_goes_round() -> None:
    own = {k: v for k, v in signature("Tanda tangan").items() if k not in ("x-id", "x-i18n")}
    schema = {"type": "object", "properties": {"ttd": own}}
    names = {c.name for c in drawn(schema, {}).controls}
    assert {"answers.ttd.strokes", "answers.ttd.name", "answers.ttd.mine"} <= names
    bound = post(schema, ("answers.ttd.name", "Sari"), ("answers.ttd.mine", "true"))
    assert bound.answers["answers"]["ttd"]["name"] == "Sari"
    for way in ({"strokes": "M1 2L30 40"}, {"name": "Sari"}):
        value = {"ttd": {**way, "signed_at": "2026-11-23T10:15:00+07:00"}}
        done = round_trip(schema, value, language="id", zone=WIB)
        assert (done.equal, done.problems, done.unlabelled) == (True, (), ())
