"""An amount of rupiah: every way to write one that can mean nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.asked_alone import assert_comes_back, assert_told_once, kind_of, post, said
from forms.small_forms import one, question
from satupintu.conditions.types import Integer
from satupintu.forms.facts import facts

MONEY = question(
    "x-1", "Biaya", type="integer", minimum=-10_000, maximum=10**15, **{"x-ui": {"widget": "money"}}
)


def test_an_integer_is_asked_as_money_only_where_the_document_says_so() -> None:
    assert kind_of(MONEY) == "money"
    assert kind_of({**MONEY, "x-ui": {}}) == "number"


def test_an_amount_is_a_fact_with_its_bounds() -> None:
    assert one(MONEY).facts == {"q": Integer(-10_000, 10**15)}
    assert facts(one(MONEY), {"q": 1_500_000}) == {"q": 1_500_000}


@given(st.integers(-10_000, 10**15))
def test_every_amount_comes_back_as_it_was_and_as_it_is_said(amount: int) -> None:
    assert_comes_back(MONEY, amount)
    for language in ("id", "en"):
        assert post(MONEY, said(MONEY, amount, language)).answers == {"q": amount}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.500.000", 1_500_000),
        ("Rp 1.500.000", 1_500_000),
        ("rp1.500.000,-", 1_500_000),
        ("Rp. 1.500.000,00", 1_500_000),
        ("IDR 1,500,000.00", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1500000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("1,5 juta", 1_500_000),
        ("1.5 jt", 1_500_000),
        ("Rp 2 Miliar", 2_000_000_000),
        ("750 ribu", 750_000),
        ("12,25 juta", 12_250_000),
        ("1,500", 1_500),
        ("1.500", 1_500),
        ("500", 500),
        ("0", 0),
        ("-5.000", -5_000),
        ("-Rp 5.000", -5_000),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, amount: int) -> None:
    assert post(MONEY, typed).answers == {"q": amount}


@pytest.mark.parametrize(
    "typed",
    [
        *("1.50", "1,5", "100.00", "1.500 juta", "1,125 juta", "1.500,5", "1.5.000", "sejuta"),
        *("Rp", "1 juta 500 ribu", "5 dolar", "$5", "1e6", "٣", "--5", "9" * 17),
    ],
)
def test_what_might_mean_two_amounts_or_none_says_what_to_write(typed: str) -> None:
    assert_told_once(MONEY, typed, "questions.not_money")


def test_an_emptied_amount_is_unanswered() -> None:
    assert post(MONEY, " ", before=5000).answers == {}


def test_an_amount_is_said_with_its_currency() -> None:
    assert said(MONEY, 1_500_000, "id") == "Rp 1.500.000"
    assert said(MONEY, 1_500_000, "en") == "IDR 1,500,000"
