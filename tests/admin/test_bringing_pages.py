"""A schema written for others is brought in on a page, and what was lost is listed."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forms.xlsform_samples import survey, workbook
from web import visitor

PAGE = "/draf/dari-lain"
SAMPLES = Path(__file__).parents[1] / "forms" / "imports"


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_bytes())


def send(client: FlaskClient, **fields: Any) -> TestResponse:
    return client.post(PAGE, data={"csrf_token": visitor.token(client, PAGE), **fields})


def test_a_schema_with_its_look_becomes_a_draft_and_what_was_lost_is_listed(
    administrator: FlaskClient,
) -> None:
    found = sample("rules-that-hide")
    upload = (io.BytesIO(json.dumps(found["schema"]).encode()), "Laporan Lama.json")
    brought = send(
        administrator,
        schema_file=upload,
        ui=json.dumps(found["ui"]),
        purpose="follow_up",
        texts="en",
    )
    text = unescape(brought.text)
    assert brought.status_code == 200
    assert "Aturan ini tidak dapat ditulis sebagai syarat" in text
    assert "/elements/3/rule" in text
    draft = re.search(r'href="(/draf/[0-9a-f-]{36})"', text)
    assert draft is not None
    kept = unescape(administrator.get(draft[1]).text)
    assert '"id": "Laporan-Lama"' in kept
    assert '"purpose": "follow_up"' in kept
    assert draft[1] in administrator.get("/draf").text


def test_the_id_and_the_pasted_text_count_where_no_file_was_sent(
    administrator: FlaskClient,
) -> None:
    schema = json.dumps(sample("a-card-or-cash")["schema"])
    text = unescape(send(administrator, schema=schema, id="bayar dulu").text)
    draft = re.search(r'href="(/draf/[0-9a-f-]{36})"', text)
    assert draft is not None
    assert '"id": "bayar-dulu"' in unescape(administrator.get(draft[1]).text)


@pytest.mark.parametrize(
    ("schema", "ui", "place"),
    [("", "", "schema"), ("[1", "", "schema"), ("[1]", "", "schema"), ("{}", "{", "ui")],
)
def test_what_cannot_be_read_is_told_with_its_part_and_nothing_typed_is_lost(
    administrator: FlaskClient, schema: str, ui: str, place: str
) -> None:
    before = administrator.get("/draf").text.count("/draf/")
    refused = send(administrator, schema=schema, ui=ui, id="hilang")
    text = unescape(refused.text)
    assert refused.status_code == 400
    assert f'<code class="xs">{place}' in text
    assert 'value="hilang"' in text
    assert f">{schema}</textarea>" in text
    assert administrator.get("/draf").text.count("/draf/") == before


def test_a_workbook_becomes_a_draft_and_each_cell_that_was_lost_is_listed(
    administrator: FlaskClient,
) -> None:
    book = workbook(
        survey(
            ("text", "nama", "Nama", "draw"), ("video", "film", "Film", None), columns="appearance"
        )
    )
    brought = send(
        administrator,
        schema_file=(io.BytesIO(book), "Survei Rumah.xlsx"),
        id="survei rumah",
        purpose="follow_up",
    )
    text = unescape(brought.text)
    assert brought.status_code == 200
    assert "Suara dan film tidak direkam di sini." in text
    assert "Buku kerja <code>survey!A3</code>" in text
    assert "kegunaannya" not in text  # it was chosen on the page
    draft = re.search(r'href="(/draf/[0-9a-f-]{36})"', text)
    assert draft is not None
    kept = unescape(administrator.get(draft[1]).text)
    assert '"id": "survei-rumah"' in kept
    assert '"purpose": "follow_up"' in kept


@pytest.mark.parametrize(
    ("name", "data", "place", "sentence"),
    [
        ("lama.xls", b"\xd0\xcf\x11\xe0", "", "simpan sebagai .xlsx"),
        ("survei.csv", b"type,name,label\n", "", "simpan sebagai .xlsx"),
        ("survei.xlsx", workbook(survey(("select_one zz", "a", "A"))), "#survey!A2", "“zz”"),
    ],
)
def test_a_workbook_that_is_wrong_is_told_at_its_cells_and_no_draft_begins(
    administrator: FlaskClient, name: str, data: bytes, place: str, sentence: str
) -> None:
    before = administrator.get("/draf").text.count("/draf/")
    refused = send(administrator, schema_file=(io.BytesIO(data), name), id="hilang")
    text = unescape(refused.text)
    assert refused.status_code == 400
    assert f"{name}{place}" in text
    assert sentence in text
    assert 'value="hilang"' in text
    assert administrator.get("/draf").text.count("/draf/") == before


def test_an_auditor_brings_nothing_in(app: Any) -> None:
    client = app.test_client()
    visitor.log_in(client, "auditor")
    assert client.get(PAGE).status_code == 403
