"""Sample forms with files, photos and signatures, everywhere a question can stand."""

from __future__ import annotations

from forms.sample_forms import Sample, asks, group, rows, sample, sheets, text, when, yes_no
from satupintu.documents import Json
from satupintu.forms.questions.signature import SHAPE

IDS = [f"0b6f1f0e-5d55-4c1e-9a55-2f1f5d3c7a1{n}" for n in range(8)]
DRAWN = {"strokes": "M10 20L30 40L35 60M100 100L100 100", "signed_at": "2026-11-23T10:15:00+07:00"}
TYPED = {"name": "Siti Contoh", "signed_at": "2025-02-01T08:00:00Z"}


def one_file(title: str, **ui: Json) -> dict[str, Json]:
    return asks(title, type="string", format="uuid", **{"x-ui": ui})


def several(title: str, most: int = 4, **keywords: Json) -> dict[str, Json]:
    items = {"type": "string", "format": "uuid"}
    return asks(title, type="array", items=items, maxItems=most, uniqueItems=True, **keywords)


def signature(title: str) -> dict[str, Json]:
    return asks(
        title, type="object", properties={k: dict(v) for k, v in SHAPE.items()},
        required=["signed_at"], minProperties=2, additionalProperties=False,
        **{"x-ui": {"widget": "signature"}},
    )  # fmt: skip


@sample
def files_photos_and_signatures() -> Sample:
    form = sheets(
        {
            "bukti": several("Bukti", minItems=1),
            "foto": one_file("Foto", widget="photo", accept=["image/jpeg"], longestSide=800),
            "album": several("Album", 3, **{"x-ui": {"widget": "photo"}}),
            "ttd": signature("Tanda tangan"),
            "map": group("Map", {"isi": several("Isi map"), "ttd": signature("Paraf")}),
            "saksi": rows(
                "Saksi",
                {
                    "nama": text("Nama saksi"),
                    "surat": several("Surat saksi", 2),
                    "tempat": group("Tempat", {"foto": one_file("Foto tempat", widget="photo")}),
                    "ttd": signature("Tanda tangan saksi"),
                },
            ),
            "ada": yes_no("Ada lampiran lain?"),
        },
        "bukti foto album", "ttd map", "saksi ada lain",
        allOf=[when("ada", True, {"lain": several("Lampiran lain", 8)})],
    )  # fmt: skip
    witness = {"nama": "Contoh", "surat": IDS[4:6], "tempat": {"foto": IDS[6]}, "ttd": DRAWN}
    return form, [
        {"bukti": IDS[:4], "foto": IDS[4], "album": IDS[5:8], "ttd": DRAWN},
        {"bukti": IDS[:1], "ttd": TYPED, "map": {"isi": IDS[1:2], "ttd": TYPED}},
        {"ttd": {**DRAWN, "name": "Siti Contoh"}, "saksi": [witness, {"nama": "Lain"}, witness]},
        {"ada": True, "lain": IDS},
        {},
    ]
