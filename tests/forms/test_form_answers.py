"""What a form asks, computes, hides, refuses and tells, on forms small enough to see it."""

from __future__ import annotations

from typing import Any

import pytest

from forms.small_forms import choice, document, form, question
from satupintu.documents import Json
from satupintu.forms.answers import (
    asked,
    asked_in_row,
    pages_to_ask,
    problems,
    with_computed,
    without_hidden,
)
from satupintu.forms.document import Form
from satupintu.forms.facts import fact_problems, facts
from satupintu.forms.reading import read


def yes_no(x_id: str, title: str = "Pertanyaan contoh") -> dict[str, Json]:
    return question(x_id, title, type="boolean")


def whole(x_id: str, title: str, high: int = 120, **more: Json) -> dict[str, Json]:
    return question(x_id, title, type="integer", minimum=0, maximum=high, **more)


def when(name: str, test: Json, **then: Json) -> dict[str, Json]:
    return {"if": {"properties": {name: test}, "required": [name]}, "then": then}


def chain() -> Form:
    """A form where each question hangs on the one before."""
    third = when("b", {"const": True}, properties={"c": yes_no("c", "Tiga")})
    second = when("a", {"const": True}, properties={"b": yes_no("b", "Dua")}, allOf=[third])
    pages = [_page("satu", "a"), _page("dua", "b", "c")]
    return form({"a": yes_no("a", "Satu")}, allOf=[second], **{"x-pages": pages})


def _page(page: str, *names: str) -> Json:
    return {"id": page, "title": page, "questions": list(names)}


def household() -> Form:
    """A form with a group, a repeated group, conditions in both and computed answers."""
    child: dict[str, Any] = {
        "type": "object",
        "unevaluatedProperties": False,
        "properties": {
            "lahir": question("r1", "Kapan anak lahir?", type="string", format="date"),
            "umur": whole(
                "r2",
                "Umur anak",
                **{"x-computed": "years_between(anak.lahir, hari_ini)", "x-ui": _COMPUTED},
            ),
        },
        "required": ["lahir"],
        "allOf": [
            when("umur", {"minimum": 7}, properties={"sekolah": yes_no("r3", "Apakah sekolah?")})
        ],
    }
    home: dict[str, Any] = {
        **question("g", "Rumah", type="object"),
        "unevaluatedProperties": False,
        "properties": {
            "aman": yes_no("g1", "Apakah rumah aman?"),
            "catatan": question("g2", "Catatan contoh", type="string", maxLength=20),
        },
        "required": ["aman"],
        "allOf": [
            when("aman", {"const": False}, properties={"takut": yes_no("g3", "Apakah takut?")})
        ],
    }
    return form(
        {
            "hari_ini": question("t", "Hari ini", type="string", format="date"),
            "rumah": home,
            "anak": question("r", "Anak", type="array", maxItems=3, items=child),
            "jumlah": whole("n", "Jumlah anak", **{"x-computed": "size(anak)", "x-ui": _COMPUTED}),
        },
        required=["hari_ini", "rumah"],
    )


_COMPUTED = {"widget": "computed"}
FULL: Json = {
    "hari_ini": "2026-11-23",
    "rumah": {"aman": False, "takut": True, "catatan": "contoh"},
    "anak": [{"lahir": "2016-02-29", "sekolah": True}, {"lahir": "2024-01-01"}],
}


def told(filled_form: Form, answers: Json) -> dict[str, str]:
    return {p.pointer: p.sentence("id") for p in problems(filled_form, answers)}


def names(questions: Any) -> list[str]:
    return [q.name for q in questions]


def test_questions_are_asked_in_page_order_where_their_condition_holds() -> None:
    assert names(asked(chain(), {})) == ["a"]
    assert names(asked(chain(), {"a": True})) == ["a", "b"]
    assert names(asked(chain(), {"a": True, "b": True})) == ["a", "b", "c"]
    assert [p.id for p in pages_to_ask(chain(), {"a": False})] == ["satu"]
    assert [p.id for p in pages_to_ask(chain(), {"a": True})] == ["satu", "dua"]


def test_a_stale_answer_below_a_hidden_question_asks_nothing() -> None:
    assert names(asked(chain(), {"a": False, "b": True})) == ["a"]


def test_hiding_one_answer_hides_what_hangs_on_it() -> None:
    assert without_hidden(chain(), {"a": False, "b": True, "c": True}) == ({"a": False}, ("b", "c"))


def test_an_answer_that_depends_on_presence_alone_is_hidden_in_a_second_round() -> None:
    depends = form(
        {"a": yes_no("a")},
        allOf=[when("a", {"const": True}, properties={"b": yes_no("b")})],
        dependentSchemas={"b": {"properties": {"c": yes_no("c")}}},
        **{"x-pages": [_page("satu", "a", "b", "c")]},
    )
    assert without_hidden(depends, {"a": False, "b": True, "c": True})[0] == {"a": False}


def test_hidden_answers_inside_groups_and_rows_are_left_out_in_their_place() -> None:
    grown = {"lahir": "2010-01-01", "sekolah": True}
    answers = {
        **FULL,
        "rumah": {"aman": True, "takut": True},
        "anak": [{"lahir": "2024-01-01", "sekolah": True}, grown],
    }
    left, hidden = without_hidden(household(), answers)
    assert hidden == ("rumah.takut", "anak.sekolah")
    assert left["rumah"] == {"aman": True}
    assert "sekolah" not in left["anak"][0]
    assert left["anak"][1]["sekolah"] is True
    assert problems(household(), left) == ()


def test_keys_that_are_no_question_stay_to_be_shown_as_problems() -> None:
    left, hidden = without_hidden(chain(), {"a": True, "zzz": 1})
    assert (left, hidden) == ({"a": True, "zzz": 1}, ())
    assert told(chain(), left)["/zzz"].startswith("Formulir ini tidak punya pertanyaan “zzz”.")


def test_computed_answers_are_computed_anew_in_their_rows_and_in_order() -> None:
    posted = {**FULL, "jumlah": 99, "anak": [{**FULL["anak"][0], "umur": 99}, FULL["anak"][1]]}
    found = with_computed(household(), posted)
    assert found["jumlah"] == 2
    assert [row["umur"] for row in found["anak"]] == [10, 2]
    assert posted["jumlah"] == 99, "what was given is not changed"
    assert problems(household(), found) == ()


def test_a_computed_answer_without_its_inputs_is_unanswered() -> None:
    found = with_computed(household(), {"jumlah": 3, "anak": [{"umur": 3}]})
    assert found == {"anak": [{}], "jumlah": 1}
    assert with_computed(household(), {"jumlah": 3}) == {}


def test_a_computed_answer_may_read_another_computed_answer() -> None:
    def plus_one(x_id: str, name: str) -> Json:
        return whole(x_id, "Tambah satu", **{"x-computed": f"{name} + 1", "x-ui": _COMPUTED})

    later = form({"c": plus_one("c", "b"), "b": plus_one("b", "a"), "a": whole("a", "Angka")})
    assert with_computed(later, {"a": 1}) == {"a": 1, "b": 2, "c": 3}


def test_what_is_asked_in_a_row_hangs_on_that_row() -> None:
    filled_form = household()
    rows = filled_form.questions["anak"]
    answers = with_computed(filled_form, FULL)
    in_rows = [names(asked_in_row(filled_form, rows, row, answers)) for row in answers["anak"]]
    assert in_rows == [["anak.lahir", "anak.umur", "anak.sekolah"], ["anak.lahir", "anak.umur"]]


def test_facts_are_typed_flat_and_only_of_what_was_asked() -> None:
    filled_form = household()
    found = facts(filled_form, with_computed(filled_form, FULL))
    assert found["rumah.aman"] is False
    assert found["rumah.takut"] is True
    assert "rumah.catatan" not in found, "free text is never a fact"
    assert found["jumlah"] == 2
    first, second = found["anak"]
    assert (first["umur"], first["sekolah"], "sekolah" in second) == (10, True, False)
    stale = {**FULL, "rumah": {"aman": True, "takut": True}}
    assert "rumah.takut" not in facts(filled_form, stale)


def test_a_fact_that_does_not_fit_its_type_is_unknown() -> None:
    one = form({"a": whole("a", "Angka"), "p": _many()})
    assert facts(one, {"a": 121, "p": ["x"]}) == {}
    assert facts(one, {"a": "1", "p": "x"}) == {}
    assert facts(one, {"a": 18.0, "p": []}) == {"a": 18, "p": ()}


def test_facts_given_as_json_are_checked_against_the_form() -> None:
    (problem,) = fact_problems(chain(), {"aa": True})
    assert (problem.pointer, problem.warning) == ("/aa", False)
    (warning,) = fact_problems(chain(), {"b": True})
    assert (warning.pointer, warning.warning) == ("/b", True)
    assert fact_problems(chain(), {"a": True, "b": False}) == ()


def _many() -> Json:
    items = {"type": "string", "oneOf": choice("a", "b")}
    return question("p", "Pilihan", type="array", uniqueItems=True, items=items)


SENTENCES: list[tuple[Json, Json, str]] = [
    ({"type": "integer", "minimum": 2, "maximum": 9}, 1, "Tulis 2 atau lebih pada “Judul”."),
    ({"type": "integer", "minimum": 2, "maximum": 9}, 10, "Tulis 9 atau kurang pada “Judul”."),
    ({"type": "integer", "exclusiveMinimum": 2}, 2, "Tulis 3 atau lebih pada “Judul”."),
    ({"type": "integer", "exclusiveMaximum": 2}, 2, "Tulis 1 atau kurang pada “Judul”."),
    (
        {"type": "integer"},
        14.75,
        "Tulis bilangan bulat dengan angka pada “Judul”, misalnya 14.",
    ),
    ({"type": "boolean"}, "ya", "Pilih Ya atau Tidak pada “Judul”."),
    ({"type": "string"}, 5, "Tulis teks pada “Judul”."),
    ({"type": "string", "minLength": 1}, "", "Jawab: Judul"),
    ({"type": "string", "minLength": 3}, "a", "Tulis paling sedikit 3 huruf pada “Judul”."),
    ({"type": "string", "maxLength": 3}, "abcd", "Tulis paling banyak 3 huruf pada “Judul”."),
    ({"type": "string", "pattern": "^[0-9]+$"}, "a", "Periksa cara menulis “Judul”."),
    (
        {"type": "string", "format": "date"},
        "2026-02-30",
        "Tulis tanggal yang ada di kalender pada “Judul”, misalnya 23 November 2026.",
    ),
    (
        {"type": "string", "format": "date-time"},
        "2026-02-30T10:00:00+07:00",
        "Tulis tanggal dan jam yang ada pada “Judul”, misalnya 23 November 2026 pukul 10.15.",
    ),
    ({"type": "string", "format": "uuid"}, "x", "Lampirkan lagi berkas pada “Judul”."),
    ({"type": "string", "oneOf": choice("a", "b")}, "c", "Pilih jawaban yang ada pada “Judul”."),
    ({"type": "string", "enum": ["a", "b"]}, "c", "Pilih jawaban yang ada pada “Judul”."),
    ({"type": "boolean", "const": True}, False, "Centang: Judul"),
]


@pytest.mark.parametrize(("schema", "value", "sentence"), SENTENCES)
def test_each_keyword_says_what_to_do(schema: Json, value: Json, sentence: str) -> None:
    one = form({"q": {**question("q", "Judul"), **schema}})
    assert told(one, {"q": value}) == {"/q": sentence}
    (problem,) = problems(one, {"q": value})
    assert problem.sentence("en") != sentence


def test_lists_are_told_at_the_question_not_at_the_item() -> None:
    bounded = form({"p": {**_many(), "minItems": 1, "maxItems": 1}})
    assert told(bounded, {"p": []}) == {"/p": "Isi paling sedikit 1 pada “Pilihan”."}
    assert told(bounded, {"p": ["a", "b"]}) == {"/p": "Isi paling banyak 1 pada “Pilihan”."}
    assert told(bounded, {"p": ["zz"]}) == {"/p": "Pilih jawaban yang ada pada “Pilihan”."}
    assert told(form({"p": _many()}), {"p": ["a", "a"]}) == {
        "/p": "Pilih setiap jawaban pada “Pilihan” cukup satu kali."
    }


def test_the_documents_own_message_comes_first() -> None:
    own = whole("q", "Judul", **{"x-errors": {"maximum": "Paling tua 120."}})
    own["x-i18n"] = {"en": {"title": "Title", "errors": {"maximum": "At most 120."}}}
    (problem,) = problems(form({"q": own}), {"q": 121})
    assert (problem.sentence("id"), problem.sentence("en")) == ("Paling tua 120.", "At most 120.")


def test_a_narrowed_answer_names_the_answer_that_narrows_it() -> None:
    narrowed = form(
        {"kawin": yes_no("k", "Apakah kawin?"), "usia": whole("u", "Usia")},
        allOf=[when("kawin", {"const": True}, properties={"usia": {"minimum": 10}})],
        **{"x-pages": [_page("satu", "kawin", "usia")]},
    )
    (problem,) = problems(narrowed, {"kawin": True, "usia": 5})
    assert problem.pointer == "/usia"
    assert problem.sentence("id").startswith(
        "Tulis 10 atau lebih pada “Usia”. Sebabnya: Apakah kawin"
    )
    assert problems(narrowed, {"kawin": False, "usia": 5}) == ()
    assert told(narrowed, {"kawin": True, "usia": -1})["/usia"] == "Tulis 0 atau lebih pada “Usia”."


def test_a_wrong_conditional_answer_is_told_once_and_truly() -> None:
    answers = {"a": True, "b": "ya"}
    assert told(chain(), answers) == {"/b": "Pilih Ya atau Tidak pada “Dua”."}


def test_an_answer_to_a_question_that_was_not_asked_is_told_so() -> None:
    assert told(chain(), {"a": False, "b": True}) == {
        "/b": "“Dua” tidak ditanyakan untuk jawaban ini. Kosongkan."
    }


def test_problems_in_groups_and_rows_stand_at_their_place() -> None:
    found = told(
        household(),
        with_computed(
            household(),
            {
                "hari_ini": "2026-11-23",
                "rumah": {"aman": True, "takut": True},
                "anak": [{"lahir": "2024-01-01"}, {}, {"lahir": "2026-13-01"}, {"zzz": 1}],
            },
        ),
    )
    assert found.keys() == {
        "/anak",
        "/rumah/takut",
        "/anak/1/lahir",
        "/anak/2/lahir",
        "/anak/3/lahir",
        "/anak/3/zzz",
    }
    assert found["/anak/1/lahir"] == "Jawab: Kapan anak lahir?"
    assert found["/anak"] == "Isi paling banyak 3 pada “Anak”."


def test_a_group_left_out_asks_for_the_questions_in_it() -> None:
    assert told(household(), {"hari_ini": "2026-11-23"}) == {
        "/rumah/aman": "Jawab: Apakah rumah aman?"
    }


def test_a_computed_answer_that_must_be_there_asks_for_what_it_needs() -> None:
    computed = whole("c", "Jumlah", **{"x-computed": "a + 1", "x-ui": _COMPUTED})
    needed = form({"a": whole("a", "Angka"), "c": computed}, required=["a", "c"])
    assert told(needed, {}) == {"/a": "Jawab: Angka"}
    optional = form({"a": whole("a", "Angka"), "c": computed}, required=["c"])
    assert told(optional, {}) == {"/c": "“Jumlah” belum dapat dihitung. Lengkapi: “Angka”."}


def test_problems_come_in_the_order_of_the_pages() -> None:
    ordered = read(
        document(
            {"z": yes_no("z"), "a": yes_no("a"), "m": yes_no("m")},
            required=["m", "a", "z"],
            **{"x-pages": [_page("satu", "m"), _page("dua", "z", "a")]},
        )
    )
    assert [p.pointer for p in problems(ordered, {"tak_ada": 1})] == ["/m", "/z", "/a", "/tak_ada"]


def test_answers_that_do_not_go_together_are_told_somewhere() -> None:
    either = form(
        {"a": yes_no("a", "Satu"), "b": yes_no("b", "Dua")},
        anyOf=[{"required": ["a"]}, {"required": ["b"]}],
    )
    assert set(told(either, {})) == {"/a", "/b"}
    never = form(
        {"a": yes_no("a", "Satu"), "b": yes_no("b", "Dua")}, **{"not": {"required": ["a", "b"]}}
    )
    assert set(told(never, {"a": True, "b": True})) == {""}
