"""Answers that a form computes from other answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from conditions.condition_strategies import RICH
from satupintu.conditions import cel, computed
from satupintu.conditions.types import Boolean, Choice, FactType, Integer
from satupintu.conditions.values import Facts
from satupintu.errors import BadDocument

TOLD = datetime.fromisoformat("2026-11-23T10:15:00+07:00")
WHEN = datetime.fromisoformat("2026-11-22T09:45:00+07:00")

HOURS = {
    "cases": [
        {"when": "kind == 'a'", "value": "hours_between(when, told)"},
        {"when": "kind == 'b'", "value": "72"},
    ]
}


@pytest.mark.parametrize(
    ("document", "found", "expected"),
    [
        (HOURS, {"kind": "a", "when": WHEN, "told": TOLD}, 24),
        (HOURS, {"kind": "b"}, 72),
        (HOURS, {"kind": "a", "when": WHEN}, None),
        (HOURS, {"kind": "it's"}, None),
        (HOURS, {}, None),
        ("years_between(born, told)", {"born": date(2008, 11, 24), "told": TOLD}, 17),
        ("days_between(born, date('2026-11-23'))", {"born": date(2026, 11, 20)}, 3),
        ("size(forms) + size(children) - 1", {"forms": ("p", "q"), "children": ({},)}, 2),
        ("size(forms)", {"forms": ()}, 0),
        ("size(forms)", {}, None),
        ("age - home.people", {"age": 5, "home.people": 2}, 3),
        ("age - (hours - 1)", {"age": 5, "hours": 3}, 3),
        ("age < 18", {"age": 5}, True),
        ("age < 18", {}, None),
        ("yes", {"yes": False}, False),
        ("has(note)", {}, False),
        ("'a'", {}, "a"),
        ("born", {"born": date(2026, 1, 1)}, date(2026, 1, 1)),
        ("date('2026-01-01')", {}, date(2026, 1, 1)),
        ({"cases": [{"when": "size(forms) > 1", "value": "true"}]}, {"forms": ("p", "q")}, True),
    ],
)
def test_the_first_true_case_gives_the_value(document: Any, found: Facts, expected: object) -> None:
    assert computed.value(computed.read(document, RICH), found) == expected


def test_an_unknown_case_is_passed_over() -> None:
    document = {"cases": [{"when": "yes", "value": "1"}, {"when": "!has(yes)", "value": "2"}]}
    assert computed.value(computed.read(document, RICH), {}) == 2


def test_it_knows_which_facts_it_reads() -> None:
    assert computed.read(HOURS, RICH).reads() == {"kind", "when", "told"}


@pytest.mark.parametrize(
    "text",
    ["hours_between(when, told) - 3 + age", "age - (hours - 1)", "'it\\'s'", "!yes", "size(forms)"],
)
def test_a_value_reads_back_from_its_canonical_text(text: str) -> None:
    value = cel.read_value(text, RICH)
    assert cel.read_value(cel.write_value(value), RICH) == value


@pytest.mark.parametrize(
    ("document", "result", "place", "key"),
    [
        (3, None, "", "computed_shape"),
        ({"cases": []}, None, "/cases", "computed_shape"),
        ({"cases": [{"when": "yes"}]}, None, "/cases/0", "computed_shape"),
        ({"cases": [{"when": "yse", "value": "1"}]}, None, "/cases/0/when", "unknown_fact_nearest"),
        ({"cases": [{"when": "yes", "value": "agee"}]}, None, "/cases/0/value", None),
        ("hours_between(born, told)", None, "", "day_without_hours"),
        ("hours_between(age, told)", None, "", "not_a_date"),
        ("hours_between(told)", None, "", "function_misused"),
        ("size(age)", None, "", "function_misused"),
        ("born + 1", None, "", "not_a_number"),
        ("yes + 1", None, "", "yes_no_has_no_order"),
        ("['a']", None, "", "not_a_condition"),
        ("age", Boolean(), "", "computed_type"),
        ("'c'", Choice(("a", "b")), "", "unknown_option"),
        ("'a'", Integer(), "", "computed_type"),
        ("age < 3", Integer(), "", "computed_type"),
    ],
)
def test_what_cannot_be_computed_is_refused_at_its_place(
    document: Any, result: FactType | None, place: str, key: str | None
) -> None:
    with pytest.raises(BadDocument) as caught:
        computed.read(document, RICH, result=result)
    (problem,) = caught.value.problems
    assert problem.pointer == place
    assert key is None or problem.key == f"conditions.{key}"
    assert all(problem.sentence(language) for language in ("id", "en"))


def test_a_value_of_the_right_type_is_taken() -> None:
    assert computed.read("age + 1", RICH, result=Integer())
    assert computed.read("'a'", RICH, result=Choice(("a",)))
    assert computed.read("yes", RICH, result=Boolean())
