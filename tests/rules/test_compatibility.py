"""A form version that a rule set can no longer read is refused, by rule, question and change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rules.rule_content import document, forms, shipped
from satupintu.errors import BadDocument
from satupintu.forms.document import Form
from satupintu.rules import reading
from satupintu.rules.compatibility import problems
from satupintu.words import LANGUAGES

FORM = "schemas/forms/asesmen-awal.json"


def form(change: Callable[[Any], None] = lambda _: None) -> Form:
    changed = document(FORM)
    change(changed)
    return forms.read(changed)


def everywhere(schema: Any, name: str, act: Callable[[Any], Any]) -> None:
    """Act on every property of a name; what it returns takes its place, None takes it away."""
    if isinstance(schema, list):
        for item in schema:
            everywhere(item, name, act)
    elif isinstance(schema, dict):
        properties = schema.get("properties", {})
        if name in properties and "x-id" in properties[name]:
            now = act(properties.pop(name))
            if now is not None:
                properties[now.pop("name", name)] = now
        for value in schema.values():
            everywhere(value, name, act)


def said(found: Any, language: str = "id") -> str:
    return "\n".join(p.sentence(language) for p in found)


def without(name: str) -> Callable[[Any], None]:
    """Take a question away, with everything that hangs on it."""

    def change(changed: Any) -> None:
        gone: set[str] = set()
        _drop(changed, name, gone)
        for page in changed["x-pages"]:
            page["questions"] = [q for q in page["questions"] if q not in gone]
        for one in gone:
            _unrequired(changed, one)

    return change


def _drop(schema: Any, name: str, gone: set[str]) -> None:
    if isinstance(schema, list):
        for item in schema:
            _drop(item, name, gone)
    elif isinstance(schema, dict):
        hanging = [
            b for b in schema.get("allOf", ()) if name in b.get("if", {}).get("required", ())
        ]
        for branch in hanging:
            schema["allOf"].remove(branch)
            for below in list(branch["then"].get("properties", {})):
                if "x-id" in branch["then"]["properties"][below]:
                    _drop(branch["then"], below, gone)
        if schema.get("allOf") == []:
            del schema["allOf"]
        if "x-id" in schema.get("properties", {}).get(name, {}):
            del schema["properties"][name]
            gone.add(name)
        for value in list(schema.values()):
            _drop(value, name, gone)


def _unrequired(schema: Any, name: str) -> None:
    if isinstance(schema, dict):
        if name in schema.get("required", ()) and name not in schema.get("properties", {}):
            schema["required"] = [r for r in schema["required"] if r != name]
        for value in schema.values():
            _unrequired(value, name)
    elif isinstance(schema, list):
        for item in schema:
            _unrequired(item, name)


def readers(fact: str) -> set[str]:
    return {r["id"] for r in document()["rules"] if fact in r["when"]}


def test_what_ships_fits() -> None:
    assert problems(document(), form(), form()) == ()


def test_a_question_that_is_gone_is_named_with_every_rule_that_reads_it() -> None:
    found = problems(document(), form(), form(without("jenis_seksual")))
    text = said(found)
    assert (
        "R08 membaca “jenis_seksual” (Jenis kekerasan seksual yang dialami), yang dihapus" in text
    )
    told = {p.sentence("id").split()[0] for p in found}
    assert readers("jenis_seksual") <= told
    for problem in found:
        assert problem.pointer
        assert all(problem.sentence(language) for language in LANGUAGES)


def test_a_question_that_was_renamed_is_told_by_its_new_name() -> None:
    def rename(changed: Any) -> None:
        everywhere(changed, "dokumen_ada", lambda q: {**q, "name": "punya_dokumen"})
        for page in changed["x-pages"]:
            page["questions"] = [
                q.replace("dokumen_ada", "punya_dokumen") for q in page["questions"]
            ]
        changed["required"] = [
            r.replace("dokumen_ada", "punya_dokumen") for r in changed["required"]
        ]

    found = problems(document(), form(), form(rename))
    assert "R40 membaca “dokumen_ada”" in said(found)
    assert "bernama “punya_dokumen”" in said(found)


def test_an_option_that_is_gone_is_named() -> None:
    def drop(changed: Any) -> None:
        def fewer(question: Any) -> Any:
            question["oneOf"] = [o for o in question["oneOf"] if o["const"] != "polisi"]
            return question

        everywhere(changed, "pelaku_instansi", fewer)

    found = problems(document(), form(), form(drop))
    assert "R44 membaca pilihan “polisi” (Kepolisian) dari “pelaku_instansi”" in said(found)
    assert "kunci_baris_instansi_terlapor membaca pilihan “polisi”" in said(found)
    assert all("polisi" in p.sentence("en") for p in found)


def test_a_question_of_another_type_is_named() -> None:
    def retype(changed: Any) -> None:
        def number(question: Any) -> Any:
            kept = {k: v for k, v in question.items() if k in ("title", "x-id", "x-sensitivity")}
            return {**kept, "type": "integer", "minimum": 0, "maximum": 3}

        everywhere(changed, "dokumen_ada", number)

    found = problems(document(), form(), form(retype))
    assert "R40 membaca “dokumen_ada”" in said(found)
    assert "sebagai ya atau tidak, tetapi pada versi formulir ini jawabannya bilangan" in said(
        found
    )


def test_a_bound_that_leaves_nothing_to_compare_is_named() -> None:
    def narrow(changed: Any) -> None:
        everywhere(changed, "korban_usia", lambda q: {**q, "maximum": 17})

    found = problems(document(), form(), form(narrow))
    assert "R06 membandingkan “korban_usia”" in said(found)
    assert "0 sampai 17" in said(found)


def test_a_bound_that_still_tells_apart_is_no_problem() -> None:
    def narrow(changed: Any) -> None:
        everywhere(changed, "korban_usia", lambda q: {**q, "maximum": 110})

    assert problems(document(), form(), form(narrow)) == ()


def test_free_text_is_no_longer_read() -> None:
    def free(changed: Any) -> None:
        def text(question: Any) -> Any:
            kept = {k: v for k, v in question.items() if k in ("title", "x-id", "x-sensitivity")}
            return {**kept, "type": "string", "maxLength": 100}

        everywhere(changed, "korban_warga", text)

    found = problems(document(), form(), form(free))
    assert "R30 membaca “korban_warga”" in said(found)
    assert "teks bebas" in said(found)


def test_the_other_way_round_a_new_rule_set_is_held_against_the_form_in_force() -> None:
    changed = document()
    changed["rules"][3]["when"] = "bahaya_sekarng"
    changed["flags"][3]["fact"] = "pelaku_kantor"
    found = problems(changed, form(), form())
    assert {p.pointer for p in found} == {"/rules/3/when", "/flags/3/fact"}
    assert "R04 tidak cocok dengan versi formulir ini." in said(found)
    assert "bahaya_sekarang" in said(found)
    assert changed["flags"][3]["id"] in said(found)


def test_a_rule_set_of_another_form_is_not_held_against_this_one() -> None:
    changed = document()
    changed["form"] = "lain"
    assert problems(changed, form(), form(without("jenis_seksual"))) == ()


def test_a_broken_document_is_told_as_such() -> None:
    assert problems({"rules": []}, form(), form())


NAMES = sorted(n for n in form().facts if n in shipped().types)


@pytest.mark.parametrize("name", NAMES[::6])
def test_no_problem_means_that_the_rule_set_can_be_read(name: str) -> None:
    """Whatever question is taken away: silence and a rule set that reads are the same thing."""
    try:
        changed = form(without(name))
    except BadDocument:
        return  # a condition of the form itself hangs on it
    found = problems(document(), form(), changed)
    try:
        reading.read(document(), changed.facts)
    except BadDocument:
        assert found
        assert name in said(found)
    else:
        assert found == ()
