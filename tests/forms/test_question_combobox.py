"""One of very many options by typing: suggestions, the whole list, and the nearest to a slip."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forms.asked_alone import WIB, assert_comes_back, assert_told_once, kind_of, post, said
from forms.browser_without_script import Page
from forms.small_forms import choice, form, one, question
from satupintu.conditions.types import Choice
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms.facts import facts
from satupintu.forms.fields import page_form
from satupintu.forms.questions.combobox import told_apart
from satupintu.forms.roundtrip import round_trip

VILLAGES = ["Sukajadi", "Sukaraja", "Muara Dua", "Cambai", *(f"Desa {n}" for n in "abcdefghijkl")]


def option(const: str, title: str, english: str) -> dict[str, Json]:
    return {"const": const, "title": title, "x-i18n": {"en": {"title": english}}}


def village(*options: Json) -> dict[str, Json]:
    return question("x-1", "Kelurahan", type="string", oneOf=list(options))


VILLAGE = village(
    *(option(name.lower().replace(" ", "_"), name, f"Village {name}") for name in VILLAGES)
)
NAMED: dict[str, Json] = {"widget": "combobox"}
FEWER = settings(max_examples=settings.default.max_examples // 3)
"""Each example makes a form and draws it several times for every option."""


def test_more_than_fifteen_options_are_typed_and_fewer_where_the_document_says_so() -> None:
    few = village(*choice("a", "b"))
    assert kind_of(VILLAGE) == "combobox"
    assert kind_of({**VILLAGE, "oneOf": VILLAGE["oneOf"][:15]}) == "select"
    assert kind_of(few) == "radio"
    assert kind_of({**few, "x-ui": NAMED}) == "combobox"
    assert kind_of({**VILLAGE, "x-ui": {"widget": "select"}}) == "select"


def test_the_answer_is_the_option_and_a_fact() -> None:
    options = tuple(o["const"] for o in VILLAGE["oneOf"])
    assert one(VILLAGE).facts == {"q": Choice(options)}
    assert facts(one(VILLAGE), {"q": "muara_dua"}) == {"q": "muara_dua"}


@given(st.sampled_from([o["const"] for o in VILLAGE["oneOf"]]))
def test_every_option_comes_back_as_it_was_and_as_it_is_said(const: str) -> None:
    assert_comes_back(VILLAGE, const)
    for language in ("id", "en"):
        assert post(VILLAGE, said(VILLAGE, const, language)).answers == {"q": const}


WORDS = st.text("ab cAé\n", min_size=1, max_size=4)


@FEWER
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4, unique_by=lambda o: o[0]))
def test_titles_that_tell_options_apart_do_so_whatever_the_options_are_called(
    options: list[tuple[str, str, str]],
) -> None:
    schema = {**village(*(option(*texts) for texts in options)), "x-ui": NAMED}
    assume(told_apart(schema))
    for const, _, _ in options:
        assert_comes_back(schema, const)


def test_options_with_one_title_cannot_be_asked_by_typing_it() -> None:
    twice = village(option("a", "Merah", "Red"), option("b", "Biru", "merah "))
    with pytest.raises(BadDocument, match="combobox"):
        one({**twice, "x-ui": NAMED})
    many = {**VILLAGE, "oneOf": [*VILLAGE["oneOf"], option("lagi", "Cambai", "Another")]}
    assert kind_of(many) == "select"


@pytest.mark.parametrize("typed", ["Muara Dua", " muara  dua", "MUARADUA", "village muara dua"])
def test_capitals_spaces_and_the_language_do_not_matter(typed: str) -> None:
    assert post(VILLAGE, typed).answers == {"q": "muara_dua"}


@pytest.mark.parametrize(
    ("typed", "near"),
    [("muara", "“Muara Dua”"), ("Suka", "“Sukajadi”, “Sukaraja”"), ("Sukajady", "“Sukajadi”")],
)
def test_a_slip_or_a_part_is_told_what_comes_near(typed: str, near: str) -> None:
    assert_told_once(VILLAGE, typed, "questions.near_in_list")
    assert near in post(VILLAGE, typed).problems[0].sentence("id")


def test_what_is_not_in_the_list_says_where_the_list_is() -> None:
    assert_told_once(VILLAGE, "Palembang", "questions.not_in_list")
    assert_told_once(VILLAGE, "<script>{{ 7 * 7 }}", "questions.not_in_list")


def test_the_document_may_word_itself_what_to_do() -> None:
    schema: dict[str, Json] = {**VILLAGE, "x-errors": {"oneOf": "Tulis kelurahan di Prabumulih."}}
    assert post(schema, "Suka").problems[0].sentence("id") == "Tulis kelurahan di Prabumulih."


def test_an_option_that_is_gone_stands_there_until_it_is_replaced() -> None:
    bound = post(VILLAGE, "lama", before="lama")
    assert bound.unread == {"q": "lama"}
    assert post(VILLAGE, "", before="lama").answers == {}


def test_every_option_is_suggested_and_can_be_read_without_suggestions() -> None:
    asked = one(VILLAGE)
    html = str(page_form(asked, asked.pages[0], "id")["q"]())
    for title in VILLAGES:
        assert f'<option value="{title}"></option>' in html
        assert f"<li>{title}</li>" in html
    assert Page(html).controls[0].attributes["list"] == "q-q-list"


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_is_typed_in_groups_and_in_rows_as_anywhere(language: str) -> None:
    inner = {"q": {**VILLAGE, "x-id": "x-2"}}
    box = question("x-3", "Rumah", type="object", unevaluatedProperties=False, properties=inner)
    row = {"type": "object", "unevaluatedProperties": False, "properties": {"g": box}}
    asked = form({"r": question("x-4", "Baris", type="array", maxItems=3, items=row)})
    given: dict[str, Json] = {"r": [{"g": {"q": "muara_dua"}}, {"g": {"q": "desa_a"}}]}
    assert round_trip(asked, given, language=language, zone=WIB).sound
