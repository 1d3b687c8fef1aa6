"""``import schema`` and ``export jsonschema``: documents of others, in and out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satupintu import config

FORM = config.content_folder() / "schemas" / "forms" / "laporan-publik.json"
SAMPLES = Path(__file__).parents[1] / "forms" / "imports"


@pytest.fixture
def sample(tmp_path: Path):
    """Write a sample's document and look, and answers of it, as files of their own."""

    def written(name: str) -> tuple[Path, Path, Path]:
        found = json.loads((SAMPLES / f"{name}.json").read_bytes())
        paths = tuple(tmp_path / f for f in ("Produk Kami.json", "ui.json", "answers.json"))
        for path, key in zip(paths, ("schema", "ui", "answers"), strict=True):
            value = found.get(key, {})
            text = json.dumps(value[0] if key == "answers" else value)
            path.write_text(text, encoding="utf-8")
        return paths  # type: ignore[return-value]

    return written


def test_a_document_with_its_look_becomes_a_form_that_check_and_the_round_trip_take(
    run, sample, tmp_path
):
    schema, ui, answers = sample("a-person-on-two-pages")
    out = tmp_path / "form.json"
    done = run("import", "schema", schema, "--ui", ui, "--out", out, "--lang", "en")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert f"{schema}: The document allows keys" in done.stderr
    assert json.loads(out.read_bytes())["x-form"]["id"] == "Produk-Kami"
    assert run("check", out).exit_code == 0
    gone = run("form", "roundtrip", "--form", out, "--answers", answers, "--json")
    assert (gone.exit_code, json.loads(gone.stdout)["equal"]) == (0, True)


def test_the_form_is_printed_where_no_file_is_named(run, sample):
    schema, _, _ = sample("a-card-or-cash")
    done = run("import", "schema", schema, "--id", "bayar", "--purpose", "follow_up")
    assert json.loads(done.stdout)["x-form"] == {"id": "bayar", "purpose": "follow_up"}


def test_json_holds_the_form_the_notes_and_what_stands_in_its_way(run, sample):
    schema, ui, _ = sample("rules-that-hide")
    done = run("import", "schema", schema, "--ui", ui, "--json", "--lang", "en")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["problems"] == []
    assert told["form"]["x-pages"]
    lost = [n for n in told["notes"] if n["code"] == "imports.rule_lost"]
    assert [(n["file"], n["pointer"]) for n in lost] == [(str(ui), "/elements/3/rule")]
    assert lost[0]["message"].startswith("This rule cannot be said")


@pytest.mark.parametrize(
    ("text", "place"),
    [("[", "own.json"), ('{"$schema": "urn:x"}', "own.json#/$schema"), ("7", "own.json")],
)
def test_what_is_no_schema_ends_with_two_and_its_place(run, tmp_path, text, place):
    path = tmp_path / "own.json"
    path.write_text(text, encoding="utf-8")
    done = run("import", "schema", path, "--lang", "en")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert place in done.stderr


def test_an_unknown_purpose_is_a_usage_error_that_names_the_known_ones(run, sample):
    schema, _, _ = sample("a-card-or-cash")
    done = run("import", "schema", schema, "--purpose", "fun")
    assert done.exit_code == 2
    assert "assessment" in done.stderr


def test_a_form_goes_out_plain_in_the_language_that_was_asked_for(run, tmp_path):
    out = tmp_path / "plain.json"
    assert run("export", "jsonschema", FORM, "--language", "en", "--out", out).exit_code == 0
    document = json.loads(out.read_bytes())
    own = json.loads(FORM.read_bytes())
    assert document["title"] == own["x-i18n"]["en"]["title"]
    assert "x-pages" not in document
    assert json.loads(run("export", "jsonschema", FORM).stdout)["title"] == own["title"]


def test_a_form_in_force_goes_out_by_its_id(run, seeded):
    own = json.loads(FORM.read_bytes())
    done = run("export", "jsonschema", own["x-form"]["id"])
    assert json.loads(done.stdout)["title"] == own["title"]


def test_a_form_that_is_nowhere_ends_with_two(run, seeded):
    done = run("export", "jsonschema", "tiada", "--lang", "en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "tiada" in done.stderr
