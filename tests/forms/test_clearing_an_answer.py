"""What was chosen by mistake is taken back: one of a few, yes or no; in rows, in whole answers."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from forms.browser_without_script import NO_FILES, Page
from forms.plain_samples import listed, thing
from forms.small_forms import choice, form, question
from satupintu.documents import Json
from satupintu.forms import plain
from satupintu.forms.binding import read_page
from satupintu.forms.document import Form
from satupintu.forms.rendering import page_html

ZONE = ZoneInfo("Asia/Jakarta")
COLOURS: dict[str, Json] = {"type": "string", "oneOf": choice("merah", "biru")}
CHILD: dict[str, Json] = {
    **question("t-3", "Anak", type="array", maxItems=4),
    "items": {
        "type": "object",
        "unevaluatedProperties": False,
        "properties": {"warna": question("t-4", "Warna", **COLOURS)},
    },
}
FORMS: dict[str, tuple[Form, dict[str, Json], str, dict[str, Json]]] = {
    "yes or no": (
        form({"aman": question("t-1", "Aman?", type="boolean"),
              "usia": question("t-2", type="integer")}),
        {"aman": False, "usia": 7},
        "aman",
        {"usia": 7},
    ),
    "one of a few": (
        form({"warna": question("t-1", "Warna", **COLOURS)}), {"warna": "biru"}, "warna", {},
    ),
    "in a row": (
        form({"anak": CHILD}),
        {"anak": [{"warna": "biru"}, {"warna": "merah"}]},
        "anak.1.warna",
        {"anak": [{"warna": "biru"}, {}]},
    ),
    "in a whole answer": (
        plain.as_form(listed(thing({"mau": {"type": "boolean"}, "kota": {"type": "string"}}))),
        {"answers": [{"mau": True, "kota": "Uji"}]},
        "answers.0.mau",
        {"answers": [{"kota": "Uji"}]},
    ),
}  # fmt: skip


def drawn(this: Form, answers: dict[str, Json]) -> Page:
    return Page(str(page_html(this, this.pages[0], language="id", zone=ZONE, answers=answers)))


def clearing(page: Page) -> set[str]:
    return set(re.findall("'rows:([^']+):clear'", repr(page.acts)))


@pytest.mark.parametrize("name", FORMS)
def test_the_button_beside_an_answer_takes_that_answer_back_and_no_other(name: str) -> None:
    this, before, control, after = FORMS[name]
    page = drawn(this, before)
    assert control in clearing(page)
    posted = page.posted(f"rows:{control}:clear")
    bound = read_page(this, this.pages[0], posted, NO_FILES, before, zone=ZONE, language="id")
    assert bound.answers == after
    assert not bound.unread


def test_what_must_be_answered_has_no_such_button_while_it_must() -> None:
    here = {"if": {"properties": {"warna": {"const": "biru"}}, "required": ["warna"]},
            "then": {"required": ["aman"]}}  # fmt: skip
    this = form(
        {
            "warna": question("t-1", "Warna", **COLOURS),
            "aman": question("t-2", "Aman?", type="boolean"),
            "pasti": question("t-3", "Pasti?", type="boolean"),
        },
        required=["pasti"],
        allOf=[here],
    )
    assert clearing(drawn(this, {"warna": "merah"})) == {"warna", "aman"}
    assert clearing(drawn(this, {"warna": "biru"})) == {"warna"}
