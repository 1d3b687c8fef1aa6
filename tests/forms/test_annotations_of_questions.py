"""What a document says about an answer without judging it: default, examples, readOnly,
deprecated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from forms.answering import Answers
from forms.asked_alone import WIB, kind_of
from forms.browser_without_script import NO_FILES
from forms.sample_forms import asks, group, pick, rows, text, when, whole, yes_no
from forms.small_forms import document, form, one, question
from rules.universe_cases import Accepts
from satupintu.documents import Json
from satupintu.forms import beginning, difference
from satupintu.forms.answers import asked, pages_to_ask, problems, with_computed, without_hidden
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.check import check
from satupintu.forms.document import Form
from satupintu.forms.exporting.plain import plain
from satupintu.forms.facts import facts
from satupintu.forms.paper.asked import blank
from satupintu.forms.paper.printing import pdf
from satupintu.forms.paper.sheet import Letterhead
from satupintu.forms.plain import as_form
from satupintu.forms.rendering import page_html
from satupintu.forms.roundtrip import round_trip

FILE = "0d3e8b6e-0d6c-4b0e-9d0c-7d9c3c3f5f11"


def html(asking: Form, answers: Answers | None = None, language: str = "id") -> str:
    return str(
        page_html(asking, asking.pages[0], language=language, zone=WIB, answers=answers or {})
    )


def post(asking: Form, texts: Mapping[str, str], answers: Answers) -> Bound:
    return read_page(
        asking, asking.pages[0], MultiDict(texts), NO_FILES, answers, zone=WIB, language="id"
    )


def told(properties: dict[str, Json], **root: Json) -> dict[str, tuple[str, str]]:
    found = check(json.dumps(document(properties, **root)).encode(), "f.json")
    assert all(p.sentence("id") and p.sentence("en") for p in found)
    return {p.pointer: (p.key, p.level) for p in found}


def begun(asking: Form, answers: Answers | None = None, met: tuple[str, ...] = ()) -> Json:
    here = [asking.questions[name] for name in asking.pages[0].questions]
    return beginning.begun(asking, here, answers or {}, met)


# default ------------------------------------------------------------------------------------------


def test_a_page_begins_with_the_defaults_of_what_it_asks() -> None:
    asking = form(
        {
            "kota": text("Kota", default="Prabumulih"),
            "anak": yes_no("Ada anak?", default=True),
            "kosong": text("Kosong"),
        },
        allOf=[
            when("anak", True, {"berapa": whole("Berapa?", 0, 9, default=2)}),
            when("anak", False, {"rencana": text("Rencana", default="tidak")}),
        ],
    )
    assert begun(asking) == {"kota": "Prabumulih", "anak": True, "berapa": 2}
    assert begun(asking, {"anak": False}) == {
        "kota": "Prabumulih", "anak": False, "rencana": "tidak"
    }  # fmt: skip
    assert begun(asking, {"kota": "Lain"}, ("anak", "berapa")) == {"kota": "Lain"}
    assert 'value="Prabumulih"' in html(asking, begun(asking))


def test_what_is_in_a_group_begins_with_its_own_default_or_with_the_groups() -> None:
    inside = {"jalan": text("Jalan", default="Melati"), "kota": text("Kota")}
    asking = form({"alamat": group("Alamat", inside, default={"kota": "P", "jalan": "Mawar"})})
    assert begun(asking) == {"alamat": {"kota": "P", "jalan": "Mawar"}}
    asking = form({"alamat": group("Alamat", inside)})
    assert begun(asking) == {"alamat": {"jalan": "Melati"}}


def test_a_group_that_may_be_left_is_not_begun_where_it_would_ask_for_more() -> None:
    inside = {"jalan": text("Jalan", default="Melati"), "kota": text("Kota")}
    asking = form({"alamat": group("Alamat", inside, required=["kota"])})
    assert begun(asking) == {}
    asking = form({"alamat": group("Alamat", inside, required=["kota"])}, required=["alamat"])
    assert begun(asking) == {"alamat": {"jalan": "Melati"}}


def test_a_row_that_is_added_begins_with_what_it_asks() -> None:
    more = when("usia", {"minimum": 7}, {"sekolah": yes_no("Sekolah?", default=True)})
    fields = {"usia": whole("Usia", 0, 17, default=7), "nama": text("Nama")}
    asking = form({"anak": rows("Anak", fields, allOf=[more])})
    posted = MultiDict(
        [("anak", ""), ("anak", "0"), ("anak.0.nama", "A"), ("act", "rows:anak:add")]
    )
    bound = post(asking, posted, {"anak": [{"nama": "A"}]})
    added = beginning.added(asking, posted, bound.answers)
    assert added is not None
    assert beginning.with_new_row(asking, bound.answers, added)["anak"] == [
        {"nama": "A"}, {"usia": 7, "sekolah": True}
    ]  # fmt: skip
    full = MultiDict([*((("anak", str(n))) for n in range(4)), ("act", "rows:anak:add")])
    assert beginning.added(asking, full, post(asking, full, {}).answers) is None


def test_a_row_inside_a_row_begins_with_what_it_asks_too() -> None:
    inner = rows("Mainan", {"warna": pick("Warna", "a", "b", default="b"), "nama": text("Nama")})
    asking = form({"anak": rows("Anak", {"nama": text("Nama"), "mainan": inner})})
    act = ("act", "rows:anak.1.mainan:add")
    sent = MultiDict([("anak", "0"), ("anak", "1"), ("anak.1.mainan", ""), act])
    bound = post(asking, sent, {"anak": [{"nama": "A"}, {"nama": "B"}]})
    added = beginning.added(asking, sent, bound.answers)
    assert added == "anak.1.mainan"
    found = beginning.with_new_row(asking, bound.answers, added)
    assert found["anak"][1]["mainan"] == [{"warna": "b"}]


def test_rows_that_are_always_there_begin_with_defaults() -> None:
    asking = form({"hari": rows("Hari", {"jam": whole("Jam", 0, 24, default=8)}, 2, 2)})
    assert begun(asking) == {"hari": [{"jam": 8}, {"jam": 8}]}


def test_a_round_trip_answers_nothing_that_was_not_given() -> None:
    fields = {"usia": whole("Usia", 0, 17, default=7), "nama": text("Nama")}
    asking = form({"anak": rows("Anak", fields), "pilih": pick("Pilih", "a", "b", default="a")})
    for given in ({}, {"anak": [{"nama": "A"}]}, {"pilih": "b", "anak": [{"usia": 3}]}):
        done = round_trip(asking, given, language="id", zone=WIB)
        assert (done.equal, done.problems) == (True, ())


@pytest.mark.parametrize(
    ("schema", "level"),
    [
        (text("Kota", default=3), "warning"),
        (whole("Usia", 0, 9, default=10), "warning"),
        (pick("Pilih", "a", "b", default="c"), "warning"),
        (text("Kota", default=None), "warning"),
        (text("Kota", default="terlalu panjang", maxLength=3, readOnly=True), "error"),
    ],
)
def test_a_default_that_the_question_refuses_is_told_and_not_begun_with(
    schema: dict[str, Json], level: str
) -> None:
    assert told({"q": schema})["/properties/q/default"] == ("forms.default_refused", level)
    if level == "warning":
        assert begun(one(schema)) == {}


@pytest.mark.parametrize(
    "schema",
    [
        yes_no("Setuju", const=True, default=True, **{"x-ui": {"widget": "consent"}}),
        yes_no("Benar", const=True, default=True),
        yes_no("Boleh dibagi?", default=True, **{"x-role": ["consent_sharing"]}),
        asks(
            "Berkas", type="string", format="uuid", default="0d3e8b6e-0d6c-4b0e-9d0c-7d9c3c3f5f11"
        ),
        whole("Jumlah", 0, 9, default=1, **{"x-computed": "2"}),
    ],
)
def test_nobody_consents_or_computes_by_default(schema: dict[str, Json]) -> None:
    assert told({"q": schema})["/properties/q/default"] == ("forms.default_unused", "warning")
    assert begun(one(schema)) == {}


# readOnly -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "value", "said"),
    [
        (text("Asal", readOnly=True, default="web {{ 7 }}"), "web {{ 7 }}", "web {{ 7 }}"),
        (text("Asal", readOnly=True, const="web"), "web", "web"),
        (pick("Asal", "web", "kertas", readOnly=True, default="web"), "web", "Pilihan web"),
        (whole("Jumlah", 0, 9999, readOnly=True, default=1500), 1500, "1.500"),
        (yes_no("Gratis", readOnly=True, default=False), False, "Tidak"),
        (asks("Sejak", type="string", format="date", readOnly=True, const="2026-11-23"),
         "2026-11-23", "23 November 2026"),
        (asks("Sejak", type="string", format="date-time", readOnly=True,
              default="2026-11-23T10:15:00+07:00", **{"x-ui": {"widget": "date-time"}}),
         "2026-11-23T10:15:00+07:00", "23 November 2026"),
    ],
)  # fmt: skip
def test_what_is_read_only_is_shown_with_its_value_and_never_read(
    schema: dict[str, Json], value: Json, said: str
) -> None:
    asking = form({"q": schema, "lain": text("Lain")}, required=["q"])
    assert kind_of(schema) == "computed"
    assert with_computed(asking, {}) == {"q": value}
    assert said in html(asking).replace("&#123;", "{")
    assert 'name="q"' not in html(asking)
    bound = post(asking, {"q": "palsu", "lain": "x"}, {"q": "palsu"})
    assert bound.answers == {"q": value, "lain": "x"}
    assert problems(asking, bound.answers) == ()
    done = round_trip(asking, {"q": value, "lain": "x"}, language="id", zone=WIB)
    assert (done.equal, done.problems, done.unlabelled) == (True, (), ())
    assert told({"q": schema}) == {}


def test_what_is_read_only_is_a_fact_and_the_same_for_every_proof() -> None:
    fixed: dict[str, Json] = {"asal": "web", "kata": "tetap", "sejak": "2026-11-23"}
    day = asks("Sejak", type="string", format="date", readOnly=True, default="2026-11-23")
    asking = form(
        {"asal": pick("Asal", "web", "kertas", readOnly=True, default="web"),
         "kata": text("Kata", readOnly=True, const="tetap", minLength=2),
         "sejak": day,
         "usia": whole("Usia", 0, 99),
         "lama": yes_no("Lama?", deprecated=True)},
        required=["usia"],
    )  # fmt: skip
    values = facts(asking, with_computed(asking, {"usia": 3}))
    assert values == {**fixed, "sejak": date(2026, 11, 23), "usia": 3}
    accepts = Accepts(asking)
    assert accepts({**fixed, "usia": 3})
    assert accepts({**fixed, "usia": 3, "lama": True})
    assert not accepts({**fixed, "usia": 3, "asal": "kertas"})
    assert not accepts({**fixed, "usia": 3, "sejak": "2026-11-24"})


def test_what_has_nothing_to_show_is_asked_and_told() -> None:
    for schema in (
        text("Asal", readOnly=True),
        asks("Berat", type="number", readOnly=True, default=1.5),
        group("Alamat", {"kota": text("Kota")}, readOnly=True),
    ):
        key, level = told({"q": schema})["/properties/q/readOnly"]
        assert (key, level) == ("forms.read_only_asked", "warning")
        assert 'name="q' in html(one(schema))
    assert told({"q": text("Asal", writeOnly=True)}) == {
        "/properties/q/writeOnly": ("forms.write_only_unread", "note")
    }


# examples -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "indonesian", "english"),
    [
        (text("Kata", examples=["satu", "dua"]), "Contoh: satu, dua.", "For example: satu, dua."),
        (asks("Hari", type="string", format="date", examples=["2026-11-23"]),
         "Contoh: 23 November 2026.", "For example: 23 November 2026."),
        (whole("Uang", 0, 10**9, examples=[1500000], **{"x-ui": {"widget": "money"}}),
         "Contoh: Rp 1.500.000.", "For example: IDR 1,500,000."),
        (pick("Pilih", "a", "b", examples=["b"]), "Contoh: Pilihan b.", "For example: Option b."),
        (text("Kata", examples=["Melati, 3", "Mawar"]), "Contoh: Melati, 3; Mawar.",
         "For example: Melati, 3; Mawar."),
        (asks("Saat", type="string", format="date-time", examples=["2026-11-23T03:15:00Z"]),
         "Contoh: 23 November 2026, 10.15 WIB.", "WIB."),
    ],
)  # fmt: skip
def test_examples_are_said_as_answers_are_written(
    schema: dict[str, Json], indonesian: str, english: str
) -> None:
    schema = {**schema, "x-ui": {**schema.get("x-ui", {}), "help": "Bantuan."}}
    asking = one(schema)
    assert f"Bantuan. {indonesian}" in html(asking).replace("\xa0", " ")
    assert english in html(asking, language="en").replace("\xa0", " ")


def test_an_example_that_the_question_refuses_is_told_and_not_shown() -> None:
    schema = whole("Usia", 0, 17, examples=[5, 99, "x"])
    assert told({"q": schema}) == {
        "/properties/q/examples/1": ("forms.example_refused", "warning"),
        "/properties/q/examples/2": ("forms.example_refused", "warning"),
    }
    assert "Contoh: 5." in html(one(schema))


def test_an_example_is_a_text_and_no_instruction() -> None:
    asking = one(text("Kata", examples=["{{ 7 * 7 }}<b>"]))
    assert "&#123;&#123; 7 * 7 }}&lt;b&gt;" in html(asking)


def test_examples_stand_on_paper() -> None:
    asking = form({"q": text("Kata", examples=["satu"]), "r": text("Lama", deprecated=True)})
    sheet = blank(asking, Letterhead("Layanan"), "id")
    assert "Contoh: satu." in repr(sheet)
    assert "Lama" not in repr(sheet)
    assert pdf(sheet).startswith(b"%PDF")


# deprecated ---------------------------------------------------------------------------------------


OLD = text("Nama lama", deprecated=True)


def test_a_deprecated_question_is_asked_only_where_it_has_an_answer() -> None:
    asking = form({"lama": OLD, "baru": text("Nama baru")})
    assert 'name="lama"' not in html(asking)
    assert [q.name for q in asked(asking, {})] == ["baru"]
    assert 'value="Sari"' in html(asking, {"lama": "Sari"})
    assert "Tidak lagi diperlukan." in html(asking, {"lama": "Sari"})
    assert [q.name for q in asked(asking, {"lama": "Sari"})] == ["lama", "baru"]
    assert without_hidden(asking, {"lama": "Sari"}) == ({"lama": "Sari"}, ())
    assert post(asking, {"lama": "palsu", "baru": "B"}, {}).answers == {"baru": "B"}
    assert post(asking, {"lama": "Siti"}, {"lama": "Sari"}).answers == {"lama": "Siti"}
    assert post(asking, {"lama": "", "baru": ""}, {"lama": "Sari"}).answers == {}


def test_a_page_of_deprecated_questions_alone_asks_nothing() -> None:
    asking = form({"lama": group("Lama", {"kota": text("Kota")}, deprecated=True)})
    assert pages_to_ask(asking, {}) == ()
    assert pages_to_ask(asking, {"lama": {"kota": "P"}}) == asking.pages
    assert 'name="lama.kota"' in html(asking, {"lama": {"kota": "P"}})
    assert "lama.kota" not in html(asking)


def test_a_text_that_cannot_be_read_does_not_take_its_question_away() -> None:
    day = asks("Tanggal lama", type="string", format="date", deprecated=True)
    asking = one(day)
    bound = post(asking, {"q.day": "1", "q.month": "", "q.year": "2026"}, {"q": "2026-11-23"})
    assert bound.answers == {"q": "2026-11-23"}
    assert bound.unread
    assert [p.pointer for p in bound.problems] == ["/q"]


def test_in_a_row_too_it_is_asked_only_where_it_has_an_answer() -> None:
    asking = form({"anak": rows("Anak", {"lama": OLD, "nama": text("Nama")})})
    drawn = html(asking, {"anak": [{"nama": "A"}, {"nama": "B", "lama": "C"}]})
    assert 'name="anak.0.lama"' not in drawn
    assert 'name="anak.1.lama"' in drawn


def test_what_must_be_answered_is_still_asked_and_told() -> None:
    assert told({"q": OLD}, required=["q"]) == {
        "/properties/q/deprecated": ("forms.deprecated_required", "warning")
    }
    assert 'name="q"' in html(one(OLD, required=["q"]))
    assert told({"q": OLD}) == {}


@pytest.mark.parametrize(
    "given",
    [{}, {"lama": "A"}, {"alamat": {"blok": "B"}}, {"anak": [{"lama": "A"}, {"nama": "B"}]}],
)
def test_answers_to_deprecated_questions_go_round(given: Answers) -> None:
    asking = form(
        {"lama": OLD, "alamat": group("Alamat", {"blok": text("Blok", deprecated=True)}),
         "anak": rows("Anak", {"lama": text("Lama", deprecated=True), "nama": text("Nama")})}
    )  # fmt: skip
    done = round_trip(asking, given, language="id", zone=WIB)
    assert (done.equal, done.problems, done.unlabelled) == (True, (), ())


def test_what_is_said_where_a_question_is_only_tightened_is_told() -> None:
    narrow = when("a", True, {"b": {"default": "x", "maxLength": 3}})
    found = told({"a": yes_no("A"), "b": text("B")}, allOf=[narrow])
    assert found["/allOf/0/then/properties/b/default"] == ("forms.annotation_unread", "warning")


def test_of_a_whole_answer_all_is_asked_and_examples_and_defaults_are_said() -> None:
    schema = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "readOnly": True, "default": "x"},
            "hari": {"type": "string", "format": "date", "examples": ["2026-11-23"]},
            "pilih": {"oneOf": [{"const": "a", "title": "Satu"}, {"const": "b"}], "default": "a"},
            "lama": {"type": "string", "deprecated": True},
        },
    }
    asking = as_form(schema)
    drawn = html(asking, {"answers": {}})
    assert "Contoh: 23 November 2026." in drawn
    assert "Jika dikosongkan: Satu." in drawn
    assert "Tidak lagi diperlukan." in drawn
    given = {"answers": {"id": "y", "hari": "2026-11-24", "pilih": "b", "lama": "z"}}
    done = round_trip(asking, given, language="id", zone=WIB)
    assert (done.equal, done.problems) == (True, ())


# Elsewhere ----------------------------------------------------------------------------------------


def test_annotations_stay_in_a_plain_document() -> None:
    said = {"default": "A", "examples": ["B"], "deprecated": True, "readOnly": False}
    made = plain(document({"q": text("Kata", **said)}), "id")["properties"]["q"]
    assert said.items() <= made.items()


@pytest.mark.parametrize("said", [{"default": "A"}, {"examples": ["A"]}, {"deprecated": True}])
def test_a_change_of_an_annotation_is_a_difference(said: dict[str, Json]) -> None:
    schema = question("q-1", "Kata", type="string")
    assert difference.between(one(schema), one({**schema, **said}))
