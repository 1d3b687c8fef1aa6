"""Any plain JSON Schema can be asked on a page: its values go round and come back."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from jsonschema import Draft202012Validator

from conditions.condition_strategies import sized
from forms.plain_samples import PLAIN
from forms.plain_strategies import documents
from satupintu.forms import plain

ZONE = ZoneInfo("Asia/Jakarta")
ALL = [(name, n) for name, (_, values) in PLAIN.items() for n in range(len(values))]


@pytest.mark.parametrize(("name", "n"), ALL)
def test_the_values_of_a_plain_schema_come_back_from_its_page(name: str, n: int) -> None:
    schema, values = PLAIN[name]
    Draft202012Validator(schema).validate(values[n])
    done = plain.round_trip(schema, values[n], language="id", zone=ZONE)
    assert done.problems == ()
    assert done.unlabelled == ()
    assert done.equal


def test_a_plain_schema_of_an_older_draft_is_raised_first() -> None:
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": {"named": {"type": "object", "properties": {"name": {"type": "string"}}}},
        "properties": {
            "who": {"$ref": "#/definitions/named"},
            "pair": {"type": "array", "items": [{"type": "number"}, {"type": "string"}]},
            "card": {"type": "number"},
            "address": {"type": "string"},
        },
        "dependencies": {"card": ["address"]},
    }
    value = {"who": {"name": "a"}, "pair": [1, "b"], "card": 2, "address": "c"}
    done = plain.round_trip(schema, value, language="en", zone=ZONE)
    assert (done.problems, done.unlabelled, done.answers) == ((), (), value)
    lacking = plain.round_trip(schema, {"card": 2}, language="en", zone=ZONE)
    assert [p.pointer for p in lacking.problems] == ["/address"]


def test_there_are_as_many_kinds_of_plain_schemas_as_were_promised() -> None:
    assert len(PLAIN) >= 40


@sized(150, assured=10_000)
@given(documents())
def test_the_values_of_any_schema_come_back_from_its_page(pair: tuple[Any, Any]) -> None:
    schema, value = pair
    assume(Draft202012Validator(schema).is_valid(value))
    done = plain.round_trip(schema, value, language="en", zone=ZONE)
    assert (done.problems, done.unlabelled, done.equal) == ((), (), True)
