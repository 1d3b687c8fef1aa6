"""Workbooks in the manner of public samples, built cell by cell; none is about the city."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl

Rows = list[tuple[str | int | float | None, ...]]
Sheets = dict[str, Rows]
SAMPLES: dict[str, Callable[[], Sheets]] = {}

BOTH = ("label::Bahasa Indonesia (id)", "label::English (en)")


def sample(made: Callable[[], Sheets]) -> Callable[[], Sheets]:
    SAMPLES[made.__name__.replace("_", " ")] = made
    return made


def workbook(sheets: Sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def survey(*rows: tuple[str | int | float | None, ...], columns: str = "") -> Sheets:
    """Return a survey of type, name and label with some further columns."""
    return {"survey": [("type", "name", "label", *columns.split()), *rows]}


YES_NO: Rows = [
    ("list_name", "name", *BOTH),
    ("yn", "yes", "Ya", "Yes"),
    ("yn", "no", "Tidak", "No"),
]


@sample
def household_survey() -> Sheets:
    head = ("type", "name", *BOTH, "required", "relevant", "constraint", "calculation")
    return {
        "survey": [
            head,
            ("begin_group", "household", "Rumah tangga", "Household"),
            ("text", "village", "Desa", "Village", "yes"),
            (
                "integer",
                "members",
                "Berapa anggota?",
                "How many members?",
                "yes",
                None,
                ". > 0 and . <= 20",
            ),
            ("select_one yn", "owns", "Milik sendiri?", "Owned?", "yes"),
            ("select_one roof", "roof", "Atap", "Roof", None, "${owns} = 'yes'"),
            ("end_group",),
            ("begin_repeat", "member", "Anggota", "Member", None, "${members} > 0"),
            ("text", "member_name", "Nama", "Name", "yes"),
            ("integer", "age", "Umur", "Age", "yes", None, ". >= 0 and . <= 120"),
            (
                "select_one yn",
                "school",
                "Sekolah?",
                "At school?",
                "yes",
                "${age} >= 5 and ${age} < 18",
            ),
            ("end_repeat",),
            ("calculate", "counted", None, None, None, None, None, "count(${member})"),
        ],
        "choices": [*YES_NO, ("roof", "tin", "Seng", "Tin"), ("roof", "tile", "Genteng", "Tile")],
        "settings": [
            ("form_title", "form_id", "version", "style"),
            ("Survei rumah tangga", "rumah_tangga", 20240101, "pages"),
        ],
    }


@sample
def case_intake() -> Sheets:
    head = (
        "type",
        "name",
        *BOTH,
        "hint::English (en)",
        "required",
        "relevant",
        "constraint",
        "constraint_message::Bahasa Indonesia (id)",
        "constraint_message::English (en)",
        "appearance",
    )
    return {
        "survey": [
            head,
            ("begin group", "consent_page", "Persetujuan", "Consent"),
            ("note", "welcome", "Terima kasih sudah datang.", "Thank you for coming."),
            ("acknowledge", "consent", "Saya setuju", "I agree", None, "yes"),
            ("end group",),
            ("begin group", "about", "Tentang Anda", "About you", None, None, "${consent} = 'OK'"),
            ("text", "full_name", "Nama", "Name", "As on the card", "yes"),
            (
                "text",
                "phone",
                "Telepon",
                "Phone",
                None,
                None,
                None,
                r"regex(., '^08[0-9]{8,11}$')",
                "Mulai dengan 08.",
                "Begin with 08.",
                "numbers",
            ),
            (
                "integer",
                "years",
                "Umur",
                "Age",
                None,
                "yes",
                None,
                ". >= 0 and . <= 120",
                "0 sampai 120.",
                "0 to 120.",
            ),
            ("text", "guardian", "Wali", "Guardian", None, "yes", "${years} < 18"),
            (
                "select_multiple harm or_other",
                "harms",
                "Apa yang terjadi?",
                "What happened?",
                None,
                "yes",
            ),
            (
                "text",
                "story",
                "Cerita",
                "Story",
                None,
                None,
                "selected(${harms}, 'hit') or selected(${harms}, 'threat')",
                "string-length(.) <= 500",
                None,
                None,
                "multiline",
            ),
            ("select_one yn", "safe", "Aman?", "Safe?", None, "${years} >= 18"),
            ("end group",),
        ],
        "choices": [
            *YES_NO,
            ("harm", "hit", "Dipukul", "Hit"),
            ("harm", "threat", "Diancam", "Threatened"),
            ("harm", "money", "Uang", "Money"),
        ],
        "settings": [("form_title", "form_id"), ("Penerimaan kasus", "kasus")],
    }


@sample
def children_in_rows() -> Sheets:
    head = ("type", "name", *BOTH, "required", "relevant", "repeat_count", "constraint")
    return {
        "survey": [
            head,
            ("select_one yn", "has_children", "Punya anak?", "Children?", "yes"),
            ("begin repeat", "child", "Anak", "Child", None, "${has_children} = 'yes'"),
            ("text", "child_name", "Nama", "Name", "yes"),
            ("integer", "child_age", "Umur", "Age", "yes", None, None, ". >= 0 and . < 18"),
            ("select_one yn", "vaccinated", "Divaksin?", "Vaccinated?", "yes", "${child_age} <= 5"),
            ("text", "why_not", "Mengapa tidak?", "Why not?", None, "${vaccinated} = 'no'"),
            ("end repeat",),
            ("begin repeat", "contact", "Kontak", "Contact", None, None, 2),
            ("text", "contact_name", "Nama kontak", "Contact name", "yes"),
            ("end repeat",),
        ],
        "choices": YES_NO,
        "settings": [("form_title", "form_id"), ("Anak", "anak")],
    }


@sample
def cascading_select() -> Sheets:
    places = [("list_name", "name", "label", "state", "county")]
    places += [("state", s, s.title()) for s in ("east", "west")]
    places += [
        ("county", c, c.title(), s)
        for c, s in (("lake", "east"), ("hill", "east"), ("sea", "west"))
    ]
    places += [
        ("town", f"{c}_{n}", f"{c} {n}", None, c) for c in ("lake", "hill", "sea") for n in (1, 2)
    ]
    return {
        **survey(
            ("select_one state", "state", "State", "yes"),
            (
                "select_one county",
                "county",
                "County",
                "yes",
                "state=${state}",
                "${state} != ''",
                "minimal",
            ),
            (
                "select_one town",
                "town",
                "Town",
                "yes",
                "county = ${county}",
                "${county} != ''",
                "autocomplete",
            ),
            columns="required choice_filter relevant appearance",
        ),
        "choices": places,
        "settings": [
            ("form_title", "form_id", "default_language"),
            ("Places", "places", "English (en)"),
        ],
    }


@sample
def calculated_age() -> Sheets:
    return {
        **survey(
            ("today", "visit_day", None),
            ("date", "born", "Born", "yes"),
            ("calculate", "age", None, None, "int((${visit_day} - ${born}) div 365.25)"),
            (
                "calculate",
                "phase",
                None,
                None,
                "if(${age} < 5, 'infant', if(${age} < 18, 'child', 'adult'))",
            ),
            ("text", "parent", "Parent", "yes", None, "${phase} = 'child' or ${phase} = 'infant'"),
            ("integer", "jobs", "Jobs", None, None, "${age} >= 18", ". >= 0 and . <= 9"),
            ("calculate", "one_more", None, None, "${jobs} + 1"),
            ("calculate", "is_adult", None, None, "${age} >= 18"),
            columns="required calculation relevant constraint",
        ),
        "settings": [("form_title", "form_id", "default_language"), ("Age", "age", "en")],
    }


@sample
def three_languages() -> Sheets:
    head = (
        "type",
        "name",
        *BOTH,
        "label::Français (fr)",
        "hint::Bahasa Indonesia (id)",
        "hint::English (en)",
        "required_message::English (en)",
        "required",
    )
    return {
        "survey": [
            head,
            ("text", "a", "Nama", "Name", "Nom", "Lengkap", "In full", "Please write it", "yes"),
            ("select_one colour", "b", "Warna", "Colour", "Couleur"),
        ],
        "choices": [
            ("list_name", "name", *BOTH, "label::Français (fr)"),
            ("colour", "r", "Merah", "Red", "Rouge"),
            ("colour", "g", "Hijau", "Green", "Vert"),
        ],
        "settings": [("form_title", "title_en", "form_id"), ("Bahasa", "Languages", "bahasa")],
    }
