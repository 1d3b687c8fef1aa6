"""Tracking codes: hard to guess, easy to read aloud, forgiving to type."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.cases import tracking

CODES = st.text(tracking.ALPHABET, min_size=tracking.LENGTH, max_size=tracking.LENGTH).map(
    tracking.grouped
)


def test_a_code_has_at_least_eighty_bits_of_letters_nobody_mistakes():
    assert tracking.BITS >= 80
    assert len(set(tracking.ALPHABET)) == 32
    assert not set("ILOU") & set(tracking.ALPHABET)


def test_new_codes_are_grouped_and_never_the_same():
    codes = {tracking.new() for _ in range(2000)}
    assert len(codes) == 2000
    assert all([len(g) for g in code.split("-")] == [4, 4, 4, 4] for code in codes)
    seen = Counter(c for code in codes for c in code if c != "-")
    assert set(seen) == set(tracking.ALPHABET)
    assert max(seen.values()) < 2 * min(seen.values())


@settings(derandomize=True, max_examples=200)
@given(
    CODES, st.sampled_from(["-", " ", "", "\u2013", " - ", "."]), st.booleans(), st.integers(0, 3)
)
def test_a_code_is_understood_however_it_is_typed(code, between, lower, spaces):
    typed = " " * spaces + between.join(code.split("-"))
    typed = typed.lower() if lower else typed
    assert tracking.normalised(typed) == code


def test_letters_that_look_like_digits_are_digits():
    assert tracking.normalised("OOOO-IIII-LLLL-uuuu") == "0000-1111-1111-VVVV"


@pytest.mark.parametrize(
    "typed", ["", "T7KM", "T7KM-4W9A-RX2B-08Z", "T7KM-4W9A-RX2B-08ZC9", "é7KM-4W9A-RX2B-08ZC"]
)
def test_what_can_not_be_a_code_is_none(typed):
    assert tracking.normalised(typed) is None


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=80))
def test_any_text_gives_a_code_or_none(typed):
    found = tracking.normalised(typed)
    assert found is None or tracking.normalised(found) == found
