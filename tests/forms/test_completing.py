"""What is made up for a question, so that a counterexample opens as a filled form."""

from __future__ import annotations

import pytest

from forms.small_forms import one, question
from satupintu.documents import Json
from satupintu.forms import catalogue
from satupintu.forms.closed import Closed
from satupintu.forms.completing import completed, synthetic
from satupintu.forms.facts import facts

SPECIMENS = catalogue.specimens()


@pytest.mark.parametrize("kind", ["files", "photo", "place-on-map", "signature", "email", "time"])
def test_what_is_made_up_for_a_type_is_what_it_accepts(kind: str) -> None:
    schema = SPECIMENS[kind].schema
    assert Closed(schema).accepts(synthetic(schema))


def test_files_that_are_made_up_differ() -> None:
    schema: dict[str, Json] = {
        "type": "array", "items": {"type": "string", "format": "uuid"}, "minItems": 3,
        "uniqueItems": True,
    }  # fmt: skip
    made = synthetic(schema)
    assert Closed(schema).accepts(made)
    assert len(made) == 3


def test_a_text_to_read_does_not_keep_a_case_from_being_opened() -> None:
    form = one(question("c-1", "Bacalah", type="null", **{"x-ui": {"widget": "statement"}}))
    answers = completed(form, {"q": True})  # type: ignore[dict-item]
    assert answers == {"q": None}
    assert facts(form, answers) == {}


def test_what_nothing_plain_fits_leaves_a_case_without() -> None:
    form = one(question("c-2", "Kode", type="string", pattern="^zq[0-9]{40}$"))
    assert completed(form, {"q": True}) is None  # type: ignore[dict-item]
