"""Places from the device, lists that hang on lists, lists inside whole answers, defaults: in a real
browser, with and without script.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.at_a_browser import press
from browser.conftest import DESK, PHONE, Served, serving
from forms.attachment_pack import content
from satupintu.documents import Json
from satupintu.forms import questions

HERE = {"latitude": -3.43271234, "longitude": 104.23561234}
BOTH = pytest.mark.parametrize(
    ("size", "script"), [(PHONE, False), (PHONE, True), (DESK, True)],
    ids=["plain", "script-360", "script-1280"],
)  # fmt: skip


def specimen(name: str, x_id: str) -> dict[str, Json]:
    """Return the question of the catalogue's page of a type, under an id of its own."""
    path = Path(str(questions.__path__[0])) / f"{name}.json"
    schema = json.dumps(json.loads(path.read_text("utf-8"))["schema"])
    found: dict[str, Json] = json.loads(schema.replace('"x-id": "q', f'"x-id": "{x_id}'))
    return found


def asks(x_id: str, title: str, **keywords: Json) -> dict[str, Json]:
    english = {"en": {"title": title}}
    about = {"title": title, "x-id": x_id, "x-sensitivity": "umum", "x-i18n": english}
    return {**about, **keywords}


def named(consts: list[str]) -> list[Json]:
    return [{"const": c, "title": c, "x-i18n": {"en": {"title": c}}} for c in consts]


def far() -> dict[str, Json]:
    """Return two lists of which the second is too long to be shown at once."""
    north, south = ([f"{side} {n}" for n in range(120)] for side in ("Utara", "Selatan"))
    only = [
        {"if": {"properties": {"arah": {"const": arah}}, "required": ["arah"]},
         "then": {"properties": {"desa": {"enum": listed}}}}
        for arah, listed in (("utara", north), ("selatan", south))
    ]  # fmt: skip
    select = {"x-ui": {"widget": "select"}}
    return asks(
        "uji-jauh", "Desa jauh", type="object", unevaluatedProperties=False, allOf=only,
        properties={
            "arah": asks("uji-arah", "Arah", type="string", oneOf=named(["utara", "selatan"]),
                         **select),
            "desa": asks("uji-desa", "Desa", type="string", oneOf=named(north + south), **select),
        },
    )  # fmt: skip


def inside() -> dict[str, Json]:
    """Return an answer asked as a whole: rows, each with a long list."""
    area = {"title": "Wilayah", "enum": [f"Wilayah {n}" for n in range(60)]}
    item = {"type": "object", "properties": {"wilayah": area}}
    return asks("uji-utuh", "Tempat yang didatangi", type="array", items=item,
                **{"x-ui": {"widget": "structure"}})  # fmt: skip


PAGE = {
    "uji_peta": specimen("place_on_map", "uji-peta"),
    "uji_alamat": specimen("address", "uji-alamat"),
    "uji_jauh": far(),
    "uji_utuh": inside(),
    "uji_kota": asks("uji-kota", "Kota", type="string", default="Kota Uji",
                     examples=["Kota Lain"]),
    "uji_sumber": asks("uji-sumber", "Sumber", type="string", readOnly=True, const="daring"),
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the content with a page of lists and places in the report of the public."""
    folder = tmp_path_factory.mktemp("daftar")
    made = content(folder, PAGE, "Tempat")
    with serving(folder / "var", SATUPINTU_CONTENT=str(made)) as product:
        yield product


def offered(page: Page, control: str) -> list[str]:
    found: list[str] = page.locator(f"[id='{control}'] option").evaluate_all(
        "all => all.map(o => o.value).filter(v => v)"
    )
    return found


def test_the_device_says_where_it_is_when_it_is_asked(
    new_context: Callable[..., BrowserContext],
    look: Callable[[Page, str], None],
) -> None:
    context = new_context(viewport=PHONE, geolocation=HERE, permissions=["geolocation"])
    page = context.new_page()
    page.goto("/lapor")
    control = page.locator("#q-uji_peta")
    assert control.input_value() == ""
    page.get_by_role("button", name="Pakai lokasi saya sekarang").click()
    expect(control).to_have_value("-3.432712, 104.235612")
    expect(control).to_be_focused()
    expect(page.locator("#q-uji_peta-located")).to_have_text("")
    look(page, "tempat-dari-gawai")
    page.locator("#q-uji_alamat\\.kecamatan").select_option("hulu")
    page.locator("#q-uji_alamat\\.kelurahan").select_option("bukit")
    press(page.get_by_role("button", name="Lanjut", exact=True))
    press(page.get_by_role("button", name="Kembali", exact=True))
    expect(page.locator("#q-uji_peta")).to_have_value("-3.432712, 104.235612")


def test_a_device_that_may_not_say_leads_to_pasting_in_plain_words(
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    context = new_context(viewport=PHONE)
    page = context.new_page()
    page.goto("/lapor")
    refusing = context.new_cdp_session(page)
    refusing.send("Browser.setPermission",
                  {"permission": {"name": "geolocation"}, "setting": "denied"})  # fmt: skip
    page.get_by_role("button", name="Pakai lokasi saya sekarang").click()
    told = page.locator("#q-uji_peta-located")
    expect(told).to_have_text("Lokasi tidak ditemukan. Tempel koordinat atau tautan peta.")
    expect(told).to_have_attribute("role", "status")
    assert page.locator("#q-uji_peta").input_value() == ""
    assert_accessible(page)
    picture(page, "tempat-ditolak-gawai")


def test_without_script_no_button_promises_the_place(page_nojs: Page) -> None:
    page_nojs.goto("/lapor")
    expect(page_nojs.locator("#q-uji_peta")).to_be_visible()
    expect(page_nojs.locator("[data-locate]")).to_have_count(1)
    expect(page_nojs.locator("[data-locate]")).to_be_hidden()


def test_a_list_follows_the_list_before_it_at_once(phone: Page) -> None:
    page = phone
    page.goto("/lapor")
    first, second = "q-uji_alamat.kecamatan", "q-uji_alamat.kelurahan"
    assert len(offered(page, second)) == 4
    page.locator(f"[id='{first}']").select_option("hulu")
    expect(page.locator(f"[id='{second}'] option")).to_have_count(3)
    assert offered(page, second) == ["bukit", "mata_air"]
    page.locator(f"[id='{second}']").select_option("bukit")
    page.locator(f"[id='{first}']").select_option("hilir")
    expect(page.locator(f"[id='{second}'] option[value=muara]")).to_have_count(1)
    assert {"muara", "pasar"} <= set(offered(page, second))
    page.locator("[id='q-uji_jauh.arah']").select_option("selatan")
    expect(page.locator("[id='q-uji_jauh.desa'] option")).to_have_count(121)
    assert offered(page, "q-uji_jauh.desa")[0] == "Selatan 0"


def test_without_script_a_list_follows_after_a_button_and_a_wrong_pair_is_told(
    page_nojs: Page, fits: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    page = page_nojs
    page.goto("/lapor")
    assert offered(page, "q-uji_jauh.desa") == []
    page.locator("[id='q-uji_jauh.arah']").select_option("utara")
    page.locator("[id='q-uji_alamat.kecamatan']").select_option("hulu")
    page.locator("[id='q-uji_alamat.kelurahan']").select_option("muara")
    press(page.get_by_role("button", name="Tampilkan daftar"))
    assert offered(page, "q-uji_jauh.desa")[-1] == "Utara 119"
    fits(page)
    press(page.get_by_role("button", name="Lanjut", exact=True))
    link = page.locator(".problems a").first
    assert link.get_attribute("href") == "#q-uji_alamat.kelurahan"
    assert set(offered(page, "q-uji_alamat.kelurahan")) == {"bukit", "mata_air", "muara"}
    picture(page, "alamat-tidak-cocok")
    page.locator("[id='q-uji_alamat.kelurahan']").select_option("bukit")
    press(page.get_by_role("button", name="Lanjut", exact=True))
    expect(page.locator("#q-uji_peta")).to_have_count(0)


@BOTH
def test_inside_a_whole_answer_a_long_list_is_searched(
    new_context: Callable[..., BrowserContext],
    seen: Callable[[Page, str, bool], None],
    size: dict[str, int],
    script: bool,
) -> None:
    page = new_context(java_script_enabled=script, viewport=size).new_page()
    page.goto("/lapor")
    press(page.get_by_role("button", name="Tambah").last)
    control = page.locator("[id='q-uji_utuh.0.wilayah']")
    expect(control).to_have_attribute("list", "q-uji_utuh.0.wilayah-list")
    expect(page.locator("[id='q-uji_utuh.0.wilayah-list'] option")).to_have_count(60)
    control.fill("wilayah 599")
    press(page.get_by_role("button", name="Lanjut", exact=True))
    expect(page.locator(".problems")).to_contain_text("“wilayah 599” belum ada di daftar")
    expect(control).to_have_value("wilayah 599")
    seen(page, "daftar-di-dalam", script)
    control.fill("wilayah 59")
    page.locator("[id='q-uji_alamat.kecamatan']").select_option("hulu")
    if script:
        expect(page.locator("[id='q-uji_alamat.kelurahan'] option")).to_have_count(3)
    page.locator("[id='q-uji_alamat.kelurahan']").select_option("bukit")
    press(page.get_by_role("button", name="Lanjut", exact=True))
    expect(page.locator(".problems")).to_have_count(0)
    expect(page.locator("#q-uji_peta")).to_have_count(0)


@pytest.mark.parametrize("let_go_on_it", [True, False], ids=["pressed", "left"])
def test_a_button_stays_under_the_pointer_until_it_is_let_go_of(
    new_context: Callable[..., BrowserContext], let_go_on_it: bool
) -> None:
    page = new_context(viewport=DESK).new_page()
    page.goto("/lapor")
    press(page.get_by_role("button", name="Tambah").last)
    page.locator("[id='q-uji_utuh.0.wilayah']").fill("wilayah 599")
    button = page.get_by_role("button", name="Lanjut", exact=True)
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 20, place["y"] + 20)
    questions = page.locator("#pertanyaan")
    before = questions.bounding_box()
    with page.expect_response(lambda r: "hx-request" in r.request.headers):
        page.mouse.down()  # leaves the control, which asks for a redraw
    page.wait_for_timeout(300)
    assert questions.bounding_box() == before
    if let_go_on_it:
        with page.expect_navigation():
            page.mouse.up()
        expect(page.locator(".problems")).to_contain_text("“wilayah 599” belum ada di daftar")
        return
    page.mouse.move(5, 5)
    page.mouse.up()
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert questions.bounding_box() != before, "the redraw that waited came after all"


def test_a_press_whose_end_never_came_holds_no_later_redraw_back(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport=DESK).new_page()
    page.goto("/lapor")
    pressed = "document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))"
    page.evaluate(pressed)
    first = page.locator("[id='q-uji_alamat.kecamatan']")
    with page.expect_response(lambda r: "hx-request" in r.request.headers):
        first.select_option("hulu")
    page.mouse.click(5, 5)
    expect(page.locator("[id='q-uji_alamat.kelurahan'] option")).to_have_count(3)


@BOTH
def test_a_report_begins_with_its_defaults_and_keeps_what_was_cleared(
    new_context: Callable[..., BrowserContext],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    size: dict[str, int],
    script: bool,
) -> None:
    page = new_context(java_script_enabled=script, viewport=size).new_page()
    page.goto("/lapor")
    city = page.locator("#q-uji_kota")
    expect(city).to_have_value("Kota Uji")
    expect(page.locator("#q-uji_kota-help")).to_have_text("Contoh: Kota Lain.")
    expect(page.locator("#q-uji_sumber")).to_have_text("daring")
    expect(page.locator("[name=uji_sumber]")).to_have_count(0)
    city.fill("")
    press(page.get_by_role("button", name="Lanjut", exact=True))
    expect(city).to_have_count(0)
    press(page.get_by_role("button", name="Kembali", exact=True))
    expect(city).to_have_value("")
    expect(page.locator("#q-uji_sumber")).to_have_text("daring")
    fits(page)
    picture(page, f"bawaan-{size['width']}-{'js' if script else 'tanpa-js'}")
