"""Any JSON Schema 2020-12 is read, and judges answers rightly, in sentences and to an end."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from forms.any_schema_cases import CASES
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms.any_schema.reading import read
from satupintu.words import LANGUAGES

NAMES = ("a", "b", "c")
scalars = st.sampled_from([None, True, False, 0, 1, 1.0, 2.5, "", "x", "xy"])
values = st.recursive(
    scalars,
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(NAMES), below, max_size=3)
    ),
    max_leaves=8,
)


def schemas() -> st.SearchStrategy[Json]:
    """Draw schemas of every keyword, references into the root's ``$defs`` included."""
    leaves = st.sampled_from(
        [
            *(True, False, {"type": "object"}, {"type": ["array", "integer"]}, {"const": 1}),
            *({"enum": ["x", None]}, {"minimum": 1}, {"maxLength": 1}, {"uniqueItems": True}),
            *({"required": ["a"]}, {"dependentRequired": {"a": ["b"]}}, {"pattern": "^x"}),
            *({"minProperties": 1}, {"maxItems": 1}, {"multipleOf": 0.5}, {"$ref": "#/$defs/d"}),
        ]
    )
    return st.recursive(leaves, _around, max_leaves=8)


def _around(below: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    listed = st.lists(below, min_size=1, max_size=2)
    named = st.dictionaries(st.sampled_from(NAMES), below, max_size=2)
    keywords: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), listed),
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), named),
        **dict.fromkeys(("not", "if", "then", "else", "items", "contains"), below),
        **dict.fromkeys(("additionalProperties", "propertyNames", "unevaluatedItems"), below),
        "unevaluatedProperties": below,
        "minContains": st.integers(0, 2),
        "maxContains": st.integers(0, 2),
    }
    some = st.lists(st.sampled_from(sorted(keywords)), min_size=1, max_size=3, unique=True)
    return some.flatmap(lambda names: st.fixed_dictionaries({n: keywords[n] for n in names}))


def accepts(schema: Json, value: Json) -> bool:
    return not read(schema).problems(value)


def refusal(schema: Json, value: Json = 1) -> tuple[str, str]:
    with pytest.raises(BadDocument) as refused:
        read(schema).problems(value)
    return refused.value.problems[0].pointer, refused.value.problems[0].sentence("en")


@pytest.mark.parametrize(
    ("schema", "good", "bad"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_each_keyword_accepts_and_refuses(schema: Json, good: list[Json], bad: list[Json]) -> None:
    assert [v for v in good if not accepts(schema, v)] == []
    assert [v for v in bad if accepts(schema, v)] == []


@given(schemas(), schemas(), st.lists(values, max_size=5))
def test_it_accepts_what_the_stock_validator_accepts(
    schema: Json, shared: Json, instances: list[Json]
) -> None:
    if isinstance(schema, bool) or "$ref" in json.dumps(shared):
        return
    whole = json.loads(json.dumps({**schema, "$defs": {"d": shared}}))
    ours, stock = read(whole), Draft202012Validator(whole)
    for instance in instances:
        assert (not ours.problems(instance)) is stock.is_valid(instance)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_is_a_sentence(language: str) -> None:
    for _, schema, _, bad in CASES:
        for value in bad:
            for problem in read(schema).problems(value):
                assert problem.sentence(language)[-1] == "."


@pytest.mark.parametrize(
    ("schema", "value", "told"),
    [
        ({"required": ["a", "b"]}, {}, ["/a", "/b"]),
        ({"items": {"properties": {"a": {"type": "null"}}}}, [{}, {"a": 1}], ["/1/a"]),
        ({"properties": {"a": True}, "unevaluatedProperties": False}, {"x/y": 1}, ["/x~1y"]),
        ({"properties": {"a": {"type": "null"}}, "unevaluatedProperties": False}, {"a": 1}, ["/a"]),
        ({"anyOf": [{"type": "null"}, {"items": {"minimum": 1}}]}, [1, 0], ["/1"]),
        ({"anyOf": [{"minimum": 3}, {"maximum": 1}], "unevaluatedProperties": False}, 2, [""]),
        ({"allOf": [{"minimum": 3}, {"minimum": 3}]}, 2, [""]),
    ],
)
def test_a_problem_is_told_once_where_it_stands(schema: Json, value: Json, told: list[str]) -> None:
    assert [p.pointer for p in read(schema).problems(value)] == told


@pytest.mark.parametrize(
    ("schema", "pointer", "says"),
    [
        (5, "", "not a schema"),
        ([], "", "not a schema"),
        ({"type": "strin"}, "/type", '"string"'),
        ({"properties": {"a": {"minLength": -1}}}, "/properties/a/minLength", "0 or more"),
        ({"allOf": 5}, "/allOf", "a list"),
        ({"$defs": {"a": {"$anchor": [1]}}}, "/$defs/a/$anchor", "text"),
        ({"$ref": "https://contoh.id/x.json"}, "/$ref", "never fetched"),
        ({"$ref": "file:///etc/passwd"}, "/$ref", "never fetched"),
        ({"then": {"$ref": "lain.json#/a"}}, "/then/$ref", "never fetched"),
        ({"$ref": "#/$defs/a"}, "/$ref", "points at nothing"),
        ({"$ref": "#a"}, "/$ref", "points at nothing"),
        ({"$ref": "#/title", "title": "x"}, "/$ref", "not a schema"),
        ({"$ref": "#/title/0", "title": "x"}, "/$ref", "points at nothing"),
        ({"$ref": "http://["}, "/$ref", "not a proper address"),
        ({"$id": "http://["}, "/$id", "not a proper address"),
        ({"$ref": "#/x", "x": {"type": 5}}, "", "Use one of these"),
        ({"pattern": "(?=a)"}, "/pattern", "RE2"),
        ({"patternProperties": {"(a)\\1": True}}, "/patternProperties/(a)\\1", "RE2"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "/$schema", "2020-12"),
        ({"not": {"$schema": "https://contoh.id/lain"}}, "/not/$schema", "another meta-schema"),
        ({"maximum": float("inf")}, "/maximum", "too large"),
        ({"const": "\ud800"}, "/const", "cannot be kept"),
    ],
)
def test_a_schema_that_cannot_be_used_is_a_sentence(schema: Json, pointer: str, says: str) -> None:
    where, sentence = refusal(schema)
    assert where == pointer
    assert says in sentence


def _doubling() -> Json:
    defs: dict[str, Json] = {
        f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(40)
    }
    return json.loads(json.dumps({"$defs": {**defs, "a40": {}}, "$ref": "#/$defs/a0"}))


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"$dynamicAnchor": "a", "$dynamicRef": "#a"},
        {"not": {"$ref": "#"}},
        {"anyOf": [{"$ref": "#"}, {"$ref": "#"}], "unevaluatedItems": False},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
    ],
)
def test_a_schema_that_goes_round_in_a_circle_is_told_so(schema: Json) -> None:
    assert "refers to itself without end" in refusal(schema)[1]


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (_doubling(), 1),
        ({"items": {"required": [str(n) for n in range(30_000)]}}, [{}] * 1_000),
        ({"pattern": "((a?){30}){30}$"}, "a" * 200_000),
        ({"anyOf": [{"type": "object"} for _ in range(50_000)]}, "x" * 1_000_000),
        ({"patternProperties": {f"{n}x{{900}}": True for n in range(3_000)}}, 1),
    ],
    ids=["doubling", "required", "pattern", "any of many", "many patterns"],
)
def test_work_without_end_is_stopped_with_a_sentence(schema: Json, value: Json) -> None:
    _, sentence = refusal(schema, value)
    assert "takes too long" in sentence or "too large together" in sentence


def test_the_deepest_documents_are_judged() -> None:
    schema: Json = {}
    answers: Json = []
    for _ in range(63):
        schema, answers = {"not": schema}, [answers]
    assert not accepts(schema, 1)
    assert accepts({"type": "array", "items": {"$ref": "#"}}, answers)


def test_many_equal_looking_items_cost_little() -> None:
    items = [{"a": n, "b": [str(n)]} for n in range(20_000)]
    assert accepts({"uniqueItems": True, "items": {"enum": list(items)}}, items)


def test_hostile_patterns_run_on_the_safe_engine_everywhere() -> None:
    long = "a" * 10_000 + "!"
    assert not accepts({"pattern": "^(a+)+$"}, long)
    named = {"patternProperties": {"^(a+)+$": True}}
    assert not accepts({**named, "additionalProperties": False}, {long: 1})
    assert not accepts({**named, "unevaluatedProperties": False}, {long: 1})
    standard = {"$schema": "https://json-schema.org/draft/2020-12/schema", "pattern": "^(a+)+$"}
    assert not accepts({"not": {"not": standard}}, long)


def test_answers_that_json_cannot_hold_are_told_at_their_place() -> None:
    told = read(True).problems({"a": [float("inf"), "\ud800"], "b": 1})
    assert [p.pointer for p in told] == ["/a/1", "/a/0"]


def test_documents_at_hand_are_read_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("it went to the network")

    monkeypatch.setattr(socket, "create_connection", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    beside = {"https://contoh.id/umur": {"type": "integer", "$defs": {"x": {"$anchor": "x"}}}}
    assert read({"$ref": "https://contoh.id/umur"}, beside).problems("x")
    assert not read({"$ref": "https://contoh.id/umur#x"}, beside).problems("x")
    with pytest.raises(BadDocument):
        read({"$ref": "https://contoh.id/nama"}, beside)


def test_a_meta_schema_at_hand_says_which_keywords_count() -> None:
    vocab = "https://json-schema.org/draft/2020-12/vocab/"
    core = {f"{vocab}core": True, f"{vocab}applicator": True}
    own = "https://contoh.id/meta"
    schema = {"$schema": own, "properties": {"a": {"minimum": 5}, "b": False}}
    loose = read(schema, {own: {"$vocabulary": core}})
    assert not loose.problems({"a": 1})
    assert loose.problems({"b": 1})
    with pytest.raises(BadDocument, match=r"contoh\.id/rahasia"):
        read(schema, {own: {"$vocabulary": {**core, "https://contoh.id/rahasia": True}}})
