"""Answers that are asked as a whole: rows in rows, trees, maps, alternatives, refusals."""

from __future__ import annotations

import json
import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.plain_samples import PLAIN, TEXT, WHOLE, listed, thing
from forms.small_forms import choice, document, one, question
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms import plain, reading
from satupintu.forms.answers import problems, without_hidden
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.check import check
from satupintu.forms.document import Form
from satupintu.forms.facts import facts, known
from satupintu.forms.rendering import page_html, summary_html
from satupintu.forms.without_script import DrawnPage

ZONE = ZoneInfo("Asia/Jakarta")
SECONDS = 90.0
"""For all of a hostile schema's twelve turns, on a machine that is busy with others."""
SHAPES = thing(
    {
        "shape": {
            "title": "Bentuk",
            "oneOf": [
                thing({"r": {**WHOLE, "title": "Jari-jari"}}, "r", title="Lingkaran"),
                thing({"w": {**WHOLE, "title": "Lebar"}, "h": WHOLE}, "w", title="Kotak"),
            ],
        }
    },
    "shape",
)


def form_of(schema: Json) -> Form:
    return plain.as_form(schema)


def post(schema: Json, texts: dict[str, Any], before: Json = None) -> Bound:
    form = form_of(schema)
    posted = MultiDict({"answers.~": "", **texts})
    kept = {} if before is None else {"answers": before}
    return read_page(form, form.pages[0], posted, {}, kept, zone=ZONE, language="id")


def drawn(schema: Json, answer: Json = None, unread: Any = None) -> DrawnPage:
    form = form_of(schema)
    kept = {} if answer is None else {"answers": answer}
    html = page_html(form, form.pages[0], language="id", zone=ZONE, answers=kept, unread=unread)
    return DrawnPage(str(html))


def told(schema: Json, answer: Json, language: str = "id") -> dict[str, str]:
    found = problems(form_of(schema), {"answers": answer})
    return {p.pointer.removeprefix("/answers"): p.sentence(language) for p in found}


def names(page: DrawnPage) -> set[str]:
    return {control.name for control in page.controls}


# What is asked. -----------------------------------------------------------------------------------


def test_only_the_chosen_alternative_is_asked() -> None:
    assert "answers.shape.r" not in names(drawn(SHAPES))
    asked = names(drawn(SHAPES, {"shape": {"w": 1}}))
    assert {"answers.shape.w", "answers.shape.h"} <= asked
    assert "answers.shape.r" not in asked


def test_choosing_another_alternative_asks_its_questions_and_keeps_the_choice() -> None:
    bound = post(SHAPES, {"answers.shape.~oneOf": "0", "act": "redraw"})
    page = drawn(SHAPES, bound.answers["answers"], bound.unread)
    assert "answers.shape.r" in names(page)
    assert [c.value for c in page.controls if "checked" in c.attributes] == ["0"]


def test_an_alternative_that_was_told_by_an_answer_beside_it_is_not_asked_for() -> None:
    schema, _ = PLAIN["alternatives that depend on an answer"]
    assert not any("oneOf" in name for name in names(drawn(schema, {"pets": "one"})))
    assert "answers.old" in names(drawn(schema, {"pets": "one"}))


def test_a_tree_is_only_as_deep_as_it_was_opened() -> None:
    schema, _ = PLAIN["a tree that refers to the document"]
    closed = names(drawn(schema, {"v": 1}))
    assert {"answers.left.~there", "answers.right.~there"} <= closed
    assert "answers.left.v" not in closed
    opened = post(schema, {"answers.v": "1", "answers.left.~there": "true"})
    assert "answers.left.v" in names(drawn(schema, opened.answers["answers"], opened.unread))


def test_rows_in_rows_are_added_moved_and_removed_where_their_button_was() -> None:
    schema = listed(thing({"kids": listed(TEXT)}))
    first = {
        "answers": ["", "0"],
        "answers.0.kids": ["", "0", "1"],
        "answers.0.kids.0": "a",
        "answers.0.kids.1": "b",
    }
    assert post(schema, first).answers["answers"] == [{"kids": ["a", "b"]}]
    for act, kids in (
        ("rows:answers.0.kids:add", ["a", "b", None]),
        ("rows:answers.0.kids:remove:0", ["b"]),
        ("rows:answers.0.kids:up:1", ["b", "a"]),
    ):
        assert post(schema, {**first, "act": act}).answers["answers"] == [{"kids": kids}]


def test_an_added_row_stands_empty_on_the_page_and_is_told_when_it_stays_so() -> None:
    bound = post(listed(TEXT), {"answers": "", "act": "rows:answers:add"})
    assert "answers.0" in names(drawn(listed(TEXT), bound.answers["answers"], bound.unread))
    assert told(listed(TEXT), [None]) == {"/0": "Isi “Isian”, atau hapus barisnya."}


def test_what_another_answer_hides_stays_in_the_draft_and_is_not_sent() -> None:
    schema, _ = PLAIN["if, then, else"]
    bound = post(schema, {"answers.country": "ID"}, before={"country": "US", "zip": "12345"})
    assert bound.answers["answers"] == {"country": "ID", "zip": "12345"}
    assert without_hidden(form_of(schema), bound.answers)[0] == {"answers": {"country": "ID"}}


def test_null_on_purpose_is_an_answer_and_no_answer_is_none() -> None:
    schema = thing({"a": {"type": ["string", "null"]}, "b": TEXT})
    assert post(schema, {"answers.a.~null": "true"}).answers == {"answers": {"a": None}}
    assert post(schema, {"answers.b": ""}).answers == {"answers": {}}


def test_a_key_without_a_name_or_written_twice_is_told_and_kept_as_it_was_typed() -> None:
    schema = {"type": "object", "additionalProperties": WHOLE}
    texts = {
        "answers.~keys": ["0", "1"],
        "answers.~key-0": "a",
        "answers.~0": "1",
        "answers.~key-1": "a",
        "answers.~1": "2",
    }
    twice = post(schema, texts)
    assert [p.key for p in twice.problems] == ["questions.key_twice"]
    assert twice.answers == {"answers": {"a": 1}}
    nameless = post(schema, {**texts, "answers.~key-1": ""})
    assert [p.key for p in nameless.problems] == ["questions.key_missing"]
    assert nameless.unread["answers.~1"] == "2"


def test_an_option_that_another_answer_rules_out_can_still_be_chosen_again() -> None:
    schema, _ = PLAIN["alternatives that depend on an answer"]
    page = drawn(schema, {"pets": "one", "old": 1})
    assert [c.value for c in page.controls if c.name == "answers.pets"] == ["no", "one", "many"]


def test_what_an_empty_answer_stands_for_and_examples_are_said() -> None:
    schema = thing(
        {
            "a": {
                **TEXT,
                "title": "A",
                "default": "x",
                "examples": ["y", "z"],
                "deprecated": True,
                "description": "Tentang A.",
            }
        }
    )
    form = form_of({**schema, "oneOf": [schema, thing({"b": WHOLE})]})
    assert form.questions["answers"].kind == "structure"


# What is refused, and where. ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "answer", "expected"),
    [
        (SHAPES, {}, {"/shape": "Pilih"}),
        (SHAPES, {"shape": {"w": "x"}}, {"/shape/w": "bilangan bulat"}),
        (SHAPES, {"shape": {}}, {"/shape": "Pilih"}),
        (listed(thing({"a": TEXT}, "a")), [{}, {"a": "x"}], {"/0/a": "a"}),
        (listed({"enum": [1, 2]}), [3], {"/0": "jawaban yang ada"}),
        (listed(WHOLE, minItems=2), [1], {"": "2"}),
        (listed(WHOLE, uniqueItems=True), [1, 1], {"": "ada yang sama"}),
        (thing({"a": TEXT}, additionalProperties=False), {"z": 1}, {"": "z"}),
        (
            thing(
                {"p": {**TEXT, "title": "HP"}, "e": TEXT},
                anyOf=[{"required": ["p"]}, {"required": ["e"]}],
            ),
            {},
            {"": "HP"},
        ),
        (listed(WHOLE, contains={"const": 5}), [1], {"": ""}),
        ({"type": "object", "additionalProperties": WHOLE}, {"a": "x"}, {"/a": "bilangan bulat"}),
        (PLAIN["if, then, else"][0], {"country": "US"}, {"/zip": "Zip"}),
        (thing({"a": thing({"b": TEXT}, "b")}, "a"), {}, {"/a/b": "b"}),
    ],
)
def test_a_problem_lands_on_one_place_that_a_person_sees(
    schema: Json, answer: Json, expected: dict[str, str]
) -> None:
    found = told(schema, answer)
    assert found.keys() == expected.keys()
    for where, words in expected.items():
        assert words in found[where]
    english = told(schema, answer, "en")
    assert english.keys() == found.keys()
    assert english != found


def test_the_summary_leads_to_a_place_that_is_on_the_page() -> None:
    schema = listed(thing({"shape": SHAPES["properties"]["shape"]}, "shape"))
    form = form_of(schema)
    answer = {"answers": [{"shape": {"w": "x"}}]}
    found = problems(form, answer)
    html = page_html(form, form.pages[0], language="id", zone=ZONE, answers=answer, problems=found)
    summary = str(summary_html(form, found, "id", here=form.pages[0]))
    (target,) = [part.partition('"')[0] for part in summary.split('href="#q-')[1:]]
    assert f"q-{target}" in DrawnPage(str(html)).by_id
    assert 'aria-invalid="true"' in str(html)


# Where it stands among other questions. -----------------------------------------------------------


def test_a_question_of_any_shape_stands_in_a_group_and_in_a_row() -> None:
    inner = {"title": "Pohon", "x-id": "q-tree", **listed(listed(TEXT))}
    rows = {
        "type": "array",
        "maxItems": 3,
        "items": {"type": "object", "unevaluatedProperties": False, "properties": {"inner": inner}},
    }
    form = reading.read(document({"rows": question("rows", **rows)}))
    assert form.questions["rows.inner"].kind == "structure"
    posted = MultiDict(
        [
            ("rows", ""),
            ("rows", "0"),
            ("rows.0.inner.~", ""),
            ("rows.0.inner", "0"),
            ("rows.0.inner.0", "0"),
            ("rows.0.inner.0.0", "a"),
        ]
    )
    bound = read_page(form, form.pages[0], posted, {}, {}, zone=ZONE, language="id")
    assert bound.answers == {"rows": [{"inner": [["a"]]}]}
    html = page_html(form, form.pages[0], language="id", zone=ZONE, answers=bound.answers)
    assert "rows.0.inner.0.0" in {c.name for c in DrawnPage(str(html)).controls}


def test_rules_may_ask_only_whether_it_was_answered_but_listed_numbers_are_facts() -> None:
    form = one(question("q", **listed(listed(TEXT))))
    assert facts(form, {"q": [["a"]]}) == {}
    assert "q" in known(form, {"q": [["a"]]})
    numbers = one(question("q", type="integer", enum=[3, 1, 2]))
    assert facts(numbers, {"q": 2}) == {"q": 2}


def test_a_form_says_what_cannot_stand_around_questions() -> None:
    inner = question("inner", type="string", oneOf=choice("a", "b"))
    bad = document(
        {
            "q": question(
                "q",
                type="object",
                unevaluatedProperties=False,
                properties={"inner": inner},
                patternProperties={"x": {}},
            )
        }
    )
    with pytest.raises(BadDocument) as refused:
        reading.read(bad)
    assert [(p.key, p.pointer) for p in refused.value.problems] == [
        ("forms.keyword_refused", "/properties/q/patternProperties")
    ]


def test_a_circle_that_never_ends_is_refused_and_a_tree_is_not() -> None:
    for keyword in ("allOf", "anyOf"):
        with pytest.raises(BadDocument) as refused:
            form_of({"$ref": "#/$defs/a", "$defs": {"a": {keyword: [{"$ref": "#/$defs/a"}]}}})
        assert {p.key for p in refused.value.problems} == {"forms.ref_circle"}
    assert form_of(PLAIN["a tree"][0]).questions["answers"].kind == "structure"


def test_unknown_keywords_of_a_whole_answer_are_noted_not_refused() -> None:
    form = document({"q": question("q", **listed(TEXT), **{"unheard": 1})})
    found = check(json.dumps(form).encode(), "contoh.json")
    assert "forms.keyword_unread" in {p.key for p in found}
    assert all(p.warning for p in found)


# Hostile ones end. --------------------------------------------------------------------------------


def test_alternatives_that_double_at_every_step_come_to_an_end() -> None:
    node = {
        "anyOf": [
            thing({"n": {"$ref": "#/$defs/node"}, "a": TEXT}, "a"),
            thing({"n": {"$ref": "#/$defs/node"}, "b": TEXT}, "b"),
        ]
    }
    schema = {"$ref": "#/$defs/node", "$defs": {"node": node}}
    deep: Json = {}
    for _ in range(9):
        deep = {"n": deep}
    assert problems(form_of(schema), {"answers": deep})


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(sorted(PLAIN)),
    texts=st.dictionaries(
        st.text("answersd.~-0123ofTyekul", max_size=24).map(lambda t: f"answers{t}"),
        st.text(max_size=8),
        max_size=12,
    ),
)
def test_whatever_is_posted_is_read_without_a_fault(name: str, texts: dict[str, str]) -> None:
    schema, values = PLAIN[name]
    bound = post(schema, texts, before=values[0])
    drawn(schema, bound.answers.get("answers"), bound.unread)
    problems(form_of(schema), bound.answers)


def ring(count: int, **about: Json) -> Json:
    """Return definitions that all lead to all others."""
    every = [{"$ref": f"#/$defs/d{n}"} for n in range(count)]
    inner = {f"p{n}": ref for n, ref in enumerate(every)}
    return {"$ref": "#/$defs/d0", "$defs": {f"d{n}": thing(inner, **about) for n in range(count)}}


HOSTILE = {
    "everything leads to everything": ring(40),
    "a tuple of itself": {"$ref": "#/$defs/t", "$defs": {"t": {
        "type": "array", "minItems": 3, "prefixItems": [{"$ref": "#/$defs/t"}] * 3}}},
    "an object that needs itself": {"$ref": "#/$defs/o", "$defs": {"o": thing(
        {"a": {"$ref": "#/$defs/o"}, "b": {"$ref": "#/$defs/o"}}, "a", "b")}},
    "one alternative after the other": {"$ref": "#/$defs/n", "$defs": {"n": {"oneOf": [
        thing({"x": {"$ref": "#/$defs/n"}}), {"type": "string"}]}}},
    "a thousand alternatives": {"oneOf": [thing({f"k{n}": TEXT}, f"k{n}") for n in range(1000)]},
    "conditions in a circle": {"$ref": "#/$defs/c", "$defs": {"c": thing(
        {"a": {"$ref": "#/$defs/c"}}, **{"if": {"required": ["a"]},
        "then": {"properties": {"b": {"$ref": "#/$defs/c"}}}})}},
    "maps of maps": {"$ref": "#/$defs/m", "$defs": {"m": {
        "type": "object", "additionalProperties": {"$ref": "#/$defs/m"}}}},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_schema_is_drawn_read_and_judged_in_little_time(name: str) -> None:
    schema = HOSTILE[name]
    start = time.process_time()
    deep: Json = {}
    for key in "abxn" * 8:
        deep = {key: deep, "k1": "x"}
    nested = {f"answers{'.~0' * n}.~keys": "0" for n in range(300)}
    for answer in (None, deep, [[[]]], {"a": {"b": {}}}):
        drawn(schema, answer)
        post(schema, nested, before=answer)
        if answer is not None:
            problems(form_of(schema), {"answers": answer})
    assert time.process_time() - start < SECONDS


def test_a_pattern_that_cannot_run_is_refused_wherever_it_stands() -> None:
    bad = {"type": "object", "patternProperties": {"(?=x)": TEXT}}
    tree = {"$ref": "#/$defs/a", "$defs": {"a": thing({"b": {"$ref": "#/$defs/a"}, "c": bad})}}
    for schema in (bad, tree, thing({"c": bad})):
        with pytest.raises(BadDocument) as refused:
            form_of(schema)
        assert {p.key for p in refused.value.problems if not p.warning} == {"forms.pattern_bad"}
