"""The second half of the sample forms: values that are hard to write, and shapes at the edges."""

from __future__ import annotations

from forms.sample_forms import (
    Sample,
    asks,
    day,
    group,
    moment,
    pick,
    rows,
    sample,
    sheets,
    text,
    ticks,
    when,
    whole,
    yes_no,
)  # fmt: skip
from satupintu.documents import Json

FILE = "0b6f1f0e-5d55-4c1e-9a55-2f1f5d3c7a10"


@sample
def options_that_are_hard_to_write() -> Sample:
    odd = ["it's", 'say "a"', "ä ö ü ß", "a&amp;b", "<b>", "{{ x }}", "{% raw %}", "back\\slash",
           "tab\tinside", " spaces ", "x" * 200, "emoji 🙂", "true", "0"]  # fmt: skip
    form = sheets({"satu": pick("Satu", *odd), "lain": ticks("Lain", *odd)}, "satu", "lain")
    return form, [*({"satu": one, "lain": [one]} for one in odd), {"lain": odd}]


@sample
def plain_enums() -> Sample:
    sizes = {"type": "string", "enum": ["S", "M", "L", "XL"]}
    form = sheets(
        {"ukuran": asks("Ukuran", **sizes), "stok": asks("Stok", type="array", uniqueItems=True,
                                                         items=sizes, maxItems=2)},
        "ukuran stok",
    )  # fmt: skip
    return form, [{"ukuran": "XL"}, {"stok": ["L", "S"]}, {}]


@sample
def everything_may_be_left() -> Sample:
    form = sheets(
        {
            "kata": text("Kata"), "angka": whole("Angka", -5, 5), "ya": yes_no("Ya?"),
            "pilih": pick("Pilih", "a", "b"), "banyak": ticks("Banyak", "a", "b", "c", minItems=2),
            "janji": yes_no("Janji", const=True), "hari": day("Hari"), "saat": moment("Saat"),
            "kotak": group("Kotak", {"isi": text("Isi"), "cap": ticks("Cap", "x", "y"),
                                     "segel": yes_no("Segel", **{"x-ui": {"widget": "checkbox"}})},
                           required=["isi"]),
            "baris": rows("Baris", {"n": whole("N", 0, 9)}, 3, 2, required=["n"]),
            "berkas": asks("Berkas", type="string", format="uuid"),
        },
        "kata angka ya pilih", "banyak janji hari saat", "kotak baris berkas",
    )  # fmt: skip
    return form, [
        {},
        {"kata": "x", "angka": -5, "ya": False},
        {"banyak": ["a", "c"], "janji": True, "berkas": FILE},
        {"kotak": {"isi": "z"}, "baris": [{"n": 0}, {"n": 9}]},
        {"kotak": {"isi": "z", "cap": ["y"], "segel": True}, "pilih": "b"},
    ]


@sample
def everything_must_be_answered() -> Sample:
    asked = {
        "kata": text("Kata", minLength=2), "angka": whole("Angka", 10, 20), "ya": yes_no("Ya?"),
        "pilih": pick("Pilih", "a", "b"), "banyak": ticks("Banyak", "a", "b", minItems=1),
        "janji": yes_no("Janji", const=True), "hari": day("Hari"), "saat": moment("Saat"),
        "berkas": asks("Berkas", type="string", format="uuid"),
    }  # fmt: skip
    full = {
        "kata": "ya", "angka": 10, "ya": False, "pilih": "a", "banyak": ["b"], "janji": True,
        "hari": "2024-02-29", "saat": "2024-02-29T00:00:00+07:00", "berkas": FILE,
    }  # fmt: skip
    form = sheets(asked, " ".join(asked), required=[*asked])
    return form, [full, {**full, "angka": 20, "banyak": ["a", "b"], "kata": "k" * 80}]


@sample
def numbers_with_bounds() -> Sample:
    form = sheets(
        {"nol": whole("Nol", 0, 0), "suhu": whole("Suhu", -90, 60),
         "jarak": asks("Jarak", type="integer", exclusiveMinimum=0, exclusiveMaximum=2_000_000),
         "besar": whole("Besar", 0, 9_007_199_254_740_991)},
        "nol suhu jarak", "besar",
    )  # fmt: skip
    return form, [
        {"nol": 0, "suhu": -90, "jarak": 1},
        {"suhu": 60, "jarak": 1_999_999, "besar": 9_007_199_254_740_991},
    ]


@sample
def days_and_moments() -> Sample:
    form = sheets(
        {"lahir": day("Lahir"), "datang": moment("Datang"), "pulang": moment("Pulang"),
         "lama": whole("Lama di sini", 0, 100_000,
                       **{"x-computed": "hours_between(datang, pulang)"})},
        "lahir datang", "pulang lama", required=["datang"],
    )  # fmt: skip
    return form, [
        {"datang": "2026-11-22T23:30:00+07:00"},
        {"lahir": "1900-01-01", "datang": "2026-01-01T00:00:00Z", "pulang": "2026-01-02T01:00:00Z"},
        {"lahir": "9998-12-31", "datang": "2026-11-22T23:30:15+07:00"},
    ]


@sample
def computed_answers_in_rows() -> Sample:
    fields = {
        "harga": whole("Harga", 0, 1000), "ongkir": whole("Ongkir", 0, 1000),
        "jumlah": whole("Jumlah", 0, 2000,
                        **{"x-computed": "belanja.harga + belanja.ongkir"}),
    }  # fmt: skip
    form = sheets(
        {"belanja": rows("Belanja", fields, 4, required=["harga", "ongkir", "jumlah"]),
         "banyak": whole("Banyak", 0, 4, **{"x-computed": "size(belanja)"}),
         "mahal": yes_no("Mahal?", **{"x-computed": "belanja.exists(b, b.harga > 500)"})},
        "belanja", "banyak mahal alasan",
        allOf=[when("mahal", True, {"alasan": text("Alasan")}, required=["alasan"])],
    )  # fmt: skip
    return form, [
        {},
        {"belanja": [{"harga": 10, "ongkir": 2}]},
        {"belanja": [{"harga": 501, "ongkir": 0}, {"harga": 1, "ongkir": 1}], "alasan": "perlu"},
    ]


@sample
def groups_and_rows_in_each_other() -> Sample:
    person = {"nama": text("Nama"), "tinggal": group("Tinggal", {"kota": text("Kota")},
                                                     required=["kota"])}  # fmt: skip
    household = {"anggota": rows("Anggota", person, 3, required=["nama"]), "alamat": text("Alamat")}
    form = sheets({"rumah": group("Rumah", household, required=["alamat"])}, "rumah")
    return form, [
        {},
        {"rumah": {"alamat": "X"}},
        {"rumah": {"alamat": "X", "anggota": [{"nama": "A"}]}},
        {"rumah": {"alamat": "X", "anggota": [{"nama": "B", "tinggal": {"kota": "C"}}]}},
    ]  # fmt: skip


@sample
def texts_of_every_kind() -> Sample:
    form = sheets(
        {"surel": asks("Surel", type="string", format="email"),
         "jam": asks("Jam", type="string", format="time"),
         "cerita": asks("Cerita", type="string"),
         "lama": asks("Lama", type="string", **{"x-ui": {"widget": "textarea"}}),
         "sandi": text("Sandi", pattern="^[A-Z]{2}[0-9]{2}$")},
        "surel jam", "cerita lama sandi",
    )  # fmt: skip
    return form, [
        {"surel": "nama@contoh.id", "jam": "08:00:00+07:00"},
        {"cerita": "\"'<>&;{}%#\\`", "lama": "\"'<>&;{}\n</textarea>\n{{ 7 * 7 }}"},
        {"cerita": "ü" * 20_000, "lama": "baris\n" * 3000 + "akhir", "sandi": "AB12"},
        {"cerita": "&amp; &lt;b&gt; &#39;", "lama": "true"},
    ]


@sample
def every_option_but_one_asks_more() -> Sample:
    form = sheets(
        {"cara": ticks("Cara", "surat", "telepon", "lain", minItems=1),
         "usia": whole("Usia", 0, 99)},
        "cara kota nomor sebut wali usia",
        required=["cara"],
        allOf=[
            when("cara", {"contains": {"const": "surat"}}, {"kota": text("Kota")},
                 required=["kota"]),
            when("cara", {"contains": {"const": "telepon"}}, {"nomor": text("Nomor")}),
            when("cara", {"contains": {"const": "lain"}}, {"sebut": text("Sebutkan", minLength=2)},
                 required=["sebut"]),
            when("usia", {"exclusiveMaximum": 18}, {"wali": text("Wali")}, required=["wali"]),
        ],
    )  # fmt: skip
    return form, [
        {"cara": ["surat"], "kota": "K"},
        {"cara": ["telepon", "lain"], "sebut": "pos", "usia": 17, "wali": "W"},
        {
            "cara": ["surat", "telepon", "lain"],
            "kota": "K",
            "nomor": "1",
            "sebut": "xx",
            "usia": 18,
        },
    ]


def _people(page: str, school: str) -> dict[str, Json]:
    """Return children with their schools and each school's years, asked by some widgets."""
    years = rows("Tahun", {"tahun": whole("Tahun ajaran", 1990, 2030), "naik": yes_no("Naik?")}, 3)
    fields = {"nama": text("Nama sekolah"), "negeri": yes_no("Negeri?"), "tahun": years,
              "surat": asks("Surat", type="string", format="uuid")}  # fmt: skip
    more = when("negeri", True, {"kelas": whole("Kelas", 1, 12)}, required=["kelas"])
    schools = rows("Sekolah", fields, 4, required=["nama"], allOf=[more])
    schools["x-ui"] = {"widget": school}
    asked = when("usia", {"minimum": 6}, {"sekolah": schools}, required=["sekolah"])
    home = group("Rumah", {"kota": text("Kota"), "barang": rows("Barang", {"b": text("Nama")}, 3)})
    child = {"nama": text("Nama"), "usia": whole("Usia", 0, 20), "rumah": home}
    children = rows("Anak", child, 3, required=["nama"], allOf=[asked])
    return {"anak": {**children, "x-ui": {"widget": page}}, "setuju": yes_no("Setuju?")}


FAMILIES: list[dict[str, Json]] = [
    {},
    {"anak": [{"nama": "A", "usia": 3}], "setuju": True},
    {
        "anak": [
            {"nama": "A", "usia": 3, "rumah": {"kota": "K", "barang": [{"b": "x"}, {"b": "y"}]}},
            {"nama": "B", "usia": 9, "sekolah": [
                {"nama": "S1", "negeri": True, "kelas": 3, "surat": FILE,
                 "tahun": [{"tahun": 2001, "naik": True}, {"tahun": 2002}]},
                {"nama": "S2", "negeri": False, "tahun": [{"naik": False}]},
            ]},
            {"nama": "C", "usia": 12, "sekolah": []},
        ],
    },
]  # fmt: skip


@sample
def rows_in_rows() -> Sample:
    return sheets(_people("rows", "rows"), "anak", "setuju"), FAMILIES


@sample
def rows_in_rows_each_on_its_own_page() -> Sample:
    return sheets(_people("rows-by-page", "rows-by-page"), "anak", "setuju"), FAMILIES
