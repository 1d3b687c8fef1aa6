"""A question that is asked in several places with different content, asked alike in all of them.

A form knows one question by one name. What all places say stays in the question, with the options
of all; each place then narrows it to its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from satupintu.documents import Json
from satupintu.forms.closed import identity
from satupintu.forms.importing.hints import Tell
from satupintu.forms.shape import ANNOTATIONS

SCALARS = ("string", "integer", "number", "boolean")
TEXTS = ANNOTATIONS | {"title", "description"}


@dataclass(frozen=True)
class Asked:
    """One place that asks a question: the object whose property it is, and its key there."""

    branch: dict[str, Any]
    key: str

    @property
    def question(self) -> dict[str, Any]:
        """What is asked here."""
        found: dict[str, Any] = self.branch["properties"][self.key]
        return found


def made_alike(form: dict[str, Any], tell: Tell) -> None:
    """Make every question of a form the same in all its places, where that can be."""
    by_id: dict[str, list[Asked]] = {}
    for one in list(_asked(form)):
        by_id.setdefault(one.question["x-id"], []).append(one)
    for places in by_id.values():
        questions = [one.question for one in places]
        if any(q != questions[0] for q in questions) and all(_plain(q) for q in questions):
            common = _common(questions)
            if common.get("type") in SCALARS:
                tell("imports.asked_differently", "", name=places[0].key)
                for one in places:
                    _narrow(one, common)


def _asked(branch: Json) -> Iterator[Asked]:
    if isinstance(branch, dict):
        for key, one in branch.get("properties", {}).items():
            if isinstance(one, dict) and "x-id" in one:
                yield Asked(branch, key)
                yield from _asked(one)
                yield from _asked(one.get("items"))
        for one in branch.get("allOf", ()):
            yield from _asked(one)
            yield from _asked(one.get("then") if isinstance(one, dict) else None)


def _plain(question: Mapping[str, Json]) -> bool:
    return not question.keys() & {"$ref", "properties", "items", "anyOf", "not", "if"} and (
        "oneOf" not in question or _options(question) is not None
    )


def _options(question: Mapping[str, Json]) -> list[dict[str, Any]] | None:
    """Return the listed values of a question with their titles, None where it lists none."""
    if "oneOf" in question:
        given = [one for one in question["oneOf"] if isinstance(one, dict) and "const" in one]
        return given if len(given) == len(question["oneOf"]) else None
    return [{"const": value} for value in question["enum"]] if "enum" in question else None


def _common(questions: list[dict[str, Any]]) -> dict[str, Any]:
    first = questions[0]
    common = {
        key: value
        for key, value in first.items()
        if key in TEXTS or key[:2] == "x-" or all(q.get(key, ...) == value for q in questions)
    }
    listed = [_options(q) for q in questions]
    common.pop("enum", None)
    common.pop("oneOf", None)
    if all(one is not None for one in listed):
        options: dict[object, dict[str, Any]] = {}
        for option in (o for one in listed for o in one or ()):
            known = options.setdefault(identity(option["const"]), option)
            if "title" in option and "title" not in known:
                options[identity(option["const"])] = option
        every = list(options.values())
        if any("title" in option for option in every):
            common["oneOf"] = every
        if "oneOf" not in common or common.get("type") == "integer":
            common["enum"] = [option["const"] for option in every]
    return common


def _narrow(one: Asked, common: dict[str, Any]) -> None:
    own = one.question
    left = {
        key: value
        for key, value in own.items()
        if key not in TEXTS
        and key[:2] != "x-"
        and key not in ("enum", "oneOf")
        and common.get(key, ...) != value
    }
    options = _options(own)
    if options is not None:
        left["enum"] = [option["const"] for option in options]
    one.branch["properties"][one.key] = dict(common)
    if left:
        one.branch["allOf"] = [*one.branch.get("allOf", ()), {"properties": {one.key: left}}]
