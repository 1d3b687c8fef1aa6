"""Everything that can be proved of one rule set: each question asked once, or taken from before."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from satupintu.conditions.ast import Always, Condition
from satupintu.conditions.values import Facts, write_facts
from satupintu.documents import Json
from satupintu.forms.answers import problems
from satupintu.forms.completing import completed
from satupintu.forms.document import Form
from satupintu.forms.facts import facts as facts_of_answers
from satupintu.rules import guarantees as judged
from satupintu.rules.document import DerivedFact, Guarantee, Rule, RuleSet
from satupintu.rules.readings.prove.claims import claim
from satupintu.rules.readings.prove.logic import Formula
from satupintu.rules.readings.prove.prover import Found, OutOfTime, Prover
from satupintu.rules.readings.prove.report import Report, Turn, Verdict
from satupintu.rules.readings.prove.seen import Seen
from satupintu.rules.readings.prove.slices import Slices
from satupintu.rules.readings.prove.smallest import Small, Smallest
from satupintu.rules.readings.prove.turns import turned
from satupintu.rules.readings.prove.variables import without_text

SECONDS = 60.0

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Mistaken(RuntimeError):
    """The prover found a case that the plain meaning judges otherwise: a mistake of ours."""


def prove(
    ruleset: RuleSet,
    form: Form,
    *,
    seconds: float = SECONDS,
    known: Report | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Prove what a rule set claims of every case that its form accepts.

    What a change since ``known`` cannot touch is taken from there. ``seconds`` bounds the whole;
    what it does not suffice for is undetermined. ``progress`` hears how many questions are settled
    of how many. Raises BadDocument where the form or a guarantee says what cannot be proved.
    """
    return _Proof(ruleset, form, seconds, {} if known is None else known.findings).report(progress)


def first_refuted(
    ruleset: RuleSet, form: Form, known: Report, *, seconds: float = SECONDS
) -> str | None:
    """Return the first guarantee that some case breaks, None where each holds.

    What a change since ``known`` cannot touch is taken from there. Raises OutOfTime, BadDocument.
    """
    slices = Slices(ruleset, form.hash)
    open_still = [g for g in ruleset.guarantees if not _proved(known, slices.guarantee(g))]
    if not open_still:
        return None
    prover = Prover(ruleset, form, seconds)
    for guarantee in open_still:
        claimed = claim(prover, guarantee)
        if prover.find(*claimed.given, claimed.broken) is not None:
            return guarantee.id
    return None


def _proved(known: Report, key: str) -> bool:
    found = known.findings.get(key)
    return found is not None and found["verdict"] in ("proved", "vacuous")


class _Counted:
    """Asks one thing after the other, and tells how far it is."""

    def __init__(self, total: int, progress: Callable[[int, int], None] | None) -> None:
        self._total = total
        self._progress = progress
        self._done = 0

    def asked(self, items: Iterable[Item], ask: Callable[[Item], Answer]) -> list[Answer]:
        """Return the answers about all of them."""
        found = []
        for item in items:
            found.append(ask(item))
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._total)
        return found


class _Proof:
    def __init__(
        self, ruleset: RuleSet, form: Form, seconds: float, known: Mapping[str, Json]
    ) -> None:
        self._began = time.perf_counter()
        self.ruleset = ruleset
        self.form = form
        self.prover = Prover(ruleset, form, seconds)
        self.smallest = Smallest(self.prover)
        self.slices = Slices(ruleset, form.hash)
        self.seen = Seen(ruleset)
        self.known = known
        self.findings: dict[str, Json] = {}
        self.undetermined: list[str] = []

    def report(self, progress: Callable[[int, int], None] | None) -> Report:
        """Ask everything, guarantees first."""
        ruleset = self.ruleset
        rules, facts = ruleset.rules, ruleset.facts
        each = _Counted(len(ruleset.guarantees) + 2 * len(rules) + len(facts) + 2, progress)
        nothing = self.asked("accepts", self.slices.routing("accepts"), self._accepts) is False
        verdicts = each.asked(ruleset.guarantees, self.guarantee)
        unrouted = each.asked(("unrouted", "emptied"), self.routing)
        reachable = each.asked(rules, self.reachable)
        matters = each.asked(rules, self.matters)
        turns = each.asked(facts, self.turns)
        return Report(
            ruleset=ruleset.hash,
            form=self.form.hash,
            nothing_accepted=nothing,
            guarantees=tuple(verdicts),
            unreachable=tuple(
                r.id for r, yes in zip(rules, reachable, strict=True) if yes is False
            ),
            redundant=tuple(r.id for r, yes in zip(rules, matters, strict=True) if yes is False),
            always_true=tuple(self.always_true()),
            turns=tuple(turn for found in turns for turn in found),
            unrouted=unrouted[0],
            emptied=unrouted[1],
            undetermined=tuple(self.undetermined),
            ms=self._since(self._began),
            findings=self.findings,
        )

    def asked(self, what: str, key: str, ask: Callable[[], Json]) -> Json:
        """Return what is known of a question, else ask it; without an answer it is undetermined."""
        if key in self.findings:
            return self.findings[key]
        if key in self.known:
            found = self.known[key]
        else:
            try:
                found = ask()
            except OutOfTime:
                self.undetermined.append(what)
                return None
        self.findings[key] = found
        return found

    def guarantee(self, guarantee: Guarantee) -> Verdict:
        """Return the verdict on one guarantee."""
        began = time.perf_counter()
        key = self.slices.guarantee(guarantee)
        found = self.asked(f"guarantees/{guarantee.id}", key, lambda: self._guarantee(guarantee))
        if found is None:
            found = {"verdict": "undetermined"}
        differs = tuple(found.get("differs", ()))
        return Verdict(guarantee.id, ms=self._since(began), **{**found, "differs": differs})

    def _guarantee(self, guarantee: Guarantee) -> Json:
        claimed = claim(self.prover, guarantee)
        found = self.prover.find(*claimed.given, claimed.broken)
        if found is None:
            applies = self.prover.find(*claimed.given) is not None
            return {"verdict": "proved" if applies else "vacuous"}
        try:
            small = self.smallest.smaller(found, *claimed.given, claimed.broken)
        except OutOfTime:  # refuted all the same, by a case that could be smaller
            small = Small(found, tuple(n for n in found.values if n in self.form.facts))
        found = small.found
        after = claimed.after(self.prover, found)
        facts = self._facts(found.values)
        later = None if after is None else self._facts(after)
        self._judge(guarantee, facts, later)
        return {
            "verdict": "refuted",
            "counterexample": write_facts(facts),
            "answers": self._answers(found.values),
            "differs": list(small.unlike),
            "after": None if later is None else write_facts(later),
        }

    def _judge(self, guarantee: Guarantee, facts: Facts, after: Facts | None) -> None:
        if after is None:
            broken = judged.broken(self.ruleset, guarantee, facts)
        else:
            broken = judged.broken_between(self.ruleset, guarantee, facts, after)
        if not broken:
            raise Mistaken(f"{guarantee.id}: {write_facts(facts)}")

    def _answers(self, values: Facts) -> Json:
        answers = completed(self.form, values)
        if answers is None:
            return None
        same = facts_of_answers(self.form, answers) == self._facts(values)
        if not same or problems(self.form, answers):
            raise Mistaken(f"{answers}")
        return answers

    def _facts(self, values: Facts) -> Facts:
        return without_text(self.form, values)

    def reachable(self, rule: Rule) -> Json:
        """Tell whether some case makes a rule fire; None where time ran out."""
        return self._possible(rule.id, rule.when, self.prover.outcomes.fires[rule.id])

    def _possible(self, what: str, when: Condition, fires: Formula) -> Json:
        key = self.slices.condition(when)

        def ask() -> Json:
            return what in self.seen.fired or self._found(fires)

        return self.asked(f"unreachable/{what}", key, ask)

    def matters(self, rule: Rule) -> Json:
        """Tell whether some decision needs a rule; None where time ran out."""

        def ask() -> Json:
            if rule.id in self.seen.needed:
                return True
            return self._found(self.prover.outcomes.matters(rule))

        return self.asked(f"redundant/{rule.id}", self.slices.redundancy(rule), ask)

    def routing(self, what: str) -> Json:
        """Return a case that reaches no agency, or that loses all it had; None without one."""
        logic, outcomes = self.prover.logic, self.prover.outcomes
        wanted = [logic.no(outcomes.anyone())]
        if what == "emptied":
            wanted.append(outcomes.asked_at_all())

        def ask() -> Json:
            small = self.smallest.find(*wanted)
            return {
                "facts": None if small is None else write_facts(self._facts(small.found.values))
            }

        found = self.asked(what, self.slices.routing(what), ask)
        return None if found is None else found["facts"]

    def always_true(self) -> Iterator[str]:
        """Yield the conditions, but for a plain ``true``, that hold of every case."""
        named = [(rule.id, rule.when) for rule in self.ruleset.rules]
        named += [(f"{f.id}/{c.id}", c.when) for f in self.ruleset.facts for c in f.cases]
        for name, when in named:
            if not isinstance(when, Always) and self._otherwise(name, when) is False:
                yield name

    def _otherwise(self, name: str, when: Condition) -> Json:
        def ask() -> Json:
            if name in self.seen.silent:
                return True
            return self._found(self.prover.logic.no(self.prover.outcomes.meaning.of(when).yes))

        key = self.slices.condition(when) + "/otherwise"
        return self.asked(f"always_true/{name}", key, ask)

    def turns(self, fact: DerivedFact) -> tuple[Turn, ...]:
        """Return the unanswered questions that could turn a derived fact."""
        found = self.asked(
            f"turns/{fact.id}",
            self.slices.fact(fact.id),
            lambda: {
                question: write_facts(self._facts(values))
                for question, values in turned(self.prover, fact)
            },
        )
        return tuple(Turn(fact.id, question, case) for question, case in (found or {}).items())

    def _accepts(self) -> Json:
        return self._found()

    def _found(self, *wanted: Formula) -> bool:
        found: Found | None = self.prover.find(*wanted)
        if found is not None:
            self.seen.add(self._facts(found.values))
        return found is not None

    @staticmethod
    def _since(began: float) -> float:
        return round((time.perf_counter() - began) * 1000, 1)


def _false(rules: Sequence[Rule], answers: Sequence[Json]) -> tuple[str, ...]:
    return tuple(rule.id for rule, yes in zip(rules, answers, strict=True) if yes is False)
