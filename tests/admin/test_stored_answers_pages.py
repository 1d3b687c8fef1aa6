"""What becomes of the stored answers, on the administrators' pages: counts, never an answer."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from satupintu.config import content_folder
from web import visitor

FORM = content_folder() / "schemas" / "forms" / "asesmen-awal.json"
RULES = content_folder() / "rules" / "rujukan.json"
GONE = "korban_alamat"


def begun(client: FlaskClient, document: Any, name: str = "form.json") -> str:
    """Begin a draft of a document; return its address."""
    csrf = visitor.token(client, "/draf")
    upload = (io.BytesIO(json.dumps(document).encode()), name)
    answer = client.post("/draf/baru", data={"csrf_token": csrf, "file": upload})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


@pytest.fixture
def form() -> Any:
    return json.loads(FORM.read_bytes())


def said(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_draft_shows_what_the_demonstration_cases_would_come_to(
    administrator: FlaskClient, form: Any, language: str
) -> None:
    form["properties"][GONE]["maxLength"] = 1
    form["x-form"]["migrations"] = []
    form["title"] = "Asesmen yang lain"
    place = begun(administrator, form)
    assert f'href="{place}/jawaban"' in administrator.get(place).text
    page = administrator.get(f"{place}/jawaban?bahasa={language}")
    assert page.status_code == 200
    assert page.headers["Cache-Control"].startswith("no-store")
    assert "<h1>" in page.text


def test_what_vanishes_without_a_word_is_told_with_the_hash_to_name(
    administrator: FlaskClient, form: Any
) -> None:
    del form["properties"][GONE]
    for page in form["x-pages"]:
        page["questions"] = [name for name in page["questions"] if name != GONE]
    text = said(administrator.get(f"{begun(administrator, form)}/jawaban").text)
    assert f"tidak ada lagi yang menanyakan “{GONE}”" in text
    assert "/x-form/migrations" in text


def test_a_draft_that_cannot_be_read_says_so_and_a_rule_set_has_no_answers(
    administrator: FlaskClient, form: Any
) -> None:
    form["x-pages"][0]["questions"].append("tidak_ada")
    broken = administrator.get(f"{begun(administrator, form)}/jawaban")
    assert 400 <= broken.status_code < 500
    assert "Traceback" not in broken.text
    rules = begun(administrator, json.loads(RULES.read_bytes()), "rules.json")
    assert "/jawaban" not in administrator.get(rules).text
    assert administrator.get(f"{rules}/jawaban").status_code == 404


def test_a_version_leads_to_its_stored_answers_and_auditors_do_not_see_them(
    administrator: FlaskClient, auditor: FlaskClient
) -> None:
    listed = administrator.get("/versi").text
    form = re.search(r"asesmen-awal.*?href=\"(/versi/[0-9a-f]{64})\"", listed, re.DOTALL)
    assert form is not None
    assert f"{form[1]}/jawaban" in administrator.get(form[1]).text
    page = administrator.get(f"{form[1]}/jawaban")
    assert "Tidak ada jawaban pada versi lama" in page.text
    assert f"{form[1]}/jawaban" not in auditor.get(form[1]).text
    assert auditor.get(f"{form[1]}/jawaban").status_code == 403
