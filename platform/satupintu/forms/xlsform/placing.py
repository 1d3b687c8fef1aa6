"""Where in a form's schema a conditional question stands, so that its validator agrees.

A condition on a question that is itself conditional is nested in that question's own ``then``
(``forms.scope`` says why). So the homes of a question are branches of a tree; where a condition
also holds of a question that is not asked, there is a second home for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from satupintu.conditions.as_schema import to_schema
from satupintu.conditions.ast import FALSE, TRUE, And, Condition, Or
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import all_of, alternatives, any_of, simplify, width
from satupintu.documents import Json
from satupintu.forms.xlsform.two_valued import refuted, tidy, unanswered
from satupintu.forms.xlsform.xpath import Unsayable

MAX_BRANCHES = 900
MAX_WIDTH = 64
MAX_NESTED = 9
"""Conditions inside conditions that a form document has room for (``forms.shape.MAX_DEPTH``)."""


@dataclass(eq=False)
class Branch:
    """One ``if`` with what its ``then`` declares, requires and tightens; the root has none."""

    condition: Condition = TRUE
    parent: Branch | None = None
    properties: dict[str, Json] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    tightened: list[tuple[str, Json]] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)

    def within(self) -> Iterator[Branch]:
        """Yield this branch and all around it."""
        here: Branch | None = self
        while here is not None:
            yield here
            here = here.parent

    @property
    def around(self) -> Condition:
        """All that must hold for this branch to count."""
        return simplify(all_of(b.condition for b in reversed([*self.within()])))

    def emit(self, prefix: str) -> dict[str, Json]:
        """Return the keywords that say all this, in a group or row whose names have a prefix."""
        said: dict[str, Json] = {}
        properties = dict(self.properties)
        apart: list[Json] = []
        for name, keywords in self.tightened:
            if name in properties:
                apart.append({"properties": {name: keywords}})
            else:
                properties[name] = keywords
        if properties:
            said["properties"] = properties
        if self.required:
            said["required"] = self.required
        for branch in self.branches:
            then = branch.emit(prefix)
            if then:
                apart.append({"if": to_schema(branch.condition, prefix), "then": then})
        if apart:
            said["allOf"] = apart
        return said


class Placing:
    """The branches of one object: of all answers, of a group or of one row of a repeated group."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.root = Branch()
        self.outer = 0
        """How deep the object itself stands inside conditions and other objects."""
        self.homes: dict[str, list[Branch]] = {}
        self.defined: dict[str, Json] = {}
        """Questions with several homes, to be written once under ``$defs``."""
        self._count = 0

    def declare(self, name: str, schema: Json, homes: Sequence[Branch]) -> None:
        """Put a question into its homes."""
        self.homes[name] = list(homes)
        if len(homes) > 1:
            key = name.replace(".", "_")[:64]
            self.defined[key] = schema
            schema = {"$ref": f"#/$defs/{key}"}
        for home in homes:
            home.properties[self._key(name)] = schema

    def require(self, name: str, condition: Condition = TRUE) -> None:
        """Let a question need an answer wherever it is asked and a condition holds."""
        for home in self.homes[name]:
            for branch in self.under(condition, home):
                if self._key(name) not in branch.required:
                    branch.required.append(self._key(name))

    def tighten(self, name: str, keywords: Mapping[str, Json], condition: Condition) -> None:
        """Narrow the answer to a question where a condition holds."""
        for home in self.homes[name]:
            for branch in self.under(condition, home):
                if (self._key(name), keywords) not in branch.tightened:
                    branch.tightened.append((self._key(name), dict(keywords)))

    def homes_of(self, conditions: Iterable[Condition]) -> list[Branch]:
        """Return where a question belongs that is asked where all these conditions hold, each
        inside the one before. Raises Unsayable.
        """
        found = [self.root]
        for condition in conditions:
            found = [b for home in found for b in self.under(condition, home)]
        return _outermost(found)

    def under(self, condition: Condition, home: Branch) -> list[Branch]:
        """Return the branches below ``home`` in which a condition holds. Raises Unsayable."""
        try:
            to_schema(condition, self.prefix)
        except ValueError as e:
            raise Unsayable("outside") from e
        if width(condition) > MAX_WIDTH:
            raise Unsayable("wide")
        before = self._count
        try:
            return _outermost(self._under(condition, home))
        except Unsayable:
            if isinstance(condition, Or):
                raise
            parts = [all_of(literals) for literals in alternatives(condition)]
            if len(parts) < 2 or self._count > before + MAX_BRANCHES:
                raise
            return _outermost([b for part in parts for b in self._under(part, home)])

    def _under(self, condition: Condition, home: Branch) -> list[Branch]:
        known = {p for b in home.within() for p in _parts(b.condition)}
        condition = tidy(all_of(p for p in _parts(simplify(condition)) if p not in known))
        if condition == FALSE:
            return []
        here = frozenset(home.within())
        away = [n for n in sorted(facts_of(condition)) if not self._asked_in(n, here)]
        if not away:
            return [home if condition == TRUE else self._child(home, condition)]
        if isinstance(condition, Or):
            return [b for part in condition.conditions for b in self._under(part, home)]
        name = min(away, key=lambda n: min(len([*h.within()]) for h in self._homes(n)))
        below = [h for h in self._homes(name) if home in h.within()]
        if len(below) < len(self._homes(name)):
            raise Unsayable("apart", name=name.rpartition(".")[2])
        found = [b for h in below for b in self._under(condition, h)]
        left = unanswered(condition, name)
        sure = set(_parts(left))
        if left != FALSE and not any(sure >= set(_parts(h.around)) for h in below):
            unasked = refuted(any_of(h.around for h in below))
            found += self._under(all_of((unasked, left)), home)
        return found

    def _asked_in(self, name: str, here: frozenset[Branch]) -> bool:
        return any(home in here for home in self._homes(name))

    def _homes(self, name: str) -> list[Branch]:
        """Return where a question is declared; of one inside a group, where the group is."""
        while name not in self.homes and "." in name:
            name = name.rpartition(".")[0]
        if not self.homes.get(name):
            raise Unsayable("outside")
        return self.homes[name]

    def _child(self, home: Branch, condition: Condition) -> Branch:
        for branch in home.branches:
            if branch.condition == condition:
                return branch
        if len([*home.within()]) + self.outer > MAX_NESTED:
            raise Unsayable("deep")
        self._count += 1
        if self._count > MAX_BRANCHES:
            raise Unsayable("wide")
        branch = Branch(condition, home)
        home.branches.append(branch)
        return branch

    def _key(self, name: str) -> str:
        return name.removeprefix(self.prefix)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.conditions if isinstance(condition, And) else (condition,)


def _outermost(branches: list[Branch]) -> list[Branch]:
    """Return branches without repeats and without those inside another one."""
    once = list(dict.fromkeys(branches))
    return [b for b in once if not any(o is not b and o in b.within() for o in once)]
