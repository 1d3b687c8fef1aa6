"""Plain schemas as strangers write them: what is asked, what is refused, and in which words."""

from __future__ import annotations

from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms.plain_samples import TEXT, WHOLE, listed, thing
from satupintu.errors import BadDocument
from satupintu.forms import plain, walking
from satupintu.forms.controls import Controls
from satupintu.forms.importing.form import Wanted, from_schema
from satupintu.forms.reading import read
from satupintu.forms.rendering import page_html
from satupintu.forms.roundtrip import round_trip
from satupintu.forms.structure.titles import titled

Json = Any
ZONE = ZoneInfo("Asia/Jakarta")


def tried(schema: Json, value: Json) -> list[tuple[str, str]]:
    done = plain.round_trip(schema, value, language="en", zone=ZONE)
    return [(p.pointer, p.sentence("en")) for p in done.problems]


def test_a_page_of_many_rows_is_drawn_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: Counter[str] = Counter()
    draw = walking.page_html

    def counted(form: Any, page: Any, **given: Any) -> Any:
        drawn[page.id] += 1
        return draw(form, page, **given)

    monkeypatch.setattr(walking, "page_html", counted)
    rows = [{"n": number, "tags": ["a", "b", "c"]} for number in range(60)]
    schema = listed(thing({"n": WHOLE, "tags": listed(TEXT)}))
    done = plain.round_trip(schema, rows, language="en", zone=ZONE)
    assert (done.equal, done.answers) == (True, rows)
    assert drawn.total() < 10


def test_rows_added_together_are_those_that_presses_of_the_button_add(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    schema = thing({"rows": listed(thing({"n": WHOLE}), maxItems=4), "map": {
        "type": "object", "additionalProperties": listed(TEXT)}})  # fmt: skip
    value = {"rows": [{"n": 1}, {"n": 2}, {"n": 3}], "map": {"a": ["x", "y"], "b": []}}
    together = plain.round_trip(schema, value, language="en", zone=ZONE)
    lacking = walking._Walk.rows_to_add

    def one(self: Any, drawn: Controls) -> dict[str, int]:
        return dict.fromkeys(list(lacking(self, drawn))[:1], 1)

    monkeypatch.setattr(walking._Walk, "rows_to_add", one)
    assert plain.round_trip(schema, value, language="en", zone=ZONE) == together
    assert together.sound


def test_no_more_rows_are_added_than_the_page_lets_a_person_add() -> None:
    value = [1, 2, 3, 4]
    done = plain.round_trip(listed(WHOLE, maxItems=3), value, language="en", zone=ZONE)
    assert done.answers == [1, 2, 3]
    assert not done.sound


def test_a_price_is_a_multiple_of_a_hundredth_as_it_is_written() -> None:
    schema = thing({"price": {"type": "number", "multipleOf": 0.01}})
    assert [tried(schema, {"price": price}) for price in (0.07, 19.99)] == [[], []]


def test_a_key_that_nobody_asks_for_is_named_with_the_way_out() -> None:
    [(where, said)] = tried(thing({"a": thing({"b": TEXT})}), {"a": {"b": "x", "c": 1}})
    assert where == "/a/c"
    assert "“c”" in said
    assert "additionalProperties" in said


@pytest.mark.parametrize(
    ("schema", "value", "where", "said"),
    [
        ({"type": "object", "minProperties": 2, "properties": {"a": TEXT, "b": TEXT}},
         {"a": "x"}, "", "at least 2"),
        (listed({}, contains={"type": "string"}, minContains=2), ["a"], "", "At least 2"),
        (listed({}, contains={"type": "string"}, maxContains=1), ["a", "b"], "", "At most 1"),
        (thing({"id": {**TEXT, "format": "uuid"}}), {"id": "7"}, "/id", "identifier"),
        (thing({"a": {**TEXT, "not": {"enum": ["x"]}}}), {"a": "x"}, "/a", "excludes"),
        (thing({"a": {"type": ["string", "integer"]}}), {"a": True}, "/a", "kinds"),
        ({"type": "null"}, "x", "", "must be empty"),
    ],
)  # fmt: skip
def test_what_is_refused_says_what_to_do(schema: Json, value: Json, where: str, said: str) -> None:
    told = [(p.pointer, p.sentence("en")) for p in plain.refused(schema, value)]
    assert [pointer for pointer, _ in told] == [where]
    assert said in told[0][1]


def refused(schema: Json) -> list[tuple[str, str]]:
    with pytest.raises(BadDocument) as told:
        plain.as_form(schema)
    return [(p.pointer, p.key) for p in told.value.problems]


def test_what_is_not_asked_on_purpose_is_told_with_its_place_and_nothing_else_is() -> None:
    ahead = thing({"a": {**TEXT, "pattern": "^(?!x)", "x-of-others": 1, "propertyOrder": 2}})
    assert refused(ahead) == [("/properties/a/pattern", "forms.pattern_bad")]
    assert refused({"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}) == [
        ("/$defs/a", "forms.ref_circle")
    ]
    assert refused(thing({"": TEXT})) == [("/properties/", "forms.key_not_a_name")]


def test_a_property_called_pattern_is_no_pattern() -> None:
    node = thing({"pattern": thing({"regex": TEXT}), "below": {"$ref": "#/$defs/node"}})
    schema = {"$ref": "#/$defs/node", "$defs": {"node": node}}
    assert tried(schema, {"pattern": {"regex": "x"}, "below": {"pattern": {"regex": "y"}}}) == []


def test_an_import_asks_what_no_question_type_asks_by_itself() -> None:
    for schema, value in (
        (listed({"enum": ["a", "b"]}), ["a", "a", "b"]),
        ({"title": "Anything"}, {"x": [1]}),
    ):
        made = from_schema(schema, None, Wanted("any"))
        assert made.problems == ()
        assert round_trip(read(made.form), {"isian": value}, language="en", zone=ZONE).sound


def test_what_an_import_set_aside_leads_nowhere() -> None:
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": {
            "node": {"properties": {"below": {"$ref": "#/definitions/node"},
                                    "with": {"$ref": "#/definitions/node",
                                             "anyOf": [{"$ref": "#/definitions/node"}]}}},
        },
        "type": "object",
        "properties": {"top": {"$ref": "#/definitions/node"}},
    }  # fmt: skip
    made = from_schema(schema, None, Wanted("tree"))
    assert made.problems == ()
    assert "imports.beside_ref" in {note.key for note in made.notes}
    assert tried(schema, {"top": {"below": {"with": {}}}}) == []


def test_a_long_text_is_cut_and_kept() -> None:
    schema = thing({"a": {**TEXT, "description": "d" * 5000}})
    made = from_schema(schema, None, Wanted("long"))
    assert made.problems == ()
    question = made.form["properties"]["a"]
    assert (len(question["description"]), len(question["import:description"])) == (4000, 5000)
    assert [note.pointer for note in made.notes if note.key == "imports.text_cut"] == [
        "/properties/a/description"
    ]


def test_an_empty_list_and_an_emptied_text_are_silence_in_a_form_too() -> None:
    schema = thing({"names": listed(TEXT), "word": {**TEXT, "maxLength": 9}, "tick": listed(
        {"enum": ["a", "b"]}, uniqueItems=True)})  # fmt: skip
    form = read(from_schema(schema, None, Wanted("empty")).form)
    given = {"names": [], "word": " x ", "tick": []}
    assert round_trip(form, given, language="en", zone=ZONE).sound


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("dateOfBirth", "Date of birth"),
        ("street_address", "Street address"),
        ("HTTP-code", "HTTP code"),
        ("URL", "URL"),
        ("a.b", "a.b"),
        ("$schema", "$schema"),
        ("Do you agree?", "Do you agree?"),
        ("_", "_"),
    ],
)
def test_a_key_without_a_title_is_read_as_words(key: str, words: str) -> None:
    assert titled(key) == words


def test_an_object_of_no_named_members_is_asked_key_by_key() -> None:
    schema: dict[str, Json] = {"type": "object", "properties": {}}
    for value in ({}, {"a": 1, "b": ["c"]}):
        assert plain.round_trip(schema, value, language="id", zone=ZONE).sound


def test_what_tells_alternatives_apart_offers_all_of_them_whichever_was_chosen() -> None:
    kind = {"properties": {"k": {"const": "a", "title": "First"}, "x": TEXT}, "required": ["x"]}
    other = {"properties": {"k": {"const": "b"}, "y": TEXT}, "required": ["y"]}
    form = plain.as_form(thing({"k": TEXT}, "k", oneOf=[kind, other]))
    for value in ({}, {"k": "a"}, {"k": "b"}):
        html = str(
            page_html(form, form.pages[0], language="en", zone=ZONE, answers={plain.KEY: value})
        )
        assert html.count('name="answers.k"') == 2
        assert "First" in html


@pytest.mark.parametrize(
    "more",
    [{}, {"unevaluatedItems": {"type": "boolean"}}, {"unevaluatedItems": False}],
)
def test_what_a_list_must_contain_has_its_place_after_the_first_ones(more: Json) -> None:
    schema = {"type": "array", "prefixItems": [TEXT], "contains": WHOLE, **more}
    done = plain.round_trip(schema, ["a", 1], language="en", zone=ZONE)
    assert done.answers == ["a", 1]
    assert done.sound
