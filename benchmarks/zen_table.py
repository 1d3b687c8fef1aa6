"""The same rules for zen-engine: one plain decision table that collects every row that matches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import zen

from satupintu.conditions import normal
from satupintu.conditions.ast import Compare, Condition, Holds, Not, OneOf, Truth
from satupintu.conditions.types import Boolean, Choice, FactTypes, Integer, Many
from satupintu.conditions.values import Facts
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.literals import comparison, subject

Evaluate = Callable[[Mapping[str, Any]], Any]

_SELECTIVE = (Choice, Many, Boolean, Integer)


def table(ruleset: RuleSet) -> tuple[Evaluate, Callable[[Any], list[str]]]:
    """Return what evaluates facts, and what reads the fired rules' ids from its result.

    Derived facts come first, one table each that stops at its first row; then one table of all
    rules, the most selective columns first.
    """
    chain = []
    for fact in ruleset.facts:
        rows = [(case.when, {f"d_{fact.id}": case.value}) for case in fact.cases]
        otherwise = [{f"d_{fact.id}": _quoted(fact.otherwise)}]
        chain.append(_table(rows, ruleset.types, "first", otherwise, passes=True))
    rows = [(rule.when, {"rule": rule.id}) for rule in ruleset.rules]
    chain.append(_table(rows, ruleset.types, "collect", [], passes=False))
    derived = {fact.id for fact in ruleset.facts}
    text = json.dumps(_graph(chain))
    for name in derived:
        text = text.replace(f'"field": "{name}"', f'"field": "d_{name}"')
    # Of all its ways to hold a decision, the static loader is by far the fastest (20 to 100 times).
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rules": json.loads(text)}}})

    def fired(result: Any) -> list[str]:
        return list(dict.fromkeys(row["rule"] for row in result["result"]))

    return partial(engine.evaluate, "rules"), fired


def _graph(chain: list[dict[str, Any]]) -> dict[str, Any]:
    nodes = [{"type": "inputNode"}, *chain, {"type": "outputNode"}]
    for n, node in enumerate(nodes):
        node.update(id=f"n{n}", name=f"n{n}", position={"x": 0, "y": 0})
    edges = [
        {"id": f"e{n}", "type": "edge", "sourceId": f"n{n}", "targetId": f"n{n + 1}"}
        for n in range(len(nodes) - 1)
    ]
    return {"nodes": nodes, "edges": edges}


def _table(
    conclusions: list[tuple[Condition, dict[str, str]]],
    types: FactTypes,
    hit_policy: str,
    otherwise: list[dict[str, str]],
    *,
    passes: bool,
) -> dict[str, Any]:
    rows = []
    for condition, output in conclusions:
        for literals in normal.alternatives(condition):
            cells: dict[str, list[str]] = {}
            for literal in literals:
                name = subject(literal, types)
                assert name is not None
                cells.setdefault(name, []).append(_cell(literal, types))
            rows.append((cells, {key: _quoted(value) for key, value in output.items()}))
    used = {name for cells, _ in rows for name in cells}
    columns = sorted(
        used,
        key=lambda n: (_SELECTIVE.index(type(types[n])), -len(getattr(types[n], "options", ())), n),
    )
    outputs = sorted({key for _, output in rows for key in output})
    return {
        "type": "decisionTableNode",
        "content": {
            "hitPolicy": hit_policy,
            "passThrough": passes,
            "inputs": [{"id": name, "name": name, "field": name} for name in columns],
            "outputs": [{"id": key, "name": key, "field": key} for key in outputs],
            "rules": [
                {
                    "_id": str(n),
                    **{name: _joined(cells[name]) if name in cells else "" for name in columns},
                    **output,
                }
                for n, (cells, output) in enumerate(
                    [*rows, *(({}, output) for output in otherwise)]
                )
            ],
        },
    }


def _joined(cells: list[str]) -> str:
    """Return one cell; only where a fact is tested twice is it an expression over ``$``."""
    if len(cells) == 1:
        return cells[0]
    return " and ".join(f"({_expression(cell)})" for cell in cells)


def _expression(cell: str) -> str:
    if "$" in cell:
        return cell
    if cell in ("true", "false"):
        return f"$ == {cell}"
    if cell.startswith("'"):
        return f"$ in [{cell}]"
    return f"$ {cell}"


def _cell(literal: Condition, types: FactTypes) -> str:
    match literal:
        case Truth():
            return "true"
        case Not(Truth()):
            return "false"
        case OneOf(_, options):
            return ",".join(map(_quoted, options))
        case Not(OneOf(fact, options)):
            kind = types[fact.name]
            assert isinstance(kind, Choice)
            return ",".join(_quoted(o) for o in kind.options if o not in options)
        case Holds(_, (option,)):
            return f"contains($, {_quoted(option)})"
        case Holds(_, options):
            return f"some($, # in [{', '.join(map(_quoted, options))}])"
        case Compare():
            compared = comparison(literal)
            assert compared is not None
            operator, constant = compared
            return str(constant) if operator == "==" else f"{operator} {constant}"
    # What none of the rule sets has; on lists it would also need what ``contexts`` smooths over.
    raise ValueError(f"no cell for {literal}")


def _quoted(text: str) -> str:
    return f"'{text}'"


def contexts(cases: Iterable[Facts], types: FactTypes) -> Iterator[dict[str, Any]]:
    """Yield facts as zen-engine takes them.

    An unanswered list is an empty one: to its functions a missing list is an error inside, which
    costs it some hundred times what an answer does, and no rule here tells the two apart.
    """
    lists: dict[str, Any] = {name: [] for name, kind in types.items() if isinstance(kind, Many)}
    for facts in cases:
        answered = {n: list(v) if isinstance(v, tuple) else v for n, v in facts.items()}
        yield {**lists, **answered}
