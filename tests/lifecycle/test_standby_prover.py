"""The prover that waits for whoever writes: it stays, starts anew, lets the newest go first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from lifecycle.publishing import KECIL
from satupintu.actions import proving
from satupintu.actions.proving import Standby
from satupintu.errors import BadDocument, Unavailable


@pytest.fixture
def prover() -> Iterator[Standby]:
    prover = Standby()
    yield prover
    prover.close()


@pytest.fixture(scope="module")
def pair() -> tuple[Any, Any]:
    """The rule set of the small city, and its form."""
    rules = json.loads(next((KECIL / "rules").glob("alur-*.json")).read_bytes())
    forms = (KECIL / "schemas" / "forms").glob("*.json")
    return rules, next(
        form
        for form in (json.loads(path.read_bytes()) for path in forms)
        if form["x-form"]["id"] == rules["form"]
    )


def prove(prover: Standby, pair: tuple[Any, Any], subject: str = "draft") -> Any:
    return prover.prove(subject, *pair, seconds=20)


def test_one_child_answers_again_and_again_as_a_fresh_one_does(
    prover: Standby, pair: tuple[Any, Any]
) -> None:
    fresh = proving.here(*pair)
    found = [prove(prover, pair) for _ in range(2)]
    for one in found:
        assert [(g["id"], g["verdict"]) for g in one["guarantees"]] == [
            (g["id"], g["verdict"]) for g in fresh["guarantees"]
        ]


def test_a_child_that_ended_is_followed_by_another(prover: Standby, pair: tuple[Any, Any]) -> None:
    prove(prover, pair)
    assert prover._child is not None
    prover._child.kill()
    prover._child.wait()
    assert prove(prover, pair)["guarantees"]


def test_what_cannot_be_proved_is_said_and_the_child_goes_on(
    prover: Standby, pair: tuple[Any, Any]
) -> None:
    rules, form = pair
    with pytest.raises(BadDocument):
        prove(prover, ({**rules, "rules": []}, form))
    assert prove(prover, pair)["guarantees"]


def test_a_proof_past_its_limit_ends_with_its_child(
    prover: Standby, pair: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "GRACE", 0.0)
    with pytest.raises(Unavailable):
        prover.prove("draft", *pair, seconds=0.001)
    monkeypatch.undo()
    assert prove(prover, pair)["guarantees"]


def test_of_one_draft_only_the_newest_question_waits(
    prover: Standby, pair: tuple[Any, Any]
) -> None:
    held, go = Event(), Event()

    def hold() -> None:
        with prover._in_turn("other"):
            held.set()
            go.wait(30)

    with ThreadPoolExecutor(3) as threads:
        holding = threads.submit(hold)
        held.wait(30)
        older = threads.submit(prove, prover, pair)
        while "draft" not in prover._newest:
            pass
        newer = threads.submit(prove, prover, pair)
        with pytest.raises(Unavailable) as caught:
            older.result(30)
        assert [p.key for p in caught.value.problems] == ["gates.proof_overtaken"]
        go.set()
        holding.result(30)
        assert newer.result(60)["guarantees"]
