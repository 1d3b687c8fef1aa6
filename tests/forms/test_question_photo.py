"""A photo: taken or chosen, made anew without where and when, no larger than its question says."""

from __future__ import annotations

import io
from zoneinfo import ZoneInfo

from PIL import Image
from werkzeug.datastructures import MultiDict

from forms.asked_alone import kind_of
from forms.attachment_sample_forms import IDS, several
from forms.browser_without_script import Page
from forms.small_forms import one, question
from forms.uploaded_files import PLACE, pdf, photo, picture, png, sent, written
from satupintu.documents import Json
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.rendering import page_html

WIB = ZoneInfo("Asia/Jakarta")
FOTO = question(
    "x-1", "Foto", type="string", format="uuid", **{"x-ui": {"widget": "photo", "longestSide": 640}}
)


def take(schema: dict[str, Json], data: bytes, before: Json = None) -> Bound:
    asked = one(schema)
    answers = {} if before is None else {"q": before}
    chosen = MultiDict([("q", sent(data, "IMG_2026.jpg"))])
    posted = MultiDict([("q.kept", str(before)), ("q.kept", "")])
    return read_page(asked, asked.pages[0], posted, chosen, answers, zone=WIB, language="id")


def drawn(schema: dict[str, Json]) -> Page:
    asked = one(schema)
    return Page(str(page_html(asked, asked.pages[0], language="id", zone=WIB, answers={})))


def test_a_photo_is_asked_only_where_the_document_says_so() -> None:
    assert kind_of(FOTO) == "photo"
    assert kind_of({**FOTO, "x-ui": {}}) == "file"
    assert kind_of({**several("Album"), "x-ui": {"widget": "photo"}}) == "photo"


def test_a_telephone_offers_its_camera_and_what_was_taken_before() -> None:
    control = drawn(FOTO).by_id["q-q"].attributes
    assert control["accept"] == "image/*"
    assert "capture" not in control
    assert "multiple" not in control
    at_once = {**FOTO, "x-ui": {"widget": "photo", "capture": "environment"}}
    assert drawn(at_once).by_id["q-q"].attributes["capture"] == "environment"
    only = {**FOTO, "x-ui": {"widget": "photo", "accept": ["image/jpeg"]}}
    assert drawn(only).by_id["q-q"].attributes["accept"] == "image/jpeg"


def test_what_was_taken_is_kept_without_its_place_and_within_the_side_that_is_asked_for() -> None:
    bound = take(FOTO, photo(1200, 600))
    kept = bound.uploads["q"]
    assert bound.answers["q"] == kept.id
    assert PLACE not in kept.data
    assert Image.open(io.BytesIO(kept.data)).size == (320, 640), "turned upright, and smaller"


def test_another_photo_takes_the_place_of_the_one_before() -> None:
    bound = take(FOTO, png(), before=IDS[0])
    assert bound.answers["q"] == bound.uploads["q"].id != IDS[0]


def test_what_is_no_picture_is_refused_and_the_one_before_stays() -> None:
    for data in (pdf(), b"GIF89a", written(picture(), "TIFF")):
        bound = take(FOTO, data, before=IDS[0])
        assert bound.answers["q"] == IDS[0]
        assert [p.key for p in bound.problems] == ["questions.file_wrong_type"]
        assert "JPG, PNG, WEBP" in bound.problems[0].sentence("id")


def test_several_photos_are_a_list() -> None:
    album = {**several("Album", 2), "x-ui": {"widget": "photo"}}
    bound = take(album, photo())
    assert bound.answers["q"] == [bound.uploads["q.0"].id]
    assert "multiple" in drawn(album).by_id["q-q"].attributes
