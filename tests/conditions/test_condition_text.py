"""A condition's text: what it reads as, how it prints, and what is said where it is wrong."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import RICH, conditions, sized, vocabularies
from satupintu.conditions import cel
from satupintu.conditions.ast import (
    And,
    Compare,
    Condition,
    Fact,
    Has,
    Holds,
    Not,
    Number,
    OneOf,
    Or,
    RowsExist,
    Truth,
)
from satupintu.conditions.types import Boolean, Choice, FactTypes, Integer, Many
from satupintu.errors import BadDocument, Problem


def problem(text: str, types: FactTypes = RICH) -> Problem:
    """Return the one problem that reading ``text`` raises."""
    with pytest.raises(BadDocument) as caught:
        cel.read(text, types)
    (found,) = caught.value.problems
    for language in ("id", "en"):
        assert found.sentence(language)
    return found


@sized(40, assured=1_000)
@given(st.data())
def test_what_is_written_reads_back_the_same(data: st.DataObject) -> None:
    types = data.draw(vocabularies())
    condition = data.draw(conditions(types))
    assert cel.read(cel.write(condition), types) == condition


@sized(300, assured=20_000)
@given(conditions(RICH))
def test_every_type_reads_back_the_same(condition: Condition) -> None:
    assert cel.read(cel.write(condition), RICH) == condition


YES, AGE, KIND, FORMS = Fact("yes"), Fact("age"), Fact("kind"), Fact("forms")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", Truth(YES)),
        ("yes == true", Truth(YES)),
        ("yes == false", Not(Truth(YES))),
        ("false != yes", Truth(YES)),
        ("!!yes", Truth(YES)),
        ("kind == 'a'", OneOf(KIND, ("a",))),
        ('"a" == kind', OneOf(KIND, ("a",))),
        ("kind != 'a'", Not(OneOf(KIND, ("a",)))),
        ("kind in ['b', 'a']", OneOf(KIND, ("b", "a"))),
        ("kind in ['a']", OneOf(KIND, ("a",))),
        (r"kind == 'it\'s'", OneOf(KIND, ("it's",))),
        ('kind == "it\\u0027s"', OneOf(KIND, ("it's",))),
        ("'p' in forms", Holds(FORMS, ("p",))),
        ("forms.exists(v, v in ['q', 'p'])", Holds(FORMS, ("q", "p"))),
        ("forms.exists(x, x == 'p')", Holds(FORMS, ("p",))),
        ("has(note)", Has(Fact("note"))),
        ("age < 18", Compare(AGE, "<", Number(18))),
        ("18 > age", Compare(AGE, "<", Number(18))),
        ("hours >= -3", Compare(Fact("hours"), ">=", Number(-3))),
        ("age in [5]", Compare(AGE, "==", Number(5))),
        (
            "age in [5, 6]",
            Or((Compare(AGE, "==", Number(5)), Compare(AGE, "==", Number(6)))),
        ),
        ("home.people < age", Compare(Fact("home.people"), "<", AGE)),
        (
            "yes && (sure && home.safe)",
            And((Truth(YES), Truth(Fact("sure")), Truth(Fact("home.safe")))),
        ),
        (
            "children.exists(r, r.age < age)",
            RowsExist(Fact("children"), "r", Compare(Fact("r.age"), "<", AGE)),
        ),
        (
            "children.exists(r, 'p' in r.needs)",
            RowsExist(Fact("children"), "r", Holds(Fact("r.needs"), ("p",))),
        ),
    ],
)
def test_each_spelling_has_one_shape(text: str, expected: Condition) -> None:
    assert cel.read(text, RICH) == expected


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("(yes||sure)||home.safe", "yes || sure || home.safe"),
        ("(yes && sure) || home.safe", "yes && sure || home.safe"),
        ("yes && (sure || home.safe)", "yes && (sure || home.safe)"),
        ("!(yes && sure)", "!(yes && sure)"),
        ("!('p' in forms)", "!('p' in forms)"),
        ("!(kind == 'a')", "kind != 'a'"),
        ("!(kind in ['a', 'b'])", "!(kind in ['a', 'b'])"),
        ("!( forms.exists(w, w in ['p','q']) )", "!forms.exists(v, v in ['p', 'q'])"),
        ("born < date('2026-01-01')", "born < date('2026-01-01')"),
        ("told < date('2026-01-01T00:00:00Z')", "told < date('2026-01-01T00:00:00+00:00')"),
        ("\n yes\t&&\r\n sure ", "yes && sure"),
    ],
)
def test_it_prints_one_canonical_text(text: str, canonical: str) -> None:
    assert cel.write(cel.read(text, RICH)) == canonical


def test_the_standard_spelling_asks_for_every_map_on_the_way() -> None:
    condition = cel.read("has(home.safe) && born < date('2026-01-01') || !yes", RICH)
    assert cel.write_standard(condition) == (
        "(has(f.home) && has(f.home.safe)) && f.born < timestamp('2026-01-01T00:00:00Z') || !f.yes"
    )


def test_a_row_called_f_gives_way_to_the_map_of_facts() -> None:
    condition = cel.read("children.exists(f, f.age < 5 && yes)", RICH)
    assert cel.write_standard(condition) == ("f.children.exists(row_f, row_f.age < 5 && f.yes)")


@pytest.mark.parametrize(
    ("text", "column", "key"),
    [
        ("", 1, "unfinished"),
        ("yes &&", 7, "unfinished"),
        ("yes sure", 5, "unexpected"),
        ("yes && )", 8, "unexpected"),
        ("yes & sure", 5, "write_instead"),
        ("yes and sure", 5, "write_instead"),
        ("not yes", 1, "write_instead"),
        ("age = 18", 5, "write_instead"),
        ("age < 18 ? yes : sure", 10, "bad_character"),
        ("age < 1.5", 7, "not_whole_number"),
        ("age < 18u", 7, "not_whole_number"),
        ("age < 9007199254740992", 7, "number_too_large"),
        ("kind == 'a", 9, "unclosed_text"),
        (r"kind == 'a\q'", 11, "bad_escape"),
        (r"kind == '\ud800'", 10, "bad_escape"),
        ("yes && null", 8, "reserved_word"),
        ("(yes || sure", 1, "unclosed"),
        ("kind in ['a'", 9, "unclosed"),
        ("1 < age < 5", 9, "chained_comparison"),
        ("yse", 1, "unknown_fact_nearest"),
        ("zzzzzz", 1, "unknown_fact"),
        ("kind == 'c'", 9, "unknown_option"),
        ("kind == 'its'", 9, "unknown_option_nearest"),
        ("kind in ['a', 'x']", 15, "unknown_option"),
        ("'z' in forms", 1, "unknown_option"),
        ("kind in []", 9, "empty_list"),
        ("kind in ['a', 'a']", 15, "repeated_option"),
        ("age in [1, 1]", 12, "repeated_option"),
        ("age in ['a']", 9, "not_a_number"),
        ("kind in [1]", 10, "not_an_option"),
        ("age", 1, "not_yes_no"),
        ("kind", 1, "not_yes_no"),
        ("18", 1, "not_a_condition"),
        ("'a'", 1, "not_a_condition"),
        ("['a']", 1, "not_a_condition"),
        ("age + 1 < 5", 5, "sums_not_here"),
        ("age < 'a'", 1, "not_a_choice"),
        ("age == 'a'", 1, "not_a_choice"),
        ("yes < 3", 1, "yes_no_has_no_order"),
        ("yes < true", 5, "yes_no_has_no_order"),
        ("yes == sure", 1, "yes_no_has_no_order"),
        ("kind < 'a'", 6, "options_have_no_order"),
        ("kind == forms", 1, "options_have_no_order"),
        ("forms == 'p'", 1, "write_in"),
        ("'a' in kind", 8, "not_a_list"),
        ("forms in ['p']", 1, "list_in_list"),
        ("yes in ['p']", 1, "not_a_choice"),
        ("note == 'a'", 1, "not_a_choice"),
        ("note < 3", 1, "text_not_asked"),
        ("children < 3", 1, "rows_not_asked"),
        ("born < '2026-01-01'", 8, "text_has_no_order"),
        ("born < 3", 6, "different_types"),
        ("born < told", 6, "different_types"),
        ("born < date('2026-02-30')", 13, "bad_date"),
        ("born < date(3)", 8, "date_of_text"),
        ("told < date('2026-01-01T10:00:00')", 13, "bad_date"),
        ("1 < 2", 1, "asks_nothing"),
        ("size(forms) < 2", 1, "function_not_here"),
        ("hours_between(told, when) < 2", 1, "function_not_here"),
        ("hase(age)", 1, "unknown_function_nearest"),
        ("matches(note)", 1, "unknown_function"),
        ("has(age, age)", 1, "function_misused"),
        ("forms.exists(v, v != 'p')", 19, "exists_shape"),
        ("age.exists(v, v == 'p')", 1, "exists_over"),
        ("children.exists(age, age.age < 3)", 17, "variable_taken"),
        ("children.exists(r, r.agee < 3)", 20, "unknown_fact_nearest"),
        ("'p' in ['p']", 8, "membership_shape"),
        ("(yes && sure) == 'a'", 2, "not_a_value"),
    ],
)
def test_what_is_wrong_is_said_with_its_column(text: str, column: int, key: str) -> None:
    found = problem(text)
    assert (found.column, found.key) == (column, f"conditions.{key}")


def test_a_slip_of_the_pen_names_its_correction() -> None:
    assert problem("home.saef").params["nearest"] == "home.safe"
    assert "“home.safe”" in problem("home.saef").sentence("id")
    assert problem("kind == 'itss'").params["nearest"] == "it's"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("(" * 5_000 + "yes" + ")" * 4_000, "too_deep"),
        ("!" * 9_000 + "yes", "too_deep"),
        ("[" * 9_000, "too_deep"),
        ("has(" * 2_000, "too_deep"),
        ("children.exists(r, " * 500, "too_deep"),
        ("age" + " + 1" * 2_000 + " < 3", "too_deep"),
        ("1" + "||1" * 2_500, "too_many_parts"),
        ("x" * 1_000_000, "too_long"),
        ("'" * 10_000, "unexpected"),
        ("yes\x00", "bad_character"),
        ("age < " + "9" * 9_000, "number_too_large"),
        ("\U0001f512" * 100, "bad_character"),
        ("y" * 9_000, "unknown_fact"),
    ],
)
def test_hostile_text_is_refused_at_once(text: str, key: str, bounded: Any) -> None:
    with bounded(0.5):
        assert problem(text).key == f"conditions.{key}"


def test_the_deepest_text_allowed_stays_far_from_the_stack_limit() -> None:
    text = "!(yes && " * 20 + "sure" + ")" * 20
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(_stack()) + 400)
    try:
        assert cel.read(cel.write(cel.read(text, RICH)), RICH) == cel.read(text, RICH)
    finally:
        sys.setrecursionlimit(limit)


def _stack() -> list[object]:
    frames: list[object] = []
    frame = sys._getframe()
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back
    return frames


@sized(300)
@given(st.text(alphabet="yesagekind'\"()[]!&|<>=,.+- 019has\\", max_size=60))
def test_any_text_is_read_or_refused_with_a_column(text: str) -> None:
    try:
        cel.read(text, RICH)
    except BadDocument as e:
        (found,) = e.problems
        assert found.column is not None
        assert 1 <= found.column <= len(text) + 1


@pytest.mark.parametrize(
    ("name", "right"),
    [
        *(("age", True), ("home.safe", True), ("_a1", True), ("in", False), ("a.for", False)),
        *(("1a", False), ("a-b", False), ("", False), ("a.", False), ("and", False), ("é", False)),
    ],
)
def test_a_name_is_one_that_a_condition_can_say(name: str, right: bool) -> None:
    assert cel.is_name(name) is right


ROOT = Path(__file__).parents[2]


def shipped_types() -> dict[str, Boolean | Integer | Choice | Many]:
    """Return the shipped assessment's facts that rules read, as its schema says them."""
    types: dict[str, Boolean | Integer | Choice | Many] = {}
    pending = [json.loads((ROOT / "schemas/forms/asesmen-awal.json").read_bytes())]
    while pending:
        schema = pending.pop()
        for name, question in schema.get("properties", {}).items():
            if "x-id" not in question:
                continue
            match question:
                case {"type": "boolean"}:
                    types[name] = Boolean()
                case {"type": "integer"}:
                    types[name] = Integer(question["minimum"], question["maximum"])
                case {"type": "array", "items": {"oneOf": options}}:
                    types[name] = Many(tuple(o["const"] for o in options))
                case {"oneOf": options}:
                    types[name] = Choice(tuple(o["const"] for o in options))
        pending.extend(branch["then"] for branch in schema.get("allOf", []) if "then" in branch)
    return types


def test_every_shipped_condition_is_canonical_already() -> None:
    rules = json.loads((ROOT / "rules/rujukan.json").read_bytes())
    types: dict[str, Boolean | Integer | Choice | Many] = shipped_types()
    texts: list[str] = []
    for fact in rules["facts"]:
        texts += [case["when"] for case in fact["cases"]]
        types[fact["id"]] = Choice(tuple(o["const"] for o in fact["options"]))
    texts += [rule["when"] for rule in rules["rules"]]
    texts += [g["given"] for g in rules["guarantees"] if "given" in g]
    assert len(texts) > 60
    assert [cel.write(cel.read(t, types)) for t in texts] == texts
