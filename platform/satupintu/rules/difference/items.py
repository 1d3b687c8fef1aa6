"""What differs between two rule-set documents, thing by thing: rules by id, cases in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from satupintu.changes import Change, Weight, aligned, gone_and_come, leaves, same
from satupintu.conditions import cel
from satupintu.conditions.ast import Condition
from satupintu.conditions.likeness import alike, renamed
from satupintu.conditions.types import Choice, FactTypes
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument
from satupintu.forms.document import Form

SECTIONS: Mapping[str, str] = {
    "facts": "fact",
    "flags": "flag",
    "rules": "rule",
    "guarantees": "guarantee",
    "examples": "example",
}
"""The lists of a rule set, and what one thing of each is called."""

_TEXTS = ("title", "why", "otherwise_why")
_CONDITIONS = ("when", "given")
_LISTS: Mapping[str, Weight] = {
    "exclude": "meaning", "flag": "meaning", "forbid": "meaning", "basis": "wording",
}  # fmt: skip
MOST_MOVED = 5
"""More things that only stand elsewhere are told as one change of their list."""
_READ_BY_ID = ("fact", "flag", "option")
"""What conditions, rules and stored decisions name; the id of a rule is only a reason's name."""
_REFERRED = ("within_hours", "urgency", "consent")


def between(
    old: Json, new: Json, old_form: Form | None = None, new_form: Form | None = None
) -> tuple[Change, ...]:
    """Return every change from one rule-set document to another; of equal ones, none.

    With the forms that the two are about, a condition that is only spelled differently is told
    apart from one that changed, and a question that the form renamed is followed. Both documents
    have the shape of ``schemas/ruleset.json``; conditions that cannot be read are compared as
    texts. Whatever changes the content hash is among the changes.
    """
    reading = _Reading(
        fact_types(old, old_form), fact_types(new, new_form), _renames(old_form, new_form)
    )
    found = tuple(_changes(old, new, reading))
    return found or tuple(
        Change("changed", "rule_set", str(new.get("id", "")), "", where, before, after)
        for where, before, after in leaves(old, new)
    )


@dataclass(frozen=True)
class _Reading:
    """How conditions are read: the facts of both documents, and what the form renamed."""

    old: FactTypes
    new: FactTypes
    names: Mapping[str, str]

    def spelled(self, before: str, after: str) -> bool:
        """Tell whether two texts are one condition."""
        one, other = read(before, self.old), read(after, self.new)
        if one is None or other is None:
            return False
        return alike(renamed(one, self.names), other)


def read(text: Json, types: FactTypes) -> Condition | None:
    """Return a condition, None where it cannot be read."""
    try:
        return cel.read(text, types) if isinstance(text, str) else None
    except BadDocument:
        return None


def fact_types(document: Json, form: Form | None) -> FactTypes:
    """Return the types of what a rule set's conditions may read."""
    derived: FactTypes = {
        fact["id"]: Choice(tuple(option["const"] for option in fact["options"]))
        for fact in document.get("facts", ())
    }
    return {**derived, **({} if form is None else form.facts)}


def _renames(old: Form | None, new: Form | None) -> Mapping[str, str]:
    if old is None or new is None:
        return {}
    now = {q.x_id: q.name for q in new.questions.values()}
    return {
        q.name: now[q.x_id] for q in old.questions.values() if now.get(q.x_id, q.name) != q.name
    }


def _changes(old: Json, new: Json, reading: _Reading) -> Iterator[Change]:
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if same(before, after):
            continue
        where = pointer([key])
        if key in SECTIONS:
            yield from _section(new["id"], key, before or [], after or [], reading)
            if not (before or after):
                yield Change(
                    "changed", "rule_set", new["id"], key, where, before, after, "spelling"
                )
        elif key in _TEXTS:
            yield from _text("rule_set", new["id"], key, before, after, where)
        else:
            yield Change("changed", "rule_set", new["id"], key, where, before, after)


def _section(
    id: str, key: str, old: Sequence[Json], new: Sequence[Json], reading: _Reading
) -> Iterator[Change]:
    what, where = SECTIONS[key], pointer([key])
    found = list(_listed(what, "", old, new, where, "spelling", reading))
    moved = [c for c in found if c.kind == "moved" and c.what == what and not c.part]
    if len(moved) <= MOST_MOVED:
        yield from found
        return
    yield from (c for c in found if c.kind != "moved" or c.what != what or c.part)
    ids = [one["id"] for one in old], [one["id"] for one in new]
    yield Change("moved", "rule_set", id, key, where, *ids, "spelling")


def _listed(
    what: str,
    owner: str,
    old: Sequence[Json],
    new: Sequence[Json],
    where: str,
    order: Weight,
    reading: _Reading,
    key: str = "id",
) -> Iterator[Change]:
    """Yield the changes of a list of things with ids; ``order`` is what a move weighs."""
    found = aligned(old, new, key)
    for n in found.added:
        yield Change("added", what, owner + new[n][key], "", f"{where}/{n}", None, new[n])
    for n in found.removed:
        gone = Change("removed", what, owner + old[n][key], "", f"{where}/{n}", old[n], None)
        yield replace(gone, loud=what in ("rule", "guarantee", "flag"))
    for a, b in found.renamed:
        ids = old[a][key], new[b][key]
        weight: Weight = "meaning" if what in _READ_BY_ID else "wording"
        yield Change("renamed", what, owner + ids[0], key, f"{where}/{b}", *ids, weight)
    for a, b in found.moved:
        yield Change("moved", what, owner + new[b][key], "", f"{where}/{b}", a, b, order)
    for a, b in found.pairs:
        yield from _inside(what, owner + new[b][key], old[a], new[b], f"{where}/{b}", reading)


def _inside(
    what: str, id: str, old: Json, new: Json, where: str, reading: _Reading
) -> Iterator[Change]:
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if same(before, after):
            continue
        place = where + pointer([key])
        if not before and not after and before is not False and after is not False:
            yield Change("changed", what, id, key, place, before, after, "spelling")
        elif key in _TEXTS:
            yield from _text(what, id, key, before, after, place)
        elif key in _CONDITIONS:
            spelled = before is not None and after is not None and reading.spelled(before, after)
            weight: Weight = "spelling" if spelled else "meaning"
            yield Change("changed", what, id, key, place, before, after, weight)
        elif key == "cases":
            cases = (before or [], after or [])
            yield from _listed("case", f"{id} ", *cases, place, "meaning", reading)
        elif key == "options":
            options = (before or [], after or [])
            yield from _listed("option", f"{id} ", *options, place, "wording", reading, "const")
        elif key == "refer":
            yield from _referred(what, id, before or [], after or [], place)
        elif key in ("always", "never"):
            yield Change("changed", what, id, key, place, before, after)
        elif key in _LISTS:
            yield from _members(what, id, key, before or [], after or [], place)
        else:
            for at, one, other in leaves(before, after, place):
                loud = what == "flag" and other is None
                yield Change("changed", what, id, key, at, one, other, loud=loud)


def _text(what: str, id: str, key: str, before: Json, after: Json, where: str) -> Iterator[Change]:
    old, new = before or {}, after or {}
    for language in dict.fromkeys([*old, *new]):
        one, other = old.get(language), new.get(language)
        if one != other:
            place = where + pointer([language])
            yield Change("changed", what, id, f"{key}.{language}", place, one, other, "wording")


def _members(
    what: str, id: str, key: str, old: list[Json], new: list[Json], where: str
) -> Iterator[Change]:
    gone, come = gone_and_come(old, new)
    for item in gone:
        loud = key == "forbid"
        yield Change("removed", what, id, key, where, item, None, _LISTS[key], loud)
    for item in come:
        yield Change("added", what, id, key, where, None, item, _LISTS[key])
    if not gone and not come:
        yield Change("moved", what, id, key, where, old, new, "spelling")


def _referred(what: str, id: str, old: list[Json], new: list[Json], where: str) -> Iterator[Change]:
    gone, come = gone_and_come(old, new)
    for item in list(gone):
        twin = next((one for one in come if _at(one) == _at(item)), None)
        if twin is None:
            continue
        gone.remove(item)
        come.remove(twin)
        place = f"{where}/{new.index(twin)}"
        for key in _REFERRED:
            if item[key] != twin[key]:
                part = f"refer.{key}"
                before, after = ({**_at(one), key: one[key]} for one in (item, twin))
                later = key == "within_hours" and twin[key] > item[key]
                yield Change("changed", what, id, part, place, before, after, loud=later)
    for item in gone:
        yield Change("removed", what, id, "refer", where, item, None, loud=True)
    for item in come:
        yield Change("added", what, id, "refer", f"{where}/{new.index(item)}", None, item)
    if not gone_and_come(old, new)[0] and not gone_and_come(old, new)[1]:
        yield Change("moved", what, id, "refer", where, old, new, "spelling")


def _at(outcome: Json) -> dict[str, Json]:
    return {"agency": outcome["agency"], "service": outcome["service"]}
