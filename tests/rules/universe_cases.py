"""One case pinned down in the prover's universe, to ask whether it is accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from satupintu.conditions.types import Text
from satupintu.conditions.values import Facts, FactValue
from satupintu.forms.answers import Answers
from satupintu.forms.document import Form
from satupintu.forms.facts import known
from satupintu.rules.readings.prove.logic import Formula, Logic
from satupintu.rules.readings.prove.universe import Case, Universe
from satupintu.rules.readings.prove.variables import (
    Instant,
    Listed,
    OneChoice,
    Several,
    Variable,
    Whole,
    YesNo,
    seconds,
)


class Accepts:
    """Asks the prover about single cases of one form."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._logic = Logic()
        self._case: Case = Universe(self._logic, form).case()
        self._solver = self._logic.solver()
        self._solver.add(*self._case.accepted)

    def __call__(self, answers: Answers) -> bool:
        """Tell whether the universe has the case of these answers."""
        values = self._values(answers)
        self._solver.push()
        try:
            for name in self._form.types:
                self._solver.add(*_exactly(self._logic, self._case.answers[name], values.get(name)))
            return str(self._solver.check()) == "sat"
        finally:
            self._solver.pop()

    def _values(self, answers: Answers) -> Facts:
        return {
            name: True if isinstance(self._form.types[name], Text) else value
            for name, value in known(self._form, answers).items()
        }


def _exactly(logic: Logic, held: Variable, value: FactValue | None) -> Iterator[Formula]:
    yield held.answered if value is not None else logic.no(held.answered)
    match held, value:
        case YesNo(_, yes), bool():
            yield yes if value else logic.no(yes)
        case Whole(_, number), date():
            yield number == value.toordinal()
        case Whole(_, number), int():
            yield number == value
        case Instant(_, number, day), datetime():
            yield from (number == seconds(value), day == value.toordinal())
        case OneChoice(_, options), str():
            yield options.get(value, logic.false)
        case Several(_, options), tuple():
            yield from (o if n in value else logic.no(o) for n, o in options.items())
        case Listed(_, rows), tuple():
            for n, row in enumerate(rows):
                yield row.there if n < len(value) else logic.no(row.there)
                answered = value[n] if n < len(value) else {}
                assert isinstance(answered, Mapping)
                for field, below in row.fields.items():
                    yield from _exactly(logic, below, answered.get(field))
        case _:
            return
