"""What differs between two versions of a document, in words; by place where one is unusable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from satupintu.actions.action import Act, action
from satupintu.actions.content import InForce
from satupintu.changes import Change as Told
from satupintu.changes import Kind, Weight
from satupintu.documents import Json, parse, pointer
from satupintu.errors import BadDocument, NotFound
from satupintu.forms import difference as of_forms
from satupintu.forms import reading as form_reading
from satupintu.rules import difference as of_rules
from satupintu.store import documents
from satupintu.store.documents import DocumentKind

How = Literal["added", "removed", "changed"]
LONGEST = 160
_IDS = ("id", "code", "x-id", "const")


@dataclass(frozen=True)
class Line:
    """One change to be read: a sentence, or the place and the values where there is none.

    ``weight`` tells wording and spelling from meaning; ``loud`` takes protection away.
    """

    how: Kind
    weight: Weight = "meaning"
    loud: bool = False
    sentence: str = ""
    where: str = ""
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Change:
    """One place that differs: where it stands, and the values there; None where there is none."""

    how: How
    where: str
    before: str | None = None
    after: str | None = None


@action("documents.difference", reads=True, trail=False)
def difference(act: Act, version: str, before: str, language: str) -> tuple[Line, ...]:
    """Return what ``version`` changes of ``before``, what takes help away first. NotFound."""
    kind = documents.get(act.tx, version).kind
    old, new = (parse(documents.spelling(act.tx, one).data) for one in (before, version))
    return between(act.content, kind, old, new, language)


def between(
    now: InForce, kind: DocumentKind, old: Json, new: Json, language: str
) -> tuple[Line, ...]:
    """Return what one document changes of another, told with what is in force beside them."""
    try:
        match kind:
            case "rule_set":
                return _told(_of_rule_sets(now, old, new, language))
            case "form":
                forms = form_reading.read(old), form_reading.read(new)
                return _told((t.change, t.sentence) for t in of_forms.tell(*forms, language))
    except (BadDocument, NotFound):
        pass  # a draft that can't be used yet is compared place by place
    return tuple(
        Line(one.how, where=one.where, before=one.before, after=one.after)
        for one in changes(old, new)
    )


def _of_rule_sets(now: InForce, old: Json, new: Json, language: str) -> Iterator[tuple[Told, str]]:
    before, after = now.form(old["form"]), now.form(new["form"])
    for told in of_rules.tell(
        old, new, before, after, language, agencies=now.agencies(), laws=now.laws()
    ):
        yield told.change, told.sentence


def _told(found: Iterable[tuple[Told, str]]) -> tuple[Line, ...]:
    return tuple(
        Line(change.kind, change.weight, change.loud, sentence) for change, sentence in found
    )


def changes(before: Json, after: Json) -> Iterator[Change]:
    """Yield what differs, in the order of the newer document; what is gone comes last.

    Items of a list that have an id are followed by it, so that moving one is no change.
    """
    yield from _changes(before, after, ())


def _changes(before: Json, after: Json, at: tuple[str, ...]) -> Iterator[Change]:
    old, new = _parts(before), _parts(after)
    if old is None or new is None:
        if before != after:
            yield Change("changed", pointer(at), _shown(before), _shown(after))
        return
    for key, value in new.items():
        if key in old:
            yield from _changes(old[key], value, (*at, key))
        else:
            yield Change("added", pointer((*at, key)), None, _shown(value))
    for key in old.keys() - new.keys():
        yield Change("removed", pointer((*at, key)), _shown(old[key]), None)


def _parts(value: Json) -> Mapping[str, Json] | None:
    match value:
        case dict():
            return value
        case [*items] if any(isinstance(item, dict | list) for item in items):
            return {_name(item, str(n)): item for n, item in enumerate(items)}
        case _:
            return None


def _name(item: Json, otherwise: str) -> str:
    if isinstance(item, dict):
        found = (item[key] for key in _IDS if isinstance(item.get(key), str))
        return next(found, otherwise)
    return otherwise


def _shown(value: Json) -> str:
    match value:
        case dict():
            titled = value.get("title") or value.get("name") or value.get("id")
            text = _shown(titled) if titled is not None else ", ".join(sorted(value))
        case [*items]:
            text = ", ".join(_shown(item) for item in items)
        case bool():
            text = str(value).lower()
        case _:
            text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
