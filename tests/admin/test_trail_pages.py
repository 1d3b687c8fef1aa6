from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy
from flask import Flask
from flask.testing import FlaskClient

from satupintu import clock
from satupintu.actions import sealing
from satupintu.actions.platform import Platform
from satupintu.people.actor import SYSTEM
from web import visitor


def rows(page: str) -> list[str]:
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r"<tr>.*?</tr>", body, re.DOTALL)


def test_the_trail_says_who_did_what_newest_first(auditor: FlaskClient) -> None:
    auditor.get("/jejak")
    found = rows(auditor.get("/jejak").text)
    assert "audit.read" in found[0]
    assert "Auditor" in found[0]
    imported = rows(auditor.get("/jejak?action=documents.import").text)
    assert all("Sistem" in row for row in imported)
    assert imported


@pytest.mark.parametrize(
    ("query", "every"),
    [
        ("login=auditor", "auditor"),
        ("action=session.login", "session.login"),
        ("outcome=refused", "Ditolak"),
        ("action=documents.import&outcome=done", "documents.import"),
    ],
)
def test_the_trail_is_filtered(app: Flask, auditor: FlaskClient, query: str, every: str) -> None:
    visitor.log_in(app.test_client(), "administrator", "keliru")
    found = rows(auditor.get(f"/jejak?{query}&lang=id").text)
    assert found
    assert all(every in row for row in found)


def test_a_thing_is_followed_by_its_id(auditor: FlaskClient) -> None:
    found = rows(auditor.get("/jejak?about=rujukan").text)
    assert found
    assert all("rujukan" in row for row in found)


def test_days_are_those_of_the_service(auditor: FlaskClient) -> None:
    today = (clock.now() + timedelta(hours=7)).date()
    tomorrow = today + timedelta(days=1)
    assert rows(auditor.get(f"/jejak?from={today}&to={today}").text)
    assert "Tidak ada catatan yang cocok" in auditor.get(f"/jejak?from={tomorrow}").text
    assert rows(auditor.get(f"/jejak?to={tomorrow}").text)


def test_a_filter_that_cannot_be_read_asks_for_nothing(auditor: FlaskClient) -> None:
    page = auditor.get("/jejak?from=31-02&before=%C2%B2&action=x&outcome=y").text
    assert rows(page)
    assert "Tidak ada catatan" in auditor.get("/jejak?login=tidak.ada").text


def test_older_entries_follow_page_by_page_with_the_same_filter(auditor: FlaskClient) -> None:
    for _ in range(101):
        auditor.get("/jejak?login=auditor&action=audit.read")
    first = auditor.get("/jejak?login=auditor&action=audit.read").text
    assert len(rows(first)) == 100
    link = re.search(r'href="(/jejak\?[^"]*before=\d+)"', first)
    assert link is not None
    second = rows(auditor.get(link.group(1).replace("&amp;", "&")).text)
    assert second
    assert not set(second) & set(rows(first))
    assert all("audit.read" in row for row in second)


def test_an_untouched_chain_is_whole_and_a_changed_entry_is_found(
    installed: Platform, auditor: FlaskClient
) -> None:
    sealing.seal_audit(installed, SYSTEM)
    assert "Rantai utuh" in auditor.get("/jejak/rantai").text
    with installed.store.engine.connect() as connection, connection.begin():
        change = "UPDATE audit SET action = 'case.read' WHERE sequence = 2"
        before = connection.scalar(sqlalchemy.text("SELECT action FROM audit WHERE sequence = 2"))
        connection.execute(sqlalchemy.text(change))
    page = auditor.get("/jejak/rantai").text
    assert "pernah diubah" in page
    assert "nomor 2" in page
    with installed.store.engine.connect() as connection, connection.begin():
        back = "UPDATE audit SET action = :action WHERE sequence = 2"
        connection.execute(sqlalchemy.text(back), {"action": before})


def test_only_the_auditor_reads_the_trail(administrator: FlaskClient, auditor: FlaskClient) -> None:
    for address in ("/jejak", "/jejak/rantai"):
        assert administrator.get(address).status_code == 403
        assert auditor.get(address).status_code == 200
    assert "Jejak audit" not in administrator.get("/dokumen").text
