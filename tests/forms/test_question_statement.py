"""Something to read: no answer is asked for, and what was read is known by the version."""

from __future__ import annotations

from forms.asked_alone import WIB, kind_of, post, said
from forms.small_forms import document, form, one, question
from satupintu.documents import Json
from satupintu.forms import reading, reading_back
from satupintu.forms.answers import pages_to_ask, problems
from satupintu.forms.progress import progress
from satupintu.forms.rendering import page_html
from satupintu.forms.roundtrip import round_trip

TEXT = "Cerita ini hanya dibaca petugas.\n\nAnda boleh\nberhenti kapan saja."
READ: dict[str, Json] = question(
    "s-1", "Sebelum mulai", type="null", description=TEXT, **{"x-ui": {"widget": "statement"}}
)


def test_null_that_is_named_so_is_a_statement() -> None:
    assert kind_of(READ) == "statement"
    assert kind_of({k: v for k, v in READ.items() if k != "x-ui"}) == "structure"
    assert one(READ).facts == {}


def test_its_text_stands_on_the_page_in_paragraphs() -> None:
    asked = one(READ)
    html = page_html(asked, asked.pages[0], language="id", zone=WIB, answers={})
    assert "<p>Cerita ini hanya dibaca petugas.</p><p>Anda boleh berhenti kapan saja.</p>" in html
    assert said(READ, None, "id").split("\n")[1] == "Anda boleh berhenti kapan saja."


def test_a_page_that_was_sent_says_null_and_a_validator_agrees() -> None:
    bound = post(READ, {"q": ""})
    assert bound.answers == {"q": None}
    asked = one(READ, required=["q"])
    assert problems(asked, bound.answers) == ()
    assert round_trip(asked, {"q": None}, language="id", zone=WIB).sound
    for given in ({}, {"q": None}):
        assert round_trip(one(READ), given, language="id", zone=WIB).sound


def test_it_counts_as_no_question_and_is_not_read_back() -> None:
    asked = form({"baca": READ, "kota": question("s-2", "Kota", type="string")})
    (page,) = progress(asked, {"kota": "X", "baca": None}, [], ())
    assert (page.asked, page.answered) == (1, 1)
    (section,) = reading_back.sections(asked, {"kota": "X"}, language="id", zone=WIB)
    assert [row.title for row in section.rows] == ["Kota"]


def test_a_page_with_nothing_else_is_shown() -> None:
    asked = reading.read(document({"baca": READ}))
    assert [page.id for page in pages_to_ask(asked, {})] == ["satu"]
