"""Migrations checked: each step by itself and with the newer questions it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import re2

from satupintu.conditions.nearest import or_nearest
from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms.closed import pattern
from satupintu.forms.document import Question
from satupintu.forms.migrating.document import (
    VERBS,
    Drop,
    Join,
    Map,
    Move,
    Split,
    Step,
    sources,
    targets,
    written,
)
from satupintu.forms.migrating.values import SLOT

_BESIDE: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "rename": (frozenset({"to"}), frozenset()),
    "move": (frozenset({"to"}), frozenset()),
    "map": (frozenset({"options"}), frozenset({"to"})),
    "split": (frozenset(), frozenset({"into", "at", "pattern", "parts"})),
    "join": (frozenset({"to"}), frozenset({"with", "template"})),
    "drop": (frozenset({"why"}), frozenset()),
}
"""The keys that must and that may stand beside each verb."""


def problems(document: Mapping[str, Json], questions: Mapping[str, Question]) -> list[Problem]:
    """Return what is wrong with a form's migrations as far as its own questions tell.

    What they say of an older version is for ``comparing``, which knows that version.
    """
    found = list(_spelled(document["x-form"].get("migrations", ())))
    if found:
        return found
    seen: set[str] = set()
    for migration in written(document):
        if migration.source in seen:
            found.append(Problem("migrating.from_twice", {}, f"{migration.where}/from"))
        seen.add(migration.source)
        found.extend(_twice(migration.steps))
        for step in migration.steps:
            found.extend(_targets(step, questions))
            found.extend(_itself(step, questions))
    return found


def _spelled(migrations: list[Json]) -> Iterator[Problem]:
    for n, migration in enumerate(migrations):
        for m, step in enumerate(migration["steps"]):
            yield from _verb(step, pointer(["x-form", "migrations", n, "steps", m]))


def _verb(step: Mapping[str, Json], where: str) -> Iterator[Problem]:
    verbs = [key for key in VERBS if key in step]
    if len(verbs) != 1:
        key = "migrating.two_verbs" if verbs else "migrating.no_verb"
        yield Problem(key, {"known": ", ".join(verbs or VERBS)}, where)
        return
    must, may = _BESIDE[verbs[0]]
    for key in sorted(must - step.keys()):
        yield Problem("migrating.key_missing", {"key": key, "verb": verbs[0]}, where)
    for key in sorted(step.keys() - must - may - {verbs[0]}):
        yield Problem("migrating.key_idle", {"key": key, "verb": verbs[0]}, f"{where}/{key}")
    if verbs[0] == "split" and ("parts" in step) == ("into" in step):
        yield Problem("migrating.split_into", {}, where)
    elif verbs[0] == "split" and ("at" in step) + ("pattern" in step) != ("into" in step):
        yield Problem("migrating.split_how", {}, where)
    if {"with", "template"} <= step.keys():
        yield Problem("migrating.join_how", {}, where)


def _twice(steps: tuple[Step, ...]) -> Iterator[Problem]:
    """Yield steps that speak of a question again, or answer one that another step answers."""
    told: set[str] = set()
    answered: set[str] = set()
    for step in steps:
        for name in sources(step):
            if name in told:
                yield Problem("migrating.told_twice", {"name": name}, step.where)
            told.add(name)
        for name in targets(step):
            if name in answered:
                yield Problem("migrating.overwritten", {"name": name}, step.where)
            answered.add(name)


def _targets(step: Step, questions: Mapping[str, Question]) -> Iterator[Problem]:
    for name in targets(step):
        question = questions.get(name)
        if question is None:
            key, params = or_nearest("migrating.target_unknown", name, questions)
            yield Problem(key, params, step.where)
        elif question.computed is not None:
            yield Problem("migrating.target_computed", {"name": name}, step.where)
        elif question.is_group and not isinstance(step, Move):
            yield Problem("migrating.target_group", {"name": name}, step.where)


def _itself(step: Step, questions: Mapping[str, Question]) -> Iterator[Problem]:
    match step:
        case Split(pattern=str(text)):
            yield from _pattern(step, text)
        case Join(template=str(text)):
            yield from _template(step, text)
        case Map(to=str(to)) if to in questions:
            yield from options_of_map(step, questions[to])
        case Move() | Map() | Split() | Join() | Drop():
            return


def _pattern(step: Split, text: str) -> Iterator[Problem]:
    where = f"{step.where}/pattern"
    try:
        groups = pattern(text).groups
    except re2.error as e:
        reason = e.args[0] if e.args else ""
        reason = reason.decode() if isinstance(reason, bytes) else str(reason)
        yield Problem("forms.pattern_bad", {"reason": reason}, where)
        return
    if groups != len(step.into):
        params = {"groups": groups, "count": len(step.into)}
        yield Problem("migrating.pattern_groups", params, where)


def _template(step: Join, text: str) -> Iterator[Problem]:
    where, slots = f"{step.where}/template", set(SLOT.findall(text))
    for name in sorted(slots - set(step.questions)):
        key, params = or_nearest("migrating.slot_unknown", name, step.questions)
        yield Problem(key, params, where)
    for name in (name for name in step.questions if name not in slots):
        yield Problem("migrating.slot_missing", {"name": name}, where)


def options_of_map(step: Map, target: Question) -> Iterator[Problem]:
    """Yield the new options of a map that the newer question does not have."""
    if not target.options:
        return
    known = [option.const for option in target.options]
    for old, new in step.options.items():
        if new not in known:
            key, params = or_nearest("migrating.option_new", str(new), known)
            yield Problem(key, {**params, "question": target.name}, _at(step, old))


def _at(step: Map, option: str) -> str:
    return f"{step.where}/options{pointer([option])}"
