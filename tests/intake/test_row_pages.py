"""A row of a repeated group on a page of its own: opened, kept, left, told what it lacks."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from intake.desk import Desk, hidden
from packs.installation import KECIL
from satupintu import words
from satupintu.actions.platform import Platform
from satupintu.forms.without_script import DrawnPage

LIST = "kawanan"


@pytest.fixture
def platform(new_platform: Callable[[Path | None], Platform], tmp_path: Path) -> Platform:
    """Return an installation whose two forms ask for rows that have pages of their own."""
    pack = tmp_path / "pack"
    shutil.copytree(KECIL, pack)
    forms = pack / "schemas" / "forms"
    staff = json.loads((forms / "rawat-satwa.json").read_text(encoding="utf-8"))
    rows = staff["properties"][LIST]
    rows["x-ui"]["widget"] = "rows-by-page"
    public = json.loads((forms / "titip-kabar.json").read_text(encoding="utf-8"))
    inside = {k: {**v, "x-id": f"kab-{v['x-id']}"} for k, v in rows["items"]["properties"].items()}
    public["properties"][LIST] = {
        **rows, "x-id": "kab-rows", "items": {**rows["items"], "properties": inside}
    }  # fmt: skip
    public["x-pages"].insert(0, {**public["x-pages"][0], "id": "satwa-lain", "questions": [LIST]})
    for name, document in (("rawat-satwa", staff), ("titip-kabar", public)):
        (forms / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    return new_platform(pack)


class Page(DrawnPage):
    """A whole page, its pictures included."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "main":
            self.main = self.open[-1]

    @property
    def links(self) -> list[str]:
        return [unescape(one) for one in re.findall('href="([^"]*)"', self.source)]

    def says(self, sentence: str) -> bool:
        return sentence in " ".join(self.main.text.split())


def press(desk: Desk, address: str, act: str, **fields: object) -> TestResponse:
    """Post what stands on the page at an address, some fields filled in, by one button."""
    shown = Page(desk.get(address).text)
    own = [c for c in shown.controls if c.name.startswith((LIST, "~row", "seen", "langkah"))]
    names = {c.name for c in own}
    posts: dict[str, object] = {n: t for n, t in shown.posts().items() if n in names}
    return desk.post(address.partition("?")[0], {**posts, **fields, "act": act})


def test_staff_open_a_row_keep_it_and_come_back_to_the_list(platform: Platform) -> None:
    desk = Desk.of(platform, "staff")
    page = f"{desk.begin()}/kandang"
    note = {"uraian_mantri": "tenang"}
    added = press(desk, page, f"rows:{LIST}:add", **note)
    assert added.location == f"{page}?baris={LIST}.0"
    own = Page(desk.get(added.location).text)
    assert own.says("Satwa lain di kandang yang sama, nomor 1")
    inside = {f"{LIST}.0.{key}" for key in ("bangsa", "umur_pekan", "ikut_lemas")}
    assert inside <= {c.name for c in own.asked()}
    assert "uraian_mantri" not in {c.name for c in own.asked()}
    lacking = press(desk, added.location, "done", **{f"{LIST}.0.umur_pekan": "12"})
    assert lacking.status_code == 422
    assert Page(lacking.text).says("Jawab: Satwa apa?")
    filled = {f"{LIST}.0.bangsa": "meong", f"{LIST}.0.ikut_lemas": "true"}
    done = press(desk, added.location, "done", **filled)
    assert done.location == f"{page}#q-{LIST}.0"
    listed = Page(desk.get(page).text)
    assert listed.says("Kucing, 12, Ya")
    assert listed.says("tenang")
    assert f"rows:{LIST}:edit:0" in listed.acts


def test_what_could_not_be_read_in_a_row_stays_while_the_list_is_used(platform: Platform) -> None:
    desk = Desk.of(platform, "staff")
    page = f"{desk.begin()}/kandang"
    first = press(desk, page, f"rows:{LIST}:add").location
    assert press(desk, first, "done", **{f"{LIST}.0.umur_pekan": "banyak"}).status_code == 422
    assert press(desk, first, f"rows:{LIST}:list").location == f"{page}#q-{LIST}.0"
    second = press(desk, page, f"rows:{LIST}:add").location
    assert second == f"{page}?baris={LIST}.1"
    press(desk, second, "done", **{f"{LIST}.1.bangsa": "guguk", f"{LIST}.1.ikut_lemas": "false"})
    assert 'value="banyak"' in desk.get(first).text
    listed = desk.get(page).text
    assert words.say("questions.not_a_number", "id") in listed
    moved = press(desk, page, f"rows:{LIST}:up:1")
    assert moved.location == f"{page}#q-{LIST}"
    html = desk.get(page).text
    assert html.index("Anjing") < html.index(f"rows:{LIST}:edit:1")
    press(desk, page, f"rows:{LIST}:remove:0")
    assert "Anjing" not in desk.get(page).text


def test_a_problem_at_the_check_page_leads_to_the_rows_own_page(platform: Platform) -> None:
    desk = Desk.of(platform, "staff")
    draft = desk.begin()
    press(desk, f"{draft}/kandang", f"rows:{LIST}:add")
    links = Page(desk.get(f"{draft}/periksa").text).links
    wanted = [one for one in links if f"q-{LIST}.0.bangsa" in one]
    assert len(wanted) == 1
    address, _, anchor = wanted[0].partition("#")
    assert f"baris={LIST}.0" in address
    assert f'id="{anchor}"' in desk.get(address).text


def test_a_reporter_does_the_same_at_the_one_address(platform: Platform) -> None:
    desk = Desk.of(platform)
    for act in (f"rows:{LIST}:add", f"rows:{LIST}:list", f"rows:{LIST}:edit:0"):
        assert press(desk, "/lapor", act).location == f"/lapor#q-{LIST}"
    own = Page(desk.get("/lapor").text)
    assert own.says("nomor 1")
    assert own.unlabelled() == []
    press(desk, "/lapor", "done", **{f"{LIST}.0.umur_pekan": "3"})
    assert Page(desk.get("/lapor").text).says("Jawab: Satwa apa?")
    press(desk, "/lapor", "done", **{f"{LIST}.0.bangsa": "unggas", f"{LIST}.0.ikut_lemas": "true"})
    listed = Page(desk.get("/lapor").text)
    assert listed.says("Burung atau ayam, 3, Ya")
    press(desk, "/lapor", "next")
    assert hidden(desk.get("/lapor").text, "langkah") != "satwa-lain"


def test_a_row_that_is_not_there_is_the_list(platform: Platform) -> None:
    desk = Desk.of(platform, "staff")
    page = f"{desk.begin()}/kandang"
    for control in (f"{LIST}.7", "x.0", f"{LIST}.-1", "%00"):
        answer = desk.get(f"{page}?baris={control}")
        assert answer.status_code == 200
        assert f"rows:{LIST}:add" in answer.text


@pytest.mark.parametrize("odd", ["x\r\nSet-Cookie: a=b", "é\u2028#<", ""])
def test_a_button_or_a_row_of_any_name_leads_back_to_the_page(platform: Platform, odd: str) -> None:
    reporter, staff = Desk.of(platform), Desk.of(platform, "staff")
    page = f"{staff.begin()}/kandang"
    for desk, address in ((reporter, "/lapor"), (staff, page)):
        for act, row in ((f"rows:{odd}:clear", ""), ("redraw", odd)):
            answer = press(desk, address, act, **({"~row": row} if row else {}))
            assert answer.status_code == 303
            assert answer.location.startswith(address)
            assert not {"\r", "\n"} & {*answer.location}
