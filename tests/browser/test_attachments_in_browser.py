"""Files and signatures in a real browser: by mouse, finger and keyboard, and without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from browser.at_a_browser import press
from browser.conftest import DESK, PHONE, Served, serving
from forms.attachment_pack import content
from forms.uploaded_files import pdf, photo, png

SIGNED = re.compile(r"^M[0-9 ]+(L[0-9 ]+)+M[0-9 ]+(L[0-9 ]+)+$")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the content with a page of attachments in the report of the public."""
    folder = tmp_path_factory.mktemp("lampiran")
    with serving(folder / "var", SATUPINTU_CONTENT=str(content(folder))) as product:
        yield product


def files(*named: tuple[str, bytes]) -> list[dict[str, object]]:
    return [
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        for name, data in named
    ]


def attach(page: Page, *named: tuple[str, bytes]) -> None:
    page.locator("#q-uji_bukti").set_input_files(files(*named))  # type: ignore[arg-type]
    press(page.get_by_role("button", name=re.compile("Lampirkan")))


def drag(page: Page, pad: Locator, *points: tuple[float, float]) -> None:
    """Draw one stroke with the mouse, by fractions of the field."""
    box = pad.bounding_box()
    assert box is not None
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*at[0])
    page.mouse.down()
    for x, y in at[1:]:
        page.mouse.move(x, y, steps=8)
    page.mouse.up()


def strokes(page: Page) -> str:
    return page.locator("#q-uji_ttd-strokes").input_value()


@pytest.mark.parametrize(
    ("size", "script"), [(PHONE, False), (DESK, True)], ids=["plain", "script"]
)
def test_several_files_are_attached_in_two_rounds_and_one_is_removed(
    new_context: Callable[..., BrowserContext],
    seen: Callable[[Page, str, bool], None],
    size: dict[str, int],
    script: bool,
) -> None:
    page = new_context(java_script_enabled=script, viewport=size).new_page()
    page.goto("/lapor")
    attach(page, ("IMG_2026.jpg", photo(400, 300)), ("surat keterangan.pdf", pdf()))
    listed = page.locator("#q-uji_bukti-now li")
    expect(listed).to_have_count(2)
    attach(page, ("nama berkas yang sangat panjang sekali " * 3 + ".png", png()))
    expect(listed).to_have_count(3)
    expect(page.locator("#q-uji_bukti")).to_be_disabled()
    seen(page, "berkas-tiga", script)
    press(page.get_by_role("button", name="Hapus surat keterangan.pdf"))
    expect(listed).to_have_count(2)
    attach(page, ("program.jpg", b"MZ" + bytes(90)))
    expect(page.locator(".problems")).to_contain_text("program.jpg: Pilih berkas")
    expect(listed).to_have_count(2)
    seen(page, "berkas-ditolak", script)


def test_a_signature_is_drawn_with_the_mouse_undone_cleared_and_kept(
    page_js: Page,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    page = page_js
    page.goto("/lapor")
    pad = page.locator(".sign__pad")
    expect(pad).to_be_visible()
    pad.scroll_into_view_if_needed()
    drag(page, pad, (0.1, 0.5), (0.3, 0.2), (0.4, 0.8), (0.6, 0.3))
    assert strokes(page).startswith("M60 100L")
    drag(page, pad, (0.7, 0.7), (0.9, 0.7))
    assert SIGNED.match(strokes(page))
    page.get_by_role("button", name="Batalkan goresan terakhir").click()
    assert strokes(page).count("M") == 1
    page.get_by_role("button", name="Hapus gambar").click()
    assert strokes(page) == ""
    assert page.url.endswith("/lapor")
    pad.scroll_into_view_if_needed()
    drag(page, pad, (0.1, 0.5), (0.3, 0.2), (0.4, 0.8), (0.6, 0.3))
    drag(page, pad, (0.9, 0.9), (1.4, 1.6))
    drawn = strokes(page)
    assert SIGNED.match(drawn)
    assert drawn.endswith("L600 200"), "what leaves the field ends at its edge"
    assert_accessible(page)
    picture(page, "tanda-tangan-digambar")
    press(page.get_by_role("button", name=re.compile("Lampirkan")))
    assert strokes(page) == drawn
    assert page.locator(".sign__pad path").get_attribute("d") == drawn


def test_a_finger_draws_and_the_page_does_not_scroll_under_it(phone: Page) -> None:
    phone.goto("/lapor")
    pad = phone.locator(".sign__pad")
    pad.scroll_into_view_if_needed()
    assert pad.evaluate("e => getComputedStyle(e).touchAction") == "none"
    box = pad.bounding_box()
    assert box is not None
    assert box["height"] >= 90, "there is room for a finger"
    touch, scrolled = phone.context.new_cdp_session(phone), phone.evaluate("scrollY")
    for kind, x, y in (("Start", 0.2, 0.1), ("Move", 0.3, 0.6), ("Move", 0.8, 0.9), ("End", 0, 0)):
        at = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
        points = [] if kind == "End" else [at]
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    assert re.fullmatch(r"M12\d 2\dL\d+ \d+L4[78]\d 1[78]\d", strokes(phone)), strokes(phone)
    assert phone.evaluate("scrollY") == scrolled


def test_a_signature_is_typed_by_keyboard_alone(
    page_js: Page, picture: Callable[[Page, str], None]
) -> None:
    page = page_js
    page.goto("/lapor")
    page.locator("#q-uji_ttd").focus()
    page.keyboard.type("Kenanga Contoh")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q-uji_ttd-mine"
    page.keyboard.press("Space")
    expect(page.locator("#q-uji_ttd-mine")).to_be_checked()
    picture(page, "tanda-tangan-diketik")
    press(page.get_by_role("button", name=re.compile("Lampirkan")))
    expect(page.locator("#q-uji_ttd")).to_have_value("Kenanga Contoh")
    expect(page.locator("#q-uji_ttd-mine")).to_be_checked()


def test_without_javascript_only_the_name_is_asked_and_half_a_signature_is_told(
    page_nojs: Page, fits: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    page_nojs.goto("/lapor")
    expect(page_nojs.locator(".sign__pad")).to_be_hidden()
    page_nojs.locator("#q-uji_ttd").fill("Kenanga Contoh")
    press(page_nojs.get_by_role("button", name="Lanjut", exact=True))
    expect(page_nojs.locator(".problems")).to_contain_text("Beri tanda centang")
    expect(page_nojs.locator("#q-uji_ttd")).to_have_value("Kenanga Contoh")
    fits(page_nojs)
    picture(page_nojs, "tanda-tangan-tanpa-js")


def test_a_page_of_attachments_is_light(weigh: Callable[[str], object]) -> None:
    weight = weigh("/lapor")
    assert weight.size <= 40 * 1024  # type: ignore[attr-defined]
    assert len(weight.requests) <= 3  # type: ignore[attr-defined]
