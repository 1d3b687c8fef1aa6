"""Small forms in the manner of public samples, each with answers that it accepts.

Every one turns on something that forms elsewhere do: what depends on what, what repeats, what is
long, what may all be left. None is about the city.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

from forms.answering import Answers
from forms.small_forms import choice, document
from satupintu.documents import Json
from satupintu.forms import reading
from satupintu.forms.document import Form

Sample = tuple[dict[str, Json], list[Answers]]
SAMPLES: dict[str, Callable[[], Sample]] = {}


def sample(made: Callable[[], Sample]) -> Callable[[], Sample]:
    SAMPLES[made.__name__.replace("_", " ")] = made
    return made


@cache
def sample_form(name: str) -> Form:
    return reading.read(SAMPLES[name]()[0])


def sheets(properties: dict[str, Json], *pages: str, **root: Any) -> dict[str, Json]:
    """Return a form on several pages, each named by the questions on it."""
    made = [
        {
            "id": f"p{number}",
            "title": f"Halaman {number}",
            "questions": names.split(),
            "x-i18n": {"en": {"title": f"Page {number}"}},
        }
        for number, names in enumerate(pages, 1)
    ]
    return document(properties, **{"x-pages": made}, **root)


_numbers = count(1)


def asks(title: str, **keywords: Json) -> dict[str, Json]:
    named = {"title": title, "x-id": f"s-{next(_numbers)}", "x-sensitivity": "umum"}
    return {**named, "x-i18n": {"en": {"title": f"{title} (en)"}}, **keywords}


def text(title: str, **keywords: Json) -> dict[str, Json]:
    return asks(title, type="string", **{"maxLength": 80, **keywords})


def whole(title: str, low: int, high: int, **keywords: Json) -> dict[str, Json]:
    return asks(title, type="integer", minimum=low, maximum=high, **keywords)


def yes_no(title: str, **keywords: Json) -> dict[str, Json]:
    return asks(title, type="boolean", **keywords)


def pick(title: str, *options: str, **keywords: Json) -> dict[str, Json]:
    return asks(title, type="string", oneOf=choice(*options), **keywords)


def ticks(title: str, *options: str, **keywords: Json) -> dict[str, Json]:
    items = {"type": "string", "oneOf": choice(*options)}
    return asks(title, type="array", uniqueItems=True, items=items, **keywords)


def day(title: str) -> dict[str, Json]:
    return asks(title, type="string", format="date")


def moment(title: str) -> dict[str, Json]:
    return asks(title, type="string", format="date-time")


def thing(properties: dict[str, Json], **keywords: Json) -> dict[str, Json]:
    return {
        "type": "object",
        "unevaluatedProperties": False,
        "properties": properties,
        **keywords,
    }


def group(title: str, properties: dict[str, Json], **keywords: Json) -> dict[str, Json]:
    return asks(title, **thing(properties, **keywords))


def rows(
    title: str, properties: dict[str, Json], most: int = 4, least: int = 0, **keywords: Json
) -> dict[str, Json]:
    items = thing(properties, **keywords)
    return asks(title, type="array", minItems=least, maxItems=most, items=items)


def when(name: str, wanted: Json, properties: dict[str, Json], **then: Json) -> dict[str, Json]:
    """Return a branch that asks more where an answer is what is wanted."""
    test = wanted if isinstance(wanted, dict) else {"const": wanted}
    return {
        "if": {"properties": {name: test}, "required": [name]},
        "then": {"properties": properties, **then},
    }


@sample
def nested_groups() -> Sample:
    street = group("Jalan", {"nama": text("Nama jalan"), "nomor": whole("Nomor", 1, 999)},
                   required=["nama"])  # fmt: skip
    home = group("Alamat", {"jalan": street, "kota": text("Kota")}, required=["jalan", "kota"])
    work = group("Tempat kerja", {"nama": text("Nama"), "hari": ticks("Hari", "senin", "rabu")},
                 required=["nama"])  # fmt: skip
    form = sheets({"alamat": home, "kerja": work}, "alamat", "kerja", required=["alamat"])
    home_answers = {"jalan": {"nama": "Melati", "nomor": 7}, "kota": "Sukamaju"}
    return form, [
        {"alamat": home_answers},
        {"alamat": home_answers, "kerja": {"nama": "Toko", "hari": ["rabu"]}},
        {"alamat": {"jalan": {"nama": "Mawar"}, "kota": "Y"}, "kerja": {"nama": "Z"}},
    ]


@sample
def guests_with_conditions_in_rows() -> Sample:
    more = [
        when("makan", True, {"alergi": ticks("Alergi", "susu", "kacang", "telur")}),
        when("usia", {"maximum": 5}, {"kursi": yes_no("Kursi bayi?")}, required=["kursi"]),
    ]
    fields = {"nama": text("Nama"), "usia": whole("Usia", 0, 120), "makan": yes_no("Ikut makan?")}
    guests = rows("Tamu", fields, 5, 1, required=["nama", "usia"], allOf=more)
    return sheets({"tamu": guests}, "tamu", required=["tamu"]), [
        {"tamu": [{"nama": "A", "usia": 40}]},
        {"tamu": [{"nama": "B", "usia": 3, "kursi": True, "makan": True, "alergi": ["susu"]},
                  {"nama": "C", "usia": 5, "kursi": False, "makan": False}]},
        {"tamu": [{"nama": n, "usia": 30, "makan": n == "D"} for n in "DEFGH"]},
    ]  # fmt: skip


@sample
def a_card_needs_its_address() -> Sample:
    form = sheets(
        {"nama": text("Nama"), "kartu": text("Nomor kartu", pattern="^[0-9]{4}$"),
         "alamat": text("Alamat tagihan", minLength=3)},
        "nama", "kartu alamat",
        required=["nama"], dependentRequired={"kartu": ["alamat"]},
    )  # fmt: skip
    return form, [
        {"nama": "A"},
        {"nama": "A", "alamat": "Jalan Satu"},
        {"nama": "A", "kartu": "1234", "alamat": "Jalan Satu"},
    ]


@sample
def a_telephone_opens_more_questions() -> Sample:
    opened = {
        "properties": {"jam": pick("Jam telepon", "pagi", "sore"), "aman": yes_no("Aman?")},
        "required": ["aman"],
    }
    phone = text("Telepon", maxLength=20, pattern="^[0-9]+$", **{"x-ui": {"widget": "tel"}})
    form = sheets(
        {"telepon": phone, "catatan": text("Catatan", maxLength=900)},
        "telepon jam aman", "catatan",
        dependentSchemas={"telepon": opened},
    )  # fmt: skip
    return form, [
        {},
        {"telepon": "0812", "aman": False},
        {"telepon": "0812", "aman": True, "jam": "sore", "catatan": "satu\n\ndua  tiga\nempat"},
    ]


@sample
def conditions_five_deep() -> Sample:
    branch: dict[str, Json] = {}
    names = ["a", "b", "c", "d", "e", "f"]
    for name in reversed(names[1:]):
        before = names[names.index(name) - 1]
        inside = {"allOf": [branch]} if branch else {}
        branch = when(before, True, {name: yes_no(f"Lalu {name}?")}, required=[name], **inside)
    form = sheets({"a": yes_no("Mulai?")}, "a b c d e f", required=["a"], allOf=[branch])
    deep: list[Answers] = [
        {**dict.fromkeys(names[:depth], True), names[depth]: False} for depth in range(6)
    ]
    return form, [*deep, dict.fromkeys(names, True)]


@sample
def conditions_over_pages_that_are_skipped() -> Sample:
    form = sheets(
        {"jalur": pick("Jalur", "darat", "laut"), "setuju": yes_no("Selesai?")},
        "jalur", "roda", "kapal kabin", "setuju",
        required=["jalur"],
        allOf=[
            when("jalur", "darat", {"roda": whole("Roda", 2, 18)}, required=["roda"]),
            when("jalur", "laut", {"kapal": text("Kapal"), "kabin": yes_no("Kabin?")},
                 required=["kapal"]),
        ],
    )  # fmt: skip
    return form, [
        {"jalur": "darat", "roda": 4},
        {"jalur": "laut", "kapal": "Bahari", "kabin": True, "setuju": False},
    ]


@sample
def an_earlier_page_that_a_later_one_opens() -> Sample:
    form = sheets(
        {"nama": text("Nama"), "luas": yes_no("Cerita panjang?")},
        "nama cerita", "luas",
        required=["luas"],
        allOf=[when("luas", True, {"cerita": text("Cerita", maxLength=3000)}, required=["cerita"])],
    )  # fmt: skip
    return form, [{"luas": False}, {"nama": "A", "luas": True, "cerita": "baris\nbaris"}]


@sample
def a_long_list_of_options() -> Sample:
    many = [f"wilayah_{number}" for number in range(300)]
    form = sheets(
        {"asal": pick("Asal", *many), "tujuan": ticks("Tujuan", *many[:60], minItems=1)},
        "asal tujuan", required=["asal", "tujuan"],
    )  # fmt: skip
    return form, [{"asal": many[299], "tujuan": [many[59], many[0]]},
                  {"asal": many[0], "tujuan": many[:60]}]  # fmt: skip
