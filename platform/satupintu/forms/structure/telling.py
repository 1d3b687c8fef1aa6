"""What a schema refuses of a whole answer, told at the places that a person sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeGuard, cast
from zoneinfo import ZoneInfo

from jsonschema import ValidationError

from satupintu.conditions.types import Text as FreeText
from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms import refusals
from satupintu.forms.document import Question
from satupintu.forms.structure.answer import tree
from satupintu.forms.structure.leaves import plain
from satupintu.forms.structure.likeness import best
from satupintu.forms.structure.places import Place
from satupintu.forms.structure.schema import (
    NAMING,
    Structure,
    are_options,
    only_judge,
    structure_of,
    told_by,
)
from satupintu.forms.structure.titles import errors_of
from satupintu.words import Text, languages, pick

MAX_ERRORS = 200

_Path = tuple[str | int, ...]
_Told = tuple[int, _Path, Problem]
"""How near the cause it is (the least is shown), where, and what."""


def problems(question: Question, value: Json, path: _Path) -> tuple[Problem, ...]:
    """Return one problem for each place of an answer that its schema refuses."""
    of = structure_of(question.schema)
    root = tree(question, value, ZoneInfo("UTC"), path)
    teller = _Teller(of, {place.path: place for place in root.all()}, path, value)
    best_at: dict[_Path, tuple[int, Problem]] = {}
    for error in islice(of.closed.errors(value), MAX_ERRORS):
        for rank, at, problem in teller.told(error):
            if at not in best_at or rank < best_at[at][0]:
                best_at[at] = rank, problem
    order = {at: n for n, at in enumerate(teller.places)}
    return tuple(best_at[at][1] for at in sorted(best_at, key=lambda at: order.get(at, len(order))))


class _Teller:
    def __init__(
        self, of: Structure, places: Mapping[_Path, Place], root: _Path, value: Json
    ) -> None:
        self.of = of
        self.places = places
        self.root = root
        self.value = value
        self.last_required: dict[_Path, Json] = {}
        rows = (row for p in places.values() for row in (*p.rows, *(e.place for e in p.entries)))
        self.removable = {row.path for row in rows}

    def told(self, error: ValidationError, rank: int = 0) -> Iterator[_Told]:
        path = (*self.root, *error.absolute_path)
        value: Any = error.instance
        limit: Any = error.validator_value
        match error.validator:
            case "oneOf" | "anyOf":
                yield from self.alternatives(error, path, rank)
            case "required" if error.validator_value is not self.last_required.get(path):
                self.last_required[path] = error.validator_value
                yield from self.missing(path, (k for k in limit if k not in value), rank)
            case "required":
                pass  # an error comes for each missing name; the first told them all
            case "dependentRequired":
                wanted = [k for cause, ks in limit.items() if cause in value for k in ks]
                yield from self.missing(path, (k for k in wanted if k not in value), rank)
            case "additionalProperties" | "unevaluatedProperties":
                yield from self.unknown(error, path, rank)
            case None if path != self.root and isinstance(path[-1], str):  # of a schema ``false``
                yield self.at(path, "forms.answer_not_here", rank + 8, name=path[-1])
            case None if path != self.root:
                yield self.at(path[:-1], "forms.answer_items_over", rank + 8)
            case "propertyNames":
                yield self.at(path, "forms.answer_key_refused", rank + 2, name=str(path[-1]))
            case "not":
                yield self.excluded(path, limit, value, rank) or self.refused(error, path, rank)
            case "allOf" | "$ref" | "if":
                for below in error.context or ():
                    yield from self.told(below, rank)
            case _:
                yield self.refused(error, path, rank)

    def alternatives(self, error: ValidationError, path: _Path, rank: int) -> Iterator[_Told]:
        branches: tuple[Any, ...] = tuple(cast(Any, error.validator_value))
        if are_options(branches):
            yield self.refused(error, path, rank)
            return
        if only_judge(branches):
            wanted = [tuple(b["required"]) for b in branches if _is(b) and b.get("required")]
            titles = self.groups(path, dict.fromkeys(wanted))
            sentence = _wanting(error, branches) if wanted else "forms.answer_refused"
            yield self.at(path, sentence, rank + 1, options=titles)
            return
        chosen = best(self.of, branches, error.instance)
        context = [e for e in error.context or () if e.schema_path and e.schema_path[0] == chosen]
        place, _ = self.seen(path)
        telling = told_by(place.view.parts, branches)
        answered = isinstance(error.instance, dict) and telling in error.instance
        if telling is not None and not context and not (answered and chosen is not None):
            key = "option" if answered else "missing"
            yield self.at((*path, telling), f"forms.answer_{key}", rank + 2)
        elif chosen is None:
            yield self.at(path, "forms.answer_alternative_missing", rank + 5)
        elif not context:
            yield self.at(path, "forms.answer_fits_several", rank + 5)
        for below in context:
            yield from self.told(below, rank + 1)

    def missing(self, path: _Path, keys: Iterable[str | int], rank: int) -> Iterator[_Told]:
        for key in keys:
            place = self.places.get((*path, key))
            if place is not None and place.members and place.leaf is None:
                inner = [p.path[-1] for p in place.members if p.needed and not p.constant]
                yield from self.missing(place.path, inner, rank)
                if not inner:
                    yield self.at(place.path, "forms.answer_missing", rank + 1)
            elif place is not None and (place.forks or place.kinds) and place.kind is None:
                yield self.at(place.path, "forms.answer_alternative_missing", rank + 1)
            else:
                yield self.at((*path, key), "forms.answer_missing", rank + 1)

    def excluded(self, path: _Path, schema: Json, value: Json, rank: int) -> _Told | None:
        """Say which answer in an object is excluded, or which may not stand beside each other."""
        said = schema if isinstance(schema, dict) else {}
        keys: list[str] = list(said.get("required", ()))
        if said.keys() == {"anyOf"}:
            held = next((one for one in said["anyOf"] if self.of.holds(one, value)), None)
            return self.excluded(path, held, value, rank)
        if said.keys() == {"required"} and len(keys) > 1:
            titles = self.titles(path, keys)
            return self.at(path, "forms.answer_not_together", rank + 2, options=titles)
        if said.keys() == {"required"} and keys:
            if (*path, keys[0]) not in self.places:  # whoever kept it is asked for it no more
                return self.at(path, "forms.answer_not_here", rank + 2, name=keys[0])
            return self.at((*path, keys[0]), "forms.answer_not_beside", rank + 2)
        [*about] = said.get("properties", ())
        if said.keys() <= {"properties", "required"} and len(about) == 1 and set(keys) <= {*about}:
            return self.at((*path, about[0]), "forms.answer_not_that", rank + 2)
        return None

    def unknown(self, error: ValidationError, path: _Path, rank: int) -> Iterator[_Told]:
        if error.validator == "unevaluatedProperties":
            key = str(path[-1])
            yield self.at(path, "forms.answer_not_here", rank + 8, name=key)
            return
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        for key in list(cast(Any, error.instance))[:50]:
            if key not in known:
                yield self.at((*path, key), "forms.answer_not_here", rank + 8, name=key)

    def refused(self, error: ValidationError, path: _Path, rank: int) -> _Told:
        place, at = self.seen(path)
        wanted: Any = error.validator_value
        if error.instance is None and error.validator != "not":
            key = "row_empty" if path in self.removable else "missing"
            return self.at(path, f"forms.answer_{key}", rank + 1)
        if error.validator == "uniqueItems" and place.leaf is None:
            return self.at(path, "forms.answer_rows_alike", rank + 2)
        if error.validator in ("minProperties", "maxProperties") and place.more is None:
            key = "fewer" if error.validator == "minProperties" else "more"
            return self.at(path, f"forms.answer_{key}_than_asked", rank + 2, limit=wanted)
        if error.validator == "const" or (error.validator == "enum" and len(wanted) == 1):
            only = wanted if error.validator == "const" else wanted[0]
            return self.at(path, "forms.answer_const", rank + 2, wanted=plain(only))
        question = Question(
            name="", kind=place.leaf.question.kind if place.leaf else "", x_id="",
            title=place.title, schema=place.leaf.question.schema if place.leaf else {},
            fact_type=place.leaf.question.fact_type if place.leaf else FreeText(),
            options=place.leaf.question.options if place.leaf else (),
        )  # fmt: skip
        keyword = str(error.validator)
        text: Text | None = errors_of(place.view).get(keyword)
        problem = refusals.at_place(question, pointer(at), error, text)
        return (0 if keyword == "type" else 2) + rank, at, problem

    def at(self, path: _Path, sentence: str, rank: int, **params: Any) -> _Told:
        place, at = self.seen(path)
        keyword = "required" if sentence == "forms.answer_missing" else ""
        text = errors_of(place.view).get(keyword)
        problem = refusals.worded(sentence, pointer(at), text, title=place.title, **params)
        return rank, at, problem

    def seen(self, path: _Path) -> tuple[Place, _Path]:
        """Return the innermost place on a path that a person sees."""
        while path not in self.places and len(path) > len(self.root):
            path = path[:-1]
        return self.places[path], path

    def groups(self, path: _Path, groups: Iterable[Iterable[str]]) -> Any:
        """Return what to fill in by its titles, what belongs together joined."""
        joined = [self.titles(path, keys, " + ") for keys in groups]
        return {
            language: ", ".join(filter(None, dict.fromkeys(one[language] for one in joined)))
            for language in languages()
        }

    def titles(self, path: _Path, keys: Iterable[str], between: str = ", ") -> Any:
        named = [self.places.get((*path, key)) for key in keys]
        seen = [place.title for place in named if place is not None]
        return {
            language: between.join(f"“{pick(t, language)}”" for t in seen)
            for language in languages()
        }


def _wanting(error: ValidationError, branches: tuple[Json, ...]) -> str:
    """Return the sentence for alternatives that differ in what must be there."""
    if error.validator == "anyOf":
        return "forms.answer_one_wanted"
    if error.context:  # none of them holds
        return "forms.answer_exactly_one_wanted"
    others = [branch for branch in branches if not _wants_one(branch)]
    if not others:
        return "forms.answer_exactly_one_wanted"
    alone = len(others) == 1 and _is(others[0]) and others[0].keys() <= {"not", *NAMING}
    return "forms.answer_most_one_wanted" if alone else "forms.answer_refused"


def _wants_one(branch: Json) -> bool:
    """Tell whether an alternative asks that one property be there, and for nothing else."""
    wants = _is(branch) and len(branch.get("required", ())) == 1
    return wants and branch.keys() <= {"required", "type", *NAMING}


def _is(branch: Json) -> TypeGuard[Mapping[str, Json]]:
    return isinstance(branch, Mapping)
