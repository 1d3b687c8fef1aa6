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


def test_an_auditor_brings_nothing_in(app: Any) -> None:
    client = app.test_client()
    visitor.log_in(client, "auditor")
    assert client.get(PAGE).status_code == 403
