"""What differs between the questions of two form versions, followed by ``x-id`` through renames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from satupintu.changes import Change, Weight, aligned, leaves, same
from satupintu.conditions.ast import (
    Call,
    Condition,
    DayOf,
    Fact,
    MomentOf,
    Number,
    Sum,
    Value,
)
from satupintu.conditions.computed import Computed
from satupintu.conditions.likeness import alike, renamed, renamed_term
from satupintu.documents import Json, pointer
from satupintu.forms.difference import structure, texts
from satupintu.forms.document import SENSITIVITIES, Form, Question
from satupintu.forms.references import Part

_ELSEWHERE = frozenset(
    {
        *texts.TEXTS, *structure.KEYWORDS, "x-id", "x-i18n", "x-errors", "x-ui", "x-sensitivity",
        "x-role", "x-computed", "oneOf", "enum", "items",
    }
)  # fmt: skip
_OPTIONS = ("oneOf", "enum")


class Questions:
    """The questions of two versions, paired."""

    def __init__(self, old: Form, new: Form) -> None:
        self.old = {q.x_id: q for q in old.questions.values()}
        self.new = {q.x_id: q for q in new.questions.values()}
        self.names = {
            q.name: self.new[x].name
            for x, q in self.old.items()
            if x in self.new and self.new[x].name != q.name
        }
        self.under = structure.conditions_of(old), structure.conditions_of(new)

    def changes(self) -> Iterator[Change]:
        """Yield every change of a question, in the order of the newer version."""
        for x_id, question in self.new.items():
            if x_id in self.old:
                yield from self.inside(self.old[x_id], question)
            else:
                schema = dict(question.schema)
                yield Change("added", "question", question.name, "", _where(question), None, schema)
        for x_id, question in self.old.items():
            if x_id not in self.new:
                schema = dict(question.schema)
                where = _where(question)
                yield Change("removed", "question", question.name, "", where, schema, None)

    def inside(self, old: Question, new: Question) -> Iterator[Change]:
        """Yield what differs between two versions of one question."""
        where = _where(new)
        if old.key != new.key or _moved_group(old, new, self.names):
            yield Change("renamed", "question", old.name, "name", where, old.name, new.name)
        yield from texts.between("question", new.name, old.schema, new.schema, where)
        yield from _options(old, new, where)
        yield from _keywords(old, new, where)
        yield from _about(old, new)
        yield from self.asked(old, new)
        yield from self.required(old, new)
        if not _same_keyword(old, new, "x-computed"):
            spelled = self.computed_alike(old.computed, new.computed)
            yield _keyword(old, new, "x-computed", "spelling" if spelled else "meaning")

    def asked(self, old: Question, new: Question) -> Iterator[Change]:
        """Yield whether it is asked in other cases than before."""
        before, after = self.under[0].asked[old.name], self.under[1].asked[new.name]
        alike = self.alike(old.asked_when, new.asked_when)
        if not alike or not same(before, after):
            weight: Weight = "spelling" if alike else "meaning"
            yield _changed(new, "asked", before, after, weight)

    def required(self, old: Question, new: Question) -> Iterator[Change]:
        """Yield whether it must be answered in other cases; that it no longer must is loud.

        A demand that only follows when the question is asked is no change of its own.
        """
        one, other = old.required_when, new.required_when
        before = self.under[0].required.get(old.name)
        after = self.under[1].required.get(new.name)
        if not self.alike(one, other):
            follows = one == old.asked_when and other == new.asked_when
            weight: Weight = "spelling" if follows else "meaning"
            yield _changed(new, "required", before, after, weight, loud=other is None)
        elif not same(before, after):
            yield _changed(new, "required", before, after, "spelling")

    def alike(self, old: Condition | None, new: Condition | None) -> bool:
        """Tell whether two conditions, each of its own version, have one normal form."""
        if old is None or new is None:
            return old is new
        return alike(renamed(old, self.names), new)

    def computed_alike(self, old: Computed | None, new: Computed | None) -> bool:
        """Tell whether two computed answers come to the same, case by case."""
        if old is None or new is None or len(old.cases) != len(new.cases):
            return False
        return all(
            alike(renamed(one.when, self.names), other.when)
            and _value_renamed(one.value, self.names) == other.value
            for one, other in zip(old.cases, new.cases, strict=True)
        )


def _value_renamed(value: Value, names: Mapping[str, str]) -> Value:
    match value:
        case str():
            return value
        case Fact() | Number() | DayOf() | MomentOf() | Sum() | Call():
            return renamed_term(value, names)
        case condition:
            return renamed(condition, names)


def _moved_group(old: Question, new: Question, names: Mapping[str, str]) -> bool:
    """Tell whether a question is in another group, not only in one that was renamed."""
    before, after = old.name.rpartition(".")[0], new.name.rpartition(".")[0]
    return names.get(before, before) != after


def _where(question: Question) -> str:
    return question.schema.where if isinstance(question.schema, Part) else ""


def _options(old: Question, new: Question, where: str) -> Iterator[Change]:
    before, after = _listed(old), _listed(new)
    found = aligned(before, after, "const")
    place = where + ("/items" if _in_items(new) else "") + "/oneOf"
    for n in found.added:
        id = f"{new.name} {after[n]['const']}"
        yield Change("added", "option", id, "", f"{place}/{n}", None, after[n])
    for n in found.removed:
        id = f"{new.name} {before[n]['const']}"
        yield Change("removed", "option", id, "", f"{place}/{n}", before[n], None)
    for a, b in found.renamed:
        ids = before[a]["const"], after[b]["const"]
        yield Change("renamed", "option", f"{new.name} {ids[0]}", "const", f"{place}/{b}", *ids)
    for a, b in found.moved:
        id = f"{new.name} {after[b]['const']}"
        yield Change("moved", "option", id, "", f"{place}/{b}", a, b, "wording")
    for a, b in found.pairs:
        id = f"{new.name} {after[b]['const']}"
        yield from texts.between("option", id, before[a], after[b], f"{place}/{b}")
        for at, one, other in leaves(_rest(before[a]), _rest(after[b]), f"{place}/{b}"):
            yield Change("changed", "option", id, at.rpartition("/")[2], at, one, other)


def _in_items(question: Question) -> bool:
    return isinstance(question.schema.get("items"), Mapping) and not question.is_rows


def _holder(question: Question) -> Mapping[str, Json]:
    found: Mapping[str, Json] = question.schema["items"] if _in_items(question) else question.schema
    return found


def _listed(question: Question) -> list[Json]:
    """Return the options as objects with a ``const``; those of an ``enum`` have nothing else."""
    holder = _holder(question)
    titled = [o for o in holder.get("oneOf", ()) if isinstance(o, Mapping) and "const" in o]
    return [*titled, *({"const": c} for c in holder.get("enum", ()))]


def _rest(option: Mapping[str, Json]) -> dict[str, Json]:
    return {k: v for k, v in option.items() if k not in (*texts.TEXTS, "x-i18n", "x-errors")}


def _keywords(old: Question, new: Question, where: str) -> Iterator[Change]:
    """Yield the keywords that judge an answer or draw the question, each by itself."""
    for key in dict.fromkeys([*old.schema, *new.schema]):
        if key in _ELSEWHERE or (key == "type" and old.is_group and new.is_group):
            continue
        before, after = old.schema.get(key), new.schema.get(key)
        for at, one, other in leaves(before, after, where + pointer([key])):
            yield Change("changed", "question", new.name, key, at, one, other)
    for at, one, other in leaves(_items(old), _items(new), f"{where}/items"):
        yield Change("changed", "question", new.name, "items", at, one, other)
    if not _listed(old) and not _listed(new):
        return
    before, after = ([k for k in _OPTIONS if k in _holder(q)] for q in (old, new))
    if before != after:
        yield Change("changed", "question", new.name, "options", where, before, after, "spelling")


def _items(question: Question) -> Json:
    items = question.schema.get("items")
    if not isinstance(items, Mapping):
        return items
    left_out = structure.KEYWORDS if question.is_rows else frozenset(_OPTIONS)
    return {k: v for k, v in items.items() if k not in left_out}


def _about(old: Question, new: Question) -> Iterator[Change]:
    where = _where(new)
    before, after = _drawn(old), _drawn(new)
    for at, one, other in leaves(before, after, f"{where}/x-ui"):
        yield Change("changed", "question", new.name, "x-ui", at, one, other, "wording")
    if same(before, after) and ("x-ui" in old.schema) != ("x-ui" in new.schema):
        yield _keyword(old, new, "x-ui", "spelling")
    if old.sensitivity != new.sensitivity:
        lower = SENSITIVITIES.index(new.sensitivity) < SENSITIVITIES.index(old.sensitivity)
        yield _changed(new, "x-sensitivity", old.sensitivity, new.sensitivity, loud=lower)
    elif not _same_keyword(old, new, "x-sensitivity"):
        yield _keyword(old, new, "x-sensitivity", "spelling")
    for role in sorted(old.roles - new.roles):
        yield Change("removed", "question", new.name, "x-role", f"{where}/x-role", role, None)
    for role in sorted(new.roles - old.roles):
        yield Change("added", "question", new.name, "x-role", f"{where}/x-role", None, role)
    if old.roles == new.roles and not _same_keyword(old, new, "x-role"):
        yield _keyword(old, new, "x-role", "spelling")


def _drawn(question: Question) -> dict[str, Json]:
    """Return how a question is drawn; what it accepts stands in other keywords."""
    return {k: v for k, v in question.schema.get("x-ui", {}).items() if k != "help"}


def _same_keyword(old: Question, new: Question, key: str) -> bool:
    return same(old.schema.get(key), new.schema.get(key))


def _keyword(old: Question, new: Question, key: str, weight: Weight) -> Change:
    before, after = old.schema.get(key), new.schema.get(key)
    return Change(
        "changed", "question", new.name, key, _where(new) + pointer([key]), before, after, weight
    )


def _changed(
    new: Question,
    part: str,
    before: Json,
    after: Json,
    weight: Weight = "meaning",
    *,
    loud: bool = False,
) -> Change:
    where = _where(new)
    return Change("changed", "question", new.name, part, where, before, after, weight, loud)
