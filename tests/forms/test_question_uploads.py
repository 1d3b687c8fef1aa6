"""Uploads: accepted by what they contain; hostile ones are refused with what to do."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict

from forms.browser_without_script import Page
from forms.small_forms import every_type
from satupintu.errors import Problem
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.rendering import page_html
from satupintu.forms.uploads import RECOGNISED, Upload, accept, clean_name, content_type

WIB = ZoneInfo("Asia/Jakarta")
ALL = tuple(RECOGNISED)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*more: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + pixels + chunk(b"IEND", b"")
    )


def jpeg(comment: bytes = b"", after: bytes = b"") -> bytes:
    app0 = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    said = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    frame = b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00"
    return b"\xff\xd8" + app0 + said + frame + scan + b"\xff\xd9" + after


def pdf(body: bytes = b"") -> bytes:
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog " + body + b">>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def box(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data


def mp4(*more: bytes) -> bytes:
    brand = box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")
    return brand + box(b"moov", box(b"mvhd", bytes(100))) + box(b"mdat", bytes(20)) + b"".join(more)


def mp3(frames: int = 4, tag: bool = True) -> bytes:
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return (b"ID3\x03\x00\x00\x00\x00\x00\x00" if tag else b"") + frame * frames


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("jalan.sh", "echo")
    return held.getvalue()


def sent(data: bytes, name: str = "berkas.bin") -> FileStorage:
    return FileStorage(io.BytesIO(data), filename=name, name="berkas")


GOOD = {
    "image/png": png(),
    "image/jpeg": jpeg(),
    "application/pdf": pdf(),
    "video/mp4": mp4(),
    "audio/mpeg": mp3(),
}


@pytest.mark.parametrize("media_type", ALL)
def test_each_type_is_known_by_its_content_whatever_its_name(media_type: str) -> None:
    found = accept(sent(GOOD[media_type], "foto.exe"), ALL, 10)
    assert isinstance(found, Upload)
    assert found.media_type == media_type
    assert found.data == GOOD[media_type]
    assert found.name == "foto.exe" + RECOGNISED[media_type][0]
    assert UUID(found.id).version == 4


@pytest.mark.parametrize("media_type", ALL)
def test_a_type_that_its_question_does_not_accept_is_refused(media_type: str) -> None:
    others = tuple(t for t in ALL if t != media_type)
    refused = accept(sent(GOOD[media_type]), others, 10)
    assert isinstance(refused, Problem)
    assert refused.key == "questions.file_wrong_type"


def test_sound_without_a_tag_and_photos_with_a_trailer_are_taken() -> None:
    assert content_type(mp3(tag=False)) == "audio/mpeg"
    assert isinstance(accept(sent(jpeg(after=b"SEFH" + bytes(30) + b"SEFT")), ALL, 10), Upload)


HOSTILE = {
    "empty": b"",
    "one byte": b"\xff",
    "text": b"halo",
    "html": b"<!doctype html><script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "executable": b"MZ\x90\x00" + bytes(200),
    "elf": b"\x7fELF\x02\x01\x01" + bytes(200),
    "shell": b"#!/bin/sh\nrm -rf /\n",
    "zip": archive(),
    "gif": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "png signature alone": b"\x89PNG\r\n\x1a\n",
    "png cut short": png()[:-6],
    "png with a wrong checksum": png()[:-1] + b"\0",
    "png with a page after it": png() + b"<script>alert(1)</script>",
    "png with an archive after it": png() + archive(),
    "png with a script in its text": png(chunk(b"tEXt", b"x\0<script>alert(1)</script>")),
    "png with a PDF in its text": png(chunk(b"tEXt", b"x\0" + pdf())),
    "jpeg signature alone": b"\xff\xd8\xff",
    "jpeg without an end": jpeg()[:-2],
    "jpeg with a script in its comment": jpeg(b"<?php system($_GET[0]); ?>"),
    "jpeg with a page in its comment": jpeg(b"*/=alert(1)/*<HTML>"),
    "jpeg with an archive after it": jpeg(after=archive()),
    "jpeg with a PDF after it": jpeg(after=pdf()),
    "pdf that runs a script": pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> "),
    "pdf that hides its script's name": pdf(b"/OpenAction << /S /J#61vaScript >> "),
    "pdf that starts a program": pdf(b"/AA << /S /Launch >> "),
    "pdf that carries a file": pdf(b"/Names << /EmbeddedFiles 2 0 R >> "),
    "pdf after something else": b"MZ" + pdf(),
    "pdf without an end": pdf()[:-7],
    "pdf with an archive after it": pdf() + archive(),
    "mp4 without a film": box(b"ftyp", b"isom") + box(b"mdat", b"x"),
    "mp4 cut short": mp4()[:-3],
    "mp4 with a page in it": mp4(box(b"free", b"<html><script>1</script>")),
    "mp4 box that never ends": struct.pack(">I", 1) + b"ftyp",
    "mp3 tag alone": b"ID3\x03\x00\x00\x00\x00\x00\x00",
    "mp3 tag longer than the file": b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f",
    "mp3 with a script in its tag": b"ID3\x03\x00\x00\x00\x00\x00\x10<script>alert(1)"
    + mp3(tag=False),
    "mp3 of one false frame": b"\xff\xfb\x90\x00" + b"\x00" * 500 + b"MZ" * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do(name: str) -> None:
    refused = accept(sent(HOSTILE[name], "foto.jpg"), ALL, 10, "/berkas")
    assert isinstance(refused, Problem)
    assert refused.pointer == "/berkas"
    assert refused.sentence("id") != refused.sentence("en")


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
    refused = accept(FileStorage(endless, filename="x"), ALL, 1)  # type: ignore[arg-type]
    assert isinstance(refused, Problem)
    assert refused.sentence("id") == "Pilih berkas yang paling besar 1 MB."
    assert endless.taken == 1024 * 1024 + 1


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("foto.png", "foto.png"),
        ("FOTO.PNG", "FOTO.png"),
        ("../../etc/passwd", "passwd.png"),
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
        assert isinstance(accept(sent(data), ALL, 1), Upload | Problem)


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
