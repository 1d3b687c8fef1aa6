"""What a uiSchema or a UI schema says of a page is carried, or told with its place."""

from __future__ import annotations

from typing import Any

import pytest

from satupintu.conditions.ast import TRUE
from satupintu.forms.closed import Closed
from satupintu.forms.importing.form import ONE, Imported, Wanted, from_schema
from satupintu.forms.reading import read

Json = Any

PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "description": "As on the card"},
        "age": {"type": "integer"},
        "home": {"type": "object", "properties": {"street": {"type": "string"}}},
        "agrees": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]},
                 "uniqueItems": True},
        "born": {"type": "string", "format": "date"},
    },
    "required": ["name"],
}  # fmt: skip


def imported(ui: Json, schema: Json = PERSON) -> Imported:
    made = from_schema(schema, ui, Wanted(id="asing", file="s.json", ui_file="ui.json"))
    assert made.problems == ()
    return made


def told(made: Imported) -> set[tuple[str | None, str, str]]:
    return {(n.file, n.pointer, n.key) for n in made.notes if n.key != "imports.closed"}


def order(made: Imported) -> list[list[str]]:
    return [page["questions"] for page in made.form["x-pages"]]


def control(name: str, **more: Json) -> Json:
    return {"type": "Control", "scope": f"#/properties/{name}", **more}


def test_titles_help_order_and_keyboard_are_carried() -> None:
    made = imported({
        "ui:order": ["age", "*", "name"],
        "name": {"ui:title": "Full name", "ui:help": "All of it.", "ui:autocomplete": "name"},
        "age": {"ui:options": {"inputType": "tel"}, "ui:readonly": True},
        "home": {"street": {"ui:description": "With its number"}},
        "born": {"ui:widget": "alt-date"},
    })  # fmt: skip
    assert told(made) == set()
    assert order(made) == [["age", "home", "agrees", "tags", "born", "name"]]
    questions = read(made.form).questions
    assert questions["name"].title == {"id": "Full name"}
    assert questions["name"].help == {"id": "As on the card All of it."}
    assert questions["name"].ui["autocomplete"] == "name"
    assert questions["age"].ui["inputmode"] == "tel"
    assert questions["age"].schema["readOnly"] is True
    assert questions["home.street"].help == {"id": "With its number"}
    assert questions["born"].kind == "date"


@pytest.mark.parametrize(
    ("ui", "pointer", "key"),
    [
        ({"name": {"classNames": "wide"}}, "/name/classNames", "imports.only_look"),
        ({"name": {"ui:autofocus": True}}, "/name/ui:autofocus", "imports.only_look"),
        ({"name": {"ui:placeholder": "Ani"}}, "/name", "imports.placeholder"),
        ({"name": {"ui:widget": "password"}}, "/name/ui:widget", "imports.widget_password"),
        ({"name": {"ui:widget": "hidden"}}, "/name/ui:widget", "imports.widget_hidden"),
        ({"name": {"ui:widget": "Stars"}}, "/name", "imports.widget_unknown"),
        ({"name": {"ui:field": "geo"}}, "/name/ui:field", "imports.hint_kept"),
        ({"name": {"ui:options": {"rows": 9}}}, "/name/ui:options/rows", "imports.hint_kept"),
        ({"nobody": {"ui:help": "?"}}, "/nobody", "imports.hint_nowhere"),
        ({"name": "wide"}, "/name", "imports.hint_unread"),
        ({"tags": {"ui:enumNames": ["A"]}}, "/tags", "imports.titles_lost"),
    ],
)
def test_what_has_no_home_is_told_with_its_place(ui: Json, pointer: str, key: str) -> None:
    assert ("ui.json", pointer, key) in told(imported(ui))


def test_titles_of_listed_values_come_from_the_look_too() -> None:
    made = imported({"tags": {"items": {"ui:enumNames": ["First", "Second"]}}})
    options = read(made.form).questions["tags"].options
    assert [o.title["id"] for o in options] == ["First", "Second"]


def test_a_look_reaches_behind_references_and_into_conditions() -> None:
    schema = {
        "definitions": {"home": {"type": "object", "properties": {"street": {"type": "string"}}}},
        "type": "object",
        "properties": {"a": {"type": "boolean"}, "home": {"$ref": "#/definitions/home"}},
        "dependencies": {"a": {"properties": {"why": {"type": "string"}}}},
    }
    ui = {"home": {"street": {"ui:widget": "textarea"}}, "why": {"ui:title": "Why?"}}
    questions = read(imported(ui, schema).form).questions
    assert questions["home.street"].kind == "textarea"
    assert questions["why"].title == {"id": "Why?"}


def test_categories_and_groups_become_pages_and_labels_their_introduction() -> None:
    made = imported({"type": "Categorization", "elements": [
        {"type": "Category", "label": "You", "elements": [
            {"type": "Label", "text": "Only what is needed."}, control("name", label="Full name"),
            {"type": "Group", "label": "Home", "elements": [control("home")]}]},
        {"type": "Category", "label": "More", "elements": [
            control("age"), control("agrees"), control("tags"), control("born")]},
    ]})  # fmt: skip
    pages = [(p["title"], p.get("intro"), p["questions"]) for p in made.form["x-pages"]]
    assert pages == [
        ("You", "Only what is needed.", ["name"]),
        ("You – Home", None, ["home"]),
        ("More", None, ["age", "agrees", "tags", "born"]),
    ]
    assert made.form["properties"]["name"]["title"] == "Full name"
    assert told(made) == set()


def test_a_rule_that_shows_becomes_a_condition_and_one_that_hides_its_opposite() -> None:
    seen = {"scope": "#/properties/agrees", "schema": {"const": True}}
    made = imported({"type": "VerticalLayout", "elements": [
        control("agrees"), control("name"),
        control("age", rule={"effect": "SHOW", "condition": seen}),
        control("born", rule={"effect": "HIDE", "condition": seen}),
        control("tags"), control("home"),
    ]})  # fmt: skip
    questions = read(made.form).questions
    assert questions["age"].asked_when != questions["born"].asked_when
    assert {n for n, q in questions.items() if q.asked_when != TRUE} == {"age", "born"}
    assert told(made) == set()


def test_a_rule_about_free_text_is_told_and_its_question_always_asked() -> None:
    rule = {
        "effect": "SHOW",
        "condition": {"scope": "#/properties/name", "schema": {"minLength": 3}},
    }
    made = imported({"type": "VerticalLayout", "elements": [
        control("name"), control("age", rule=rule), control("agrees"), control("tags"),
        control("born"), control("home"),
    ]})  # fmt: skip
    assert told(made) == {("ui.json", "/elements/1/rule", "imports.rule_lost")}
    assert read(made.form).questions["age"].cause is None


@pytest.mark.parametrize(
    ("element", "key"),
    [
        ({"type": "Control", "scope": "#/other"}, "imports.scope_unknown"),
        ({"type": "Chart"}, "imports.element_unknown"),
        (control("name", rule={"effect": "JUMP", "condition": {}}), "imports.rule_lost"),
        (control("name", options={"trim": True}), "imports.hint_kept"),
        (control("nobody"), "imports.hint_nowhere"),
        ("text", "imports.hint_unread"),
    ],
)
def test_what_json_forms_alone_knows_is_told(element: Json, key: str) -> None:
    made = imported({"type": "VerticalLayout", "elements": [element]})
    assert key in {
        n.key for n in made.notes if n.file == "ui.json" and n.pointer[:11] == "/elements/0"
    }


def test_what_no_form_can_ask_apart_is_asked_as_one_answer_and_the_reason_told() -> None:
    made = imported(None, {"type": "object", "patternProperties": {"^a": {"type": "string"}}})
    assert list(made.form["properties"]) == [ONE]
    assert [n.params["keyword"] for n in made.notes if n.key == "imports.wrapped"] == [
        "patternProperties"
    ]


def test_a_part_that_no_form_can_ask_apart_is_asked_as_one_answer_alone() -> None:
    schema = {"properties": {
        "a": {"type": "string"},
        "map": {"type": "object", "properties": {"x-y": {"type": "string"}}},
    }}  # fmt: skip
    made = imported(None, schema)
    told = {(n.pointer, n.key, n.params.get("name")) for n in made.notes}
    assert told == {
        ("", "imports.closed", None),
        ("/properties/map", "imports.asked_whole_name", "x-y"),
    }
    kinds = {name: q.kind for name, q in read(made.form).questions.items()}
    assert kinds == {"a": "text", "map": "structure"}


def test_keys_that_conditions_add_to_a_closed_object_are_accepted_and_told() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "boolean"}},
        "additionalProperties": False,
        "dependencies": {"a": {"properties": {"b": {"type": "string"}}}},
    }
    made = imported(None, schema)
    assert {n.key for n in made.notes} == {"imports.opened"}
    assert list(read(made.form).questions) == ["a", "b"]


def test_a_question_that_is_asked_differently_keeps_the_options_of_each_place() -> None:
    places = {
        v: {"properties": {"b": {"enum": own}}} for v, own in (("p", ["x", "y"]), ("q", ["y", "z"]))
    }
    schema = {
        "properties": {"a": {"enum": ["p", "q"]}},
        "allOf": [
            {"if": {"properties": {"a": {"const": v}}, "required": ["a"]}, "then": then}
            for v, then in places.items()
        ],
    }
    made = imported(None, schema)
    assert ("s.json", "", "imports.asked_differently") in told(made)
    closed = Closed(made.form)
    assert [o.const for o in read(made.form).questions["b"].options] == ["x", "y", "z"]
    assert [closed.accepts({"a": "p", "b": v}) for v in "xyz"] == [True, True, False]
    assert [closed.accepts({"a": "q", "b": v}) for v in "xyz"] == [False, True, True]


def test_what_is_asked_in_an_element_of_another_name_stays_on_its_page() -> None:
    scoped = {"scope": "#/properties/home"}
    for kind in ("ListWithDetail", "OurMap"):
        made = imported({"type": "Categorization", "elements": [
            {"type": "Category", "label": "One", "elements": [{"type": kind, **scoped}]},
            {"type": "Category", "label": "Two", "elements": [control("name"), control("age"),
             control("agrees"), control("tags"), control("born")]},
        ]})  # fmt: skip
        assert order(made) == [["home"], ["name", "age", "agrees", "tags", "born"]]
        known = {key for _, _, key in told(made)}
        assert known == (set() if kind == "ListWithDetail" else {"imports.element_unknown"})


def test_a_rule_may_look_at_the_whole_answers() -> None:
    whole = {"scope": "#", "schema": {"properties": {"agrees": {"const": True}}}}
    made = imported({"type": "VerticalLayout", "elements": [
        control("agrees"), control("born", rule={"effect": "HIDE", "condition": whole}),
    ]})  # fmt: skip
    form = Closed(made.form)
    given = {"name": "Ani", "born": "2000-01-01"}
    assert "imports.rule_lost" not in {key for _, _, key in told(made)}
    assert form.accepts({**given, "agrees": False})
    assert not form.accepts({**given, "agrees": True})


def test_listed_texts_without_a_type_are_drawn_as_a_look_wants() -> None:
    schema = {"type": "object", "properties": {"k": {"oneOf": [
        {"const": "a", "title": "First"}, {"const": "b", "title": "Second"}]}}}  # fmt: skip
    for widget in ("radio", "select"):
        made = imported({"k": {"ui:widget": widget}}, schema)
        assert told(made) == set()
        assert read(made.form).questions["k"].kind == widget


@pytest.mark.parametrize("elements", [5, "name", {"a": 1}, None])
def test_elements_that_are_no_list_are_told(elements: Json) -> None:
    made = imported({"type": "Group", "elements": elements})
    assert ("ui.json", "/elements", "imports.hint_unread") in told(made)


@pytest.mark.parametrize(
    "condition",
    [
        {"type": "AND", "conditions": 5},
        {"scope": "#", "schema": {"properties": 5}},
        {"scope": "#/properties/agrees", "schema": {"not": {"properties": 5}}},
        {"scope": "#/properties/agrees", "schema": {"$ref": "#/nowhere"}},
    ],
)
def test_a_rule_whose_condition_is_no_schema_is_told(condition: Json) -> None:
    broken = {"effect": "SHOW", "condition": condition}
    made = imported({"type": "VerticalLayout", "elements": [control("age", rule=broken)]})
    assert ("ui.json", "/elements/0/rule", "imports.rule_lost") in told(made)
