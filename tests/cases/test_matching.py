"""Names and numbers that people write differently become one value."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.cases import matching


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Korban Contoh", "  korban   CONTOH "),
        ("Soekarno Contoh", "Sukarno Contoh"),
        ("Tjontoh", "Contoh"),
        ("Djoko", "Joko"),
        ("Siti Nur'aini", "siti nuraini"),
        ("Renée Contoh", "Renee Contoh"),
        ("M. Contoh, S.H.", "M Contoh SH"),
    ],
)
def test_one_name_in_two_spellings_is_one(one, other):
    assert matching.name_words(one) == matching.name_words(other)


@pytest.mark.parametrize(
    "typed",
    [
        "0812 3456 7890",
        "+62 812-3456-7890",
        "62812 34567890",
        "0062 812 3456 7890",
        "812 3456 7890",
        "(0812) 3456.7890",
        "+62 (0)812 3456 7890",
        "०८१२ ३४५६ ७८९०",
    ],
)
def test_one_phone_in_many_spellings_is_one(typed):
    assert matching.phone(typed) == "081234567890"


@pytest.mark.parametrize(
    ("question", "kind"),
    [("pemilik.sebutan", "name"), ("pemilik.nomor_gawai", "phone"), ("uraian_mantri", "text")],
)
def test_the_document_says_how_an_answer_is_compared(small_form, question, kind):
    assert matching.kind_of(small_form.questions[question]) == kind


def test_the_citys_documents_have_a_name_an_identity_and_a_phone(city_form):
    kinds = [matching.kind_of(q) for q in city_form.with_role("match")]
    assert sorted(kinds) == ["identity", "name", "phone"]


def test_a_case_is_found_by_its_match_answers_inside_groups_and_by_nothing_else(small_form):
    answers = {
        "pemilik": {"sebutan": "Pemilik Contoh", "nomor_gawai": "+62 800 111 222"},
        "uraian_mantri": "Catatan contoh",
    }
    assert matching.values(small_form, answers) == {
        ("name", "pemilik"),
        ("name", "contoh"),
        ("phone", "0800111222"),
    }
    assert matching.values(small_form, {}) == frozenset()


def test_an_assessment_and_a_public_report_meet_at_the_same_phone(small_form, small_report):
    case = matching.values(small_form, {"pemilik": {"nomor_gawai": "0800-111-222"}})
    report = matching.values(small_report, {"gawai_pengabar": "+62800111222"})
    assert case == report


def found_by(typed: str, indexed) -> bool:
    return any(wanted <= indexed for wanted in matching.wanted(typed))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("contoh", True),
        ("Contoh Pemilik", True),
        ("pemilik lain", False),
        ("0800 111 222", True),
        ("+62800111222", True),
        ("0800 111 223", False),
        ("", False),
        ("  ", False),
        ("1", False),
    ],
)
def test_staff_find_a_case_by_all_words_of_a_name_or_by_a_phone(small_form, typed, found):
    answers = {"pemilik": {"sebutan": "Pemilik Contoh", "nomor_gawai": "0800111222"}}
    assert found_by(typed, matching.values(small_form, answers)) is found


def test_staff_find_a_case_by_an_identity_number_with_spaces(city_form):
    (question,) = city_form.with_role("identity")
    indexed = matching.values(city_form, {question.name: "1674000000000001"})
    assert found_by("1674 0000 0000 0001", indexed)
    assert not found_by("1674 0000 0000 0002", indexed)


@settings(derandomize=True, max_examples=200)
@given(st.text(min_size=1, max_size=60))
def test_every_name_with_a_word_is_found_by_itself(small_form, name):
    indexed = matching.values(small_form, {"pemilik": {"sebutan": name}})
    assert bool(indexed) == bool(matching.name_words(name))
    if indexed:
        assert found_by(name, indexed)


@settings(derandomize=True, max_examples=200)
@given(st.text("0123456789 -", min_size=8, max_size=20))
def test_every_phone_is_found_by_itself(small_form, number):
    indexed = matching.values(small_form, {"pemilik": {"nomor_gawai": number}})
    if len(matching.digits(number)) >= 6:
        assert found_by(number, indexed)


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing(text):
    for normal in (matching.phone, matching.digits, matching.text):
        assert normal(normal(text)) == normal(text)
    words = matching.name_words(text)
    assert all(word for word in words)
