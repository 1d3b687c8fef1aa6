"""Answers through a form's own pages and back: what is named, what came back, what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from satupintu.conditions.values import read_moment
from satupintu.documents import Json, pointer
from satupintu.errors import BadAnswers, Problem
from satupintu.forms import weight
from satupintu.forms.answers import problems, with_computed
from satupintu.forms.document import Form, Question
from satupintu.forms.facts import Answers
from satupintu.forms.questions import is_silence
from satupintu.forms.sentences import said
from satupintu.forms.structure.answer import differing, is_alike, is_silent
from satupintu.forms.to_do import touch
from satupintu.forms.walking import walk
from satupintu.words import DEFAULT, Text

_Path = tuple[str | int, ...]
_Lost = tuple[Text | None, _Path]
"""What did not come back: what it is called, None where nobody asks for it, and its place."""


@dataclass(frozen=True)
class RoundTrip:
    """What came of filling in a form with some answers.

    ``labels`` counts the controls that have a proper label, ``unlabelled`` names the others.
    ``notes`` say what became of the document before it was asked, where it was none of ours.
    """

    labels: int
    unlabelled: tuple[str, ...]
    answers: Json
    equal: bool
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether every control is named and the answers came back, refused by nobody."""
        return self.equal and not self.unlabelled and not self.problems


def round_trip(form: Form, given: Json, *, language: str, zone: ZoneInfo) -> RoundTrip:
    """Fill in a form with the answers ``given`` and compare what came back.

    What a page makes of silence is no difference: boxes that nobody ticked are an empty list or
    false. Nor are the order of ticks, spaces around a text and the way a moment is written. What
    did not come back is told with the reason where the form has one. Raises BadAnswers where the
    answers are no object, or too large to look into.
    """
    unfit = [p for p in weight.problems(form, given) if not p.pointer]
    if unfit:
        raise BadAnswers(*unfit)
    walked = walk(form, given, language=language, zone=zone)
    expected = with_computed(form, _with_silence(_first(form), given, walked.answers))
    lost = list(_differing(_first(form), expected, walked.answers, ()))
    pages = walked.pages.values()
    return RoundTrip(
        labels=sum(len(page.labelled()) for page in pages),
        unlabelled=tuple(dict.fromkeys(name for page in pages for name in page.unlabelled())),
        answers=walked.answers,
        equal=not lost,
        problems=(*walked.problems, *_told(form, expected, lost, walked.problems)),
    )


def _first(form: Form) -> tuple[Question, ...]:
    return tuple(q for q in form.questions.values() if "." not in q.name)


def _told(
    form: Form, expected: Answers, lost: Iterable[_Lost], known: Iterable[Problem]
) -> Iterator[Problem]:
    """Yield why answers did not come back, or would be refused if they had, each place once."""
    told = list(known)
    refused = [p for p in problems(form, expected) if not any(touch(p, other) for other in told)]
    told += refused
    yield from refused
    for title, path in lost:
        key = "forms.answer_not_returned" if title is not None else "forms.answer_no_place"
        plain = said(key, pointer(path), title=title or {DEFAULT: str(path[-1])})
        if not any(touch(plain, other) for other in told):
            yield plain


def _with_silence(among: tuple[Question, ...], given: Json, back: Json) -> dict[str, Json]:
    """Return the answers given, with what a page makes of silence where nothing was given."""
    told: dict[str, Json] = dict(given)
    for question in among:
        mine, theirs = told.get(question.key), back.get(question.key)
        if question.key not in told and theirs is not None and is_silence(question, theirs):
            told[question.key] = theirs
        elif isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            told[question.key] = _with_silence(question.children, mine, theirs)
        elif question.is_rows and isinstance(mine, list) and isinstance(theirs, list):
            both = zip(mine, [*theirs, *mine[len(theirs) :]], strict=False)
            told[question.key] = [
                _with_silence(question.children, m, t) if isinstance(m, Mapping) else m
                for m, t in both
            ]
    return told


def _differing(
    among: tuple[Question, ...], given: Mapping[str, Json], back: Mapping[str, Json], path: _Path
) -> Iterator[_Lost]:
    """Yield each question whose answer is another one than was given, with its place."""
    by_key = {question.key: question for question in among}
    for key in dict.fromkeys((*given, *back)):
        question, mine, theirs, place = by_key.get(key), given.get(key), back.get(key), (*path, key)
        if key in given and key in back and mine is None and theirs is None:
            continue
        if question is not None and key not in back and is_silent(question, mine):
            continue  # what the page makes of it when nobody says anything
        if question is None or (key in given and mine is None and not question.is_whole):
            yield (question.title if question is not None else None), place  # none holds a null
        elif question.is_group and (mine is None or isinstance(mine, Mapping)):
            yield from _differing(question.children, mine or {}, theirs or {}, place)
        elif question.is_rows and _are_rows(mine) and _are_rows(theirs, of=mine):
            for number, (row, other) in enumerate(zip(mine or (), theirs or (), strict=True)):
                yield from _differing(question.children, row, other, (*place, number))
        elif question.is_whole and key in given and key in back:
            if not is_alike(question, mine, theirs):
                found = differing(question, mine, theirs)
                yield from ((title, (*path, *inner)) for inner, title in found)
        elif not _is_same(question, mine, theirs):
            yield question.title, place


def _are_rows(value: Json, *, of: Json = None) -> bool:
    rows = isinstance(value, list) and all(isinstance(row, Mapping) for row in value)
    return rows and (of is None or len(value) == len(of))


def _is_same(question: Question, given: Json, back: Json) -> bool:
    match question.kind:
        case "checkboxes" if isinstance(given, list) and isinstance(back, list):
            return len(given) == len(back) and all(option in back for option in given)
        case "date-time" if isinstance(given, str) and isinstance(back, str):
            moment = read_moment(given)
            return given == back or (moment is not None and moment == read_moment(back))
        case _ if isinstance(given, str) and isinstance(back, str):
            return back in (given, given.strip())
        case _:
            return bool(given == back) and isinstance(given, bool) == isinstance(back, bool)
