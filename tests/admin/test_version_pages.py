"""Document versions on the administrators' pages: written, tried, approved by somebody else."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from packs.installation import installation
from satupintu.actions import proving
from satupintu.config import content_folder
from satupintu.words import LANGUAGES
from satupintu_admin.app import create_app
from web import visitor

LAWS = content_folder() / "rules" / "legal_basis.json"
RULES = content_folder() / "rules" / "rujukan.json"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The administrators' pages of an installation whose documents these tests change."""
    platform = installation(tmp_path_factory.mktemp("versions"))
    yield create_app(platform)
    platform.close()


@pytest.fixture(autouse=True)
def proofs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prove in this process, which has loaded the prover already."""
    monkeypatch.setattr(proving, "in_child", proving.here)


@pytest.fixture
def as_(app: Flask) -> Callable[[str], FlaskClient]:
    """Return a browser in which somebody is logged in."""

    def logged_in(login: str) -> FlaskClient:
        client = app.test_client()
        visitor.log_in(client, login)
        return client

    return logged_in


def send(client: FlaskClient, address: str, page: str = "/draf", **fields: Any) -> TestResponse:
    return client.post(address, data={"csrf_token": visitor.token(client, page), **fields})


def changed(path: Any, change: Callable[[Any], None]) -> str:
    document = json.loads(path.read_bytes())
    change(document)
    return json.dumps(document, ensure_ascii=False)


def kept(client: FlaskClient, text: str) -> str:
    """Write a draft, keep it as a version, wait for its gates; returns the version's address."""
    draft = send(client, "/draf/baru", "/draf/baru", text=text).headers["Location"]
    seen = re.search(r'name="seen" value="(\d+)"', client.get(draft).text)
    assert seen is not None
    answer = send(client, draft, draft, text=text, seen=seen[1], then="keep")
    assert answer.status_code == 303, answer.text
    address = answer.headers["Location"]
    for _ in range(600):
        if "sedang berjalan" not in client.get(address).text:
            return address
        time.sleep(0.05)
    raise AssertionError(client.get(address).text)


def points(text: str) -> Callable[[Any], None]:
    return lambda document: document[0]["points"].update(id=text)


def test_a_law_is_changed_by_one_person_and_approved_by_another(
    as_: Callable[[str], FlaskClient],
) -> None:
    writer, owner, auditor = as_("administrator"), as_("pemilik.kebijakan"), as_("auditor")
    address = kept(writer, changed(LAWS, points("Dibaca ulang.")))
    page = writer.get(address).text
    assert "Dibaca ulang." in page
    assert "Setujui" not in page
    refused = send(writer, f"{address}/ajukan", address, reason="")
    assert refused.status_code == 400
    assert "Tulis alasannya" in refused.text
    assert send(writer, f"{address}/ajukan", address, reason="lebih tepat").status_code == 303
    assert "Menunggu orang kedua" in owner.get("/versi").text
    assert "Anda bukan penulis versi ini" in owner.get(address).text
    late = send(
        owner, f"{address}/setujui", address, reason="ya", begin="later", **{"from": "2020-01-01"}
    )
    assert late.status_code == 409
    assert "Tanggal ini sudah lewat" in late.text
    assert 'value="2020-01-01"' in late.text
    unread = send(owner, f"{address}/setujui", address, reason="ya", begin="later")
    assert "Tulis tanggal dan jam" in unread.text
    assert send(owner, f"{address}/setujui", address, reason="ya", begin="now").status_code == 303
    shown = unescape(auditor.get(address).text)
    for said in ("Berlaku", "lebih tepat", "Diajukan:", "Disetujui:", "Pemilik kebijakan"):
        assert said in shown
    assert "Tarik versi" not in shown
    withdrawn = send(owner, f"{address}/tarik", address, reason="keliru")
    assert withdrawn.status_code == 303
    assert "Ditarik" in auditor.get(address).text
    assert auditor.get(f"{address}/berkas").get_json()[0]["points"]["id"] == "Dibaca ulang."


def test_four_eyes_are_said_in_words_and_held_behind_them(
    as_: Callable[[str], FlaskClient],
) -> None:
    owner = as_("pemilik.kebijakan")
    address = kept(owner, changed(LAWS, points("Milik saya.")))
    send(owner, f"{address}/ajukan", address, reason="uji")
    page = owner.get(address).text
    assert "Orang lain yang memutuskan" in page
    assert "/setujui" not in page
    tried = send(owner, f"{address}/setujui", address, reason="sendiri", begin="now")
    assert tried.status_code == 403
    assert "Orang kedua yang menyetujuinya" in tried.text
    back = send(owner, f"{address}/kembalikan", address, reason="belum lengkap")
    assert back.status_code == 303
    assert "belum lengkap" in owner.get(address).text


def test_a_reason_that_is_missing_is_asked_for_at_its_field(
    as_: Callable[[str], FlaskClient],
) -> None:
    owner = as_("pemilik.kebijakan")
    address = kept(owner, changed(LAWS, points("Tanpa alasan.")))
    page = send(owner, f"{address}/ajukan", address, reason="").text
    assert '<a href="#submit-reason">Tulis alasannya' in page
    assert 'id="submit-reason" name="reason" rows="3" aria-invalid="true"' in page
    assert "/reason" not in page


@pytest.mark.parametrize("login", ["administrator", "pemilik.kebijakan"])
def test_a_document_is_edited_where_it_is_read(
    as_: Callable[[str], FlaskClient], login: str
) -> None:
    writer = as_(login)
    home = "/dokumen/form/tindak-lanjut"
    edit = re.search(r'action="(/draf/dari/[0-9a-f]+)"', writer.get(home).text)
    assert edit is not None
    draft = send(writer, edit[1], home).headers["Location"]
    file = content_folder() / "schemas" / "forms" / "tindak-lanjut.json"
    shown = re.search(r"<textarea[^>]*>(.*)</textarea>", writer.get(draft).text, re.DOTALL)
    assert shown is not None
    assert json.loads(unescape(shown[1])) == json.loads(file.read_bytes())
    assert "/draf/dari/" not in as_("auditor").get(home).text


def test_a_broken_promise_is_shown_with_who_breaks_it_and_accepted_by_name(
    as_: Callable[[str], FlaskClient],
) -> None:
    def promise(document: Any) -> None:
        agency = document["rules"][0]["refer"][0]["agency"]
        title = {"id": "Tidak pernah", "en": "Never"}
        document["guarantees"].append({"id": "P99", "title": title, "never": {"agency": agency}})

    writer, owner = as_("administrator"), as_("pemilik.kebijakan")
    address = kept(writer, changed(RULES, promise))
    page = writer.get(address).text
    assert "Jaminan P99 terbantah" in page
    assert "Isian yang melanggar P99" in page
    assert re.search('<li aria-current="true"><b>.*?</svg>Setara</b>', page)
    assert f"{address}/terima" not in page
    refused = send(writer, f"{address}/ajukan", address, reason="uji")
    assert refused.status_code == 409
    assert "P99" in refused.text
    empty = send(owner, f"{address}/terima", address, guarantee="P99", reason="")
    assert empty.status_code == 400
    done = send(owner, f"{address}/terima", address, guarantee="P99", reason="sementara saja")
    assert done.status_code == 303
    refused = send(writer, f"{address}/ajukan", address, reason="uji")
    assert "Lihat dulu dampaknya" in refused.text
    assert "0 kasus" in writer.get(f"{address}/dampak").text
    assert send(writer, f"{address}/dampak", f"{address}/dampak").status_code == 303
    assert send(writer, f"{address}/ajukan", address, reason="uji").status_code == 303
    page = writer.get(address).text
    assert "P99 dilepas oleh Pemilik kebijakan" in page
    assert "sementara saja" in page
    for language in LANGUAGES:
        assert writer.get(f"{address}?lang={language}").status_code == 200


def test_a_case_that_breaks_a_promise_is_opened_as_a_form_and_kept_as_an_example(
    as_: Callable[[str], FlaskClient],
) -> None:
    def without_police(document: Any) -> None:
        document["rules"] = [rule for rule in document["rules"] if rule["id"] != "R47"]

    owner, auditor = as_("pemilik.kebijakan"), as_("auditor")
    address = kept(owner, changed(RULES, without_police))
    links = re.findall(r'href="([^"]+/jaminan/[^"]+)"', owner.get(address).text)
    assert links == [f"{address}/jaminan/P09"]
    for language in LANGUAGES:
        page = auditor.get(f"{links[0]}?lang={language}")
        assert page.status_code == 200
        assert page.text.count("<h1") == 1
    page = unescape(auditor.get(f"{links[0]}?lang=id").text)
    assert "Apakah korban setuju kejadian ini dilaporkan ke polisi?" in page
    assert "Hilang" in page
    assert "contoh" in page.lower()
    assert "persetujuan_lapor_polisi" not in page
    assert "Simpan sebagai contoh" not in page, "an auditor writes nothing"
    begun = send(owner, f"{links[0]}/contoh", links[0])
    assert begun.status_code == 303
    draft = unescape(owner.get(begun.headers["Location"]).text)
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", draft, re.S)
    assert text is not None
    document = json.loads(text[1])
    example = document["examples"][-1]
    assert example["id"] == "P09-1"
    assert set(example["expect"]["agencies"]) & {"POLRES_PPA", "UPTD_PPA_PROV"}
    look = send(owner, f"{begun.headers['Location']}/lihat", links[0], text=text[1])
    assert "P09" in look.text
    assert owner.get(f"{address}/jaminan/P01").status_code == 404


def test_a_file_is_uploaded_and_what_is_none_of_ours_is_refused(
    as_: Callable[[str], FlaskClient],
) -> None:
    writer = as_("administrator")
    good = (io.BytesIO(LAWS.read_bytes()), "hukum.json")
    begun = send(writer, "/draf/baru", "/draf/baru", file=good)
    draft = begun.headers["Location"]
    assert "legal_basis" in writer.get(draft).text
    assert writer.get("/draf").text.count(draft) == 1
    for text in ("bukan json", '{"kepada": "Anda"}', ""):
        refused = send(writer, "/draf/baru", "/draf/baru", text=text)
        assert refused.status_code == 400
        assert unescape(refused.text).count(text) >= 1
    same = send(writer, draft, draft, text=LAWS.read_text("utf-8"), seen="1", then="keep")
    assert same.status_code == 409
    assert send(writer, f"{draft}/buang", draft, seen="2").status_code in (303, 409)


def test_two_who_write_at_once_lose_nothing(as_: Callable[[str], FlaskClient]) -> None:
    writer, owner = as_("administrator"), as_("pemilik.kebijakan")
    first = changed(LAWS, points("Pertama"))
    draft = send(writer, "/draf/baru", "/draf/baru", text=first).headers["Location"]
    assert (
        send(owner, draft, draft, text=changed(LAWS, points("Kedua")), seen="1").status_code == 303
    )
    late = send(writer, draft, draft, text=changed(LAWS, points("Ketiga")), seen="1")
    assert late.status_code == 409
    assert "Orang lain sudah menyimpan" in late.text
    assert "Ketiga" in late.text
    assert "Kedua" in writer.get(draft).text
    assert send(writer, f"{draft}/buang", draft, seen="1").status_code == 409
    assert send(writer, f"{draft}/buang", draft, seen="2").status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_version_has_its_page(as_: Callable[[str], FlaskClient], language: str) -> None:
    auditor = as_("auditor")
    listed = auditor.get(f"/versi?lang={language}").text
    addresses = set(re.findall(r'href="(/versi/[0-9a-f]{64})"', listed))
    assert len(addresses) >= 7
    for address in addresses:
        page = auditor.get(f"{address}?lang={language}")
        assert page.status_code == 200
        assert page.text.count("<h1") == 1
    assert auditor.get(f"/versi/{'0' * 64}").status_code == 404
    assert auditor.get("/draf").status_code == 403
