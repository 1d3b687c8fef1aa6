"""``submit``, ``approve``, ``withdraw``, ``versions``: gates and permissions as on the pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from satupintu.people.demonstration import PASSWORD

PASS = f"{PASSWORD}\n"
OWNER, WRITER = "pemilik.kebijakan", "administrator"


Listed = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def laws(run: Any, seeded: Path) -> Listed:
    """Return the versions of the legal basis, the newest first."""

    def listed() -> list[dict[str, Any]]:
        done = run("versions", "--as", OWNER, "--kind", "legal_basis", "--json", stdin=PASS)
        assert done.exit_code == 0, done.output
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    return listed


def changed(content: Any) -> Path:
    with content.changed("rules/legal_basis.json") as document:
        document[0]["points"]["en"] += " Read again."
    return Path(content / "rules/legal_basis.json")


def test_a_version_goes_from_a_file_to_in_force_and_is_withdrawn(
    run: Any, content: Any, laws: Listed
) -> None:
    (first,) = laws()
    assert (first["state"], first["number"]) == ("in_force", 1)
    done = run("submit", changed(content), "--as", WRITER, "--reason", "uji", stdin=PASS)
    assert done.exit_code == 0, done.output
    version = done.stdout.split()[0]
    assert "Lulus: Dokumen bersih" in done.stderr
    newest, older = laws()
    assert (newest["hash"], newest["state"], newest["in_force"]) == (version, "submitted", [])
    assert older == first

    short, why = version[:10], ("--reason", "setuju")
    late = run("approve", short, "--as", OWNER, "--from", "2020-01-01", *why, stdin=PASS)
    assert (late.exit_code, late.stdout) == (2, "")
    assert "sudah lewat" in late.stderr
    done = run("approve", short, "--as", OWNER, "--from", "now", *why, stdin=PASS)
    assert done.exit_code == 0, done.output
    newest, older = laws()
    assert (newest["state"], older["state"]) == ("in_force", "superseded")
    assert newest["in_force"][0]["from"] == older["in_force"][0]["until"]

    done = run("withdraw", short, "--as", OWNER, "--reason", "salah", stdin=PASS)
    assert done.exit_code == 0, done.output
    assert [one["state"] for one in laws()] == ["withdrawn", "in_force"]
    asked = ("--as", OWNER, "--kind", "legal_basis", "--lang", "en")
    plain = run("versions", *asked, stdin=PASS).stdout
    assert plain.startswith(f"{version[:12]}\tlegal_basis\tlegal_basis\t2\tWithdrawn\t")


def test_nobody_approves_their_own_nor_without_the_right_password(
    run: Any, content: Any, laws: Listed
) -> None:
    done = run("submit", changed(content), "--as", OWNER, "--reason", "uji", stdin=PASS)
    version = done.stdout.split()[0]
    how = ("--from", "now", "--reason", "sendiri")
    own = run("approve", version, "--as", OWNER, *how, stdin=PASS)
    assert (own.exit_code, own.stdout) == (2, "")
    assert "Orang kedua" in own.stderr
    wrong = run("approve", version, "--as", OWNER, *how, stdin="keliru\n")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    other = run("approve", version, "--as", WRITER, *how, stdin=PASS)
    assert (other.exit_code, other.stdout) == (2, "")
    assert laws()[0]["state"] == "submitted"


def test_a_document_that_a_gate_refuses_stays_a_draft(run: Any, content: Any, seeded: Path) -> None:
    with content.changed("rules/rujukan.json") as document:
        document["examples"][0]["expect"]["agencies"] = {}
    file = content / "rules/rujukan.json"
    done = run("submit", file, "--as", WRITER, "--reason", "uji", "--lang", "en", stdin=PASS)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Failed: The examples pass" in done.stderr
    asked = ("--as", "auditor", "--kind", "rule_set", "--json")
    listed = json.loads(run("versions", *asked, stdin=PASS).stdout)
    assert [one["state"] for one in listed] == ["draft", "in_force"]


@pytest.mark.parametrize(("version", "start"), [("abc", "now"), ("0" * 12, "now")])
def test_a_version_that_is_not_there_is_said_in_a_sentence(
    run: Any, seeded: Path, version: str, start: str
) -> None:
    how = ("--as", OWNER, "--from", start, "--reason", "uji", "--lang", "en")
    done = run("approve", version, *how, stdin=PASS)
    assert (done.exit_code, done.stdout) == (2, "")
    assert version in done.stderr


def test_who_may_not_see_the_versions_on_the_pages_may_not_here(run: Any, seeded: Path) -> None:
    done = run("versions", "--as", "petugas", "--lang", "en", stdin=PASS)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "cannot open or do this" in done.stderr
    assert run("versions").exit_code == 2
