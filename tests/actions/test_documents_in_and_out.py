"""Import keeps the exact bytes of a content folder, export gives them back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from satupintu import clock
from satupintu.actions import documents, importing, sealing, trail
from satupintu.actions.platform import Platform
from satupintu.config import content_folder
from satupintu.errors import BadDocument, NotAllowed, NotFound
from satupintu.people.actor import SYSTEM, Actor

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KECIL = Path(__file__).parents[1] / "packs" / "kecil"
AUDITOR = Actor("00000000-0000-4000-8000-000000000002", "auditor", "PINTU", "auditor")
STAFF = Actor("00000000-0000-4000-8000-000000000001", "staff", "PINTU", "petugas")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder that a test may change."""
    target = tmp_path / "content"
    for part in ("schemas/forms", "rules", "seed"):
        shutil.copytree(KECIL / part, target / part)
    return target


def take(platform: Platform, folder: Path, **how: Any) -> tuple[documents.Imported, ...]:
    new = importing.from_folder(folder)
    return documents.import_documents(platform, SYSTEM, new, **how)


def edit(path: Path, change: Callable[[Any], None]) -> None:
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def problems(caught: pytest.ExceptionInfo[BadDocument]) -> set[tuple[str, str | None]]:
    return {(p.key, p.file) for p in caught.value.problems}


@pytest.mark.parametrize("content", [content_folder(), KECIL], ids=["shipped", "kecil"])
def test_export_gives_the_bytes_that_import_took(
    platform: Platform, tmp_path: Path, content: Path
) -> None:
    taken = take(platform, content)
    assert all(one.new and one.in_force for one in taken)
    target = tmp_path / "out"
    documents.write(target, documents.export(platform, SYSTEM))
    written = {p.relative_to(target).as_posix() for p in target.rglob("*.json")}
    assert written == {one.file for one in taken}
    for name in written:
        assert (target / name).read_bytes() == (content / name).read_bytes(), name


def test_the_first_import_is_in_force_by_a_recorded_act(platform: Platform, folder: Path) -> None:
    with clock.standing_at(NOON):
        taken = take(platform, folder)
    for one in documents.in_force(platform, AUDITOR):
        assert one.publication.in_force_from == one.publication.recorded_at == NOON
        assert one.publication.reason
    now = platform.content.in_force(NOON)
    assert now.rule_set().form == now.form_for("assessment").id
    assert now.service().lead_agency in now.agencies()
    assert now.agencies().hash == now.hash("agencies")
    assert now.laws()
    assert len(documents.in_force(platform, AUDITOR)) == len(taken)
    with pytest.raises(NotFound):
        platform.content.service(NOON - timedelta(seconds=1))


def test_importing_the_same_again_changes_nothing(platform: Platform, folder: Path) -> None:
    take(platform, folder)
    before = platform.content.in_force(clock.now()).published
    again = take(platform, folder, in_force=True, reason="sekali lagi")
    assert not any(one.new or one.in_force for one in again)
    assert platform.content.in_force(clock.now()).published == before


def test_a_changed_document_waits_until_it_is_put_in_force(
    platform: Platform, folder: Path
) -> None:
    take(platform, folder)
    before = platform.content.service(clock.now())
    edit(folder / "seed" / "service.json", lambda d: d["name"].update(en="Another door"))
    (waiting,) = [one for one in take(platform, folder) if one.new]
    assert (waiting.kind, waiting.in_force) == ("service", False)
    assert platform.content.service(clock.now()) == before
    (now,) = [one for one in take(platform, folder, in_force=True, reason="uji") if one.in_force]
    assert now.version == waiting.version
    assert platform.content.service(clock.now()).name["en"] == "Another door"
    assert platform.content.service_version(before.hash) == before


def test_other_spacing_is_the_same_version_and_export_gives_the_newest_bytes(
    platform: Platform, folder: Path
) -> None:
    first = {one.file: one.version for one in take(platform, folder)}
    edit(folder / "seed" / "service.json", lambda d: None)
    assert {one.file: one.version for one in take(platform, folder)} == first
    spelled = {s.file: s.data for s in documents.export(platform, SYSTEM)}
    assert spelled["seed/service.json"] == (folder / "seed" / "service.json").read_bytes()


def test_what_is_wrong_is_said_with_its_file_and_nothing_is_kept(
    platform: Platform, folder: Path
) -> None:
    edit(folder / "seed" / "service.json", lambda d: d.update(rule_set="tidak-ada"))
    edit(folder / "seed" / "agencies.json", lambda d: d.append(dict(d[0])))
    with pytest.raises(BadDocument) as caught:
        take(platform, folder)
    found = problems(caught)
    assert ("actions.service_rule_set", "seed/service.json") in found
    assert any(file == "seed/agencies.json" for _, file in found)
    assert documents.in_force(platform, AUDITOR) == ()


def test_a_service_that_names_a_form_for_another_purpose_is_refused(
    platform: Platform, folder: Path
) -> None:
    def swap(service: Any) -> None:
        service["forms"]["assessment"] = service["forms"]["follow_up"]
        service["forms"]["public_report"] = "tidak-ada"

    edit(folder / "seed" / "service.json", swap)
    with pytest.raises(BadDocument) as caught:
        take(platform, folder)
    assert {key for key, _ in problems(caught)} >= {
        "actions.service_purpose",
        "actions.service_form",
    }


def test_a_rule_set_may_rest_on_what_is_in_force_already(platform: Platform, folder: Path) -> None:
    take(platform, folder)
    (path,) = (p for p in (folder / "rules").iterdir() if p.name != "legal_basis.json")
    edit(path, lambda d: d["title"].update(en="Changed"))
    new = importing.from_files([path])
    (one,) = documents.import_documents(platform, SYSTEM, new, in_force=True, reason="uji")
    assert (one.file, one.in_force) == (f"rules/{path.name}", True)
    assert platform.content.rule_set(clock.now()).title["en"] == "Changed"


def test_a_rule_set_without_its_form_is_refused(platform: Platform, folder: Path) -> None:
    (path,) = (p for p in (folder / "rules").iterdir() if p.name != "legal_basis.json")
    with pytest.raises(BadDocument) as caught:
        documents.import_documents(platform, SYSTEM, importing.from_files([path]))
    assert problems(caught) == {("actions.form_not_here", f"rules/{path.name}")}


def test_a_rule_set_that_the_engine_refuses_is_not_kept(
    platform: Platform, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from satupintu.errors import Problem

    monkeypatch.setattr(documents, "try_out", lambda ruleset: Problem("rules.trial_refused"))
    with pytest.raises(BadDocument) as caught:
        take(platform, folder)
    assert {key for key, _ in problems(caught)} == {"rules.trial_refused"}
    assert documents.in_force(platform, AUDITOR) == ()


def test_two_files_with_one_document_are_refused(platform: Platform, folder: Path) -> None:
    form = next((folder / "schemas" / "forms").iterdir())
    shutil.copy(form, form.with_name("salinan.json"))
    with pytest.raises(BadDocument) as caught:
        take(platform, folder)
    assert "actions.twice" in {key for key, _ in problems(caught)}


def test_a_folder_without_documents_says_what_it_should_look_like(
    platform: Platform, tmp_path: Path
) -> None:
    with pytest.raises(BadDocument) as caught:
        take(platform, tmp_path)
    assert "schemas/forms" in caught.value.problems[0].sentence("id")


def test_a_file_that_is_no_document_of_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "surat.json"
    path.write_text('{"kepada": "Anda"}')
    with pytest.raises(BadDocument) as caught:
        importing.from_files([path])
    assert problems(caught) == {("actions.unknown_kind", "surat.json")}


def test_staff_import_nothing(platform: Platform, folder: Path) -> None:
    with pytest.raises(NotAllowed):
        documents.import_documents(platform, STAFF, importing.from_folder(folder))
    assert documents.in_force(platform, AUDITOR) == ()


def test_any_version_can_be_read_by_its_hash(platform: Platform, folder: Path) -> None:
    for one in take(platform, folder):
        spelling = documents.read(platform, AUDITOR, one.version)
        assert spelling.data == (folder / one.file).read_bytes()


def test_the_worker_seals_what_was_done_and_an_auditor_verifies_it(
    platform: Platform, folder: Path
) -> None:
    taken = take(platform, folder)
    sealed = sealing.seal_audit(platform, SYSTEM)
    assert sealed == len(taken)
    assert sealing.seal_audit(platform, SYSTEM) == 0
    found = trail.verify(platform, AUDITOR)
    assert (found.sealed, found.broken) == (sealed, None)
    newest = trail.read(platform, AUDITOR, limit=2)
    assert [entry.action for entry in newest.entries] == ["audit.verify", "documents.import"]
    with pytest.raises(NotAllowed):
        trail.read(platform, STAFF)


def test_another_process_sees_a_publication_at_once(platform: Platform, folder: Path) -> None:
    take(platform, folder)
    other = Platform(platform.settings, platform.store, type(platform.content)(platform.store))
    assert other.content.service(clock.now()) == platform.content.service(clock.now())
    edit(folder / "seed" / "service.json", lambda d: d["name"].update(en="Another door"))
    take(platform, folder, in_force=True, reason="uji")
    assert other.content.service(clock.now()).name["en"] == "Another door"
