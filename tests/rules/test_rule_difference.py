"""Whatever is edited in a rule set is told, as what it is; equal documents differ in nothing."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.condition_strategies import sized
from rules.rule_content import document, forms
from satupintu.agencies import directory
from satupintu.changes import Change, same
from satupintu.documents import content_hash, pointer
from satupintu.forms.document import Form
from satupintu.rules.difference import between, sentences, tell
from satupintu.words import LANGUAGES

BEFORE = document()
Edit = tuple[str, str, str]
"""What an edit must be told as: the kind of thing, its id, the part."""


@cache
def form() -> Form:
    return forms.read(document("schemas/forms/asesmen-awal.json"))


def changes(new: Any, old: Any = BEFORE) -> tuple[Change, ...]:
    return between(old, new, form(), form())


def told(new: Any, language: str = "id", **more: Any) -> tuple[str, ...]:
    return sentences(BEFORE, new, form(), form(), language, **more)


def rule(new: Any, id: str) -> Any:
    return next(r for r in new["rules"] if r["id"] == id)


def test_equal_documents_differ_in_nothing() -> None:
    assert changes(document()) == ()
    assert told(document(), equivalent=True) == ()


# Edits of every kind, each with what it must be told as. -----------------------------------------


def edits() -> Iterator[tuple[Edit, Callable[[Any], None]]]:
    for n, one in enumerate(BEFORE["rules"][:12]):
        id = one["id"]
        yield ("rule", id, "when"), _set(["rules", n, "when"], "korban_usia == 77")
        yield ("rule", id, "title.id"), _set(["rules", n, "title", "id"], "Judul lain")
        yield ("rule", id, "why.en"), _set(["rules", n, "why", "en"], "Another reason")
        yield ("rule", id, "basis"), _add(["rules", n, "basis"], "UU-1-1974")
        yield ("rule", id, "exclude"), _add(["rules", n, "exclude"], "LBH")
        forbidden = {"agency": "LBH", "service": "perdata"}
        yield ("rule", id, "forbid"), _add(["rules", n, "forbid"], forbidden)
        yield ("rule", id, "flag"), _add(["rules", n, "flag"], "konflik_kepentingan")
        if one["refer"]:
            yield (
                ("rule", id, "refer.within_hours"),
                _set(["rules", n, "refer", 0, "within_hours"], 777),
            )
            yield (
                ("rule", id, "refer.urgency"),
                _other(["rules", n, "refer", 0, "urgency"], ("biasa", "segera")),
            )
            yield (
                ("rule", id, "refer.consent"),
                _other(["rules", n, "refer", 0, "consent"], ("perlu", "tanpa")),
            )
            yield ("rule", id, "refer"), _set(["rules", n, "refer", 0, "service"], "lain")
    yield ("fact", "risiko", "title.id"), _set(["facts", 0, "title", "id"], "Lain")
    yield ("fact", "risiko", "headline"), _set(["facts", 0, "headline"], False)
    yield ("fact", "risiko", "otherwise"), _set(["facts", 0, "otherwise"], "sedang")
    yield ("fact", "risiko", "otherwise_why.id"), _set(["facts", 0, "otherwise_why", "id"], "X")
    yield (
        ("option", "risiko tinggi", "title.en"),
        _set(["facts", 0, "options", 0, "title", "en"], "Very high"),
    )
    yield ("case", "risiko K2", "when"), _set(["facts", 0, "cases", 1, "when"], "korban_usia < 3")
    yield ("case", "risiko K3", "is"), _set(["facts", 0, "cases", 2, "is"], "sedang")
    yield ("case", "risiko K1", "why.id"), _set(["facts", 0, "cases", 0, "why", "id"], "X")
    yield ("flag", "panggil_kepala_uptd", "effect"), _gone(["flags", 0, "effect"])
    yield (
        ("flag", "kunci_baris_instansi_terlapor", "agencies"),
        _add(["flags", 3, "agencies", "polisi"], "LBH"),
    )
    yield (
        ("guarantee", BEFORE["guarantees"][1]["id"], "given"),
        _set(["guarantees", 1, "given"], "korban_usia == 5"),
    )
    yield (
        ("guarantee", BEFORE["guarantees"][2]["id"], "title.id"),
        _set(["guarantees", 2, "title", "id"], "Lain"),
    )
    yield (
        ("example", BEFORE["examples"][0]["id"], "facts"),
        _set(["examples", 0, "facts", "korban_usia"], 66),
    )
    yield (
        ("example", BEFORE["examples"][1]["id"], "expect"),
        _add(["examples", 1, "expect", "rules"], "R99"),
    )
    yield ("rule_set", BEFORE["id"], "title.id"), _set(["title", "id"], "Lain")
    yield ("rule_set", BEFORE["id"], "form"), _set(["form"], "lain")


def _at(new: Any, path: list[Any]) -> Any:
    for step in path:
        new = new[step]
    return new


def _set(path: list[Any], value: Any) -> Callable[[Any], None]:
    def act(new: Any) -> None:
        _at(new, path[:-1])[path[-1]] = value

    return act


def _add(path: list[Any], value: Any) -> Callable[[Any], None]:
    def act(new: Any) -> None:
        _at(new, path).append(value)

    return act


def _gone(path: list[Any]) -> Callable[[Any], None]:
    def act(new: Any) -> None:
        del _at(new, path[:-1])[path[-1]]

    return act


def _other(path: list[Any], values: tuple[str, str]) -> Callable[[Any], None]:
    def act(new: Any) -> None:
        now = _at(new, path)
        _set(path, values[1] if now == values[0] else values[0])(new)

    return act


EDITS = list(edits())


@given(st.lists(st.sampled_from(range(len(EDITS))), min_size=1, max_size=6, unique=True))
@sized(40, assured=2_000)
def test_every_edit_is_told_as_what_it_is(chosen: list[int]) -> None:
    new = copy.deepcopy(BEFORE)
    refers = set()
    for n in chosen:
        (what, id, part), act = EDITS[n]
        if part.startswith("refer"):
            if (id,) in refers:
                continue  # of one outcome with another service, nothing else is a change
            refers.add((id,))
        act(new)
    found = changes(new)
    for n in chosen:
        what, id, part = EDITS[n][0]
        if part.startswith("refer"):
            part = "refer"
        assert any((c.what, c.id) == (what, id) and c.part.startswith(part) for c in found), EDITS[
            n
        ][0]
    assert all(c.where.startswith("/") for c in found)
    for language in LANGUAGES:
        assert len(told(new, language)) == len(found)


@given(data=st.data())
@sized(40, assured=3_000)
def test_no_change_of_the_content_hash_goes_untold(data: st.DataObject) -> None:
    new = copy.deepcopy(BEFORE)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(PLACES))
        value = _at(BEFORE, list(path))
        act = _gone(list(path)) if data.draw(st.booleans()) and _may_go(path) else None
        try:
            (act or _set(list(path), _else(value)))(new)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier edit took away where this one would be
    found = changes(new)
    assert bool(found) is (content_hash(new) != content_hash(BEFORE))
    assert bool(told(new)) is bool(found)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*path, key))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _places(item, (*path, n))
    elif path:
        yield path


PLACES = [p for p in _places(BEFORE) if p[-1] not in ("agency", "service", "const")]


def _else(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case _:
            return f"{value}x"


def _may_go(path: tuple[Any, ...]) -> bool:
    return path[-1] in ("headline", "effect", "en") or isinstance(path[-1], int)


# What single changes are told as. ----------------------------------------------------------------


def test_a_condition_is_told_before_and_after_in_words() -> None:
    new = document()
    rule(new, "R21")["when"] = "korban_usia < 16 && 'penelantaran' in bentuk_kekerasan"
    (sentence,) = told(new)
    assert "di bawah 18" in sentence
    assert "di bawah 16" in sentence
    assert "&&" not in sentence


def test_a_condition_in_other_letters_is_spelling_only() -> None:
    new = document()
    rule(new, "R21")["when"] = "'penelantaran' in bentuk_kekerasan && 18 > korban_usia"
    (change,) = changes(new)
    assert change.weight == "spelling"
    assert told(new)[0].startswith("Penulisan saja.")


def test_a_deadline_is_told_in_hours_with_names_of_the_directory() -> None:
    new = document()
    rule(new, "R31")["refer"][0]["within_hours"] = 24
    agencies = directory.read(document("seed/agencies.json"))
    (sentence,) = told(new, agencies=agencies)
    assert "Dinas Pendidikan dari 48 jam menjadi 24 jam" in sentence


def test_what_takes_help_away_is_said_louder_and_first() -> None:
    new = document()
    rule(new, "R02")["title"]["id"] = "Lain"
    rule(new, "R04")["refer"][0]["within_hours"] = 9
    new["rules"] = [r for r in new["rules"] if r["id"] != "R10"]
    found = told(new)
    assert [s.startswith("Perhatian:") for s in found] == [True, True, False]
    assert found[-1].startswith("Tampilan saja.")


def test_a_promise_is_told_before_and_after() -> None:
    new = document()
    n = next(n for n, g in enumerate(new["guarantees"]) if "within_hours" in g.get("always", {}))
    new["guarantees"][n]["always"]["within_hours"] += 1
    (sentence,) = told(new)
    hours = BEFORE["guarantees"][n]["always"]["within_hours"]
    assert f"{hours} jam" in sentence
    assert f"{hours + 1} jam" in sentence
    assert "{" not in sentence


def test_an_added_and_a_removed_rule_are_told_whole() -> None:
    new = document()
    gone = new["rules"].pop(3)
    new["rules"].append({**copy.deepcopy(gone), "id": "R48", "when": "korban_usia < 2"})
    found = tell(BEFORE, new, form(), form(), "id")
    assert {(t.change.kind, t.change.id) for t in found} == {("removed", "R04"), ("added", "R48")}
    assert all("rujuk ke POLRES_PPA" in t.sentence for t in found)


def test_a_rule_with_another_id_and_the_same_content_is_renamed() -> None:
    new = document()
    rule(new, "R04")["id"] = "R99"
    (change,) = changes(new)
    assert (change.kind, change.before, change.after) == ("renamed", "R04", "R99")


def test_the_order_of_rules_is_spelling_and_of_cases_meaning() -> None:
    new = document()
    new["rules"].insert(0, new["rules"].pop(9))
    (moved,) = changes(new)
    assert (moved.kind, moved.id, moved.weight) == ("moved", "R10", "spelling")
    new = document()
    new["facts"][0]["cases"].insert(0, new["facts"][0]["cases"].pop())
    (moved,) = changes(new)
    assert (moved.kind, moved.id, moved.weight) == ("moved", "risiko K4", "meaning")


def test_a_list_in_quite_another_order_is_one_change() -> None:
    new = document()
    new["rules"].reverse()
    (moved,) = changes(new)
    assert (moved.what, moved.kind, moved.part) == ("rule_set", "moved", "rules")
    assert "berpindah urutan" in told(new)[0]


def test_an_empty_list_for_none_is_spelling() -> None:
    new = document()
    del rule(new, "R04")["exclude"]
    (change,) = changes(new)
    assert change.weight == "spelling"


def test_a_caller_who_proved_them_equivalent_has_that_said_first() -> None:
    new = document()
    rule(new, "R21")["when"] = "korban_usia <= 17 && 'penelantaran' in bentuk_kekerasan"
    found = told(new, "en", equivalent=True)
    assert found[0].startswith("Proved:")
    assert len(found) == 2


def test_a_question_that_the_form_renamed_is_followed() -> None:
    renamed = document("schemas/forms/asesmen-awal.json")
    renamed["properties"]["punya_dokumen"] = renamed["properties"].pop("dokumen_ada")
    renamed["required"] = [r.replace("dokumen_ada", "punya_dokumen") for r in renamed["required"]]
    for page in renamed["x-pages"]:
        page["questions"] = [q.replace("dokumen_ada", "punya_dokumen") for q in page["questions"]]
    new = document()
    rule(new, "R40")["when"] = "!punya_dokumen"
    (change,) = between(BEFORE, new, form(), forms.read(renamed))
    assert change.weight == "spelling"


@pytest.mark.parametrize("broken", ["korban_usia <", "tidak_ada == 3"])
def test_a_condition_that_cannot_be_read_is_told_as_it_is_written(broken: str) -> None:
    new = document()
    rule(new, "R04")["when"] = broken
    (sentence,) = told(new)
    assert broken in sentence


def test_an_id_that_stands_twice_is_a_difference_all_the_same() -> None:
    new = document()
    new["rules"].append(copy.deepcopy(new["rules"][0]))
    assert changes(new)
    assert not same(new, BEFORE)


def test_each_change_points_at_what_it_is_about() -> None:
    new = document()
    rule(new, "R04")["refer"][0]["within_hours"] = 9
    (change,) = changes(new)
    assert change.where == pointer(["rules", 3, "refer", 0])
