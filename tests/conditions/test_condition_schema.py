"""The ``if`` of a form as a condition: judged by a JSON Schema validator on random answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from conditions.condition_strategies import RICH, facts, nested, sized, without
from satupintu.conditions import cel
from satupintu.conditions.meaning import holds
from satupintu.conditions.schema import from_schema
from satupintu.conditions.types import (
    Boolean,
    Choice,
    FactType,
    FactTypes,
    Integer,
    Many,
    Moment,
    Rows,
    Text,
)
from satupintu.errors import BadDocument

Schema = Any


def value_schemas(of: FactType) -> st.SearchStrategy[Schema]:
    """Draw what an ``if`` may ask of one answer."""
    leaves: list[st.SearchStrategy[Schema]] = [st.booleans(), st.just({})]
    match of:
        case Boolean():
            leaves.append(st.builds(lambda b: {"const": b, "type": "boolean"}, st.booleans()))
        case Integer():
            numbers = st.integers(-2, 40)
            keys = ("const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
            leaves += [
                st.dictionaries(st.sampled_from(keys), numbers, min_size=1, max_size=2),
                st.builds(lambda n: {"enum": n}, st.lists(numbers, min_size=1, unique=True)),
            ]
        case Choice(options):
            some = st.lists(st.sampled_from(options), min_size=1, unique=True)
            leaves += [
                st.builds(lambda o: {"enum": o}, some),
                st.builds(lambda o: {"oneOf": [{"const": c, "title": c} for c in o]}, some),
                st.builds(lambda o: {"const": o}, st.sampled_from(options)),
            ]
        case Many(options):
            counts = st.integers(0, len(options) + 1)
            leaves += [
                st.builds(lambda s: {"contains": s}, value_schemas(Choice(options))),
                st.builds(lambda n: {"minItems": n}, counts),
                st.builds(lambda n: {"maxItems": n}, counts),
            ]
        case Rows(fields):
            leaves += [
                st.builds(lambda s: {"contains": s}, object_schemas(fields)),
                st.builds(lambda n: {"minItems": n}, st.integers(0, 4)),
            ]
    return _combined(st.one_of(leaves))


def _combined(leaves: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    def wider(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            st.builds(lambda s: {"not": s}, inner),
            st.builds(lambda s: {"allOf": s}, several),
            st.builds(lambda s: {"anyOf": s}, several),
        )

    return st.recursive(leaves, wider, max_leaves=3)


def object_schemas(types: FactTypes) -> st.SearchStrategy[Schema]:
    """Draw what an ``if`` may ask of all answers, of a group or of a row."""
    groups = {name.partition(".")[0] for name in types if "." in name}
    below = {
        group: object_schemas(
            {n.partition(".")[2]: t for n, t in types.items() if n.startswith(group + ".")}
        )
        for group in groups
    }
    names = [name for name in types if "." not in name]
    each = {name: value_schemas(types[name]) for name in names} | below

    @st.composite
    def plain(draw: st.DrawFn) -> Schema:
        asked = draw(st.lists(st.sampled_from(sorted(each)), max_size=2, unique=True))
        needed = draw(st.lists(st.sampled_from(asked or sorted(each)), max_size=2, unique=True))
        return {
            "type": "object",
            "properties": {name: draw(each[name]) for name in asked},
            "required": needed,
        }

    return _combined(plain())


ASKED = without(RICH, Moment)


@sized(300, assured=5_000)
@given(object_schemas(ASKED), facts(ASKED))
def test_it_is_true_exactly_where_the_validator_says_valid(schema: Schema, found: Any) -> None:
    condition = from_schema(schema, ASKED)
    valid = Draft202012Validator(schema).is_valid(nested(found))
    assert (holds(condition, found) is True) is valid


@sized(150)
@given(object_schemas(ASKED))
def test_what_is_read_has_a_canonical_text(schema: Schema) -> None:
    condition = from_schema(schema, ASKED)
    assert cel.read(cel.write(condition), ASKED, functions=True) == condition


def asked(name: str, test: Schema) -> Schema:
    """Return the ``if`` that asks one answered question."""
    return {"properties": {name: test}, "required": [name]}


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        (asked("kind", {"enum": ["b", "a"]}), "kind in ['b', 'a']"),
        (asked("kind", {"not": {"const": "a"}}), "kind != 'a'"),
        (asked("kind", {"not": {"enum": ["a", "b"]}}), "!(kind in ['a', 'b'])"),
        (asked("age", {"exclusiveMaximum": 18}), "age < 18"),
        (asked("age", {"minimum": 5, "maximum": 17.0}), "age >= 5 && age <= 17"),
        (asked("yes", {"const": False}), "!yes"),
        (asked("forms", {"contains": {"const": "p"}}), "'p' in forms"),
        (asked("forms", {"contains": {"enum": ["q", "p"]}}), "forms.exists(v, v in ['q', 'p'])"),
        (
            asked("forms", {"contains": {"not": {"enum": ["q", "p"]}}}),
            "forms.exists(v, v in ['r', 's'])",
        ),
        (asked("forms", {"not": {"contains": {"const": "p"}}}), "!('p' in forms)"),
        (asked("forms", {"minItems": 2}), "size(forms) >= 2"),
        (asked("born", {"const": "2026-01-01"}), "born == date('2026-01-01')"),
        (asked("home", asked("safe", {"const": True})), "home.safe"),
        (
            asked("children", {"contains": asked("age", {"maximum": 5})}),
            "children.exists(r, r.age <= 5)",
        ),
        ({"required": ["note"]}, "has(note)"),
        ({"not": {"required": ["note"]}}, "!has(note)"),
        ({"properties": {"yes": {"const": True}}}, "!has(yes) || yes"),
        ({"properties": {"yes": False}}, "!has(yes)"),
        ({"not": asked("yes", {"const": True})}, "!(has(yes) && yes)"),
        ({"anyOf": [asked("yes", {"const": True}), {"required": ["age"]}]}, "yes || has(age)"),
        (True, "true"),
        ({}, "true"),
        ({"title": "x", "$comment": "y", "x-own": 1}, "true"),
    ],
)
def test_each_keyword_reads_as_its_plain_test(schema: Schema, text: str) -> None:
    assert cel.write(from_schema(schema, RICH)) == text


def test_an_if_inside_a_group_names_its_own_questions() -> None:
    condition = from_schema(asked("safe", {"const": True}), RICH, prefix="home")
    assert cel.write(condition) == "home.safe"


@pytest.mark.parametrize(
    ("schema", "place", "key"),
    [
        (3, "", "schema_not_a_schema"),
        ({"properties": []}, "/properties", "schema_shape"),
        ({"required": "age"}, "/required", "schema_shape"),
        ({"anyOf": []}, "/anyOf", "schema_shape"),
        ({"if": True}, "/if", "schema_keyword"),
        ({"type": "array"}, "/type", "schema_keyword"),
        ({"required": ["agee"]}, "/required/0", "unknown_fact_nearest"),
        ({"properties": {"zzz": True}}, "/properties/zzz", "unknown_fact"),
        (asked("kind", {"enum": ["a", "x"]}), "/properties/kind/enum/1", "unknown_option"),
        (asked("kind", {"const": 3}), "/properties/kind/const", "schema_value"),
        (asked("kind", {"pattern": "a"}), "/properties/kind/pattern", "schema_keyword"),
        (asked("kind", {"type": "integer"}), "/properties/kind/type", "schema_keyword"),
        (asked("kind", {"minimum": 3}), "/properties/kind/minimum", "schema_keyword"),
        (asked("age", {"minimum": 3.5}), "/properties/age/minimum", "schema_value"),
        (asked("age", {"enum": []}), "/properties/age/enum", "schema_shape"),
        (asked("age", {"contains": {}}), "/properties/age/contains", "schema_keyword"),
        (asked("note", {"const": "a"}), "/properties/note/const", "schema_keyword"),
        (asked("note", {"minLength": 1}), "/properties/note/minLength", "schema_keyword"),
        (asked("told", {"const": "a"}), "/properties/told/const", "schema_keyword"),
        (asked("born", {"const": "2026-02-30"}), "/properties/born/const", "value_not_day"),
        (
            asked("kind", {"oneOf": [{"const": "a"}, {"const": "a"}]}),
            "/properties/kind/oneOf/1",
            "schema_keyword",
        ),
        (asked("forms", {"const": []}), "/properties/forms/const", "schema_keyword"),
    ],
)
def test_what_no_condition_can_say_is_refused_at_its_place(
    schema: Schema, place: str, key: str
) -> None:
    with pytest.raises(BadDocument) as caught:
        from_schema(schema, RICH)
    (problem,) = caught.value.problems
    assert (problem.pointer, problem.key) == (place, f"conditions.{key}")
    assert all(problem.sentence(language) for language in ("id", "en"))


def test_text_is_only_asked_for_being_there() -> None:
    assert cel.write(from_schema({"required": ["note"]}, {"note": Text()})) == "has(note)"


def test_every_shipped_if_reads() -> None:
    folder = Path(__file__).parents[2] / "schemas/forms"
    count = 0
    for path in sorted(folder.glob("*.json")):
        form = json.loads(path.read_bytes())
        types: dict[str, FactType] = {}
        ifs: list[Schema] = []
        pending = [form]
        while pending:
            schema = pending.pop()
            types |= {n: _type(q) for n, q in schema.get("properties", {}).items() if "x-id" in q}
            for branch in schema.get("allOf", []):
                ifs.append(branch["if"])
                pending.append(branch["then"])
        for schema in ifs:
            said = cel.write(from_schema(schema, types))
            # What is asked unless an answer takes it away is also asked before there is an answer.
            assert "has(" not in said or "not" in schema, said
            count += 1
    assert count >= 15


def _type(question: Schema) -> FactType:
    match question:
        case {"type": "boolean"}:
            return Boolean()
        case {"type": "integer"}:
            return Integer()
        case {"type": "array", "items": {"oneOf": options}}:
            return Many(tuple(o["const"] for o in options))
        case {"oneOf": options}:
            return Choice(tuple(o["const"] for o in options))
        case _:
            return Text()
