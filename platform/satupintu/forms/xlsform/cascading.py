"""Lists that hang on one other answer, as the choice filter and a column of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from satupintu.conditions.ast import And, Condition, OneOf
from satupintu.conditions.normal import all_of
from satupintu.conditions.schema import from_schema
from satupintu.conditions.types import Choice, FactTypes, Many
from satupintu.errors import BadDocument
from satupintu.forms.declarations import Tightened
from satupintu.forms.document import Question
from satupintu.forms.references import Part

OTHERS = frozenset({"list_name", "name", "label", "image", "audio", "video"})
"""Columns of a choices sheet that mean something of their own."""


@dataclass(frozen=True)
class Cascade:
    """``filter`` with ``{}`` for the answer that the list hangs on, what the column says for each
    option, and what narrows the question besides.
    """

    filter: str
    on: str
    column: str
    cells: Mapping[str, str]
    rest: tuple[Tightened, ...]


def cascade(
    question: Question, tightened: Iterable[Tightened], types: FactTypes, names: Mapping[str, str]
) -> Cascade | None:
    """Return how a list hangs on another answer, None where it does not, or not in this way."""
    every = tuple(tightened)
    found = [(one, _leaves(one, question, types)) for one in every]
    causes = {leaves[0] for _, leaves in found if leaves is not None}
    if len(causes) != 1:
        return None
    on = causes.pop()
    cause = types[on]
    left = {leaves[1]: leaves[2] for _, leaves in found if leaves is not None}
    rest = tuple(one for one, leaves in found if leaves is None)
    if not isinstance(cause, Choice) or len(left) + len(rest) < len(every):
        return None  # one value of the other answer narrows twice
    if any(re.search(r"\s", value) for value in cause.options):
        return None
    cells = {
        option.const: " ".join(
            v for v in cause.options if option.const in left.get(v, {option.const})
        )
        for option in question.options
    }
    column = names[on]
    while column.lower() in OTHERS:
        column += "_"
    one_each = all(len(cell.split()) < 2 for cell in cells.values())
    said = f"{column} = {{}}" if one_each else f"selected({column}, {{}})"
    return Cascade(f"{said} or {{}} = ''", on, column, cells, rest)


def where(one: Tightened, question: Question, types: FactTypes) -> Condition:
    """Return where something narrows a question, beyond where it is asked. Raises BadDocument."""
    given = [from_schema(u.condition, types, u.prefix.rstrip(".")) for u in one.under]
    asked = question.asked_when
    known = set(asked.conditions) if isinstance(asked, And) else {asked}
    left = [c for g in given for c in (g.conditions if isinstance(g, And) else (g,))]
    return all_of(c for c in left if c not in known)


def _leaves(
    one: Tightened, question: Question, types: FactTypes
) -> tuple[str, str, frozenset[str]] | None:
    """Return the answer and its one value under which only these options are left."""
    left = _listed(one.part, question)
    if left is None:
        return None
    try:
        condition = where(one, question, types)
    except BadDocument:
        return None
    match condition:
        case OneOf(fact, (value,)):
            return fact.name, value, left
        case _:
            return None


def _listed(part: Part, question: Question) -> frozenset[str] | None:
    if isinstance(question.fact_type, Many):
        return _values(part["items"]) if part.keys() == {"items"} else None
    return _values(part) if isinstance(question.fact_type, Choice) else None


def _values(part: object) -> frozenset[str] | None:
    match part:
        case {"enum": [*values], **rest} if not rest:
            return frozenset(map(str, values))
        case {"const": value, **rest} if not rest:
            return frozenset({str(value)})
        case _:
            return None
