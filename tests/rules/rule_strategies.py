"""Rule sets for Hypothesis: any vocabulary, derived facts that read each other, every outcome."""

from __future__ import annotations

from hypothesis import strategies as st

from conditions.condition_strategies import conditions
from satupintu.conditions.ast import Condition
from satupintu.conditions.types import Choice, FactTypes
from satupintu.rules.decision import CONSENTS, URGENCIES
from satupintu.rules.document import DerivedCase, DerivedFact, Outcome, Rule, RuleSet

NAME = {"id": "Nama", "en": "Name"}
LEVELS = ("high", "middle", "low")
AGENCIES = ("NORTH", "SOUTH", "EAST")
SERVICES = ("care", "shelter")
HOURS = (1, 6, 24)


@st.composite
def rule_sets(draw: st.DrawFn, types: FactTypes) -> RuleSet:
    """Draw a rule set over these facts: up to 3 derived facts, up to 8 rules."""
    known = dict(types)
    facts = []
    for n in range(draw(st.integers(0, 3))):
        cases = draw(st.lists(st.tuples(conditions(known), st.sampled_from(LEVELS)), max_size=3))
        fact = DerivedFact(
            id=f"level_{n}",
            title=NAME,
            options=dict.fromkeys(LEVELS, NAME),
            cases=tuple(DerivedCase(f"K{m}", w, v, NAME) for m, (w, v) in enumerate(cases)),
            otherwise=draw(st.sampled_from(LEVELS)),
            otherwise_why=NAME,
        )
        facts.append(fact)
        known[fact.id] = Choice(LEVELS)
    whens = draw(st.lists(conditions(known), min_size=1, max_size=8))
    rules = tuple(draw(_rules(n, when)) for n, when in enumerate(whens))
    return rule_set(rules, known, tuple(facts))


def rule_set(
    rules: tuple[Rule, ...], types: FactTypes, facts: tuple[DerivedFact, ...] = ()
) -> RuleSet:
    """Return a rule set of these parts; ``types`` holds the derived facts too."""
    return RuleSet("drawn", "drawn", NAME, facts, rules, {}, (), (), types, "0" * 64)


def rule(n: int, when: Condition, **outcome: tuple[object, ...]) -> Rule:
    """Return a rule with only the outcomes that a test speaks of."""
    nothing = {"refer": (), "exclude": (), "forbid": (), "flag": ()}
    return Rule(f"R{n}", NAME, NAME, ("LAW-1",), when, **{**nothing, **outcome})  # type: ignore[arg-type]


def _rules(n: int, when: Condition) -> st.SearchStrategy[Rule]:
    outcomes = st.builds(
        Outcome,
        st.sampled_from(AGENCIES),
        st.sampled_from(SERVICES),
        st.sampled_from(HOURS),
        st.sampled_from(URGENCIES),
        st.sampled_from(CONSENTS),
    )
    services = st.tuples(st.sampled_from(AGENCIES), st.sampled_from(SERVICES))
    rare = st.integers(0, 4)
    return st.builds(
        lambda refer, exclude, forbid, flag, excludes, forbids: rule(
            n,
            when,
            refer=tuple(refer),
            exclude=tuple(exclude) if not excludes else (),
            forbid=tuple(forbid) if not forbids else (),
            flag=tuple(flag),
        ),
        st.lists(outcomes, max_size=3),
        st.lists(st.sampled_from(AGENCIES), max_size=1),
        st.lists(services, max_size=2, unique=True),
        st.lists(st.sampled_from(("one", "two")), max_size=2, unique=True),
        rare,
        rare,
    )
