"""Consent: a text, one box, and a form that goes on without it only where the document lets it."""

from __future__ import annotations

import pytest

from forms.asked_alone import WIB, assert_comes_back, kind_of, post, said
from forms.browser_without_script import Page
from forms.small_forms import one, question
from satupintu.conditions.types import Boolean
from satupintu.documents import Json
from satupintu.forms.answers import problems
from satupintu.forms.rendering import page_html

NAMED: dict[str, Json] = {"widget": "consent"}
FREE: dict[str, Json] = question(
    "s-1", "Cerita dibagikan", type="boolean", description="Satu.\n\nDua.", **{"x-ui": NAMED}
)
NEEDED: dict[str, Json] = {**FREE, "const": True}


def test_booleans_that_are_named_so_are_consents_and_facts() -> None:
    assert kind_of(FREE) == kind_of(NEEDED) == "consent"
    assert one(NEEDED).facts == {"q": Boolean()}


@pytest.mark.parametrize("value", [True, False])
def test_what_was_said_comes_back(value: bool) -> None:
    assert_comes_back(FREE, value)
    assert said(FREE, value, "id") == ("Setuju" if value else "Tidak setuju")


def test_without_a_tick_it_was_declined_where_that_is_an_answer() -> None:
    assert post(FREE, {"q": ""}).answers == {"q": False}
    assert post(NEEDED, {"q": ""}).answers == {}
    assert post(NEEDED, {"q": "true"}).answers == {"q": True}


@pytest.mark.parametrize("answers", [{}, {"q": False}])
def test_a_consent_that_is_needed_says_what_to_do(answers: dict[str, Json]) -> None:
    asked = one(NEEDED, required=["q"])
    (problem,) = problems(asked, answers)
    assert problem.pointer == "/q"
    said_so = problem.sentence("id")
    assert said_so == "Untuk melanjutkan, baca “Cerita dibagikan”, lalu centang bila setuju."
    own: dict[str, Json] = {
        "x-errors": {"required": "Kami perlu izin.", "const": "Kami perlu izin."}
    }
    (problem,) = problems(one({**NEEDED, **own}, required=["q"]), answers)
    assert problem.sentence("id") == "Kami perlu izin."


def test_the_box_is_named_and_the_text_describes_it() -> None:
    asked = one({**NEEDED, "x-sensitivity": "rahasia"}, required=["q"])
    html = page_html(
        asked, asked.pages[0], language="id", zone=WIB, answers={}, problems=problems(asked, {})
    )
    page = Page(str(html))
    (box,) = page.asked()
    assert page.unlabelled() == []
    assert box.attributes["aria-describedby"].split() == ["q-q-help", "q-q-err"]
    assert page.by_id["q-q-help"].text == "Satu.Dua."
    assert set(page.references) <= set(page.ids)
