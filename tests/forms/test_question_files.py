"""Several files to a question: added at once or later, removed one by one, within its limits."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from forms.asked_alone import kind_of, said
from forms.attachment_sample_forms import IDS, several
from forms.browser_without_script import NO_FILES, Page
from forms.small_forms import document, one, question
from forms.uploaded_files import PLACE, pdf, photo, png, sent
from satupintu.conditions.types import Text
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions
from satupintu.forms.answers import problems
from satupintu.forms.attached import Attached, AttachedFiles, size
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.reading import examine
from satupintu.forms.reading_back import FileLink, sections
from satupintu.forms.rendering import page_html

WIB = ZoneInfo("Asia/Jakarta")
BUKTI = {**several("Bukti", 3), "x-ui": {"accept": ["image/png", "application/pdf"]}}


def send(
    schema: dict[str, Json], *chosen: FileStorage, act: str | None = None, before: Json = None,
    own: Json = None,
) -> Bound:  # fmt: skip
    """Draw the page with what the draft holds, choose files, press a button."""
    asked, answers = one(schema), {} if before is None else {"q": before}
    html = page_html(asked, asked.pages[0], language="id", zone=WIB, answers=answers)
    posted = Page(str(html)).posted(act)
    files: MultiDict[str, FileStorage] = MultiDict([("q", file) for file in chosen])
    return read_page(
        asked, asked.pages[0], posted, files, answers if own is None else {"q": own},
        zone=WIB, language="id",
    )  # fmt: skip


def test_a_list_of_file_ids_is_asked_as_several_files() -> None:
    assert kind_of(BUKTI) == "files"
    assert kind_of({**BUKTI, "x-ui": {"widget": "files"}}) == "files"
    assert questions.for_schema(BUKTI).fact_type(BUKTI) == Text()
    plain = question("a", type="array", items={"type": "string", "maxLength": 40}, maxItems=3)
    assert kind_of(plain) == "structure"


def test_several_files_are_added_at_once_and_more_later() -> None:
    first = send(BUKTI, sent(png(), "a.png"), sent(pdf(), "b.pdf"), act="rows:q:upload")
    assert first.problems == ()
    assert [first.uploads[f"q.{n}"].name for n in (0, 1)] == ["a.png", "b.pdf"]
    assert first.answers["q"] == [first.uploads[f"q.{n}"].id for n in (0, 1)]
    later = send(BUKTI, sent(png(), "c.png"), before=first.answers["q"])
    assert later.answers["q"] == [*first.answers["q"], later.uploads["q.2"].id]
    assert problems(one(BUKTI), later.answers) == ()


def test_one_file_is_removed_and_the_others_stay() -> None:
    bound = send(BUKTI, act=f"rows:q:remove:{IDS[1]}", before=IDS[:3])
    assert bound.answers["q"] == [IDS[0], IDS[2]]
    assert send(BUKTI, act=f"rows:q:remove:{IDS[5]}", before=IDS[:3]).answers["q"] == IDS[:3]
    assert send(BUKTI, act=f"rows:q:remove:{IDS[0]}", before=IDS[:1]).answers == {"q": []}


def test_files_past_the_bound_are_left_and_it_is_said_how_many() -> None:
    bound = send(BUKTI, *[sent(png(), f"{n}.png") for n in range(3)], before=IDS[:2])
    assert bound.answers["q"][:2] == IDS[:2]
    assert len(bound.answers["q"]) == 3
    assert [bound.uploads["q.2"].name] == ["0.png"]
    assert [p.sentence("en") for p in bound.problems] == [
        "At most 3 files. Not attached: 2. Remove others first if these are needed."
    ]


def test_each_file_that_cannot_be_taken_is_told_by_its_name_and_the_others_are_kept() -> None:
    bound = send(BUKTI, sent(b"MZ", "../a\u202e.exe"), sent(png(), "b.png"), sent(b"", "c.pdf"))
    assert [u.name for u in bound.uploads.values()] == ["b.png"]
    assert bound.answers["q"] == [u.id for u in bound.uploads.values()]
    told = [p.sentence("en") for p in bound.problems]
    assert told == [
        "a.exe: Choose a file of type PNG, PDF. The content of this one is not recognised as any "
        "of them.",
        "c.pdf: This file is empty. Choose another.",
    ]
    assert {p.pointer for p in bound.problems} == {"/q"}


def test_what_was_refused_is_still_told_after_the_page_was_drawn_anew() -> None:
    bound = send(BUKTI, sent(b"MZ", "a.exe"), before=IDS[:1])
    assert bound.unread == {"q": tuple(IDS[:1])}


def test_ids_of_other_drafts_are_no_files_of_this_one() -> None:
    assert send(BUKTI, before=IDS[:2], own=IDS[1:2]).answers["q"] == IDS[1:2]


def test_a_page_that_did_not_ask_for_it_leaves_it_as_it_was() -> None:
    asked = one(BUKTI)
    posted = MultiDict([("q", "")])
    bound = read_page(
        asked, asked.pages[0], posted, NO_FILES, {"q": IDS[:2]}, zone=WIB, language="id"
    )
    assert bound.answers == {"q": IDS[:2]}


def test_the_page_tells_names_and_sizes_and_opens_files_only_by_their_address() -> None:
    asked = one(BUKTI)
    known = {IDS[0]: Attached("foto <b>.png", 350_000), IDS[1]: Attached("surat.pdf", 2_500_000)}
    for language, large in (("id", "2,4 MB"), ("en", "2.4 MB")):
        html = page_html(
            asked, asked.pages[0], language=language, zone=WIB, answers={"q": IDS[:3]},
            attached=AttachedFiles(language, known, lambda one: f"/berkas/{one}"),
        )  # fmt: skip
        page = Page(str(html))
        assert page.unlabelled() == []
        assert all(page.says(text) for text in ("foto <b>.png", "342 KB", "surat.pdf", large))
        assert page.links == [f"/berkas/{one}" for one in IDS[:3]]
        assert "<img" not in html
        assert "multiple" in page.by_id["q-q"].attributes
        assert "disabled" in page.by_id["q-q"].attributes, "three are the most"


def test_sizes_are_said_as_people_read_them() -> None:
    assert [size(n, "id") for n in (0, 1, 1024, 500_000, 1024 * 1024, 15_000_000)] == [
        "1 KB", "1 KB", "1 KB", "488 KB", "1,0 MB", "14,3 MB",
    ]  # fmt: skip


def test_files_are_read_back_by_name_each_with_its_link() -> None:
    known = {IDS[0]: Attached("a.png", 2048), IDS[1]: Attached("b.pdf", 4096)}
    [page] = sections(
        one(BUKTI), {"q": IDS[:2]}, language="id", zone=WIB, attached=known,
        url_for_file=lambda one: f"/berkas/{one}",
    )  # fmt: skip
    assert page.rows[0].lines == ("a.png (2 KB)", "b.pdf (4 KB)")
    assert page.rows[0].files[1] == FileLink("b.pdf (4 KB)", f"/berkas/{IDS[1]}")
    assert said(BUKTI, IDS[:2], "en") == "2 files attached"
    assert said(BUKTI, IDS[:1], "en") == "1 file attached"


def test_what_must_be_attached_is_asked_for_once() -> None:
    needed = {**BUKTI, "minItems": 2}
    asked = one(needed, required=["q"])
    bound = send(needed)
    assert bound.answers.get("q") in (None, [])
    assert [p.pointer for p in problems(asked, bound.answers)] == ["/q"]
    [told] = problems(asked, {"q": IDS[:1]})
    assert told.sentence("id")


def test_a_photo_among_several_files_tells_no_place() -> None:
    both = {**several("Bukti", 3)}
    bound = send(both, sent(photo(), "IMG_1.jpg"), sent(pdf(), "b.pdf"))
    assert PLACE in photo()
    assert PLACE not in bound.uploads["q.0"].data


@pytest.mark.parametrize(
    ("change", "key", "where", "level"),
    [
        ({"x-ui": {"accept": ["image/jpg"]}}, "questions.accept_unknown", "/x-ui/accept/0",
         "error"),
        ({"x-ui": {"maxMegabytes": 90}}, "questions.file_past_request", "/x-ui/maxMegabytes",
         "warning"),
        ({"maxItems": None}, "questions.files_unbounded", "", "warning"),
        ({"x-ui": {"longestSide": 10}}, "forms.too_little", "/x-ui/longestSide", "error"),
        ({"x-ui": {"widget": "photo", "accept": ["application/pdf"]}}, "questions.no_picture",
         "/x-ui/accept/0", "error"),
        ({"x-ui": {"capture": "yes"}}, "forms.value_unknown", "/x-ui/capture", "error"),
    ],
)  # fmt: skip
def test_limits_that_cannot_be_held_are_told_at_their_place(
    change: dict[str, Json], key: str, where: str, level: str
) -> None:
    schema = {k: v for k, v in {**BUKTI, **change}.items() if v is not None}
    found = [p for p in examine(document({"q": schema})).problems if p.key.startswith(key)]
    assert [(p.pointer, p.level) for p in found] == [("/properties/q" + where, level)]
    assert found[0].sentence("id") != found[0].sentence("en")


def test_the_limits_of_a_list_may_stand_at_its_items() -> None:
    items = {"type": "string", "format": "uuid", "x-ui": {"accept": ["application/pdf"]}}
    schema = {**several("Bukti", 3), "items": items}
    [told] = send(schema, sent(png(), "a.png")).problems
    assert isinstance(told, Problem)
    assert "PDF" in told.sentence("id")
