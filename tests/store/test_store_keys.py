"""Sealed values open in their own cell, under their own key, and nowhere else."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.config import Settings
from satupintu.errors import Unavailable
from satupintu.store.keys import (
    CannotOpen,
    Cell,
    DataKey,
    Keyring,
    WrappedKey,
    make_demonstration_key,
)

HERE = Cell("submissions", "1", "answers_sealed")
OLD, NEW = b"o" * 32, b"n" * 32


@given(st.binary(max_size=2_000))
def test_what_is_sealed_opens_again_and_hides_its_content(value: bytes) -> None:
    key = DataKey(b"k" * 32)
    sealed = key.seal(HERE, value)
    assert key.open(HERE, sealed) == value
    assert sealed != key.seal(HERE, value)
    assert len(value) < 4 or value not in sealed


@pytest.mark.parametrize(
    "there",
    [
        Cell("decisions", "1", "answers_sealed"),
        Cell("submissions", "2", "answers_sealed"),
        Cell("submissions", "1", "facts_sealed"),
    ],
)
def test_a_value_moved_to_another_cell_does_not_open(there: Cell) -> None:
    key = DataKey(b"k" * 32)
    with pytest.raises(CannotOpen):
        key.open(there, key.seal(HERE, b"rahasia"))


@given(st.integers(min_value=0, max_value=200), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_does_not_open(place: int, change: int) -> None:
    key = DataKey(b"k" * 32)
    sealed = bytearray(key.seal(HERE, b"rahasia"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(CannotOpen):
        key.open(HERE, bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"n" * 12, b"\x02" * 40])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        DataKey(b"k" * 32).open(HERE, sealed)


def test_a_wrapped_key_opens_for_its_owner_only() -> None:
    ring = Keyring([NEW])
    key, wrapped = ring.new_key("cases/1")
    sealed = key.seal(HERE, b"rahasia")
    assert ring.unwrap(wrapped, "cases/1").open(HERE, sealed) == b"rahasia"
    with pytest.raises(CannotOpen):
        ring.unwrap(wrapped, "cases/2")
    with pytest.raises(CannotOpen):
        Keyring([OLD]).unwrap(wrapped, "cases/1")


def test_an_older_master_key_still_opens_and_is_replaced_by_rewrapping() -> None:
    key, wrapped = Keyring([OLD]).new_key("cases/1")
    sealed = key.seal(HERE, b"rahasia")
    both = Keyring([NEW, OLD])
    again = both.rewrap(wrapped, "cases/1")
    assert (wrapped.key_id, again.key_id) == (Keyring([OLD]).current, Keyring([NEW]).current)
    assert Keyring([NEW]).unwrap(again, "cases/1").open(HERE, sealed) == b"rahasia"


def test_what_was_found_before_a_rotation_is_found_after_it() -> None:
    before, after = Keyring([OLD]), Keyring([NEW, OLD])
    assert before.blind("phone", "0812") == after.blind("phone", "0812")
    assert before.token_hash("session", "t") == after.token_hash("session", "t")


def test_a_blind_token_depends_on_key_purpose_and_value() -> None:
    ring = Keyring([NEW])
    tokens = {
        ring.blind("phone", "0812"),
        ring.blind("name", "0812"),
        ring.blind("phone", "0813"),
        Keyring([OLD]).blind("phone", "0812"),
    }
    assert len(tokens) == 4
    assert all("0812" not in token for token in tokens)


def test_a_secret_has_a_key_that_another_secret_has_not() -> None:
    ring = Keyring([NEW])
    sealed = ring.key_of("one").seal(HERE, b"hasil")
    assert ring.key_of("one").open(HERE, sealed) == b"hasil"
    with pytest.raises(CannotOpen):
        ring.key_of("two").open(HERE, sealed)


def test_the_demonstration_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "master.key"
    assert make_demonstration_key(path)
    first = path.read_text()
    assert not make_demonstration_key(path)
    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    settings = Settings.read({"SATUPINTU_VAR": str(path.parent)})
    assert Keyring.read(settings).current


def test_the_key_of_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    words = [base64.b64encode(key).decode() for key in (NEW, OLD)]
    variables = {"SATUPINTU_VAR": str(tmp_path), "SATUPINTU_MASTER_KEY": " ".join(words)}
    assert Keyring.read(Settings.read(variables)).current == Keyring([NEW]).current


@pytest.mark.parametrize("text", ["", "short", "a" * 43, "ÿ", base64.b64encode(b"x" * 31).decode()])
def test_a_malformed_master_key_is_a_sentence(text: str, tmp_path: Path) -> None:
    variables = {"SATUPINTU_VAR": str(tmp_path), "SATUPINTU_MASTER_KEY": text}
    with pytest.raises(Unavailable) as caught:
        Keyring.read(Settings.read(variables))
    assert [p.key for p in caught.value.problems] == ["store.key_malformed"]


def test_a_missing_master_key_names_the_file_it_was_looked_for_in(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        Keyring.read(Settings.read({"SATUPINTU_VAR": str(tmp_path)}))
    assert str(tmp_path / "master.key") in caught.value.problems[0].sentence("id")


def test_a_key_whose_master_key_is_gone_says_which(keyring: Keyring) -> None:
    with pytest.raises(CannotOpen) as caught:
        keyring.unwrap(WrappedKey(b"x" * 60, "abc"), "cases/1")
    assert "abc" in caught.value.problems[0].sentence("en")
