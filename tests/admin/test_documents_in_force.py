from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient

from satupintu.config import content_folder
from satupintu.forms import questions
from satupintu.forms.document import Role
from satupintu.words import LANGUAGES, catalogue
from web import visitor

CONTENT = content_folder()
ADDRESSES = {
    "/dokumen/form/asesmen-awal": CONTENT / "schemas/forms/asesmen-awal.json",
    "/dokumen/form/laporan-publik": CONTENT / "schemas/forms/laporan-publik.json",
    "/dokumen/form/tindak-lanjut": CONTENT / "schemas/forms/tindak-lanjut.json",
    "/dokumen/rule_set/rujukan": CONTENT / "rules/rujukan.json",
    "/dokumen/agencies/agencies": CONTENT / "seed/agencies.json",
    "/dokumen/legal_basis/legal_basis": CONTENT / "rules/legal_basis.json",
    "/dokumen/service/service": CONTENT / "seed/service.json",
}


@pytest.mark.parametrize("login", ["administrator", "pemilik.kebijakan", "auditor"])
def test_whoever_works_here_sees_every_document_in_force(app: Flask, login: str) -> None:
    client = app.test_client()
    assert visitor.log_in(client, login).headers["Location"] == "/dokumen"
    page = client.get("/dokumen").text
    for address in ADDRESSES:
        assert f'href="{address}"' in page
    assert "Rujukan satu pintu" in page
    assert "Perintah di mesin layanan" in page


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_can_be_read(
    administrator: FlaskClient, address: str, language: str
) -> None:
    answer = administrator.get(f"{address}?lang={language}")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "&lt;" not in answer.text.replace("&lt;=", "").replace("&lt; ", "")


@pytest.mark.parametrize(("address", "file"), ADDRESSES.items(), ids=list(ADDRESSES))
def test_a_document_is_downloaded_byte_for_byte(
    administrator: FlaskClient, address: str, file: Path
) -> None:
    answer = administrator.get(f"{address}/berkas")
    assert answer.data == file.read_bytes()
    assert answer.headers["Content-Disposition"] == f"attachment; filename={file.name}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_form_is_outlined_with_every_question_option_and_condition(
    administrator: FlaskClient,
) -> None:
    page = unescape(administrator.get("/dokumen/form/asesmen-awal?lang=id").text)
    document = json.loads(ADDRESSES["/dokumen/form/asesmen-awal"].read_bytes())
    for name, question in document["properties"].items():
        assert f"<code>{name}</code>" in page
        if "title" in question:
            assert question["title"] in page
    assert "Ditanyakan bila" in page
    assert "sangat rahasia" in page
    assert "Dihitung" in page


def test_a_rule_set_is_explained_rule_by_rule(administrator: FlaskClient) -> None:
    page = unescape(administrator.get("/dokumen/rule_set/rujukan?lang=id").text)
    document = json.loads(ADDRESSES["/dokumen/rule_set/rujukan"].read_bytes())
    for rule in document["rules"]:
        assert f'id="{rule["id"]}"' in page
        assert rule["title"]["id"] in page
        assert rule["why"]["id"] in page
    for claim in (*document["guarantees"], *document["examples"]):
        assert claim["title"]["id"] in page
    assert "RSUD Kota Prabumulih" in page
    assert "UU 12/2022" in page
    assert "dalam 2 jam" in page


def test_what_is_not_in_force_is_not_there(administrator: FlaskClient) -> None:
    for address in (
        "/dokumen/form/tidak-ada",
        "/dokumen/apa/rujukan",
        "/dokumen/rule_set/agencies",
    ):
        assert administrator.get(address).status_code == 404
        assert administrator.get(f"{address}/berkas").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_question_and_every_role_has_a_word(language: str) -> None:
    words = catalogue(language)
    for kind in questions.types():
        assert f"admin.question_{kind}" in words
    for role in get_args(Role):
        assert f"admin.role_{role}" in words


def test_staff_are_told_where_their_pages_are(app: Flask) -> None:
    client = app.test_client()
    assert visitor.log_in(client, "petugas").headers["Location"] == "/"
    page = client.get("/").text
    assert 'href="http://localhost:8080"' in page
    assert client.get("/dokumen").status_code == 403


def test_administrators_are_told_where_their_pages_are(installed: object) -> None:
    from satupintu.app import create_app

    client = create_app(installed).test_client()  # type: ignore[arg-type]
    assert visitor.log_in(client, "administrator").headers["Location"] == "/mulai"
    assert 'href="http://localhost:8081"' in client.get("/mulai").text
