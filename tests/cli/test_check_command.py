"""``satupintu check`` says what is wrong with any document, where, and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from satupintu import config

SHIPPED = config.content_folder()
DOCUMENTS = (
    "schemas/forms/asesmen-awal.json",
    "schemas/forms/laporan-publik.json",
    "schemas/forms/tindak-lanjut.json",
    "rules/rujukan.json",
    "rules/legal_basis.json",
    "seed/agencies.json",
    "seed/service.json",
    "seed/people.json",
    "seed/cases.json",
)
KECIL = Path(__file__).parents[1] / "packs" / "kecil"
RULES = "rules/rujukan.json"
FORM = "schemas/forms/asesmen-awal.json"


def test_every_shipped_document_is_fit_for_use_without_a_warning(run):
    result = run("check", *(SHIPPED / name for name in DOCUMENTS), "--lang", "en")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert len(lines) == len(DOCUMENTS)
    assert all(line.endswith("fit for use.") for line in lines)
    assert result.stderr == ""


def test_a_document_is_checked_with_the_content_folder_it_lies_in(run):
    files = sorted(KECIL.glob("**/*.json"))
    assert len(files) == 8
    result = run("check", *files)
    assert result.exit_code == 0, result.output


def test_two_packs_in_one_call_are_each_checked_with_their_own_documents(run):
    files = [*sorted(KECIL.glob("**/*.json")), *(SHIPPED / name for name in DOCUMENTS)]
    assert run("check", *files).exit_code == 0


def test_a_loose_rule_set_finds_its_form_in_the_content_of_the_settings(run, content, tmp_path):
    loose = tmp_path / "elsewhere" / "draft.json"
    loose.parent.mkdir()
    loose.write_bytes((content / RULES).read_bytes())
    assert run("check", loose).exit_code == 0


def test_files_named_together_are_checked_against_each_other(run, content, tmp_path):
    with content.changed(FORM) as form:
        form["x-form"]["id"] = "asesmen-baru"
    with content.changed(RULES) as rules:
        rules["form"] = "asesmen-baru"
    form, rules = tmp_path / "form.json", tmp_path / "rules.json"
    form.write_bytes((content / FORM).read_bytes())
    rules.write_bytes((content / RULES).read_bytes())
    assert run("check", rules).exit_code == 2
    assert run("check", rules, form).exit_code == 0


def test_a_rule_set_whose_form_is_nowhere_is_told_the_nearest(run, content):
    with content.changed(RULES) as rules:
        rules["form"] = "asesmen-awa"
    result = run("check", content / RULES, "--lang", "en")
    assert result.exit_code == 2
    assert "asesmen-awal" in result.stdout


@pytest.mark.parametrize(
    ("where", "change", "column", "says"),
    [
        (
            "/rules/0/when",
            lambda r: r["rules"][0].update(when="korban_usa < 18"),
            1,
            "korban_usia",
        ),
        (
            "/rules/0/when",
            lambda r: r["rules"][0].update(when="luka == 'berrat'"),
            9,
            "berat",
        ),
        ("/rules/0/when", lambda r: r["rules"][0].update(when="korban_usia <"), 14, None),
        ("/rules/0/when", lambda r: r["rules"][0].update(when="korban_usia = 18"), 13, None),
        (
            "/rules/0/refer/0/agency",
            lambda r: r["rules"][0]["refer"][0].update(agency="POLRES_PP"),
            None,
            "POLRES_PPA",
        ),
        (
            "/rules/0/refer/0/service",
            lambda r: r["rules"][0]["refer"][0].update(service="terbang"),
            None,
            "terbang",
        ),
        ("/rules/0/basis/0", lambda r: r["rules"][0].update(basis=["UU-99"]), None, "UU-99"),
    ],
)
def test_a_wrong_rule_is_named_with_file_pointer_column_and_the_nearest_right_name(
    run, content, where, change, column, says
):
    with content.changed(RULES) as rules:
        change(rules)
    for lang in ("id", "en"):
        result = run("check", content / RULES, "--lang", lang)
        assert result.exit_code == 2
        place = f"{content / RULES}#{where}" + (f":{column}: " if column else ": ")
        (line,) = [line for line in result.stdout.splitlines() if line.startswith(place)]
        assert says is None or says in line


@pytest.mark.parametrize(
    ("where", "change"),
    [
        (
            "/x-pages/1/questions/0",
            lambda f: f["x-pages"][1]["questions"].insert(0, f["x-pages"][0]["questions"][0]),
        ),
        (
            "/properties/bahaya_sekarang/$ref",
            lambda f: f["properties"].update(bahaya_sekarang={"$ref": "#/$defs/nowhere"}),
        ),
    ],
)
def test_a_question_on_two_pages_and_a_broken_reference_are_named(run, content, where, change):
    with content.changed(FORM) as form:
        change(form)
    result = run("check", content / FORM)
    assert result.exit_code == 2
    assert f"{content / FORM}#{where.removesuffix('/$ref')}" in result.stdout


def test_every_file_is_checked_even_where_the_first_is_broken(run, content):
    (content / "rules" / "rusak.json").write_text("{")
    result = run("check", content / "rules" / "rusak.json", content / "seed" / "agencies.json")
    assert result.exit_code == 2
    assert "rusak.json" in result.stdout
    assert "agencies.json: daftar instansi" in result.stdout


@pytest.mark.parametrize(
    "bytes_",
    [b"{", b"\xff\xfe", b'{"a": NaN}', b'{"a": 1, "a": 2}', b"[" * 100_000, b"7", b"{}", b"[]"],
)
def test_what_is_no_document_at_all_is_one_plain_sentence(run, tmp_path, bytes_):
    file = tmp_path / "apa.json"
    file.write_bytes(bytes_)
    result = run("check", file)
    assert result.exit_code == 2
    (line,) = result.stdout.splitlines()
    assert line.startswith(f"{file}: ")


def test_a_file_that_is_not_there_is_a_sentence(run, tmp_path):
    result = run("check", tmp_path / "tiada.json", "--lang", "en")
    assert result.exit_code == 2
    assert "tiada.json: The file cannot be read" in result.stdout


def test_a_warning_is_shown_and_leaves_the_document_fit(run, content):
    with content.changed(RULES) as rules:
        rules["rules"][0]["basis"] = []
    result = run("check", content / RULES, "--lang", "en")
    assert result.exit_code == 0
    assert "#/rules/0: Warning: " in result.stdout
    assert "rule set, fit for use." in result.stdout


def test_a_service_that_names_no_form_or_one_for_something_else_is_told(run, content):
    with content.changed("seed/service.json") as service:
        service["forms"] = {**service["forms"], "follow_up": "laporan-publik"}
        service["rule_set"] = "rujukn"
    result = run("check", content / "seed/service.json", "--lang", "en")
    assert result.exit_code == 2
    assert "#/forms/follow_up: " in result.stdout
    assert "#/rule_set: " in result.stdout
    assert "rujukan" in result.stdout


def test_an_agencies_list_beside_a_rule_set_decides_which_agencies_exist(run, content):
    with content.changed("seed/agencies.json") as agencies:
        agencies[:] = [a for a in agencies if a["id"] != "LPSK"]
    result = run("check", content / RULES)
    assert result.exit_code == 2
    assert "LPSK" in result.stdout


def test_a_broken_document_that_another_names_is_said_by_its_own_name(run, content):
    (content / "rules/legal_basis.json").write_text("{")
    result = run("check", content / RULES)
    assert result.exit_code == 2
    assert str(content / "rules/legal_basis.json") in result.stdout


def test_made_up_cases_are_held_against_the_form(run, content):
    with content.changed("seed/cases.json") as cases:
        cases[0]["answers"]["luka"] = "parah"
        cases[1]["hours_ago"]["waktu_kejadia"] = 3
        cases[2]["answers"]["korban_nam"] = "Korban Contoh"
    result = run("check", content / "seed/cases.json", "--lang", "en")
    assert result.exit_code == 2
    assert "#/0/answers/luka: " in result.stdout
    assert "#/1/hours_ago/waktu_kejadia: " in result.stdout
    assert "#/2/answers/korban_nam: " in result.stdout


def problems(result):
    """Return what ``--json`` printed, which is one object."""
    (key, found), *others = json.loads(result.stdout).items()
    assert key == "problems"
    assert not others
    return found


def test_strict_refuses_what_is_fit_but_deserves_a_look(run, content):
    with content.changed(RULES) as rules:
        rules["rules"][0]["basis"] = []
    assert run("check", content / RULES).exit_code == 0
    assert run("check", content / RULES, "--strict").exit_code == 1
    with content.changed(RULES) as rules:
        rules["rules"][0]["when"] = "tidak_ada"
    assert run("check", content / RULES, "--strict").exit_code == 2
    assert run("check", SHIPPED / RULES, "--strict", "--notes").exit_code == 0


@pytest.mark.parametrize("lang", ["id", "en"])
def test_json_is_one_object_with_code_level_place_and_sentence(run, content, lang):
    with content.changed(RULES) as rules:
        rules["rules"][8]["when"] = "luka == 'berat' && korban_usiaa < 18"
    with content.changed("seed/service.json") as service:
        del service["name"]["en"]
    files = (content / RULES, content / "seed/service.json")
    result = run("check", *files, "--json", "--lang", lang)
    assert result.exit_code == 2
    wrong, silent = problems(result)
    assert [wrong["file"], silent["file"]] == [str(file) for file in files]
    assert (wrong["code"], wrong["level"]) == ("conditions.unknown_fact_nearest", "error")
    assert (wrong["pointer"], wrong["column"]) == ("/rules/8/when", 20)
    assert "korban_usia" in wrong["message"]
    assert (silent["code"], silent["level"]) == ("agencies.untranslated", "warning")
    assert (silent["pointer"], silent["column"]) == ("/name", None)
    assert problems(run("check", SHIPPED / RULES, "--json")) == []


def test_notes_are_told_only_to_whoever_asks(run, content):
    with content.changed(RULES) as rules:
        for rule in rules["rules"]:
            rule["refer"] = [o for o in rule["refer"] if o["agency"] != "KEMENAG"]
            rule["basis"] = [b for b in rule["basis"] if not b.startswith("UU-23-2004")]
        rules["guarantees"] = rules["examples"] = []
    with content.changed("seed/agencies.json") as agencies:
        for agency in agencies:
            agency["basis"] = [b for b in agency["basis"] if not b.startswith("UU-23-2004")]
        place = next(n for n, a in enumerate(agencies) if a["id"] == "KEMENAG")
    files = [content / name for name in DOCUMENTS[3:6]]
    quiet = problems(run("check", *files, "--json"))
    assert {p["level"] for p in quiet} <= {"warning"}
    found = problems(run("check", *files, "--json", "--notes"))
    notes = {(p["code"], p["pointer"]) for p in found if p["level"] == "note"}
    assert ("folder.note_agency_unreferred", f"/{place}") in notes
    assert ("folder.note_law_uncited", "/0") in notes
    assert [p for p in found if p["level"] != "note"] == quiet
    text = run("check", *files, "--notes", "--lang", "en").stdout
    assert f"seed/agencies.json#/{place}: Note: " in text


def test_an_answer_is_read_where_a_rule_a_computed_answer_or_the_platform_reads_it(run):
    (note,) = problems(run("check", SHIPPED / RULES, "--json", "--notes", "--lang", "en"))
    assert note["code"] == "folder.note_facts_unread"
    named = set(note["message"].split(": ")[1].split(". ")[0].split(", "))
    assert "kanal_lapor" in named
    read_by_rule, by_computed, by_role = "luka", "waktu_kejadian", "korban_jk"
    assert not named & {read_by_rule, by_computed, by_role}


def test_texts_of_the_service_are_missed_where_they_have_no_english(run, content):
    with content.changed("seed/service.json") as service:
        service["address"] = {"id": "Jalan Contoh 1"}
        service["opening_hours"] = {"id": "Senin sampai Jumat"}
    found = problems(run("check", content / "seed/service.json", "--json"))
    assert [(p["code"], p["pointer"]) for p in found] == [
        ("agencies.untranslated", "/address"),
        ("agencies.untranslated", "/opening_hours"),
    ]


def test_a_plain_schema_is_told_how_to_become_a_form(run, tmp_path):
    file = tmp_path / "skema.json"
    file.write_text('{"type": "object", "properties": {"a": {"pattern": "(?=x)"}}}', "utf-8")
    result = run("check", file, "--lang", "en")
    assert result.exit_code == 2
    assert "satupintu import schema" in result.stdout
    assert "#/properties/a/pattern: " in result.stdout
