"""One value under one schema: the step that judging answers is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem
from satupintu.forms.any_schema.addresses import Addresses
from satupintu.forms.any_schema.parts import Steps
from satupintu.forms.any_schema.sameness import Sameness
from satupintu.forms.sentences import said

MAX_STEPS = 3_000_000
"""Two seconds of work, five where patterns are slow; 20,000 answers take about a tenth of it."""

MAX_NESTED = 288
"""Schemas inside schemas, references followed: four for each of the 64 levels that JSON may have,
as the meta-schema needs, and still far from the end of Python's stack.
"""

MAX_PROBLEMS = 500


@dataclass(slots=True)
class Seen:
    """The keys and items of one value that some schema has looked at (2020-12, section 11)."""

    keys: set[str] = field(default_factory=set)
    items: set[int] = field(default_factory=set)
    everything: bool = False
    """Nobody knows which, as no alternative holds: then nothing is told to be left over."""

    def add(self, other: Seen) -> None:
        """Count in what another schema has looked at."""
        self.keys |= other.keys
        self.items |= other.items
        self.everything |= other.everything


Ask = Callable[["Visit", Json], bool]
"""What a keyword asks: tells whether the visited value holds under the keyword's own value."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A schema as it is visited: the keywords that are read, in the order they are asked."""

    schema: Mapping[str, Json]
    asked: tuple[tuple[Ask, Json], ...]
    weight: int
    looks_back: bool
    """It asks what was not evaluated, so what is evaluated inside it is written down."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A schema and everything that it leads to, ready to be visited."""

    addresses: Addresses
    parts: dict[int, Prepared] = field(default_factory=dict)
    patterns: dict[str, Any] = field(default_factory=dict)
    """Each pattern compiled once: there may be more of them than a cache would hold."""


class Judgement:
    """Answers being judged: how much was asked so far, and what is known to be equal."""

    def __init__(self, ready: Ready) -> None:
        self.ready = ready
        self.sameness = Sameness()
        self.depth = 0
        self._steps = 0
        self._options: dict[int, frozenset[int]] = {}

    def spend(self, steps: int) -> None:
        """Count work that was done. Raises BadDocument where it is too much."""
        self._steps += steps
        if self._steps > MAX_STEPS:
            raise BadDocument(Problem("schemas.too_much"))

    def options(self, values: list[Json]) -> frozenset[int]:
        """Return the numbers of the values of an ``enum``."""
        found = self._options.get(id(values))
        if found is None:
            numbers = (self.sameness.number(value) for value in values)
            found = self._options[id(values)] = frozenset(numbers)
        return found


@dataclass(slots=True)
class Visit:
    """One value under one schema. ``told`` collects the problems, None where only the verdict
    counts; ``seen`` collects what was evaluated, None where nobody asks.
    """

    judgement: Judgement
    schema: Mapping[str, Json]
    value: Json
    path: Steps
    scope: tuple[str, ...]
    told: list[Problem] | None
    seen: Seen | None

    def holds(
        self,
        schema: Json,
        value: Json,
        path: Steps,
        told: list[Problem] | None,
        seen: Seen | None,
    ) -> bool:
        """Tell whether a value holds under another schema, which this one leads to."""
        if isinstance(schema, bool):
            if not schema and told is not None:
                told.append(Problem("schemas.not_foreseen", {}, pointer(path)))
            return schema
        judgement = self.judgement
        prepared = judgement.ready.parts[id(schema)]
        judgement.spend(prepared.weight)
        judgement.depth += 1
        if judgement.depth > MAX_NESTED:
            raise BadDocument(Problem("schemas.too_nested", {"limit": MAX_NESTED}))
        base = judgement.ready.addresses.base(schema)
        scope = self.scope if self.scope[-1:] == (base,) else (*self.scope, base)
        own = Seen() if prepared.looks_back else seen
        visit = Visit(judgement, prepared.schema, value, path, scope, told, own)
        holding = True
        for ask, wanted in prepared.asked:
            if not ask(visit, wanted):
                holding = False
                if told is None:
                    break
        judgement.depth -= 1
        if own is not seen and own is not None and seen is not None:
            judgement.spend(len(own.keys) + len(own.items))
            seen.add(own)
        return holding

    def refuse(self, key: str, at: Steps = (), **params: object) -> bool:
        """Write down a problem, at the value or below it; always False."""
        if self.told is not None and len(self.told) < MAX_PROBLEMS:
            self.judgement.spend(10)
            self.told.append(said(key, pointer((*self.path, *at)), **params))
        return False

    def matches(self, text: str, value: str) -> bool:
        """Tell whether a pattern is found in a text."""
        compiled = self.judgement.ready.patterns[text]
        self.judgement.spend(1 + len(value) * compiled.programsize // 200)  # 5 ns each, measured
        return bool(compiled.search(value))
