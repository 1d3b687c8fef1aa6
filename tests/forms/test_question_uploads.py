"""Uploads: accepted by what they contain; hostile ones are refused with what to do."""

from __future__ import annotations

import io
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict

from forms.browser_without_script import Page
from forms.small_forms import every_type
from forms.uploaded_files import (
    GOOD,
    HOSTILE,
    PAGE,
    PHP,
    PLACE,
    TAKEN_CLEAN,
    jpeg,
    mp3,
    mp4,
    png,
    sent,
)
from forms.uploaded_files import packed as _packed
from forms.uploaded_files import pdf as a_pdf
from satupintu.errors import Problem
from satupintu.forms import pdf
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.pictures import FORMATS
from satupintu.forms.rendering import page_html
from satupintu.forms.uploads import RECOGNISED, Limits, Upload, accept, clean_name, content_type

WIB = ZoneInfo("Asia/Jakarta")
ALL = tuple(RECOGNISED)


LIMITS = Limits(ALL)


@pytest.mark.parametrize("media_type", ALL)
def test_each_type_is_known_by_its_content_whatever_its_name(media_type: str) -> None:
    found = accept(sent(GOOD[media_type], "foto.exe", "text/html"), LIMITS)
    assert isinstance(found, Upload)
    assert content_type(GOOD[media_type]) == media_type
    assert content_type(found.data) == found.media_type
    assert found.data == GOOD[media_type] or media_type in FORMATS
    assert found.name == "foto.exe" + RECOGNISED[found.media_type][0]
    assert UUID(found.id).version == 4


@pytest.mark.parametrize("media_type", ALL)
def test_a_type_that_its_question_does_not_accept_is_refused(media_type: str) -> None:
    others = tuple(t for t in ALL if t != media_type)
    refused = accept(sent(GOOD[media_type]), Limits(others))
    assert isinstance(refused, Problem)
    assert refused.key == "questions.file_wrong_type"


def test_sound_without_a_tag_and_photos_with_a_trailer_are_taken() -> None:
    assert content_type(mp3(tag=False)) == "audio/mpeg"
    assert isinstance(accept(sent(jpeg(after=b"SEFH" + bytes(30) + b"SEFT")), LIMITS), Upload)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do(what: str) -> None:
    name, data = HOSTILE[what]
    for called, media_type in ((name, None), ("foto.jpg", "image/jpeg")):
        refused = accept(sent(data, called, media_type), LIMITS, "/berkas")
        assert isinstance(refused, Problem), what
        assert refused.pointer == "/berkas"
        assert refused.sentence("id") != refused.sentence("en")
        does = ("Pilih", "pilih", "Simpan", "Ambil", "Perkecil")
        assert any(word in refused.sentence("id") for word in does)


@pytest.mark.parametrize("what", TAKEN_CLEAN)
def test_a_picture_is_taken_without_what_stands_beside_its_pixels(what: str) -> None:
    taken = accept(sent(TAKEN_CLEAN[what], "foto.jpg"), LIMITS)
    assert isinstance(taken, Upload)
    assert any(found in TAKEN_CLEAN[what] for found in (PAGE, PHP, PLACE, b"<script>"))
    for found in (PAGE, PHP, PLACE, b"<script>", b"Exif", b"xmp", b"ICC_PROFILE", b"Photoshop"):
        assert found not in taken.data


def test_a_locked_document_and_a_photo_of_a_new_telephone_have_sentences_of_their_own() -> None:
    for what, key in (
        ("PDF that is locked", "questions.file_locked"),
        ("photo in HEIC", "questions.file_heic"),
        ("PNG of 50,000 by 50,000 pixels", "questions.picture_too_many_pixels"),
        ("PNG of 12,000 by 12,000 pixels", "questions.picture_too_many_pixels"),
        ("WebP that moves", "questions.picture_moves"),
        ("JPEG cut short", "questions.picture_broken"),
    ):
        refused = accept(sent(HOSTILE[what][1]), LIMITS)
        assert isinstance(refused, Problem)
        assert refused.key == key, what


def test_a_document_whose_packed_objects_are_harmless_is_taken() -> None:
    packed = HOSTILE["PDF whose script is packed"][1]
    assert pdf.can_act(packed)
    plain = a_pdf(more=_packed(b"<< /Type /Page /MediaBox [0 0 9 9] >>"))
    assert isinstance(accept(sent(plain), LIMITS), Upload)
    drawing = a_pdf(more=_packed(b"1 0 0 1 50 50 cm /JS gs", b""))
    assert pdf.can_act(drawing), "what begins as packed objects do is looked through too"


def test_a_large_scan_is_not_refused_for_the_noise_of_its_pixels() -> None:
    noise = Random(7).randbytes(3_000_000).replace(b"obj", b"abj") + b"/JS /JS "
    start = b"2 0 obj << /Filter /DCTDecode /Length 3000008 >>\nstream\n"
    scan = a_pdf(more=start + noise + b"\nendstream\nendobj\n")
    assert isinstance(accept(sent(scan), LIMITS), Upload)
    led_into = noise + b"\n9 0 obj << /S /JavaScript >> endobj "
    assert pdf.can_act(a_pdf(more=start + led_into + b"\nendstream\nendobj\n"))


def test_a_document_of_endless_parts_is_refused_soon() -> None:
    assert pdf.can_act(a_pdf(more=b"stream\n1 0 " * 100_000))
    bomb = _packed(bytes(80_000_000))
    assert len(bomb) < 200_000
    assert pdf.can_act(a_pdf(more=bomb))


def test_a_file_above_its_limit_is_refused_without_reading_all_of_it() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def seek(self, place: int, whence: int = 0) -> int:
            return place

        def read(self, size: int = -1) -> bytes:
            assert size > 0
            self.taken += size
            return b"x" * size

    endless = Endless()
    refused = accept(FileStorage(endless, filename="x"), Limits(ALL, 1))  # type: ignore[arg-type]
    assert isinstance(refused, Problem)
    assert refused.sentence("id") == "Pilih berkas yang paling besar 1 MB."
    assert endless.taken == 1024 * 1024 + 1


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("foto.png", "foto.png"),
        ("FOTO.PNG", "FOTO.png"),
        ("../../etc/passwd", "passwd.png"),
        ("foto\x00.php.png", "foto.php.png"),
        ("foto.jpg", "foto.png"),
        ("foto.JPEG", "foto.png"),
        ("a/b\\c:d.png", "cd.png"),
        ("C:\\Users\\Contoh\\foto.png", "foto.png"),
        ("foto\r\nSet-Cookie: x.png", "fotoSet-Cookie x.png"),
        ("\u202egnp.exe", "gnp.exe.png"),
        ("...", "berkas.png"),
        ("", "berkas.png"),
        ("a" * 500 + ".png", "a" * 100 + ".png"),
        ('"><script>.png', "script.png"),
    ],
)
def test_a_file_name_is_only_a_name(name: str, clean: str) -> None:
    assert clean_name(name, "image/png") == clean


@given(st.binary(max_size=200), st.sampled_from(list(GOOD.values())))
def test_any_bytes_are_known_or_not_but_never_break_the_check(noise: bytes, good: bytes) -> None:
    for data in (noise, good + noise, noise + good, good[: len(noise)] + noise):
        assert content_type(data) in {None, *ALL}
        assert isinstance(accept(sent(data), Limits(ALL, 1)), Upload | Problem)


EVERY = every_type()


def post(data: bytes, answers: dict[str, object], control: str = "berkas") -> Bound:
    return read_page(
        EVERY, EVERY.pages[0], MultiDict([("anak", ""), ("anak", "0")]),
        MultiDict({control: sent(data, "foto.png")}), answers, zone=WIB, language="id",
    )  # fmt: skip


def test_an_accepted_file_leaves_its_id_in_the_answers() -> None:
    bound = post(png(), {})
    assert bound.answers["berkas"] == bound.uploads["berkas"].id
    assert bound.uploads["berkas"].name == "foto.png"


def test_a_file_in_a_row_is_kept_under_that_row() -> None:
    bound = post(png(), {}, "anak.0.surat")
    assert bound.answers["anak"][0]["surat"] == bound.uploads["anak.0.surat"].id
    html = page_html(EVERY, EVERY.pages[0], language="id", zone=WIB, answers=bound.answers)
    drawn = Page(str(html)).posted()
    assert drawn["anak.0.surat.kept"] == bound.answers["anak"][0]["surat"]
    again = read_page(
        EVERY, EVERY.pages[0], drawn, MultiDict(), bound.answers, zone=WIB, language="id"
    )
    assert again.answers["anak"] == [{**bound.answers["anak"][0], "suka": []}]


def test_a_refused_file_leaves_the_one_from_before() -> None:
    before = "22222222-2222-4222-8222-222222222222"
    bound = post(b"halo", {"berkas": before})
    assert bound.answers["berkas"] == before
    assert bound.uploads == {}
    assert [p.pointer for p in bound.problems] == ["/berkas"]
    assert "PNG, PDF" in bound.problems[0].sentence("id")


def test_a_film_is_not_a_picture_even_where_the_page_says_so() -> None:
    assert [p.key for p in post(mp4(), {}).problems] == ["questions.file_wrong_type"]
