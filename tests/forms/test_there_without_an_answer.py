"""What may be left, and is whole without anybody's answer, can be said to be there."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms.plain_samples import TEXT, listed, thing
from satupintu.forms import plain

Json = Any

ZONE = ZoneInfo("Asia/Jakarta")
FIXED = {"const": "1"}
SILENT = thing({"y": TEXT})
BOTH = thing({"c": FIXED, "e": SILENT, "x": TEXT}, "c", "e")


def maybe(schema: Json) -> Json:
    """An object that may have one thing, ``a``."""
    return thing({"a": schema})


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (maybe(thing({"c": FIXED, "x": TEXT}, "c")), {"a": {"c": "1"}}),
        (maybe(BOTH), {"a": {"c": "1", "e": {}}}),
        (maybe(BOTH), {"a": {"c": "1", "e": {"y": "z"}}}),
        (maybe(BOTH), {}),
        (maybe(thing({"e": BOTH}, "e")), {"a": {"e": {"c": "1", "e": {}}}}),
        (maybe(thing({"c": FIXED, "l": listed(TEXT)}, "c", "l")), {"a": {"c": "1", "l": []}}),
        (maybe(thing({"c": FIXED, "l": listed(TEXT)}, "c", "l")), {"a": {"c": "1", "l": ["x"]}}),
        (maybe({"type": "array", "prefixItems": [BOTH, TEXT]}), {"a": [{"c": "1", "e": {}}]}),
        (listed(BOTH), [{"c": "1", "e": {}}, {"c": "1", "e": {"y": "z"}}]),
        (maybe(thing({"c": FIXED, "o": thing({"c": FIXED}, "c")}, "c")), {"a": {"c": "1"}}),
    ],
)
def test_what_holds_only_constants_and_silence_comes_back(schema: Json, value: Json) -> None:
    done = plain.round_trip(schema, value, language="en", zone=ZONE)
    assert (done.problems, done.unlabelled, done.equal) == ((), (), True)


def test_what_asks_for_an_answer_is_there_by_its_answer_alone() -> None:
    schema = maybe(thing({"c": FIXED, "l": listed(TEXT, minItems=1)}, "c", "l"))
    done = plain.round_trip(schema, {"a": {"c": "1", "l": ["x"]}}, language="en", zone=ZONE)
    assert done.equal
    assert [p.pointer for p in plain.refused(schema, {"a": {"c": "1"}})] == ["/a/l"]
