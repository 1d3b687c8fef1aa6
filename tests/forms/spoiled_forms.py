"""Every way to spoil a form that its reading refuses: what is told, where, and the spoiling."""

from __future__ import annotations

import copy
from collections.abc import Callable

from forms.small_forms import choice, document, question
from satupintu.documents import Json


def yes_no(x_id: str, **more: Json) -> dict[str, Json]:
    return question(x_id, type="boolean", **{"x-sensitivity": "umum", **more})


def whole(x_id: str, **more: Json) -> dict[str, Json]:
    limits = {"minimum": 0, "maximum": 120}
    return question(x_id, type="integer", **{"x-sensitivity": "umum", **limits, **more})


def one_of(x_id: str, *consts: str) -> dict[str, Json]:
    return question(x_id, type="string", oneOf=choice(*consts), **{"x-sensitivity": "umum"})


def when(name: str, test: Json, **then: Json) -> dict[str, Json]:
    return {"if": {"properties": {name: test}, "required": [name]}, "then": then}


def plain() -> dict[str, Json]:
    """A clean form: an age, and a question that is asked below 18."""
    conditional = {"wali": yes_no("w")}
    return document(
        {"usia": whole("u"), "jenis": one_of("j", "a", "b")},
        allOf=[when("usia", {"exclusiveMaximum": 18}, properties=conditional, required=["wali"])],
        required=["usia"],
    )


def page(page: str, *names: str) -> dict[str, Json]:
    titles = {"title": page, "x-i18n": {"en": {"title": page}}}
    return {"id": page, "questions": list(names), **titles}


def spoiling(*path: str | int, to: Json) -> Callable[[Json], None]:
    def spoil(form_document: Json) -> None:
        value = form_document
        for step in path[:-1]:
            value = value[step]
        if isinstance(value, list) and path[-1] == "+":
            value.append(to)
        else:
            value[path[-1]] = to

    return spoil


def group_of(x_id: str, properties: dict[str, Json] | None = None, *, closed: bool = True) -> Json:
    inner = {"umur": whole("g1")} if properties is None else properties
    more = {"unevaluatedProperties": False} if closed else {}
    return question(x_id, type="object", properties=inner, **more)


def _overlapping() -> dict[str, Json]:
    form_document = plain()
    form_document["properties"]["usia"]["$ref"] = "#/$defs/umur"
    form_document["$defs"] = {"umur": {"type": "integer"}}
    return form_document


def _again(form_document: Json) -> Json:
    return {"properties": {"usia": copy.deepcopy(form_document["properties"]["usia"])}}


def rows_of(x_id: str = "r", **more: Json) -> Json:
    row = {"type": "object", "unevaluatedProperties": False}
    row["properties"] = {"umur": whole(f"{x_id}1"), **more}
    return question(x_id, type="array", items=row)


def _hanging(**properties: Json) -> Json:
    return when("jenis", {"const": "a"}, properties=properties)


def _many() -> Json:
    return question("m", type="array", items={"type": "string", "oneOf": choice("a", "b")})


BAD: list[tuple[str, str, Callable[[Json], None]]] = [
    (
        "forms.ref_broken",
        "/properties/usia/$ref",
        spoiling("properties", "usia", to={"$ref": "#/$defs/zzz"}),
    ),
    (
        "forms.ref_remote",
        "/properties/usia/$ref",
        spoiling("properties", "usia", to={"$ref": "https://contoh.id/usia.json"}),
    ),
    (
        "forms.ref_remote",
        "/properties/usia/$ref",
        spoiling("properties", "usia", to={"$ref": "file:///etc/passwd"}),
    ),
    ("forms.ref_overlap", "/properties/usia/type", lambda d: d.update(_overlapping())),
    (
        "forms.question_on_two_pages",
        "/x-pages/1/questions/0",
        spoiling("x-pages", "+", to=page("dua", "usia")),
    ),
    (
        "forms.question_on_no_page",
        "/allOf/0/then/properties/wali",
        spoiling("x-pages", 0, "questions", to=["usia", "jenis"]),
    ),
    (
        "forms.question_unknown_nearest",
        "/x-pages/0/questions/3",
        spoiling("x-pages", 0, "questions", "+", to="usiaa"),
    ),
    ("forms.page_twice", "/x-pages/1/id", spoiling("x-pages", "+", to=page("satu", "jenis"))),
    ("forms.x_id_missing", "/properties/usia", lambda d: d["properties"]["usia"].pop("x-id")),
    ("forms.x_id_twice", "/properties/jenis/x-id", spoiling("properties", "jenis", "x-id", to="u")),
    (
        "forms.if_without_required",
        "/allOf/0/if/properties/usia",
        lambda d: d["allOf"][0]["if"].pop("required"),
    ),
    (
        "forms.keyword_refused",
        "/allOf/0/else",
        spoiling("allOf", 0, "else", to={"properties": {"lain": yes_no("l")}}),
    ),
    (
        "forms.condition_out_of_scope",
        "/allOf/1/if",
        spoiling(
            "allOf", "+", to=when("wali", {"const": True}, properties={"lanjut": yes_no("l")})
        ),
    ),
    (
        "forms.tightened_out_of_scope",
        "/allOf/1/then/properties/wali",
        spoiling(
            "allOf", "+", to=when("jenis", {"const": "a"}, properties={"wali": {"const": True}})
        ),
    ),
    ("forms.required_not_asked", "/required/1", spoiling("required", "+", to="wali")),
    ("forms.question_unknown_nearest", "/required/1", spoiling("required", "+", to="jeniss")),
    (
        "forms.question_out_of_reach",
        "/anyOf/0/properties/lain",
        spoiling("anyOf", to=[{"properties": {"lain": yes_no("l")}}]),
    ),
    ("forms.question_twice", "/allOf/1/properties/usia", lambda d: d["allOf"].append(_again(d))),
    (
        "forms.question_differs",
        "/allOf/1/then/properties/wali",
        spoiling(
            "allOf",
            "+",
            to=_hanging(wali=yes_no("w", description="?")),
        ),
    ),
    (
        "forms.pattern_bad",
        "/properties/jenis/pattern",
        spoiling("properties", "jenis", "pattern", to="(?=x)a"),
    ),
    (
        "questions.unknown_widget",
        "/properties/usia/x-ui/widget",
        spoiling("properties", "usia", "x-ui", to={"widget": "numbr"}),
    ),
    (
        "questions.wrong_widget",
        "/properties/usia/x-ui/widget",
        spoiling("properties", "usia", "x-ui", to={"widget": "radio"}),
    ),
    (
        "forms.option_twice",
        "/properties/jenis/oneOf/1",
        spoiling("properties", "jenis", "oneOf", 1, "const", to="a"),
    ),
    (
        "forms.value_unknown_nearest",
        "/properties/usia/x-role/0",
        spoiling("properties", "usia", "x-role", to=["agee"]),
    ),
    (
        "forms.x_keyword_unknown_nearest",
        "/properties/usia/x-rol",
        spoiling("properties", "usia", "x-rol", to=["age"]),
    ),
    (
        "conditions.unknown_option",
        "/allOf/1/if/properties/jenis/const",
        spoiling("allOf", "+", to=when("jenis", {"const": "zz"}, required=["jenis"])),
    ),
    (
        "forms.value_unknown",
        "/properties/usia/format",
        spoiling("properties", "usia", "format", to="hostname"),
    ),
    ("forms.key_missing", "", lambda d: d.pop("unevaluatedProperties")),
    (
        "forms.key_not_a_name",
        "/properties/dua kata",
        spoiling("properties", "dua kata", to=whole("d")),
    ),
    (
        "forms.key_missing_beside",
        "/properties/usia",
        lambda d: d["properties"]["usia"].pop("title"),
    ),
    (
        "forms.keyword_refused",
        "/properties/usia/multipleOf",
        spoiling("properties", "usia", "multipleOf", to=2),
    ),
    (
        "forms.group_open",
        "/properties/usia",
        spoiling("properties", "usia", to=group_of("u", closed=False)),
    ),
    ("forms.group_empty", "/properties/usia", spoiling("properties", "usia", to=group_of("u", {}))),
    ("forms.rows_unbounded", "/properties/jenis", spoiling("properties", "jenis", to=rows_of())),
    (
        "forms.rows_too_deep",
        "/properties/jenis/items/properties/a/items/properties/b/items/properties/c",
        spoiling(
            "properties",
            "jenis",
            to=rows_of(a=rows_of("r2", b=rows_of("r3", c=rows_of("r4")))),
        ),
    ),
    ("forms.repeats_possible", "/properties/jenis", spoiling("properties", "jenis", to=_many())),
    (
        "conditions.unknown_fact_nearest",
        "/properties/usia/x-computed",
        spoiling("properties", "usia", "x-computed", to="jeniss + 1"),
    ),
]
