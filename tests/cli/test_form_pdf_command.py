"""``satupintu form pdf`` writes a form as a PDF, blank or filled in, from files alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from satupintu import config

FORM = config.content_folder() / "schemas" / "forms" / "laporan-publik.json"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A plain schema with two answers."""
    schema = {
        "type": "object",
        "title": "Tamu",
        "properties": {"nama": {"type": "string"}, "usia": {"type": "integer", "maximum": 120}},
        "required": ["nama"],
    }
    path = tmp_path / "f.json"
    path.write_text(json.dumps(schema), encoding="utf-8")
    return path


def text_of(path: Path) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(path).pages).split())


def test_a_blank_form_is_written_in_either_language(run, tmp_path):
    for language, kind in (("id", "Formulir kosong"), ("en", "Blank form")):
        out = tmp_path / f"{language}.pdf"
        result = run("form", "pdf", "--form", FORM, "--language", language, "--out", out)
        assert result.exit_code == 0, result.output
        assert result.stdout == f"{out}\n"
        assert kind in text_of(out)
    again = tmp_path / "again.pdf"
    run("form", "pdf", "--form", FORM, "--lang", "en", "--out", again)
    assert again.read_bytes() == (tmp_path / "en.pdf").read_bytes()


def test_answers_are_printed_with_what_is_missing(run, small, tmp_path):
    out = tmp_path / "out.pdf"
    arguments = ("form", "pdf", "--form", small, "--answers", "-", "--lang", "en", "--out", out)
    result = run(*arguments, stdin='{"nama": "#strong[Kenanga]", "usia": 7}')
    assert result.exit_code == 0, result.output
    assert "#strong[Kenanga]" in text_of(out)
    assert "Filled form" in text_of(out)
    assert run(*arguments, stdin='{"usia": 7}').exit_code == 0


@pytest.mark.parametrize("answers", ['{"nama": 9}', '{"nama": "x", "usia": 130}', "[]", "{"])
def test_answers_that_do_not_fit_are_told_and_nothing_is_written(run, small, tmp_path, answers):
    out = tmp_path / "out.pdf"
    result = run("form", "pdf", "--form", small, "--answers", "-", "--out", out, stdin=answers)
    assert result.exit_code == 2
    assert "stdin" in result.stderr
    assert "Traceback" not in result.output
    assert not out.exists()


def test_what_is_no_form_or_no_place_to_write_is_told(run, tmp_path):
    missing = run("form", "pdf", "--form", tmp_path / "tiada.json", "--out", tmp_path / "o.pdf")
    assert missing.exit_code == 2
    assert "tiada.json" in missing.stderr
    nowhere = run(
        "form", "pdf", "--form", FORM, "--out", tmp_path / "tiada" / "o.pdf", "--lang", "en"
    )
    assert nowhere.exit_code == 2
    assert "The file cannot be written" in nowhere.stderr
