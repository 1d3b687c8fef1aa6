"""Passwords: what is refused, what is kept, and that nobody takes as long as somebody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.people import demonstration, one_time_links, passwords, tokens

GOOD = "kuda biru di pasar malam"


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("pendek", "people.password.short"),
        ("x" * 129, "people.password.long"),
        ("petugas-malam-7", "people.password.login"),
        ("PETUGAS malam 7", "people.password.login"),
        ("pe.tu.gas malam", "people.password.login"),
        ("aaaaaaaaaaaaaa", "people.password.common"),
        ("abcabcabcabcabc", "people.password.common"),
        ("password1234", "people.password.common"),
        ("qwertyuiop123456", "people.password.common"),
        ("KataSandi98765", "people.password.common"),
        ("rahasia-rahasia", "people.password.common"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(password, key):
    (problem,) = passwords.problems(password, "petugas")
    assert problem.key == key
    assert problem.sentence("id") != problem.sentence("en")


@pytest.mark.parametrize(
    "password", [GOOD, demonstration.PASSWORD, "čaj při měsíčku", "7Rk!pW2q#Zm9"]
)
def test_a_long_unusual_password_is_fine(password):
    assert list(passwords.problems(password, "petugas")) == []


def test_a_right_password_is_right_and_any_other_is_not():
    stored = passwords.hashed(GOOD)
    assert stored.startswith("$argon2id$")
    assert GOOD not in stored
    assert passwords.right(GOOD, stored)
    assert not passwords.right(GOOD + " ", stored)
    assert not passwords.outdated(stored)


def test_two_hashes_of_one_password_differ():
    assert passwords.hashed(GOOD) != passwords.hashed(GOOD)


def test_one_letter_written_in_two_ways_is_one_password():
    stored = passwords.hashed("kafé di tepi sungai")
    assert passwords.right("kafe\u0301 di tepi sungai", stored)


def test_nobody_and_a_broken_hash_are_never_right():
    assert not passwords.right("nobody has this password", None)
    assert not passwords.right(GOOD, "$argon2id$broken")
    assert not passwords.right("x" * 1_000_000, None)


def test_an_unknown_name_costs_the_same_work_as_a_known_one(monkeypatch):
    verified = []

    class Watched(PasswordHasher):
        def verify(self, hash, password):
            verified.append(extract_parameters(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    assert not passwords.right("a wrong password", passwords.hashed(GOOD))
    assert not passwords.right("a wrong password", None)
    known, unknown = verified
    assert known == unknown


def test_weaker_parameters_are_renewed():
    weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlQ"
    assert passwords.outdated(weak)


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=200), st.text(max_size=30))
def test_any_text_is_judged_without_trouble(password, login):
    for problem in passwords.problems(password, login):
        assert problem.sentence("id")


def test_tokens_are_long_random_and_safe_in_an_address():
    made = {tokens.new() for _ in range(200)}
    assert len(made) == 200
    assert all(len(t) == 43 and t.replace("-", "").replace("_", "").isalnum() for t in made)


def test_a_one_time_link_lasts_a_day():
    made = datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert one_time_links.expires_at(made) == datetime(2026, 11, 24, 10, tzinfo=UTC)
