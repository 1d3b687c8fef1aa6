"""What ``check`` says of migrations: each wrong step at its place, and what is left untold."""

from __future__ import annotations

from typing import Any

import pytest

from forms.small_forms import document, question
from forms.versions_of_forms import (
    group,
    newer,
    older,
    one_of,
    rows,
    several_of,
    text,
    whole,
    with_steps,
)
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import reading
from satupintu.forms.migrating.comparing import problems
from satupintu.words import LANGUAGES

BEFORE = older(
    nama=text("n"), usia=whole("u"), kota=one_of("k", "satu", "dua"), bentuk=several_of("b", "x"),
    g=group("g", alamat=text("al")), anak=rows("r", nama=text("rn")), lama=text("l"),
)  # fmt: skip
AFTER: dict[str, Any] = {
    "nama": text("n"), "usia": whole("u"), "kota": one_of("k", "satu", "dua"),
    "bentuk": several_of("b", "x"), "g": group("g", alamat=text("al")),
    "anak": rows("r", nama=text("rn")), "baru": text("x1"), "lain": text("x2"),
    "angka": whole("x3"), "pilih": one_of("x4", "satu", "tiga"), "h": group("x5", isi=text("x6")),
    "orang": rows("x7", isi=text("x8")),
    "hitung": whole("x9", minimum=0, maximum=9, **{"x-computed": "usia + 1"}),
}  # fmt: skip
WHY = {"id": "Tidak perlu.", "en": "Not needed."}
DROP = {"drop": "lama", "why": WHY}


def said(found: Any, key: str) -> Problem:
    (one,) = [problem for problem in found if problem.key == key]
    for language in LANGUAGES:
        assert one.sentence(language)
    return one


@pytest.mark.parametrize(
    ("steps", "key", "place"),
    [
        ([{"to": "baru"}], "migrating.no_verb", "/0"),
        ([{"rename": "lama", "drop": "lama", "to": "baru", "why": WHY}], "migrating.two_verbs",
         "/0"),
        ([{"rename": "lama"}], "migrating.key_missing", "/0"),
        ([{"drop": "lama"}], "migrating.key_missing", "/0"),
        ([{"rename": "lama", "to": "baru", "at": "-"}], "migrating.key_idle", "/0/at"),
        ([{"split": "lama", "at": " "}], "migrating.split_into", "/0"),
        ([{"split": "lama", "into": ["baru", "lain"]}], "migrating.split_how", "/0"),
        ([{"join": ["lama", "nama"], "to": "baru", "with": " ", "template": "{lama}"}],
         "migrating.join_how", "/0"),
        ([{"rename": "lama", "to": "bru"}], "migrating.target_unknown_nearest", "/0"),
        ([{"rename": "lama", "to": "zzzzzz"}], "migrating.target_unknown", "/0"),
        ([{"rename": "lama", "to": "hitung"}], "migrating.target_computed", "/0"),
        ([{"split": "lama", "into": ["h", "baru"], "at": " "}], "migrating.target_group", "/0"),
        ([{"rename": "lama", "to": "baru"}, {"rename": "nama", "to": "baru"}],
         "migrating.overwritten", "/1"),
        ([{"rename": "lama", "to": "baru"}, DROP], "migrating.told_twice", "/1"),
        ([{"split": "lama", "into": ["baru", "lain"], "pattern": "("}], "forms.pattern_bad",
         "/0/pattern"),
        ([{"split": "lama", "into": ["baru", "lain"], "pattern": "(a)"}],
         "migrating.pattern_groups", "/0/pattern"),
        ([{"join": ["lama", "nama"], "to": "baru", "template": "{lama} {nam}"}],
         "migrating.slot_unknown_nearest", "/0/template"),
        ([{"join": ["lama", "nama"], "to": "baru", "template": "{lama}"}],
         "migrating.slot_missing", "/0/template"),
        ([{"map": "kota", "options": {"dua": "tigo"}, "to": "pilih"}],
         "migrating.option_new_nearest", "/0/options/dua"),
    ],
)  # fmt: skip
def test_a_wrong_step_is_an_error_of_the_document_at_its_place(
    steps: list[Json], key: str, place: str
) -> None:
    examined = reading.examine(with_steps(document(AFTER), BEFORE, steps))
    assert examined.form is None
    assert said(examined.problems, key).pointer == f"/x-form/migrations/0/steps{place}"


def test_one_older_version_is_named_once() -> None:
    wrong = with_steps(document(AFTER), BEFORE, [DROP])
    wrong["x-form"]["migrations"] *= 2
    found = said(reading.examine(wrong).problems, "migrating.from_twice")
    assert found.pointer == "/x-form/migrations/1/from"


@pytest.mark.parametrize(
    ("entry", "pointer"),
    [
        ({"steps": []}, ""),
        ({"from": "v1", "steps": []}, "/from"),
        ({"from": "a" * 64, "steps": [{"rename": "1 2", "to": "b"}]}, "/steps/0/rename"),
        ({"from": "a" * 64, "steps": [{"renam": "a", "to": "b"}]}, "/steps/0"),
    ],
)
def test_a_wrong_shape_is_told_at_its_place(entry: Json, pointer: str) -> None:
    wrong = document(AFTER)
    wrong["x-form"]["migrations"] = [entry]
    found = reading.examine(wrong)
    assert found.form is None
    assert {p.pointer for p in found.problems} == {f"/x-form/migrations/0{pointer}"}


@pytest.mark.parametrize(
    ("step", "key", "level"),
    [
        ({"rename": "lma", "to": "baru"}, "migrating.source_unknown_nearest", "error"),
        ({"rename": "zzzzzz", "to": "baru"}, "migrating.source_unknown", "error"),
        ({"rename": "usia", "to": "baru"}, "migrating.type_unlike", "error"),
        ({"move": "g", "to": "baru"}, "migrating.group_unlike", "error"),
        ({"move": "anak.nama", "to": "baru"}, "migrating.across_rows", "error"),
        ({"move": "lama", "to": "orang.isi"}, "migrating.across_rows", "error"),
        ({"rename": "nama", "to": "nama"}, "migrating.needless", "warning"),
        ({"drop": "nama", "why": WHY}, "migrating.dropped_but_asked", "warning"),
        ({"split": "usia", "into": ["baru", "lain"], "at": "-"}, "migrating.split_type", "error"),
        ({"split": "lama", "parts": {"a": "baru"}}, "migrating.split_type", "error"),
        ({"join": ["bentuk", "lama"], "to": "baru", "with": " "}, "migrating.join_texts", "error"),
        ({"join": ["lama", "nama"], "to": "angka", "with": " "}, "migrating.join_to_text", "error"),
        ({"join": ["lama", "bentuk"], "to": "baru"}, "migrating.join_to_list", "error"),
        ({"map": "kota", "options": {"stu": "satu"}}, "migrating.option_old_nearest", "error"),
        ({"map": "kota", "options": {"dua": "tiga"}}, "migrating.option_new", "error"),
        ({"map": "lama", "options": {"x": "y"}}, "migrating.map_nowhere", "error"),
        ({"rename": "lama", "to": "nama"}, "migrating.overwritten_by_id", "error"),
    ],
)
def test_a_step_is_compared_with_the_version_that_it_speaks_of(
    step: dict[str, Json], key: str, level: str
) -> None:
    after = newer(BEFORE, [step], **AFTER)
    found = said(problems(BEFORE, after), key)
    assert found.level == level
    assert found.pointer.startswith("/x-form/migrations/0/steps/0")


def test_a_version_of_another_form_is_refused() -> None:
    foreign = document({"lama": text("l")})
    foreign["x-form"] = {**foreign["x-form"], "id": "lain"}
    before = reading.read(foreign)
    after = newer(before, [{"rename": "lama", "to": "baru"}], **AFTER)
    assert said(problems(before, after), "migrating.other_form").pointer.endswith("/from")


def test_what_no_step_speaks_of_deserves_a_look() -> None:
    after = newer(BEFORE, [], **AFTER)
    found = said(problems(BEFORE, after), "migrating.untold")
    assert (found.level, found.params["name"]) == ("warning", "lama")
    assert BEFORE.hash.startswith(str(found.params["version"]))
    assert not list(problems(BEFORE, newer(BEFORE, [DROP], **AFTER)))


def test_an_option_that_is_gone_and_a_type_that_changed_deserve_a_look() -> None:
    after = newer(BEFORE, [DROP], **{**AFTER, "kota": one_of("k", "satu"), "nama": whole("n")})
    found = list(problems(BEFORE, after))
    assert said(found, "migrating.options_untold").params["options"] == "dua"
    assert said(found, "migrating.type_untold").params["name"] == "nama"


def test_a_question_that_only_moved_needs_no_step() -> None:
    moved = {key: one for key, one in AFTER.items() if key not in ("nama", "h")}
    after = newer(BEFORE, [DROP], **moved, h=group("x5", panggilan=text("n")))
    assert not list(problems(BEFORE, after))


def test_a_form_without_migrations_is_as_good_as_before() -> None:
    plain = document({"q": question("q", type="boolean")})
    del plain["x-form"]["migrations"]
    assert reading.examine(plain).form is not None
