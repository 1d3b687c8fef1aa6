"""A question type is a file and its template: one that is added is asked end to end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forms.browser_without_script import NO_FILES, Page
from forms.small_forms import document, question
from satupintu.conditions.types import Integer
from satupintu.forms import compiling, questions, reading
from satupintu.forms.answers import problems
from satupintu.forms.binding import read_page
from satupintu.forms.check import check
from satupintu.forms.facts import facts
from satupintu.forms.reading_back import sections
from satupintu.forms.rendering import page_html
from satupintu.forms.roundtrip import round_trip

WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def stars(tmp_path: Path) -> Iterator[None]:
    """Add a type as anybody would: one file and its template, found by being there."""
    (tmp_path / "stars.py").write_text(
        "from satupintu.forms.questions.kinds import QuestionType\n"
        "from satupintu.forms.questions.number import fact_type, read\n"
        "def suits(schema):\n"
        "    return 1 if schema.get('type') == 'integer' else 0\n"
        "def shown(question, value, language, zone):\n"
        "    return '*' * value\n"
        "TYPE = QuestionType('stars', suits, fact_type, read, shown)\n"
    )
    (tmp_path / "stars.html").write_text(
        '<% extends "one_control.html" %><% block control %><input class="stars" type="range" '
        'id="<%= q.id %>" name="<%= q.name %>" value="{{ t[<%= q.key %>] }}"'
        "<%= piece.described(q) %><%= piece.redraw(q) %>><% endblock %>"
    )
    questions.__path__.append(str(tmp_path))
    questions.types.cache_clear()
    compiling.composing.cache_clear()
    yield
    questions.__path__.remove(str(tmp_path))
    questions.types.cache_clear()
    compiling.composing.cache_clear()


@pytest.mark.usefixtures("stars")
def test_a_new_type_is_a_file_and_its_template_and_nothing_else_knows_it() -> None:
    rating = question("z-1", "Nilai", type="integer", minimum=1, maximum=5)
    rating["x-ui"] = {"widget": "stars"}
    why = question("z-2", "Mengapa?", type="string", maxLength=80)
    many = {"type": "object", "unevaluatedProperties": False}
    inside = {"nilai": {**rating, "x-id": "z-4"}}
    rows = question("z-3", "Tempat", type="array", maxItems=3, items={**many, "properties": inside})
    written = document(
        {"nilai": rating, "tempat": rows},
        required=["nilai"],
        allOf=[
            {
                "if": {"properties": {"nilai": {"maximum": 2}}, "required": ["nilai"]},
                "then": {"properties": {"mengapa": why}, "required": ["mengapa"]},
            }
        ],
    )
    assert [p for p in check(json.dumps(written).encode(), "nilai.json") if not p.warning] == []
    asked = reading.read(written)
    assert asked.questions["nilai"].kind == "stars"
    assert asked.facts["nilai"] == Integer(1, 5)
    html = page_html(asked, asked.pages[0], language="id", zone=WIB, answers={"nilai": 2})
    assert 'class="stars" type="range" id="q-nilai" name="nilai" value="2" data-redraw' in html
    page = Page(str(html))
    assert page.unlabelled() == []
    posted = page.posted()
    posted["nilai"] = "dua"
    bound = read_page(asked, asked.pages[0], posted, NO_FILES, {}, zone=WIB, language="id")
    assert [p.key for p in bound.problems] == ["questions.not_a_number"]
    given = {"nilai": 2, "mengapa": "lama", "tempat": [{"nilai": 5}]}
    for language in ("id", "en"):
        assert round_trip(asked, given, language=language, zone=WIB).sound
    assert [p.sentence("en") for p in problems(asked, {"nilai": 9})] == [
        "Write 5 or less at “Nilai”."
    ]
    assert facts(asked, given)["nilai"] == 2
    (section,) = sections(asked, given, language="id", zone=WIB)
    assert [row.lines for row in section.rows] == [("**",), ("*****",), ("lama",)]
