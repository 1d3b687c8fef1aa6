"""An identity number: its digits, the birth date in it, and the answers it must agree with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.asked_alone import WIB, assert_comes_back, assert_told_once, kind_of, post, said
from forms.browser_without_script import NO_FILES
from forms.small_forms import choice, form, one, question
from satupintu import clock
from satupintu.cases import matching
from satupintu.documents import Json
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.document import Form

NIK = question("x-1", "NIK", type="string", pattern="^[0-9]{16}$", **{"x-ui": {"widget": "nik"}})
SECRET = {**NIK, "x-sensitivity": "sangat_rahasia"}
WOMAN = "1671055405950001"
"""Born on 14 May 1995."""
MAN = "1671051405950001"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.standing_at(datetime(2026, 11, 23, 3, tzinfo=UTC)):
        yield


def number_of(born: date, *, woman: bool, place: int = 167105, serial: int = 1) -> str:
    return f"{place:06}{born.day + 40 * woman:02}{born:%m%y}{serial:04}"


NUMBERS = st.builds(
    number_of,
    st.dates(date(1927, 1, 1), date(2026, 11, 22)),
    woman=st.booleans(),
    place=st.integers(110101, 949999),
    serial=st.integers(1, 9999),
)


def test_a_text_is_asked_as_a_nik_only_where_the_document_says_so_and_is_no_fact() -> None:
    assert kind_of(NIK) == "nik"
    assert kind_of({**NIK, "x-ui": {}}) == "text"
    assert one(NIK).facts == {}


@given(NUMBERS)
def test_every_number_with_a_real_birth_date_comes_back_as_it_was(number: str) -> None:
    assert_comes_back(NIK, number)
    assert post(NIK, said(SECRET, number, "id")).answers == {"q": number}


@pytest.mark.parametrize(
    "typed", [WOMAN, "1671 0554 0595 0001", "167105.540595.0001", " 167105-540595-0001 "]
)
def test_spaces_dots_and_dashes_go(typed: str) -> None:
    assert post(NIK, typed).answers == {"q": WOMAN}


@pytest.mark.parametrize(
    "typed", ["167105540595000", WOMAN + "1", "16710554O5950001", "KTP", "١" * 16]
)
def test_what_has_not_sixteen_digits_says_how_many_there_are(typed: str) -> None:
    assert_told_once(NIK, typed, "questions.nik_digits")


@pytest.mark.parametrize(
    "birth", ["000595", "320595", "400595", "720595", "141395", "140095", "300201", "700201"]
)
def test_a_birth_date_that_is_in_no_calendar_says_which_digits_to_check(birth: str) -> None:
    assert_told_once(NIK, f"167105{birth}0001", "questions.nik_birth")
    assert birth in post(NIK, f"167105{birth}0001").problems[0].sentence("id")


def test_the_last_day_of_february_exists_in_leap_years_alone() -> None:
    assert post(NIK, "1671052902000001").answers == {"q": "1671052902000001"}
    assert_told_once(NIK, "1671052902010001", "questions.nik_birth")


def test_the_document_may_word_itself_that_digits_are_missing() -> None:
    schema: dict[str, Json] = {**NIK, "x-errors": {"pattern": "NIK terdiri atas 16 angka."}}
    assert post(schema, "167105").problems[0].sentence("id") == "NIK terdiri atas 16 angka."


def test_only_its_end_is_said_where_nothing_else_covers_it() -> None:
    assert said(NIK, WOMAN, "id") == "•••••• •••••• 0001"
    assert said(SECRET, WOMAN, "id") == "167105 540595 0001"
    assert said(NIK, "lama", "id") == "lama"


def test_people_are_matched_by_it_as_by_any_identity_number() -> None:
    matched = one({**NIK, "x-role": ["match"]})
    assert matching.values(matched, {"q": WOMAN}) == {("identity", WOMAN)}


def about_a_person(**keywords: Json) -> dict[str, dict[str, Json]]:
    ui = {"widget": "nik", "sexes": {"P": "female", "L": "male"}}
    return {
        "nik": {**NIK, "x-ui": ui, "x-role": ["identity"], **keywords},
        "jk": {
            **question("x-2", "Jenis kelamin", type="string", oneOf=choice("P", "L", "lain")),
            "x-role": ["sex"],
        },
        "usia": {
            **question("x-3", "Usia", type="integer", minimum=0, maximum=120),
            "x-role": ["age"],
        },
        "lahir": {
            **question("x-4", "Tanggal lahir", type="string", format="date"),
            "x-role": ["born"],
        },
    }


def filled(form: Form, prefix: str = "", **typed: str) -> Bound:
    names = {f"{prefix}{name.replace('_', '.')}": text for name, text in typed.items()}
    return read_page(form, form.pages[0], MultiDict(names), NO_FILES, {}, zone=WIB, language="id")


BORN = {"lahir_day": "14", "lahir_month": "5", "lahir_year": "1995"}


@pytest.mark.parametrize("usia", ["30", "31", "32", ""])
@pytest.mark.parametrize("jk", ["P", "lain", ""])
@pytest.mark.parametrize("born", [BORN, {}])
def test_a_number_that_agrees_with_the_answers_is_read(
    usia: str, jk: str, born: dict[str, str]
) -> None:
    bound = filled(form(about_a_person()), nik=WOMAN, jk=jk, usia=usia, **born)
    assert bound.problems == ()
    assert bound.answers["nik"] == WOMAN


@pytest.mark.parametrize(
    ("answers", "titles"),
    [
        ({"jk": "L"}, "“Jenis kelamin”"),
        ({"usia": "17"}, "“Usia”"),
        ({**BORN, "lahir_day": "15"}, "“Tanggal lahir”"),
        ({"jk": "L", "usia": "17"}, "“Jenis kelamin”, “Usia”"),
    ],
)
def test_what_disagrees_is_said_in_one_sentence_at_the_number(
    answers: dict[str, str], titles: str
) -> None:
    bound = filled(form(about_a_person()), nik=WOMAN, **answers)
    assert [(p.key, p.pointer) for p in bound.problems] == [("questions.nik_disagrees", "/nik")]
    assert bound.problems[0].sentence("id") == (
        f"NIK ini milik perempuan yang lahir 14 Mei 1995, lain dari jawaban {titles}. "
        "Perbaiki salah satunya, atau kosongkan NIK."
    )
    assert "a woman born on 14 May 1995" in bound.problems[0].sentence("en")
    assert bound.unread == {"nik": "167105 540595 0001"}
    assert bound.answers["nik"] == WOMAN


def test_a_man_is_no_woman_and_a_number_without_century_may_mean_either() -> None:
    asked = form(about_a_person())
    assert [p.pointer for p in filled(asked, nik=MAN, jk="P").problems] == ["/nik"]
    old = number_of(date(1926, 1, 1), woman=False)
    assert filled(asked, nik=old, usia="100").problems == ()
    assert filled(asked, nik=old, usia="0").problems == ()
    assert "1 Januari 2026 atau 1 Januari 1926" in (
        filled(asked, nik=old, usia="50").problems[0].sentence("id")
    )


def test_somebody_elses_number_is_not_compared() -> None:
    asked = form(about_a_person(**{"x-role": []}))
    assert filled(asked, nik=WOMAN, jk="L", usia="9").problems == ()
    group = question("g-1", "Pelaku", type="object", unevaluatedProperties=False)
    person = about_a_person()
    beside = {**group, "properties": {"nik": {**person.pop("nik"), "x-id": "g-2"}}}
    asked = form({**person, "pelaku": beside})
    assert filled(asked, pelaku_nik=WOMAN, jk="L", usia="9").problems == ()


def test_a_number_in_a_group_is_compared_with_the_answers_of_that_group() -> None:
    group = question("g-1", "Korban", type="object", unevaluatedProperties=False)
    asked = form({"korban": {**group, "properties": about_a_person()}})
    bound = filled(asked, "korban.", nik=WOMAN, jk="L")
    assert [p.pointer for p in bound.problems] == ["/korban/nik"]
    assert bound.unread == {"korban.nik": "167105 540595 0001"}


def test_a_number_in_a_row_is_compared_with_the_answers_of_that_row() -> None:
    items = {"type": "object", "unevaluatedProperties": False, "properties": about_a_person()}
    asked = form({"orang": question("x-9", "Orang", type="array", maxItems=3, items=items)})
    bound = filled(
        asked,
        **{
            "orang": ["", "0", "1"],
            "orang.0.nik": WOMAN, "orang.0.jk": "P",
            "orang.1.nik": MAN, "orang.1.jk": "P",
        },
    )  # fmt: skip
    assert [(p.key, p.pointer) for p in bound.problems] == [
        ("questions.nik_disagrees", "/orang/1/nik")
    ]
    assert bound.unread == {"orang.1.nik": "167105 140595 0001"}
    assert bound.answers["orang"][1]["nik"] == MAN
