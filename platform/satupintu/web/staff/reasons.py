"""The reasons of a decision as its page shows them; answers that are covered stay covered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from satupintu import words
from satupintu.actions.decisions import Reasoned
from satupintu.cases.access import sensitivity
from satupintu.conditions.ast import Condition
from satupintu.forms.document import SENSITIVITIES
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.explain import (
    Because,
    Explanation,
    Reason,
    explain,
    smallest_change,
    why_not,
)
from satupintu.rules.readings.explain.words import SaidUnasked, Speaker
from satupintu.web import frame


@dataclass(frozen=True)
class SaidReason:
    """One reason: what it says, the answers that made it so, and what stands behind it."""

    why: str
    answers: str
    basis: str = ""


@dataclass(frozen=True)
class SaidWhyNot:
    """Why an agency is not asked: rule by rule, and what would have changed it, if anything."""

    rules: tuple[SaidUnasked, ...]
    derived: tuple[str, ...]
    change: str


class Reasons:
    """Says the reasons of one decision in the language of this page.

    Empty where the rule set of that version cannot read the form of the answers.
    """

    def __init__(self, found: Reasoned) -> None:
        self._found = found

    def of(self, rules: Iterable[str]) -> tuple[SaidReason, ...]:
        """Return the reasons that rules give, in the order of the document."""
        return self._said(() if self._explained is None else self._explained.of(rules))

    def of_flag(self, flag: str) -> tuple[SaidReason, ...]:
        """Return why a flag was raised."""
        return self._said(() if self._explained is None else self._explained.of_flag(flag))

    def derived(self) -> tuple[Because, ...]:
        """Return why each derived fact is as it is."""
        return () if self._explained is None else self._explained.derived

    def because(self, because: Because) -> SaidReason:
        """Return why a derived fact has its value."""
        why = because.fact.otherwise_why if because.case is None else because.case.why
        return SaidReason(words.pick(why, frame.page_language()), self._answers(because.evidence))

    def why_not(self, agency: str) -> SaidWhyNot | None:
        """Return why an agency does not receive the case, and the smallest change that leads there.

        None where no rule refers to it.
        """
        ruleset, speaker = self._found.ruleset, self._speaker
        if ruleset is None or speaker is None:
            return None
        found = why_not(ruleset, self._found.facts, agency)
        change = smallest_change(ruleset, self._found.facts, agency, self._found.form)
        if not found.rules:
            return None
        return SaidWhyNot(
            tuple(speaker.unasked(one) for one in found.rules),
            tuple(map(speaker.because, found.derived)),
            "" if change is None else speaker.change(change),
        )

    def _said(self, reasons: Iterable[Reason]) -> tuple[SaidReason, ...]:
        speaker = self._speaker
        if speaker is None:
            return ()
        return tuple(
            SaidReason(said.why, said.condition, ", ".join([said.rule, *said.basis]))
            for said in map(speaker.reason, reasons)
        )

    def _answers(self, evidence: Condition | None) -> str:
        speaker = self._speaker
        return "" if evidence is None or speaker is None else speaker.condition(evidence)

    @cached_property
    def _explained(self) -> Explanation | None:
        ruleset, decision = self._found.ruleset, self._found.record.decision
        if ruleset is None or decision is None:
            return None
        return explain(ruleset, self._found.facts, decision)

    @cached_property
    def _speaker(self) -> Speaker | None:
        ruleset = self._found.ruleset
        return None if ruleset is None else self._speaks(ruleset)

    def _speaks(self, ruleset: RuleSet) -> Speaker:
        form = self._found.form

        def covered(name: str) -> bool:
            return name in form.questions and sensitivity(form, name) == SENSITIVITIES[-1]

        return Speaker(
            ruleset=ruleset,
            form=form,
            facts=self._found.facts,
            language=frame.page_language(),
            agencies=self._found.agencies,
            laws=self._found.laws,
            zone=frame.wording().zone,
            covered=covered,
        )
