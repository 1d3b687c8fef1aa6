"""The closed-in validator says what the stock one says, and does less harm."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from satupintu.documents import Json
from satupintu.forms.closed import Closed, validator_for

NAMES = ("a", "b", "c", "d")
values = st.one_of(
    st.sampled_from([True, False, 0, 1, 1.0, "x", "y", "", None]),
    st.lists(st.sampled_from(["x", "y", 1, True, 1.0]), max_size=4),
)
tests = st.sampled_from(
    [
        {"const": "x"},
        {"const": 1},
        {"enum": ["x", True]},
        {"type": "string"},
        {"oneOf": [{"const": "x"}, {"const": "y"}]},
        {"oneOf": [{"const": "x"}, {"const": "x"}, {"const": "y"}]},
        {"oneOf": [{"const": "x", "minLength": 2}, {"const": "y"}]},
        {"oneOf": [{"const": 1}, {"const": True}]},
        {"oneOf": [{"const": "x"}, {"title": "Anything"}]},
        {"type": "array", "uniqueItems": True},
        {"contains": {"const": "x"}},
        {"not": {"const": "x"}},
        {"minimum": 1},
        True,
        False,
    ]
)


@st.composite
def schemas(draw: st.DrawFn, depth: int = 0) -> Json:
    """Draw an object schema of the keywords that forms use, conditions and references included."""
    schema: dict[str, Any] = {}
    if draw(st.booleans()):
        schema["properties"] = draw(st.dictionaries(st.sampled_from(NAMES), tests, max_size=3))
    if draw(st.booleans()):
        schema["required"] = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
    if depth < 3:
        below = schemas(depth + 1)
        for keyword in draw(
            st.lists(st.sampled_from(["allOf", "anyOf", "oneOf", "if", "dep", "ref"]), max_size=2)
        ):
            match keyword:
                case "if":
                    schema |= {"if": draw(below), "then": draw(below)}
                case "dep":
                    schema["dependentSchemas"] = {draw(st.sampled_from(NAMES)): draw(below)}
                case "ref":
                    schema["$ref"] = "#/$defs/shared"
                case _:
                    schema[keyword] = draw(st.lists(below, min_size=1, max_size=2))
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        schema["unevaluatedProperties"] = draw(st.sampled_from([False, False, {"const": "x"}]))
    if depth == 0:
        schema["$defs"] = {"shared": {"properties": {"d": draw(tests)}, "required": ["d"]}}
    return schema


@given(schemas(), st.lists(st.dictionaries(st.sampled_from(NAMES), values), max_size=6))
def test_it_accepts_what_the_stock_validator_accepts(schema: Json, instances: list[Json]) -> None:
    closed, stock = Closed(schema), Draft202012Validator(schema)
    for instance in instances:
        assert closed.accepts(instance) is stock.is_valid(instance)
        assert closed.accepts(instance) is (not list(closed.errors(instance)))


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": [{"const": "x"}, {"title": "Anything"}]},
        {"allOf": [{"prefixItems": [{"const": "x"}]}], "unevaluatedItems": {"type": "integer"}},
        {"allOf": [{"prefixItems": [{"const": "x"}]}], "unevaluatedItems": False},
        {"contains": {"const": "x"}, "unevaluatedItems": {"type": "integer"}},
        {"anyOf": [{"items": {"const": "x"}}, {"prefixItems": [True]}], "unevaluatedItems": False},
        {"if": {"prefixItems": [{"const": "x"}]}, "else": False, "unevaluatedItems": False},
        {"allOf": [{"unevaluatedItems": {"const": 1}}], "unevaluatedItems": False},
        {"properties": {"x": True}, "unevaluatedProperties": {"type": "integer"}},
        {"propertyNames": {"minLength": 2, "pattern": "^x"}},
    ],
)
def test_what_is_left_and_what_is_named_is_judged_as_by_the_stock_validator(schema: Json) -> None:
    closed, stock = Closed(schema), Draft202012Validator(schema)
    lists = [[], ["x"], ["y"], [1], ["x", 1], ["x", "x"], ["x", "y"], [1, "x"], [1, 1], ["y", 1]]
    objects = [{}, {"x": 1}, {"x": "a"}, {"xy": 1}, {"xy": "a"}, {"yx": 1}, {"x": "a", "xy": 1}]
    for value in [*lists, *objects, "x", "y", None]:
        assert closed.accepts(value) is stock.is_valid(value)


@pytest.mark.parametrize(
    ("format_", "good", "bad"),
    [
        (
            "date",
            ["2026-02-28", "2024-02-29"],
            ["2026-02-29", "20260228", "0001-01-01", "2026-2-8"],
        ),
        (
            "date-time",
            ["2026-02-28T10:15:00+07:00", "2026-02-28T10:15:00.5Z"],
            [
                "2026-02-30T10:15:00Z",
                "2026-02-28T10:15:00",
                "2026-02-28 10:15:00Z",
                "9999-01-01T00:00:00Z",
            ],
        ),
        ("time", ["10:15:00Z", "23:59:59+07:00"], ["24:00:00Z", "10:15", "10.15"]),
        ("uuid", ["0b6f1f0e-5d55-4c1e-9a55-2f1f5d3c7a10"], ["0b6f1f0e", "x" * 36]),
        ("email", ["nama@contoh.id"], ["nama", "nama@contoh", "na ma@contoh.id"]),
    ],
)
def test_formats_are_checked(format_: str, good: list[str], bad: list[str]) -> None:
    closed = Closed({"format": format_})
    assert all(closed.accepts(value) for value in [*good, 5, None])
    assert not any(closed.accepts(value) for value in bad)


def test_a_pattern_ends_where_the_text_ends() -> None:
    assert Closed({"pattern": "^[0-9]{2}$"}).accepts("12")
    assert not Closed({"pattern": "^[0-9]{2}$"}).accepts("12\n"), "Python's own would accept this"
    assert Closed({"pattern": "é"}).accepts("café")


def test_pattern_properties_run_on_the_safe_engine_too() -> None:
    closed = Closed({"patternProperties": {"^(a+)+$": {"type": "string"}}})
    assert closed.accepts({"aaa": "x", "b": 1})
    assert not closed.accepts({"aaa": 1})
    assert closed.accepts({"a" * 10_000 + "!": 1})


def test_a_remote_reference_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("it went to the network")

    monkeypatch.setattr(socket, "create_connection", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    with pytest.raises(Exception, match="Unresolvable"):
        Closed({"$ref": "http://127.0.0.1:1/x.json"}).accepts({})


def test_the_same_version_is_compiled_once_and_old_ones_are_forgotten() -> None:
    first = validator_for({"type": "string"}, "versi-1")
    assert validator_for({"type": "string"}, "versi-1") is first
    for number in range(2, 80):
        validator_for({"type": "string"}, f"versi-{number}")
    assert validator_for({"type": "string"}, "versi-1") is not first
