"""Plain JSON Schemas, each drawn together with a value that it accepts and a page can hold."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Json = Any
Pair = tuple[Json, Json]

KEYS = st.text("abcXY_-. ~/%:üñ0", min_size=1, max_size=6)
LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
LINES = st.text(LETTERS, min_size=1, max_size=12)
"""A line as a page gives it back: no space at its ends, none twice."""

TITLES = st.none() | LINES


@st.composite
def pairs(draw: st.DrawFn, depth: int = 3) -> Pair:
    """Draw a schema and a value under it."""
    kinds = [texts, numbers, booleans, options, nullable, constants]
    if depth:
        kinds += [objects, objects, lists, maps, tuples, forks, conditions, trees]
    schema, value = draw(st.sampled_from(kinds).flatmap(lambda kind: kind(depth)))
    title = draw(TITLES)
    return ({**schema, "title": title} if title and "$ref" not in schema else schema), value


@st.composite
def texts(draw: st.DrawFn, _depth: int) -> Pair:
    value = draw(LINES)
    bounds = draw(st.sampled_from([{}, {"maxLength": 12}, {"minLength": 1}, {"maxLength": 3000}]))
    return {"type": "string", **bounds}, value


@st.composite
def numbers(draw: st.DrawFn, _depth: int) -> Pair:
    whole = draw(st.booleans())
    if whole:
        value: float = draw(st.integers(-(10**9), 10**9))
        bounds = draw(st.sampled_from([{}, {"minimum": -(10**9)}, {"maximum": 10**9}]))
        return {"type": "integer", **bounds}, value
    value = draw(st.integers(-(10**6), 10**6)) / draw(st.sampled_from([1, 2, 10, 100]))
    return {"type": "number"}, value


@st.composite
def booleans(draw: st.DrawFn, _depth: int) -> Pair:
    return {"type": "boolean"}, draw(st.booleans())


SCALARS = LINES | st.integers(-99, 99) | st.booleans() | st.none() | st.sampled_from([0.5, 2.25])


def _key(value: Json) -> str:
    return repr((type(value) is bool, value))


@st.composite
def options(draw: st.DrawFn, _depth: int) -> Pair:
    listed = draw(st.lists(SCALARS, min_size=2, max_size=10, unique_by=_key))
    value = draw(st.sampled_from(listed))
    if draw(st.booleans()):
        return {"enum": listed}, value
    titled = [{"const": option, "title": f"T{n}"} for n, option in enumerate(listed)]
    return {draw(st.sampled_from(["oneOf", "anyOf"])): titled}, value


@st.composite
def constants(draw: st.DrawFn, _depth: int) -> Pair:
    value = draw(SCALARS)
    return {"const": value}, value


@st.composite
def nullable(draw: st.DrawFn, _depth: int) -> Pair:
    schema, value = draw(texts(0) | numbers(0) | booleans(0))
    return {**schema, "type": [schema["type"], "null"]}, draw(st.sampled_from([None, value]))


@st.composite
def objects(draw: st.DrawFn, depth: int) -> Pair:
    inner = draw(st.dictionaries(KEYS, pairs(depth - 1), min_size=1, max_size=4))
    there = [key for key in inner if draw(st.integers(0, 3))]
    required = [key for key in there if draw(st.booleans())]
    schema: Json = {"type": "object", "properties": {k: s for k, (s, _) in inner.items()}}
    if required:
        schema["required"] = required
    closed = draw(st.sampled_from([{}, {"additionalProperties": False},
                                   {"unevaluatedProperties": False}]))  # fmt: skip
    return {**schema, **closed}, {key: inner[key][1] for key in there}


@st.composite
def lists(draw: st.DrawFn, depth: int) -> Pair:
    schema, value = draw(pairs(depth - 1))
    count = draw(st.integers(0, 3))
    bounds = draw(st.sampled_from([{}, {"maxItems": 3}, {"minItems": count}]))
    return {"type": "array", "items": schema, **bounds}, [value] * count


@st.composite
def maps(draw: st.DrawFn, depth: int) -> Pair:
    schema, value = draw(pairs(depth - 1))
    keys = draw(st.lists(LINES, max_size=3, unique=True))
    return {"type": "object", "additionalProperties": schema}, dict.fromkeys(keys, value)


@st.composite
def tuples(draw: st.DrawFn, depth: int) -> Pair:
    inner = draw(st.lists(pairs(depth - 1), min_size=1, max_size=3))
    rest = draw(st.sampled_from([{}, {"items": False}, {"items": {"type": "integer"}}]))
    values = [value for _, value in inner]
    return {"type": "array", "prefixItems": [s for s, _ in inner], "minItems": len(inner),
            **rest}, values  # fmt: skip


@st.composite
def forks(draw: st.DrawFn, depth: int) -> Pair:
    """Draw alternatives that a constant tells apart."""
    inner = draw(st.lists(objects(depth - 1), min_size=2, max_size=3))
    branches, values = [], []
    for n, (schema, value) in enumerate(inner):
        properties = {"kind": {"const": f"k{n}"}, **schema["properties"]}
        properties["kind"] = {"const": f"k{n}"}
        branches.append(
            {
                "type": "object",
                "title": f"K{n}",
                "properties": properties,
                "required": ["kind", *(k for k in schema.get("required", ()) if k != "kind")],
            }
        )
        values.append({**value, "kind": f"k{n}"})
    return {draw(st.sampled_from(["oneOf", "anyOf"])): branches}, draw(st.sampled_from(values))


@st.composite
def conditions(draw: st.DrawFn, depth: int) -> Pair:
    """Draw a question that another answer asks for, or its opposite does."""
    (one, yes), (other, no) = draw(pairs(depth - 1)), draw(pairs(depth - 1))
    holds = draw(st.booleans())
    schema = {
        "type": "object",
        "properties": {"if": {"type": "boolean"}},
        "required": ["if"],
        "if": {"properties": {"if": {"const": True}}},
        "then": {"properties": {"then": one}, "required": ["then"]},
        "else": {"properties": {"else": other}},
    }
    return schema, {"if": holds, **({"then": yes} if holds else {"else": no})}


@st.composite
def trees(draw: st.DrawFn, _depth: int) -> Pair:
    """Draw a tree; its definition stands at the root of the document it is drawn into."""
    value = draw(
        st.recursive(
            st.fixed_dictionaries({"n": LINES}),
            lambda inner: st.fixed_dictionaries({"n": LINES}, optional={
                "below": st.lists(inner, max_size=2), "beside": inner}),
            max_leaves=4,
        )
    )  # fmt: skip
    return {"$ref": "#/$defs/tree"}, value


TREE: Json = {
    "type": "object",
    "properties": {
        "n": {"type": "string"},
        "below": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
        "beside": {"$ref": "#/$defs/tree"},
    },
    "required": ["n"],
}


def documents() -> st.SearchStrategy[Pair]:
    """Return whole documents with a value each."""
    return pairs().map(lambda pair: ({**pair[0], "$defs": {"tree": TREE}}, pair[1]))
