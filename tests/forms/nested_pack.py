"""The shipped content with one more page in two of its forms: children, their schools, files."""

from __future__ import annotations

import json
import shutil
from itertools import count
from pathlib import Path
from typing import Any

from forms.small_forms import question
from satupintu.documents import Json

ROOT = Path(__file__).parents[2]
PAGE = "baris_uji"
LIST = "uji_anak"


def nested(outer: str, inner: str) -> dict[str, Json]:
    """Return children with their schools, each list drawn by a widget."""
    numbers = count(1)

    def asks(title: str, english: str, **keywords: Json) -> dict[str, Json]:
        said = question(f"uji-{next(numbers)}", title, english=english, **keywords)
        return {**said, "x-sensitivity": "umum"}

    def rows(
        title: str, english: str, widget: str, properties: dict[str, Json], *, required: list[str],
        **more: Any,
    ) -> dict[str, Json]:  # fmt: skip
        items = {"type": "object", "properties": properties, "unevaluatedProperties": False,
                 "required": required, **more}  # fmt: skip
        return {**asks(title, english, type="array", maxItems=4, items=items),
                "x-ui": {"widget": widget}}  # fmt: skip

    schools = rows(
        "Sekolah", "School", inner,
        {
            "nama": asks("Nama sekolah", "Name of the school", type="string", maxLength=80),
            "kelas": asks("Kelas", "Year", type="integer", minimum=1, maximum=12),
            "surat": asks("Surat sekolah", "Letter of the school", type="string", format="uuid"),
        },
        required=["nama"],
    )  # fmt: skip
    older = {
        "if": {"properties": {"usia": {"minimum": 6}}, "required": ["usia"]},
        "then": {"properties": {"sekolah": schools}},
    }
    return rows(
        "Anak di rumah", "Child at home", outer,
        {
            "nama": asks("Nama panggilan", "What the child is called", type="string", maxLength=80),
            "usia": asks("Umur", "Age", type="integer", minimum=0, maximum=17),
        },
        required=["nama", "usia"], allOf=[older],
    )  # fmt: skip


def content(folder: Path, outer: str = "rows", inner: str = "rows") -> Path:
    """Return a content folder of this test's own, below ``folder``."""
    made = folder / "content"
    for part in ("schemas", "rules", "seed"):
        shutil.copytree(ROOT / part, made / part)
    for name in ("asesmen-awal", "laporan-publik"):
        path = made / f"schemas/forms/{name}.json"
        form = json.loads(path.read_text(encoding="utf-8"))
        form["properties"][LIST] = nested(outer, inner)
        page = {"id": PAGE, "title": "Keluarga", "questions": [LIST]}
        form["x-pages"].insert(0, {**page, "x-i18n": {"en": {"title": "Family"}}})
        path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    return made
