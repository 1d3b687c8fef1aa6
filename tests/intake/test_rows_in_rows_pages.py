"""Lists inside rows through the product's pages: filled in, kept quietly, read back."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from forms.nested_pack import LIST, PAGE, content
from intake.desk import Desk, hidden, one_of
from intake.test_public_report import PNG
from intake.test_quiet_saves import QUIET, body
from intake.test_row_pages import Page
from satupintu.actions import cases
from satupintu.actions.platform import Platform
from staff.desk_cases import answers_for, example, send

Made = Callable[..., Platform]
SCHOOLS = f"{LIST}.0.sekolah"


@pytest.fixture
def made(new_platform: Callable[[Path | None], Platform], tmp_path: Path) -> Made:
    return lambda outer, inner: new_platform(content(tmp_path, outer, inner))


class Browser:
    """One person at one form, posting what stands on the page."""

    def __init__(self, platform: Platform, desk: Desk, address: str) -> None:
        self.platform = platform
        self.desk = desk
        self.address = address

    def page(self) -> Page:
        return Page(self.desk.get(self.address).text)

    def press(self, act: str, *, quiet: bool = False, **fields: Any) -> int:
        """Press a button, fields below the list filled in, and follow where it leads."""
        shown = self.page()
        own = (LIST, "~row", "seen", ":view", ":drawn", "langkah")
        posts = {n: t for n, t in shown.posts().items() if n.startswith(own)}
        posts |= {f"{LIST}.{name}": value for name, value in fields.items()}
        to = self.address.partition("?")[0].partition("#")[0]
        if quiet:
            return self.desk.post(f"{to}/simpan", posts, **QUIET).status_code
        answer = self.desk.post(to, {**posts, "act": act})
        if answer.status_code == 303:
            self.address = answer.location
        return answer.status_code


def begun(platform: Platform) -> tuple[Browser, str]:
    desk = Desk.of(platform, "staff")
    draft = desk.begin()
    return Browser(platform, desk, f"{draft}/{PAGE}"), draft


def child(**more: Any) -> dict[str, Any]:
    return {"0.nama": "Ani", "0.usia": "9", **more}


def test_rows_in_rows_are_added_kept_moved_and_left_where_their_button_stands(made: Made) -> None:
    at, draft = begun(made("rows", "rows"))
    assert at.press(f"rows:{LIST}:add") == 303
    assert at.press("redraw", **child()) == 303
    assert at.press(f"rows:{SCHOOLS}:add") == 303
    assert at.address.endswith(f"{PAGE}#q-{SCHOOLS}")
    assert at.page().by_id[f"q-{SCHOOLS}"]
    at.press(f"rows:{SCHOOLS}:add", **{"0.sekolah.0.nama": "Satu"})
    at.press(f"rows:{SCHOOLS}:up:1", **{"0.sekolah.1.nama": "Dua", "0.sekolah.1.kelas": "x"})
    kept = body(at.platform, draft)
    assert [s.get("nama") for s in kept["answers"][LIST][0]["sekolah"]] == ["Dua", "Satu"]
    assert kept["typed"] == {f"{SCHOOLS}.0.kelas": "x"}
    assert 'value="x"' in at.page().source


def test_a_row_in_a_row_has_its_own_page_and_leads_back_row_by_row(made: Made) -> None:
    at, draft = begun(made("rows-by-page", "rows-by-page"))
    list_page = at.address
    at.press(f"rows:{LIST}:add")
    assert at.address == f"{list_page}?baris={LIST}.0"
    at.press("redraw", **child())
    at.press(f"rows:{SCHOOLS}:add", **child())
    assert at.address == f"{list_page}?baris={SCHOOLS}.0"
    assert at.page().says("Anak di rumah, nomor 1: Sekolah, nomor 1")
    assert at.press("done", **{"0.sekolah.0.kelas": "3"}) == 422
    assert at.press("done", **{"0.sekolah.0.nama": "Satu", "0.sekolah.0.kelas": "3"}) == 303
    assert at.address == f"{list_page}?baris={LIST}.0#q-{SCHOOLS}.0"
    assert at.page().says("Satu, 3")
    at.press(f"rows:{SCHOOLS}:edit:0")
    at.press(f"rows:{SCHOOLS}:list", **{"0.sekolah.0.nama": "Dua"})
    assert at.address == f"{list_page}?baris={LIST}.0#q-{SCHOOLS}.0"
    at.press("done")
    assert at.address == f"{list_page}#q-{LIST}.0"
    assert body(at.platform, draft)["answers"][LIST] == [
        {"nama": "Ani", "usia": 9, "sekolah": [{"nama": "Dua", "kelas": 3}]}
    ]


def test_a_row_whose_own_list_grows_stays_open_and_tells_nothing_yet(made: Made) -> None:
    at, _ = begun(made("rows-by-page", "rows"))
    at.press(f"rows:{LIST}:add")
    at.press("redraw", **child())
    assert at.press(f"rows:{SCHOOLS}:add", **child()) == 303
    assert at.address.endswith(f"?baris={LIST}.0#q-{SCHOOLS}")
    page = at.page()
    assert f"{SCHOOLS}.0.nama" in {c.name for c in page.asked()}
    assert not page.says("Jawab: Nama sekolah")
    assert page.unlabelled() == []


@pytest.mark.parametrize(("outer", "inner"), [("rows", "rows"), ("rows-by-page", "rows-by-page")])
def test_a_quiet_save_keeps_an_inner_row_and_says_nothing_for_it(made: Made, outer, inner) -> None:
    at, draft = begun(made(outer, inner))
    at.press(f"rows:{LIST}:add")
    at.press("redraw", **child())
    at.press(f"rows:{SCHOOLS}:add", **child())
    at.press(f"rows:{SCHOOLS}:add" if inner == "rows" else "redraw")
    assert at.press("", quiet=True, **{"0.sekolah.0.nama": "set", "0.sekolah.0.kelas": "t"}) == 200
    kept = body(at.platform, draft)
    assert kept["answers"][LIST][0]["sekolah"][0] == {"nama": "set"}
    assert kept["answers"][LIST][0]["nama"] == "Ani"
    assert kept["typed"] == {f"{SCHOOLS}.0.kelas": "t"}
    assert at.press("", quiet=True, **{"0.sekolah.0.nama": "setengah"}) == 200
    assert 'value="setengah"' in at.page().source


def test_a_reporter_fills_in_an_inner_row_at_the_one_address(made: Made) -> None:
    platform = made("rows-by-page", "rows-by-page")
    at = Browser(platform, Desk.of(platform), "/lapor")
    at.press(f"rows:{LIST}:add")
    at.press("redraw", **child())
    at.press(f"rows:{SCHOOLS}:add", **child())
    assert at.page().says("Anak di rumah, nomor 1: Sekolah, nomor 1")
    assert not at.page().says("Jawab: Nama sekolah"), "it was only just added"
    at.press("done", **{"0.sekolah.0.kelas": "3"})
    assert at.page().says("Jawab: Nama sekolah")
    at.press("done", **{"0.sekolah.0.nama": "Satu"})
    assert at.page().says("Satu, 3")
    at.press("done")
    assert at.page().says("Ani, 9")
    at.press("next")
    assert hidden(at.page().source, "langkah") != PAGE


def test_a_file_of_an_inner_row_is_kept_and_read_back_before_sending(made: Made) -> None:
    platform = made("rows", "rows")
    at, draft = begun(platform)
    at.press(f"rows:{LIST}:add")
    at.press("redraw", **child())
    at.press(f"rows:{SCHOOLS}:add", **child())
    letter = (io.BytesIO(PNG), "surat.png", "image/png")
    at.press("save", **{"0.sekolah.0.nama": "Satu", "0.sekolah.0.surat": letter})
    kept = body(platform, draft)["answers"][LIST]
    assert set(kept[0]["sekolah"][0]) == {"nama", "surat"}
    check = at.desk.get(f"{draft}/periksa").text
    assert "Anak di rumah, nomor 1: Sekolah, nomor 1: Nama sekolah" in check
    assert "surat.png" in check
    at.address = f"{draft}/{PAGE}"
    at.press(f"rows:{SCHOOLS}.0.surat:remove:{kept[0]['sekolah'][0]['surat']}")
    assert set(body(platform, draft)["answers"][LIST][0]["sekolah"][0]) == {"nama"}


def test_what_is_sent_stands_at_the_case_and_on_its_paper(made: Made) -> None:
    platform = made("rows", "rows")
    family = [
        {"nama": "Ani", "usia": 9, "sekolah": [{"nama": "Satu"}, {"nama": "Dua", "kelas": 3}]}
    ]
    case_id = send(platform, {**answers_for(platform, example(platform)), LIST: family}).case_id
    desk = Desk.of(platform, "staff")
    page = desk.get(f"/kasus/{case_id}/jawaban").text
    assert "Anak di rumah, nomor 1: Sekolah, nomor 2: Nama sekolah" in page
    file = cases.read(platform, one_of(platform, "staff"), case_id)
    assert file.main is not None
    assert file.main.submission.answers[LIST] == family
    paper = desk.get(f"/kasus/{case_id}/cetak/{file.main.submission.id}.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
    assert "Satu" in text
    assert "Sekolah" in text
