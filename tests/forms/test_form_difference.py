"""Whatever is edited in a form is told, as what it is; equal forms differ in nothing."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conditions.condition_strategies import sized
from satupintu import config, documents
from satupintu.changes import Change
from satupintu.errors import BadDocument
from satupintu.forms import reading
from satupintu.forms.difference import between, sentences
from satupintu.forms.document import Form
from satupintu.words import LANGUAGES

FOLDER = config.content_folder() / "schemas" / "forms"
KECIL = Path(__file__).parents[1] / "packs" / "kecil" / "schemas" / "forms"
"""A pack with nested groups and repeated groups."""
FILES = [*sorted(FOLDER.glob("*.json")), *sorted(KECIL.glob("*.json"))]
SHIPPED = {p.stem: documents.parse(p.read_bytes()) for p in FILES}
INTAKE = SHIPPED["asesmen-awal"]
OLD = reading.read(INTAKE)


def read(change: Callable[[Any], None]) -> Form:
    new = copy.deepcopy(INTAKE)
    change(new)
    return reading.read(new)


def question(schema: Any, name: str) -> Any:
    """Return the first question of a name, as the document has it."""
    if isinstance(schema, dict):
        found = schema.get("properties", {}).get(name)
        if isinstance(found, dict) and "x-id" in found:
            return found
    items = schema.values() if isinstance(schema, dict) else schema
    for item in items if isinstance(schema, dict | list) else ():
        below = question(item, name)
        if below is not None:
            return below
    return None


def changes(change: Callable[[Any], None]) -> tuple[Change, ...]:
    return between(OLD, read(change))


@pytest.mark.parametrize("name", SHIPPED)
def test_equal_forms_differ_in_nothing(name: str) -> None:
    one, other = reading.read(SHIPPED[name]), reading.read(copy.deepcopy(SHIPPED[name]))
    assert between(one, other) == ()
    assert sentences(one, other, "id", equivalent=True) == ()


# Edits of every kind, each with what it must be told as. -----------------------------------------

Edit = tuple[tuple[str, str, str], Callable[[Any], None]]


def _on(name: str, act: Callable[[Any], None]) -> Callable[[Any], None]:
    return lambda new: act(question(new, name))


def _put(key: str, value: Any) -> Callable[[Any], None]:
    return lambda holder: holder.__setitem__(key, value)


def edits() -> Iterator[Edit]:
    for name, one in OLD.questions.items():
        if one.kind == "group":
            continue
        yield ("question", name, "title.id"), _on(name, _put("title", "Judul lain"))
        if "en" in one.schema.get("x-i18n", {}):
            yield (
                ("question", name, "title.en"),
                _on(name, lambda q: q["x-i18n"]["en"].__setitem__("title", "Another title")),
            )
        yield (
            ("question", name, "help.id"),
            _on(name, lambda q: q.setdefault("x-ui", {}).__setitem__("help", "Bantuan lain")),
        )
        yield (
            ("question", name, "errors.type.id"),
            _on(name, lambda q: q.setdefault("x-errors", {}).__setitem__("type", "Pesan lain")),
        )
        secret = "umum" if one.sensitivity != "umum" else "rahasia"
        yield ("question", name, "x-sensitivity"), _on(name, _put("x-sensitivity", secret))
        if "preview" not in one.roles:
            yield (
                ("question", name, "x-role"),
                _on(name, lambda q: q.setdefault("x-role", []).append("preview")),
            )
        yield ("question", name, "$comment"), _on(name, _put("$comment", "Catatan"))
        if "maximum" in one.schema:
            yield ("question", name, "maximum"), _on(name, _put("maximum", 4321))
        if "maxLength" in one.schema:
            yield ("question", name, "maxLength"), _on(name, _put("maxLength", 4321))
        if one.options and "oneOf" in one.schema:
            const = one.options[0].const
            yield (
                ("option", f"{name} {const}", "title.id"),
                _on(name, lambda q: q["oneOf"][0].__setitem__("title", "Pilihan lain")),
            )
            yield (
                ("option", f"{name} lain_lagi", ""),
                _on(
                    name, lambda q: q["oneOf"].append({"const": "lain_lagi", "title": "Lain lagi"})
                ),
            )
    for n, page in enumerate(INTAKE["x-pages"]):
        yield (
            ("page", page["id"], "title.id"),
            lambda new, n=n: new["x-pages"][n].__setitem__("title", "Halaman lain"),
        )
        if len(page["questions"]) > 1:
            yield (
                ("page", page["id"], "questions"),
                lambda new, n=n: new["x-pages"][n]["questions"].reverse(),
            )
    for name in INTAKE["required"]:
        yield ("question", name, "required"), lambda new, name=name: new["required"].remove(name)
    yield (
        ("form", OLD.id, "settings.quickExit"),
        lambda new: new["x-form"]["settings"].__setitem__("quickExit", False),
    )
    yield ("form", OLD.id, "title.id"), _put("title", "Formulir lain")
    yield ("form", OLD.id, "$comment"), _put("$comment", "Catatan")
    yield ("shared", "bersama", ""), _put("$defs", {"bersama": {"type": "boolean"}})
    yield ("note", "$comment", ""), lambda new: new["allOf"][3].__setitem__("$comment", "Catatan")


EDITS = list(edits())


@given(st.lists(st.sampled_from(range(len(EDITS))), min_size=1, max_size=6, unique=True))
@sized(15, assured=1_500)
def test_every_edit_is_told_as_what_it_is(chosen: list[int]) -> None:
    new = copy.deepcopy(INTAKE)
    for n in chosen:
        EDITS[n][1](new)
    after = reading.read(new)
    found = between(OLD, after)
    told = {(c.what, c.id, c.part) for c in found}
    assert {EDITS[n][0] for n in chosen} <= told
    for language in LANGUAGES:
        assert len(sentences(OLD, after, language)) == len(found)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(item, (*path, key))


IDS = frozenset({"const", "id", "x-id"})
"""What a thing is known by; with another it is another thing."""
PLACES = {name: list(_places(document)) for name, document in SHIPPED.items()}
READ = {name: reading.read(document) for name, document in SHIPPED.items()}


def spoiled(data: st.DataObject, name: str, new: Any, but: frozenset[str] = frozenset()) -> None:
    """Change whatever stands at some place, or take it away; but nothing under some keys."""
    path = data.draw(st.sampled_from([p for p in PLACES[name] if p[-1] not in but]))
    holder = new
    try:
        for step in path[:-1]:
            holder = holder[step]
        value = holder[path[-1]]
    except (KeyError, IndexError, TypeError):
        return
    match value:
        case bool():
            holder[path[-1]] = not value
        case int():
            holder[path[-1]] = value + 1
        case str():
            holder[path[-1]] = data.draw(st.sampled_from([f"{value}x", "korban", "rahasia"]))
        case list() if len(value) > 1:
            holder[path[-1]] = value[::-1]
        case _:
            del holder[path[-1]]


def fit(new: Any) -> Form:
    try:
        return reading.read(new)
    except BadDocument:
        assume(False)
        raise


@given(data=st.data(), name=st.sampled_from(sorted(SHIPPED)))
@sized(35, assured=4_000)
def test_no_change_of_the_content_hash_goes_untold(data: st.DataObject, name: str) -> None:
    new = copy.deepcopy(SHIPPED[name])
    spoiled(data, name, new)
    after = fit(new)
    found = between(READ[name], after)
    assert bool(found) is (after.hash != READ[name].hash)
    assert len(sentences(READ[name], after, "en")) == len(found)


@given(data=st.data(), name=st.sampled_from(sorted(SHIPPED)))
@sized(15, assured=2_000)
def test_of_two_changes_neither_hides_the_other(data: st.DataObject, name: str) -> None:
    first = copy.deepcopy(SHIPPED[name])
    spoiled(data, name, first, IDS)
    both = copy.deepcopy(first)
    spoiled(data, name, both, IDS)
    one, two = fit(first), fit(both)
    told = between(READ[name], two)
    for found in (between(READ[name], one), between(one, two)):
        undone = two.hash == READ[name].hash
        assert not found or undone or any(_tells(t, c) for t in told for c in found)


def _tells(told: Change, change: Change) -> bool:
    """Tell whether a change is told, or all of the thing it is about (its id was changed too)."""
    alike = (told.what, told.id, told.part) == (change.what, change.id, change.part)
    return alike or (not told.part and f"{change.id} ".startswith(f"{told.id} "))


# What single changes are told as. ----------------------------------------------------------------


def test_a_lower_sensitivity_and_a_demand_that_falls_are_said_louder_and_first() -> None:
    def change(new: Any) -> None:
        new["title"] = "Lain"
        question(new, "korban_usia")["x-sensitivity"] = "umum"
        new["required"].remove("korban_usia")

    after = read(change)
    told = sentences(OLD, after, "id")
    assert [s.startswith("Perhatian:") for s in told] == [True, True, False]
    assert "dari “terbatas” menjadi “umum”" in told[0] + told[1]
    assert "dulu wajib dijawab selalu, kini tidak pernah" in told[0] + told[1]


def test_a_higher_sensitivity_is_not_louder() -> None:
    (change,) = changes(
        lambda new: question(new, "korban_usia").update({"x-sensitivity": "rahasia"})
    )
    assert not change.loud


def test_a_question_under_another_name_is_one_change() -> None:
    def rename(new: Any) -> None:
        text = documents.canonical(new).decode().replace('"pelapor_jenis"', '"jenis_pelapor"')
        new.clear()
        new.update(documents.parse(text.encode()))

    found = changes(rename)
    meant = [c for c in found if c.weight == "meaning"]
    assert [(c.kind, c.before, c.after) for c in meant] == [
        ("renamed", "pelapor_jenis", "jenis_pelapor")
    ]


def test_a_condition_is_told_before_and_after_in_words() -> None:
    def change(new: Any) -> None:
        new["allOf"][1]["if"]["properties"]["pelapor_jenis"] = {"const": "korban"}

    after = read(change)
    found = [c for c in between(OLD, after) if c.part == "asked"]
    assert [c.id for c in found] == ["pelapor_telepon"]
    (told,) = [s for s in sentences(OLD, after, "id") if "ditanyakan" in s]
    assert "bukan Tidak ingin disebutkan" in told
    assert "Korban sendiri" in told


def test_a_condition_in_other_letters_is_spelling_only() -> None:
    def change(new: Any) -> None:
        new["allOf"][1]["if"]["properties"]["pelapor_jenis"] = {"not": {"enum": ["anonim"]}}

    found = changes(change)
    assert found
    assert {c.weight for c in found} == {"spelling"}
    assert {c.id for c in found} == {"pelapor_telepon"}


def test_an_added_and_a_removed_question_are_told_with_when_they_are_asked() -> None:
    def change(new: Any) -> None:
        branch = new["allOf"][0]["then"]["properties"]
        branch["nama_baru"] = {**branch.pop("pelapor_nama"), "x-id": "baru-1"}
        for page in new["x-pages"]:
            page["questions"] = [q.replace("pelapor_nama", "nama_baru") for q in page["questions"]]

    after = read(change)
    kinds = {(c.kind, c.id) for c in between(OLD, after) if c.what == "question"}
    assert kinds == {("added", "nama_baru"), ("removed", "pelapor_nama")}
    assert any("ditambahkan: bila “Siapa yang melapor?”" in s for s in sentences(OLD, after, "id"))


def test_a_question_on_another_page_is_told_with_both() -> None:
    def change(new: Any) -> None:
        first, second = new["x-pages"][:2]
        second["questions"].append(first["questions"].pop())

    after = read(change)
    (moved,) = [c for c in between(OLD, after) if c.part == "page"]
    assert moved.kind == "moved"
    titles = [p["title"] for p in INTAKE["x-pages"][:2]]
    told = " ".join(sentences(OLD, after, "id"))
    assert all(title in told for title in titles)


def test_pages_that_change_places_are_told() -> None:
    def change(new: Any) -> None:
        new["x-pages"].insert(0, new["x-pages"].pop())

    (moved,) = changes(change)
    assert (moved.what, moved.kind, moved.id) == ("page", "moved", INTAKE["x-pages"][-1]["id"])


def test_a_tightening_is_told() -> None:
    def change(new: Any) -> None:
        new["allOf"].append(
            {
                "if": {"properties": {"korban_jk": {"const": "L"}}, "required": ["korban_jk"]},
                "then": {"properties": {"korban_usia": {"maximum": 60}}},
            }
        )

    found = changes(change)
    assert ("added", "tightening", "korban_usia") in {(c.kind, c.what, c.id) for c in found}


def test_an_if_without_any_effect_is_told_too() -> None:
    def change(new: Any) -> None:
        new["allOf"].append(
            {"if": {"properties": {"korban_jk": {"const": "L"}}, "required": ["korban_jk"]}}
        )

    (only,) = changes(change)
    assert (only.kind, only.what, only.weight) == ("added", "branch", "spelling")


def test_how_an_answer_is_computed_is_told() -> None:
    name = next(q.name for q in OLD.questions.values() if q.computed is not None)

    def change(new: Any) -> None:
        found = question(new, name)
        now = found["x-computed"]
        case = {"when": "korban_usia == 3", "value": "7"}
        cases = now["cases"] if isinstance(now, dict) else [{"when": "true", "value": now}]
        found["x-computed"] = {"cases": [case, *cases]}

    (told,) = changes(change)
    assert (told.id, told.part, told.weight) == (name, "x-computed", "meaning")
    (sentence,) = sentences(OLD, read(change), "id")
    assert "kini: 7 bila “Berapa usia korban, dalam tahun?” 3;" in sentence
    assert "==" not in sentence
