"""A signature: drawn with mouse, finger or pen, or a full name with the word that it is one.

Both count the same. A drawing is kept as text, as its strokes: what a browser without JavaScript,
a screen reader or no hand can draw is typed instead. There is no picture to decode and nothing to
hide in one (docs/decisions/0023).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from markupsafe import Markup

from satupintu import clock, words
from satupintu.conditions.types import FactType, Text
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import described
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank, Lines, Part, Space
from satupintu.forms.questions import date_time
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    Typed,
    suits_type,
    unread,
)

WIDTH, HEIGHT = 600, 200
"""The field that is drawn on, in the units of a stroke's points; its corner is at the top left."""

LONGEST = 12_000
"""Letters of a drawing: some 1,500 points, five times those of a long signature."""

PATTERN = "^(M[0-9]{1,3} [0-9]{1,3}(L[0-9]{1,3} [0-9]{1,3})+)+$"
"""Strokes as SVG writes them: each starts at a point (``M``) and goes on to others (``L``)."""

SHAPE: Mapping[str, Mapping[str, Json]] = {
    "strokes": {"type": "string", "maxLength": LONGEST, "pattern": PATTERN},
    "name": {"type": "string", "minLength": 1, "maxLength": 200},
    "signed_at": {"type": "string", "format": "date-time"},
}
"""What the answer holds: strokes where it was drawn, a name where it was typed, and when."""

Point = tuple[int, int]
_STROKES = re.compile(PATTERN.removesuffix("$"))
_POINT = re.compile("([ML])([0-9]{1,3}) ([0-9]{1,3})")


def suits(schema: Schema) -> int:
    """Return 1 for objects, only where the document names it."""
    ui = schema.get("x-ui")
    named = isinstance(ui, Mapping) and ui.get("widget") == "signature"
    return 1 if named and suits_type(schema, "object") else 0


def check(schema: Schema) -> Iterator[Problem]:
    """Yield where a document describes another answer than a signature gives."""
    return described.signature(schema, SHAPE, "signed_at")


def fact_type(_schema: Schema) -> FactType:
    """Return free text: that somebody signed is a fact, not how."""
    return Text()


def read(question: Question, posted: Posted) -> Read:
    """Return what was drawn, else the name that was typed where its tick says that it signs."""
    strokes = "" if posted.cleared else posted.one("strokes").strip()
    name = " ".join(posted.one("name").split())
    ticked = "true" in posted.all("mine")
    if not strokes and not name and not ticked:
        return Read()
    held = _held(posted.name, strokes, name, ticked)
    if strokes and not strokes_of({"strokes": strokes}):
        without = _held(posted.name, "", name, ticked)
        return unread(question, posted, "questions.signature_unreadable", without)
    if not strokes and not name:
        return unread(question, posted, "questions.signature_unnamed", held)
    if not strokes and not ticked:
        return unread(question, posted, "questions.signature_unticked", held)
    if len(name) > SHAPE["name"]["maxLength"]:
        return unread(question, posted, "questions.signature_long", held)
    answer: dict[str, Json] = {"strokes": strokes} if strokes else {}
    if name:
        answer["name"] = name
    now = clock.now().astimezone(posted.zone).replace(microsecond=0)
    return Read({**answer, "signed_at": now.isoformat()})


def _held(
    name: str, strokes: str, typed_name: str, ticked: bool
) -> dict[str, str | tuple[str, ...]]:
    mine = ("true",) if ticked else ()
    return {f"{name}.strokes": strokes, f"{name}.name": typed_name, f"{name}.mine": mine}


def typed(_question: Question, value: Json, name: str, _zone: ZoneInfo) -> Typed:
    """Return the strokes, the name and the tick, which a name alone cannot do without."""
    answer = value if isinstance(value, Mapping) else {}
    strokes, own = str(answer.get("strokes", "")), str(answer.get("name", ""))
    return _held(name, strokes, own, bool(own) and not strokes)


def strokes_of(value: Json) -> tuple[tuple[Point, ...], ...]:
    """Return the strokes that were drawn as their points, within ``WIDTH`` and ``HEIGHT``; none
    where a name was typed, or where this is no drawing.
    """
    text = value.get("strokes") if isinstance(value, Mapping) else None
    if not isinstance(text, str) or len(text) > LONGEST or not _STROKES.fullmatch(text):
        return ()
    found: list[list[Point]] = []
    for how, x, y in _POINT.findall(text):
        if int(x) > WIDTH or int(y) > HEIGHT:
            return ()
        if how == "M":
            found.append([])
        found[-1].append((int(x), int(y)))
    return tuple(tuple(stroke) for stroke in found)


def drawn(question: Question, value: Json, language: str, _zone: ZoneInfo) -> Markup:
    """Return what was drawn as inline SVG without styles of its own; nothing of a typed name."""
    strokes = strokes_of(value)
    if not strokes:
        return Markup()
    path = "".join(
        ("L" if n else "M") + f"{x} {y}" for stroke in strokes for n, (x, y) in enumerate(stroke)
    )
    label = words.say(
        "questions.signature_of", language, title=words.pick(question.title, language)
    )
    return Markup(
        '<svg class="ink" viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}" fill="none" '
        'stroke="currentColor" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">'
        "</path></svg>"
    ).format(WIDTH, HEIGHT, label, path)


def shown(question: Question, value: Json, language: str, zone: ZoneInfo) -> str:
    """Return how it was signed, by which name and when."""
    answer = value if isinstance(value, Mapping) else {}
    when = date_time.shown(question, answer.get("signed_at"), language, zone)
    how = "drawn" if answer.get("strokes") else "typed"
    named = answer.get("name")
    if how == "drawn" and not named:
        return words.say("questions.signature_drawn", language, when=when)
    return words.say(f"questions.signature_{how}_by", language, name=named, when=when)


def alike(_question: Question, one: Json, other: Json) -> bool:
    """Return whether two answers are the same signature, whenever each was given."""
    both = [v if isinstance(v, Mapping) else {} for v in (one, other)]
    return (one is None) == (other is None) and all(
        both[0].get(key) == both[1].get(key) for key in ("strokes", "name")
    )


def parts(_question: Question, _language: str) -> Mapping[str, object]:
    """Return the field that is drawn on and the bound of what it keeps."""
    return {"width": WIDTH, "height": HEIGHT, "longest": LONGEST}


def paper(_question: Question, language: str) -> tuple[Blank, ...]:
    """Return a frame to sign in, and a line for the name."""
    return Space(30), Part(words.say("questions.signature_name", language), "", (Lines(),))


TYPE = QuestionType(
    "signature", suits, fact_type, read, shown, typed, parts,
    drawn=drawn, alike=alike, check=check, paper=paper, begins=False,
)  # fmt: skip
