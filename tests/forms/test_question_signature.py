"""A signature: drawn strokes or a typed name, of equal standing; nothing else gets in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.asked_alone import kind_of, post, said
from forms.attachment_sample_forms import DRAWN, TYPED, signature
from forms.browser_without_script import Page
from forms.small_forms import document, one
from satupintu import clock, words
from satupintu.conditions.types import Text
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.answers import problems
from satupintu.forms.questions.signature import HEIGHT, LONGEST, SHAPE, WIDTH, drawn, strokes_of
from satupintu.forms.reading import examine
from satupintu.forms.reading_back import answers_html, sections
from satupintu.forms.rendering import page_html

WIB = ZoneInfo("Asia/Jakarta")
TTD = signature("Tanda tangan")
POINTS = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))
STROKES = st.lists(st.lists(POINTS, min_size=2, max_size=20), min_size=1, max_size=8)


def path(strokes: list[list[tuple[int, int]]]) -> str:
    return "".join(
        ("L" if n else "M") + f"{x} {y}" for stroke in strokes for n, (x, y) in enumerate(stroke)
    )


def page_of(value: Json) -> Page:
    asked, answers = one(TTD), {} if value is None else {"q": value}
    return Page(str(page_html(asked, asked.pages[0], language="id", zone=WIB, answers=answers)))


def test_a_signature_is_asked_only_where_the_document_says_so() -> None:
    assert kind_of(TTD) == "signature"
    assert kind_of({**TTD, "x-ui": {}}) == "structure"
    assert questions.for_schema(TTD).fact_type(TTD) == Text()


def test_a_typed_name_with_its_tick_is_a_signature_of_now() -> None:
    bound = post(TTD, {"q.name": "  Siti   Contoh ", "q.mine": "true", "q.strokes": ""})
    assert bound.problems == ()
    assert bound.answers["q"]["name"] == "Siti Contoh"
    assert problems(one(TTD), bound.answers) == ()
    signed_at = datetime.fromisoformat(bound.answers["q"]["signed_at"])
    assert abs(clock.now() - signed_at) < timedelta(minutes=1)
    assert signed_at.utcoffset() == timedelta(hours=7)


@given(STROKES)
def test_every_drawing_is_kept_and_shown_stroke_by_stroke(
    strokes: list[list[tuple[int, int]]],
) -> None:
    bound = post(TTD, {"q.strokes": path(strokes), "q.name": ""})
    assert bound.problems == ()
    assert problems(one(TTD), bound.answers) == ()
    assert strokes_of(bound.answers["q"]) == tuple(tuple(stroke) for stroke in strokes)
    svg = drawn(one(TTD).questions["q"], bound.answers["q"], "id", WIB)
    assert f'd="{path(strokes)}"' in svg
    assert "style" not in svg


@given(st.one_of(st.text(max_size=60), st.text("ML0123456789 ", max_size=60)))
def test_any_text_is_a_drawing_or_is_refused_and_never_drawn(noise: str) -> None:
    bound = post(TTD, {"q.strokes": noise, "q.name": ""})
    kept = bound.answers.get("q")
    if kept is None:
        assert bool(bound.problems) == bool(noise.strip())
    else:
        assert re.fullmatch(SHAPE["strokes"]["pattern"], kept["strokes"])
        assert problems(one(TTD), bound.answers) == ()


@pytest.mark.parametrize(
    "strokes",
    ["M1 1", "M1 1L601 1", "M1 1L1 201", "L1 1", "M1 1 L2 2", "M1 1L2 2Z", 'M1 1L2 2"/><script>',
     "M1 1" + "L2 2" * LONGEST, "M1 1L2 2\n", "M-1 1L2 2", "M1.5 1L2 2", "M１ 1L2 2"],
)  # fmt: skip
def test_what_is_no_drawing_within_its_field_is_refused(strokes: str) -> None:
    if strokes.strip() == strokes:
        bound = post(TTD, {"q.strokes": strokes})
        assert [p.key for p in bound.problems] == ["questions.signature_unreadable"]
        assert bound.unread["q.strokes"] == "", "it is not drawn again"
    assert strokes_of({"strokes": strokes}) == ()
    assert not drawn(one(TTD).questions["q"], {"strokes": strokes}, "id", WIB)


@pytest.mark.parametrize(
    ("posted", "key"),
    [
        ({"q.name": "Siti"}, "questions.signature_unticked"),
        ({"q.mine": "true"}, "questions.signature_unnamed"),
        ({"q.name": "a" * 201, "q.mine": "true"}, "questions.signature_long"),
    ],
)
def test_half_a_signature_stands_there_again_with_what_to_do(
    posted: dict[str, str], key: str
) -> None:
    bound = post(TTD, posted)
    assert bound.answers == {}
    assert [(p.key, p.pointer) for p in bound.problems] == [(key, "/q")]
    assert bound.unread["q.name"] == posted.get("q.name", "")
    assert all(bound.problems[0].sentence(language) for language in words.LANGUAGES)


def test_no_signature_is_no_answer() -> None:
    assert post(TTD, {"q.name": " ", "q.strokes": "", "q.mine": ""}).answers == {}


@pytest.mark.parametrize("value", [DRAWN, TYPED, {**DRAWN, "name": "Siti"}])
def test_a_signature_that_nobody_touched_keeps_its_moment(value: dict[str, Json]) -> None:
    posted = {name: texts[-1] for name, texts in page_of(value).posts().items()}
    assert post(TTD, posted, before=value).answers == {"q": value}
    again = post(TTD, posted).answers["q"]
    assert {k: v for k, v in again.items() if k != "signed_at"} == {
        k: v for k, v in value.items() if k != "signed_at"
    }


def test_without_javascript_a_drawing_can_be_cleared_and_a_name_typed_instead() -> None:
    page = page_of(DRAWN)
    assert "rows:q:clear" in page.acts
    posted = {n: t[-1] for n, t in page.posts("rows:q:clear").items()}
    assert post(TTD, posted, before=DRAWN).answers == {}
    assert "hidden" in page_of(None).by_id["q-q-strokes"].around[-1].attributes


def test_a_signature_is_said_with_how_and_when_and_shown_as_it_was_drawn() -> None:
    assert said(TTD, DRAWN, "id") == "Digambar, 23 November 2026, 10.15 WIB"
    assert (
        said(TTD, {**DRAWN, "name": "Siti"}, "en") == "Drawn by Siti, 23 November 2026, 10:15 WIB"
    )
    assert said(TTD, TYPED, "en") == "Typed as a signature: Siti Contoh, 1 February 2025, 15:00 WIB"
    html = answers_html(one(TTD), {"q": DRAWN}, language="id", zone=WIB)
    assert '<svg class="ink"' in html
    assert "<script" not in html
    [page] = sections(one(TTD), {"q": TYPED}, language="id", zone=WIB)
    assert not page.rows[0].drawn


def test_a_covered_signature_is_not_drawn() -> None:
    secret = one({**TTD, "x-sensitivity": "sangat_rahasia"})
    assert "svg" not in answers_html(secret, {"q": DRAWN}, language="id", zone=WIB)


@pytest.mark.parametrize(
    "change",
    [
        {"properties": {**TTD["properties"], "extra": {"type": "string"}}},
        {"properties": {k: v for k, v in TTD["properties"].items() if k != "strokes"}},
        {"properties": {**TTD["properties"], "strokes": {"type": "string"}}},
        {"additionalProperties": True},
        {"required": []},
        {"minProperties": 1},
    ],
)
def test_a_document_that_describes_another_answer_is_told_how_to_write_it(
    change: dict[str, Json],
) -> None:
    found = [p for p in examine(document({"q": {**TTD, **change}})).problems if not p.warning]
    assert found
    assert all(p.key.startswith("questions.signature_") for p in found)
    assert all(p.pointer.startswith("/properties/q") for p in found)


@pytest.mark.parametrize(
    "value",
    [{"strokes": "M1 1L2 2"}, {"signed_at": DRAWN["signed_at"]}, {**DRAWN, "x": 1}, {}, "Siti",
     {**TYPED, "name": ""}, {**DRAWN, "strokes": "M1 1L2 2<svg onload=x>"}],
)  # fmt: skip
def test_answers_that_are_no_signature_are_refused(value: Json) -> None:
    assert problems(one(TTD), {"q": value})
