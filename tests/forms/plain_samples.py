"""Plain JSON Schemas in the manner of public samples, each with values that it accepts.

Nothing in them speaks of forms: lists in lists, alternatives, trees, maps, tuples, nulls,
conditions with and without ``else``. The values are what a page has to hold and give back.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Json = Any

_READ = [
    json.loads(p.read_text("utf-8")) for p in sorted(Path(__file__).parent.glob("plain/*.json"))
]
PLAIN: dict[str, tuple[Json, tuple[Json, ...]]] = {
    sample["title"]: (sample["schema"], tuple(sample["values"])) for sample in _READ
}

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}


def thing(properties: Json, *required: str, **more: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(required), **more}


def listed(items: Json, **more: Json) -> Json:
    return {"type": "array", "items": items, **more}
