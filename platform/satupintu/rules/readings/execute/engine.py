"""A rule set on durable_rules: facts in, decision out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import getitem
from threading import Lock
from typing import Any

from satupintu.conditions.ast import Condition
from satupintu.conditions.meaning import holds
from satupintu.conditions.types import FactTypes
from satupintu.conditions.values import Facts
from satupintu.rules.collect import collect_rules
from satupintu.rules.decision import Decision
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.execute.compile import compile_rules
from satupintu.rules.readings.execute.host import Definition, Host, LocalHost
from satupintu.rules.readings.execute.network import Network
from satupintu.rules.readings.execute.predicates import Indicator, scalar
from satupintu.rules.readings.execute.trouble import EngineTrouble
from satupintu.rules.readings.literals import is_true, subject
from satupintu.rules.readings.remembered import Remembered


class Engine:
    """A rule set, compiled and loaded; threads may share it, one decides at a time."""

    def __init__(
        self, ruleset: RuleSet, host: Callable[[Sequence[Definition]], Host] = LocalHost
    ) -> None:
        program = compile_rules(ruleset)
        networks = [network for step in program.passes for network in step.networks]
        encoded = iter([_Encoded(n, net, ruleset.types) for n, net in enumerate(networks)])
        self.ruleset = ruleset
        self._passes = tuple(
            (tuple(next(encoded) for _ in step.networks), step.settles) for step in program.passes
        )
        self._facts = {fact.id: fact for fact in ruleset.facts}
        self._cases = program.cases
        self._first_rule = program.first_rule
        self._always = program.always
        self._lock = Lock()
        self._host: Host | None = host([Definition(n.definition, n.width) for n in networks])

    def decide(self, facts: Facts) -> Decision:
        """Return the decision for ``facts``. Raises EngineTrouble where the engine fails."""
        fired, derived = self._run(facts)
        rules, first = self.ruleset.rules, self._first_rule
        return collect_rules([rules[n - first] for n in fired], derived)

    def fired(self, facts: Facts) -> tuple[list[str], dict[str, str]]:
        """Return the ids of the rules whose condition is true, in order, and the derived facts."""
        fired, derived = self._run(facts)
        rules, first = self.ruleset.rules, self._first_rule
        return [rules[n - first].id for n in fired], derived

    def close(self) -> None:
        """Give back what the engine holds; deciding afterwards is EngineTrouble."""
        with self._lock:
            host, self._host = self._host, None
            if host is not None:
                host.close()

    def _run(self, facts: Facts) -> tuple[list[int], dict[str, str]]:
        concluded = set(self._always)
        settled: dict[str, str] = {}
        known: Mapping[str, Any] = facts
        with self._lock:
            host = self._host
            if host is None:
                raise EngineTrouble("closed")
            for networks, settles in self._passes:
                for network in networks:
                    for name in host.fired(network.place, network.properties(known)):
                        concluded.update(network.rules[name])
                if settles:
                    settled.update((fact, self._value(fact, concluded)) for fact in settles)
                    known = {**facts, **settled}
        first = self._first_rule
        derived = {fact: settled[fact] for fact in self._facts}
        return sorted([n for n in concluded if n >= first]), derived

    def _value(self, name: str, concluded: set[int]) -> str:
        fact, conclusions = self._facts[name], self._cases[name]
        for case, conclusion in zip(fact.cases, conclusions, strict=True):
            if conclusion in concluded:
                return case.value
        return fact.otherwise


class _Encoded:
    """What turns facts into the properties that one network knows."""

    def __init__(self, place: int, network: Network, types: FactTypes) -> None:
        self.place = place
        self.rules = network.rules
        own: dict[str, str] = {}
        indicators: dict[str, list[tuple[Condition, str]]] = {}
        self._plainly: list[tuple[Condition, str]] = []
        for keyed, key in network.keys.items():
            match keyed:
                case str():
                    own[keyed] = key
                case Indicator(literal):
                    name = subject(literal, types)
                    of_fact = self._plainly if name is None else indicators.setdefault(name, [])
                    of_fact.append((literal, key))
        self._names = tuple(dict.fromkeys([*own, *indicators]))
        self._tables = tuple(
            _adds(types, name, own.get(name), indicators.get(name, [])) for name in self._names
        )

    def properties(self, facts: Mapping[str, Any]) -> str:
        """Return what the engine is told of ``facts``: JSON properties, a comma before each."""
        text = "".join(map(getitem, self._tables, map(facts.get, self._names)))
        for literal, key in self._plainly:
            if holds(literal, facts) is True:
                text += f',"{key}":1'
        return text


def _adds(
    types: FactTypes, name: str, own: str | None, indicators: list[tuple[Condition, str]]
) -> Remembered[str]:
    """Return the properties that each value of one fact adds."""
    kind = types[name]

    def adds(value: Any) -> str:
        number = None if own is None else scalar(value, kind)
        text = "" if number is None else f',"{own}":{number}'
        true = [key for literal, key in indicators if is_true(literal, value)]
        return text + "".join(f',"{key}":1' for key in true)

    return Remembered(adds)
