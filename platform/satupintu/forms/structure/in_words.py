"""A whole answer in words, a line for each place that holds one."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Question
from satupintu.forms.structure.answer import tree
from satupintu.forms.structure.leaves import plain
from satupintu.forms.structure.places import Place
from satupintu.forms.structure.schema import MISSING
from satupintu.words import pick

STEP = " › "


def shown(question: Question, value: Json, language: str, zone: ZoneInfo) -> str:
    """Return a line for each place: the titles that lead there, and its answer."""
    lines = list(_lines(tree(question, value, zone, (question.key,)), "", language, zone))
    return "\n".join(lines) or words.say("questions.none_chosen", language)


def _lines(place: Place, before: str, language: str, zone: ZoneInfo) -> Iterator[str]:
    label = f"{before}: " if before else ""
    if place.constant or place.value is None:
        if place.value is not MISSING:
            yield label + pick(plain(place.value), language)
        return
    if place.value is MISSING:
        return
    if place.leaf is not None:
        question = place.leaf.question
        kind = questions.of(question.kind)
        yield label + kind.shown(question, place.leaf.encoded(place.value), language, zone)
        return
    ahead = before + STEP if before else ""
    for member in place.members:
        yield from _lines(member, ahead + pick(member.title, language), language, zone)
    for number, row in enumerate(place.rows, 1):
        yield from _lines(row, f"{ahead}{number}", language, zone)
    for entry in place.entries:
        yield from _lines(entry.place, ahead + entry.key, language, zone)
