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


@sample
def every_plain_type() -> Sheets:
    return {
        **survey(
            ("text", "t", "Text"),
            ("integer", "i", "Integer", "yes"),
            ("decimal", "d", "Decimal", None, ". >= 0.5 and . < 99.5"),
            ("range", "r", "Range", None, None, "start=0 end=10 step=1"),
            ("range", "rd", "Range of parts", None, None, "start=0 end=1 step=0.25"),
            ("date", "day", "Day"),
            ("time", "hour", "Hour"),
            ("dateTime", "moment", "Moment"),
            ("image", "photo", "Photo"),
            ("file", "paper", "Paper"),
            ("barcode", "code", "Code"),
            ("geopoint", "place", "Place"),
            ("hidden", "source", None, None, None, None, "web"),
            ("note", "thanks", "Thank you"),
            ("audio", "voice", "Voice"),
            ("acknowledge", "read", "I have read this"),
            ("rank rank_list", "order", "Order"),
            ("select_one_from_file towns.csv", "town", "Town"),
            ("start", "start", None),
            ("deviceid", "device", None),
            columns="required constraint parameters default",
        ),
        "choices": [
            ("list_name", "name", "label"),
            ("rank_list", "1", "One"),
            ("rank_list", "2", "Two"),
        ],
    }


@sample
def groups_within_groups() -> Sheets:
    return {
        **survey(
            ("begin_group", "person", "Person"),
            ("text", "given", "Given name", "yes"),
            ("begin_group", "home", "Home"),
            ("text", "street", "Street", "yes"),
            ("integer", "rooms", "Rooms", None, None, ". >= 1 and . <= 9"),
            ("text", "crowded", "Why so many?", None, "${rooms} > 5"),
            ("end_group",),
            ("begin_group", "work", "Work", None, "${given} != ''"),
            ("text", "employer", "Employer of ${given}", "${rooms} > 2"),
            ("end_group",),
            ("end_group",),
            ("text", "remark", "Remark", None, "${street} != ''"),
            columns="required relevant constraint",
        ),
    }


@sample
def ticks_that_exclude_each_other() -> Sheets:
    return {
        **survey(
            (
                "select_multiple needs",
                "needs",
                "Needs",
                "yes",
                "not(selected(., 'none') and count-selected(.) > 1)",
            ),
            ("select_multiple needs", "most", "At most two", None, "count-selected(.) <= 2"),
            ("integer", "number", "Number or -99", None, ". = -99 or (. >= 0 and . <= 5)"),
            ("text", "why", "Why nothing?", None, None, "selected(${needs}, 'none')"),
            (
                "text",
                "what",
                "What else?",
                None,
                None,
                "not(selected(${needs}, 'none')) and count-selected(${needs}) >= 2",
            ),
            columns="required constraint relevant",
        ),
        "choices": [
            ("list_name", "name", "label"),
            *(("needs", n, n.title()) for n in ("food", "home", "care", "none")),
        ],
    }


@sample
def required_by_an_answer() -> Sheets:
    return {
        **survey(
            ("select_one yn", "agreed", "Agreed?", "yes"),
            ("text", "name", "Name", "${agreed} = 'yes'"),
            ("text", "reason", "Reason", "${agreed} = 'no'"),
            ("integer", "low", "Low", "yes", ". >= 0 and . <= 10"),
            ("integer", "high", "High", None, "${agreed} = 'no' or . > 5"),
            columns="required constraint",
        ),
        "choices": YES_NO,
    }


@sample
def older_spellings() -> Sheets:
    return {
        "survey": [
            ("command", "value", "caption:English", "relevance", "bind:constraint", "readonly"),
            ("begin group", "g", "Group"),
            ("string", "s", "Text"),
            ("int", "n", "Number", "${s} != ''", ". < 10"),
            ("select one from yn", "o", "One", "not(${n} > 3)"),
            ("select all that apply from yn", "m", "Many"),
            ("add date prompt", "when", "When", "selected(${m}, 'yes')"),
            ("end group",),
            ("trigger", "t", "Seen", "string-length(${s}) > 0"),
        ],
        "choices": [
            ("list name", "value", "caption:English"),
            ("yn", "yes", "Yes"),
            ("yn", "no", "No"),
        ],
        "settings": [("set form title", "set form id"), ("Old", "old")],
    }


@sample
def repeats_within_repeats() -> Sheets:
    return {
        **survey(
            ("begin_repeat", "house", "House"),
            ("text", "address", "Address", "yes"),
            ("begin_repeat", "person", "Person"),
            ("text", "person_name", "Name", "yes"),
            ("integer", "person_age", "Age"),
            ("end_repeat",),
            ("end_repeat",),
            columns="required",
        ),
    }


@sample
def questions_that_hang_on_each_other() -> Sheets:
    return {
        **survey(
            ("select_one yn", "a", "A", "yes"),
            ("select_one yn", "b", "B", "yes", "${a} = 'yes'"),
            ("select_one yn", "c", "C", "yes", "${b} = 'yes'"),
            ("text", "d", "D", None, "${c} != 'no'"),
            ("text", "e", "E", None, "not(${b} = 'no') and ${a} != 'no'"),
            ("text", "f", "F", None, "${b} = 'no' or ${a} = 'no'"),
            ("text", "g", "G", None, "${f} != '' or ${c} = 'yes'"),
            ("text", "h", "H", None, "${b} = ''"),
            columns="required relevant",
        ),
        "choices": YES_NO,
    }
