"""What the facts of a rule set are called: the questions of its form, and what it derives."""

from __future__ import annotations

from dataclasses import dataclass

from satupintu import words
from satupintu.conditions.sentence import Vocabulary
from satupintu.rules.document import DerivedFact, RuleSet


@dataclass(frozen=True, eq=False)
class RuleVocabulary:
    """The titles of derived facts and their options; any other name is the form's."""

    ruleset: RuleSet
    form: Vocabulary

    def fact(self, name: str, language: str) -> str:
        """Return the title of a fact."""
        derived = self._derived(name)
        return self.form.fact(name, language) if derived is None else _of(derived, language)

    def option(self, name: str, const: str, language: str) -> str:
        """Return the title of one option of a fact."""
        derived = self._derived(name)
        if derived is None:
            return self.form.option(name, const, language)
        title = derived.options.get(const)
        return const if title is None else words.pick(title, language)

    def _derived(self, name: str) -> DerivedFact | None:
        return next((f for f in self.ruleset.facts if f.id == name), None)


def _of(fact: DerivedFact, language: str) -> str:
    return words.pick(fact.title, language)
