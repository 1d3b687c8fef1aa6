"""What people are told of plain schemas: at the place where they can act, and what to do there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from forms.plain_samples import TEXT, WHOLE, listed, thing
from satupintu.errors import BadDocument
from satupintu.forms import plain
from satupintu.forms.rendering import page_html, summary_html

Json = Any
ZONE = ZoneInfo("Asia/Jakarta")

FREE = {"type": "object", "additionalProperties": {**WHOLE, "maximum": 9}}
ALIKE = listed(thing({"k": TEXT}), uniqueItems=True)
PETS = thing(
    {"kind": {"enum": ["cat", "fish"]}},
    "kind",
    oneOf=[
        {"properties": {"kind": {"const": "cat"}, "lives": WHOLE}, "required": ["lives"]},
        {"properties": {"kind": {"const": "fish"}}},
    ],
)
APART = {"required": ["b", "c"], "not": {"required": ["a"]}}
NEITHER = {"not": {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}}
ABOVE, BELOW = {"type": "number", "exclusiveMinimum": 0}, {"type": "number", "exclusiveMaximum": 1}


@pytest.mark.parametrize(
    ("schema", "value", "where", "said"),
    [
        (ABOVE, 0, "", "Write more than 0 at"),
        (BELOW, 1, "", "Write less than 1 at"),
        ({**WHOLE, "exclusiveMinimum": 0}, 0, "", "Write 1 or more at"),
        ({**TEXT, "pattern": "^[A-Z]{2}$", "examples": ["?", "AB"]}, "a", "", "example: AB."),
        ({**TEXT, "pattern": "^[A-Z]{2}$", "examples": ["?"]}, "a", "", "Check how"),
        ({**TEXT, "format": "time"}, "10:30:00", "", "for example 10:30:00+07:00."),
        ({**TEXT, "format": "time"}, "25:30:00", "", "between 00:00 and 23:59"),
        ({**TEXT, "format": "date-time"}, "2026-01-02T10:30:00", "", "10:30:00+07:00."),
        (PETS, {"kind": "bird"}, "/kind", "Choose one of the answers listed at “Kind”."),
        (PETS, {}, "/kind", "Answer: Kind"),
        (thing({"a": TEXT}), {"a": None}, "/a", "Answer: A"),
        (listed(TEXT), [None], "/0", "or remove the row"),
        (thing({"a": False}), {"a": 1}, "", "“a” does not belong here."),
        ({"type": "array", "items": False}, [1], "", "must be empty"),
        ({"prefixItems": [TEXT], "items": False}, ["a", 1], "", "Give at most 1 at"),
        ({"prefixItems": [TEXT], "unevaluatedItems": False}, ["a", 1], "", "Remove from"),
        ({"prefixItems": [TEXT], "unevaluatedItems": TEXT}, ["a", 1], "/1", "Write text at"),
        (thing({"a": TEXT}, unevaluatedProperties=WHOLE), {"b": "x"}, "/b", "a whole number"),
        ({**FREE, "propertyNames": {"maxLength": 1}}, {"ab": 1}, "/ab", "“ab” cannot be the name"),
        (ALIKE, [{"k": "a"}, {"k": "a"}], "", "No two of"),
        (thing({"a": {"type": ["integer", "string"]}}), {"a": 1.5}, "/a", "Whole number, Text"),
        (thing({"a": {"enum": ["x"]}}, "a"), {"a": "y"}, "/a", "Choose x at “A”."),
        (thing({"a": TEXT, "b": TEXT}, maxProperties=1), {"a": "x", "b": "y"}, "", "at most 1 of"),
        (thing({"a": TEXT, "b": TEXT}, oneOf=[{"required": ["a"]}, {"required": ["b"]}]),
         {"a": "x", "b": "y"}, "", "Fill in exactly one of these: “A”, “B”."),
        ({**thing({"a": TEXT, "b": TEXT}), "not": {"required": ["a", "b"]}},
         {"a": "x", "b": "y"}, "", "Leave at least one of these empty: “A”, “B”."),
        ({**thing({"a": TEXT, "b": TEXT}), "not": {"anyOf": [{"minProperties": 3}, {
            "properties": {"b": {"const": "y"}}, "required": ["b"]}]}},
         {"a": "x", "b": "y"}, "/b", "one that “B” excludes"),
        (thing({"a": TEXT}, "theirName"), {"a": "x"}, "/theirName", "Choose one for “Their name”."),
        (thing({"a": thing({"b": thing({"c": TEXT}, "c")}, "b")}, "a"), {}, "/a/b/c", "Answer: C"),
        (thing({}, "k", additionalProperties=WHOLE), {"m": 1}, "/k", "Answer: K"),
        ({**thing({"a": TEXT}), "not": {"required": ["a"]}}, {"a": "x"}, "/a", "Leave “A” empty"),
        ({**thing({"b": TEXT}), "not": {"required": ["a"]}},
         {"a": "x"}, "", "“a” does not belong here."),
        (thing({"a": TEXT, "b": TEXT, "c": TEXT}, oneOf=[{"required": ["a"]}, APART]),
         {"b": "x"}, "", "Fill in exactly one of these: “A”, “B” + “C”."),
        (thing({"a": TEXT, "b": TEXT}, oneOf=[{"required": ["a"]}, {"required": ["b"]}, NEITHER]),
         {"a": "x", "b": "y"}, "", "at most one of these, and leave the others empty: “A”, “B”."),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_where_a_person_can_do_it(
    schema: Json, value: Json, where: str, said: str
) -> None:
    [told] = plain.refused(schema, value)
    assert told.pointer == where
    assert said in told.sentence("en")


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (FREE, {"of her own": 10}),
        (listed(FREE), [{"a.b": 10}]),
        (thing({"a": {"type": ["integer", "null"], "maximum": 9}}, "a"), {"a": 10}),
        (thing({"a": {"type": ["integer", "string"], "maximum": 9}}), {"a": 10}),
        (listed({"anyOf": [WHOLE, {"type": "null"}]}), [None, "x"]),
        (thing({"a": {"const": "x"}}, "a"), {"a": "y"}),
    ],
)
def test_the_summary_leads_to_the_place_that_says_the_problem_once(
    schema: Json, value: Json
) -> None:
    form = plain.as_form(schema)
    told = [replace(p, pointer=f"/{plain.KEY}{p.pointer}") for p in plain.refused(schema, value)]
    given: dict[str, Json] = {"language": "en", "answers": {plain.KEY: value}, "problems": told}
    drawn = str(page_html(form, form.pages[0], zone=ZONE, **given))
    page, summary = html.fragment_fromstring(drawn, create_parent=True), summary_html(
        form, told, "en", here=form.pages[0]
    )  # fmt: skip
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    leads = html.fragment_fromstring(str(summary), create_parent=True).xpath("//a/@href")
    assert leads
    assert {lead[1:] for lead in leads} <= set(ids)
    for problem in told:
        assert page.text_content().count(problem.sentence("en")) == 1


def test_what_is_nested_too_deep_is_told_with_the_place_where_it_is() -> None:
    deep: Json = TEXT
    for _ in range(20):
        deep = thing({"x": deep})
    with pytest.raises(BadDocument) as told:
        plain.as_form(thing({"flat": TEXT, "deep": deep}))
    [problem] = told.value.problems
    assert problem.key == "forms.too_deep"
    assert problem.pointer.startswith("/properties/deep/properties/x/properties/x/")
