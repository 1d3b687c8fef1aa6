"""Files, photos and signatures through the whole product, without JavaScript."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from forms.attachment_pack import PAGE, content
from forms.attachment_sample_forms import DRAWN, IDS
from forms.completed_answers import complete
from forms.uploaded_files import HOSTILE, PLACE, pdf, photo, png
from intake.desk import Desk, fill, problems_in
from packs.installation import installation
from satupintu import clock
from satupintu.actions import attachments
from satupintu.actions.platform import Platform
from satupintu.forms import described
from satupintu.forms.without_script import DrawnPage
from satupintu.store import drafts, files
from satupintu.web import assembly

Chosen = tuple[io.BytesIO, str]


class Page(DrawnPage):
    """A whole page of the product."""

    @property
    def links(self) -> list[str]:
        """Where its files open."""
        return re.findall(r'<a href="(/berkas/[^"]+)"', self.source)

    def says(self, text: str) -> bool:
        return text in " ".join(unescape(re.sub("<[^>]*>", "", self.source)).split())


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    folder = tmp_path_factory.mktemp("lampiran")
    platform = installation(folder / "var", content=content(folder))
    yield platform
    platform.close()


@pytest.fixture
def staff(city: Platform) -> Desk:
    return Desk.of(city, "staff")


def chosen(data: bytes, name: str) -> Chosen:
    return io.BytesIO(data), name


def send(
    desk: Desk, address: str, act: str | None = None, more: dict[str, str] | None = None,
    **chosen: list[Chosen],
) -> Page:  # fmt: skip
    """Post the page as it stands with files and a button; return the page that follows."""
    page = Page(desk.get(address).text)
    sent = {name: texts for name, texts in page.posts(act).items() if name != "csrf_token"}
    answer = desk.post(address, {**sent, **(more or {}), **chosen})
    if answer.status_code == 303:
        answer = desk.get(answer.location.partition("#")[0])
    return Page(answer.text)


def names(page: Page) -> list[str]:
    """Return what is told of the attached files, as it stands on a page."""
    told = re.findall(r'attached__name">(?:<a [^>]*>)?([^<]*)', page.source)
    return [unescape(name).strip() for name in told]


def test_files_are_added_in_two_rounds_removed_one_by_one_and_stay_when_others_are_refused(
    staff: Desk, picture_of: Callable[[Desk, str], bytes]
) -> None:
    address = f"{staff.begin()}/{PAGE}"
    first = [chosen(photo(), "IMG_1.jpg"), chosen(pdf(), "surat <b>.pdf")]
    page = send(staff, address, "rows:uji_bukti:upload", uji_bukti=first)
    assert names(page) == ["IMG_1.jpg", "surat b.pdf"]
    assert page.says("1 KB")
    wrong = [chosen(b"MZ", "virus.jpg"), chosen(png(), "c.png"), chosen(png(), "d.png")]
    page = send(staff, address, "rows:uji_bukti:upload", uji_bukti=wrong)
    assert names(page) == ["IMG_1.jpg", "surat b.pdf", "c.png"]
    assert page.says("virus.jpg: Pilih berkas")
    assert page.says("Paling banyak 3 berkas. Yang belum dilampirkan: 1.")
    second = page.posts()["uji_bukti.kept"][1]
    page = send(staff, address, f"rows:uji_bukti:remove:{second}")
    assert names(page) == ["IMG_1.jpg", "c.png"]
    assert not problems_in(page.source)
    assert len(page.links) == 2
    assert PLACE not in picture_of(staff, page.links[0])
    assert second not in page.source
    assert staff.get(f"/berkas/{second}").status_code == 404, "what was removed is kept nowhere"


@pytest.fixture
def picture_of() -> Callable[[Desk, str], bytes]:
    def open_(desk: Desk, address: str) -> bytes:
        answer = desk.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.data

    return open_


def test_every_hostile_file_is_refused_by_the_running_product(staff: Desk, city: Platform) -> None:
    draft = staff.begin()
    address = f"{draft}/{PAGE}"
    for what, (name, data) in HOSTILE.items():
        page = send(staff, address, uji_bukti=[chosen(data, name)])
        if data:
            assert problems_in(page.source), what
        assert names(page) == [], what
    with city.store.reading() as tx:
        assert files.of_draft(tx, draft.rpartition("/")[2]) == ()


def test_a_signature_and_files_are_read_back_sent_and_corrected(
    staff: Desk, city: Platform, picture_of: Callable[[Desk, str], bytes]
) -> None:
    draft = staff.begin()
    address = f"{draft}/{PAGE}"
    send(
        staff, address, "save", {"uji_ttd.strokes": DRAWN["strokes"]},
        uji_bukti=[chosen(png(), "a.png"), chosen(pdf(), "b.pdf")],
        uji_foto=[chosen(png(), "f.png")],
    )  # fmt: skip
    form = city.content.in_force(clock.now()).form_for("assessment")
    with city.store.reading() as tx:
        held = drafts.get(tx, draft.rpartition("/")[2]).body["answers"]
    assert held["uji_ttd"]["strokes"] == DRAWN["strokes"]
    rest = complete(form, {})
    for name in ("uji_bukti", "uji_foto", "uji_ttd"):
        rest.pop(name, None)
    others = tuple(page for page in form.pages if page.id != PAGE)
    fill(city, staff, draft, replace(form, pages=others), rest)
    check = Page(staff.get(f"{draft}/periksa").text)
    assert check.says("a.png (1 KB)")
    assert check.says("b.pdf (1 KB)")
    assert f'd="{DRAWN["strokes"]}"' in check.source
    assert " style=" not in check.source
    assert len([picture_of(staff, link) for link in check.links]) == 3
    sent = staff.post(f"{draft}/periksa", {})
    assert sent.status_code == 303, problems_in(sent.text)
    case = sent.location.removesuffix("/keputusan")
    told = Page(staff.get(f"{case}/jawaban").text)
    assert told.links == check.links
    assert f'd="{DRAWN["strokes"]}"' in told.source
    assert [picture_of(staff, link) for link in told.links]
    again = staff.post(f"{case}/perbaiki", {}).location.removesuffix("/periksa")
    address = f"{again}/{PAGE}"
    assert names(Page(staff.get(address).text)) == ["a.png", "b.pdf", "f.png"]
    page = send(staff, address, "rows:uji_bukti:upload", uji_bukti=[chosen(png(), "c.png")])
    assert names(page) == ["a.png", "b.pdf", "c.png", "f.png"]
    with city.store.reading() as tx:
        kept = drafts.get(tx, again.rpartition("/")[2]).body["answers"]
    assert kept["uji_ttd"] == held["uji_ttd"], "nobody signed again"


def test_others_open_no_file_of_a_draft(staff: Desk, city: Platform) -> None:
    address = f"{staff.begin()}/{PAGE}"
    page = send(staff, address, "rows:uji_bukti:upload", uji_bukti=[chosen(png(), "a.png")])
    [link] = page.links
    assert Desk.of(city, "agency_officer").get(link).status_code == 403
    assert Desk.of(city).get(link).status_code == 303
    assert staff.get(f"/berkas/{IDS[0]}").status_code == 404


def test_a_report_of_the_public_takes_several_files_too(city: Platform) -> None:
    desk = Desk.of(city)
    page = send(
        desk, "/lapor", "rows:uji_bukti:upload",
        uji_bukti=[chosen(png(), "a.png"), chosen(b"MZ", "b.exe")],
    )  # fmt: skip
    assert names(page) == ["a.png"]
    assert page.says("b.exe: Pilih berkas")
    assert page.links == [], "nobody is known here"
    page = send(desk, "/lapor", "rows:uji_bukti:upload", uji_bukti=[chosen(pdf(), "c.pdf")])
    assert names(page) == ["a.png", "c.pdf"]
    assert page.unlabelled() == []


def test_a_file_whose_question_is_asked_no_longer_is_not_sent(city: Platform, staff: Desk) -> None:
    draft = staff.begin()
    send(staff, f"{draft}/{PAGE}", "save", uji_foto=[chosen(png(), "f.png")])
    draft_id = draft.rpartition("/")[2]
    with city.store.writing() as tx:
        [kept] = files.of_draft(tx, draft_id)
        attachments.remove_unnamed(tx, draft_id, {"uji_foto": kept.id})
        assert files.of_draft(tx, draft_id) == (kept,)
        attachments.remove_unnamed(tx, draft_id, {"lain": ["teks"]})
        assert files.of_draft(tx, draft_id) == ()


def test_what_a_page_may_send_at_once_fits_into_a_request() -> None:
    assert described.AT_ONCE * 1024 * 1024 < assembly.MAX_BODY


def test_a_photo_is_nowhere_in_the_store_in_plain(city: Platform, staff: Desk) -> None:
    address = f"{staff.begin()}/{PAGE}"
    send(staff, address, "save", uji_foto=[chosen(png(), "kenanga-rahasia.png")])
    folder = Path(city.settings.var)
    kept = b"".join(p.read_bytes() for p in folder.glob("*.sqlite3*"))
    assert b"kenanga-rahasia" not in kept
    assert b"IHDR" not in kept
