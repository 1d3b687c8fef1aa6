"""A form document is read, or refused with every reason at its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from forms.small_forms import document, every_type, question
from forms.spoiled_forms import (
    BAD,
    page,
    plain,
    spoiling,
    when,
    whole,
    yes_no,
)
from satupintu.conditions import cel
from satupintu.conditions.ast import TRUE
from satupintu.conditions.sentence import sentence
from satupintu.conditions.types import Boolean, Integer, Rows
from satupintu.documents import Json, at
from satupintu.errors import BadDocument, Problem
from satupintu.forms import questions
from satupintu.forms.check import check
from satupintu.forms.document import SENSITIVITIES, Purpose, Role
from satupintu.forms.reading import examine, read
from satupintu.forms.vocabulary import FormVocabulary

META = json.loads((Path(__file__).parents[2] / "schemas" / "form.json").read_bytes())


def found(document_: Json) -> dict[str, Problem]:
    """Return the problems of a document by key, warnings included."""
    problems = check(json.dumps(document_).encode(), "contoh.json")
    return {p.key: p for p in problems}


def test_a_clean_form_has_no_problems() -> None:
    assert found(plain()) == {}


def test_a_condition_becomes_when_a_question_is_asked_and_required() -> None:
    form = read(plain())
    wali = form.questions["wali"]
    assert cel.write(wali.asked_when) == "usia < 18"
    assert wali.required_when == wali.asked_when == wali.cause
    assert form.questions["usia"].asked_when == TRUE
    assert form.questions["usia"].required_when == TRUE
    assert form.questions["jenis"].required_when is None
    assert wali.cause is not None
    assert sentence(wali.cause, FormVocabulary(form), "id") == "Pertanyaan contoh di bawah 18"


def test_a_question_declared_in_two_places_is_asked_in_either() -> None:
    form_document = plain()
    form_document["allOf"].append(when("jenis", {"const": "a"}, properties={"wali": yes_no("w")}))
    form = read(form_document)
    assert cel.write(form.questions["wali"].asked_when) == "usia < 18 || jenis == 'a'"
    assert form.questions["wali"].required_when is not None
    assert cel.write(form.questions["wali"].required_when) == "usia < 18"


def test_what_hangs_on_an_answer_alone_is_asked_where_it_is_there() -> None:
    form = read(
        document(
            {"usia": whole("u"), "catatan": question("c", type="string")},
            dependentRequired={"usia": ["catatan"]},
            dependentSchemas={"catatan": {"properties": {"lanjut": yes_no("l")}}},
            **{"x-pages": [page("satu", "usia", "catatan", "lanjut")]},
        )
    )
    assert cel.write(form.questions["lanjut"].asked_when) == "has(catatan)"
    assert form.questions["catatan"].required_when is not None
    assert cel.write(form.questions["catatan"].required_when) == "has(usia)"


def test_groups_have_dotted_names_and_rows_hold_their_fields() -> None:
    form = every_type()
    rows = next(q for q in form.questions.values() if q.kind == "rows")
    group = next(q for q in form.questions.values() if q.kind == "group")
    assert {c.name for c in rows.children} <= form.questions.keys()
    assert all(c.name.startswith(f"{group.name}.") for c in group.children)
    assert isinstance(form.types[rows.name], Rows)
    assert f"{rows.name}.usia" not in form.types
    assert group.name not in form.types
    kept = form.facts[rows.name]
    assert isinstance(kept, Rows)
    assert kept.fields["usia"] == Integer(0, 17)
    assert "nama" not in kept.fields, "rules never read free text"
    assert cel.write(form.questions[f"{rows.name}.sejak"].asked_when) == f"{rows.name}.ikut"


def test_a_reference_into_defs_is_followed_and_its_texts_may_be_replaced() -> None:
    form_document = document(
        {
            "takut": {"$ref": "#/$defs/ya_tidak", **question("t", "Apakah Anda takut?")},
            "aman": {"$ref": "#/$defs/ya_tidak", **question("a", "Apakah Anda aman?")},
        },
        **{"$defs": {"ya_tidak": {"title": "Ya?", "type": "boolean", "x-sensitivity": "rahasia"}}},
    )
    form = read(form_document)
    assert form.questions["takut"].title["id"] == "Apakah Anda takut?"
    assert form.questions["takut"].sensitivity == "rahasia"
    assert form.facts == {"takut": Boolean(), "aman": Boolean()}
    assert "$ref" not in form.questions["aman"].schema


@pytest.mark.parametrize(
    ("key", "pointer", "spoil"), BAD, ids=[f"{k}-{n}" for n, (k, _, _) in enumerate(BAD)]
)
def test_a_spoiled_form_is_refused_at_its_place_in_both_languages(
    key: str, pointer: str, spoil: Callable[[Json], None]
) -> None:
    form_document = plain()
    spoil(form_document)
    problems = check(json.dumps(form_document).encode(), "contoh.json")
    told = [p for p in problems if p.key == key]
    assert told, [(p.key, p.pointer) for p in problems]
    assert [p.pointer for p in told if not p.warning] == [pointer]
    assert told[0].file == "contoh.json"
    assert told[0].sentence("id") != told[0].sentence("en")
    assert told[0].pointer == "" or at(form_document, told[0].pointer) is not None
    with pytest.raises(BadDocument):
        read(form_document)


def test_all_problems_are_told_at_once() -> None:
    form_document = plain()
    form_document["x-pages"].append(page("dua", "usia", "tak_ada"))
    form_document["properties"]["jenis"]["x-ui"] = {"widget": "radioo"}
    keys = found(form_document).keys()
    assert {
        "forms.question_on_two_pages",
        "forms.question_unknown",
        "questions.unknown_widget",
    } <= keys


WARNED: list[tuple[str, str, Callable[[Json], None]]] = [
    (
        "forms.untranslated",
        "/properties/usia",
        lambda d: d["properties"]["usia"].pop("x-i18n"),
    ),
    (
        "forms.integer_unbounded",
        "/properties/usia",
        lambda d: d["properties"]["usia"].pop("maximum"),
    ),
    (
        "forms.sensitivity_missing",
        "/properties/usia",
        lambda d: d["properties"]["usia"].pop("x-sensitivity"),
    ),
    (
        "forms.keyword_unread",
        "/properties/usia/minimun",
        spoiling("properties", "usia", "minimun", to=1),
    ),
    (
        "forms.option_untitled",
        "/properties/jenis/oneOf/0",
        lambda d: d["properties"]["jenis"]["oneOf"][0].pop("title"),
    ),
]


@pytest.mark.parametrize(("key", "pointer", "spoil"), WARNED, ids=[k for k, _, _ in WARNED])
def test_what_could_be_better_is_a_warning_and_the_form_is_read(
    key: str, pointer: str, spoil: Callable[[Json], None]
) -> None:
    form_document = plain()
    spoil(form_document)
    warning = found(form_document)[key]
    assert warning.warning
    assert warning.pointer == pointer
    assert examine(form_document).form is not None


def test_computed_answers_that_wait_for_one_another_are_refused() -> None:
    first = whole("p", **{"x-computed": "dua + 1", "x-ui": {"widget": "computed"}})
    second = whole("q", **{"x-computed": "satu + 1", "x-ui": {"widget": "computed"}})
    problem = found(document({"satu": first, "dua": second}))["forms.computed_circle"]
    assert problem.pointer in ("/properties/satu/x-computed", "/properties/dua/x-computed")


def test_a_slip_in_a_computed_answer_is_told_with_its_column() -> None:
    slip = {"cases": [{"when": "usia > 1", "value": "usiaa + 1"}]}
    computed = whole("p", **{"x-computed": slip, "x-ui": {"widget": "computed"}})
    problems = check(json.dumps(document({"usia": whole("u"), "lusa": computed})).encode(), "f")
    assert [(p.pointer, p.column) for p in problems] == [
        ("/properties/lusa/x-computed/cases/0/value", 1)
    ]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff", b'{"a": 1, "a": 2}', b"NaN"])
def test_bytes_that_are_no_form_are_told_so(data: bytes) -> None:
    problems = check(data, "contoh.json")
    assert len(problems) == 1
    assert problems[0].place().startswith("contoh.json")


def test_the_meta_schema_and_the_code_name_the_same_closed_lists() -> None:
    keywords = META["$defs"]["keywords"]["properties"]
    assert tuple(keywords["x-role"]["items"]["enum"]) == get_args(Role)
    assert tuple(keywords["x-sensitivity"]["enum"]) == SENSITIVITIES
    assert tuple(META["$defs"]["form"]["properties"]["purpose"]["enum"]) == get_args(Purpose)
    assert questions.types()
