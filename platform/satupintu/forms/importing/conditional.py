"""Every way in which a schema asks more where an answer is so, as ``allOf`` of ``if`` and ``then``.

Alternatives that an answer tells apart (the pattern of react-jsonschema-form: ``dependencies``
with ``oneOf``), what depends on an answer, ``else``, and an ``if`` that holds of the unanswered
too. Each is written so that the same answers are accepted, and so that a form can follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from satupintu.conditions.nearest import shown
from satupintu.documents import Json
from satupintu.forms.closed import identity
from satupintu.forms.importing.bounds import Steps
from satupintu.forms.importing.hints import DEEPEST
from satupintu.forms.shape import ANNOTATIONS

SAYS_NOTHING = ANNOTATIONS | {"title", "description", "type"}
ALTERNATIVES = ("oneOf", "anyOf")


class NotSeparable(Exception):
    """What is asked here can't be told apart into questions of their own.

    ``keyword`` stands in the way, or ``name``, a key that no condition can read.
    """

    def __init__(self, keyword: str, name: str | None = None) -> None:
        self.keyword = keyword
        self.name = name
        super().__init__(keyword)

    def told(self, key: str) -> tuple[str, dict[str, str]]:
        """Return the note of it that begins with ``key``, and what fills it."""
        if self.name is not None:
            return f"{key}_name", {"name": shown(self.name)}
        return key, {"keyword": self.keyword}


@dataclass(frozen=True)
class Piece:
    """A condition and what holds where it does."""

    condition: dict[str, Any]
    then: dict[str, Any]


@dataclass(frozen=True)
class Scope:
    """What is known where a schema stands: the answers that are there, the properties declared."""

    target: Callable[[Mapping[str, Json]], Mapping[str, Json]]
    steps: Steps
    given: frozenset[str] = frozenset()
    known: Mapping[str, Json] = field(default_factory=dict)
    deep: int = 0

    def within(self, schema: Mapping[str, Json], *given: str) -> Scope:
        """Return what is known inside a schema that holds, where these answers are there."""
        there = self.given | frozenset(_needed(schema)) | frozenset(given)
        return replace(
            self, given=there, known={**schema.get("properties", {}), **self.known},
            deep=self.deep + 1,
        )  # fmt: skip


def separated(
    schema: Mapping[str, Json],
    target: Callable[[Mapping[str, Json]], Mapping[str, Json]] = dict,
    steps: Steps | None = None,
) -> dict[str, Any]:
    """Return the schema of an object whose conditions all stand in ``allOf``, each ``if`` where
    what it reads is asked. Raises NotSeparable, and TooMuch where ``steps`` do not suffice.

    ``target`` returns what a schema with a reference leads to.
    """
    steps = steps or Steps()
    base, pieces = _split(schema, Scope(target, steps))
    out: dict[str, Any] = dict(base)
    for piece in _by_need(pieces, set(_declared(out))):
        _place(piece, out, set(_declared(out)), steps)
    return out


def _split(schema: Mapping[str, Json], around: Scope) -> tuple[dict[str, Any], list[Piece]]:
    """Return what always holds, and the pieces that hold only sometimes."""
    around.steps.take()
    if around.deep > DEEPEST:
        raise NotSeparable("allOf")
    if "$ref" in schema:
        schema = around.target(schema)
    here = around.within(schema)
    moved = {"allOf", "dependentSchemas", "if", "then", "else"}
    base: dict[str, Any] = {k: v for k, v in schema.items() if k not in moved}
    pieces: list[Piece] = []
    alone = [base.pop(k)[0] for k in ALTERNATIVES if len(base.get(k, ())) == 1]
    for one in [*schema.get("allOf", ()), *alone]:
        if isinstance(one, Mapping):
            inner, more = _split(one, here)
            pieces += more
            if inner:
                base.setdefault("allOf", []).append(inner)
        elif one is False:
            raise NotSeparable("allOf")
    for cause, one in schema.get("dependentSchemas", {}).items():
        if isinstance(one, Mapping):
            pieces += _pieces({"required": [cause]}, one, here.within({}, cause))
        elif one is False:
            raise NotSeparable("dependentSchemas")
    pieces += _of_if(schema, here)
    for keyword in ALTERNATIVES:
        branches = [_opened(one, here) for one in base.get(keyword, ())]
        if any(_brings(one) for one in branches if isinstance(one, Mapping)):
            del base[keyword]
            always, more = _told_apart(keyword, branches, here)
            pieces += more
            if always:
                base.setdefault("allOf", []).append(always)
    return base, pieces


def _opened(branch: Json, here: Scope) -> Json:
    return here.target(branch) if isinstance(branch, Mapping) and "$ref" in branch else branch


def _of_if(schema: Mapping[str, Json], here: Scope) -> Iterator[Piece]:
    if "if" not in schema:
        return
    condition = schema["if"]
    if not isinstance(condition, Mapping) or False in (schema.get("then"), schema.get("else")):
        raise NotSeparable("if")
    said = answered(condition, here.given)
    if isinstance(schema.get("then", True), Mapping):
        yield from _pieces(
            said, schema["then"], here.within({"required": said.get("required", ())})
        )
    if isinstance(schema.get("else", True), Mapping):
        yield from _pieces({"not": said}, schema["else"], here)


def _pieces(condition: dict[str, Any], then: Mapping[str, Json], around: Scope) -> Iterator[Piece]:
    base, pieces = _split(then, around)
    out: dict[str, Any] = dict(base)
    needed = set(condition.get("required", ()))
    if not out and condition.keys() == {"required"} and _all_need(needed, pieces):
        yield from pieces
        return
    for piece in _by_need(pieces, set(_declared(out))):
        out.setdefault("allOf", []).append({"if": piece.condition, "then": piece.then})
    if out:
        yield Piece(condition, out)


def _all_need(names: set[str], pieces: list[Piece]) -> bool:
    return all(names <= set(piece.condition.get("required", ())) for piece in pieces)


def _told_apart(
    keyword: str, branches: list[Json], here: Scope
) -> tuple[dict[str, Any], list[Piece]]:
    """Return alternatives that the listed values of one answer tell apart, as pieces."""
    for key in _shared(branches):
        told = [_values(branch["properties"][key]) for branch in branches]
        every = [v for listed in told for v in listed]
        alike = {identity(v) for v in every}
        needed = key in here.given or all(key in b.get("required", ()) for b in branches)
        if not all(told) or len(alike) < len(every) or not needed:
            continue
        pieces: list[Piece] = []
        for branch, listed in zip(branches, told, strict=True):
            test = {"const": listed[0]} if len(listed) == 1 else {"enum": listed}
            condition = {"properties": {key: test}, "required": [key]}
            then = _without(branch, key)
            if then.keys() - {"title", "description", "type"}:
                pieces += _pieces(condition, then, here.within({}, key))
        return _every(key, every, branches, here), pieces
    raise NotSeparable(keyword)


def _every(key: str, values: list[Json], branches: list[Json], here: Scope) -> dict[str, Any]:
    """Return what holds of the answer that tells alternatives apart: it is one of theirs."""
    narrow: dict[str, Any] = {"enum": values}
    if key not in here.known:
        first = branches[0]["properties"][key]
        alike = [k for k in ("title", "description", "type") if k in first]
        narrow |= {k: first[k] for k in alike
                   if all(b["properties"][key].get(k) == first[k] for b in branches)}  # fmt: skip
    known = _values(here.known.get(key, {}))
    allowed = {identity(v) for v in values}
    out: dict[str, Any] = {}
    if not known or any(identity(v) not in allowed for v in known):
        out["properties"] = {key: narrow}
    if key not in here.given:
        out["required"] = [key]
    return out


def _shared(branches: list[Json]) -> list[str]:
    keys = [b.get("properties", {}).keys() if isinstance(b, Mapping) else set() for b in branches]
    return [key for key in keys[0] if all(key in others for others in keys)] if keys else []


def _values(schema: Json) -> list[Json]:
    if not isinstance(schema, Mapping):
        return []
    if "const" in schema:
        return [schema["const"]]
    listed: Json = schema.get("enum", ())
    options = schema.get("oneOf", schema.get("anyOf", ()))
    if not listed and options and all(isinstance(o, Mapping) and "const" in o for o in options):
        listed = [o["const"] for o in options]
    return list(listed)


def _without(branch: Mapping[str, Json], key: str) -> dict[str, Any]:
    """Return a branch without the values that tell it apart."""
    said = dict(branch["properties"][key])
    listing = {"const", "enum"} if said.keys() & {"const", "enum"} else {"oneOf", "anyOf"}
    left = {k: v for k, v in said.items() if k not in listing | SAYS_NOTHING}
    kept = {k: v for k, v in branch["properties"].items() if k != key}
    out = {k: v for k, v in branch.items() if k != "properties"}
    properties = {**({key: left} if left else {}), **kept}
    return {**out, **({"properties": properties} if properties else {})}


def answered(condition: Mapping[str, Json], given: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return a condition that says itself what it says of the unanswered: ``if`` without
    ``required`` holds of them too. What is ``given`` is always answered.
    """
    if given & condition.get("properties", {}).keys():
        there = given & condition["properties"].keys()
        listed = [*condition.get("required", ()), *sorted(there)]
        condition = {**condition, "required": list(dict.fromkeys(listed))}
    out = dict(condition)
    loose: list[Json] = []
    properties: dict[str, Json] = {}
    for key, one in condition.get("properties", {}).items():
        inner = answered(one) if isinstance(one, Mapping) else one
        if key in condition.get("required", ()):
            properties[key] = inner
        else:
            there = {"properties": {key: inner}, "required": [key]}
            loose.append({"anyOf": [{"not": {"required": [key]}}, there]})
    out.pop("properties", None)
    for keyword in ("allOf", "anyOf", "oneOf"):
        if keyword in out:
            out[keyword] = [
                answered(o, given) if isinstance(o, Mapping) else o for o in out[keyword]
            ]
    if isinstance(out.get("not"), Mapping):
        out["not"] = answered(out["not"], given)
    if isinstance(out.get("contains"), Mapping):
        out["contains"] = answered(out["contains"])
    if properties:
        out["properties"] = properties
    if loose:
        out["allOf"] = [*out.get("allOf", ()), *loose]
    return out if len(out) > 1 or "allOf" not in out or len(out["allOf"]) > 1 else out["allOf"][0]


def _brings(branch: Mapping[str, Json]) -> bool:
    below = [b for k in ("allOf", *ALTERNATIVES) for b in branch.get(k, ())]
    below += [branch.get("then"), branch.get("else"), *branch.get("dependentSchemas", {}).values()]
    return bool(branch.get("properties")) or any(
        isinstance(one, Mapping) and _brings(one) for one in below
    )


def _needed(schema: Mapping[str, Json]) -> Iterator[str]:
    """Yield what must be answered wherever a schema holds."""
    yield from schema.get("required", ())
    for one in schema.get("allOf", ()):
        if isinstance(one, Mapping):
            yield from _needed(one)


def _declared(schema: Mapping[str, Json]) -> Iterator[str]:
    yield from schema.get("properties", ())
    for one in schema.get("allOf", ()):
        if "if" not in one:
            yield from _declared(one)


def marked(condition: Json) -> set[str]:
    """Return the properties at the top whose answers a condition reads."""
    found: set[str] = set()
    if isinstance(condition, Mapping):
        found |= set(condition.get("properties", ()))
        for key in ("allOf", "anyOf", "oneOf"):
            for one in condition.get(key, ()):
                found |= marked(one)
        found |= marked(condition.get("not"))
    return found


def _by_need(pieces: list[Piece], declared: set[str]) -> list[Piece]:
    """Return pieces in an order in which each reads only what an earlier one may declare."""
    left, done, known = list(pieces), [], set(declared)
    while left:
        ready = [p for p in left if marked(p.condition) <= known] or left
        for piece in ready:
            done.append(piece)
            known |= set(_all_declared(piece.then))
        left = [p for p in left if not any(p is one for one in ready)]
    return done


def _all_declared(schema: Mapping[str, Json]) -> Iterator[str]:
    yield from schema.get("properties", ())
    for one in schema.get("allOf", ()):
        yield from _all_declared(one.get("then", one) if "if" in one else one)


def _place(piece: Piece, into: dict[str, Any], declared: set[str], steps: Steps) -> None:
    """Put a piece where what it reads is asked, copied where that is asked in several places."""
    steps.take()
    missing = marked(piece.condition) - declared
    placed = False
    if missing:
        for one in into.get("allOf", ()):
            then = one.get("then") if "if" in one else None
            if then is not None and missing & set(_all_declared(then)):
                _place(piece, then, declared | set(_declared(then)), steps)
                placed = True
    if not placed:
        into.setdefault("allOf", []).append({"if": piece.condition, "then": piece.then})
