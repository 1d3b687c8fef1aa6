"""The schema of a whole answer, ready to be asked: references and conditions worked in."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from satupintu.documents import Json, at
from satupintu.forms.closed import Closed, TooMuchWork, identity
from satupintu.forms.references import in_circles
from satupintu.forms.structure.likeness import best
from satupintu.forms.structure.types import TYPES, JsonType, named_types, types_among

Schema = Mapping[str, Json]


class Missing:
    """What stands where there is no answer: ``None`` is JSON's null, which is one."""


MISSING = Missing()

BY_KEYWORD: Mapping[JsonType, tuple[str, ...]] = {
    "object": (
        *("properties", "required", "additionalProperties", "patternProperties", "propertyNames"),
        *("minProperties", "maxProperties", "dependentRequired", "dependentSchemas"),
        "unevaluatedProperties",
    ),
    "array": (
        *("items", "prefixItems", "unevaluatedItems", "contains", "minContains", "maxContains"),
        *("minItems", "maxItems", "uniqueItems"),
    ),
    "string": ("pattern", "minLength", "maxLength", "format", "contentMediaType"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}
"""The keywords that speak of one type only: where no type is named, they tell which is meant."""

MEMBERS = ("type", "properties", "required")
"""The keywords of an object that names its members and leaves it open what else it has."""

NAMING = ("title", "description", "$comment", "x-i18n")
"""The keywords by which no value is judged."""


@dataclass(frozen=True)
class Fork:
    """A choice between alternatives; ``id`` is its place in the control names."""

    id: str
    branches: tuple[Json, ...]
    chosen: int | None


Choosing = Callable[[str, tuple[Json, ...]], int | None]
"""Which alternative of a fork is chosen, by the fork's id; None is none."""


@dataclass(frozen=True)
class View:
    """What a schema asks of the value at hand: the parts that apply, the first said counts most."""

    parts: tuple[Schema, ...]
    forks: tuple[Fork, ...]
    types: tuple[JsonType, ...]
    """The types an answer may have; none where a fork must be chosen first."""

    def get(self, keyword: str, default: Json = None) -> Json:
        """Return a keyword of the first part that has it."""
        return next((part[keyword] for part in self.parts if keyword in part), default)

    def all(self, keyword: str) -> Iterator[Json]:
        """Yield a keyword of every part that has it."""
        return (part[keyword] for part in self.parts if keyword in part)

    def rows(self, fixed: bool) -> Iterator[Json]:
        """Yield what each row of a list obeys, after those that are ``fixed`` where some are.

        What no other part evaluates is asked as that wants, unless what it contains may stand there
        too.
        """
        items, wanted = list(self.all("items")), self.keyword(("contains",))
        if not items and not wanted:
            items = list(self.all("unevaluatedItems"))
        yield from items or ([] if fixed and not wanted else [True])

    def keyword(self, names: tuple[str, ...]) -> bool:
        """Tell whether any part has any of these keywords."""
        return any(name in part for part in self.parts for name in names)


class Structure:
    """One schema with its definitions; its subschemas live as long as it does."""

    def __init__(self, root: Schema) -> None:
        self.root = root
        self.closed = Closed(root)
        self.leaves: dict[Hashable, Any] = {}
        """The places that one question type asks, by their parts; see ``leaves``."""
        definitions = root.get("$defs", {})
        self.circular = {id(definitions[name]) for name in in_circles(definitions)}
        """The definitions that lead back to themselves, by identity."""
        self._joined: dict[tuple[int, ...], Schema] = {}
        self._telling: dict[Hashable, Schema] = {}
        self._beside: dict[Hashable, Schema] = {}

    def holds(self, schema: Json, value: Json) -> bool:
        """Tell whether a value is valid under one of this schema's own subschemas.

        What takes too many steps to tell does not hold; the whole answer is refused for it.
        """
        try:
            return self.closed.accepts_part(schema, value)
        except TooMuchWork:
            return False

    def joined(self, schemas: tuple[Json, ...]) -> Json:
        """Return one schema for several that all hold; the same one for the same ones."""
        if len(schemas) == 1:
            return schemas[0]
        key = tuple(map(id, schemas))
        return self._joined.setdefault(key, {"allOf": list(schemas)})

    def telling(self, branches: tuple[Json, ...], key: str) -> Schema:
        """Return what alternatives together allow of the property that tells them apart: its answer
        chooses among them, so all of it is offered, whichever was chosen.
        """
        where: Hashable = (key, *map(id, branches))
        found = self._telling.get(where)
        if found is None:
            options = {
                identity(o["const"]): o for b in branches for o in _each(b["properties"][key])
            }
            found = {"properties": {key: {"oneOf": [*options.values()]}}}
            self._telling[where] = found
        return found

    def beside(
        self, chosen: Json, branches: tuple[Json, ...], known: frozenset[str]
    ) -> Schema | None:
        """Return what other alternatives ask that may hold together with the chosen one, beyond the
        keys that are ``known``: with ``anyOf`` an answer may have all of it, and needs a place.
        """
        mine = self._members(chosen)
        if mine is None:
            return None
        where: Hashable = (known, id(chosen), *map(id, branches))
        if where not in self._beside:
            more: dict[str, Json] = {}
            for branch in branches:
                theirs = self._members(branch) or {}
                if all(identity(mine[k]) == identity(theirs[k]) for k in mine.keys() & theirs):
                    more |= {k: v for k, v in theirs.items() if v is not False and k not in more}
            new = {k: v for k, v in more.items() if k not in known and k not in mine}
            self._beside[where] = {"properties": new}
        return self._beside[where]

    def _members(self, schema: Json) -> Mapping[str, Json] | None:
        """Return the members that a schema asks for where it says nothing else of an object."""
        if isinstance(schema, Mapping) and "$ref" in schema and schema.keys() <= {*NAMING, "$ref"}:
            schema = self.target(schema["$ref"])
        if not isinstance(schema, Mapping) or not schema.keys() <= {*NAMING, *MEMBERS}:
            return None
        found: Mapping[str, Json] = schema.get("properties", {})
        return found if schema.get("type", "object") == "object" else None

    def view(self, schema: Json, value: Json | Missing, choosing: Choosing) -> View:
        """Return what is asked of a value here; ``choosing`` tells which alternatives were."""
        work = _Viewing(self, value, choosing)
        work.add(schema, "")
        return View(tuple(work.parts), tuple(work.forks), tuple(work.types()))

    def declared(self, view: View) -> frozenset[str]:
        """Return the keys that a place's schema may ever ask for, chosen or not."""
        found: set[str] = set()
        pending: list[Json] = list(view.parts)
        seen: set[int] = set()
        while pending:
            part = pending.pop()
            if not isinstance(part, Mapping) or id(part) in seen:
                continue
            seen.add(id(part))
            found |= part.get("properties", {}).keys()
            pending += [part.get(k) for k in ("then", "else")]
            pending += [b for k in ("allOf", "anyOf", "oneOf") for b in part.get(k, ())]
            pending += part.get("dependentSchemas", {}).values()
            if "$ref" in part:
                pending.append(self.target(part["$ref"]))
        return frozenset(found)

    def by_value(self, value: Json | Missing) -> Choosing:
        """Return how an answer that is there chooses: the alternative that fits it, or nearly."""

        def choosing(_id: str, branches: tuple[Json, ...]) -> int | None:
            return None if isinstance(value, Missing) else best(self, branches, value)

        return choosing

    def target(self, reference: str) -> Json:
        """Return what a local reference leads to. Raises KeyError where there is nothing."""
        return at(self.root, reference.removeprefix("#"))


class _Viewing:
    def __init__(self, of: Structure, value: Json | Missing, choosing: Choosing) -> None:
        self.of = of
        self.value = value
        self.choosing = choosing
        self.parts: list[Schema] = []
        self.forks: list[Fork] = []
        self.open = True

    def add(self, schema: Json, path: str) -> None:
        if not isinstance(schema, Mapping):
            self.open = self.open and schema is not False
            return
        self.parts.append(schema)
        if "$ref" in schema:
            self.add(self.of.target(schema["$ref"]), path)
        for index, part in enumerate(schema.get("allOf", ())):
            self.add(part, f"{path}{index}-")
        if "if" in schema and not isinstance(self.value, Missing):
            branch = "then" if self.of.holds(schema["if"], self.value) else "else"
            self.add(schema.get(branch, True), f"{path}{branch}-")
        if isinstance(self.value, Mapping):
            for key, part in schema.get("dependentSchemas", {}).items():
                if key in self.value:
                    self.add(part, f"{path}{key}-")
        for keyword in ("oneOf", "anyOf"):
            branches = tuple(schema.get(keyword, ()))
            if branches and not are_options(branches) and not only_judge(branches):
                self.fork(branches, f"{path}{keyword}", several=keyword == "anyOf")

    def fork(self, branches: tuple[Json, ...], id: str, *, several: bool) -> None:
        told = told_by(self.parts, branches)
        if told is not None:
            self.parts.append(self.of.telling(branches, told))
            answer = self.value.get(told) if isinstance(self.value, Mapping) else None
            for number, branch in enumerate(branches):
                if answer is not None and self.of.holds(branch["properties"][told], answer):
                    self.add(branch, f"{id}{number}-")
                    return
            return
        able = [n for n, branch in enumerate(branches) if branch is not False]
        chosen = able[0] if len(able) == 1 else self.choosing(id, branches)
        if chosen is not None and chosen not in able:
            chosen = None
        if len(able) > 1:
            self.forks.append(Fork(id, branches, chosen))
        if chosen is not None:
            known = frozenset(key for part in self.parts for key in part.get("properties", ()))
            self.add(branches[chosen], f"{id}{chosen}-")
            beside = self.of.beside(branches[chosen], branches, known) if several else None
            if beside is not None:
                self.parts.append(beside)

    def types(self) -> Iterator[JsonType]:
        named = [named_types(part["type"]) for part in self.parts if "type" in part]
        named += [types_among(part["enum"]) for part in self.parts if "enum" in part]
        named += [types_among([part["const"]]) for part in self.parts if "const" in part]
        if not self.open:
            return
        if not named:
            told = [
                t for t, ks in BY_KEYWORD.items() if any(k in p for p in self.parts for k in ks)
            ]
            options = any(
                are_options(tuple(part[k])) for part in self.parts for k in OPTIONS if k in part
            )
            if told or options:
                yield from told
                if not told:
                    yield "string"
            elif not self.forks:
                yield from (t for t in TYPES if t != "integer")
            return
        if any(fork.chosen is None for fork in self.forks) and not self.asks():
            return
        for type_ in TYPES:
            if all(type_ in among for among in named):
                if type_ == "integer" and all("number" in among for among in named):
                    continue
                yield type_

    def asks(self) -> bool:
        """Tell whether something can be asked here before an alternative was chosen."""
        return any("properties" in part or "$ref" in part for part in self.parts)


def told_by(parts: Iterable[Schema], branches: tuple[Json, ...]) -> str | None:
    """Return the property asked beside alternatives that tells them apart, if any does."""
    asked = {key for part in parts for key in part.get("properties", {})}
    for key in sorted(asked):
        if all(_tells(branch, key) for branch in branches):
            return str(key)
    return None


def _tells(branch: Json, key: str) -> bool:
    inner = branch.get("properties", {}).get(key) if isinstance(branch, Mapping) else None
    return isinstance(inner, Mapping) and bool({"const", "enum"} & inner.keys())


def _each(schema: Schema) -> list[dict[str, Json]]:
    """Return the values that a property may have as options, with the title it has for one."""
    if "const" in schema:
        return [{k: v for k, v in schema.items() if k in ("const", "title", "x-i18n")}]
    return [{"const": value} for value in schema["enum"]]


OPTIONS = ("oneOf", "anyOf")


def are_options(branches: tuple[Json, ...]) -> bool:
    """Tell whether alternatives are no more than values with titles."""
    return bool(branches) and all(
        isinstance(b, Mapping) and ("const" in b or len(b.get("enum", ())) == 1)
        and not b.keys() & {"properties", "required", "items"}
        for b in branches
    )  # fmt: skip


def only_judge(branches: tuple[Json, ...]) -> bool:
    """Tell whether alternatives ask for nothing new: "a phone number or an address"."""
    return all(not isinstance(b, Mapping) or not _brings(b) for b in branches)


def _brings(schema: Schema) -> bool:
    return any(
        key not in ("required", "not", "minProperties", "title", "description", "$comment")
        and (key != "properties" or any(isinstance(p, Mapping) and p for p in schema[key].values()))
        for key in schema
    )


# Kept by identity: a question holds its schema as long as the form is in use. ------------------

KEPT = 256
_kept: OrderedDict[int, Structure] = OrderedDict()
_keeping = Lock()


def structure_of(schema: Schema) -> Structure:
    """Return the structure of a question's schema, made once."""
    with _keeping:
        found = _kept.get(id(schema))
        if found is not None:
            _kept.move_to_end(id(schema))
            return found
    made = Structure(schema)
    with _keeping:
        _kept[id(schema)] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
