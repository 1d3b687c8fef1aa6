"""JSON Schemas of older drafts and values near them; and forms in other people's manner."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft6Validator, Draft7Validator, Draft201909Validator

Json = Any

DRAFTS: dict[str, Any] = {
    "04": Draft4Validator,
    "06": Draft6Validator,
    "07": Draft7Validator,
    "2019-09": Draft201909Validator,
}

KEYS = st.sampled_from(["a", "b", "c/d", "e~f", "$ref"])
SCALARS = st.sampled_from([None, True, False, 0, 1, 2, 3, -1.5, "", "a", "ab", "b"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
COUNTS = st.integers(0, 3)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "null", "array", "object"])
NAMES = st.lists(KEYS, min_size=1, max_size=2, unique=True)


@st.composite
def older(draw: st.DrawFn, draft: str) -> Json:
    """Draw a schema of one draft with two definitions, which any part may refer to.

    No unevaluated keywords: jsonschema's validator of 2019-09 does not count what an empty
    ``additionalProperties`` evaluates. The public suite judges those (docs/conformance.md).
    """
    boolean = draft != "04"
    return {
        **draw(schemas(draft, 3)),
        "definitions": {
            "one": draw(schemas(draft, 1, refs=False)),
            "a b": draw(st.booleans()) if boolean else draw(schemas(draft, 0, refs=False)),
        },
    }


def schemas(draft: str, depth: int, *, refs: bool = True) -> st.SearchStrategy[Json]:
    return _schemas(draft, depth, refs)


@st.composite
def _schemas(draw: st.DrawFn, draft: str, depth: int, refs: bool) -> Json:
    since = ["04", "06", "07", "2019-09"].index(draft)
    inner = _schemas(draft, depth - 1, refs) if depth > 0 else st.just({})
    if since:
        inner = inner | st.booleans()
    parts: dict[str, st.SearchStrategy[Json]] = {
        "type": TYPES | st.lists(TYPES, min_size=1, max_size=2, unique=True),
        "enum": st.lists(SCALARS, min_size=1, max_size=4, unique_by=repr),
        "minimum": COUNTS,
        "maximum": COUNTS,
        "multipleOf": st.sampled_from([1, 2, 0.5]),
        "minLength": COUNTS,
        "maxLength": COUNTS,
        "pattern": st.sampled_from(["^a", "b$", "."]),
        "minItems": COUNTS,
        "maxItems": COUNTS,
        "uniqueItems": st.booleans(),
        "required": NAMES,
        "minProperties": COUNTS,
        "maxProperties": COUNTS,
        "properties": st.dictionaries(KEYS, inner, max_size=3),
        "patternProperties": st.dictionaries(st.sampled_from(["a", "^b"]), inner, max_size=2),
        "additionalProperties": inner | st.booleans(),
        "items": inner | st.lists(inner, min_size=1 if draft == "04" else 0, max_size=3),
        "additionalItems": inner | st.booleans(),
        "allOf": st.lists(inner, min_size=1, max_size=2),
        "anyOf": st.lists(inner, min_size=1, max_size=2),
        "oneOf": st.lists(inner, min_size=1, max_size=2),
        "not": inner,
        "dependencies": st.dictionaries(KEYS, inner | NAMES, max_size=2),
        "exclusiveMinimum": COUNTS if since else st.booleans(),
        "exclusiveMaximum": COUNTS if since else st.booleans(),
        "const": VALUES,
        "contains": inner,
        "propertyNames": inner,
        "if": inner,
        "then": inner,
        "else": inner,
        "dependentRequired": st.dictionaries(KEYS, NAMES, max_size=2),
        "minContains": COUNTS,
        "x-foreign": VALUES,
    }
    if refs:
        lead = ["#/definitions/one", "#/definitions/a%20b"]
        parts["$ref"] = st.sampled_from(lead)
    chosen = draw(st.lists(st.sampled_from(sorted(parts)), max_size=4, unique=True))
    made = {key: draw(parts[key]) for key in chosen}
    if isinstance(made.get("items"), bool):
        made.pop("additionalItems", None)  # jsonschema's own older validators fall over it
    if draft == "04":
        for key in ("exclusiveMinimum", "exclusiveMaximum"):
            if key in made:  # the draft asks for the bound beside it
                made.setdefault(key.replace("exclusiveM", "m"), draw(COUNTS))
    return made


# Forms. ------------------------------------------------------------------------------------------

SIDES = st.sampled_from([["p", "q", "r"], ["p", "q"]])


@st.composite
def conditional(draw: st.DrawFn) -> Json:
    """Draw the schema of a form whose later properties hang on earlier ones, in every manner."""
    choices = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True))
    properties: dict[str, Json] = {}
    for name in choices:
        properties[name] = {"type": "string", "enum": draw(SIDES)}
    properties["n"] = {"type": "integer", "minimum": 0, "maximum": 3}
    schema: dict[str, Json] = {"type": "object", "title": "T", "properties": properties}
    schema["required"] = draw(st.lists(st.sampled_from(choices), max_size=2, unique=True))
    made = iter("uvwxyz")
    for cause in choices:
        manner = draw(st.sampled_from(["none", "oneOf", "schema", "names", "if", "apart"]))
        values = properties[cause]["enum"]
        if manner == "oneOf":
            branches = []
            for value in values:
                more = _more(draw, made) if draw(st.booleans()) else {}
                inner = more.get("properties", {})
                told = {"properties": {cause: {"enum": [value]}, **inner}}
                branches.append({**more, **told})
            schema.setdefault("dependencies", {})[cause] = {"oneOf": branches}
        elif manner == "schema":
            schema.setdefault("dependencies", {})[cause] = _more(draw, made)
        elif manner == "names":
            schema.setdefault("dependencies", {})[cause] = ["n"]
        elif manner == "apart" and (name := next(made, None)) is not None:
            for value, own in zip(values, (["p"], ["q", "p"]), strict=False):
                condition = {"properties": {cause: {"const": value}}}
                then = {"properties": {name: {"type": "string", "enum": own}}, "required": [name]}
                one = {"if": condition, "then": then}
                key = draw(st.sampled_from(["allOf", "anyOf"]))
                if key == "allOf":
                    schema.setdefault("allOf", []).append(one)
                else:
                    schema.setdefault("allOf", []).append({"anyOf": [one]})
        elif manner == "if":
            condition: Json = {"properties": {cause: {"const": values[0]}}}
            if draw(st.booleans()):
                condition["required"] = [cause]
            one = {"if": condition, "then": _more(draw, made)}
            if draw(st.booleans()):
                one["else"] = _more(draw, made)
            schema.setdefault("allOf", []).append(one)
    return schema


def _more(draw: st.DrawFn, names: Any) -> Json:
    """Return properties that nobody asked before, one of which may ask more by itself."""
    name = next(names, None)
    if name is None:
        return {"required": ["n"]}
    made: Json = {"properties": {name: {"type": "string", "enum": ["p", "q"]}}}
    if draw(st.booleans()):
        made["required"] = [name]
    deeper = next(names, None)
    if deeper is not None and draw(st.booleans()):
        then = {"properties": {deeper: {"type": "boolean"}}, "required": [deeper]}
        condition = {"properties": {name: {"const": "p"}}, "required": [name]}
        made["allOf"] = [{"if": condition, "then": then}]
    return made


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.sampled_from(["p", "q", "r"]) for key in "abc"},
        **{key: st.sampled_from(["p", "q", True]) for key in "uvwxyz"},
        "n": st.integers(0, 4),
    },
)
"""Answers to such a form; a Boolean question is sometimes answered by a text, which is wrong."""
