"""One durable_rules rule set: conjunctions as JSON text, and the bounds that keep it from harm."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from satupintu.errors import BadDocument, Problem
from satupintu.rules.readings.execute.host import CATCH_ALL
from satupintu.rules.readings.execute.predicates import (
    OPERATORS,
    Equal,
    Indicator,
    Predicate,
    Range,
)

# 512 children of one node hang the engine, 256 rules with one condition kill it; over 4,096 rules,
# 64 pending predicates or 253 properties are errors. Each bound keeps a distance.
MAX_CHILDREN = 480
MAX_RULES = 3_900
MAX_PENDING = 60
MAX_KEYS = 240

RESERVED = ("sid", "id", CATCH_ALL)

Conjunction = tuple[Predicate, ...]


@dataclass(frozen=True)
class Network:
    """A rule set for the engine, with what its names stand for.

    ``rules`` are engine rule names with the conclusions that each stands for; every name is
    ``width`` characters long. ``keys`` are the keys of facts and of indicator literals.
    """

    definition: str
    rules: Mapping[str, tuple[int, ...]]
    width: int
    keys: Mapping[str | Indicator, str]


def networks(conclusions: Mapping[Conjunction, tuple[int, ...]]) -> Iterator[Network]:
    """Yield networks for conjunctions and what follows from each, split where a bound asks for it.

    A conjunction's predicates come in the one order of ``compile``, so that sorted neighbours share
    nodes.
    """
    pending = [list(conclusions)]
    while pending:
        conjunctions = pending.pop()
        if _fits(conjunctions):
            yield _network({c: conclusions[c] for c in conjunctions})
        elif len(conjunctions) == 1:
            raise BadDocument(Problem("rules.engine_condition_too_large", {"limit": MAX_KEYS}))
        else:
            middle = len(conjunctions) // 2
            pending += [conjunctions[middle:], conjunctions[:middle]]


def _network(conclusions: Mapping[Conjunction, tuple[int, ...]]) -> Network:
    names = short_names()
    keys: dict[str | Indicator, str] = {}
    for predicate in _distinct(conclusions):
        keyed = keyed_by(predicate)
        if keyed not in keys:
            keys[keyed] = next(names)
    width = len(_base36(len(conclusions)))
    rules = {
        _base36(n).rjust(width, "0"): labels for n, labels in enumerate(conclusions.values(), 1)
    }
    definition: dict[str, object] = {
        name: {"all": [{"m": _condition(conjunction, keys)}]}
        for name, conjunction in zip(rules, conclusions, strict=True)
    }
    definition["0" * width] = {"all": [{"m": {CATCH_ALL: 1}}]}
    return Network(json.dumps(definition, separators=(",", ":")), rules, width, keys)


def _condition(conjunction: Conjunction, keys: Mapping[str | Indicator, str]) -> object:
    written: list[dict[str, object]] = []
    for predicate in conjunction:
        key = keys[keyed_by(predicate)]
        match predicate:
            case Equal(_, value):
                written.append({key: value})
            case Range(_, operator, value):
                written.append({OPERATORS[operator]: {key: value}})
            case Indicator():
                written.append({key: 1})
    return written[0] if len(written) == 1 else {"$and": written}


def keyed_by(predicate: Predicate) -> str | Indicator:
    """Return what a predicate's key belongs to: a fact, or one indicator."""
    return predicate if isinstance(predicate, Indicator) else predicate.fact


def _distinct(conjunctions: Iterable[Conjunction]) -> Iterator[Predicate]:
    return iter(dict.fromkeys(p for conjunction in conjunctions for p in conjunction))


def _fits(conjunctions: Sequence[Conjunction]) -> bool:
    if len(conjunctions) > MAX_RULES:
        return False
    if len({keyed_by(p) for p in _distinct(conjunctions)}) > MAX_KEYS:
        return False
    root = _Node()
    for conjunction in conjunctions:
        node = root
        for predicate in conjunction:
            node = node.children.setdefault(predicate, _Node())
    return _bounded(root)


@dataclass
class _Node:
    """A predicate of the network as the engine shares it, with those that are asked after it."""

    children: dict[Predicate, _Node] = field(default_factory=dict)
    pending: int = 1


def _bounded(root: _Node) -> bool:
    """Tell whether no node has too many children and no facts leave too many pending.

    The engine walks depth first and keeps matching children on a stack of 64: of a node, at most
    one equality of each fact and every range and indicator can match at once.
    """
    order = [root]
    for node in order:
        order.extend(node.children.values())
    for node in reversed(order):
        if len(node.children) > MAX_CHILDREN:
            return False
        if node.children:
            equal = {p.fact for p in node.children if isinstance(p, Equal)}
            matching = len(equal) + sum(not isinstance(p, Equal) for p in node.children)
            deepest = max(child.pending for child in node.children.values())
            node.pending = max(matching, matching - 1 + deepest)
    return root.pending <= MAX_PENDING


def short_names() -> Iterator[str]:
    """Yield keys of our own, none of which shares its 32-bit hash with another."""
    taken = {fnv1a(name) for name in RESERVED}
    n = 0
    while True:
        n += 1
        name = "k" + _base36(n)
        if fnv1a(name) not in taken:
            taken.add(fnv1a(name))
            yield name


@cache
def fnv1a(name: str) -> int:
    """Return the 32-bit hash by which the engine knows a property."""
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _base36(n: int) -> str:
    text = ""
    while True:
        n, digit = divmod(n, 36)
        text = _DIGITS[digit] + text
        if not n:
            return text
