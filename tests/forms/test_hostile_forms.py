"""Documents and answers made to hang or to fetch: refused, or done with, in little time."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.small_forms import choice, document, one, question
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms.answers import problems, with_computed, without_hidden
from satupintu.forms.check import check
from satupintu.forms.closed import Closed, pattern
from satupintu.forms.reading import read

SECONDS = 1.0
"""The figure to reach is 200 ms; a machine that is busy with others is given more."""
BYTES = 64 * 1024 * 1024


def _nested(depth: int, keyword: str = "not") -> Json:
    schema: Json = {}
    for _ in range(depth):
        schema = {keyword: [schema] if keyword == "allOf" else schema}
    return schema


def _with_question(schema: Json, **root: Json) -> Json:
    return document({"q": {**question("q"), **schema}}, **root)


def _doubling() -> Json:
    defs: Json = {"d40": {"type": "string"}}
    for n in range(40):
        below = {"$ref": f"#/$defs/d{n + 1}"}
        defs[f"d{n}"] = {"properties": {"a": below, "b": below}}
    return {**_yes_no(), "$defs": defs, "allOf": [{"$ref": "#/$defs/d0"}]}


def _circle() -> Json:
    defs = {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"allOf": [{"$ref": "#/$defs/a"}]}}
    return {**_yes_no(), "$defs": defs, "allOf": [{"$ref": "#/$defs/a"}]}


def _yes_no() -> Json:
    return _with_question({"type": "boolean"})


def _text(**keywords: Json) -> Json:
    return _with_question({"type": "string", **keywords})


def _yes_nos(count: int) -> dict[str, Json]:
    return {f"q{n}": question(f"q{n}", type="boolean") for n in range(count)}


def _is(name: str) -> Json:
    return {"properties": {name: {"const": True}}, "required": [name]}


def _exploding() -> Json:
    pairs = [{"anyOf": [_is(f"q{n}"), _is(f"q{n + 1}")]} for n in range(0, 24, 2)]
    then = {"properties": {"z": question("z", type="boolean")}}
    return document(_yes_nos(24), allOf=[{"if": {"allOf": pairs}, "then": then}])


ELSEWHERE = "http://127.0.0.1:1/x.json"

HOSTILE: dict[str, Callable[[], Json]] = {
    "deep not": lambda: _text(**_nested(60)),
    "deep allOf": lambda: _text(**_nested(28, "allOf")),
    "deep if": lambda: _text(**_nested(60, "if")),
    "deep items": lambda: _with_question({"type": "array", **_nested(60, "items")}),
    "a circle of references": _circle,
    "a reference to itself": lambda: _with_question(
        {"$ref": "#/$defs/a"}, **{"$defs": {"a": {"$ref": "#/$defs/a"}}}
    ),
    "a reference to the root": lambda: _with_question({"$ref": "#"}),
    "doubling references": _doubling,
    "a huge enum": lambda: _text(enum=[str(n) for n in range(200_000)]),
    "a huge oneOf": lambda: _text(oneOf=choice(*map(str, range(20_000)))),
    "many questions": lambda: document(_yes_nos(2_000)),
    "many pages": lambda: {**_yes_no(), "x-pages": [{"id": "a"}] * 50_000},
    "a remote reference": lambda: _with_question({"$ref": ELSEWHERE}),
    "a file": lambda: _with_question({"$ref": "file:///etc/hostname"}),
    "a relative file": lambda: _with_question({"$ref": "asesmen-awal.json"}),
    "another base": lambda: _text(**{"$id": ELSEWHERE}),
    "a dynamic reference": lambda: _text(**{"$dynamicRef": "#a"}),
    "another dialect": lambda: {**_yes_no(), "$schema": ELSEWHERE},
    "a dialect inside": lambda: _text(**{"$schema": ELSEWHERE}),
    "a pattern with look-ahead": lambda: _text(pattern="(?=a)b"),
    "a pattern with back-reference": lambda: _text(pattern="(a)\\1"),
    "a pattern that explodes": lambda: _text(pattern="((a{500}){500}){500}"),
    "a condition that explodes": _exploding,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_form_is_refused_in_little_time_and_memory(name: str, bounded: Any) -> None:
    data = json.dumps(HOSTILE[name]()).encode()
    with bounded(SECONDS):
        found = check(data, "jahat.json")
    assert [p for p in found if not p.warning]
    tracemalloc.start()
    check(data, "jahat.json")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < BYTES


def test_a_deep_but_allowed_form_is_read() -> None:
    assert one({**question("q", type="string"), **_nested(12, "allOf")}).questions["q"]


def test_a_pattern_that_hangs_others_is_run_in_little_time(bounded: Any) -> None:
    text = "a" * 100_000 + "!"
    pattern("^(a+)+$")
    with bounded(0.1):
        assert not Closed({"pattern": "^(a+)+$"}).accepts(text)


def test_unique_items_is_linear(bounded: Any) -> None:
    items = [{"a": n, "b": [n]} for n in range(3_000)]
    with bounded(SECONDS):
        assert Closed({"uniqueItems": True}).accepts(items)
        assert not Closed({"uniqueItems": True}).accepts([*items, {"b": [7.0], "a": 7}])


FORM = one(question("q", "Cerita contoh", type="string", maxLength=100))

HOSTILE_ANSWERS: dict[str, Json] = {
    "one megabyte of text": {"q": "x" * 1_000_000},
    "more text than anything may have": {"q": "x" * 3_000_000},
    "many keys": {f"k{n}": 1 for n in range(30_000)},
    "many values": {"q": [0] * 100_000},
    "not a number": {"q": float("nan")},
    "infinity": {"q": float("inf")},
    "half a surrogate pair": {"q": "\ud800"},
    "half a surrogate pair in a key": {"\ud800": "x"},
    "a long key": {"k" * 100_000: "x"},
    "a list": [],
    "nothing": None,
    "an object for a text": {"q": {"q": {"q": "x"}}},
}


@pytest.mark.parametrize("name", HOSTILE_ANSWERS)
def test_hostile_answers_are_told_in_a_short_sentence(name: str, bounded: Any) -> None:
    with bounded(SECONDS):
        found = problems(FORM, HOSTILE_ANSWERS[name])
    assert 1 <= len(found) <= 500
    for problem in found:
        for language in ("id", "en"):
            assert len(problem.sentence(language)) < 300
            problem.sentence(language).encode()
        problem.pointer.encode()


def test_answers_nested_too_deep_are_refused_without_recursion() -> None:
    deep: Json = "x"
    for _ in range(100_000):
        deep = [deep]
    assert [p.key for p in problems(FORM, {"q": deep})] == ["forms.answers_too_deep"]
    while isinstance(deep, list):  # unwound here, as Python's own destructor may recurse
        deep = deep.pop()


def test_a_text_that_is_too_long_is_told_at_its_question() -> None:
    (problem,) = problems(FORM, {"q": "x" * 1_000_000})
    assert problem.pointer == "/q"
    assert problem.sentence("id") == "Tulis paling banyak 100 huruf pada “Cerita contoh”."


def _holding(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    listed = st.lists(inner, max_size=4)
    return listed | st.dictionaries(st.text(max_size=8), inner, max_size=4)


plain_values = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
json_values = st.recursive(plain_values | st.text(max_size=20), _holding, max_leaves=20)


@given(json_values)
def test_no_json_value_breaks_the_reader(value: Json) -> None:
    with pytest.raises(BadDocument):
        read(value)


@given(st.dictionaries(st.sampled_from(["q", "r", "z"]), json_values, max_size=3))
def test_no_json_value_breaks_what_looks_at_answers(value: Json) -> None:
    assert isinstance(problems(FORM, value), tuple)
    left, _ = without_hidden(FORM, with_computed(FORM, value))
    assert left == value
