"""Alternatives in plain schemas: which one an answer was meant as, and what is told of it."""

from __future__ import annotations

from typing import Any

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
