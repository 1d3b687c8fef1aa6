"""Codes of the second factor: those of RFC 6238, and recovery codes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from satupintu.people import second_factor
from satupintu.people.second_factor import PERIOD, RECOVERY_CODES

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of appendix B, which gives eight digits: the last six are ours."""


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
    ],
)
def test_the_codes_are_those_of_the_standard_one_step_early_or_late(seconds, code):
    at = datetime.fromtimestamp(seconds, UTC)
    step = seconds // PERIOD
    for off in (-1, 0, 1):
        there = at + timedelta(seconds=off * PERIOD)
        assert second_factor.matching_step(RFC_SECRET, code, there) == step
    for off in (-2, 2):
        there = at + timedelta(seconds=off * PERIOD)
        assert second_factor.matching_step(RFC_SECRET, code, there) is None


@pytest.mark.parametrize("typed", ["", "28708", "2870822", "28708a", "٢٨٧٠٨٢", "²87082", "-28708"])
def test_what_is_no_code_matches_nothing(typed):
    at = datetime.fromtimestamp(59, UTC)
    assert second_factor.matching_step(RFC_SECRET, second_factor.typed(typed), at) is None


def test_spaces_and_dashes_are_understood():
    assert second_factor.typed(" 287 082\n") == "287082"
    assert second_factor.typed("1234-5678 9012-3456") == "1234567890123456"


def test_each_secret_is_new_and_long_enough():
    made = {second_factor.new_secret() for _ in range(50)}
    assert len(made) == 50
    assert all(len(secret) * 5 >= 160 for secret in made)


def test_an_app_reads_secret_owner_and_place_from_the_address():
    address = second_factor.address(RFC_SECRET, "petugas", "Satu Pintu: Contoh")
    read = pyotp.parse_uri(address)
    assert isinstance(read, pyotp.TOTP)
    assert (read.secret, read.name, read.interval, read.digits) == (RFC_SECRET, "petugas", 30, 6)


def test_recovery_codes_are_digits_of_fifty_bits_and_no_code_of_an_app():
    made = [code for _ in range(20) for code in second_factor.new_recovery_codes()]
    assert len(set(made)) == 20 * RECOVERY_CODES
    assert all(second_factor.is_recovery_code(code) for code in made)
    assert 10**second_factor.RECOVERY_DIGITS >= 2**50
    assert not second_factor.is_recovery_code("287082")
    assert second_factor.grouped("1234567890123456") == "1234 5678 9012 3456"
