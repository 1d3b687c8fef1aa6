"""Migrations checked against the older version that they speak of, and what they leave untold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from satupintu.conditions.nearest import or_nearest
from satupintu.documents import pointer
from satupintu.errors import Problem
from satupintu.forms.document import Form, Question
from satupintu.forms.migrating.checking import options_of_map
from satupintu.forms.migrating.document import (
    Drop,
    Join,
    Map,
    Move,
    Split,
    Step,
    from_version,
    sources,
    targets,
)
from satupintu.forms.migrating.routes import Route, named, routes, rows_around
from satupintu.forms.migrating.values import key_of

ANY = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
SHORT = 12
"""Letters of a content hash that tell one version from another to a person."""


def problems(older: Form, newer: Form) -> Iterator[Problem]:
    """Yield what is wrong, doubtful or untold about the answers to one older version.

    ``newer`` is a form that was read, so each of its steps names questions that it has.
    """
    migration = from_version(newer, older.hash)
    if migration is not None and older.id != newer.id:
        params = {"id": older.id}
        yield Problem("migrating.other_form", params, f"{migration.where}/from")
        return
    where = "/x-form/migrations" if migration is None else migration.where
    steps = () if migration is None else migration.steps
    found = [problem for step in steps for problem in _of_step(step, older, newer)]
    yield from found
    if not any(problem.level == "error" for problem in found):
        yield from _overwritten(steps, older, newer)
        for route in named(routes(older, newer)).values():
            yield from _untold(route, older, where)


def _of_step(step: Step, older: Form, newer: Form) -> Iterator[Problem]:
    unknown = [name for name in sources(step) if name not in older.questions]
    for name in unknown:
        key, params = or_nearest("migrating.source_unknown", name, older.questions)
        yield Problem(key, params, step.where)
    if unknown:
        return
    several = [older.questions[name] for name in sources(step)]
    there = [newer.questions[name] for name in targets(step)]
    for old in several:
        for new in there:
            if not _rows_go_along(old, new, older, newer):
                params = {"name": old.name, "to": new.name}
                yield Problem("migrating.across_rows", params, step.where)
                return
    match step:
        case Move():
            yield from _move(step, several[0], there[0])
        case Map():
            yield from _map(step, several[0], newer)
        case Split():
            wanted = "object" if step.parts else "string"
            if wanted not in types_of(several[0]) or several[0].is_group:
                params = {"name": several[0].name, "type": wanted}
                yield Problem("migrating.split_type", params, step.where)
        case Join():
            yield from _join(step, several, there[0])
        case Drop():
            if any(q.x_id == several[0].x_id for q in newer.questions.values()):
                params = {"name": several[0].name}
                yield Problem("migrating.dropped_but_asked", params, step.where, level="warning")
        case _:
            assert_never(step)


def _rows_go_along(old: Question, new: Question, older: Form, newer: Form) -> bool:
    """Tell whether two questions stand in the same repeated group, or both in none."""
    before, after = rows_around(older, old.name), rows_around(newer, new.name)
    if before is None or after is None:
        return before is after
    route = named(routes(older, newer)).get(before)
    return route is not None and any(q.name == after for q, _ in route.to)


def _move(step: Move, old: Question, new: Question) -> Iterator[Problem]:
    if old.x_id == new.x_id:
        params = {"name": old.name}
        yield Problem("migrating.needless", params, step.where, level="warning")
    elif (old.is_group) != (new.is_group):
        params = {"name": old.name, "to": new.name}
        yield Problem("migrating.group_unlike", params, step.where)
    elif not _alike(old, new):
        yield Problem("migrating.type_unlike", _types(old, new), step.where)


def _map(step: Map, old: Question, newer: Form) -> Iterator[Problem]:
    known = [key_of(True), key_of(False)] if "boolean" in types_of(old) else []
    known += [option.const for option in old.options]
    for option in step.options if known else ():
        if option not in known:
            key, params = or_nearest("migrating.option_old", option, known)
            where = f"{step.where}/options{pointer([option])}"
            yield Problem(key, {**params, "question": old.name}, where)
    if step.to is None:
        now = next((q for q in newer.questions.values() if q.x_id == old.x_id), None)
        if now is None:
            yield Problem("migrating.map_nowhere", {"name": old.name}, step.where)
        else:
            yield from options_of_map(step, now)


def _join(step: Join, several: list[Question], new: Question) -> Iterator[Problem]:
    lists = step.between is None and step.template is None
    wanted = {"array"} if lists else {"string", "number"}
    for old in several:
        if (old.is_group or old.is_rows) or not wanted & types_of(old):
            key = "migrating.join_lists" if lists else "migrating.join_texts"
            yield Problem(key, {"name": old.name}, step.where)
    if not {"array" if lists else "string"} & types_of(new):
        key = "migrating.join_to_list" if lists else "migrating.join_to_text"
        yield Problem(key, {"name": new.name}, step.where)


def _overwritten(steps: tuple[Step, ...], older: Form, newer: Form) -> Iterator[Problem]:
    """Yield steps that answer a question which another answer is already, by its ``x-id``."""
    told = {name for step in steps for name in sources(step)}
    by_id = {q.x_id: q for q in older.questions.values() if q.name not in told}
    for step in steps:
        for name in targets(step):
            before = by_id.get(newer.questions[name].x_id)
            if before is not None:
                params = {"name": name, "other": before.name}
                yield Problem("migrating.overwritten_by_id", params, step.where)


def _untold(route: Route, older: Form, where: str) -> Iterator[Problem]:
    """Yield what would be lost of the answers to one older question, and no step says so."""
    old = route.question
    if old.computed is not None or isinstance(route.step, Drop):
        return
    params: Mapping[str, object] = {"name": old.name, "version": older.hash[:SHORT]}
    if not route.to:
        yield Problem("migrating.untold", params, where, level="warning")
        return
    new = route.to[0][0]
    if route.step is None and new.computed is None and not _alike(old, new):
        types = {**params, **_types(old, new)}
        yield Problem("migrating.type_untold", types, where, level="warning")
    if new.options and not isinstance(route.step, Split | Join):
        told = route.step.options if isinstance(route.step, Map) else {}
        offered = {option.const for option in new.options}
        gone = [o.const for o in old.options if o.const not in offered and o.const not in told]
        if gone:
            listed = {**params, "options": ", ".join(gone)}
            yield Problem("migrating.options_untold", listed, where, level="warning")


def types_of(question: Question) -> frozenset[str]:
    """Return the JSON types that an answer may have; a whole number is a number too."""
    said = question.schema.get("type")
    types = ANY if said is None else frozenset([said] if isinstance(said, str) else said)
    return types | ({"number"} if "integer" in types else frozenset())


def _alike(old: Question, new: Question) -> bool:
    """Tell whether an answer to one question may have the type that the other asks for."""
    return bool(types_of(old) & types_of(new))


def _types(old: Question, new: Question) -> Mapping[str, object]:
    return {
        "name": old.name,
        "to": new.name,
        "before": ", ".join(sorted(types_of(old))),
        "after": ", ".join(sorted(types_of(new))),
    }
