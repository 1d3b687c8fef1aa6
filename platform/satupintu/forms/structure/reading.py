"""Controls read into the places of a whole answer, along its schema.

One walk serves reading and drawing: the controls that a page posts, or that a kept answer fills,
make the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms import questions
from satupintu.forms.questions.group import read_one
from satupintu.forms.questions.kinds import Posted
from satupintu.forms.questions.rows import acted
from satupintu.forms.structure.free_keys import asked_keys, free_keys, is_free
from satupintu.forms.structure.leaves import Leaf, choices_of, leaf_of, required
from satupintu.forms.structure.names import below, beside
from satupintu.forms.structure.places import (
    Entry,
    Path,
    Place,
    again,
    ids,
    is_constant,
    needed_keys,
)
from satupintu.forms.structure.schema import MISSING, Missing, Structure, View
from satupintu.forms.structure.titles import title_of, titled
from satupintu.forms.weight import MAX_DEPTH
from satupintu.words import DEFAULT, LANGUAGES, Text, say

MOST = 200
"""Rows and entries that may be added where the schema names no bound."""

ROUNDS = 8
"""How often the answers of an object may change what is asked in it."""

VALUE: Text = {language: say("questions.entry_value", language) for language in LANGUAGES}


@dataclass
class Reading:
    """One walk over a structure along the controls ``posted``, from those of one question."""

    of: Structure
    posted: Posted
    _made: dict[tuple[str, int, bool], Place] = field(default_factory=dict)
    _around: tuple[int, ...] = ()

    def root(self, name: str, title: Text, needed: bool) -> Place:
        """Return the place of the whole answer."""
        return self.place(
            self.of.root, self.posted.control, name, self.posted.place,
            self.posted.before if self.posted.before is not None else MISSING, title, needed,
        )  # fmt: skip

    def place(
        self, schema: Json, source: str, control: str, path: Path,
        before: Json | Missing, title: Text, needed: bool,
    ) -> Place:  # fmt: skip
        """Return one place; ``source`` is the control name under which it was posted."""

        def choosing(id: str, _branches: tuple[Json, ...]) -> int | None:
            text = self.one(beside(source, id))
            return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None

        made = Place(control, path, title, needed, View((), (), ()))
        if len(path) > MAX_DEPTH:
            return made  # deeper answers are refused as too deep
        value: Json | Missing = MISSING
        around = self._around
        for _ in range(ROUNDS):
            view = self.of.view(schema, value, choosing)
            made = replace(made, view=view, forks=view.forks, title=title_of(view) or title)
            if again(self.of, view, around, needed):
                made.there = self.one(beside(source, "there")) == "true"
                if not made.there:
                    made.value = MISSING
                    break
            self._around = around + ids(view)
            self.body(made, source, before, value)
            self._around = around
            if not isinstance(made.value, Mapping) or made.value == value:
                break
            value = made.value
        if isinstance(made.value, Mapping) or (
            made.kind == "object" and isinstance(before, Mapping)
        ):
            made.value = self.with_hidden(made, before)
        return made

    def afresh(self, schema: Json, source: str, *place: Any) -> Place:
        """Return a place that somebody asked for by a button: it is open whatever it holds.

        As members are, it is read once, however often what stands around it is looked at again.
        """
        at = (source, id(schema), True)
        if at not in self._made:
            around, self._around = self._around, ()
            self._made[at] = self.place(schema, source, *place)
            self._around = around
        return self._made[at]

    def body(
        self, made: Place, source: str, before: Json | Missing, so_far: Json | Missing
    ) -> None:
        """Ask what the view of a place says, by the one type that it has or that was chosen."""
        choices = tuple(choices_of(made.view))
        types = made.view.types
        made.value, made.kinds, made.emptied, made.problems = MISSING, (), None, ()
        if is_constant(made.view, choices, made.needed):
            made.constant, made.value = True, choices[0].value
            return
        if not choices and "null" in types:
            types = tuple(t for t in types if t != "null")
            if not types and (made.needed or made.forks):
                made.constant, made.value = True, None
                return
            made.emptied = self.one(beside(source, "null")) == "true"
        if not choices and len(types) > 1:
            made.kinds = types
            text = self.one(beside(source, "type"))
            types = tuple(t for t in types if t == text)
        made.kind = types[0] if types else None
        if choices or made.kind is not None:
            made.leaf = leaf_of(self.of, made.view, made.kind, made.title)
        made.said = bool(made.emptied)
        if made.emptied:
            made.value = None
        elif made.leaf is not None:
            self.ask(made, made.leaf, source, before)
        elif made.kind == "object":
            was = before if isinstance(before, Mapping) else {}
            self.object(made, source, was, so_far if isinstance(so_far, Mapping) else {})
        elif made.kind == "array":
            self.array(made, source, before if isinstance(before, list) else [])

    def ask(self, made: Place, leaf: Leaf, source: str, before: Json | Missing) -> None:
        question = required(leaf, made.needed)
        known = None if isinstance(before, Missing) else leaf.encoded(before)
        posted = replace(
            self.posted, control=source, place=tuple(made.control.split(".")), before=known
        )
        made.read = read_one(question, posted)
        where = pointer(made.path)
        made.problems = tuple(replace(p, pointer=where) for p in made.read.problems)
        found = made.read.value
        silence = questions.of(question.kind).silence
        silent = type(found) is type(silence) and found == silence and known is None
        made.said = found is not None and not silent
        if found is None or (silent and not made.needed):
            made.value = MISSING
        else:
            made.value = leaf.decoded(found)

    def object(
        self, made: Place, source: str, before: Mapping[str, Json], so_far: Mapping[str, Json]
    ) -> None:
        needed = needed_keys(made.view, so_far)
        schemas = asked_keys(self.of, made.view, needed)
        members = []
        for key, several in schemas.items():
            if False not in several:
                schema = self.of.joined(several)
                members.append(self.member(made, schema, source, key, before, key in needed))
        made.members = tuple(members)
        made.entries = tuple(self.entries(made, source, before, frozenset(schemas)))
        self.tick_where_nothing_is_asked(made, source)
        made.said = bool(made.entries) or any(p.said for p in members) or _chosen(made)
        if made.needed or made.said:
            told = {str(p.path[-1]): p.value for p in members if p.value is not MISSING}
            told |= {
                e.key: e.place.value for e in made.entries if e.key and e.place.value is not MISSING
            }
            made.value = _in_order(told, schemas)

    def tick_where_nothing_is_asked(self, made: Place, source: str) -> None:
        """Ask of what may be left, and needs no answer but constants, whether it is there."""
        if not made.needed and _whole_alone(made) and any(_constants(made)):
            made.there = self.one(beside(source, "there")) == "true"

    def member(
        self, made: Place, schema: Json, source: str, key: str, before: Mapping[str, Json],
        needed: bool,
    ) -> Place:  # fmt: skip
        at = (below(source, key), id(schema), needed)
        if at not in self._made:
            self._made[at] = self.place(
                schema, below(source, key), below(made.control, key), (*made.path, key),
                before.get(key, MISSING), {DEFAULT: titled(key)}, needed,
            )  # fmt: skip
        return self._made[at]

    def entries(
        self, made: Place, source: str, before: Mapping[str, Json], known: frozenset[str]
    ) -> Iterator[Entry]:
        """Yield the keys that a person writes herself, where the schema lets her."""
        free = free_keys(made.view)
        if free is None:
            return
        drawn = self.numbers(beside(source, "keys"))
        most = int(made.view.get("maxProperties", MOST + len(known))) - len(known & before.keys())
        numbers = self.after_act(drawn, beside(source, "keys"), most)
        made.more = max(0, most - len(numbers))
        extra = [key for key in before if key not in known]
        seen = set(known)
        for place, number in enumerate(numbers):
            key = self.one(beside(source, f"key-{number}")).strip()
            control = beside(made.control, str(place))
            was = extra[int(number)] if number.isdigit() and int(number) < len(extra) else None
            path = (*made.path, key or f"{place + 1}")
            inner = self.afresh(
                free.schema(self.of, key), beside(source, number), control, path,
                before[was] if was is not None else MISSING, VALUE, True,
            )  # fmt: skip
            if not key and inner.value is not MISSING:
                made.problems += (Problem("questions.key_missing", {}, pointer(made.path)),)
            elif key in seen:
                made.problems += (Problem("questions.key_twice", {"key": key}, pointer(made.path)),)
                key = ""
            seen.add(key)
            yield Entry(beside(made.control, f"key-{place}"), key, inner)

    def array(self, made: Place, source: str, before: list[Json]) -> None:
        prefix = [schema for schemas in made.view.all("prefixItems") for schema in schemas][:50]
        members = [
            self.place(
                schema, below(source, n), below(made.control, n), (*made.path, n),
                before[n] if n < len(before) else MISSING, {DEFAULT: str(n + 1)},
                n < int(made.view.get("minItems", 0)),
            )
            for n, schema in enumerate(prefix)
        ]  # fmt: skip
        made.members = tuple(members)
        items = list(made.view.rows(bool(prefix)))
        rows: list[Place] = []
        if False not in items and items:
            schema = self.of.joined(tuple(items))
            most = int(made.view.get("maxItems", MOST + len(prefix))) - len(prefix)
            numbers = self.after_act(self.numbers(source), source, most)
            made.more = max(0, most - len(numbers))
            for place, number in enumerate(numbers, len(prefix)):
                was = int(number) if number.isdigit() and int(number) < len(before) else None
                rows.append(
                    self.afresh(
                        schema, below(source, number), below(made.control, place),
                        (*made.path, place), before[was] if was is not None else MISSING,
                        made.title, True,
                    )
                )  # fmt: skip
        made.rows = tuple(rows)
        self.tick_where_nothing_is_asked(made, source)
        made.said = bool(rows) or any(p.said for p in members) or _chosen(made)
        if made.needed or made.said:
            values = [place.value for place in members]
            while values and values[-1] is MISSING and not rows:
                values.pop()
            values += [row.value for row in rows]
            made.value = [None if isinstance(v, Missing) else v for v in values]

    def with_hidden(self, made: Place, before: Json | Missing) -> Json | Missing:
        """Return an object with what was answered before and is not asked now; it stays."""
        if not isinstance(before, Mapping):
            return made.value
        asked = {str(p.path[-1]) for p in made.members}
        extra = made.more is not None  # keys that a person may write were all on the page
        kept = {
            k: v for k, v in before.items()
            if k not in asked and (not extra or not is_free(made.view, k))
        }  # fmt: skip
        if not kept:
            return made.value
        return {**(made.value if isinstance(made.value, Mapping) else {}), **kept}

    def numbers(self, control: str) -> list[str]:
        drawn = [t for t in self.posted.texts.getlist(control) if re.fullmatch("[0-9]{1,4}", t)]
        return list(dict.fromkeys(drawn))[: MOST * 5]

    def after_act(self, drawn: list[str], control: str, most: int) -> list[str]:
        return acted(drawn, replace(self.posted, control=control), most)

    def one(self, control: str) -> str:
        texts = self.posted.texts.getlist(control)
        return texts[-1] if texts else ""


def _whole_alone(place: Place) -> bool:
    """Tell whether a place that is there has all that it needs without anybody's answer."""
    if place.leaf is not None:
        return place.constant
    asks = place.rows or place.entries or place.forks or place.kinds
    if asks or (place.kind == "array" and int(place.view.get("minItems", 0)) > len(place.members)):
        return False
    return all(_whole_alone(member) for member in place.members if member.needed)


def _constants(place: Place) -> Iterator[bool]:
    yield place.constant
    for member in place.members:
        if member.needed:
            yield from _constants(member)


def _chosen(made: Place) -> bool:
    """Tell whether something was chosen of a place itself, whatever it holds."""
    forks = any(fork.chosen is not None for fork in made.forks)
    return forks or bool(made.kinds) or bool(made.there)


def _in_order(values: dict[str, Any], keys: Iterable[str]) -> dict[str, Json]:
    first = {key: values[key] for key in keys if key in values}
    return {**first, **values}
