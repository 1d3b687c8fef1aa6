"""The example of migrations in the administrators' guide works as it stands there."""

from __future__ import annotations

import json
import re
from pathlib import Path

from forms.small_forms import document
from forms.versions_of_forms import group, older, one_of, text
from satupintu.forms import reading
from satupintu.forms.migrating import migrate
from satupintu.forms.migrating.comparing import problems

GUIDE = Path(__file__).parents[2] / "docs" / "administrator.md"


def test_the_example_of_the_guide_migrates_as_it_says() -> None:
    (example,) = re.findall(r"```json\n(\"migrations\".*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    before = older(
        telepon=text("a"), kota=text("b"), hubungan=one_of("c", "ayah", "ibu", "lain"),
        nama=text("d"), jalan=text("e"), rt=text("f"), agama=text("g"),
    )  # fmt: skip
    after = document({
        "nomor_telepon": text("h"), "hubungan": one_of("c", "orang_tua", "lain"),
        "alamat": group("i", kota=text("j"), jalan=text("k")),
        "nama_depan": text("l"), "nama_akhir": text("m"),
    })  # fmt: skip
    written = json.loads("{" + example + "}")["migrations"]
    after["x-form"]["migrations"] = [{**written[0], "from": before.hash}]
    form = reading.read(after)
    assert not list(problems(before, form))
    came = migrate(before, form, {
        "telepon": "0711", "kota": "Prabumulih", "hubungan": "ibu", "nama": "Ani Budi Cici",
        "jalan": "Melati", "rt": "4", "agama": "x",
    })  # fmt: skip
    assert came.answers == {
        "nomor_telepon": "0711", "hubungan": "orang_tua", "nama_depan": "Ani",
        "nama_akhir": "Budi Cici", "alamat": {"kota": "Prabumulih", "jalan": "Melati RT 4"},
    }  # fmt: skip
    assert [(fate.question, fate.how) for fate in came.lost] == [("agama", "dropped")]
