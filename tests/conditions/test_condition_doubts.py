"""What a person would not mean by a condition is said, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conditions.condition_strategies import RICH, conditions, sized
from conditions.test_possible_conditions import SMALL, every_case
from satupintu import words
from satupintu.conditions import cel
from satupintu.conditions.ast import TRUE, And, Condition, Not, Or
from satupintu.conditions.doubts import Doubts
from satupintu.conditions.meaning import holds
from satupintu.conditions.types import Boolean, FactTypes, Integer
from satupintu.errors import Problem


def doubts(text: str, types: FactTypes = RICH) -> list[Problem]:
    found = list(Doubts(types).of(cel.read(text, types), "/when"))
    for problem in found:
        assert (problem.pointer, problem.level) == ("/when", "warning")
        assert all(problem.sentence(language) for language in words.LANGUAGES)
    return found


@pytest.mark.parametrize(
    ("text", "key", "part"),
    [
        ("age < 18 && age > 60", "never_true", None),
        ("kind == 'a' && kind == 'b'", "never_true", None),
        ("yes && age > 120", "never_true", None),
        ("yes || age > 120", "never_true", "age > 120"),
        ("yes || false", "never_true", "false"),
        ("!(age >= 0)", "never_true", None),
        ("has(age) || !has(age)", "always_true", None),
        ("age < 18 || age >= 18 || !has(age)", "always_true", None),
        ("yes && true", "always_true", "true"),
        ("age >= 0", "only_answered", None),
        ("yes || !yes", "only_answered", None),
        ("kind in ['a', 'b', 'it\\'s']", "only_answered", None),
        ("yes && age <= 200", "only_answered", "age <= 200"),
        ("yes && sure && yes", "part_repeated", "yes"),
        ("yes || sure || yes", "part_repeated", "yes"),
        ("sure && (yes || age < 5 || yes)", "part_repeated", "yes"),
        ("age < 18 && age < 60", "part_needless", "age < 60"),
        ("age < 18 || age < 60", "part_needless", "age < 18"),
        ("yes && (yes || sure)", "part_needless", "yes || sure"),
        ("yes || yes && sure", "part_needless", "yes && sure"),
        ("has(age) && age < 18", "part_needless", "has(age)"),
        ("!(age < 18 || age < 60)", "part_needless", "age < 18"),
        ("children.exists(r, r.age < 5 && r.age < 9)", "part_needless", "r.age < 9"),
        ("children.exists(r, r.school || r.age < 0)", "never_true", "r.age < 0"),
    ],
)
def test_a_slip_is_one_doubt_about_its_part(text: str, key: str, part: str | None) -> None:
    (problem,) = doubts(text)
    assert problem.key == f"conditions.{key}"
    assert problem.params["part"] == (part or cel.write(cel.read(text, RICH)))


@pytest.mark.parametrize(
    "text",
    [
        "true",
        "yes",
        "has(age)",
        "!has(age)",
        "age < 18 && yes || age >= 60",
        "!has(age) || age < 18",
        "!(has(age) && age < 18)",
        "'p' in forms || 'q' in forms || 'r' in forms || 's' in forms",
        "age < hours",
        "children.exists(r, r.age < 5) && children.exists(r, r.age < 9)",
    ],
)
def test_what_a_person_may_mean_is_not_doubted(text: str) -> None:
    assert doubts(text) == []


@sized(80)
@given(conditions(SMALL, fact_to_fact=False, max_leaves=6))
def test_a_verdict_on_the_whole_is_what_every_case_says(condition: Condition) -> None:
    assume(condition != TRUE and len(cel.write(condition)) <= 120)
    meanings = {holds(condition, case) for case in every_case()}
    whole = [p for p in Doubts(SMALL).of(condition, "") if p.params["part"] == cel.write(condition)]
    keys = {problem.key.removeprefix("conditions.") for problem in whole}
    assert ("never_true" in keys) == (True not in meanings)
    assert ("always_true" in keys) == (meanings == {True})
    assert ("only_answered" in keys) == (meanings == {True, None})


@sized(100)
@given(
    conditions(SMALL, fact_to_fact=False, max_leaves=2),
    conditions(SMALL, fact_to_fact=False, max_leaves=2),
    st.sampled_from((And, Or)),
    st.booleans(),
)
def test_a_needless_part_may_go_and_nothing_else_comes_true(
    one: Condition, other: Condition, join: type[And] | type[Or], negated: bool
) -> None:
    assume(not isinstance(one, join) and not isinstance(other, join))
    joined: Condition = join((one, other))
    whole = Not(joined) if negated else joined
    texts = {cel.write(one): one, cel.write(other): other}
    for problem in Doubts(SMALL).of(whole, ""):
        kept = texts.get(str(problem.params.get("other")))
        if problem.key == "conditions.part_needless" and kept is not None:
            left = Not(kept) if negated else kept
            for case in every_case():
                assert (holds(left, case) is True) == (holds(whole, case) is True)


@sized(80)
@given(st.lists(conditions(SMALL, fact_to_fact=False, max_leaves=4), max_size=4))
def test_a_case_is_passed_over_exactly_where_an_earlier_one_always_comes_first(
    cases: list[Condition],
) -> None:
    found = list(Doubts(SMALL).of_cases(cases, [str(n) for n in range(len(cases))]))
    doubtful = {p.pointer for p in found if p.key != "conditions.case_passed_over"}
    expected = {
        str(n)
        for n, when in enumerate(cases)
        if str(n) not in doubtful
        and all(
            any(holds(earlier, case) for earlier in cases[:n])
            for case in every_case()
            if holds(when, case)
        )
    }
    assert {p.pointer for p in found} - doubtful == expected


def test_a_long_part_is_named_by_its_beginning() -> None:
    long = " || ".join(f"age == {n}" for n in range(20, 60))
    (problem,) = doubts(f"({long}) && ({long})")
    assert len(str(problem.params["part"])) == 120


def test_a_document_made_to_be_hard_is_looked_at_only_so_far() -> None:
    types: FactTypes = {**{f"b{n}": Boolean() for n in range(60)}, "age": Integer(0, 120)}
    pairs = " && ".join(f"(b{n} || b{n + 1})" for n in range(0, 60, 2))
    judge = Doubts(types)
    list(judge.of(cel.read(f"{pairs} && (age < 0 || age > 120)", types), ""))
    assert judge.effort.left <= 0
    assert list(judge.of(cel.read("b0 && !b0", types), "")) == []
