"""The properties of a schema as questions of their own: each gets an ``x-id`` and a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from satupintu.conditions.types import Many
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument
from satupintu.forms import questions
from satupintu.forms.declarations import KEY, NOT_AROUND_QUESTIONS, TELLS_TYPES
from satupintu.forms.document import WHOLE
from satupintu.forms.importing.alike import made_alike
from satupintu.forms.importing.bounds import Names, Steps
from satupintu.forms.importing.conditional import NotSeparable, separated
from satupintu.forms.importing.fit import asked_format
from satupintu.forms.importing.hints import Hinting, Tell
from satupintu.forms.importing.raising import ASIDE
from satupintu.forms.structure.titles import titled
from satupintu.forms.structure.types import TYPES

Way = tuple[str | int, ...]

ROWS = 50
"""Rows are questions of their own up to so many; longer lists are asked as a whole."""

ANY = (*TYPES,)
WHOLE_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


@dataclass
class Making:
    """Questions made of one document; ``whole`` are the top properties that are asked as one."""

    definitions: Mapping[str, Json]
    tell: Tell
    whole: frozenset[str] = frozenset()
    steps: Steps = field(default_factory=Steps)
    ids: dict[str, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    order: list[str] = field(default_factory=list)
    behind: dict[str, str] = field(default_factory=dict)
    """The last question put behind each that others hang on."""

    def object(self, schema: Mapping[str, Json], way: Way, prefix: str) -> dict[str, Any]:
        """Return the schema of an object whose properties are questions. Raises NotSeparable."""
        hinting = Hinting(self.definitions, self.tell)
        out = separated(schema, hinting.target, self.steps)
        self.refused(out)
        if (
            schema.get("additionalProperties", schema.get("unevaluatedProperties", True))
            is not False
        ):
            self.tell("imports.closed", pointer(way))
        elif any("if" in one for one in out.get("allOf", ())):
            self.tell("imports.opened", pointer(way))
        declared = set(_declared(out))
        for key in _required(out):
            if key not in declared:
                out.setdefault("properties", {})[key] = {"type": list(ANY)}
                declared.add(key)
        asked = self.branch(out, way, prefix, set(), None)
        asked.pop("additionalProperties", None)
        asked |= {"type": "object", "unevaluatedProperties": False}
        if not prefix:
            made_alike(asked, self.tell)
        return asked

    def refused(self, schema: Mapping[str, Json]) -> None:
        """Raise NotSeparable at a keyword that an object around questions may not have."""
        for key, value in schema.items():
            closing = key in ("additionalProperties", "unevaluatedProperties")
            if closing and not isinstance(value, bool):
                raise NotSeparable(key)
            if key in NOT_AROUND_QUESTIONS and not closing:
                raise NotSeparable(key)
        for one in schema.get("allOf", ()):
            self.refused(one["then"] if "if" in one else one)
        if schema.get("type", "object") != "object":
            raise NotSeparable("type")

    def branch(
        self, schema: Mapping[str, Json], way: Way, prefix: str, around: set[str],
        after: str | None,
    ) -> dict[str, Any]:  # fmt: skip
        """Return one part of an object, with a question for each property that ``around`` lacks."""
        out: dict[str, Any] = {k: v for k, v in schema.items() if k != "additionalProperties"}
        properties: dict[str, Json] = {}
        for key, one in schema.get("properties", {}).items():
            at = (*way, "properties", key)
            if not KEY.fullmatch(key):
                raise NotSeparable("properties", key)
            if key in around:
                if isinstance(one, Mapping) and one.keys() & {"properties", "items"}:
                    raise NotSeparable("properties")
                properties[key] = one
                continue
            if one is False:
                raise NotSeparable("properties")
            properties[key] = self.question(key, one, at, prefix)
            if not prefix:
                self.placed(key, after)
        if properties:
            out["properties"] = properties
        around = around | properties.keys()
        made: dict[int, dict[str, Any]] = {}
        parts = schema.get("allOf", ())
        for number, one in sorted(enumerate(parts), key=lambda pair: "if" in pair[1]):
            at = (*way, "allOf", number)
            if "if" in one:
                cause = next(iter(_read(one["if"])), None)
                then = self.branch(one["then"], (*at, "then"), prefix, around, cause)
                made[number] = {"if": one["if"], "then": then}
            else:
                made[number] = self.branch(one, at, prefix, around, after)
                around = around | set(_always(one))
        inner = [made[number] for number in range(len(parts))]
        if inner:
            out["allOf"] = inner
        return out

    def placed(self, key: str, after: str | None) -> None:
        """Put a question of the top into the order: behind the one that it hangs on."""
        if key in self.order:
            return
        last = self.behind.get(str(after), after)
        at = self.order.index(last) + 1 if last in self.order else len(self.order)
        self.order.insert(at, key)
        if after is not None:
            self.behind[after] = key

    def question(self, key: str, schema: Json, way: Way, prefix: str) -> dict[str, Any]:
        """Return one property as a question: a group, rows, or asked by one type."""
        self.steps.take()
        name = prefix + key
        said: dict[str, Any] = dict(schema) if isinstance(schema, Mapping) else {}
        made = None if name.partition(".")[0] in self.whole else self.parted(said, way, name)
        if made is None:
            made = self.alone(said, way)
        title = {} if self.seen(made).get("title") else {"title": titled(key)}
        return {**title, **made, "x-id": made.get("x-id", self.id(name))}

    def parted(self, said: dict[str, Any], way: Way, name: str) -> dict[str, Any] | None:
        """Return a group or rows of questions, None where it is asked as one."""
        seen = self.seen(said)
        if self.circles(said):
            return None
        told, held = self.tell, list[tuple[str, str, dict[str, object]]]()
        self.tell = lambda key, place, **params: held.append((key, place, params))
        try:
            return self.together(seen, way, name)
        except NotSeparable as e:
            key, params = e.told("imports.asked_whole")
            held = [(key, pointer(way), {**params})]
            return None
        finally:
            self.tell = told
            for key, place, more in held:
                told(key, place, **more)

    def together(self, seen: dict[str, Any], way: Way, name: str) -> dict[str, Any] | None:
        """Return a group or rows, None for neither. Raises NotSeparable."""
        items, own = seen.get("items"), {k: v for k, v in seen.items() if k != "$ref"}
        if seen.get("type") == "object" and seen.get("properties"):
            return self.object(own, way, f"{name}.")
        few = seen.get("maxItems", ROWS + 1) <= ROWS and "." not in name
        if seen.get("type") == "array" and few and "prefixItems" not in seen:
            inner = self.seen(items) if isinstance(items, Mapping) else {}
            if inner.get("type") == "object" and inner.get("properties"):
                return {**own, "items": self.object(inner, (*way, "items"), f"{name}.")}
        return None

    def alone(self, said: dict[str, Any], way: Way) -> dict[str, Any]:
        """Return a question that one type asks, with what that type needs to be told."""
        seen = self.seen(said)
        out = dict(said)
        listed = seen.get("enum") or [
            o["const"] for o in seen.get("oneOf", ()) if isinstance(o, Mapping) and "const" in o
        ]
        if "type" not in seen and listed and _texts(listed):
            out["type"] = "string"
        if not seen.keys() & TELLS_TYPES and "type" not in seen:
            out["type"] = list(ANY)
            self.tell("imports.type_unsaid", pointer(way))
        if seen.get("type") == "integer":
            out = whole_numbers(out, seen, listed)
        about = seen.get("x-ui", {})
        if "" in listed or (listed and not _texts(listed) and seen.get("type") != "integer"):
            out["x-ui"] = {**about, "widget": WHOLE}
        merged = self.seen(out)
        if merged.get("type") == "boolean" and listed:
            out["x-ui"] = {k: v for k, v in about.items() if k != "widget"}
            self.tell("imports.boolean_titles", pointer(way))
        try:
            kind = questions.for_schema(self.seen(out))
            fact_type = kind.fact_type(self.seen(out))
        except (BadDocument, KeyError, TypeError, ValueError):
            return {**out, "x-ui": {**about, "widget": WHOLE}}
        if isinstance(fact_type, Many) and merged.get("uniqueItems") is not True:
            out["x-ui"] = {**about, "widget": WHOLE}
        elif kind.kind != WHOLE and "format" in merged and not asked_format(merged["format"]):
            if "format" in out:
                out[ASIDE + "format"] = out.pop("format")
                self.tell("imports.format_unchecked", pointer(way), format=merged["format"])
            else:
                out["x-ui"] = {**about, "widget": WHOLE}
        return out

    def seen(self, schema: Mapping[str, Json]) -> dict[str, Any]:
        """Return a schema with what its reference brings."""
        return Hinting(self.definitions, self.tell).target(schema)

    def circles(self, schema: Json) -> bool:
        """Tell whether what a schema holds leads back to itself, as a tree does."""
        return any(self.reaches(name, name, set()) for name in _names(schema))

    def reaches(self, name: str, wanted: str, seen: set[str]) -> bool:
        for one in _names(self.definitions.get(name)):
            if one == wanted:
                return True
            if one not in seen:
                seen.add(one)
                if self.reaches(one, wanted, seen):
                    return True
        return False

    def id(self, name: str) -> str:
        """Return a short name that no other question has, the same for one that is asked twice."""
        if name not in self.ids:
            plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_")[:50] or "q"
            self.ids[name] = self.names.free(plain)
        return self.ids[name]


def whole_numbers(
    out: dict[str, Any], seen: Mapping[str, Json], listed: list[Json]
) -> dict[str, Any]:
    """Return the schema of whole numbers with only bounds that facts have; steps beside it."""
    odd = {
        key: out[key] for key in WHOLE_BOUNDS
        if key in out and (key == "multipleOf" or not float(out[key]).is_integer())
    }  # fmt: skip
    kept: dict[str, Any] = {
        k: int(v) if k in WHOLE_BOUNDS and isinstance(v, float) else v
        for k, v in out.items() if k not in odd
    }  # fmt: skip
    if odd:
        kept["allOf"] = [*kept.get("allOf", ()), odd]
    if listed and "enum" not in seen:
        kept["enum"] = listed
    return kept


def _texts(listed: list[Json]) -> bool:
    return all(isinstance(v, str) for v in listed)


def _declared(schema: Mapping[str, Json]) -> Iterator[str]:
    yield from schema.get("properties", ())
    for one in schema.get("allOf", ()):
        yield from _declared(one["then"] if "if" in one else one)


def _always(schema: Mapping[str, Json]) -> Iterator[str]:
    yield from schema.get("properties", ())
    for one in schema.get("allOf", ()):
        if "if" not in one:
            yield from _always(one)


def _required(schema: Mapping[str, Json]) -> Iterator[str]:
    yield from schema.get("required", ())
    for names in schema.get("dependentRequired", {}).values():
        yield from names
    for one in schema.get("allOf", ()):
        yield from _required(one["then"] if "if" in one else one)


def _read(condition: Json) -> Iterator[str]:
    if isinstance(condition, Mapping):
        yield from reversed(list(condition.get("properties", ())))
        yield from reversed(condition.get("required", ()))
        for key in ("allOf", "anyOf", "oneOf"):
            for one in condition.get(key, ()):
                yield from _read(one)
        yield from _read(condition.get("not"))


def _names(schema: Json) -> Iterator[str]:
    pending = [schema]
    while pending:
        part = pending.pop()
        if isinstance(part, Mapping):
            if isinstance(part.get("$ref"), str):
                yield part["$ref"].removeprefix("#/$defs/")
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)
