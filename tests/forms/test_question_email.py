"""An e-mail address: what is read, what is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.asked_alone import assert_comes_back, assert_told_once, kind_of, post, said
from forms.browser_without_script import Page
from forms.small_forms import one, question
from satupintu.conditions.types import Text
from satupintu.documents import Json
from satupintu.forms.fields import page_form

EMAIL = question("x-1", "Surel", type="string", format="email", maxLength=60)
PARTS = st.text("abcXYZ019._+-é", min_size=1, max_size=12)
NAMES = st.from_regex("[a-z0-9-]{1,8}([.][a-z0-9-]{1,8}){1,2}", fullmatch=True)


def test_a_text_with_the_format_email_is_asked_as_one_and_is_no_fact() -> None:
    assert kind_of(EMAIL) == "email"
    assert one(EMAIL).facts == {}
    assert one(EMAIL).types == {"q": Text()}


@given(st.builds("{}@{}".format, PARTS, NAMES))
def test_every_address_comes_back_as_it_was(address: str) -> None:
    assert_comes_back(EMAIL, address)
    assert said(EMAIL, address, "en") == address


def test_spaces_around_an_address_go_and_an_empty_one_is_unanswered() -> None:
    assert post(EMAIL, "  Nama@contoh.id \r\n").answers == {"q": "Nama@contoh.id"}
    assert post(EMAIL, "   ", before="nama@contoh.id").answers == {}


@pytest.mark.parametrize(
    "typed", ["nama", "nama@", "@contoh.id", "nama@contoh", "na ma@contoh.id", "a@b.id, c@d.id"]
)
def test_what_is_no_address_says_what_to_write(typed: str) -> None:
    assert_told_once(EMAIL, typed, "questions.no_such_email")


def test_an_address_that_is_too_long_says_by_how_much() -> None:
    assert_told_once(EMAIL, "a" * 60 + "@contoh.id", "questions.too_long")


def test_the_document_may_word_the_sentence_itself() -> None:
    schema: dict[str, Json] = {**EMAIL, "x-errors": {"format": "Tulis surel kantor."}}
    assert post(schema, "nama").problems[0].sentence("id") == "Tulis surel kantor."


def test_the_keyboard_and_the_memory_of_the_browser_are_told_unless_the_document_does() -> None:
    asked = one(EMAIL)
    drawn = Page(str(page_form(asked, asked.pages[0], "id")["q"]())).controls[0].attributes
    assert (drawn["type"], drawn["inputmode"], drawn["autocomplete"]) == ("email", "email", "email")
    asked = one({**EMAIL, "x-ui": {"autocomplete": "off"}})
    drawn = Page(str(page_form(asked, asked.pages[0], "id")["q"]())).controls[0].attributes
    assert (drawn["inputmode"], drawn["autocomplete"]) == ("email", "off")
