"""Unanswered questions that could turn a derived fact: what a case without them might hide."""

from __future__ import annotations

from collections.abc import Iterator

from satupintu.conditions.names import facts_of
from satupintu.conditions.values import Facts
from satupintu.rules.document import DerivedFact
from satupintu.rules.readings.prove.outcomes import derived_values
from satupintu.rules.readings.prove.prover import Prover


def turned(prover: Prover, fact: DerivedFact) -> Iterator[tuple[str, Facts]]:
    """Yield each question whose answer, where it may be left out, could change ``fact``.

    With it comes a case where it was asked and left out. Answering it changes nothing else but
    what is computed from it.
    """
    logic = prover.logic
    before = derived_values(prover.outcomes, fact.id)
    for name in _read(prover, fact):
        held = prover.case.answers[name]
        asked = prover.outcomes.meaning.of(prover.form.questions[name].asked_when).yes
        left_out = logic.every((asked, logic.no(held.answered)))
        if prover.find(left_out) is None:
            continue
        second = prover.second({n: h for n, h in prover.case.answers.items() if n != name})
        after = derived_values(second.outcomes, fact.id)
        other = logic.some(logic.every((before[value], logic.no(after[value]))) for value in before)
        answered = second.case.answers[name].answered
        found = prover.find(left_out, *second.true, answered, other)
        if found is not None:
            yield name, found.values


def _read(prover: Prover, fact: DerivedFact) -> list[str]:
    """Return the answers that a derived fact hangs on, through derived and computed ones too."""
    derived = {f.id: f for f in prover.ruleset.facts}
    pending, found = [fact.id], dict.fromkeys([fact.id])
    while pending:
        name = pending.pop()
        read: frozenset[str] = frozenset()
        if name in derived:
            read = frozenset().union(*(facts_of(case.when) for case in derived[name].cases))
        elif (computed := prover.form.questions[name].computed) is not None:
            read = computed.reads()
        pending += [n for n in sorted(read) if n not in found]
        found.update(dict.fromkeys(sorted(read)))
    return [
        name
        for name in found
        if name in prover.form.questions and prover.form.questions[name].computed is None
    ]
