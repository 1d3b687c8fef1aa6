"""What filling in a form by itself comes to: what came back, and why something did not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import sized
from forms.answer_strategies import any_answers
from forms.going_round import DOCUMENTS, WIB, shipped, tried
from forms.small_forms import choice, every_type, form, one, question
from satupintu.documents import Json
from satupintu.errors import BadAnswers
from satupintu.forms import roundtrip, walking
from satupintu.forms.answers import problems, with_computed
from satupintu.forms.document import Form
from satupintu.forms.rendering import page_html, place_of

EVERY = every_type()
FILE = "22222222-2222-4222-8222-222222222222"


def told(form: Form, answers: Json) -> list[tuple[str, str]]:
    return [(p.pointer, p.sentence("en")) for p in tried(form, answers).problems]


@pytest.mark.parametrize("path", [None, *DOCUMENTS], ids=lambda path: getattr(path, "stem", path))
def test_answers_that_are_refused_are_told_each_at_a_question(path: Path | None) -> None:
    this = EVERY if path is None else shipped(path)

    @sized(30, assured=300)
    @given(any_answers(this), st.sampled_from(["id", "en"]))
    def are_told(answers: dict[str, Json], language: str) -> None:
        done = tried(this, answers, language)
        refused = problems(this, with_computed(this, answers))
        assert not (refused and done.sound)
        assert done.equal or done.problems
        for problem in done.problems:
            assert place_of(this, problem.pointer)[0] or problem.pointer == "/tidak_ada"

    are_told()


LEAF = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.sampled_from(["merah", "palu", "true", "2024-01-02", "2024-01-01T10:00:00Z", FILE]),
)
KEYS = st.sampled_from(sorted({q.key for q in EVERY.questions.values()} | {"tidak_ada"}))
ANYTHING = st.recursive(
    LEAF,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=5),
    max_leaves=12,
)


@sized(200, assured=3_000)
@given(st.dictionaries(KEYS, ANYTHING, max_size=6))
def test_answers_of_any_shape_are_told_or_come_back(answers: dict[str, Json]) -> None:
    done = tried(EVERY, answers)
    assert not (problems(EVERY, with_computed(EVERY, answers)) and done.sound)
    assert done.equal or done.problems


def test_an_empty_group_that_lacks_an_answer_is_told_though_a_page_would_leave_it() -> None:
    fields = {"isi": question("o-2", "Isi", type="string")}
    box = question("o-1", "Kotak", type="object", unevaluatedProperties=False, properties=fields)
    this = form({"kotak": {**box, "required": ["isi"]}})
    assert tried(this, {}).sound
    assert told(this, {"kotak": {}}) == [("/kotak/isi", "Answer: Isi")]


@pytest.mark.parametrize(
    "answers",
    [{"kata": " x "}, {"kata": ""}, {"saat": "2026-11-23T10:15:00.5+07:00"}],
)
def test_spaces_around_a_text_and_an_emptied_one_are_no_difference(answers: Json) -> None:
    assert told(EVERY, answers) == told(EVERY, {})


@pytest.mark.parametrize(
    ("answers", "pointer", "says"),
    [
        ({"jumlah": "banyak"}, "/jumlah", "whole number"),
        ({"jumlah": 100_000}, "/jumlah", "99999 or less"),
        ({"jumlah": None}, "/jumlah", "whole number"),
        ({"warna": "hijau"}, "/warna", "one of the answers listed"),
        ({"alat": ["palu", "bor"]}, "/alat", "one of the answers listed"),
        ({"izin": False}, "/izin", "Tick"),
        ({"alasan": "z"}, "/alasan", "is not asked"),
        ({"rumah": {"kamar": 1, "halaman": True}}, "/rumah/halaman", "is not asked"),
        ({"anak": [{"usia": 1}, {"usia": 18}]}, "/anak/1/usia", "17 or less"),
        ({"anak": [{"nama": "A"}]}, "/anak/0/usia", "Answer: Usia anak"),
        ({"anak": [{"usia": 1}] * 4}, "/anak", "at most 3"),
        ({"anak": [{"usia": 1, "surat": 7}]}, "/anak/0/surat", "text"),
        ({"berkas": "a.pdf"}, "/berkas", "Attach the file again"),
        ({"hari": "2026-02-30"}, "/hari", "a date that is in the calendar"),
        ({"usia": 5}, "/usia", "has no question"),
    ],
)
def test_an_answer_that_does_not_come_back_says_why(
    answers: dict[str, Json], pointer: str, says: str
) -> None:
    ((where, sentence),) = told(EVERY, answers)
    assert where == pointer
    assert says in sentence


def test_a_question_that_must_be_answered_and_was_not_is_told_once() -> None:
    this = form(
        {"a": question("o-1", "Wajib", type="integer", minimum=0, maximum=9)}, required=["a"]
    )
    assert told(this, {}) == [("/a", "Answer: Wajib")]
    assert told(this, {"a": "x"}) == [("/a", "Write a whole number in digits, for example 14.")]


def test_a_wrong_computed_answer_is_worked_out_again() -> None:
    done = tried(EVERY, {"jumlah": 21, "lipat": 1})
    assert done.sound
    assert done.answers["lipat"] == 42


def test_the_order_of_ticks_and_how_a_moment_is_written_are_no_difference() -> None:
    done = tried(EVERY, {"alat": ["gergaji", "palu"], "saat": "2026-11-23T03:15:00Z"})
    assert done.sound
    assert done.answers["alat"] == ["palu", "gergaji"]
    assert done.answers["saat"] == "2026-11-23T10:15:00+07:00"


def test_files_that_were_sent_before_come_back_from_groups_and_rows_too() -> None:
    inside = {"surat": question("o-3", "Surat", type="string", format="uuid")}
    group = question("o-1", "Map", type="object", unevaluatedProperties=False, properties=inside)
    this = form({"map": group, "anak": EVERY.schema["properties"]["anak"]})
    answers = {"map": {"surat": FILE}, "anak": [{"usia": 1}, {"usia": 2, "surat": FILE}]}
    assert tried(this, answers).sound


def test_a_page_that_loses_a_file_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetting(*arguments: Any, **more: Any) -> str:
        return str(page_html(*arguments, **more)).replace(f'value="{FILE}"', 'value=""')

    assert told(EVERY, {"berkas": FILE}) == []
    monkeypatch.setattr(walking, "page_html", forgetting)
    assert [where for where, _ in told(EVERY, {"berkas": FILE})] == ["/berkas"]


def test_a_page_without_a_control_or_a_label_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_labels(*arguments: Any, **more: Any) -> str:
        return str(page_html(*arguments, **more)).replace(' for="q-q"', "").replace('name="r"', "")

    monkeypatch.setattr(walking, "page_html", without_labels)
    this = form({"q": question("o-1", type="string"), "r": question("o-2", "Lain", type="string")})
    done = tried(this, {"q": "x", "r": "y"})
    assert done.unlabelled == ("q",)
    assert not done.equal
    assert [p.pointer for p in done.problems] == ["/r"]


def test_a_value_that_is_no_option_of_the_page_is_not_posted() -> None:
    ticks = {
        **question("o-1", type="array", uniqueItems=True),
        "items": {"type": "string", "oneOf": choice("a", "b")},
    }
    done = tried(one(ticks), {"q": ["b", "z"]})
    assert done.answers == {"q": ["b"]}
    assert not done.equal


@pytest.mark.parametrize("answers", [[], 7, None, {"kata": "x" * 3_000_000}])
def test_answers_that_cannot_be_looked_into_are_refused(answers: Json) -> None:
    with pytest.raises(BadAnswers):
        roundtrip.round_trip(EVERY, answers, language="id", zone=WIB)
