"""Older answers under a newer form, in a real browser: counted before publication, read on a case.

An installation of its own, as the form of the others stays what it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.at_a_browser import log_in, press
from browser.conftest import Served, serving
from packs.installation import installation
from staff.desk_cases import answers_for, example, people, send
from staff.newer_form import GONE, OLD, WHY, publish, without_address

SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The product with one case told under the shipped form, and a newer form in force since."""
    var = tmp_path_factory.mktemp("newer")
    platform = installation(var)
    answers = {**answers_for(platform, example(platform, "G04")), GONE: "Jalan Peragaan 7"}
    send(platform, {**answers, OLD: "Catatan Peragaan"}, people(platform, "staff")[0])
    publish(platform, tmp_path_factory.mktemp("form"), without_address)
    platform.close()
    with serving(var, demonstration=False) as product:
        yield product


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_a_case_is_read_as_it_was_asked_and_under_todays_form(
    new_context: Callable[..., BrowserContext], look: Callable[[Page, str], None], script: bool
) -> None:
    page = new_context(viewport=SCREENS["phone"], java_script_enabled=script).new_page()
    see = look if script else (lambda _page, _name: None)
    log_in(page, "petugas")
    page.goto("/kasus")
    press(page.locator("tbody th a").first)
    press(page.locator(".tabs a").nth(1))
    see(page, "jawaban-dulu")
    press(page.get_by_role("link", name="Menurut formulir sekarang"))
    expect(page.locator("main")).to_contain_text(WHY["id"])
    expect(page.locator("main")).not_to_contain_text("Jalan Peragaan 7")
    see(page, "jawaban-kini")
    press(page.get_by_role("link", name="Alamat korban").first)
    expect(page.locator("main del")).to_have_text("Jalan Peragaan 7")
    see(page, "jawaban-kini-terbuka")
    press(page.get_by_role("link", name="Seperti ditanyakan dulu"))
    press(page.get_by_role("button", name="Perbaiki"))
    expect(page.locator("main")).to_contain_text("1 jawaban lama tidak ikut terbawa")
    see(page, "perbaikan-kini")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_the_stored_answers_are_counted_for_a_draft_and_for_a_version(
    new_context: Callable[..., BrowserContext],
    served: Served,
    look: Callable[[Page, str], None],
    script: bool,
) -> None:
    options = {"viewport": SCREENS["desk"], "java_script_enabled": script}
    page = new_context(base_url=served.admin, **options).new_page()
    see = look if script else (lambda _page, _name: None)
    log_in(page, "administrator")
    document = _form_in_force(served)
    document["x-form"]["migrations"][0]["steps"] = []
    page.goto("/draf/baru")
    text = json.dumps(document, ensure_ascii=False).encode()
    file = {"name": "form.json", "mimeType": "application/json", "buffer": text}
    page.locator("input[type=file]").set_input_files(file)
    press(page.get_by_role("button", name="Simpan sebagai draf"))
    press(page.get_by_role("link", name="Nasib jawaban tersimpan"))
    expect(page.locator("main")).to_contain_text("1 dari 1 cocok")
    expect(page.locator("main")).to_contain_text("tidak ada langkah yang mengatakan nasibnya")
    expect(page.locator("main")).not_to_contain_text("Peragaan 7")
    see(page, "jawaban-tersimpan")
    press(page.locator(".crumb a"))
    press(page.get_by_role("button", name="Simpan dan periksa"))
    press(page.get_by_role("link", name="Jawaban tersimpan menurut versi ini"))
    expect(page.locator("main")).to_contain_text("1 dari 1 cocok")


def _form_in_force(served: Served) -> dict:
    from satupintu import clock
    from satupintu.actions.platform import Platform
    from satupintu.config import Settings

    platform = Platform.open(Settings.read({"SATUPINTU_VAR": str(served.var)}))
    form = platform.content.live(clock.now()).form_for("assessment")
    platform.close()
    return dict(json.loads(json.dumps(form.schema)))
