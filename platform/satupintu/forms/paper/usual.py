"""How a question is drawn on paper where its type does not say: by what its schema describes.

A new type of question is on paper without a line of its own; ``QuestionType.paper`` is for those
that paper asks in another way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from satupintu import words
from satupintu.documents import Json
from satupintu.forms.document import Option, Question
from satupintu.forms.paper.blanks import Blank, Boxes, Cells, Comb, Lines, Listed, Part, Short, Tick

TO_TICK = 24
"""Options up to which each has its box; of more, one is written on a line."""

PRINTED = 400
"""Options up to which a long list is printed as it is."""

FIRST = 12
"""Options of a longer list that are printed, so that it is clear what to write."""

LETTERS_ON_A_LINE = 70
MOST_LINES = 8
LONG = 250
"""Letters up to which one or two lines are enough."""

PARTS = 12
"""Named parts of an answer that are drawn one by one."""


def usual(question: Question, language: str) -> tuple[Blank, ...]:
    """Return the places to write an answer in, told by the schema alone."""
    return described(question.schema, question.options, language)


def described(
    schema: Mapping[str, Json], options: Sequence[Option], language: str
) -> tuple[Blank, ...]:
    """Return the places to write what a schema describes."""
    type_ = schema.get("type")
    if options:
        return choice(options, language, several=type_ == "array")
    match type_, schema.get("format"):
        case "boolean", _:
            return yes_or_no(language)
        case "string", "date":
            return (date(language),)
        case "string", "date-time":
            return (date(language), time(language))
        case "string", "time":
            return (time(language),)
        case "integer" | "number", _:
            return (Short(),)
        case "string", _:
            return (written(schema.get("maxLength", 0)),)
        case "object", _:
            return _parts(schema, language) or (Lines(4),)
        case "array", _:
            return (Lines(4),)
    return (Lines(2),)


def written(letters: int) -> Lines:
    """Return lines for a text of at most so many letters; 0 where it has no bound."""
    if letters <= LONG:
        return Lines(2 if letters > LETTERS_ON_A_LINE * 2 else 1)
    return Lines(max(4, min(MOST_LINES, -(-letters // (LETTERS_ON_A_LINE * 2)))))


def choice(
    options: Sequence[Option],
    language: str,
    *,
    several: bool,
    about: Mapping[str, str] | None = None,
) -> tuple[Blank, ...]:
    """Return boxes for options, or a line and the list of what may stand on it."""
    titles = [words.pick(o.title, language) for o in options]
    if len(titles) <= TO_TICK:
        said = about or {}
        ticks = (Tick(t, said.get(o.const, "")) for t, o in zip(titles, options, strict=True))
        return (Boxes(tuple(ticks), _how_many(language, several=several)),)
    shown = titles if len(titles) <= PRINTED else titles[:FIRST]
    phrase = "write_some" if several else "write_one"
    rule = words.say(f"paper.{phrase}", language)
    if len(shown) < len(titles):
        rule = words.say("paper.write_like", language, count=len(titles))
    return (Lines(3 if several else 1), Listed(rule, tuple(shown)))


def yes_or_no(language: str) -> tuple[Blank, ...]:
    """Return the two boxes of a question that is answered by yes or no."""
    titles = (words.say(f"questions.{word}", language) for word in ("yes", "no"))
    return (Boxes(tuple(Tick(title) for title in titles)),)


def date(language: str) -> Comb:
    """Return the cells of a calendar date."""
    parts = (("day", 2), ("month", 2), ("year", 4))
    return Comb(
        tuple(Cells(count, words.say(f"questions.{part}", language)) for part, count in parts)
    )


def time(language: str) -> Comb:
    """Return the cells of a time of day."""
    return Comb(
        tuple(Cells(2, words.say(f"paper.{part}", language)) for part in ("hour", "minute"))
    )


def _how_many(language: str, *, several: bool) -> str:
    return words.say("paper.tick_some" if several else "paper.tick_one", language)


def _parts(schema: Mapping[str, Json], language: str) -> tuple[Blank, ...]:
    named = schema.get("properties", {})
    if not 0 < len(named) <= PARTS:
        return ()
    return tuple(
        Part(_title(key, one, language), "", described(one, (), language))
        for key, one in named.items()
        if isinstance(one, Mapping)
    )


def _title(key: str, schema: Mapping[str, Json], language: str) -> str:
    other = schema.get("x-i18n", {}).get(language, {})
    return str(other.get("title") or schema.get("title") or key)
