"""When each question is asked and must be answered, and what a computed answer hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from satupintu.conditions import computed
from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.computed import Computed
from satupintu.conditions.meaning import holds
from satupintu.conditions.names import facts_of
from satupintu.conditions.normal import MAX_WIDTH, all_of, any_of, width
from satupintu.conditions.schema import from_schema
from satupintu.conditions.types import FactType, FactTypes, Rows, Text
from satupintu.errors import BadDocument, Problem
from satupintu.forms.declarations import Declarations, Declared, Under
from satupintu.forms.questions.kinds import only_shown
from satupintu.forms.references import Part


@dataclass(frozen=True)
class If:
    """One ``if`` as it was read, with its place; ``around`` is what encloses it."""

    where: str
    condition: Condition
    around: Condition


class When:
    """The conditions of one form, each read once; ``types`` has every answer by its full name.

    Inside a repeated group a name is ``rows.field``: the row at hand stands for its group.
    """

    def __init__(self, found: Declarations, types: FactTypes) -> None:
        self.types = types
        self._found: list[Problem] = []
        self._places = {one.name: one.part.where for one in found.declared}
        self._unders: dict[str, list[tuple[Under, ...]]] = {}
        for one in found.declared:
            self._unders.setdefault(one.name, []).append(one.under)
        self._required: dict[str, list[tuple[Under, ...]]] = {}
        for required in found.required:
            self._required.setdefault(required.name, []).append(required.under)
        self._reads: dict[str, frozenset[str]] = {}
        self._computed_at: dict[str, str] = {}
        self._computed: dict[str, Computed] = {}
        self._read: dict[str, Condition] = {}
        self._ifs = found.ifs
        for this, _ in found.ifs:
            self._condition(this)

    def asked(self, name: str) -> Condition:
        """Return where the question is asked: all that encloses it; any, if declared repeatedly."""
        return any_of(self._all(under) for under in self._unders[name])

    def required(self, name: str) -> Condition | None:
        """Return where it must be answered, None where it never must."""
        unders = self._required.get(name)
        return None if unders is None else any_of(self._all(under) for under in unders)

    def cause(self, name: str) -> Condition | None:
        """Return the innermost condition alone, None where no answer made the question appear: it
        is always asked, or from the beginning.
        """
        inner = [self._condition(under[-1]) for under in self._unders[name] if under]
        cause = any_of(inner) if inner else None
        return None if cause is None or holds(cause, {}) else cause

    def holds_under(self, under: tuple[Under, ...]) -> Condition:
        """Return where everything that encloses a part is true."""
        return self._all(under)

    def computed(self, one: Declared, fact_type: FactType) -> Computed | None:
        """Return how an answer is computed, None where a person gives it."""
        if "x-computed" not in one.part:
            return self.constant(one.part, fact_type)
        where = one.part.at("x-computed")
        try:
            found = computed.read(one.part["x-computed"], self.types, result=fact_type)
        except BadDocument as e:
            self._found.extend(p.under(where) for p in e.problems)
            return None
        for name in sorted(found.reads()):
            rows = self._rows_around(name)
            if rows and not one.name.startswith(f"{rows}."):
                params = {"name": name, "rows": rows}
                self._found.append(Problem("forms.computed_reads_rows", params, where))
        self._reads[one.name] = found.reads() | facts_of(self.asked(one.name))
        self._computed_at[one.name] = where
        self._computed[where] = found
        return found

    def _rows_around(self, name: str) -> str:
        """Return the innermost repeated group that a question stands in, nothing outside of any."""
        parts = name.split(".")
        above = (".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
        return next((n for n in above if isinstance(self.types.get(n), Rows | Text)), "")

    def constant(self, part: Part, fact_type: FactType) -> Computed | None:
        """Return a constant that nobody is asked for, hidden or only shown, as the answer that it
        always is; None for anything else.
        """
        shown = only_shown(part)
        if shown is not None:
            return computed.constant(shown, fact_type)
        hidden = part.get("x-ui", {}).get("widget") == "hidden"
        return computed.constant(part["const"]) if hidden and "const" in part else None

    def ifs(self) -> Iterator[If]:
        """Yield every ``if`` with what encloses it."""
        for this, around in self._ifs:
            yield If(this.condition.where, self._condition(this), self._all(around))

    def cases(self) -> Iterator[tuple[str, tuple[Condition, ...]]]:
        """Yield the conditions of each computed answer's cases, with the place of the cases."""
        for where, found in self._computed.items():
            yield f"{where}/cases", tuple(case.when for case in found.cases)

    def problems(self) -> Iterator[Problem]:
        """Yield what was wrong with any condition or computed answer, once all were asked for."""
        yield from self._found
        for name in self._unders:
            wide = width(self.asked(name))
            if wide > MAX_WIDTH:
                params = {"name": name, "width": wide, "limit": MAX_WIDTH}
                yield Problem("forms.condition_too_wide", params, self._places[name])
        try:
            TopologicalSorter(
                {name: reads & self._reads.keys() for name, reads in self._reads.items()}
            ).prepare()
        except CycleError as e:
            circle: list[str] = e.args[1]
            params = {"circle": " → ".join(circle)}
            yield Problem("forms.computed_circle", params, self._computed_at[circle[0]])

    def _all(self, under: tuple[Under, ...]) -> Condition:
        return all_of(self._condition(one) for one in under)

    def _condition(self, one: Under) -> Condition:
        if one.identity not in self._read:
            try:
                read = from_schema(one.condition, self.types, prefix=one.prefix.rstrip("."))
            except BadDocument as e:
                self._found.extend(one.condition.locate(p) for p in e.problems)
                read = TRUE
            self._read[one.identity] = read
        return self._read[one.identity]
