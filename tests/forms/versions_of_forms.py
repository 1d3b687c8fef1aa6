"""Two versions of one form for the tests of migrations: drawn, renamed, moved, and by hand."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from forms.answering import Answers
from forms.small_forms import choice, document, question
from satupintu.documents import Json, content_hash
from satupintu.forms import reading
from satupintu.forms.document import Form
from satupintu.forms.migrating import Migrated


def older(**properties: dict[str, Json]) -> Form:
    return reading.read(document(dict(properties)))


def newer(before: Form, steps: list[Json], **properties: dict[str, Json]) -> Form:
    return reading.read(with_steps(document(dict(properties)), before, steps))


def with_steps(new: dict[str, Json], before: Form, steps: list[Json]) -> dict[str, Json]:
    about = {**new["x-form"], "migrations": [{"from": before.hash, "steps": steps}]}
    return {**new, "x-form": about}


def text(x_id: str, title: str = "Teks", **more: Json) -> dict[str, Json]:
    return question(x_id, title, type="string", **more)


def whole(x_id: str, title: str = "Bilangan", **more: Json) -> dict[str, Json]:
    return question(x_id, title, type="integer", **more)


def one_of(x_id: str, *consts: str) -> dict[str, Json]:
    return question(x_id, "Pilihan", type="string", oneOf=choice(*consts))


def several_of(x_id: str, *consts: str) -> dict[str, Json]:
    items = {"type": "string", "oneOf": choice(*consts)}
    return question(x_id, "Beberapa", type="array", uniqueItems=True, items=items)


def group(x_id: str, **properties: dict[str, Json]) -> dict[str, Json]:
    more: dict[str, Json] = {"type": "object", "unevaluatedProperties": False}
    return {**question(x_id, "Kelompok", **more), "properties": properties}


def rows(x_id: str, **properties: dict[str, Json]) -> dict[str, Json]:
    items = {"type": "object", "unevaluatedProperties": False, "properties": properties}
    return question(x_id, "Baris", type="array", maxItems=4, items=items)


def renamed(form: dict[str, Json], suffix: str) -> dict[str, Json]:
    """Return a document in which every question has another key and the same x-id."""
    keys = {key for schema in _objects(form) for key, one in schema["properties"].items()
            if isinstance(one, dict) and "x-id" in one}  # fmt: skip
    return _renamed(copy.deepcopy(form), keys, suffix)


def _objects(value: Json) -> Iterator[Any]:
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            yield value
        for below in value.values():
            yield from _objects(below)
    elif isinstance(value, list):
        for below in value:
            yield from _objects(below)


def _renamed(value: Json, keys: set[str], suffix: str) -> Json:
    match value:
        case dict():
            found = {}
            for key, below in value.items():
                if key == "properties":
                    found[key] = {
                        k + suffix if k in keys else k: _renamed(one, keys, suffix)
                        for k, one in below.items()
                    }
                elif key in ("required", "questions"):
                    found[key] = [k + suffix if k in keys else k for k in below]
                elif key in ("dependentRequired", "dependentSchemas"):
                    found[key] = {
                        k + suffix: [one + suffix for one in below_]
                        if isinstance(below_, list)
                        else _renamed(below_, keys, suffix)
                        for k, below_ in below.items()
                    }
                elif key == "x-computed" and isinstance(below, str):
                    named = re.compile(r"[a-z_][a-z0-9_]*")
                    found[key] = named.sub(lambda m: m[0] + suffix * (m[0] in keys), below)
                else:
                    found[key] = _renamed(below, keys, suffix)
            return found
        case list():
            return [_renamed(one, keys, suffix) for one in value]
    return value


def nothing_vanished(before: Form, given: Answers, came: Migrated) -> None:
    """Hold that every answer stands somewhere or is named among the lost: by a slow, own look."""
    told = {fate.place for fate in came.fates}
    for place in _places(given, ()):
        assert any(place[: len(one)] == one for one in told), place
    for fate in came.fates:
        for place in fate.to:
            here: Json = came.answers
            for step in place:
                here = here[step]
        assert fate.lost != bool(fate.to)
    assert before.hash == content_hash(dict(before.schema))


def _places(value: Json, at: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from _places(below, (*at, key))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for n, below in enumerate(value):
            yield from _places(below, (*at, n))
    elif value != {}:
        yield at


@st.composite
def with_drawn_steps(draw: st.DrawFn) -> tuple[Form, Form]:
    """Draw two versions of a form of which the newer says, in steps, what becomes of answers.

    Each older question keeps its x-id, or gets one of the steps that may stand there.
    """
    numbers = iter(range(1000))
    before: dict[str, dict[str, Json]] = {}
    after: dict[str, dict[str, Json]] = {}
    steps: list[Json] = []

    def new(schema: dict[str, Json]) -> str:
        name = f"n{next(numbers)}"
        after[name] = {**schema, "x-id": name}
        return name

    for n in range(draw(st.integers(1, 6))):
        name, make = f"q{n}", draw(st.sampled_from([text, whole, _choice, _choices]))
        before[name] = make(f"x{n}")
        match draw(st.sampled_from(["same", "rename", "drop", "map", "split", "gone"])):
            case "same":
                after[draw(st.sampled_from([name, f"{name}b"]))] = make(f"x{n}")
            case "rename":
                steps.append({"rename": name, "to": new(make(""))})
            case "drop":
                steps.append({"drop": name, "why": {"id": "Uji.", "en": "Test."}})
            case "map" if make in (_choice, _choices):
                narrower = one_of("", "m", "o") if make is _choice else several_of("", "m", "o")
                steps.append({"map": name, "options": {"n": "m"}, "to": new(narrower)})
            case "split" if make is text:
                into = [new(text("", maxLength=draw(st.integers(1, 9)))), new(whole(""))]
                steps.append({"split": name, "into": into, "at": draw(st.sampled_from([" ", "-"]))})
    texts = [k for k, one in before.items() if one["title"] == "Teks" and not _speaks(steps, k)]
    texts = [name for name in texts if before[name]["x-id"] not in _ids(after)]
    if len(texts) > 1:
        steps.append(
            {"join": texts, "to": new(text("")), "with": draw(st.sampled_from(["", ", "]))}
        )
    after["baru"] = text("baru")
    first = reading.read(document(before))
    more: dict[str, Any] = {"required": ["baru"]} if draw(st.booleans()) else {}
    return first, reading.read(with_steps(document(after, **more), first, steps))


def _choice(x_id: str) -> dict[str, Json]:
    return one_of(x_id, "m", "n", "o")


def _choices(x_id: str) -> dict[str, Json]:
    return several_of(x_id, "m", "n", "o")


def _speaks(steps: list[Json], name: str) -> bool:
    return any(name in step.values() for step in steps)


def _ids(questions: dict[str, dict[str, Json]]) -> set[Json]:
    return {one["x-id"] for one in questions.values()}
