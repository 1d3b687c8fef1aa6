"""An Indonesian identity number (NIK): sixteen digits that hold a birth date and a sex."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from satupintu import clock, words
from satupintu.conditions.values import Facts
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms.document import Form, Question, Role
from satupintu.forms.paper.blanks import Blank, Cells, Comb
from satupintu.forms.questions import date as dates
from satupintu.forms.questions.kinds import Posted, QuestionType, Read, Schema, Typed, unread
from satupintu.forms.questions.text import fact_type, free_text
from satupintu.forms.sentences import said

NUMBER = re.compile("([0-9]{6})([0-9]{6})([0-9]{4})")
"""Where it was given out, the birth date as day, month and year, and which of that day."""

OF_A_WOMAN = 40
"""What is added to the day of a woman's birth date."""

LEEWAY = 1
"""Years by which an age may be off: some count the running year."""


def suits(schema: Schema) -> int:
    """Return 1: only where the document names it."""
    return 1 if free_text(schema) else 0


def read(question: Question, posted: Posted) -> Read:
    """Return the sixteen digits; spaces, dots and dashes go, and the birth date must exist."""
    text = posted.one().strip()
    if not text:
        return Read()
    number = re.sub(r"[\s.\-–]+", "", text)
    found, typed = NUMBER.fullmatch(number), {posted.name: text}
    if found is None:
        count = len(re.findall("[0-9]", text))
        return unread(
            question, posted, "questions.nik_digits", typed, keyword="pattern", count=count
        )
    if not births(number):
        return unread(question, posted, "questions.nik_birth", typed, digits=found[2])
    return Read(number)


def births(number: str) -> tuple[date, ...]:
    """Return the dates of birth that a number may mean, up to today: it names no century."""
    found = NUMBER.fullmatch(number)
    if found is None:
        return ()
    day, month, year = (int(found[2][at : at + 2]) for at in (0, 2, 4))
    day -= OF_A_WOMAN if is_woman(number) else 0
    today = clock.now().date()
    real = (_date(century + year, month, day) for century in (2000, 1900))
    return tuple(born for born in real if born is not None and born <= today)


def is_woman(number: str) -> bool:
    """Return what a number says about sex."""
    return int(number[6:8]) > OF_A_WOMAN


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def disagrees(form: Form, question: Question, value: Json, facts: Facts) -> Problem | None:
    """Return what the answers say otherwise about the same person, in one sentence.

    The same person are the questions with the roles ``sex``, ``age`` and ``born`` that stand beside
    one with the role ``identity``; ``x-ui.sexes`` says which option is which sex.
    """
    number = str(value)
    if "identity" not in question.roles or not births(number):
        return None
    others = list(_others(form, question, number, facts))
    if not others:
        return None
    born, woman = births(number), is_woman(number)

    def titles(language: str) -> str:
        return ", ".join(f"“{words.pick(q.title, language)}”" for q in others)

    def sex(language: str) -> str:
        return words.say("questions.nik_female" if woman else "questions.nik_male", language)

    def day(language: str) -> str:
        said_so = (dates.in_words(one, language) for one in born)
        return words.say("conditions.say_or", language).join(said_so)

    where = "/" + question.name.replace(".", "/")
    return said("questions.nik_disagrees", where, sex=sex, day=day, titles=titles)


def _others(form: Form, question: Question, number: str, facts: Facts) -> Iterator[Question]:
    years = [_years(born) for born in births(number)]
    wanted = "female" if is_woman(number) else "male"
    for other in _beside(form, question, "sex"):
        if question.ui.get("sexes", {}).get(facts.get(other.name), wanted) != wanted:
            yield other
    for other in _beside(form, question, "age"):
        age = facts.get(other.name)
        if isinstance(age, int) and all(abs(age - y) > LEEWAY for y in years):
            yield other
    for other in _beside(form, question, "born"):
        if facts.get(other.name) not in (None, *births(number)):
            yield other


def _beside(form: Form, question: Question, role: Role) -> Iterator[Question]:
    group = question.name.rpartition(".")[0]
    yield from (q for q in form.with_role(role) if q.name.rpartition(".")[0] == group)


def _years(born: date) -> int:
    today = clock.now().date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def typed(_question: Question, value: Json, name: str, _zone: ZoneInfo) -> Typed:
    """Return the number in groups, easier to hold against the card."""
    return {name: " ".join(groups(value))}


def groups(value: Json) -> tuple[str, ...]:
    """Return the three parts of a number; an answer that is none stays in one."""
    found = NUMBER.fullmatch(str(value))
    return found.groups() if found else (str(value),)


def shown(question: Question, value: Json, _language: str, _zone: ZoneInfo) -> str:
    """Return the number in groups, in full only where pages cover it until somebody asks for it.

    Any other page shows it to everyone who may read the answer, so all but its end is masked.
    """
    parts = groups(value)
    if question.sensitivity == "sangat_rahasia":
        return " ".join(parts)
    *first, last = parts
    return " ".join([*("•" * len(part) for part in first), "•" * (len(last) - 4) + last[-4:]])


def paper(_question: Question, _language: str) -> tuple[Blank, ...]:
    """Return a cell for each digit, in the groups that the card is read in."""
    return (Comb((Cells(6), Cells(6), Cells(4))),)


TYPE = QuestionType(
    "nik", suits, fact_type, read, shown, typed,
    entry={"inputmode": "numeric", "autocomplete": "off"}, compared="identity", disagrees=disagrees,
    paper=paper,
)  # fmt: skip
