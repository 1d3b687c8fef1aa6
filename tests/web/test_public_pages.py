from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Blueprint
from flask.testing import FlaskClient

from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.errors import Problem, Unavailable
from satupintu.web import headers, static_files
from satupintu.web.assembly import build
from satupintu.web.section import Section

PAGES = ("/", "/datang", "/privasi", "/aksesibilitas", "/hapus-jejak")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_public_page_opens_in_both_languages(
    client: FlaskClient, page: str, language: str
) -> None:
    answer = client.get(page, query_string={"lang": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert 'href="/keluar" data-exit' in answer.text


def test_the_front_door_shows_the_emergency_lines_of_the_service_document(
    client: FlaskClient, installed: Platform
) -> None:
    page = client.get("/").text
    for line in installed.content.service(clock.now()).emergency:
        assert f'href="tel:{line.phone}"' in page
        assert line.title["id"] in page


def test_the_title_of_a_public_page_says_nothing_about_violence(client: FlaskClient) -> None:
    for page in PAGES:
        assert "<title>Layanan warga</title>" in client.get(page).text


def test_reading_a_public_page_leaves_no_cookie(client: FlaskClient) -> None:
    for page in PAGES:
        assert "Set-Cookie" not in client.get(page).headers


def test_the_visit_page_says_that_the_address_is_not_filled_in(client: FlaskClient) -> None:
    assert "belum diisi" in client.get("/datang").text


def test_leaving_goes_to_the_address_of_the_service_and_clears_the_browser(
    client: FlaskClient, installed: Platform
) -> None:
    client.get("/?lang=en")
    answer = client.get("/keluar")
    assert answer.status_code == 303
    assert answer.location == installed.content.service(clock.now()).exit_to
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get_cookie("lang") is None


def test_leaving_ends_what_every_section_began_and_never_fails_on_the_way(
    installed: Platform,
) -> None:
    ended: list[str] = []

    def away() -> None:
        raise Unavailable(Problem("web.no_service"))

    client = _with(installed, lambda: ended.append("draft"), away)
    assert client.get("/keluar").status_code == 303
    assert ended == ["draft"]


def test_the_neutral_page_is_this_months_calendar_without_a_word_of_the_service(
    client: FlaskClient, installed: Platform
) -> None:
    service = installed.content.service(clock.now())
    with clock.standing_at(datetime(2030, 5, 5, 18, 0, tzinfo=UTC)):
        page = client.get(service.exit_to).text
    assert "<title>Kalender</title>" in page
    assert "Senin, 6 Mei 2030" in page
    assert '<td aria-current="date">6</td>' in page
    assert service.name["id"] not in page
    assert "<script" not in page
    assert "<a " not in page


def test_every_answer_carries_the_strict_headers(client: FlaskClient) -> None:
    for address in (*PAGES, "/keluar", "/cuaca", "/sehat", "/tidak-ada", _style()):
        answer = client.get(address)
        for name, value in headers.ALWAYS.items():
            assert answer.headers[name] == value, address
        assert "Strict-Transport-Security" not in answer.headers
    assert "unsafe" not in headers.POLICY


def test_pages_are_not_stored_and_built_files_are_kept_for_a_year(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-store"
    assert "immutable" in client.get(_style()).headers["Cache-Control"]


def test_no_page_holds_an_inline_script_or_style(client: FlaskClient) -> None:
    for address in (*PAGES, "/cuaca", "/tidak-ada"):
        page = client.get(address).text
        assert "style=" not in page
        assert "<style" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count("<script src=")


def test_pages_and_built_files_are_compressed_for_browsers_that_take_it(
    client: FlaskClient,
) -> None:
    for address in ("/", _style()):
        plain = client.get(address)
        small = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in plain.headers
        assert small.headers["Content-Encoding"] == "gzip"
        assert small.headers["Vary"] == "Accept-Encoding"
        assert gzip.decompress(small.data) == plain.data


def test_a_compressed_page_does_not_have_one_length(client: FlaskClient) -> None:
    lengths = {len(client.get("/", headers={"Accept-Encoding": "gzip"}).data) for _ in range(12)}
    assert len(lengths) > 1


def test_a_reporters_page_weighs_at_most_40_kilobytes_in_3_requests(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Encoding": "gzip"})
    files = [static_files.address(name) for name in static_files.manifest()]
    assert sorted(f for f in files if f in client.get("/").text) == sorted(files)
    weight = len(page.data) + sum(
        len(client.get(f, headers={"Accept-Encoding": "gzip"}).data) for f in files
    )
    assert len(files) + 1 <= 3
    assert weight <= 40 * 1024


def test_only_built_files_are_served(client: FlaskClient) -> None:
    for name in ("manifest.json", "..%2fmanifest.json", "%2e%2e/app.py", "style.css"):
        assert client.get(f"/static/{name}").status_code == 404


def test_a_watcher_is_told_that_process_and_store_answer(client: FlaskClient) -> None:
    assert client.get("/sehat").json == {"status": "ok"}


def _style() -> str:
    return static_files.address("style.css")


def _with(platform: Platform, *leaving: Callable[[], None]) -> FlaskClient:
    from satupintu.app import SECTIONS

    parts = [
        Section(Blueprint(f"part{number}", __name__), leaving=act)
        for number, act in enumerate(leaving)
    ]
    return build(platform, [*parts, *SECTIONS], package="satupintu.web").test_client()
