"""What a page was to look like, whichever dialect said so; and a schema that says it itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.importing.options import titled
from satupintu.forms.importing.raising import ASIDE
from satupintu.forms.structure.types import TYPES

Tell = Callable[..., None]
"""How a note is told: its key, its place in the document that brought it, its parameters."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "radio": ("radio", "yes-no"),
    "select": ("select", "yes-no"),
    "toggle": ("yes-no",),
    "autocomplete": ("combobox", "select"),
    "multi": ("textarea",),
    "updown": ("number", "decimal"),
    "range": ("number", "decimal"),
    "slider": ("number", "decimal"),
    "alt-date": ("date",),
    "datetime": ("date-time",),
    "datetime-local": ("date-time",),
    "alt-datetime": ("date-time",),
    "files": ("file",),
    "uri": ("text",),
    "url": ("text",),
}
"""Our question types for what others call their widgets; any other name may be ours too."""

BRANCHES = ("allOf", "anyOf", "oneOf")
DEEPEST = 20


@dataclass
class Hint:
    """What one place of a schema was to look like; ``place`` points into its own document."""

    place: str
    title: str | None = None
    description: str | None = None
    help: str | None = None
    example: Json = None
    widget: str | None = None
    order: tuple[str, ...] = ()
    autocomplete: str | None = None
    inputmode: str | None = None
    names: Json = None
    locked: bool = False
    more: dict[str, Json] = field(default_factory=dict)
    fields: dict[str, Hint] = field(default_factory=dict)
    items: Hint | None = None
    tuple: list[Hint] = field(default_factory=list)

    def at(self, key: str, place: str) -> Hint:
        """Return the hint of a property, made where there is none."""
        return self.fields.setdefault(key, Hint(place))


@dataclass(frozen=True)
class Hinting:
    """Schemas with hints worked in; ``definitions`` are what references lead to."""

    definitions: Mapping[str, Json]
    tell: Tell

    def apply(self, schema: Json, hint: Hint, deep: int = 0) -> Json:
        """Return a schema that says by itself what a hint says of it."""
        if not isinstance(schema, Mapping) or deep > DEEPEST:
            self.tell("imports.hint_nowhere", hint.place)
            return schema
        out: dict[str, Any] = dict(schema)
        below = hint.fields or hint.items or hint.tuple or hint.order or hint.names is not None
        if below and "$ref" in out:
            out = {**self.target(out), **{k: v for k, v in out.items() if k != "$ref"}}
        if hint.fields:
            left = dict(hint.fields)
            out = self.within(out, left, deep)
            for one in left.values():
                self.tell("imports.hint_nowhere", one.place)
        if hint.items is not None and "items" in out:
            out["items"] = self.apply(out["items"], hint.items, deep + 1)
        for number, one in enumerate(hint.tuple):
            if number < len(out.get("prefixItems", ())):
                parts = list(out["prefixItems"])
                parts[number] = self.apply(parts[number], one, deep + 1)
                out["prefixItems"] = parts
            else:
                self.tell("imports.hint_nowhere", one.place)
        if hint.order and isinstance(out.get("properties"), Mapping):
            keys = ordered(tuple(out["properties"]), hint.order)
            out["properties"] = {key: out["properties"][key] for key in keys}
        return self.own(out, hint)

    def within(
        self, schema: Mapping[str, Json], left: dict[str, Hint], deep: int
    ) -> dict[str, Any]:
        """Work hints of properties in wherever a schema declares them; ``left`` loses them."""
        out = dict(schema)
        if isinstance(out.get("properties"), Mapping):
            found = left.keys() & out["properties"].keys()
            out["properties"] = {
                key: self.apply(one, left[key], deep + 1) if key in found else one
                for key, one in out["properties"].items()
            }
        known = set(out.get("properties", ()))
        for key in BRANCHES:
            if key in out:
                out[key] = [self.branch(one, left, known, deep) for one in out[key]]
        for key in ("then", "else"):
            if key in out:
                out[key] = self.branch(out[key], left, known, deep)
        if "dependentSchemas" in out:
            out["dependentSchemas"] = {
                key: self.branch(one, left, known, deep)
                for key, one in out["dependentSchemas"].items()
            }
        for key in [k for k in left if k in _declared(out)]:
            del left[key]
        return out

    def branch(self, schema: Json, left: dict[str, Hint], known: set[str], deep: int) -> Json:
        if not isinstance(schema, Mapping) or deep > DEEPEST:
            return schema
        inside = {key: hint for key, hint in left.items() if key not in known}
        if "$ref" in schema and inside:
            target = self.target(schema)
            if inside.keys() & _declared(target):
                schema = {**target, **{k: v for k, v in schema.items() if k != "$ref"}}
        return self.within(schema, inside, deep + 1)

    def own(self, out: dict[str, Any], hint: Hint) -> dict[str, Any]:
        if hint.names is not None:
            made = titled(out, hint.names)
            if made is None:
                self.tell("imports.titles_lost", hint.place)
            out = made or out
        if hint.title:
            out["title"] = hint.title
        if hint.description:
            out["description"] = hint.description
        if hint.example is not None:
            out["examples"] = [*out.get("examples", ()), hint.example]
            self.tell("imports.placeholder", hint.place)
        if hint.locked:
            out["readOnly"] = True
        about: dict[str, Json] = {ASIDE + key: value for key, value in hint.more.items()}
        if hint.help:
            shown = self.merged(out).get("description")
            about["help"] = f"{shown} {hint.help}" if isinstance(shown, str) else hint.help
        if hint.autocomplete:
            about["autocomplete"] = hint.autocomplete
        if hint.inputmode:
            about["inputmode"] = hint.inputmode
        if hint.widget:
            kind = self.kind(hint.widget, self.merged(out))
            if kind is not None:
                about["widget"] = kind
            else:
                about[f"{ASIDE}widget"] = hint.widget
                self.tell("imports.widget_unknown", hint.place, widget=hint.widget)
        if about:
            out["x-ui"] = {**out.get("x-ui", {}), **about}
        return out

    def kind(self, widget: str, schema: Mapping[str, Json]) -> str | None:
        known = questions.types()
        schema = {**_type_of_listed(schema), **schema}
        for kind in KINDS.get(widget, (widget,)):
            if kind in known and known[kind].suits(schema):
                return kind
        return None

    def merged(self, schema: Mapping[str, Json]) -> Mapping[str, Json]:
        return {**self.target(schema), **schema} if "$ref" in schema else schema

    def target(self, schema: Mapping[str, Json]) -> dict[str, Any]:
        """Return what a reference leads to, through as many as there are."""
        found: dict[str, Any] = dict(schema)
        for _ in range(DEEPEST):
            if "$ref" not in found:
                return found
            target = self.definitions.get(str(found.pop("$ref")).removeprefix("#/$defs/"))
            found = {**(target if isinstance(target, Mapping) else {}), **found}
        return {"type": list(TYPES)}


def ordered(keys: tuple[str, ...], order: tuple[str, ...]) -> list[str]:
    """Return keys in an order of which ``*`` stands for all that it does not name."""
    named = [key for key in order if key in keys]
    rest = [key for key in keys if key not in named]
    if "*" not in order:
        return [*named, *rest]
    at = len([key for key in order[: order.index("*")] if key in keys])
    return [*named[:at], *rest, *named[at:]]


def _type_of_listed(schema: Mapping[str, Json]) -> dict[str, Json]:
    """Return the type that listed texts have, where a schema lists such: it may leave it out."""
    branches = [b for key in ("oneOf", "anyOf") for b in schema.get(key, ())]
    values = [
        *schema.get("enum", ()),
        *(b.get("const") for b in branches if isinstance(b, Mapping)),
    ]
    texts = bool(values) and all(isinstance(value, str) for value in values)
    return {"type": "string"} if texts else {}


def _declared(schema: Json) -> set[str]:
    return set(_declares(schema))


def _declares(schema: Json) -> Iterator[str]:
    if isinstance(schema, Mapping):
        yield from schema.get("properties", ())
        for key in BRANCHES:
            for one in schema.get(key, ()):
                yield from _declares(one)
        for key in ("then", "else"):
            yield from _declares(schema.get(key))
        for one in schema.get("dependentSchemas", {}).values():
            yield from _declares(one)
