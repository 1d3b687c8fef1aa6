from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu import config
from satupintu.documents import Json, at
from satupintu.translations import outdated

FORM = {
    "title": "Formulir",
    "x-i18n": {"en": {"title": "Form"}},
    "x-form": {"id": "f", "settings": {"neutralTitle": {"id": "Catatan", "en": "Notes"}}},
    "x-pages": [{"id": "satu", "title": "Satu", "x-i18n": {"en": {"title": "One"}}}],
    "properties": {
        "usia": {
            "x-id": "q1",
            "title": "Usia",
            "x-ui": {"help": "Dalam tahun"},
            "x-errors": {"minimum": "Terlalu kecil"},
            "oneOf": [
                {"const": "a", "title": "Pilihan", "x-i18n": {"en": {"title": "Option"}}},
            ],
            "x-i18n": {
                "en": {"title": "Age", "help": "In years", "errors": {"minimum": "Too small"}}
            },
        }
    },
}
RULES = {"id": "r", "rules": [{"id": "R1", "title": {"id": "Rujuk", "en": "Refer"}}]}


def changed(document: Json, where: str, value: str) -> Json:
    new = copy.deepcopy(document)
    above, _, key = where.rpartition("/")
    at(new, above)[key] = value
    return new


@pytest.mark.parametrize(
    ("document", "base", "translation", "where"),
    [
        (FORM, "/title", "/x-i18n/en/title", "/x-i18n"),
        (FORM, "/x-pages/0/title", "/x-pages/0/x-i18n/en/title", "/x-pages/0/x-i18n"),
        (
            FORM,
            "/x-form/settings/neutralTitle/id",
            "/x-form/settings/neutralTitle/en",
            "/x-form/settings/neutralTitle",
        ),
        (
            FORM,
            "/properties/usia/x-ui/help",
            "/properties/usia/x-i18n/en/help",
            "/properties/usia/x-i18n",
        ),
        (
            FORM,
            "/properties/usia/x-errors/minimum",
            "/properties/usia/x-i18n/en/errors/minimum",
            "/properties/usia/x-i18n",
        ),
        (
            FORM,
            "/properties/usia/oneOf/0/title",
            "/properties/usia/oneOf/0/x-i18n/en/title",
            "/properties/usia/oneOf/0/x-i18n",
        ),
        (RULES, "/rules/0/title/id", "/rules/0/title/en", "/rules/0/title"),
    ],
)
def test_a_translation_is_outdated_where_only_its_base_changed(
    document: Json, base: str, translation: str, where: str
) -> None:
    new = changed(document, base, "Lain sama sekali")
    [told] = outdated(document, new)
    assert (told.pointer, told.level, told.key) == (where, "warning", "texts.document_outdated")
    assert all("Lain" not in told.sentence(x) and told.sentence(x) for x in ("id", "en"))
    assert not list(outdated(document, changed(new, translation, "Quite another")))
    assert not list(outdated(document, changed(document, translation, "Quite another")))


def test_a_question_that_moves_or_is_renamed_is_followed_by_its_id() -> None:
    new: Any = copy.deepcopy(FORM)
    question = new["properties"].pop("usia")
    question["title"] = "Umur"
    new["allOf"] = [{"then": {"properties": {"umur": question}}}]
    [told] = outdated(FORM, new)
    assert told.pointer == "/allOf/0/then/properties/umur/x-i18n"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "en", "title", "x-i18n", "x-id", "x-ui", "help", "errors", "a"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON, _JSON)
def test_any_two_documents_can_be_compared_and_one_with_itself_says_nothing(
    one: Json, other: Json
) -> None:
    assert not list(outdated(one, one))
    for told in outdated(one, other):
        at(other, told.pointer)


def test_check_tells_what_was_left_behind_since_an_earlier_folder(run: Any, content: Any) -> None:
    earlier = config.content_folder()
    name = "rules/rujukan.json"
    with content.changed(name) as rules:
        rules["rules"][0]["title"]["id"] = "Judul yang lain"
    done = run("check", content / name, "--since", earlier, "--json", "--lang", "en")
    [told] = [p for p in json.loads(done.stdout)["problems"] if p["level"] == "warning"]
    assert told["pointer"] == "/rules/0/title"
    assert told["code"] == "texts.document_outdated"
    assert done.exit_code == 0
    assert run("check", content / name, "--since", earlier, "--strict").exit_code == 1
    assert run("check", content / name, "--since", content / name, "--strict").exit_code == 0


def test_an_earlier_file_that_cannot_be_read_is_named(run: Any, tmp_path: Path) -> None:
    broken = tmp_path / "lama.json"
    broken.write_text("{", encoding="utf-8")
    rules = config.content_folder() / "rules" / "rujukan.json"
    shutil.copy(rules, tmp_path / "rujukan.json")
    done = run("check", rules, "--since", broken)
    assert done.exit_code == 2
    assert str(broken) in done.stderr
