"""Which of some questions are asked and which must be answered, by their control names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from satupintu.conditions.ast import TRUE
from satupintu.conditions.meaning import holds
from satupintu.conditions.values import Facts
from satupintu.documents import Json
from satupintu.forms.document import Form, Question
from satupintu.forms.facts import OBJECT, in_row, known, row_facts
from satupintu.forms.narrowing import offered


@dataclass(frozen=True)
class Standing:
    """Control names: of the questions that are asked, and of those among them to be answered.

    ``offered`` holds the options that other answers leave of a question, where they decide.
    """

    asked: frozenset[str]
    required: frozenset[str]
    offered: Mapping[str, frozenset[str]]


def standing(form: Form, among: Iterable[Question], answers: Mapping[str, Json]) -> Standing:
    """Return which of these questions, their groups and rows included, are asked.

    ``answers`` hold their computed answers already; what of them is not right yet does no harm.
    """
    stands = tuple(_standing(known(form, answers), among, answers, ""))
    return Standing(
        frozenset(name for name, _, _ in stands),
        frozenset(name for name, is_required, _ in stands if is_required),
        {name: offers for name, _, offers in stands if offers is not None},
    )


def _standing(
    facts: Facts, among: Iterable[Question], answers: Json, before: str
) -> Iterator[tuple[str, bool, frozenset[str] | None]]:
    for question in among:
        if question.asked_when != TRUE and not holds(question.asked_when, facts):
            continue
        value = answers.get(question.key) if isinstance(answers, OBJECT) else None
        if question.lapsed and not is_answered(value):
            continue
        name = before + question.key
        needed = question.required_when
        must = needed is not None and (needed == TRUE or holds(needed, facts) is True)
        yield name, must, offered(question, facts) if question.narrowed else None
        if question.is_rows:
            differ = _differ(question.children)
            for place, row in enumerate(value if isinstance(value, list) else ()):
                here = in_row(question, row_facts(question, row), facts) if differ else facts
                yield from _standing(here, question.children, row, f"{name}.{place}.")
        elif question.children:
            yield from _standing(facts, question.children, value, f"{name}.")


def is_answered(value: Json) -> bool:
    """Tell whether there is an answer that keeps a deprecated question asked."""
    return value not in (None, "", [], {})


def _differ(among: Iterable[Question]) -> bool:
    """Tell whether anything is asked, required or offered in one row and not in another."""
    return any(
        q.asked_when != TRUE
        or q.required_when not in (None, TRUE)
        or bool(q.narrowed)
        or _differ(q.children)
        for q in among
    )
