"""What checking a form says beyond what reading it must: doubtful conditions, silent texts."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from forms.small_forms import document, question
from forms.spoiled_forms import one_of, plain, rows_of, when, whole, yes_no
from satupintu.conditions import cel
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms.check import check
from satupintu.forms.reading import examine, read


def told(form_document: Json) -> list[Problem]:
    found = check(json.dumps(form_document).encode(), "contoh.json")
    assert all(p.file == "contoh.json" and p.sentence("id") and p.sentence("en") for p in found)
    return found


def asked_below(maximum: int) -> Json:
    """Return a clean form whose question is asked up to an age."""
    form_document = plain()
    form_document["allOf"][0]["if"]["properties"]["usia"] = {"maximum": maximum}
    return form_document


def test_a_question_that_is_never_asked_is_told_at_its_if() -> None:
    (problem,) = told(asked_below(-1))
    assert (problem.key, problem.pointer) == ("conditions.never_true", "/allOf/0/if")
    assert problem.level == "warning"


def test_an_if_that_every_answer_fulfils_is_told() -> None:
    (problem,) = told(asked_below(1000))
    assert (problem.key, problem.pointer) == ("conditions.only_answered", "/allOf/0/if")


def test_an_if_that_contradicts_the_one_around_it_is_told_with_both() -> None:
    form_document = plain()
    inner = when("usia", {"minimum": 60}, properties={"lansia": yes_no("l")})
    form_document["allOf"][0]["then"]["allOf"] = [inner]
    form_document["x-pages"][0]["questions"].append("lansia")
    (problem,) = told(form_document)
    assert (problem.key, problem.pointer) == ("forms.if_never_here", "/allOf/0/then/allOf/0/if")
    assert dict(problem.params) == {"part": "usia >= 60", "around": "usia < 18"}
    asked = read(form_document).questions["lansia"].asked_when
    assert cel.write(asked) == "usia < 18 && usia >= 60"


def computed(*whens: str) -> Json:
    cases = [{"when": text, "value": str(n)} for n, text in enumerate(whens)]
    shown = whole("k", **{"x-computed": {"cases": cases}, "x-ui": {"widget": "computed"}})
    return document({"usia": whole("u"), "jenis": one_of("j", "a", "b"), "kelompok": shown})


@pytest.mark.parametrize(
    ("whens", "key", "case"),
    [
        (("usia < 5 && usia > 9", "true"), "conditions.never_true", 0),
        (("usia < 18", "usia < 5"), "conditions.case_passed_over", 1),
        (("true", "usia < 5"), "conditions.case_passed_over", 1),
        (("usia < 18 && usia < 20", "usia < 60"), "conditions.part_needless", 0),
    ],
)
def test_a_doubtful_case_of_a_computed_answer_is_told(
    whens: tuple[str, ...], key: str, case: int
) -> None:
    (problem,) = told(computed(*whens))
    assert problem.key == key
    assert problem.pointer == f"/properties/kelompok/x-computed/cases/{case}/when"


def test_computed_cases_from_special_to_general_are_as_meant() -> None:
    assert told(computed("usia < 5", "usia < 18", "jenis == 'a'", "true")) == []


def _tightened(form_document: Json) -> None:
    narrower = {"usia": {"maximum": 10, "x-errors": {"maximum": "Paling tua 10 tahun."}}}
    form_document["allOf"].append(when("jenis", {"const": "a"}, properties=narrower))


def _neutral(form_document: Json) -> None:
    form_document["x-form"]["settings"]["neutralTitle"] = {"id": "Kalender"}


SILENT: list[tuple[str, str, Callable[[Json], object]]] = [
    ("forms.untranslated", "", lambda d: d.pop("x-i18n")),
    ("forms.untranslated", "/x-pages/0", lambda d: d["x-pages"][0].pop("x-i18n")),
    ("forms.untranslated", "/x-pages/0", lambda d: d["x-pages"][0].update(intro="Tenang.")),
    (
        "forms.untranslated",
        "/properties/usia",
        lambda d: d["properties"]["usia"]["x-ui"].update(help="Perkiraan boleh."),
    ),
    (
        "forms.untranslated",
        "/properties/jenis/oneOf/1",
        lambda d: d["properties"]["jenis"]["oneOf"][1].pop("x-i18n"),
    ),
    ("forms.untranslated", "/allOf/1/then/properties/usia", _tightened),
    ("forms.text_untranslated", "/x-form/settings/neutralTitle", _neutral),
]


@pytest.mark.parametrize(("key", "pointer", "silence"), SILENT)
def test_every_text_that_a_person_reads_is_missed_where_it_has_no_english(
    key: str, pointer: str, silence: Callable[[Json], object]
) -> None:
    form_document = plain()
    form_document["properties"]["usia"].setdefault("x-ui", {})
    silence(form_document)
    (problem,) = told(form_document)
    assert (problem.key, problem.pointer, problem.level) == (key, pointer, "warning")
    assert examine(form_document).form is not None


def test_an_if_behind_a_reference_is_told_where_it_is_written() -> None:
    never = when("umur", {"maximum": -1}, properties={"ya": yes_no("y")})
    person = {"type": "object", "properties": {"umur": whole("g")}, "allOf": [never]}
    person["unevaluatedProperties"] = False
    group = {**question("s", **{"x-sensitivity": "umum"}), "$ref": "#/$defs/orang"}
    (problem,) = told(document({"satu": group}, **{"$defs": {"orang": person}}))
    assert (problem.key, problem.pointer) == ("conditions.never_true", "/$defs/orang/allOf/0/if")


def with_rows(oldest: int) -> Json:
    """Return a form that asks whether there are rows, how many, and whether one is so young."""
    young = {"properties": {"umur": {"maximum": oldest}}, "required": ["umur"]}
    return document(
        {"anak": {**rows_of(), "maxItems": 4, "x-sensitivity": "umum"}},
        allOf=[
            when("anak", {"minItems": 1}, properties={"satu": yes_no("s")}),
            when("anak", {"minItems": 2}, properties={"dua": yes_no("d")}),
            when("anak", {"contains": young}, properties={"kecil": yes_no("k")}),
        ],
    )


def test_asking_about_rows_is_doubted_only_where_no_row_can_be_so() -> None:
    assert told(with_rows(5)) == []
    (problem,) = told(with_rows(-1))
    assert (problem.key, problem.pointer) == ("conditions.never_true", "/allOf/2/if")
