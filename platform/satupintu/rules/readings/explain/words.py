"""An explanation in words: the sentences of the documents, with the case's own values in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.agencies.directory import Agencies
from satupintu.agencies.laws import Laws, cite
from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.sentence import Given, sentence
from satupintu.conditions.types import Many, Rows
from satupintu.conditions.values import Facts, FactValue, write_facts
from satupintu.forms import questions
from satupintu.forms.document import Form
from satupintu.forms.vocabulary import FormVocabulary, InSentences, quoted
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.explain.change import Change, Edit
from satupintu.rules.readings.explain.reasons import Because, Part, Reason, Unasked
from satupintu.rules.vocabulary import RuleVocabulary

UTC = ZoneInfo("UTC")


def _nothing_covered(_name: str) -> bool:
    return False


@dataclass(frozen=True)
class SaidReason:
    """One rule as a reason. ``condition`` is empty for a rule that always holds."""

    rule: str
    why: str
    condition: str
    basis: tuple[str, ...]


@dataclass(frozen=True)
class SaidUnasked:
    """One rule that would refer to the agency: what it misses, or the rules that bar it."""

    rule: str
    title: str
    missing: tuple[str, ...]
    barred_by: tuple[str, ...]


@dataclass(frozen=True)
class Speaker:
    """Speaks of one rule set and one case in one language.

    ``facts`` are the case's with the derived ones. ``covered`` tells which answers this reader may
    not see: they are said to be covered. Moments are said in ``zone``.
    """

    ruleset: RuleSet
    form: Form
    facts: Facts
    language: str
    agencies: Agencies | None = None
    laws: Laws | None = None
    zone: ZoneInfo = UTC
    covered: Callable[[str], bool] = _nothing_covered

    def reason(self, reason: Reason) -> SaidReason:
        """Return a rule that was true, with its sentence, what made it so, and its legal basis."""
        rule = reason.rule
        return SaidReason(
            rule.id,
            words.pick(rule.why or rule.title, self.language),
            "" if reason.evidence == TRUE else self.condition(reason.evidence),
            tuple(cite(basis, self.laws or {}, self.language) for basis in rule.basis),
        )

    def because(self, because: Because) -> str:
        """Return why a derived fact has its value, as one sentence."""
        fact, case = because.fact, because.case
        why = words.pick(fact.otherwise_why if case is None else case.why, self.language)
        title = self._titles.fact(fact.id, self.language)
        said = {"title": title, "value": self._titles.option(fact.id, because.value, self.language)}
        if because.evidence is not None:
            said["condition"] = self.condition(because.evidence)
        match bool(why), because.evidence is None:
            case True, True:
                return self._say("because_why", **said, why=why)
            case True, False:
                return self._say("because", **said, why=why)
            case False, True:
                return self._say("because_otherwise", **said)
            case _:
                return self._say("because_condition", **said)

    def unasked(self, one: Unasked) -> SaidUnasked:
        """Return a rule that would refer to the agency, with what stood in its way."""
        return SaidUnasked(
            one.rule.id,
            words.pick(one.rule.title, self.language),
            tuple(self.missing(part) for part in one.missing),
            tuple(rule.id for rule in one.barred_by),
        )

    def missing(self, part: Part) -> str:
        """Return what a part of a rule asks, with the answers that it met."""
        return self.condition(part.condition)

    def change(self, change: Change) -> str:
        """Return what would have led to the agency, as one sentence; empty for no edits."""
        if not change.edits:
            return ""
        edits = [self.edit(edit) for edit in change.edits]
        said = self._say("change", edits=self._listed(edits))
        return said if change.asked else f"{said} {self._say('change_not_asked')}"

    def edit(self, edit: Edit) -> str:
        """Return how one answer would differ; of a list, what would be in it or no longer be."""
        fact = self._vocabulary.fact(edit.fact, self.language)
        before, after = edit.before, edit.after
        if after is None:
            return self._say("edit_unanswered", fact=fact)
        if isinstance(self.ruleset.types.get(edit.fact), Many) and isinstance(after, tuple):
            had = before if isinstance(before, tuple) else ()
            more = [o for o in after if o not in had]
            fewer = [o for o in had if o not in after]
            if after and len(more) + len(fewer) > 0:
                return self._say("comma").join(self._list_edit(edit.fact, fact, more, fewer))
        value = quoted(self.value(edit.fact, after), self.language)
        return self._say("edit", fact=fact, value=value)

    def _list_edit(
        self, name: str, fact: str, more: Sequence[object], fewer: Sequence[object]
    ) -> Iterator[str]:
        for phrase, options in (("edit_more", more), ("edit_fewer", fewer)):
            if options:
                titles = [self._vocabulary.option(name, str(o), self.language) for o in options]
                yield self._say(phrase, fact=fact, options=self._listed(titles))

    def condition(self, condition: Condition) -> str:
        """Return a condition with the case's own values, beginning with a capital."""
        said = sentence(condition, self._vocabulary, self.language, self._given)
        return said[:1].upper() + said[1:]

    def value(self, name: str, value: FactValue | None) -> str:
        """Return one value of a fact in words."""
        if value is None:
            return self._say("not_answered")
        kind = self.ruleset.types.get(name)
        question = self.form.questions.get(name)
        if isinstance(kind, Rows) and isinstance(value, tuple):
            return self._say("rows", count=len(value))
        if question is None:
            return self._vocabulary.option(name, str(value), self.language)
        (written,) = write_facts({name: value}).values()
        shown = questions.of(question.kind).shown(question, written, self.language, self.zone)
        return shown.replace("\n", self._say("comma"))

    def agency(self, code: str) -> str:
        """Return the name of an agency; its code where the directory lacks it."""
        found = None if self.agencies is None else self.agencies.get(code)
        return code if found is None else words.pick(found.name, self.language)

    def service(self, agency: str, service: str) -> str:
        """Return the title of a service; its id where the directory lacks it."""
        found = None if self.agencies is None else self.agencies.get(agency)
        title = None if found is None else found.services.get(service)
        return service if title is None else words.pick(title, self.language)

    def _answer(self, name: str, _language: str) -> str:
        value = self.facts.get(name)
        if value is not None and self.covered(name):
            return self._say("covered")
        return self.value(name, value)

    def _listed(self, said: Iterable[str]) -> str:
        *first, last = said
        return (self._say("comma").join(first) + self._say("and") if first else "") + last

    def _say(self, phrase: str, **params: object) -> str:
        return words.say(f"explain.{phrase}", self.language, **params)

    @cached_property
    def _titles(self) -> RuleVocabulary:
        return RuleVocabulary(self.ruleset, FormVocabulary(self.form))

    @cached_property
    def _vocabulary(self) -> InSentences:
        return InSentences(self._titles)

    @cached_property
    def _given(self) -> Given:
        return Given(self.facts, self._answer)
