"""Exactly the cases that a form accepts: its answers as variables, and what is true of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import z3

from satupintu.conditions.computed import Computed, ComputedCase
from satupintu.conditions.types import Rows
from satupintu.conditions.values import Facts
from satupintu.forms.accepted import Demand, demands
from satupintu.forms.document import Form, Question
from satupintu.rules.readings.prove.calendar import Calendar
from satupintu.rules.readings.prove.logic import Formula, Logic
from satupintu.rules.readings.prove.meaning import Meaning
from satupintu.rules.readings.prove.variables import (
    Instant,
    Listed,
    OneChoice,
    Row,
    Variable,
    Whole,
    YesNo,
    read,
    typing,
    variable,
)


@dataclass(frozen=True)
class Case:
    """One case of the universe: its answers by question, and what makes it a case."""

    meaning: Meaning
    answers: Mapping[str, Variable]
    accepted: tuple[Formula, ...]

    def values(self, form: Form, model: z3.ModelRef) -> Facts:
        """Return what a model answers, by question; free text as True."""
        found = {name: read(model, of, self.answers[name]) for name, of in form.types.items()}
        return {name: value for name, value in found.items() if value is not None}


class Universe:
    """The cases of one form. Raises BadDocument where the form says what no condition can say."""

    def __init__(self, logic: Logic, form: Form) -> None:
        self.logic = logic
        self.form = form
        self._demands = demands(form)

    def case(self, same: Mapping[str, Variable] | None = None) -> Case:
        """Return a case; answers that ``same`` names are those of another case.

        Computed answers are always its own.
        """
        answers: dict[str, Variable] = {}
        for name, of in self.form.types.items():
            shared = None if same is None else same.get(name)
            if shared is None or self.form.questions[name].computed is not None:
                shared = variable(self.logic, name, of)
            answers[name] = shared
        meaning = Meaning(self.logic, answers, Calendar(self.logic))
        accepted = list(self._accepted(meaning))
        return Case(meaning, answers, (*accepted, *meaning.calendar.true))

    def _accepted(self, meaning: Meaning) -> Iterator[Formula]:
        for name, of in self.form.types.items():
            yield from typing(self.logic, of, meaning.facts[name])
            yield from self._question(self.form.questions[name], meaning)
        for demand in self._demands:
            yield from self._demanded(demand, meaning)

    def _question(self, question: Question, meaning: Meaning) -> Iterator[Formula]:
        """Yield that a question is answered only where it is asked, and computed as it says."""
        held, asked = meaning.facts[question.name], meaning.of(question.asked_when).yes
        if question.computed is None:
            yield self.logic.where(held.answered, asked)
        else:
            yield from self._computed(question.computed, held, asked, meaning)
        if isinstance(held, Listed):
            least = question.schema.get("minItems", 0)
            if least:
                enough = held.rows[least - 1].there if least <= len(held.rows) else self.logic.false
                yield self.logic.where(held.answered, enough)
            for row in held.rows:
                yield from self._row(question, row, meaning)

    def _row(self, rows: Question, row: Row, meaning: Meaning) -> Iterator[Formula]:
        here = meaning.in_row(rows.name, row)
        assert isinstance(rows.fact_type, Rows)  # noqa: S101  that makes it a repeated group
        for field in rows.fact_type.fields:
            yield from self._question(self.form.questions[f"{rows.name}.{field}"], here)

    def _demanded(self, demand: Demand, meaning: Meaning) -> Iterator[Formula]:
        if demand.rows is None:
            yield self.logic.where(meaning.of(demand.given).yes, meaning.of(demand.then).yes)
            return
        listed = meaning.facts[demand.rows]
        for row in listed.rows if isinstance(listed, Listed) else ():
            here = meaning.in_row(demand.rows, row)
            given = self.logic.every((row.there, here.of(demand.given).yes))
            yield self.logic.where(given, here.of(demand.then).yes)

    def _computed(
        self, computed: Computed, held: Variable, asked: Formula, meaning: Meaning
    ) -> Iterator[Formula]:
        """Yield that the first case whose condition is true gives the value, if it has one."""
        logic = self.logic
        open_still, known = asked, []
        for case in computed.cases:
            here = logic.every((open_still, meaning.of(case.when).yes))
            open_still = logic.every((open_still, logic.no(meaning.of(case.when).yes)))
            has_value, same = self._worth(case, held, meaning)
            known.append(logic.every((here, has_value)))
            yield logic.where(logic.every((here, has_value)), same)
        yield logic.same(held.answered, logic.some(known))

    def _worth(
        self, case: ComputedCase, held: Variable, meaning: Meaning
    ) -> tuple[Formula, Formula]:
        """Return where a case of a computed answer has a value, and that the answer is that."""
        logic = self.logic
        match held, case.value:
            case OneChoice(_, options), str(option):
                return logic.true, options[option]
            case YesNo(_, yes), condition if not isinstance(condition, str):
                said = meaning.of(condition)  # type: ignore[arg-type]
                return logic.some((said.yes, said.no)), logic.same(yes, said.yes)
            case Whole(_, value), term if not isinstance(term, str):
                worthy = meaning.worth(term)  # type: ignore[arg-type]
                return worthy.known, value == worthy.value
            case Instant(_, value, day), term if not isinstance(term, str):
                worthy = meaning.worth(term)  # type: ignore[arg-type]
                return worthy.known, logic.every((value == worthy.value, day == worthy.day))
            case _:
                raise ValueError(case)
