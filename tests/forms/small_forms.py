"""Forms that ask one question, or every type of question, small enough to read in a test."""

from __future__ import annotations

from typing import Any

from satupintu.documents import Json
from satupintu.forms import reading
from satupintu.forms.document import Form


def question(x_id: str, title: str = "Pertanyaan contoh", **keywords: Json) -> dict[str, Json]:
    english = keywords.pop("english", title)
    return {"title": title, "x-id": x_id, "x-i18n": {"en": {"title": english}}, **keywords}


def choice(*consts: str) -> list[Json]:
    return [
        {"const": c, "title": f"Pilihan {c}", "x-i18n": {"en": {"title": f"Option {c}"}}}
        for c in consts
    ]


def document(properties: dict[str, Json], **root: Any) -> dict[str, Json]:
    names = [*properties]
    for branch in root.get("allOf", ()):
        names += branch["then"].get("properties", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Formulir contoh",
        "type": "object",
        "x-form": {"id": "contoh", "purpose": "assessment", "settings": {}, "migrations": []},
        "x-i18n": {"en": {"title": "Sample form"}},
        "x-pages": [
            {
                "id": "satu",
                "title": "Halaman satu",
                "questions": names,
                "x-i18n": {"en": {"title": "Page one"}},
            }
        ],
        "properties": properties,
        "unevaluatedProperties": False,
        **root,
    }


def form(properties: dict[str, Json], **root: Any) -> Form:
    return reading.read(document(properties, **root))


def one(schema: dict[str, Json], **root: Any) -> Form:
    """Return a form with the one question ``q``."""
    return form({"q": schema}, **root)


def every_type() -> Form:
    """Return a form with every type, a nested group, a repeated group and conditions in each."""
    child = {
        "type": "object",
        "unevaluatedProperties": False,
        "properties": {
            "nama": question("b-1", "Nama anak contoh", type="string", maxLength=40),
            "usia": question("b-2", "Usia anak", type="integer", minimum=0, maximum=17),
            "suka": {
                **question("b-3", "Kesukaan anak", type="array", uniqueItems=True),
                "items": {"type": "string", "oneOf": choice("lari", "baca")},
            },
            "ikut": question("b-4", "Apakah anak ikut?", type="boolean"),
            "surat": question("b-6", "Surat anak", type="string", format="uuid"),
        },
        "required": ["usia"],
        "allOf": [
            {
                "if": {"properties": {"ikut": {"const": True}}, "required": ["ikut"]},
                "then": {
                    "properties": {
                        "sejak": question("b-5", "Ikut sejak kapan?", type="string", format="date")
                    }
                },
            }
        ],
    }
    return form(
        {
            "kata": question("a-1", "Kata", type="string", maxLength=80),
            "cerita": question("a-2", "Cerita", type="string", maxLength=2000),
            "telepon": question(
                "a-3", "Telepon", type="string", maxLength=20, **{"x-ui": {"widget": "tel"}}
            ),
            "jumlah": question("a-4", "Jumlah", type="integer", minimum=0, maximum=99999),
            "warna": question("a-5", "Warna", type="string", oneOf=choice("merah", "biru")),
            "kota": question(
                "a-6",
                "Kota",
                type="string",
                oneOf=choice("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan"),
            ),
            "alat": {
                **question("a-7", "Alat", type="array", uniqueItems=True),
                "items": {"type": "string", "oneOf": choice("palu", "paku", "gergaji")},
            },
            "setuju": question("a-8", "Setuju?", type="boolean"),
            "izin": question("a-9", "Izin", type="boolean", const=True),
            "hari": question("a-10", "Hari", type="string", format="date"),
            "saat": question("a-11", "Saat", type="string", format="date-time"),
            "berkas": question(
                "a-12",
                "Berkas",
                type="string",
                format="uuid",
                **{"x-ui": {"accept": ["image/png", "application/pdf"], "maxMegabytes": 1}},
            ),
            "lipat": question(
                "a-13",
                "Lipat dua",
                type="integer",
                minimum=0,
                maximum=200000,
                **{"x-computed": "jumlah + jumlah"},
            ),
            "rumah": {
                **question("a-14", "Rumah", type="object", unevaluatedProperties=False),
                "properties": {
                    "kamar": question("c-1", "Kamar", type="integer", minimum=0, maximum=20),
                    "atap": question("c-2", "Atap", type="string", oneOf=choice("seng", "genteng")),
                },
                "allOf": [
                    {
                        "if": {"properties": {"kamar": {"minimum": 3}}, "required": ["kamar"]},
                        "then": {
                            "properties": {"halaman": question("c-3", "Halaman", type="boolean")}
                        },
                    }
                ],
            },
            "anak": question("a-15", "Anak", type="array", maxItems=3, items=child),
        },
        allOf=[
            {
                "if": {"properties": {"setuju": {"const": True}}, "required": ["setuju"]},
                "then": {
                    "properties": {
                        "alasan": question(
                            "a-16", "Alasan setuju", type="string", maxLength=100, minLength=1
                        ),
                        "pilih": {
                            **question("a-17", "Pilih juga", type="array", uniqueItems=True),
                            "items": {"type": "string", "oneOf": choice("kiri", "kanan")},
                        },
                    }
                },
            }
        ],
    )
