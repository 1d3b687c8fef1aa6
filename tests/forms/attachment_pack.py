"""The shipped content with one more page in two of its forms: files, a photo, a signature, or what
a test gives.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from forms.attachment_sample_forms import one_file, several, signature
from satupintu.documents import Json

ROOT = Path(__file__).parents[2]
PAGE = "lampiran_uji"


def attachments() -> dict[str, Json]:
    return {
        "uji_bukti": {
            **several("Bukti yang ada", 3),
            "x-ui": {"accept": ["image/jpeg", "image/png", "application/pdf"], "maxMegabytes": 5},
        },
        "uji_foto": one_file("Foto tempat", widget="photo"),
        "uji_ttd": signature("Tanda tangan pelapor"),
    }


def content(
    folder: Path, properties: Mapping[str, Json] | None = None, title: str = "Lampiran"
) -> Path:
    """Return a content folder of this test's own, below ``folder``; its page asks ``properties``
    where they are given.
    """
    asks = attachments() if properties is None else properties
    made = folder / "content"
    for part in ("schemas", "rules", "seed"):
        shutil.copytree(ROOT / part, made / part)
    for name in ("asesmen-awal", "laporan-publik"):
        path = made / f"schemas/forms/{name}.json"
        form = json.loads(path.read_text(encoding="utf-8"))
        form["properties"] |= asks
        page = {"id": PAGE, "title": title, "questions": [*asks]}
        form["x-pages"].insert(
            0, {**page, "x-i18n": {"en": {"title": "Attachments" if properties is None else title}}}
        )
        path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    return made
