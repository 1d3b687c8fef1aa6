"""Defaults, examples and what is only shown, in a workbook and back."""

from __future__ import annotations

import io

from pyxform.xls2xform import convert

from forms.sample_forms import asks, pick, text, yes_no
from forms.small_forms import form
from satupintu.forms import reading
from satupintu.forms.answers import with_computed
from satupintu.forms.xlsform import importing, writing


def test_a_workbook_carries_defaults_examples_and_what_is_only_shown() -> None:
    asking = form(
        {"kota": text("Kota", default="P", examples=["Q"]),
         "asal": pick("Asal", "web", "kertas", readOnly=True, default="web"),
         "hari": asks("Hari", type="string", format="date", readOnly=True, default="2026-11-23"),
         "gratis": yes_no("Gratis?", readOnly=True, default=False),
         "lama": text("Lama", deprecated=True)}
    )  # fmt: skip
    done = writing.write(asking)
    assert [(p.key, p.pointer) for p in done.remarks] == [
        ("xlsform.deprecated_asked", "/properties/lama/deprecated")
    ]
    assert convert(io.BytesIO(done.data), file_type=".xlsx", validate=False).xform
    back = importing.read(done.data)
    assert [p.key for p in back.remarks] == []
    again = reading.read(back.document)
    assert with_computed(again, {}) == {"asal": "web", "hari": "2026-11-23", "gratis": False}
    assert again.questions["kota"].default == "P"
    assert "Contoh: Q." in again.questions["kota"].help["id"]
