"""An Indonesian telephone number: every way to write it is one number, dialled from anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.asked_alone import assert_comes_back, assert_told_once, kind_of, post, said
from forms.small_forms import one, question
from satupintu.cases import matching

PHONE = question("x-1", "Telepon", type="string", maxLength=20, **{"x-ui": {"widget": "phone"}})
MOBILES = st.from_regex(r"\+628[0-9]{8,11}", fullmatch=True)
LANDLINES = st.from_regex(r"\+62(21[2-9][0-9]{6,7}|7[0-9]{2}[2-9][0-9]{5,6})", fullmatch=True)
ABROAD = st.from_regex(r"\+60[0-9]{8,9}", fullmatch=True)


def test_a_text_is_asked_as_a_phone_only_where_the_document_says_so_and_is_no_fact() -> None:
    assert kind_of(PHONE) == "phone"
    assert kind_of({**PHONE, "x-ui": {}}) == "text"
    assert kind_of({**PHONE, "x-ui": {"widget": "tel"}}) == "tel"
    assert one(PHONE).facts == {}


@given(MOBILES | LANDLINES | ABROAD)
def test_every_number_comes_back_as_it_was_and_as_it_is_said(number: str) -> None:
    assert_comes_back(PHONE, number)
    for language in ("id", "en"):
        assert post(PHONE, said(PHONE, number, language)).answers == {"q": number}


@pytest.mark.parametrize(
    "typed",
    [
        *("0812-3456-7890", "0812 3456 7890", "+62 812 3456 7890", "62812 34567890"),
        *("812-3456-7890", "0062 812 3456 7890", "(0812) 3456.7890", "+62 (0)812 3456 7890"),
    ],
)
def test_one_mobile_in_many_spellings_is_one(typed: str) -> None:
    assert post(PHONE, typed).answers == {"q": "+6281234567890"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0713-321234", "+62713321234"),
        ("(0713) 321 234", "+62713321234"),
        ("+62 713 321234", "+62713321234"),
        ("021 5551234", "+62215551234"),
        ("(021) 2955-1234", "+622129551234"),
        ("+60 12-345 6789", "+60123456789"),
    ],
)
def test_a_landline_is_read_with_its_area_and_a_number_abroad_with_its_country(
    typed: str, number: str
) -> None:
    assert post(PHONE, typed).answers == {"q": number}


@pytest.mark.parametrize(
    "typed",
    [
        *("321234", "0812", "0812-3456-7890-1234", "113", "+62", "+0812345678", "nomor suami"),
        *("٠٨١٢", "0812 3456 7890 / 0813 1111 2222", "08123456789o", "713 321234"),
    ],
)
def test_what_cannot_be_dialled_says_what_to_write(typed: str) -> None:
    assert_told_once(PHONE, typed, "questions.not_a_phone")


def test_a_number_from_before_stays_where_nobody_changed_it() -> None:
    assert post(PHONE, "112", before="112").answers == {"q": "112"}
    assert post(PHONE, "", before="112").answers == {}


def test_a_number_is_said_as_it_is_dialled_from_where_the_language_is_spoken() -> None:
    assert said(PHONE, "+6281234567890", "id") == "0812-3456-7890"
    assert said(PHONE, "+6281234567890", "en") == "+62 812-3456-7890"
    assert said(PHONE, "+62215551234", "id") == "021-5551234"
    assert said(PHONE, "+60123456789", "id") == "+60123456789"


def test_people_are_matched_by_it_as_by_any_phone() -> None:
    matched = one({**PHONE, "x-role": ["match"]})
    assert matching.values(matched, {"q": "+6281234567890"}) == {("phone", "081234567890")}
