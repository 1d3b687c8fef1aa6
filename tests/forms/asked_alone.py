"""One question asked by itself: what is posted for it, and what holds of every type of question."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from forms.browser_without_script import NO_FILES, Page
from forms.small_forms import form, one, question
from satupintu import words
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions
from satupintu.forms.answers import problems
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.document import Form
from satupintu.forms.rendering import page_html

WIB = ZoneInfo("Asia/Jakarta")


def post(
    schema: dict[str, Json],
    typed: str | dict[str, str],
    *,
    before: Json = None,
    language: str = "id",
) -> Bound:
    """Return what is read of a page that asks only this, as ``q``; a text is its one control."""
    pairs = {"q": typed} if isinstance(typed, str) else typed
    answers = {} if before is None else {"q": before}
    asked = one(schema)
    return _read(asked, MultiDict(pairs), answers, language)


def said(schema: dict[str, Json], value: Json, language: str) -> str:
    """Return an answer in words."""
    asked = one(schema).questions["q"]
    return questions.of(asked.kind).shown(asked, value, language, WIB)


def kind_of(schema: dict[str, Json]) -> str:
    """Return the type that asks a question."""
    return one(schema).questions["q"].kind


def assert_comes_back(schema: dict[str, Json], value: Json) -> None:
    """Hold that a valid answer is drawn so that posting it, touched or not, gives it again.

    Alone, in a group and in a row of a repeated group, in every language, with every control named.
    """
    asked = _everywhere(schema)
    answers = {"q": value, "g": {"q": value}, "r": [{"q": value}]}
    assert problems(asked, answers) == (), value
    for language in words.LANGUAGES:
        drawn = _drawn(asked, answers, language)
        for before in (answers, {}):
            bound = _read(asked, drawn.posts(), before, language)
            assert bound.problems == ()
            assert bound.unread == {}
            assert bound.answers == answers
        assert said(schema, value, language)
    kind = questions.of(asked.questions["q"].kind)
    held = {n: str(t) for n, t in kind.typed(asked.questions["q"], value, "q", WIB).items()}
    assert post(schema, held).answers == {"q": value}, held


def assert_told_once(schema: dict[str, Json], typed: str | dict[str, str], key: str) -> None:
    """Hold that a text that cannot be read stands there again, with one sentence on what to do."""
    bound = post(schema, typed)
    assert bound.answers == {}
    assert [(p.key, p.pointer) for p in bound.problems] == [(key, "/q")]
    assert all(bound.problems[0].sentence(language) for language in words.LANGUAGES)
    for language in words.LANGUAGES:
        asked = one(schema)
        html = page_html(
            asked, asked.pages[0], language=language, zone=WIB, answers={},
            unread=bound.unread, problems=bound.problems,
        )  # fmt: skip
        page = Page(str(html))
        _assert_sound(page)
        assert page.says(bound.problems[0].sentence(language))
        for name, text in bound.unread.items():
            assert page.posts()[name] == [text]
        assert any("aria-invalid" in c.attributes for c in page.controls)


def _everywhere(schema: dict[str, Json]) -> Form:
    group = question("g-1", "Kelompok", type="object", unevaluatedProperties=False)
    rows = question("r-1", "Baris", type="array", maxItems=3)
    row = {"type": "object", "unevaluatedProperties": False}
    return form(
        {
            "q": schema,
            "g": {**group, "properties": {"q": {**schema, "x-id": "g-2"}}},
            "r": {**rows, "items": {**row, "properties": {"q": {**schema, "x-id": "r-2"}}}},
        }
    )


def _drawn(asked: Form, answers: dict[str, Json], language: str) -> Page:
    wrong = Problem("questions.too_long", {"limit": 1, "over": 1}, "/r/0/q")
    for found in ((wrong,), ()):
        html = page_html(
            asked, asked.pages[0], language=language, zone=WIB, answers=answers, problems=found
        )
        page = Page(str(html))
        _assert_sound(page)
    return page


def _assert_sound(page: Page) -> None:
    assert [name for name, times in Counter(page.ids).items() if times > 1] == []
    assert set(page.references) <= set(page.ids)
    assert page.unlabelled() == []
    assert page.legends == page.fieldsets
    assert page.scripts == 0


def _read(
    asked: Form, posted: MultiDict[str, str], answers: dict[str, Json], language: str
) -> Bound:
    return read_page(asked, asked.pages[0], posted, NO_FILES, answers, zone=WIB, language=language)
