"""A schema for each keyword of 2020-12 with what it accepts and what it refuses."""

from __future__ import annotations

from satupintu.documents import Json

TREE = {
    "$id": "https://contoh.id/pohon",
    "$dynamicAnchor": "simpul",
    "properties": {"anak": {"items": {"$dynamicRef": "#simpul"}}},
}
STRICT = {
    "$id": "https://contoh.id/ketat",
    "$dynamicAnchor": "simpul",
    "$ref": "pohon",
    "unevaluatedProperties": False,
    "$defs": {"pohon": TREE},
}

CASES: list[tuple[str, Json, list[Json], list[Json]]] = [
    ("true", True, [1, None, {}, "x"], []),
    ("false", False, [], [1, None, {}, "x"]),
    ("type", {"type": "integer"}, [1, 1.0, -3], [1.5, True, "1", None]),
    ("type null", {"type": "null"}, [None], [0, False, ""]),
    ("type list", {"type": ["string", "boolean"]}, ["", True], [1, None, []]),
    ("const", {"const": {"a": [1, True]}}, [{"a": [1.0, True]}], [{"a": [1, 1]}, {"a": [1]}]),
    ("enum", {"enum": [0, "a", [False]]}, [0, 0.0, "a", [False]], [False, [0], "b"]),
    ("multipleOf", {"multipleOf": 0.0001}, [0.0075, 3, "x"], [0.00751]),
    ("multipleOf whole", {"multipleOf": 3}, [9, 0, -3, 6.0], [1, 3.5]),
    ("minimum", {"minimum": 2}, [2, 2.5, "1"], [1.9]),
    ("maximum", {"maximum": 2}, [2, True], [2.1]),
    ("exclusiveMinimum", {"exclusiveMinimum": 2}, [2.1], [2]),
    ("exclusiveMaximum", {"exclusiveMaximum": 2}, [1.9], [2]),
    ("minLength", {"minLength": 2}, ["ab", "😀😀", 1], ["a", "😀"]),
    ("maxLength", {"maxLength": 1}, ["", "😀"], ["ab"]),
    ("pattern", {"pattern": "^a+$"}, ["aa", 1], ["ab", "aa\n"]),
    ("format", {"format": "date"}, ["2026-01-02", "bukan tanggal"], []),
    ("minItems", {"minItems": 1}, [[0], {}], [[]]),
    ("maxItems", {"maxItems": 1}, [[], [0]], [[0, 0]]),
    ("uniqueItems", {"uniqueItems": True}, [[1, True, "1"], [[1], [True]]], [[1, 1.0], [{}, {}]]),
    ("uniqueItems off", {"uniqueItems": False}, [[1, 1]], []),
    ("minProperties", {"minProperties": 1}, [{"a": 1}, []], [{}]),
    ("maxProperties", {"maxProperties": 1}, [{}, {"a": 1}], [{"a": 1, "b": 1}]),
    ("required", {"required": ["a"]}, [{"a": None}, []], [{}, {"b": 1}]),
    ("dependentRequired", {"dependentRequired": {"a": ["b"]}}, [{"b": 1}, {}], [{"a": 1}]),
    ("allOf", {"allOf": [{"minimum": 1}, {"maximum": 2}]}, [1, 2], [0, 3]),
    ("anyOf", {"anyOf": [{"minimum": 3}, {"maximum": 1}]}, [0, 4], [2]),
    ("oneOf", {"oneOf": [{"minimum": 1}, {"maximum": 2}]}, [0, 3], [1, 2]),
    ("not", {"not": {"type": "string"}}, [1], ["x"]),
    ("if", {"if": {"minimum": 5}, "then": {"multipleOf": 5}, "else": {"const": 1}}, [5, 1], [6, 2]),
    ("then alone", {"then": False, "else": False}, [1], []),
    ("dependentSchemas", {"dependentSchemas": {"a": {"required": ["b"]}}}, [{}], [{"a": 1}]),
    ("properties", {"properties": {"a": {"type": "null"}}}, [{"a": None}, {}, 1], [{"a": 1}]),
    ("patternProperties", {"patternProperties": {"^a": False}}, [{"b": 1}], [{"ab": 1}]),
    (
        "additionalProperties",
        {
            "properties": {"a": True},
            "patternProperties": {"^b": True},
            "additionalProperties": False,
        },
        [{"a": 1, "bb": 2}],
        [{"c": 1}],
    ),
    ("propertyNames", {"propertyNames": {"maxLength": 1}}, [{"a": 1}], [{"ab": 1}]),
    ("prefixItems", {"prefixItems": [{"const": 1}]}, [[1, 2], []], [[2]]),
    ("items", {"prefixItems": [True], "items": {"const": 1}}, [[0, 1], [0]], [[0, 2]]),
    ("contains", {"contains": {"const": 1}}, [[0, 1], {}], [[], [0]]),
    ("minContains", {"contains": {"const": 1}, "minContains": 2}, [[1, 1]], [[1]]),
    ("minContains 0", {"contains": {"const": 1}, "minContains": 0}, [[]], []),
    ("maxContains", {"contains": {"const": 1}, "maxContains": 1}, [[1, 0]], [[1, 1], []]),
    ("maxContains alone", {"maxContains": 0}, [[1]], []),
    (
        "unevaluatedProperties",
        {"anyOf": [{"properties": {"a": True}}, False], "unevaluatedProperties": False},
        [{"a": 1}],
        [{"b": 1}],
    ),
    (
        "unevaluatedProperties of a cousin",
        {"allOf": [{"properties": {"a": True}}, {"unevaluatedProperties": False}]},
        [{}],
        [{"a": 1}],
    ),
    (
        "unevaluatedItems",
        {"contains": {"const": 1}, "prefixItems": [True], "unevaluatedItems": False},
        [[0, 1], [1]],
        [[0, 1, 2]],
    ),
    ("$ref", {"$ref": "#/$defs/a~1b", "$defs": {"a/b": {"const": 1}}}, [1], [2]),
    (
        "$ref beside",
        {"$ref": "#/$defs/a", "maximum": 1, "$defs": {"a": {"minimum": 1}}},
        [1],
        [0, 2],
    ),
    ("$anchor", {"$ref": "#a", "$defs": {"x": {"$anchor": "a", "const": 1}}}, [1], [2]),
    (
        "$id",
        {"$id": "https://contoh.id/x/", "$ref": "y", "$defs": {"y": {"$id": "y", "const": 1}}},
        [1],
        [2],
    ),
    ("$dynamicRef", STRICT, [{"anak": [{"anak": []}]}], [{"anak": [{"anakk": []}]}]),
    (
        "$dynamicRef into a document that gives itself no address",
        {
            "$dynamicAnchor": "isi",
            "type": ["object", "null"],
            "properties": {"a": {"$ref": "b"}},
            "$defs": {
                "b": {
                    "$id": "b",
                    "properties": {"x": {"$dynamicRef": "#isi"}},
                    "$defs": {"c": {"$dynamicAnchor": "isi"}},
                }
            },
        },
        [{"a": {"x": None}}],
        [{"a": {"x": 1}}],
    ),
    ("$schema", {"$schema": "https://json-schema.org/draft/2020-12/schema", "const": 1}, [1], [2]),
    (
        "the meta-schema",
        {"$ref": "https://json-schema.org/draft/2020-12/schema"},
        [{}],
        [{"type": 1}],
    ),
    ("an unknown keyword", {"x-apa": {"$ref": 5}, "$comment": "", "const": 1}, [1], [2]),
    ("a schema under an unknown keyword", {"x": {"a": {"const": 1}}, "$ref": "#/x/a"}, [1], [2]),
    ("a reference that is data", {"const": {"$ref": "#/x"}}, [{"$ref": "#/x"}], [1]),
    ("a property named $ref", {"properties": {"$ref": {"const": 1}}}, [{"$ref": 1}], [{"$ref": 2}]),
]
