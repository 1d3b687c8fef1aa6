"""How pages, summaries and read-back answers look to a person, a screen reader and an attacker."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forms.browser_without_script import Page
from forms.small_forms import choice, document, every_type, form, one, question
from satupintu import words
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import reading
from satupintu.forms.compiling import constant, drawing, literal
from satupintu.forms.document import Form
from satupintu.forms.reading_back import Change, answers_html, sections
from satupintu.forms.rendering import page_html, place_of, summary_html

ROOT = Path(__file__).parents[2]
WIB = ZoneInfo("Asia/Jakarta")
SHIPPED = ["asesmen-awal", "laporan-publik", "tindak-lanjut"]
EVERY = every_type()
FULL: dict[str, Json] = {
    "setuju": True,
    "rumah": {"kamar": 3},
    "anak": [{"ikut": True}, {"usia": 4}],
    "jumlah": 1512,
    "berkas": "22222222-2222-4222-8222-222222222222",
}

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "{{ 7 * 7 }}",
    "{% for x in [1, 2] %}{{ x }}{% endfor %}",
    "{# hidden #}",
    "<%= q.title %>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "&lt;b&gt;&amp;",
    "\ue001",
]


def shipped(name: str) -> Form:
    return reading.read(json.loads((ROOT / f"schemas/forms/{name}.json").read_bytes()))


def draw(this: Form, answers: dict[str, Json] | None = None, **more: object) -> Page:
    return Page(raw(this, answers, **more))


def raw(this: Form, answers: dict[str, Json] | None = None, **more: object) -> str:
    language = str(more.pop("language", "id"))
    return str(
        page_html(this, this.pages[0], language=language, zone=WIB, answers=answers or {}, **more)  # type: ignore[arg-type]
    )


def assert_sound(page: Page) -> None:
    repeated = [name for name, times in Counter(page.ids).items() if times > 1]
    assert repeated == []
    assert set(page.references) <= set(page.ids)
    assert page.unlabelled() == []
    assert page.legends == page.fieldsets
    assert page.scripts == 0


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_control_of_a_shipped_form_is_named_and_every_reference_leads_somewhere(
    name: str, language: str
) -> None:
    this = shipped(name)
    wrong = [Problem("questions.not_a_number", pointer=f"/{key}") for key in this.questions]
    for page in this.pages:
        for problems in ((), wrong):
            html = page_html(this, page, language=language, zone=WIB, answers={}, problems=problems)
            assert_sound(Page(str(html)))


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_type_is_named_in_groups_and_rows_with_and_without_problems(language: str) -> None:
    pointers = [
        "/kata",
        "/saat",
        "/rumah/kamar",
        "/anak",
        "/anak/1/usia",
        "/anak/0/sejak",
        "/alat/1",
    ]
    problems = [Problem("questions.not_a_number", pointer=p) for p in pointers]
    assert_sound(draw(EVERY, FULL, language=language))
    page = draw(EVERY, FULL, language=language, problems=problems)
    assert_sound(page)
    summary = Page(str(summary_html(EVERY, problems, language)))
    assert len(summary.links) == len(pointers)
    for link in summary.links:
        assert link.removeprefix("#") in page.ids


def test_the_summary_leads_to_the_page_of_each_problem() -> None:
    this = shipped("asesmen-awal")
    problems = [
        Problem("questions.time_missing", pointer="/waktu_kejadian"),
        Problem("questions.time_missing", pointer="/tanggal_lapor"),
        Problem("questions.time_missing", pointer="/asing"),
    ]
    html = summary_html(
        this, problems, "id", url_for_page=lambda p: f"/isi/{p.id}", here=this.pages[0]
    )
    assert Page(str(html)).links == ["/isi/kejadian#q-waktu_kejadian", "#q-tanggal_lapor"]
    assert "Ada 3 hal yang perlu dilengkapi" in html
    assert "There is 1 thing to complete" in summary_html(this, problems[:1], "en")
    assert summary_html(this, (), "id") == ""


def test_a_problem_stands_once_at_its_question_with_the_control_marked() -> None:
    problem = Problem("questions.not_a_number", pointer="/jumlah")
    html = raw(EVERY, problems=[problem, problem])
    assert html.count(problem.sentence("id")) == 1
    control = next(c for c in Page(html).controls if c.attributes.get("name") == "jumlah")
    assert control.attributes["aria-invalid"] == "true"
    assert "q-jumlah-err" in control.attributes["aria-describedby"].split()


@pytest.mark.parametrize(
    ("pointer", "name"),
    [
        ("/jumlah", "jumlah"),
        ("/alat/2", "alat"),
        ("/rumah/kamar", "rumah.kamar"),
        ("/rumah/asing", "rumah"),
        ("/anak", "anak"),
        ("/anak/1", "anak"),
        ("/anak/1/usia", "anak.1.usia"),
        ("/anak/1/suka/0", "anak.1.suka"),
        ("", ""),
        ("/asing", ""),
    ],
)
def test_a_pointer_leads_to_the_question_it_lies_in(pointer: str, name: str) -> None:
    assert place_of(EVERY, pointer)[1] == name


def test_a_follow_up_stands_after_its_cause_and_says_why_it_is_asked() -> None:
    this = shipped("asesmen-awal")
    page = next(p for p in this.pages if p.id == "kejadian")
    without = str(page_html(this, page, language="id", zone=WIB, answers={}))
    assert "jenis_seksual" not in without
    html = str(
        page_html(this, page, language="id", zone=WIB, answers={"bentuk_kekerasan": ["seksual"]})
    )
    places = [
        html.index(f'id="q-{n}"') for n in ("bentuk_kekerasan", "jenis_seksual", "tempat_kejadian")
    ]
    assert places == sorted(places)
    assert '<div class="branch"><fieldset class="q q--cond"' in html
    assert "Ditanyakan karena <b>Apa yang terjadi?</b> memuat <b>Seksual</b>" in html


def test_follow_ups_that_are_asked_for_the_same_reason_say_it_once() -> None:
    this = shipped("laporan-publik")
    page = this.pages[0]
    html = str(page_html(this, page, language="id", zone=WIB, answers={"anonim": False}))
    assert html.count('class="branch') == 3
    assert html.count('class="branch branch--same"') == 2
    assert html.count('class="cause"') == 1
    assert "melapor tanpa nama?</b> tidak" in html


def test_only_answers_that_change_the_page_draw_it_again() -> None:
    this = shipped("asesmen-awal")
    page = next(p for p in this.pages if p.id == "kejadian")
    drawn = Page(str(page_html(this, page, language="id", zone=WIB, answers={})))
    redrawn = {c.attributes["name"] for c in drawn.controls if "data-redraw" in c.attributes}
    assert redrawn == {"bentuk_kekerasan", "ketepatan_waktu", "berulang"}


def test_what_may_be_left_is_marked_and_what_must_be_answered_is_not() -> None:
    this = form(
        {
            "a": question("o-1", "Wajib", type="string"),
            "b": question("o-2", "Bebas", type="string"),
        },
        required=["a"],
    )
    page = draw(this)
    assert page.says("Bebas (boleh dikosongkan)")
    assert page.says("Wajib (perlu dijawab)")
    assert draw(this, language="en").says("Bebas (may be left empty)")


def test_a_secret_question_says_so_while_it_is_asked() -> None:
    secret = question("o-1", "Rahasia dapur", type="string", **{"x-sensitivity": "sangat_rahasia"})
    assert "sens--4" in raw(one(secret))
    assert "sens--" not in raw(one({**secret, "x-sensitivity": "umum"}))


def test_a_computed_answer_is_shown_and_has_no_control() -> None:
    page = draw(EVERY, {"jumlah": 756})
    assert page.says("1.512")
    assert "lipat" not in page.posted()


def test_a_question_that_no_answer_made_appear_is_drawn_like_any_other() -> None:
    unless = {"not": {"properties": {"a": {"const": "luar"}}, "required": ["a"]}}
    follow = {"if": unless, "then": {"properties": {"b": question("o-2", type="string")}}}
    first = question("o-1", type="string", oneOf=choice("luar", "dalam"))
    this = form({"a": first}, allOf=[follow])
    assert "Ditanyakan karena" not in draw(this).source
    assert "b" in draw(this, {"a": "dalam"}).posted()
    assert "b" not in draw(this, {"a": "luar"}).posted()


def test_the_token_is_posted_with_the_page() -> None:
    assert draw(EVERY, csrf='a"b').posted()["csrf_token"] == 'a"b'


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_answer_comes_back_as_text(text: str) -> None:
    page = draw(EVERY, {"kata": text, "cerita": text, "anak": [{"nama": text}], "warna": text})
    assert_sound(page)
    posted = page.posted()
    assert posted["kata"] == posted["cerita"] == posted["anak.0.nama"] == text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_and_what_is_wrong_come_back_as_text(text: str) -> None:
    problem = Problem("x", pointer="/jumlah", text={"id": text})
    page = draw(EVERY, unread={"jumlah": text}, problems=[problem])
    assert_sound(page)
    assert page.posted()["jumlah"] == text
    assert text in "".join(page.text)
    assert text in "".join(Page(str(summary_html(EVERY, [problem], "id"))).text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_hostile_document_is_only_text_and_no_template(text: str, language: str) -> None:
    option = {"const": text, "title": text, "description": text, "x-i18n": {"en": {"title": text}}}
    asked = {
        **question("h-1", text, type="string", oneOf=[option, *choice("lain")], english=text),
        "x-ui": {"help": text},
    }
    follow = {"if": {"properties": {"q": {"const": text}}, "required": ["q"]}, "then": {
        "properties": {"r": question("h-2", text, type="string", english=text,
                                     **{"x-ui": {"autocomplete": text}})}}}  # fmt: skip
    this = reading.read(document({"q": asked}, allOf=[follow]))
    page = draw(this, {"q": text}, language=language)
    assert_sound(page)
    assert page.posted()["q"] == text
    assert "r" in page.posted()
    assert "".join(page.text).count(text) >= 4


@pytest.mark.parametrize("text", HOSTILE)
def test_a_constant_has_no_brace_and_a_literal_is_its_text(text: str) -> None:
    assert "{" not in constant(text)
    assert drawing.from_string("{{ (" + literal(text) + ")|length }}").render() == str(len(text))


def test_answers_are_read_back_page_by_page_in_words() -> None:
    this = shipped("asesmen-awal")
    answers: dict[str, Json] = {
        "tanggal_lapor": "2026-11-23T10:15:00+07:00",
        "korban_usia": 31,
        "korban_jk": "P",
        "korban_nama": "Korban Contoh",
        "kronologi": "satu\ndua",
    }
    html = str(
        answers_html(
            this, answers, language="id", zone=WIB, change=lambda p: Change(f"/isi/{p.id}"),
            url_to_reveal=lambda name: f"/tampil/{name}",
        )
    )  # fmt: skip
    page = Page(html)
    assert_sound(page)
    assert page.says("23 November 2026, 10.15 WIB")
    assert page.says("Perempuan")
    assert "/isi/korban" in page.links
    assert "Korban Contoh" not in html
    assert "/tampil/korban_nama" in page.links
    assert page.says("Belum dijawab")
    revealed = answers_html(
        this, answers, language="id", zone=WIB, reveal={"korban_nama", "kronologi"}
    )
    assert "Korban Contoh" in revealed
    assert "satu<br>dua" in revealed


def row(this: Form, answers: dict[str, Json], title: str, **more: object) -> object:
    found = sections(this, answers, language="id", zone=WIB, **more)  # type: ignore[arg-type]
    return next((r for s in found for r in s.rows if r.title == title), None)


def test_a_question_that_was_not_asked_says_which_answer_decided_so() -> None:
    this = shipped("asesmen-awal")
    title = this.questions["nomor_lp"].title["id"]
    cause = this.questions["status_perkara"].title["id"]
    said = row(this, {"status_perkara": "belum_lapor"}, title)
    assert said.muted.startswith(f"Tidak ditanyakan: {cause} ")  # type: ignore[attr-defined]
    assert row(this, {}, title).muted == "Tidak ditanyakan"  # type: ignore[attr-defined]


def test_an_agency_sees_nothing_of_what_is_not_visible_to_it() -> None:
    this = shipped("asesmen-awal")
    answers: dict[str, Json] = {"status_perkara": "belum_lapor", "korban_usia": 31}
    said = row(this, answers, this.questions["nomor_lp"].title["id"], visible={"nomor_lp"})
    assert said.muted == "Tidak ditanyakan"  # type: ignore[attr-defined]
    found = sections(this, answers, language="id", zone=WIB, visible={"korban_usia"})
    assert [(s.id, [r.lines for r in s.rows]) for s in found] == [("korban", [("31",)])]


def test_a_secret_question_inside_a_visible_group_stays_unseen() -> None:
    found = sections(
        EVERY, {"rumah": {"kamar": 2, "atap": "seng"}}, language="id", zone=WIB,
        visible={"rumah", "rumah.atap"},
    )  # fmt: skip
    assert [r.title for s in found for r in s.rows] == ["Atap"]


def test_rows_are_read_back_one_by_one() -> None:
    said = row(EVERY, {"anak": [{"usia": 3}, {"usia": 5}]}, "Anak, nomor 2: Usia anak")
    assert said.lines == ("5",)  # type: ignore[attr-defined]


def test_both_catalogues_say_the_same_things() -> None:
    folder = ROOT / "platform/satupintu/texts"
    texts = [json.loads((folder / one / "questions.json").read_bytes()) for one in words.LANGUAGES]
    assert texts[0].keys() == texts[1].keys()
    assert all(key.startswith("questions.") for key in texts[0])
