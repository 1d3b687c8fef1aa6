"""A language that is only files: its pages, what it lacks, and its plurals."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from forms.completed_answers import complete
from journeys.city import City
from journeys.telling import fill, fill_page
from satupintu import words
from satupintu.actions.platform import Platform
from satupintu.app import create_app
from satupintu.cli import main
from satupintu.words import say

ROOT = Path(__file__).parents[2]
LEFT_OUT = "report.go_on"
UNFIT = "report.step"
MARK = "~"


def spoken(sentence: Any) -> Any:
    """Return a sentence of the made-up language: marked, with its parameters in place."""
    if isinstance(sentence, dict):
        return {form: spoken(text) for form, text in sentence.items()}
    return MARK + sentence + MARK


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with Javanese, one sentence left out and one that can't be filled."""
    folder = tmp_path / "bahasa" / "jv"
    folder.mkdir(parents=True)
    for file in (Path(words.__file__).parent / "texts" / "id").glob("*.json"):
        room = {key: spoken(text) for key, text in json.loads(file.read_bytes()).items()}
        room.pop(LEFT_OUT, None)
        if UNFIT in room:
            room[UNFIT] = "~{langkah}~"
        if file.name == "language.json":
            room = {"language.name": "Basa Jawa"}
        if file.name == "web.json":
            numbered = (k for k in ("web.thousands_mark", "web.decimal_mark") if k in room)
            room |= {k: words.catalogue("id")[k] for k in numbered}
        (folder / file.name).write_text(json.dumps(room), encoding="utf-8")
    monkeypatch.setenv(words.FOLDER, str(folder.parent))
    _forget()
    yield folder
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for kept in (words.languages, words.catalogue, words._plurals):
        kept.cache_clear()


@pytest.fixture
def door(texts: Path, tmp_path: Path, new_installation: Callable[..., Platform]) -> City:
    content = tmp_path / "content"
    for folder in ("schemas", "rules", "seed"):
        shutil.copytree(ROOT / folder, content / folder)
    file = content / "seed" / "service.json"
    service = json.loads(file.read_bytes())
    service["languages"].append("jv")
    service["name"]["jv"] = "Lawang Siji"
    file.write_text(json.dumps(service), encoding="utf-8")
    platform = new_installation(content=content)
    return City(platform, create_app(platform))


def test_pages_speak_the_language_and_the_switch_names_it(door: City) -> None:
    reporter = door.stranger()
    first = reporter.client.get("/").text
    assert "Basa Jawa" in first
    shown = reporter.client.get("/lapor?lang=jv").text
    assert '<html lang="jv">' in shown
    assert spoken(words.catalogue("id")["report.back"]) in shown
    assert words.catalogue("id")[LEFT_OUT] in shown  # not said yet, so said in Indonesian
    assert "~{" not in shown
    assert "Lawang Siji" in reporter.client.get("/").text


def test_a_story_told_in_it_becomes_a_case(door: City) -> None:
    reporter, form = door.stranger(), door.form("public_report")
    reporter.open("/lapor?lang=jv")
    for page in form.pages:
        fill_page(reporter, door.typed(form, page, complete(form, {})))
    reporter.press(act="send")
    assert reporter.address == "/lapor/terkirim"
    assert MARK in reporter.page.text


def test_staff_assess_in_it_and_the_decision_is_told_in_it(door: City) -> None:
    example = door.rules.examples[0]
    answers = door.answers(example, sharing=True)
    staff = door.someone("staff")
    staff.open("/asesmen/baru?lang=jv")
    staff.press(spoken(words.catalogue("id")["intake.start"]))
    fill(door, staff, door.form("assessment"), answers)
    assert staff.address.endswith("/periksa"), staff.address
    staff.press(spoken(words.catalogue("id")["intake.send"]), {"told": "yes"})
    assert staff.address.endswith("/keputusan")
    assert MARK in staff.page.text


def test_what_it_lacks_is_listed_with_key_and_file(texts: Path) -> None:
    run = CliRunner().invoke(main, ["texts", "--language", "jv", "--json", "--lang", "en"])
    found = [json.loads(line) for line in run.stdout.splitlines()]
    told = {(one["code"], one["key"]) for one in found}
    assert told == {
        ("texts.missing", LEFT_OUT),
        ("texts.missing", "language.plurals"),
        ("texts.unfit", UNFIT),
    }
    assert all(Path(one["file"]).parent == texts for one in found)
    assert run.exit_code == 1


def test_a_sentence_that_changed_since_it_was_accepted_is_listed(texts: Path) -> None:
    for room, key in (("report", LEFT_OUT), ("report", UNFIT), ("language", "language.plurals")):
        file = texts / f"{room}.json"
        said = json.loads(file.read_bytes()) | {key: words.catalogue("id")[key]}
        file.write_text(json.dumps(said), encoding="utf-8")
    _forget()
    run = CliRunner().invoke(main, ["texts", "--language", "jv", "--accept"])
    assert (run.exit_code, run.stdout) == (0, "")
    lock = texts / "sources.lock"
    lines = lock.read_text(encoding="utf-8").splitlines()
    lines[0] = lines[0].partition(" ")[0] + " 0000000000000000"
    lock.write_text("\n".join(lines), encoding="utf-8")
    run = CliRunner().invoke(main, ["texts", "--language", "jv", "--lang", "en"])
    assert run.exit_code == 0
    [line] = run.stdout.splitlines()
    assert lines[0].partition(" ")[0] in line


def test_a_file_that_cannot_be_read_is_named_before_anything_else(texts: Path) -> None:
    (texts / "web.json").write_text("{", encoding="utf-8")
    _forget()
    run = CliRunner().invoke(main, ["texts"])
    assert run.exit_code == 2
    assert str(texts / "web.json") in run.stderr
    assert "Traceback" not in run.stderr


def test_plurals_follow_the_language(texts: Path) -> None:
    days = {"one": "{count} dzień", "few": "{count} dni", "other": "{count} dnia"}
    polish = texts.parent / "pl"
    polish.mkdir()
    room = {"web.days": {**days, "many": "{count} dni!"}}
    (polish / "web.json").write_text(json.dumps(room), encoding="utf-8")
    _forget()
    said = [say("web.days", "pl", count=n) for n in (1, 3, 5)]
    assert said == ["1 dzień", "3 dni", "5 dni!"]
    assert [say("web.days", "en", count=n) for n in (1, 2)] == ["1 day", "2 days"]


def test_a_language_without_a_folder_is_told_and_speaks_indonesian() -> None:
    assert say("report.back", "xx") == words.catalogue("id")["report.back"]
    run = CliRunner().invoke(main, ["texts", "--language", "xx"])
    assert run.exit_code == 2
    assert "xx" in run.stderr
