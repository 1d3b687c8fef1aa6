"""durable_rules at work: assert one fact, walk what fired, retract it."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

import durable_rules_engine as durable

from satupintu.conditions.ast import Condition
from satupintu.conditions.meaning import holds
from satupintu.conditions.types import FactTypes
from satupintu.conditions.values import Facts
from satupintu.errors import Problem, Unavailable
from satupintu.rules.collect import collect_rules
from satupintu.rules.decision import Decision
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.execute.compile import Pass, compile_rules
from satupintu.rules.readings.execute.network import CATCH_ALL, Network
from satupintu.rules.readings.execute.predicates import Indicator, scalar
from satupintu.rules.readings.literals import is_true, subject
from satupintu.rules.readings.remembered import Remembered

MATCHED, NOTHING_MATCHED = 0, 1

# One state and one fact for ever: the engine knows both by a 32-bit hash, and a new one for each case
# would leak and one day collide.
IDENTITY = '"sid":"0","id":"0"'


class EngineTrouble(Unavailable):
    """The engine gave no answer to rely on; a person decides where the case goes."""

    def __init__(self, what: str, detail: str = "") -> None:
        self.what = what
        super().__init__(Problem(f"rules.engine_{what}", {"detail": detail}))


class Engine:
    """A rule set, compiled and loaded; threads may share it, one decides at a time."""

    def __init__(self, ruleset: RuleSet) -> None:
        program = compile_rules(ruleset)
        self.ruleset = ruleset
        self._first_rule = program.first_rule
        self._always = program.always
        self._facts = {fact.id: fact for fact in ruleset.facts}
        self._cases = program.cases
        self._lock = Lock()
        self._closed = False
        self._program = program
        self._passes = self._load()

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
            self._closed = True
            for _, loaded in self._passes:
                for network in loaded:
                    network.close()
            self._passes = []

    def _load(self) -> list[tuple[Pass, list[_Loaded]]]:
        types = self.ruleset.types
        return [
            (step, [_Loaded(network, types) for network in step.networks])
            for step in self._program.passes
        ]

    def _run(self, facts: Facts) -> tuple[list[int], dict[str, str]]:
        with self._lock:
            if self._closed:
                raise EngineTrouble("closed")
            try:
                concluded, derived = self._conclude(facts)
            except EngineTrouble:
                # What a failed walk left behind cannot be taken back: start afresh, leave the old.
                self._passes = self._load()
                raise
        first = self._first_rule
        in_order = {fact: derived[fact] for fact in self._facts}
        return sorted([n for n in concluded if n >= first]), in_order

    def _conclude(self, facts: Facts) -> tuple[set[int], dict[str, str]]:
        concluded = set(self._always)
        derived: dict[str, str] = {}
        known: Mapping[str, Any] = facts
        for step, loaded in self._passes:
            for network in loaded:
                network.conclude(known, concluded)
            if step.settles:
                for fact in step.settles:
                    derived[fact] = self._value(fact, concluded)
                known = {**facts, **derived}
        return concluded, derived

    def _value(self, name: str, concluded: set[int]) -> str:
        fact, cases = self._facts[name], self._cases[name]
        for case, conclusion in zip(fact.cases, cases, strict=True):
            if conclusion in concluded:
                return case.value
        return fact.otherwise


class _Loaded:
    """One network inside the engine, with what turns facts into the fact that it is sent."""

    def __init__(self, network: Network, types: FactTypes) -> None:
        self._rules = network.rules
        self._name = slice(2, 2 + network.width)
        tables, self._plainly = _encoding(network, types)
        self._tables = tuple(tables.items())
        self._handle = durable.create_ruleset("satupintu", network.definition)
        # A state that never fired cannot be deleted without a crash: the catch-all fires once, now.
        self._walk(f'{{{IDENTITY},"{CATCH_ALL}":1}}')

    def conclude(self, facts: Mapping[str, Any], concluded: set[int]) -> None:
        """Add every conclusion that follows from ``facts``."""
        answer = facts.get
        text = "".join([table[answer(name)] for name, table in self._tables])
        for literal, key in self._plainly:
            if holds(literal, facts) is True:
                text += f',"{key}":1'
        rules = self._rules
        for name in self._walk(f"{{{IDENTITY}{text}}}"):
            concluded.update(rules[name])

    def _walk(self, message: str) -> list[str]:
        handle, name = self._handle, self._name
        try:
            result, state = durable.assert_fact(handle, message)
            if result == NOTHING_MATCHED:
                return []
            if result != MATCHED:
                raise EngineTrouble("failed", f"assert: {result}")
            fired = []
            action = durable.start_action_for_state(handle, state)
            messages = None if action is None else action[1]
            while messages is not None:
                fired.append(messages[name])
                messages = durable.complete_and_start_action(handle, state)
            durable.retract_fact(handle, f"{{{IDENTITY}}}")
        except (durable.error, MemoryError) as e:
            raise EngineTrouble("failed", str(e)) from e
        return fired

    def close(self) -> None:
        durable.delete_state(self._handle, "0")
        durable.delete_ruleset(self._handle)


def _encoding(
    network: Network, types: FactTypes
) -> tuple[dict[str, Remembered[str]], list[tuple[Condition, str]]]:
    """Return what each value of each fact adds to the JSON, and what only the meaning can tell."""
    own: dict[str, str] = {}
    indicators: dict[str, list[tuple[Condition, str]]] = {}
    plainly = []
    for keyed, key in network.keys.items():
        match keyed:
            case str():
                own[keyed] = key
            case Indicator(literal):
                name = subject(literal)
                if name is None:
                    plainly.append((literal, key))
                else:
                    indicators.setdefault(name, []).append((literal, key))
    return {
        name: _table(name, own.get(name), indicators.get(name, []), types)
        for name in dict.fromkeys([*own, *indicators])
    }, plainly


def _table(
    name: str, own: str | None, indicators: list[tuple[Condition, str]], types: FactTypes
) -> Remembered[str]:
    kind = types[name]

    def adds(value: Any) -> str:
        number = None if own is None else scalar(value, kind)
        text = "" if number is None else f',"{own}":{number}'
        true = [key for literal, key in indicators if is_true(literal, value)]
        return text + "".join(f',"{key}":1' for key in true)

    return Remembered(adds)
