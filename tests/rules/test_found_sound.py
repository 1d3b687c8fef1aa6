"""What a check found sound is not looked at again; what it refused always is."""

from __future__ import annotations

from copy import deepcopy

import pytest

from satupintu import documents
from satupintu.documents import Json, once_sound
from satupintu.errors import Problem

Looked = list[Json]


@pytest.fixture
def looked() -> Looked:
    """What the check of a test was asked to look at."""
    return []


@pytest.fixture
def check(looked: Looked) -> documents.Check[[str]]:
    @once_sound
    def problems(document: Json, wanted: str) -> list[Problem]:
        """Say which key is missing."""
        looked.append(deepcopy(document))
        return [] if wanted in document else [Problem("rules.key_missing", {"key": wanted})]

    return problems


def test_a_sound_document_is_looked_at_once_however_it_is_spelled(
    check: documents.Check[[str]], looked: Looked
) -> None:
    assert check({"a": 1, "b": [1.5, None]}, "a") == []
    assert check({"b": [1.5, None], "a": 1}, "a") == []
    assert len(looked) == 1


@pytest.mark.parametrize(
    "other", [{"a": 1.0}, {"a": True}, {"a": "1"}, {"a": [1]}, {"a": 2}, {"a": 1, "b": 1}]
)
def test_another_document_is_looked_at_itself(
    check: documents.Check[[str]], looked: Looked, other: Json
) -> None:
    check({"a": 1}, "a")
    check(other, "a")
    assert repr(looked) == repr([{"a": 1}, other])


def test_a_document_that_changed_under_the_same_name_is_looked_at_again(
    check: documents.Check[[str]],
) -> None:
    document = {"a": 1}
    assert check(document, "a") == []
    document["b"] = document.pop("a")
    assert [p.key for p in check(document, "a")] == ["rules.key_missing"]


def test_what_was_refused_is_refused_each_time_and_by_each_question(
    check: documents.Check[[str]], looked: Looked
) -> None:
    for _ in range(2):
        assert len(check({"a": 1}, "b")) == 1
    assert check({"a": 1}, "a") == []
    assert len(check({"a": 1}, "b")) == 1
    assert len(looked) == 4


def test_only_the_newest_are_remembered(
    check: documents.Check[[str]], looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "SOUND_KEPT", 2)
    for n in (1, 2, 3, 1, 3):
        check({"a": n}, "a")
    assert [one["a"] for one in looked] == [1, 2, 3, 1]


@pytest.mark.parametrize("strange", ["\ud800", float("inf"), 10**40])
def test_what_has_no_canonical_spelling_is_checked_all_the_same(
    check: documents.Check[[str]], strange: Json
) -> None:
    assert check({"a": strange}, "a") == []
    assert len(check({"b": strange}, "a")) == 1
