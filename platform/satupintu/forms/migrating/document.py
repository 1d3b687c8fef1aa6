"""The migrations of a form document, read: from which version, and what becomes of its answers.

Steps are needed only where ``x-id`` does not tell: a question that kept its ``x-id`` is the same
question, whatever it is called now and wherever it stands. All steps of one migration speak of the
answers as they were given, so their order says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from satupintu.documents import Json
from satupintu.forms.document import Form
from satupintu.words import Text

VERBS = ("rename", "move", "map", "split", "join", "drop")
"""The key of a step that says what it does; its value is the older question, or several."""


@dataclass(frozen=True)
class Move:
    """The answer is the answer to another question now: under another key, in another group."""

    question: str
    to: str
    where: str


@dataclass(frozen=True)
class Map:
    """Options are called otherwise now, several may have become one; others stay as they are."""

    question: str
    options: Mapping[str, Json]
    to: str | None
    where: str


@dataclass(frozen=True)
class Split:
    """One answer became several: cut ``at`` a text, by a ``pattern``'s groups, or by its keys."""

    question: str
    into: tuple[str, ...]
    at: str | None
    pattern: str | None
    parts: Mapping[str, str]
    where: str


@dataclass(frozen=True)
class Join:
    """Several answers became one: written one after the other, or as a ``template`` says.

    Without either, lists of choices become one list.
    """

    questions: tuple[str, ...]
    to: str
    between: str | None
    template: str | None
    where: str


@dataclass(frozen=True)
class Drop:
    """Nothing asks for the answer any more, and why."""

    question: str
    why: Text
    where: str


Step = Move | Map | Split | Join | Drop


@dataclass(frozen=True)
class Migration:
    """What becomes of the answers to one older version, known by its content hash."""

    source: str
    steps: tuple[Step, ...] = field(default=())
    where: str = ""


def migrations(form: Form) -> tuple[Migration, ...]:
    """Return the migrations of a form that was read, in the order of the document."""
    return written(form.schema)


def written(document: Mapping[str, Json]) -> tuple[Migration, ...]:
    """Return the migrations of a document whose shape is right; a step without verb is left out."""
    found = []
    for n, one in enumerate(document["x-form"].get("migrations", ())):
        where = f"/x-form/migrations/{n}"
        steps = (_step(step, f"{where}/steps/{m}") for m, step in enumerate(one["steps"]))
        found.append(Migration(one["from"], tuple(s for s in steps if s is not None), where))
    return tuple(found)


def _step(step: Mapping[str, Json], where: str) -> Step | None:
    match step:
        case {"rename": str(question), "to": str(to)} | {"move": str(question), "to": str(to)}:
            return Move(question, to, where)
        case {"map": str(question), "options": options}:
            return Map(question, options, step.get("to"), where)
        case {"split": str(question)}:
            parts = step.get("parts", {})
            into = tuple(step.get("into", parts.values()))
            return Split(question, into, step.get("at"), step.get("pattern"), parts, where)
        case {"join": [*questions], "to": str(to)}:
            return Join(tuple(questions), to, step.get("with"), step.get("template"), where)
        case {"drop": str(question), "why": why}:
            return Drop(question, why, where)
    return None


def sources(step: Step) -> tuple[str, ...]:
    """Return the older questions that a step speaks of."""
    match step:
        case Join():
            return step.questions
        case Move() | Map() | Split() | Drop():
            return (step.question,)
        case _:
            assert_never(step)


def targets(step: Step) -> tuple[str, ...]:
    """Return the newer questions that a step answers; a map without ``to`` stays where it was."""
    match step:
        case Move() | Join():
            return (step.to,)
        case Map():
            return () if step.to is None else (step.to,)
        case Split():
            return step.into
        case Drop():
            return ()
        case _:
            assert_never(step)


def from_version(newer: Form, older: str) -> Migration | None:
    """Return what a form says of the answers to one older version, None where it says nothing."""
    return next((one for one in migrations(newer) if one.source == older), None)
