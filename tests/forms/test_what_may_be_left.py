"""A question that may be left holds no page back: what nobody touched is no answer it refuses."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from werkzeug.datastructures import MultiDict

from forms.browser_without_script import NO_FILES, Page
from forms.small_forms import choice, one, question
from satupintu.documents import Json
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.rendering import page_html

WIB = ZoneInfo("Asia/Jakarta")
LINE = question("x-1", "Siapa?", type="string", maxLength=20)
TICKS = {
    **question("x-2", "Pilih semua", type="array", uniqueItems=True),
    "items": {"type": "string", "oneOf": choice("merah", "biru", "hijau")},
}


def post(schema: dict[str, Json], *pairs: tuple[str, str], **root: Json) -> Bound:
    form = one(schema, **root)
    posted = MultiDict([*pairs])
    return read_page(form, form.pages[0], posted, NO_FILES, {}, zone=WIB, language="id")


def test_a_consent_that_was_not_ticked_is_no_where_it_must_be_given() -> None:
    consent = question("x-1", "Setuju", type="boolean", const=True)
    assert post(consent, ("q", ""), ("q", "true")).answers == {"q": True}
    assert post(consent, ("q", ""), required=["q"]).answers == {"q": False}
    assert post(consent, ("q", "")).answers == {}


def test_too_short_a_list_that_may_be_left_is_unanswered_and_else_empty() -> None:
    row = {"type": "object", "unevaluatedProperties": False, "properties": {"a": LINE}}
    rows = question("x-3", "Baris", type="array", maxItems=3, minItems=1, items=row)
    for short in ({**TICKS, "minItems": 1}, rows):
        assert post(short, ("q", "")).answers == {}
        assert post(short, ("q", ""), required=["q"]).answers == {"q": []}
    assert post(TICKS, ("q", "")).answers == {"q": []}


def test_boxes_nobody_ticked_do_not_make_a_group_ask_for_more() -> None:
    group = question("x-3", "Rumah", type="object", unevaluatedProperties=False)
    group |= {"properties": {"siapa": LINE, "warna": TICKS}}
    untouched = [("q.siapa", ""), ("q.warna", "")]
    assert post({**group, "required": ["siapa"]}, *untouched).answers == {}
    assert post(group, *untouched).answers == {"q": {"warna": []}}
    ticked = post({**group, "required": ["siapa"]}, *untouched, ("q.warna", "merah"))
    assert ticked.answers == {"q": {"warna": ["merah"]}}


@pytest.mark.parametrize(
    ("least", "root", "left"),
    [(0, {"required": ["q"]}, True), (1, {"required": ["q"]}, False), (1, {}, True)],
)
def test_ticks_say_whether_they_may_be_left(least: int, root: dict[str, Json], left: bool) -> None:
    form = one({**TICKS, "minItems": least}, **root)
    page = Page(str(page_html(form, form.pages[0], language="id", zone=WIB, answers={})))
    assert page.says("boleh dikosongkan") is left
