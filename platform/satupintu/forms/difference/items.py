"""What differs between two form versions: questions by ``x-id``, pages by id, and all the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from satupintu.changes import Change, aligned, leaves, same
from satupintu.documents import Json, pointer
from satupintu.forms.difference import migrations, pages, structure, texts
from satupintu.forms.difference.questions import Questions
from satupintu.forms.document import Form

_ELSEWHERE = frozenset(
    {"x-pages", "x-form", "$defs", "x-i18n", "x-errors", *texts.TEXTS, *structure.KEYWORDS}
)
"""Keywords of the root that have a comparison of their own."""


def between(old: Form, new: Form) -> tuple[Change, ...]:
    """Return every change from one form version to another; of equal ones, none.

    A question is followed through renames by its ``x-id``; conditions are compared by what they
    say, so that one that is only spelled differently is told apart. A sensitivity that falls and a
    question that need no longer be answered are loud. Whatever changes the content hash is among
    the changes.
    """
    found = tuple(_changes(old, new))
    return found or tuple(
        Change("changed", "form", new.id, "", where, before, after, "spelling")
        for where, before, after in leaves(old.schema, new.schema)
    )


def _changes(old: Form, new: Form) -> Iterator[Change]:
    yield from _root(old, new)
    yield from pages.between(old, new)
    about = list(Questions(old, new).changes())
    yield from about
    yield from _shared(old, new)
    yield from structure.between(old, new, about)


def _root(old: Form, new: Form) -> Iterator[Change]:
    before, after = old.schema, new.schema
    yield from texts.between("form", new.id, before, after, "")
    for key in dict.fromkeys([*before, *after]):
        if key not in _ELSEWHERE:
            for where, one, other in leaves(before.get(key), after.get(key), pointer([key])):
                yield Change("changed", "form", new.id, key, where, one, other, "spelling")
    yield from _about(before["x-form"], after["x-form"], new.id)


def _about(old: Mapping[str, Json], new: Mapping[str, Json], id: str) -> Iterator[Change]:
    yield from (replace(c, id=c.id or id) for c in migrations.between(old, new))
    old, new = ({k: v for k, v in one.items() if k != "migrations"} for one in (old, new))
    for where, one, other in leaves(old, new, "/x-form"):
        steps = where.split("/")[2:]
        titled = steps[:2] == ["settings", "neutralTitle"]
        part = ".".join(steps[:2] if steps[0] == "settings" else steps[:1])
        yield Change(
            "changed", "form", id, part, where, one, other, "wording" if titled else "meaning"
        )


def _shared(old: Form, new: Form) -> Iterator[Change]:
    """Yield the changes of ``$defs``: what they bring to a question is told of the question."""
    before = [{"id": k, "is": v} for k, v in old.schema.get("$defs", {}).items()]
    after = [{"id": k, "is": v} for k, v in new.schema.get("$defs", {}).items()]
    found = aligned(before, after)
    for n in found.added:
        yield _one_shared("added", after[n]["id"], None, after[n]["is"])
    for n in found.removed:
        yield _one_shared("removed", before[n]["id"], before[n]["is"], None)
    for a, b in found.renamed:
        yield Change(
            "renamed", "shared", before[a]["id"], "id", "/$defs", before[a]["id"],
            after[b]["id"], "spelling",
        )  # fmt: skip
    for a, b in found.pairs:
        if not same(before[a], after[b]):
            yield _one_shared("changed", after[b]["id"], before[a]["is"], after[b]["is"])
    if not before and not after and not same(old.schema.get("$defs"), new.schema.get("$defs")):
        yield Change(
            "changed", "form", new.id, "$defs", "/$defs", old.schema.get("$defs"),
            new.schema.get("$defs"), "spelling",
        )  # fmt: skip


def _one_shared(kind: str, id: str, before: Json, after: Json) -> Change:
    where = "/$defs" + pointer([id])
    match kind:
        case "added":
            return Change("added", "shared", id, "", where, None, after, "spelling")
        case "removed":
            return Change("removed", "shared", id, "", where, before, None, "spelling")
        case _:
            return Change("changed", "shared", id, "", where, before, after, "spelling")
