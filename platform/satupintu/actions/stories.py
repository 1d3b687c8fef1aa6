"""The made-up cases of a demonstration, as ``seed/cases.json`` tells them.

A list of ``{"example": ..., "hours_ago": {QUESTION: hours}, "answers": {...}}``: answers to the
assessment form, its moments as whole hours before now, and the example that it follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from satupintu import clock
from satupintu.conditions.nearest import or_nearest
from satupintu.conditions.types import Day
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem
from satupintu.forms import answers as given
from satupintu.forms.document import Form


@dataclass(frozen=True)
class Story:
    """One made-up case: answers by question, and moments as hours before now."""

    answers: Mapping[str, Json]
    hours_ago: Mapping[str, int]

    def told(self, form: Form, zone: ZoneInfo) -> dict[str, Json]:
        """Return the answers as if the story were told now."""
        now = clock.now().astimezone(zone).replace(second=0, microsecond=0)
        moments: dict[str, Json] = {}
        for name, hours in self.hours_ago.items():
            moment = now - timedelta(hours=hours)
            is_day = isinstance(form.questions[name].fact_type, Day)
            moments[name] = (moment.date() if is_day else moment).isoformat()
        return {**self.answers, **moments}


def read(document: Json) -> tuple[Story, ...]:
    """Return the stories of a document. Raises BadDocument."""
    if not isinstance(document, list):
        raise BadDocument(Problem("folder.not_cases"))
    return tuple(_story(entry, pointer([n])) for n, entry in enumerate(document))


def problems(document: Json, form: Form) -> Iterator[Problem]:
    """Yield why a document's stories cannot be sent: the form does not know or accept an answer."""
    for n, story in enumerate(read(document)):
        for part in ("answers", "hours_ago"):
            for name in getattr(story, part):
                if name not in form.questions:
                    key, params = or_nearest("forms.question_unknown", name, form.questions)
                    yield Problem(key, params, pointer([n, part, name]))
        if all(name in form.questions for name in story.hours_ago):
            told = given.with_computed(form, story.told(form, ZoneInfo("UTC")))
            for problem in given.problems(form, told):
                yield problem.under(pointer([n, "answers"]))


def _story(entry: Json, where: str) -> Story:
    match entry:
        case {"answers": dict(answers), "hours_ago": dict(hours)} if all(
            isinstance(value, int) for value in hours.values()
        ):
            return Story(answers, hours)
    raise BadDocument(Problem("folder.not_a_case", pointer=where))
