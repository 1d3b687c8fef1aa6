"""What a form may say where: four things that a validator taught us.

An ``if`` without ``required`` holds of everything unanswered. An ``else`` fires on the unanswered
too (the meta-schema refuses it). An ``if`` marks what it reads as evaluated, so it would let an
answer pass to a question that was not asked: a condition on a conditional question stands inside
that question's own ``then``. And a subschema without ``x-id`` only tightens what is declared.
"""

from __future__ import annotations

from collections.abc import Iterator

from satupintu.conditions.nearest import or_nearest
from satupintu.errors import Problem
from satupintu.forms.declarations import Declarations, Under
from satupintu.forms.references import Part


def problems(found: Declarations) -> list[Problem]:
    """Return every declaration, tightening, requirement and condition that stands out of scope."""
    scope = _Scope(found)
    return [
        *scope.declared(),
        *scope.conditions(),
        *scope.tightened(),
        *scope.required(),
    ]


class _Scope:
    def __init__(self, found: Declarations) -> None:
        self.found = found
        self.homes: dict[str, list[frozenset[str]]] = {}
        for one in found.declared:
            self.homes.setdefault(one.name, []).append(_identities(one.under))

    def asked_in(self, name: str, under: tuple[Under, ...]) -> bool:
        """Tell whether the question is asked wherever these conditions hold."""
        here = _identities(under)
        return any(home <= here for home in self.homes[name])

    def declared(self) -> Iterator[Problem]:
        first: dict[str, Part] = {}
        by_id: dict[str, str] = {}
        earlier: dict[str, list[frozenset[str]]] = {}
        for one in self.found.declared:
            home = _identities(one.under)
            known = first.setdefault(one.name, one.part)
            if known is not one.part and known != one.part:
                yield Problem("forms.question_differs", {"name": one.name}, one.part.where)
            elif any(home <= other or other <= home for other in earlier.get(one.name, ())):
                yield Problem("forms.question_twice", {"name": one.name}, one.part.where)
            earlier.setdefault(one.name, []).append(home)
            other = by_id.setdefault(one.part["x-id"], one.name)
            if other != one.name:
                params = {"x_id": one.part["x-id"], "other": other}
                yield Problem("forms.x_id_twice", params, one.part.at("x-id"))

    def conditions(self) -> Iterator[Problem]:
        for this, enclosing in self.found.ifs:
            yield from _without_required(this.condition)
            for name in sorted(this.marks() & self.homes.keys()):
                if not self.asked_in(name, enclosing):
                    where = this.condition.where
                    yield Problem("forms.condition_out_of_scope", {"name": name}, where)

    def tightened(self) -> Iterator[Problem]:
        for one in self.found.tightened:
            if one.name not in self.homes:
                yield Problem("forms.x_id_missing", {"name": one.name}, one.part.where)
            elif not self.asked_in(one.name, one.under):
                yield Problem("forms.tightened_out_of_scope", {"name": one.name}, one.part.where)

    def required(self) -> Iterator[Problem]:
        for one in self.found.required:
            if one.name not in self.homes:
                key, params = or_nearest("forms.question_unknown", one.name, self.homes)
                yield Problem(key, params, one.where)
            elif not self.asked_in(one.name, one.under):
                yield Problem("forms.required_not_asked", {"name": one.name}, one.where)


def _identities(under: tuple[Under, ...]) -> frozenset[str]:
    return frozenset(u.identity for u in under)


def _without_required(part: Part) -> Iterator[Problem]:
    for key, below in part.get("properties", {}).items():
        if key not in part.get("required", ()):
            yield Problem("forms.if_without_required", {"name": key}, part.at("properties", key))
        if isinstance(below, Part):
            yield from _without_required(below)
            if isinstance(below.get("contains"), Part):
                yield from _without_required(below["contains"])
    for keyword in ("allOf", "anyOf", "oneOf"):
        for below in part.get(keyword, ()):
            if isinstance(below, Part):
                yield from _without_required(below)
    if isinstance(part.get("not"), Part):
        yield from _without_required(part["not"])
