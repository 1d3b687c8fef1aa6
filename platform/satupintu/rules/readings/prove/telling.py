"""A proof in words, line by line: what holds, what does not and by which case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from satupintu import words
from satupintu.conditions.values import Facts, read_facts
from satupintu.documents import Json
from satupintu.forms.document import Form
from satupintu.forms.vocabulary import FormVocabulary
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.explain.words import Speaker
from satupintu.rules.readings.prove.comparing import Comparison
from satupintu.rules.readings.prove.mutants import Judged, Mutant
from satupintu.rules.readings.prove.report import Report, Verdict
from satupintu.rules.vocabulary import RuleVocabulary


@dataclass(frozen=True)
class Teller:
    """Tells of proofs over one rule set and form, in one language."""

    ruleset: RuleSet
    form: Form
    language: str

    def lines(self, report: Report) -> Iterator[str]:
        """Yield the whole proof."""
        if report.nothing_accepted:
            yield self._say("nothing_accepted")
        for verdict in report.guarantees:
            yield from self.verdict(verdict)
        yield from self.routing(report)
        for word, found in (
            ("unreachable", report.unreachable),
            ("redundant", report.redundant),
            ("always_true", report.always_true),
        ):
            for one in found:
                yield self._say(word, id=one, title=self._rule(one))
        for turn in report.turns:
            titles = {"fact": self._title(turn.fact), "question": self._title(turn.question)}
            yield self._say("turn", **titles)
        for what in report.undetermined:
            yield self._say("undetermined_what", what=what)

    def verdict(self, verdict: Verdict) -> Iterator[str]:
        """Yield what became of one guarantee; of a refuted one, the case that breaks it."""
        title = next(g.title for g in self.ruleset.guarantees if g.id == verdict.id)
        said = words.pick(title, self.language)
        yield self._say(verdict.verdict, id=verdict.id, title=said)
        if verdict.counterexample is not None:
            for line in self.case(verdict.counterexample, verdict.differs):
                yield f"    {line}"

    def compared(self, found: Comparison) -> Iterator[str]:
        """Yield the agencies for which something changes, and a case for each direction."""
        for code, protection in found.agencies.items():
            if protection != "equivalent":
                yield self._say(f"agency_{protection}", agency=code)
        for word, facts in (("more", found.more), ("less", found.less)):
            if facts is not None:
                yield self._say(f"example_{word}")
                yield from (f"    {line}" for line in self.case(facts, found.differs[word]))

    def mutants(self, judged: Sequence[Judged]) -> Iterator[str]:
        """Yield what would notice which mistake, what nothing notices last."""
        for one in sorted(judged, key=lambda j: j.caught == "unguarded"):
            mutant = one.mutant
            said = self._say(f"mutant_{mutant.kind}", rule=mutant.rule, outcome=self._late(mutant))
            yield self._say(f"mutant_{one.caught}", mutant=said, by=one.by)

    def _late(self, mutant: Mutant) -> str:
        if mutant.outcome is None:
            return ""
        rule = next(r for r in self.ruleset.rules if r.id == mutant.rule)
        outcome = rule.refer[mutant.outcome]
        return f"{outcome.agency} {outcome.service}"

    def routing(self, report: Report) -> Iterator[str]:
        """Yield whether every case reaches an agency, and a case that does not."""
        for word, facts in (("unrouted", report.unrouted), ("emptied", report.emptied)):
            if facts is not None:
                yield self._say(word)
                yield from (f"    {line}" for line in self.case(facts, facts))
        if report.unrouted is None and "unrouted" not in report.undetermined:
            yield self._say("routed")

    def case(self, facts: Mapping[str, Json], shown: Iterable[str]) -> Iterator[str]:
        """Yield the named answers of a case, each with its title."""
        values: Facts = read_facts(dict(facts), self.form.facts)
        speaker = Speaker(self.ruleset, self.form, values, self.language)
        for name in shown:
            if name in self.form.facts:
                value = speaker.value(name, values.get(name))
                yield self._say("answer", question=self._title(name), value=value)

    def _title(self, name: str) -> str:
        return RuleVocabulary(self.ruleset, FormVocabulary(self.form)).fact(name, self.language)

    def _rule(self, rule: str) -> str:
        found = next((r.title for r in self.ruleset.rules if r.id == rule), None)
        return rule if found is None else words.pick(found, self.language)

    def _say(self, word: str, **params: object) -> str:
        return words.say(f"prove.{word}", self.language, **params)
