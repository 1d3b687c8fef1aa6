"""``satupintu import xlsform`` and ``export xlsform``, on files alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import forms.further_xlsform_samples  # noqa: F401 - it fills SAMPLES
from forms.xlsform_samples import SAMPLES, survey, workbook
from satupintu import config
from satupintu.cli import main

FORM = config.content_folder() / "schemas" / "forms" / "laporan-publik.json"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "survei.xlsx"
    path.write_bytes(workbook(SAMPLES["every plain type"]()))
    return path


def test_an_imported_form_is_fit_for_use(run, book, tmp_path):
    out = tmp_path / "f.json"
    result = run("import", "xlsform", book, "--id", "survei", "--out", out, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{out}\n"
    assert f"{book}#survey!A16: Sound and film are not recorded here. Not carried." in result.stderr
    assert json.loads(out.read_bytes())["x-form"]["id"] == "survei"
    checked = run("check", out, "--lang", "en")
    assert checked.exit_code == 0, checked.output


def test_without_a_file_the_form_goes_to_stdout_alone(run, book):
    result = run("import", "xlsform", book)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["x-pages"]
    assert "tidak direkam" in result.stderr
    assert "not recorded" in result.stderr


def test_json_has_sheet_row_and_column_of_each_remark(run, book):
    result = run("import", "xlsform", book, "--json", "--lang", "en")
    told = json.loads(result.stdout)
    assert result.stderr == ""
    assert told["form"]["x-form"]["id"] == "xlsform"
    first = next(r for r in told["remarks"] if r["code"] == "xlsform.no_recording")
    assert (first["sheet"], first["row"], first["column"]) == ("survey", 16, "A")
    assert first["message"].startswith("Sound and film")


def test_a_wrong_workbook_ends_with_two_and_writes_nothing(run, tmp_path):
    wrong = tmp_path / "salah.xlsx"
    wrong.write_bytes(workbook(survey(("select_one zz", "a", "A"), ("begin_group", "g", "G"))))
    out = tmp_path / "f.json"
    result = run("import", "xlsform", wrong, "--out", out, "--lang", "en")
    assert result.exit_code == 2
    assert f"{wrong}#survey!A2: There is no list “zz”" in result.stderr
    assert f"{wrong}#survey!A3: “g” begins here" in result.stderr
    assert not out.exists()
    wrong.write_bytes(b"no workbook")
    assert run("import", "xlsform", wrong).exit_code == 2
    assert run("import", "xlsform", tmp_path / "none.xlsx").exit_code == 2


def test_a_form_goes_out_and_comes_in_again(run, tmp_path):
    out = tmp_path / "laporan.xlsx"
    result = run("export", "xlsform", FORM, "--out", out, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{out}\n"
    assert f"{FORM}#/x-form/settings/quickExit: “quickExit” was not carried" in result.stderr
    back = json.loads(run("import", "xlsform", out).stdout)
    assert back["x-form"]["id"] == "laporan-publik"
    left = re.findall(r"/properties/(\w+): “\w+” was not carried", result.stderr)
    pages = json.loads(FORM.read_bytes())["x-pages"]
    for page in pages:
        page["questions"] = [name for name in page["questions"] if name not in left]
    assert back["x-pages"] == pages


def test_a_workbook_that_is_there_is_left_alone_unless_it_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = CliRunner().invoke(main, ["export", "xlsform", str(FORM)])
    assert first.exit_code == 0, first.output
    assert first.stdout == "laporan-publik.xlsx\n"
    again = CliRunner().invoke(main, ["export", "xlsform", str(FORM), "--lang", "en"])
    assert again.exit_code == 2
    assert "laporan-publik.xlsx: This file is there already." in again.stderr


def test_what_is_no_form_is_not_exported(run, tmp_path):
    rules = config.content_folder() / "rules" / "rujukan.json"
    assert run("export", "xlsform", rules, "--out", tmp_path / "f.xlsx").exit_code == 2
