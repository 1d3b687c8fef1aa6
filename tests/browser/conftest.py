"""The real product in a real browser: `satupintu serve`, Debian's Chromium, axe.

Chromium is ``SATUPINTU_CHROMIUM`` or the first ``chromium`` on the path. Without one these tests
are left out with one line, unless ``SATUPINTU_NEED_CHROMIUM=1`` makes that a failure. With
``SATUPINTU_SCREENSHOTS=FOLDER`` the fixture ``picture`` keeps what it saw there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Response,
    expect,
    sync_playwright,
)

CHROMIUM = os.environ.get("SATUPINTU_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
NEEDED = os.environ.get("SATUPINTU_NEED_CHROMIUM") == "1"
SATUPINTU = (sys.executable, "-c", "from satupintu.cli import main; main()")
HERE = Path(__file__).parent

PATIENCE = 30_000
"""Milliseconds to wait for what is to come, on a machine that is busy with others."""

expect.set_options(timeout=PATIENCE)

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark these tests, and leave them out where there is no browser."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker("browser")
    if not ours or CHROMIUM:
        return
    if NEEDED:
        pytest.exit("SATUPINTU_NEED_CHROMIUM=1, but there is no Chromium: apt install chromium", 1)
    config.hook.pytest_deselected(items=ours)
    items[:] = [item for item in items if item not in ours]
    sys.__stderr__.write(f"{len(ours)} browser tests left out: apt install chromium\n")


@dataclass(frozen=True)
class Served:
    """The product as it runs: its two addresses, and the folder of its data."""

    pages: str
    admin: str
    var: Path


@contextmanager
def serving(var: Path, *, demonstration: bool = True, **settings: str) -> Iterator[Served]:
    """Run ``satupintu serve`` with further settings, and stop it afterwards.

    Without ``demonstration`` it serves the installation that is in ``var`` already.
    """
    flags = ["--demonstration"] if demonstration else []
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SATUPINTU_", "DATABASE_"))}
    process = subprocess.Popen(
        [*SATUPINTU, "serve", *flags, "--port", "0", "--admin-port", "0"],
        env={**kept, "SATUPINTU_VAR": str(var), "SATUPINTU_WORKERS": "1", **settings},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        if "Ctrl+C" in line:
            break
    pages, admin = re.findall(r"http://[0-9.:]+", printed)
    yield Served(pages, admin, var)
    process.terminate()
    process.wait(60)
    process.stdout.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Start the product once; stop it after the last browser test."""
    with serving(tmp_path_factory.mktemp("served")) as product:
        yield product


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of this process."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield opened
        opened.close()


@pytest.fixture
def new_context(browser: Browser, served: Served) -> Iterator[Callable[..., BrowserContext]]:
    """Make a fresh browser profile; any violation of the policy or script error fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(
            **{"base_url": served.pages, "locale": "id-ID", "viewport": DESK, **options}
        )
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda e: wrong.append(str(e.error)))
        context.on(
            "console",
            lambda m: wrong.append(m.text) if "Content Security Policy" in m.text else None,
        )
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def page_js(new_context: Callable[..., BrowserContext]) -> Page:
    """A page with JavaScript on a desk's screen."""
    return new_context().new_page()


@pytest.fixture
def page_nojs(new_context: Callable[..., BrowserContext]) -> Page:
    """A page without JavaScript on a phone."""
    return new_context(java_script_enabled=False, viewport=PHONE).new_page()


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    """A page with JavaScript on a phone of 360 px."""
    return new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Fail with every violation that axe finds (WCAG 2.2 AA and good practice) on a page."""
    script = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")

    def check(page: Page) -> None:
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(script)
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", list(WCAG)
        )
        violations = [
            f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes']]}"
            for v in found["violations"]
        ]
        assert not violations, f"{page.url}\n" + "\n".join(violations)

    return check


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Fail where a page is wider than its screen."""

    def check(page: Page) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"

    return check


@pytest.fixture
def look(
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> Callable[[Page, str], None]:
    """Hold a page against axe and the width of both screens, and keep pictures of it."""

    def see(page: Page, name: str) -> None:
        for size in (PHONE, DESK):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert_accessible(page)
            fits(page)
            picture(page, name)

    return see


@pytest.fixture
def seen(
    assert_accessible: Callable[[Page], None],
    fits: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> Callable[[Page, str, bool], None]:
    """Hold a page against its own screen, and against axe where its scripts run; keep a picture."""

    def see(page: Page, name: str, script: bool) -> None:
        fits(page)
        if script:
            assert_accessible(page)
        picture(page, f"{name}-{'js' if script else 'tanpa-js'}")

    return see


@dataclass(frozen=True)
class Weight:
    """What opening a page cost: bytes as sent, and requests."""

    size: int
    requests: tuple[str, ...]


@pytest.fixture
def weigh(new_context: Callable[..., BrowserContext]) -> Callable[[str], Weight]:
    """Open an address in a browser that knows nothing yet, and weigh it."""

    def open_and_weigh(address: str) -> Weight:
        page = new_context(viewport=PHONE).new_page()
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(address, wait_until="networkidle")
        size = sum(a.request.sizes()["responseBodySize"] for a in answers)
        return Weight(size, tuple(a.url for a in answers))

    return open_and_weigh


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a screenshot where SATUPINTU_SCREENSHOTS names a folder."""
    folder = os.environ.get("SATUPINTU_SCREENSHOTS")

    def keep(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            width = page.viewport_size["width"] if page.viewport_size else 0
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    return keep
