"""Files as people attach them, and as attackers do: built by code, the smallest that make sense."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from werkzeug.datastructures import FileStorage

PLACE = b"-2.99,104.75"
"""A place that stands in a photo's data in plain letters, to be looked for."""

PAGE = b"<!doctype html><html><script>alert(1)</script></html>"
PHP = b"<?php system($_GET[0]); ?>"


def sent(data: bytes, name: str = "berkas.bin", media_type: str | None = None) -> FileStorage:
    return FileStorage(io.BytesIO(data), filename=name, name="berkas", content_type=media_type)


def picture(width: int = 12, height: int = 8, mode: str = "RGB") -> Image.Image:
    """Return a picture whose four corners differ, so that a turned one is found out."""
    made = Image.new(mode, (width, height), (0, 0, 200, 120)[: len(mode)])
    made.paste((220, 20, 20, 255)[: len(mode)], (0, 0, width // 2, height // 2))
    made.paste((20, 200, 20, 255)[: len(mode)], (width // 2, 0, width, height // 2))
    return made


def written(made: Image.Image, format: str, **more: object) -> bytes:
    held = io.BytesIO()
    made.save(held, format, **more)  # type: ignore[arg-type]
    return held.getvalue()


def jpeg(comment: bytes = b"", after: bytes = b"") -> bytes:
    data = written(picture(), "JPEG")
    said = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    return data[:2] + said + data[2:] + after


def webp(mode: str = "RGB") -> bytes:
    return written(picture(mode=mode), "WEBP", lossless=True)


def photo(width: int = 40, height: int = 20, orientation: int = 6) -> bytes:
    """Return a photo as a telephone takes it: place, time, camera, colours and a preview in it."""
    made = picture(width, height)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Kamera Contoh"
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.ImageDescription] = PLACE.decode()
    where = exif.get_ifd(ExifTags.IFD.GPSInfo)
    where[ExifTags.GPS.GPSLatitudeRef] = "S"
    where[ExifTags.GPS.GPSLatitude] = (2.0, 59.0, 24.5)
    where[ExifTags.GPS.GPSLongitudeRef] = "E"
    where[ExifTags.GPS.GPSLongitude] = (104.0, 45.0, 12.25)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:22 21:15:00"
    colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = written(
        made, "JPEG", exif=exif, icc_profile=colours, comment=b"di " + PLACE, quality=95,
        xmp=b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>",
    )  # fmt: skip
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(PLACE)) + PLACE
    marker = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return data[:2] + marker + data[2:] + b"SEFH" + PLACE + b"SEFT"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*more: bytes, width: int = 1, height: int = 1) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + pixels + chunk(b"IEND", b"")
    )


def screenshot() -> bytes:
    """Return a PNG that says in its texts where it was taken."""
    told = PngInfo()
    told.add_text("Comment", PLACE.decode())
    told.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{PLACE.decode()}</x:xmpmeta>")
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = PLACE.decode()
    return written(picture(mode="RGBA"), "PNG", pnginfo=told, exif=exif)


def moving(format: str) -> bytes:
    frames = [picture().convert("RGB"), Image.new("RGB", (12, 8))]
    return written(frames[0], format, save_all=True, append_images=frames[1:], duration=80)


def pdf(body: bytes = b"", more: bytes = b"") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog " + body + b">>\nendobj\n" + more
        + b"trailer\n<<>>\n%%EOF\n"
    )  # fmt: skip


def packed(objects: bytes, dictionary: bytes = b"/Type /ObjStm /N 1 /First 4 ") -> bytes:
    """Return objects of a PDF as newer ones keep them: packed, where no search finds a word."""
    inside = zlib.compress(b"4 0 " + objects)
    start = b"3 0 obj\n<< " + dictionary + b"/Filter /FlateDecode /Length %d >>\n" % len(inside)
    return start + b"stream\n" + inside + b"\nendstream\nendobj\n"


def box(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data


def mp4(*more: bytes) -> bytes:
    brand = box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")
    return brand + box(b"moov", box(b"mvhd", bytes(100))) + box(b"mdat", bytes(20)) + b"".join(more)


def mp3(frames: int = 4, tag: bool = True) -> bytes:
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return (b"ID3\x03\x00\x00\x00\x00\x00\x00" if tag else b"") + frame * frames


def archive(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as written_:
        for name, data in (files or {"jalan.sh": b"echo"}).items():
            written_.writestr(name, data)
    return held.getvalue()


def locked_archive() -> bytes:
    """Return an archive whose one file says that it is locked with a password."""
    data = bytearray(archive())
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(start) + flags] |= 1
    return bytes(data)


def word(**more: bytes) -> bytes:
    return archive(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **more})


GOOD = {
    "image/png": png(),
    "image/jpeg": jpeg(),
    "image/webp": webp(),
    "application/pdf": pdf(),
    "video/mp4": mp4(),
    "audio/mpeg": mp3(),
}

HOSTILE: dict[str, tuple[str, bytes]] = {
    "nothing at all": ("foto.jpg", b""),
    "one byte": ("foto.jpg", b"\xff"),
    "plain text": ("surat.pdf", b"halo"),
    "page named as a photo": ("foto.jpg", PAGE),
    "SVG with a script": (
        "gambar.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "Windows program renamed": ("foto.jpg", b"MZ\x90\x00" + bytes(200)),
    "Linux program": ("surat", b"\x7fELF\x02\x01\x01" + bytes(200)),
    "shell script": ("jalan.sh", b"#!/bin/sh\nrm -rf /\n"),
    "Windows shortcut": ("surat.pdf.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(120)),
    "archive": ("foto.zip", archive()),
    "archive with a password": ("foto.zip", locked_archive()),
    "document that unpacks to 50 MB": ("surat.docx", word(**{"word/x.xml": bytes(50_000_000)})),
    "document with macros": ("surat.docm", word(**{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
    "old Office document": ("surat.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "rich text with an object": ("surat.rtf", b"{\\rtf1{\\object\\objdata 0105}}"),
    "GIF": ("a.gif", written(picture(), "GIF")),
    "GIF with PHP after it": ("a.gif", written(picture(), "GIF") + PHP),
    "TIFF": ("a.tiff", written(picture(), "TIFF")),
    "icon": ("a.ico", written(picture(), "ICO")),
    "photo in HEIC": ("IMG_1.HEIC", box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"mdat", b"x")),
    "PNG signature alone": ("a.png", b"\x89PNG\r\n\x1a\n"),
    "PNG cut short": ("a.png", png()[:-6]),
    "PNG with a wrong checksum": ("a.png", png()[:-1] + b"\0"),
    "PNG of 50,000 by 50,000 pixels": ("a.png", png(width=50_000, height=50_000)),
    "PNG of 12,000 by 12,000 pixels": ("a.png", png(width=12_000, height=12_000)),
    "PNG without its pixels": ("a.png", png(width=50, height=50)),
    "PNG with a page after it": ("a.png", png() + PAGE),
    "PNG with an archive after it": ("a.png", png() + archive()),
    "PNG with a PDF in its text": ("a.png", png(chunk(b"tEXt", b"x\0" + pdf()))),
    "PNG with texts that unpack without end": (
        "a.png", png(*[chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(8_000_000)))] * 12)),
    "JPEG signature alone": ("a.jpg", b"\xff\xd8\xff"),
    "JPEG cut short": ("a.jpg", jpeg()[:-40]),
    "JPEG without its end": ("a.jpg", jpeg()[:-2]),
    "JPEG with an archive after it": ("a.jpg", jpeg(after=archive())),
    "JPEG with a PDF after it": ("a.jpg", jpeg(after=pdf())),
    "WebP with a false length": ("a.webp", webp()[:4] + b"\xff\xff\xff\x7f" + webp()[8:]),
    "WebP cut short": ("a.webp", webp()[:-8]),
    "WebP with noise for pixels": ("a.webp", webp()[:24] + bytes(len(webp()) - 24)),
    "WebP that moves": ("a.webp", moving("WEBP")),
    "PNG that moves": ("a.png", moving("PNG")),
    "PDF that runs a script": (
        "a.pdf", pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> ")),
    "PDF that hides its script's name": ("a.pdf", pdf(b"/OpenAction << /S /J#61vaScript >> ")),
    "PDF whose script is packed": (
        "a.pdf", pdf(more=packed(b"<< /S /JavaScript /JS (app.alert(1)) >>"))),
    "PDF whose script is packed under another name": (
        "a.pdf", pdf(more=packed(b"<< /S /JavaScript >>", b"/Type /O#62jStm /N 1 "))),
    "PDF whose objects are packed in a way of their own": (
        "a.pdf", pdf(more=packed(b"x").replace(b"/FlateDecode", b"/LZWDecode"))),
    "PDF that starts a program": ("a.pdf", pdf(b"/AA << /S /Launch >> ")),
    "PDF that carries a file": ("a.pdf", pdf(b"/Names << /EmbeddedFiles 2 0 R >> ")),
    "PDF with a form of its own kind": ("a.pdf", pdf(b"/AcroForm << /XFA 2 0 R >> ")),
    "PDF that is locked": ("a.pdf", pdf(more=b"2 0 obj << /Encrypt 5 0 R >> endobj\n")),
    "PDF after something else": ("a.pdf", b"MZ" + pdf()),
    "PDF without its end": ("a.pdf", pdf()[:-7]),
    "PDF with an archive after it": ("a.pdf", pdf() + archive()),
    "PDF that is a page too": ("a.pdf", pdf(b"/A (" + PAGE + b") ")),
    "film without a film": ("a.mp4", box(b"ftyp", b"isom") + box(b"mdat", b"x")),
    "film cut short": ("a.mp4", mp4()[:-3]),
    "film with a page in it": ("a.mp4", mp4(box(b"free", PAGE))),
    "film whose box never ends": ("a.mp4", struct.pack(">I", 1) + b"ftyp"),
    "sound's tag alone": ("a.mp3", b"ID3\x03\x00\x00\x00\x00\x00\x00"),
    "sound's tag longer than the file": ("a.mp3", b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f"),
    "sound with a script in its tag": (
        "a.mp3", b"ID3\x03\x00\x00\x00\x00\x00\x10<script>alert(1)" + mp3(tag=False)),
    "sound of one false frame": ("a.mp3", b"\xff\xfb\x90\x00" + b"\x00" * 500 + b"MZ" * 100),
}  # fmt: skip

TAKEN_CLEAN: dict[str, bytes] = {
    "JPEG with a page in its comment": jpeg(PAGE),
    "JPEG with PHP in its comment": jpeg(PHP),
    "JPEG with PHP after it": jpeg(after=PHP),
    "PNG with a script in its text": png(chunk(b"tEXt", b"x\0<script>alert(1)</script>")),
    "photo that tells where it was taken": photo(),
    "screenshot that tells where it was taken": screenshot(),
}
