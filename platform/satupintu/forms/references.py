"""Local references resolved: one tree in which every part knows where it was written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from satupintu.conditions.nearest import or_nearest, shown
from satupintu.documents import Json, at, pointer
from satupintu.errors import Problem

MAX_PARTS = 20_000
"""References that double grow without end; 1,000 questions of 10 options have 12,000 parts."""

IN_PLACE = (
    *("if", "then", "else", "not", "items", "contains", "additionalProperties", "propertyNames"),
    *("unevaluatedProperties", "unevaluatedItems"),
)
LISTED = ("allOf", "anyOf", "oneOf", "prefixItems")
NAMED = ("properties", "patternProperties", "dependentSchemas")
"""The keywords that hold schemas: one, a list, or by name."""

NO_SCHEMAS = frozenset({"const", "enum", "default", "examples"})
"""The keywords whose values are values, whatever they look like."""

IN_THE_SAME_PLACE = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else"})
"""The keywords whose schemas judge the same value again."""

ABOUT = frozenset({"title", "description", "default", "examples", "$comment"})
"""Beside a reference these, and the x- keywords, replace what the reference brings."""


class Part(dict[str, Json]):
    """One schema of the resolved tree; ``at`` tells where its keywords stand in the document."""

    def __init__(self, values: Mapping[str, Json], where: str, places: Mapping[str, str]) -> None:
        super().__init__(values)
        self.where = where
        self.overlaps: tuple[Problem, ...] = ()
        """What a reference and the words beside it both say: right where it is asked as a whole."""
        self._places = places

    def at(self, *steps: str | int) -> str:
        """Return the JSON pointer of what lies below this part, in the document as written."""
        if not steps:
            return self.where
        first = str(steps[0])
        return self._places.get(first, self.where + pointer([first])) + pointer(steps[1:])

    def locate(self, problem: Problem) -> Problem:
        """Return a problem whose pointer starts at this part, with its place in the document."""
        steps = [s.replace("~1", "/").replace("~0", "~") for s in problem.pointer.split("/")[1:]]
        return replace(problem, pointer=self.at(*steps))


def resolve(document: Mapping[str, Json]) -> tuple[Part, list[Problem]]:
    """Return the tree without ``$ref`` and ``$defs``, and the references that lead nowhere."""
    work = _Resolving(document)
    work.problems += endless(document.get("$defs", {}))
    work.problems += _lost_in_circles(document, work.circles)
    if work.problems:
        return Part({}, "", {}), work.problems
    try:
        return work.part(document, "", ()), work.problems
    except _TooMuch:
        return Part({}, "", {}), [Problem("forms.too_many_parts", {"limit": MAX_PARTS})]


class _TooMuch(Exception):
    pass


class _Resolving:
    def __init__(self, document: Mapping[str, Json]) -> None:
        self.defs: Mapping[str, Json] = document.get("$defs", {})
        self.circles = in_circles(self.defs)
        self.with_questions = _with_questions(self.defs)
        self.whole: list[Problem] | None = None
        """Overlaps of the question at hand, where it may be asked as a whole."""
        self.problems: list[Problem] = []
        self.parts = 0

    def part(self, schema: Mapping[str, Json], where: str, following: tuple[str, ...]) -> Part:
        """Return one schema resolved; ``following`` are the references that led here."""
        self.parts += 1
        if self.parts > MAX_PARTS:
            raise _TooMuch
        if self.whole is not None or not self._is_whole(schema):
            return self._part(schema, where, following)
        self.whole = []
        made = self._part(schema, where, following)
        made.overlaps, self.whole = tuple(self.whole), None
        return made

    def _is_whole(self, schema: Mapping[str, Json]) -> bool:
        """Tell whether a schema is a question without questions in it, by reference or not.

        It is drawn from the document as written, so what stands beside a reference there stays.
        """
        if "x-id" not in schema:
            return False
        inside = any(holds_questions(v) for k, v in schema.items() if k[:2] != "x-")
        return not inside and not set(_references(schema)) & self.with_questions

    def _part(self, schema: Mapping[str, Json], where: str, following: tuple[str, ...]) -> Part:
        found: dict[str, Json] = {}
        places: dict[str, str] = {}
        if "$ref" in schema and self._stays(schema, following):
            found["$ref"] = schema["$ref"]
        elif "$ref" in schema:
            target = self._followed(schema["$ref"], where + "/$ref", following)
            if target is not None:
                found.update(target)
                places.update({key: target.at(key) for key in target})
        for key, value in schema.items():
            if key in ("$ref", "$defs"):
                continue
            if key in found:
                places[key] = where + pointer([key])
                if key not in ABOUT and not key.startswith("x-"):
                    told = self.problems if self.whole is None else self.whole
                    told.append(Problem("forms.ref_overlap", {"key": key}, places[key]))
            found[key] = self._below(key, value, where, following)
        return Part(found, where, places)

    def _below(self, key: str, value: Json, where: str, following: tuple[str, ...]) -> Json:
        if key in IN_PLACE:
            return self._schema(value, f"{where}/{key}", following)
        if key in LISTED:
            return [
                self._schema(item, f"{where}/{key}/{index}", following)
                for index, item in enumerate(value)
            ]
        if key in NAMED:
            return {
                name: self._schema(item, f"{where}/{key}{pointer([name])}", following)
                for name, item in value.items()
            }
        return value

    def _schema(self, value: Json, where: str, following: tuple[str, ...]) -> Json:
        return self.part(value, where, following) if isinstance(value, dict) else value

    def _stays(self, schema: Mapping[str, Json], following: tuple[str, ...]) -> bool:
        """Tell whether a reference is left as it is: it leads into a circle, as trees do.

        A question is opened once, so that its title and type are known.
        """
        name = _name_of(schema["$ref"])
        return name in self.circles and ("x-id" not in schema or name in following)

    def _followed(self, ref: str, where: str, following: tuple[str, ...]) -> Part | None:
        if not ref.startswith("#"):
            self.problems.append(Problem("forms.ref_remote", {"ref": shown(ref)}, where))
            return None
        name = unquote(ref).removeprefix("#/$defs/")
        target = _found(self.defs, ref)
        if target is None:
            key, params = or_nearest("forms.ref_broken", name or ref, self.defs)
            self.problems.append(Problem(key, {**params, "ref": shown(ref)}, where))
            return None
        if name in following:
            circle = " → ".join((*following[following.index(name) :], name))
            self.problems.append(Problem("forms.ref_circle", {"circle": shown(circle)}, where))
            return None
        found = self._schema(target, unquote(ref)[1:], (*following, name))
        if isinstance(found, Part):
            return found
        self.problems.append(Problem("forms.ref_not_a_part", {"ref": shown(ref)}, where))
        return None


def _found(defs: Mapping[str, Json], ref: str) -> Json:
    """Return what a reference into the definitions leads to, None where to nothing."""
    try:
        return at({"$defs": defs}, unquote(ref)[1:]) if ref.startswith("#/$defs/") else None
    except KeyError:
        return None


def _lost_in_circles(document: Mapping[str, Json], circles: Collection[str]) -> Iterator[Problem]:
    """Yield the references that lead nowhere in what is left as it is written."""
    defs = document.get("$defs", {})
    for name in sorted(circles):
        for where, part in _mappings(defs[name], f"/$defs{pointer([name])}"):
            ref = part.get("$ref")
            if isinstance(ref, str) and _found(defs, ref) is None:
                key, params = or_nearest("forms.ref_broken", _name_of(ref) or ref, defs)
                yield Problem(key, {**params, "ref": shown(ref)}, f"{where}/$ref")


def in_circles_as_written(document: Mapping[str, Json]) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """Yield the schemas of definitions in circles, which the resolved tree may not hold."""
    defs = document.get("$defs", {})
    for name in sorted(in_circles(defs)):
        yield from _mappings(defs[name], f"/$defs{pointer([name])}")


def _mappings(value: Json, where: str) -> Iterator[tuple[str, Mapping[str, Json]]]:
    pending = [(where, value)]
    while pending:
        at_, part = pending.pop()
        if isinstance(part, Mapping):
            yield at_, part
            pending += [
                (at_ + pointer([k]), v)
                for k, v in part.items()
                if _may_hold_schemas(k) and k[:2] != "x-"
            ]
        elif isinstance(part, list):
            pending += [(f"{at_}/{n}", v) for n, v in enumerate(part)]


def _with_questions(defs: Mapping[str, Json]) -> frozenset[str]:
    """Return the definitions that hold questions, by reference or not."""
    found = {name for name, schema in defs.items() if holds_questions(schema)}
    leads = {name: set(_references(schema)) for name, schema in defs.items()}
    while more := {n for n, to in leads.items() if n not in found and to & found}:
        found |= more
    return frozenset(found)


def endless(defs: Mapping[str, Json]) -> Iterator[Problem]:
    """Yield the circles that no answer brings to an end: through no property and no row, or with
    questions in them, which would have no name of their own.
    """
    questions = {name for name, schema in defs.items() if holds_questions(schema)}
    for name in sorted(in_circles(defs, IN_THE_SAME_PLACE) | (in_circles(defs) & questions)):
        circle = " → ".join(_circle(defs, name))
        yield Problem("forms.ref_circle", {"circle": shown(circle)}, f"/$defs{pointer([name])}")


def _circle(defs: Mapping[str, Json], start: str) -> list[str]:
    """Return the shortest way from a definition back to it."""
    ways = [[start]]
    for way in ways:
        for name in sorted(set(_references(defs[way[-1]])) & defs.keys()):
            if name == start:
                return [*way, start]
            if all(name not in other for other in ways):
                ways.append([*way, name])
    return [start]


def holds_questions(schema: Json) -> bool:
    """Return whether a schema is a question, one with an ``x-id``, or holds any."""
    pending = [schema]
    while pending:
        part = pending.pop()
        if isinstance(part, Mapping):
            if isinstance(part.get("x-id"), str):  # and no property of that name
                return True
            pending.extend(v for k, v in part.items() if _may_hold_schemas(k))
        elif isinstance(part, list):
            pending.extend(part)
    return False


def in_circles(defs: Mapping[str, Json], through: frozenset[str] | None = None) -> frozenset[str]:
    """Return the definitions that lead back to themselves, by any keyword or ``through`` some."""
    leads = {
        name: frozenset(_references(schema, through)) & defs.keys() for name, schema in defs.items()
    }
    reached: dict[str, set[str]] = {name: set(nexts) for name, nexts in leads.items()}
    changed = True
    while changed:
        changed = False
        for known in reached.values():
            more = {far for near in known for far in reached[near]} - known
            if more:
                known |= more
                changed = True
    return frozenset(name for name, known in reached.items() if name in known)


def _references(schema: Json, through: frozenset[str] | None = None) -> Iterator[str]:
    pending = [schema]
    while pending:
        part = pending.pop()
        if isinstance(part, Mapping):
            if isinstance(part.get("$ref"), str):
                yield _name_of(part["$ref"])
            followed = through if through is not None else filter(_may_hold_schemas, part)
            pending.extend(part[k] for k in followed if k in part)
            if through is not None:
                pending.extend(part.get("dependentSchemas", {}).values())
        elif isinstance(part, list):
            pending.extend(part)


def _may_hold_schemas(key: str) -> bool:
    """Tell whether what stands under a key is read: not values, nor what an import set aside."""
    return key not in NO_SCHEMAS and not key.startswith("import:")


def _name_of(reference: str) -> str:
    """Return the definition that a reference leads into, an empty text where into none."""
    head, _, rest = unquote(reference).partition("#/$defs/")
    return "" if head else rest.partition("/")[0].replace("~1", "/").replace("~0", "~")
