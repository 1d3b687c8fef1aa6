"""Alternatives in plain schemas: which one an answer was meant as, and what is told of it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms.plain_samples import TEXT, WHOLE, listed, thing
from satupintu.forms import plain

Json = Any

POINT = thing({"type": {"const": "Point"}, "at": listed(WHOLE, minItems=2)}, "type", "at")
CIRCLE = thing({"type": {"const": "Circle"}, "radius": WHOLE}, "type", "radius")
PLACE = {"oneOf": [{"type": "null"}, {"oneOf": [CIRCLE, POINT]}]}
AFTER = {"oneOf": [listed(TEXT), {"additionalProperties": thing({"c": TEXT}, "c")}]}


@pytest.mark.parametrize(
    ("schema", "value", "where", "said"),
    [
        (PLACE, {"type": "Point", "at": [1]}, "/at", "Give at least 2 at “At”."),
        (AFTER, {"b": {}}, "/b/c", "Answer: C"),
        ({"anyOf": [TEXT, listed(TEXT, minItems=1)]}, [], "", "Give at least 1 at"),
        ({"anyOf": [WHOLE, {"enum": ["all"]}]}, "some", "", "Choose one for"),
        ({"oneOf": [thing({"a": WHOLE}, "a"), thing({"b": WHOLE}, "b")]}, {}, "", "Choose one for"),
    ],
)
def test_what_fits_one_alternative_by_its_kind_alone_is_told_what_that_one_lacks(
    schema: Json, value: Json, where: str, said: str
) -> None:
    [told] = plain.refused(schema, value)
    assert told.pointer == where
    assert said in told.sentence("en")


MAIL, CALL = (
    thing({"name": TEXT, "mail": TEXT}, "mail"),
    thing({"name": TEXT, "call": TEXT}, "call"),
)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"anyOf": [MAIL, CALL]}, {"name": "a", "mail": "b", "call": "c"}),
        (
            {"anyOf": [{"$ref": "#/$defs/m"}, CALL], "$defs": {"m": MAIL}},
            {"mail": "b", "call": "c"},
        ),
        ({"anyOf": [MAIL, CALL], "unevaluatedProperties": False}, {"mail": "b", "call": "c"}),
        (
            {"anyOf": [MAIL, CALL, thing({"fax": TEXT}, "fax")]},
            {"mail": "a", "call": "b", "fax": "c"},
        ),
        (listed({"anyOf": [MAIL, CALL]}), [{"mail": "b", "call": "c"}, {"call": "c"}]),
    ],
)
def test_what_several_alternatives_ask_at_once_has_its_place(schema: Json, value: Json) -> None:
    done = plain.round_trip(schema, value, language="en", zone=ZoneInfo("Asia/Jakarta"))
    assert done.answers == value
    assert done.sound


def test_what_cannot_hold_together_is_not_offered_together() -> None:
    schema = {
        "anyOf": [MAIL, {**CALL, "additionalProperties": False}, thing({"name": WHOLE, "n": WHOLE})]
    }
    done = plain.round_trip(
        schema, {"mail": "b", "call": "c", "n": 1}, language="en", zone=ZoneInfo("UTC")
    )
    assert done.answers == {"mail": "b"}
