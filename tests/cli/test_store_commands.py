"""``seed``, ``import``, ``export``, ``accounts`` and ``migrate`` on a database of their own."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest

from satupintu import config
from satupintu.actions.platform import Platform
from satupintu.config import Settings
from satupintu.people.demonstration import PASSWORD
from satupintu.store.keys import make_demonstration_key

SHIPPED = config.content_folder()
DOCUMENTS = {
    "schemas/forms/asesmen-awal.json",
    "schemas/forms/laporan-publik.json",
    "schemas/forms/tindak-lanjut.json",
    "rules/rujukan.json",
    "rules/legal_basis.json",
    "seed/agencies.json",
    "seed/service.json",
}


@pytest.fixture
def here(run, tmp_path, monkeypatch):
    """Run commands on an installation of this test; its folder."""
    for name in ("DATABASE_URL", "SATUPINTU_MASTER_KEY", "SATUPINTU_MASTER_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SATUPINTU_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.fixture
def seeded(run, here):
    """An installation with the shipped content and no account."""
    make_demonstration_key(here / "master.key")
    result = run("seed")
    assert result.exit_code == 0, result.output
    return here


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")
    }


def test_seed_without_a_key_says_where_it_looked(run, here):
    result = run("seed", "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert str(here / "master.key") in result.stderr


def test_seed_puts_every_document_in_force_and_again_changes_nothing(run, seeded):
    again = run("seed")
    assert {line.split("  ")[1] for line in again.stdout.splitlines()} == DOCUMENTS
    assert again.stdout == run("seed").stdout


def test_what_was_exported_is_byte_for_byte_what_was_imported(run, seeded, tmp_path):
    out = tmp_path / "out"
    result = run("export", "--to", out)
    assert result.exit_code == 0, result.output
    assert files(out) == {name: (SHIPPED / name).read_bytes() for name in DOCUMENTS}
    assert {str(out / name) for name in DOCUMENTS} == set(result.stdout.splitlines())


def test_odd_spelling_survives_import_and_export(run, seeded, content, tmp_path):
    path = content / "rules/rujukan.json"
    document = json.loads(path.read_bytes())
    odd = json.dumps(document, ensure_ascii=True, indent=7).encode() + b"\n\n  "
    path.write_bytes(odd)
    assert run("import", path).exit_code == 0
    run("export", "--to", tmp_path / "out")
    assert (tmp_path / "out/rules/rujukan.json").read_bytes() == odd


def test_export_overwrites_nothing_that_differs_unless_told(run, seeded, content):
    changed = content / "rules/rujukan.json"
    changed.write_bytes(changed.read_bytes() + b"\n")
    before = files(content.folder)
    refused = run("export", "--to", content.folder, "--lang", "en")
    assert refused.exit_code == 2
    assert f"{changed}: This file is there already" in refused.stderr
    assert files(content.folder) == before
    assert run("export", "--to", content.folder, "--overwrite").exit_code == 0
    assert changed.read_bytes() == (SHIPPED / "rules/rujukan.json").read_bytes()


def test_a_later_version_waits_until_it_is_put_in_force_with_a_reason(
    run, seeded, content, tmp_path
):
    with content.changed("rules/rujukan.json") as rules:
        rules["title"]["en"] = "One-door referral, second version"
    path = content / "rules/rujukan.json"
    waits = run("import", path, "--lang", "en")
    assert waits.exit_code == 0
    assert "new version, not in force" in waits.stdout
    run("export", "--to", tmp_path / "before")
    exported = (tmp_path / "before/rules/rujukan.json").read_bytes()
    assert exported == (SHIPPED / "rules/rujukan.json").read_bytes()

    assert run("import", path, "--in-force").exit_code == 2
    now = run("import", path, "--in-force", "--reason", "Contoh keputusan", "--lang", "en")
    assert "in force from now on" in now.stdout
    run("export", "--to", tmp_path / "after")
    assert (tmp_path / "after/rules/rujukan.json").read_bytes() == path.read_bytes()


def test_a_broken_document_keeps_all_the_others_out(run, seeded, content, tmp_path):
    with content.changed("rules/rujukan.json") as rules:
        rules["rules"][0]["when"] = "korban_usa < 18"
    with content.changed("seed/service.json") as service:
        service["name"]["en"] = "Another name"
    result = run("import", content.folder, "--in-force", "--reason", "x", "--lang", "en")
    assert result.exit_code == 2
    assert "rules/rujukan.json#/rules/0/when:1: " in result.stderr
    run("export", "--to", tmp_path / "out")
    exported = (tmp_path / "out/seed/service.json").read_bytes()
    assert exported == (SHIPPED / "seed/service.json").read_bytes()


def test_another_city_brings_its_own_content(run, here, monkeypatch, tmp_path):
    kecil = Path(__file__).parents[1] / "packs" / "kecil"
    monkeypatch.setenv("SATUPINTU_CONTENT", str(kecil))
    make_demonstration_key(here / "master.key")
    assert run("seed").exit_code == 0
    run("export", "--to", tmp_path / "out")
    exported = files(tmp_path / "out")
    assert exported
    assert exported == {name: (kecil / name).read_bytes() for name in exported}


def test_an_account_is_made_listed_reset_and_closed(run, seeded):
    make = ("accounts", "create", "petugas3", "--role", "staff", "--agency", "UPTD_PPA")
    made = run(*make, "--title", "Petugas contoh", "--lang", "en")
    assert made.exit_code == 0, made.output
    assert re.fullmatch(r"/sandi/atur/[\w-]{43}\n", made.stdout)
    assert "petugas3" in made.stderr

    def line() -> str:
        return run("accounts", "list", "--lang", "en").stdout

    assert line() == "petugas3\tUPTD_PPA\tIntake staff\tPetugas contoh\twaits for a password\n"
    assert run("accounts", "reset-link", "Petugas3").stdout != made.stdout
    assert run("accounts", "disable", "petugas3").exit_code == 0
    assert line().endswith("\tclosed\n")
    refused = run("accounts", "reset-link", "petugas3", "--lang", "en")
    assert refused.exit_code == 2
    assert "is closed" in refused.stderr


@pytest.mark.parametrize(
    ("agency", "role"),
    [("TIADA", "agency_officer"), ("RSUD", "staff"), ("UPTD_PPA", "agency_head")],
)
def test_an_account_that_cannot_be_is_refused_with_a_sentence(run, seeded, agency, role):
    arguments = ("--role", role, "--agency", agency, "--title", "x", "--lang", "en")
    result = run("accounts", "create", "petugas3", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip()
    assert run("accounts", "list").stdout == ""


def test_the_demonstration_makes_a_key_for_its_owner_only_and_its_accounts_once(run, here):
    first = run("seed", "--demonstration", "--lang", "en")
    assert first.exit_code == 0, first.output
    key = here / "master.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert PASSWORD in first.stdout
    assert str(key) in first.stdout
    kept, listed = key.read_bytes(), run("accounts", "list").stdout
    assert run("seed", "--demonstration").exit_code == 0
    assert key.read_bytes() == kept
    assert run("accounts", "list").stdout == listed
    assert listed.count("\n") == len(json.loads((SHIPPED / "seed/people.json").read_bytes()))


def test_before_the_database_is_prepared_a_command_says_what_to_do(run, here):
    make_demonstration_key(here / "master.key")
    refused = run("import", SHIPPED / "rules/rujukan.json", "--lang", "en")
    assert refused.exit_code == 2
    assert "satupintu seed" in refused.stderr
    assert run("migrate", "--lang", "en").stdout == "The database is ready.\n"


def test_a_database_that_cannot_be_opened_is_a_sentence(run, here, monkeypatch, tmp_path):
    make_demonstration_key(here / "master.key")
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{blocked}/x.sqlite3")
    result = run("seed")
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    monkeypatch.setenv("DATABASE_URL", "mongodb://localhost")
    assert run("seed").exit_code == 2


def test_every_command_leaves_an_entry_in_the_audit_trail(run, seeded, tmp_path):
    run("export", "--to", tmp_path / "out")
    run("accounts", "list")
    platform = Platform.open(Settings.read())
    with platform.store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT action, role FROM audit").all()
    platform.close()
    actions = {row[0] for row in rows}
    assert {"documents.import", "documents.export", "account.list"} <= actions
    assert {row[1] for row in rows} == {"worker"}
