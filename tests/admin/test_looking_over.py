"""Whoever writes a document is told what it means, and whether the guarantees hold, meanwhile."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from packs.installation import installation
from satupintu.config import content_folder
from satupintu_admin.app import create_app
from web import visitor

RULES = content_folder() / "rules" / "rujukan.json"
FORM = content_folder() / "schemas" / "forms" / "asesmen-awal.json"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The administrators' pages with a prover that stays, as in the product."""
    platform = installation(tmp_path_factory.mktemp("looking"))
    yield create_app(platform)
    platform.close()


@pytest.fixture
def owner(app: Flask) -> FlaskClient:
    client = app.test_client()
    visitor.log_in(client, "pemilik.kebijakan")
    return client


Looked = Callable[..., str]


@pytest.fixture
def looked(owner: FlaskClient) -> Looked:
    """Begin a draft of a file, and return what is said of another text in its place."""

    def look(text: str, file: Any = RULES) -> str:
        csrf = visitor.token(owner, "/draf")
        upload = (io.BytesIO(file.read_bytes()), file.name)
        begun = owner.post("/draf/baru", data={"csrf_token": csrf, "file": upload})
        assert begun.status_code == 303, begun.text
        said = owner.post(
            f"{begun.headers['Location']}/lihat", data={"csrf_token": csrf, "text": text}
        )
        assert said.status_code == 200, said.text
        return " ".join(re.sub(r"<[^>]+>", " ", said.text).split())

    return look


def changed(change: Callable[[Any], None], file: Any = RULES) -> str:
    document = json.loads(file.read_bytes())
    change(document)
    return json.dumps(document, ensure_ascii=False, indent=2)


def without(document: Any, rule: str) -> None:
    document["rules"] = [one for one in document["rules"] if one["id"] != rule]


def test_what_is_in_force_can_be_used_and_every_guarantee_is_proved(looked: Looked) -> None:
    said = looked(RULES.read_text())
    count = len(json.loads(RULES.read_bytes())["guarantees"])
    assert "Dokumen ini dapat dipakai." in said
    assert f"{count} dari {count} jaminan terbukti." in said
    assert "Tidak ada yang berbeda" in said


def test_a_rule_taken_away_shows_the_broken_promise_and_who_breaks_it(looked: Looked) -> None:
    said = looked(changed(lambda document: without(document, "R47")))
    assert "Terbantah" in said
    assert "P09" in said
    assert "Isian yang melanggarnya menjawab" in said
    assert "kurang melindungi" in said.lower() or "campuran" in said.lower()
    assert "persetujuan_lapor_polisi" not in said, "a person reads titles, not keys"


def test_a_slip_is_said_with_its_place_and_nothing_is_proved_meanwhile(looked: Looked) -> None:
    def slip(document: Any) -> None:
        document["rules"][3]["when"] = "bahaya_sekarangg"

    said = looked(changed(slip))
    assert "1 hal menghalangi" in said
    assert "/rules/3/when" in said
    assert "kolom 1" in said
    assert "Terbukti" not in said


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": "lain"}', "NaN", '"' + "x" * 2_000_000])
def test_any_text_gets_a_sentence(looked: Looked, text: str) -> None:
    assert "menghalangi" in looked(text)


def test_a_form_is_proved_with_the_rules_in_force(looked: Looked) -> None:
    def younger(document: Any) -> None:
        document["title"] += " baru"

    said = looked(changed(younger, FORM), FORM)
    assert "jaminan terbukti" in said
    assert "Yang berubah dari yang berlaku" in said


def test_without_script_a_button_says_the_same_and_keeps_what_was_typed(owner: FlaskClient) -> None:
    csrf = visitor.token(owner, "/draf")
    upload = (io.BytesIO(RULES.read_bytes()), RULES.name)
    draft = owner.post("/draf/baru", data={"csrf_token": csrf, "file": upload}).headers["Location"]
    text = changed(lambda document: without(document, "R47"))
    page = owner.post(draft, data={"csrf_token": csrf, "text": text, "seen": "1", "then": "look"})
    assert page.status_code == 200
    assert "P09" in page.text
    rule = "&#34;id&#34;: &#34;R47&#34;"
    assert rule not in page.text
    assert rule in owner.get(draft).text, "nothing was saved"


def test_auditors_and_staff_look_nothing_over(app: Flask, owner: FlaskClient) -> None:
    csrf = visitor.token(owner, "/draf")
    upload = (io.BytesIO(RULES.read_bytes()), RULES.name)
    draft = owner.post("/draf/baru", data={"csrf_token": csrf, "file": upload}).headers["Location"]
    client = app.test_client()
    visitor.log_in(client, "auditor")
    sent = {"csrf_token": visitor.token(client, "/versi"), "text": "{}"}
    assert client.post(f"{draft}/lihat", data=sent).status_code == 403
