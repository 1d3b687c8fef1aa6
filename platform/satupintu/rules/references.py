"""What a rule set may name, and what to say where it names anything else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from satupintu.conditions import cel, normal
from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.nearest import or_nearest
from satupintu.conditions.types import FactTypes
from satupintu.errors import BadDocument, Problem

Agencies = Mapping[str, Collection[str]]
"""Agency code to the ids of its services."""


@dataclass(frozen=True)
class References:
    """Everything a rule set may name; where agencies or laws are None, any goes."""

    types: FactTypes
    flags: Collection[str]
    agencies: Agencies | None
    laws: Collection[str] | None

    def agency(self, code: str, where: str) -> Iterator[Problem]:
        """Tell of an agency that does not exist."""
        if self.agencies is not None and code not in self.agencies:
            yield unknown("rules.agency_unknown", code, self.agencies, where)

    def service(self, agency: str, service: str, where: str) -> Iterator[Problem]:
        """Tell of an agency or service that does not exist; ``where`` holds both."""
        yield from self.agency(agency, f"{where}/agency")
        offered = None if self.agencies is None else self.agencies.get(agency)
        if offered is not None and service not in offered:
            problem = unknown("rules.service_unknown", service, offered, f"{where}/service")
            yield Problem(problem.key, {**problem.params, "agency": agency}, problem.pointer)

    def law(self, basis: str, where: str) -> Iterator[Problem]:
        """Tell of a law that the legal basis lacks; an article after a colon is not looked up."""
        law = basis.partition(":")[0]
        if self.laws is not None and law not in self.laws:
            yield unknown("rules.law_unknown", law, self.laws, where)

    def flag(self, flag: str, where: str) -> Iterator[Problem]:
        """Tell of a flag that the rule set does not define."""
        if flag not in self.flags:
            yield unknown("rules.flag_unknown", flag, self.flags, where)


def condition(text: str, types: FactTypes, where: str, problems: list[Problem]) -> Condition:
    """Read one condition; what is wrong is added to ``problems`` and it is then just true."""
    try:
        read: Condition = cel.read(text, types)
        normal.check_width(read)
    except BadDocument as e:
        problems.extend(p.under(where) for p in e.problems)
        return TRUE
    return read


def unknown(key: str, name: str, known: Iterable[str], where: str) -> Problem:
    """Return a problem that names the nearest of what is known, where there is one."""
    return Problem(*or_nearest(key, name, known), where)


def repeated(ids: Iterable[str], where: str) -> Iterator[Problem]:
    """Tell of every id that stands a second time; ``where`` points at the list."""
    seen: set[str] = set()
    for place, one in enumerate(ids):
        if one in seen:
            yield Problem("rules.id_repeated", {"id": one}, f"{where}/{place}/id")
        seen.add(one)
