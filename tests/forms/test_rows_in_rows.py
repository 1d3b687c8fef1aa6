"""Repeated groups inside repeated groups: a row is known by its path, whatever its depth."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answer_strategies import valid_answers
from forms.asked_alone import WIB
from forms.browser_without_script import NO_FILES, Page
from forms.further_sample_forms import FAMILIES, FILE
from forms.going_round import tried
from forms.sample_forms import group, rows, sample_form, text, when, whole, yes_no
from forms.small_forms import document, form
from forms.versions_of_forms import nothing_vanished, renamed
from satupintu.cases.access import cut
from satupintu.conditions.types import Integer, Rows
from satupintu.documents import Json
from satupintu.forms import reading, row_page
from satupintu.forms.answers import parted, problems, with_computed, with_kept
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.carrying_over import carry
from satupintu.forms.difference import sentences
from satupintu.forms.document import Form
from satupintu.forms.facts import facts
from satupintu.forms.migrating import migrate
from satupintu.forms.migrating.comparing import problems as compared
from satupintu.forms.rendering import page_html, summary_html
from satupintu.words import LANGUAGES

WIDGETS = [(a, b) for a in ("rows", "rows-by-page") for b in ("rows", "rows-by-page", "table")]


def family(outer: str = "rows", inner: str = "rows", **school: Json) -> dict[str, Json]:
    """Return a form of children with their schools."""
    fields = {"nama": text("Nama sekolah"), "kelas": whole("Kelas", 1, 12), **school}
    schools = {**rows("Sekolah", fields, 4, required=["nama"]), "x-ui": {"widget": inner}}
    asked = when("usia", {"minimum": 6}, {"sekolah": schools})
    child = {"nama": text("Nama"), "usia": whole("Usia", 0, 20)}
    children = rows("Anak", child, 4, required=["nama"], allOf=[asked])
    return document({"anak": {**children, "x-ui": {"widget": outer}}, "kota": text("Kota")})


GIVEN: dict[str, Json] = {
    "anak": [
        {"nama": "A", "usia": 3},
        {"nama": "B", "usia": 9, "sekolah": [{"nama": "S1", "kelas": 3}, {"nama": "S2"}]},
        {"nama": "C", "usia": 12, "sekolah": [{"nama": "S3"}]},
    ],
    "kota": "K",
}


def drawn(asked: Form, answers: dict[str, Json], row: str = "", language: str = "id") -> Page:
    opened = row_page.named(asked, asked.pages[0], answers, row)
    html = page_html(asked, asked.pages[0], language=language, zone=WIB, answers=answers,
                     row=opened, problems=problems(asked, answers))  # fmt: skip
    page = Page(str(html))
    assert page.unlabelled() == []
    assert set(page.references) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    return page


def read(asked: Form, page: Page, before: dict[str, Json], act: str = "", **typed: str) -> Bound:
    posted = page.posted(act or None)
    for name, said in typed.items():
        posted[name.replace("__", ".")] = said
    return read_page(asked, asked.pages[0], posted, NO_FILES, before, zone=WIB, language="id")


def schools(answers: dict[str, Json], child: int = 1) -> list[Any]:
    return [school.get("nama") for school in answers["anak"][child].get("sekolah", ())]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("outer", "inner"), WIDGETS)
def test_answers_come_back_however_each_list_is_drawn(outer, inner, language) -> None:
    asked = reading.read(family(outer, inner))
    assert asked.questions["anak.sekolah"].kind == inner
    for answers in ({}, GIVEN):
        came = tried(asked, answers, language)
        assert came.sound, came.problems


TEXTS = st.text("ab Ü<&{'\"", min_size=1, max_size=9).map(str.strip).filter(bool)


def _lists(row: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[Json]:
    return st.lists(st.fixed_dictionaries(row, optional=optional), max_size=3)


YEARS = _lists({}, {"tahun": st.integers(1990, 2030), "naik": st.booleans()})
PRIVATE = {"nama": TEXTS, "tahun": YEARS}
SCHOOLS = st.lists(
    st.fixed_dictionaries(PRIVATE, optional={"negeri": st.just(False)})
    | st.fixed_dictionaries({**PRIVATE, "negeri": st.just(True), "kelas": st.integers(1, 12)}),
    max_size=3,
)
PUPIL = {"nama": TEXTS, "usia": st.integers(6, 20), "sekolah": SCHOOLS}
HOME = st.fixed_dictionaries({}, optional={"kota": TEXTS, "barang": _lists({}, {"b": TEXTS})})
CHILDREN = st.lists(
    st.fixed_dictionaries({"nama": TEXTS}, optional={"usia": st.integers(0, 5), "rumah": HOME})
    | st.fixed_dictionaries(PUPIL, optional={"rumah": HOME}),
    max_size=3,
)


@pytest.mark.parametrize("name", ["rows in rows", "rows in rows each on its own page"])
@settings(max_examples=25, deadline=None)
@given(children=CHILDREN)
def test_whatever_a_form_accepts_comes_back(name: str, children: Json) -> None:
    asked = sample_form(name)
    assert problems(asked, {"anak": children}) == ()
    came = tried(asked, {"anak": children})
    assert came.sound, came.problems


@pytest.mark.parametrize("name", ["rows in rows", "rows in rows each on its own page"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_an_older_answer_is_followed_into_every_row_by_its_x_id(name, data) -> None:
    before = sample_form(name)
    after = reading.read(renamed(dict(before.schema), "_x"))
    answers = data.draw(valid_answers(before))
    came = migrate(before, after, answers)
    assert came.fits
    assert not came.lost
    nothing_vanished(before, answers, came)
    assert migrate(after, before, came.answers).answers == answers
    carried = carry(before, after, answers)
    assert not carried.left
    assert carry(after, before, carried.answers).answers == answers


@pytest.mark.parametrize(
    ("act", "left"),
    [
        ("rows:anak.1.sekolah:add", ["S1", "S2", None]),
        ("rows:anak.1.sekolah:remove:0", ["S2"]),
        ("rows:anak.1.sekolah:up:1", ["S2", "S1"]),
        ("rows:anak.1.sekolah:down:0", ["S2", "S1"]),
    ],
)
@pytest.mark.parametrize("inner", ["rows", "rows-by-page", "table"])
def test_a_button_changes_the_list_it_stands_in_and_no_other(inner, act, left) -> None:
    asked = reading.read(family(inner=inner))
    page = drawn(asked, GIVEN)
    bound = read(asked, page, GIVEN, act)
    assert schools(bound.answers) == left
    assert schools(bound.answers, 2) == ["S3"]
    assert bound.answers["anak"][0] == GIVEN["anak"][0]
    assert bound.answers["anak"][1]["sekolah"] != [] or left == []


@pytest.mark.parametrize(("outer", "inner"), WIDGETS)
def test_a_row_that_moves_takes_its_own_rows_along(outer, inner) -> None:
    asked = reading.read(family(outer, inner))
    bound = read(asked, drawn(asked, GIVEN), GIVEN, "rows:anak:up:2")
    one, two, three = GIVEN["anak"]
    assert bound.answers["anak"] == [one, three, two]
    bound = read(asked, drawn(asked, GIVEN), GIVEN, "rows:anak:remove:1")
    assert bound.answers["anak"] == [one, three]


def test_what_is_typed_in_an_inner_row_is_read_into_it() -> None:
    asked = reading.read(family())
    bound = read(asked, drawn(asked, GIVEN), GIVEN, anak__1__sekolah__1__nama="Baru",
                 anak__1__sekolah__0__kelas="x")  # fmt: skip
    assert schools(bound.answers) == ["S1", "Baru"]
    assert [p.pointer for p in bound.problems] == ["/anak/1/sekolah/0/kelas"]
    assert bound.unread == {"anak.1.sekolah.0.kelas": "x"}


def test_a_problem_stands_at_the_one_question_that_is_seen_and_points_into_its_row() -> None:
    asked = reading.read(family())
    wrong = {"anak": [{"nama": "B", "usia": 9, "sekolah": [{"nama": "S"}, {"kelas": 13}]}]}
    found = problems(asked, wrong)
    assert [p.pointer for p in found] == ["/anak/0/sekolah/1/nama", "/anak/0/sekolah/1/kelas"]
    assert [p.key for p in found] == ["forms.answer_missing", "forms.answer_maximum"]
    page = drawn(asked, wrong)
    marked = [c.name for c in page.controls if c.attributes.get("aria-invalid") == "true"]
    assert marked == ["anak.0.sekolah.1.nama", "anak.0.sekolah.1.kelas"]
    assert 'href="#q-anak.0.sekolah.1.nama"' in summary_html(asked, found, "id")


def test_a_list_that_is_closed_says_what_its_rows_lack_and_the_summary_leads_there() -> None:
    asked = reading.read(family("rows-by-page", "rows-by-page"))
    wrong = {"anak": [{"nama": "A"}, {"nama": "B", "usia": 9, "sekolah": [{"kelas": 2}]}]}
    found = problems(asked, wrong)
    assert drawn(asked, wrong).by_id["q-anak.1"].text.count("Jawab: Nama sekolah") == 1
    inside = drawn(asked, wrong, "anak.1")
    assert inside.by_id["q-anak.1.sekolah.0"].text.count("Jawab: Nama sekolah") == 1
    here = asked.pages[0]
    open_now = row_page.named(asked, here, wrong, "anak.1")
    assert 'href="#q-anak.1"' in summary_html(asked, found, "id", here=here)
    assert 'href="#q-anak.1.sekolah.0"' in summary_html(asked, found, "id", here=here, row=open_now)
    elsewhere = summary_html(asked, found, "id", url_for_page=lambda _: "/halaman")
    assert 'href="/halaman?baris=anak.1.sekolah.0#q-anak.1.sekolah.0.nama"' in elsewhere


@pytest.mark.parametrize("outer", ["rows", "rows-by-page"])
def test_an_inner_row_on_its_own_page_reads_itself_and_leaves_all_else(outer) -> None:
    asked = reading.read(family(outer, "rows-by-page"))
    page = drawn(asked, GIVEN, "anak.1.sekolah.1")
    assert [c.name for c in page.asked()] == ["anak.1.sekolah.1.nama", "anak.1.sekolah.1.kelas"]
    bound = read(asked, page, GIVEN, anak__1__sekolah__1__nama="Baru")
    assert schools(bound.answers) == ["S1", "Baru"]
    one, two, three = GIVEN["anak"]
    changed = {**two, "sekolah": [two["sekolah"][0], {"nama": "Baru"}]}
    assert bound.answers == {**GIVEN, "anak": [one, changed, three]}
    assert not bound.covers("anak.1.nama")
    assert bound.covers("anak.1.sekolah.1.nama")


def test_texts_that_could_not_be_read_stay_in_lists_that_stay_closed() -> None:
    asked = reading.read(family("rows-by-page", "rows-by-page"))
    outer = read(asked, drawn(asked, GIVEN, "anak.1"), GIVEN)
    assert outer.covers("anak.1.nama")
    assert not outer.covers("anak.1.sekolah.0.kelas")
    moved = read(asked, drawn(asked, GIVEN), GIVEN, "rows:anak:up:2")
    assert moved.covers("anak.1.sekolah.0.kelas"), "its number means another row now"


def test_from_a_row_a_button_leads_where_it_says() -> None:
    asked = reading.read(family("rows-by-page", "rows-by-page"))
    here = asked.pages[0]

    def after(row: str, act: str, stays: bool = False) -> str | None:
        posted = drawn(asked, GIVEN, row).posted(act)
        found = row_page.pressed(asked, here, GIVEN, posted, stays=stays)
        return None if found is None else found.control

    assert after("anak.1", "rows:anak.1.sekolah:edit:1") == "anak.1.sekolah.1"
    assert after("anak.1", "rows:anak.1.sekolah:add") == "anak.1.sekolah.1"
    assert after("anak.1", "rows:anak.1.sekolah:remove:0") == "anak.1"
    assert after("anak.1.sekolah.1", "done") == "anak.1"
    assert after("anak.1.sekolah.1", "done", stays=True) == "anak.1.sekolah.1"
    assert after("anak.1.sekolah.1", "rows:anak.1.sekolah:list") == "anak.1"
    assert after("anak.1", "rows:anak:list") is None
    assert after("anak.1.sekolah.1", "save") is None


def test_a_row_says_whose_row_it_is() -> None:
    asked = reading.read(family("rows-by-page", "rows-by-page"))
    row = row_page.named(asked, asked.pages[0], GIVEN, "anak.1.sekolah.0")
    assert row is not None
    assert row_page.title(asked, row, "en") == "Anak (en), number 2: Sekolah (en), number 1"
    assert row_page.rows_around(asked, "anak.1.sekolah.0.nama") == ("anak.1", "anak.1.sekolah.0")


def test_a_condition_in_a_row_reads_that_row_and_a_computed_answer_all_around_it() -> None:
    hit = whole("Hitung", 0, 200, **{"x-computed": "tambah + anak.usia + anak.sekolah.kelas"})
    more = when("kelas", {"minimum": 7}, {"jurusan": text("Jurusan", **{"x-keep-hidden": True})})
    inner = rows("Sekolah", {"kelas": whole("Kelas", 1, 12), "hit": hit}, 3, allOf=[more])
    child = rows("Anak", {"usia": whole("Usia", 0, 20), "sekolah": inner}, 3)
    asked = form({"tambah": whole("Tambah", 0, 9), "anak": child})
    given = {"tambah": 1, "anak": [{"usia": 10, "sekolah": [
        {"kelas": 8, "jurusan": "IPA"}, {"kelas": 2, "jurusan": "IPS"}, {"jurusan": "x"}]},
        {"sekolah": [{"kelas": 1}]}]}  # fmt: skip
    computed = with_computed(asked, given)
    assert [s.get("hit") for s in computed["anak"][0]["sekolah"]] == [19, 13, None]
    told = parted(asked, given)
    assert told.kept == {"/anak/0/sekolah/1/jurusan": "IPS", "/anak/0/sekolah/2/jurusan": "x"}
    assert problems(asked, told.answers) == ()
    assert parted(asked, with_kept(told.answers, told.kept)) == told


def test_a_list_in_a_row_is_no_fact_but_whether_it_is_there_may_be_asked() -> None:
    asked = reading.read(family())
    assert asked.facts == {"anak": Rows({"usia": Integer(0, 20)}, 4)}
    assert facts(asked, GIVEN)["anak"] == ({"usia": 3}, {"usia": 9}, {"usia": 12})
    schools = rows("Sekolah", {"n": whole("N", 0, 9)}, 3)
    there = {"if": {"required": ["sekolah"]}, "then": {"properties": {"lagi": text("Lagi")}}}
    child = rows("Anak", {"sekolah": schools}, 3, allOf=[there])
    some = yes_no("Ada?", **{"x-computed": "anak.exists(r, has(r.sekolah))"})
    asked = form({"anak": child, "ada": some})
    given = {"anak": [{}, {"sekolah": [{"n": 1}], "lagi": "x"}]}
    assert with_computed(asked, given)["ada"] is True
    assert parted(asked, {"anak": [{"lagi": "x"}]}).dropped == ("anak.lagi",)


def _told(properties: dict[str, Json]) -> list[tuple[str, str]]:
    found = reading.examine(document(properties)).problems
    return [(p.key, p.pointer) for p in found if p.level == "error"]


def test_what_cannot_be_asked_in_rows_is_told_where_it_stands() -> None:
    schools = rows("Sekolah", {"n": whole("N", 0, 9)}, 3)

    def child(**more: Json) -> Json:
        return rows("Anak", {"sekolah": schools, **more}, 3)

    def works_out(expression: str) -> Json:
        return whole("H", 0, 9, **{"x-computed": expression})

    in_row, in_form = "/properties/anak/items/properties/h/x-computed", "/properties/h/x-computed"
    for expression in ("size(anak.sekolah)", "anak.sekolah + 1"):
        assert _told({"anak": child(h=works_out(expression))})[0] == (
            "conditions.inner_rows_not_asked", in_row,
        )  # fmt: skip
    inner = yes_no("H", **{"x-computed": "anak.exists(r, r.sekolah.exists(s, s.n > 1))"})
    assert _told({"anak": child(), "h": inner}) == [("conditions.inner_rows_not_asked", in_form)]
    out_of_reach = "forms.computed_reads_rows"
    assert _told({"anak": child(h=works_out("anak.sekolah.n"))}) == [(out_of_reach, in_row)]
    assert _told({"anak": child(), "h": works_out("anak.sekolah.n")}) == [(out_of_reach, in_form)]
    table = {**child(), "x-ui": {"widget": "table"}}
    assert _told({"anak": table}) == [("questions.list_in_table", "/properties/anak/x-ui/widget")]
    grouped = rows("Anak", {"g": group("G", {"sekolah": schools})}, 3)
    table = {**grouped, "x-ui": {"widget": "table"}}
    assert _told({"anak": table}) == [("questions.list_in_table", "/properties/anak/x-ui/widget")]


def test_three_levels_are_asked_and_a_fourth_is_refused_with_the_way_out() -> None:
    deep = rows("D", {"n": whole("N", 0, 9)}, 2)
    three = rows("A", {"b": rows("B", {"c": rows("C", {"n": whole("N", 0, 9)}, 2)}, 2)}, 2)
    given = {"a": [{"b": [{"c": [{"n": 1}, {"n": 2}]}, {"c": []}]}]}
    assert tried(form({"a": three}), given).sound
    four = rows("A", {"b": rows("B", {"c": rows("C", {"d": deep}, 2)}, 2)}, 2)
    where = "/properties/a/items/properties/b/items/properties/c/items/properties/d"
    assert _told({"a": four}) == [("forms.rows_too_deep", where)]


def test_an_inner_list_without_a_bound_is_a_warning() -> None:
    open_list = rows("Sekolah", {"n": whole("N", 0, 9)})
    del open_list["maxItems"]
    found = reading.examine(document({"anak": rows("Anak", {"sekolah": open_list})})).problems
    assert [(p.key, p.level) for p in found] == [("forms.rows_unbounded", "warning")]


def test_an_agency_sees_of_inner_rows_what_it_may_see() -> None:
    asked = reading.read(family())
    seen = cut(asked, GIVEN, {"anak.sekolah.kelas"})
    assert seen == {"anak": [{"sekolah": [{"kelas": 3}]}]}


@pytest.mark.parametrize(("outer", "inner"), WIDGETS)
def test_a_button_of_an_inner_list_says_whose_it_is_to_who_does_not_see_it(outer, inner) -> None:
    asked = reading.read(family(outer, inner))
    row = "anak.1" if outer == "rows-by-page" else ""
    html = drawn(asked, GIVEN, row, "en").source
    act = html.partition('value="rows:anak.1.sekolah:remove:1"')[2].partition("</button>")[0]
    assert ", number 2, Anak (en), number 2</span>" in act
    add = html.partition('value="rows:anak.1.sekolah:add"')[2].partition("</button>")[0]
    assert '<span class="vh">, Anak (en), number 2</span>' in add


def _changed(**school: Json) -> dict[str, Json]:
    """Return the form with other questions about a school, whose x-ids and those around stay."""
    document = copy.deepcopy(dict(sample_form("rows in rows").schema))
    then = document["properties"]["anak"]["items"]["allOf"][0]["then"]
    inner = then["properties"]["sekolah"]["items"]
    inner["properties"] |= school
    return document


def test_a_change_inside_a_row_of_a_row_is_told_in_words() -> None:
    before = sample_form("rows in rows")
    old = before.questions["anak.sekolah.nama"].schema
    after = reading.read(_changed(nama={**old, "maxLength": 40}))
    [said] = sentences(before, after, "en")
    assert "anak.sekolah.nama" in said
    assert "from 80 to 40" in said


def test_a_step_of_a_migration_stays_inside_its_rows() -> None:
    before = sample_form("rows in rows")
    schema = before.questions["anak.sekolah.surat"].schema

    def after(step: dict[str, Json]) -> Form:
        document = _changed(lampiran={**schema, "x-id": "lampiran-baru"})
        then = document["properties"]["anak"]["items"]["allOf"][0]["then"]
        del then["properties"]["sekolah"]["items"]["properties"]["surat"]
        migrations = [{"from": before.hash, "steps": [step]}]
        document["x-form"] = {**document["x-form"], "migrations": migrations}
        return reading.read(document)

    steps = after({"rename": "anak.sekolah.surat", "to": "anak.sekolah.lampiran"})
    assert [*compared(before, steps)] == []
    came = migrate(before, steps, FAMILIES[2])
    assert came.fits
    assert came.answers["anak"][1]["sekolah"][0]["lampiran"] == FILE
    across = after({"move": "anak.nama", "to": "anak.sekolah.lampiran"})
    assert [p.key for p in compared(before, across)] == ["migrating.across_rows"]


def test_why_a_list_is_asked_is_said_once_where_it_begins() -> None:
    html = drawn(reading.read(family()), GIVEN).source
    assert html.count("Ditanyakan karena") == 2, "once for each child who goes to school"
