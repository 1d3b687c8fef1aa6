"""Every question type in every state, from the specimen document beside it.

A specimen is ``questions/KIND.json``: ``about`` (what it is for, by language), ``schema`` (the
question as a form would have it), ``answer``, and ``typed`` (what a person may type that is
refused, by what follows the control name; without it an empty answer is). One form holds them all,
a page for each type, so that they are drawn, read and refused by the very code that asks people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from zoneinfo import ZoneInfo

from markupsafe import Markup

from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions, reading
from satupintu.forms.answers import problems
from satupintu.forms.binding import read_page
from satupintu.forms.document import Form
from satupintu.forms.questions.kinds import Typed
from satupintu.forms.rendering import page_html
from satupintu.words import Text

State = Literal["empty", "answered", "refused"]
STATES: tuple[State, ...] = ("empty", "answered", "refused")


@dataclass(frozen=True)
class Specimen:
    """One question type with a question that it asks."""

    kind: str
    about: Text
    schema: Mapping[str, Json]
    answer: Json
    typed: Mapping[str, str] | None

    def key(self, state: State) -> str:
        """Return the key of the question that stands in a state."""
        return f"{self.kind.replace('-', '_')}_{state}"

    @property
    def states(self) -> tuple[State, ...]:
        """The states that it has: what nobody fills in cannot be refused."""
        asks = questions.of(self.kind).asks and "x-computed" not in self.schema
        return STATES if asks else ("answered",)


@dataclass(frozen=True)
class Shown:
    """One page of the catalogue: each state of a type as HTML."""

    specimen: Specimen
    states: Mapping[State, Markup]
    document: str


@cache
def specimens() -> Mapping[str, Specimen]:
    """Return the specimen of every question type, by kind."""
    folder = files(questions.__package__)
    found = {}
    for kind in sorted(questions.types()):
        text = folder.joinpath(f"{kind.replace('-', '_')}.json").read_text(encoding="utf-8")
        one: Any = json.loads(text)
        found[kind] = Specimen(kind, one["about"], one["schema"], one["answer"], one.get("typed"))
    return found


@cache
def form() -> Form:
    """Return the one form in which every specimen stands in every state."""
    document: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Katalog",
        "x-i18n": {"en": {"title": "Catalogue"}},
        "type": "object",
        "x-form": {"id": "katalog", "purpose": "assessment"},
        "x-pages": [],
        "properties": {},
        "required": [],
        "unevaluatedProperties": False,
    }
    for one in specimens().values():
        keys = [one.key(state) for state in one.states]
        page = {"id": one.kind, "title": one.kind, "questions": keys}
        document["x-pages"].append({**page, "x-i18n": {"en": {"title": one.kind}}})
        for state in one.states:
            document["properties"][one.key(state)] = _own(one.schema, one.key(state))
            if state == "refused":
                document["required"].append(one.key(state))
    return reading.read(document)


def _own(schema: Json, key: str) -> Json:
    """Return a schema with ids of its own: an id never stands twice in a form."""
    if isinstance(schema, list):
        return [_own(one, f"{key}-{n}") for n, one in enumerate(schema)]
    if not isinstance(schema, Mapping):
        return schema
    found = {k: _own(v, f"{key}-{k}") for k, v in schema.items() if k[:2] != "x-"}
    kept = {k: v for k, v in schema.items() if k[:2] == "x-"}
    return found | kept | ({"x-id": key[-64:]} if "x-id" in schema else {})


def shown(kind: str, *, language: str, zone: ZoneInfo) -> Shown:
    """Return a type in every state. Raises KeyError where there is no such type."""
    one = specimens()[kind]
    answers: dict[str, Json] = {one.key("answered"): one.answer}
    unread, told = _refused(one, language, zone)
    html = {}
    for state in one.states:
        html[state] = _alone(one.key(state), answers, unread, told, language, zone)
    return Shown(one, html, json.dumps(one.schema, ensure_ascii=False, indent=2))


def _refused(one: Specimen, language: str, zone: ZoneInfo) -> tuple[Typed, tuple[Problem, ...]]:
    """Return what stands in the controls after something wrong was typed, and what is said."""
    key = one.key("refused")
    page = next(p for p in form().pages if p.id == one.kind)
    posted = Texts({key + what: text for what, text in (one.typed or {"": ""}).items()})
    bound = read_page(form(), page, posted, {}, {}, zone=zone, language=language)
    mine = [p for p in bound.problems if p.pointer.startswith(f"/{key}")]
    found = [p for p in problems(form(), bound.answers) if p.pointer.startswith(f"/{key}")]
    typed = {**bound.unread, **{name: posted[name] for name in posted}}
    return typed, tuple(mine or found)


def _alone(
    key: str, answers: Mapping[str, Json], unread: Typed, told: tuple[Problem, ...],
    language: str, zone: ZoneInfo,
) -> Markup:  # fmt: skip
    page = next(p for p in form().pages if key in p.questions)
    alone = replace(page, id=f"{page.id}/{key}", questions=(key,))
    return page_html(
        form(), alone, language=language, zone=zone, answers=answers, unread=unread, problems=told
    )


class Texts(dict[str, str]):
    """Texts as a page posts them."""

    def getlist(self, key: str) -> list[str]:
        """Return the text under a name, if there is one."""
        return [self[key]] if key in self else []
