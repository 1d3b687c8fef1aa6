"""What differs between the pages of two form versions, and on which page a question stands."""

from __future__ import annotations

from collections.abc import Iterator

from satupintu.changes import Change, aligned, leaves, same
from satupintu.documents import Json, pointer
from satupintu.forms.difference import texts
from satupintu.forms.document import Form

_ELSEWHERE = frozenset({"id", "questions", "x-i18n", *texts.TEXTS})


def between(old: Form, new: Form) -> Iterator[Change]:
    """Yield pages that came, went, moved or changed, and questions on another page."""
    before, after = old.schema["x-pages"], new.schema["x-pages"]
    found = aligned(before, after)
    for n in found.added:
        yield Change("added", "page", after[n]["id"], "", f"/x-pages/{n}", None, after[n])
    for n in found.removed:
        yield Change("removed", "page", before[n]["id"], "", f"/x-pages/{n}", before[n], None)
    for a, b in found.renamed:
        ids = before[a]["id"], after[b]["id"]
        yield Change("renamed", "page", ids[0], "id", f"/x-pages/{b}", *ids, "spelling")
    for a, b in found.moved:
        yield Change("moved", "page", after[b]["id"], "", f"/x-pages/{b}", a, b, "wording")
    for a, b in found.pairs:
        yield from _inside(old, new, before[a], after[b], f"/x-pages/{b}")
    yield from _elsewhere(old, new, dict(_ids(before, after, found.renamed)))


def _ids(
    before: list[Json], after: list[Json], renamed: list[tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    for a, b in renamed:
        yield before[a]["id"], after[b]["id"]


def _inside(old: Form, new: Form, before: Json, after: Json, where: str) -> Iterator[Change]:
    id = after["id"]
    yield from texts.between("page", id, before, after, where)
    for key in dict.fromkeys([*before, *after]):
        if key not in _ELSEWHERE:
            for at, one, other in leaves(before.get(key), after.get(key), where + pointer([key])):
                yield Change("changed", "page", id, key, at, one, other)
    here, there = _x_ids(old, before), _x_ids(new, after)
    kept = [x for x in here if x in there]
    if kept != [x for x in there if x in here]:
        place = f"{where}/questions"
        yield Change(
            "moved", "page", id, "questions", place, before["questions"], after["questions"],
            "wording",
        )  # fmt: skip


def _x_ids(form: Form, page: Json) -> list[str]:
    return [form.questions[name].x_id for name in page["questions"]]


def _elsewhere(old: Form, new: Form, renamed: dict[str, str]) -> Iterator[Change]:
    before = {x: p["id"] for p in old.schema["x-pages"] for x in _x_ids(old, p)}
    after = {
        x: (n, p["id"], name)
        for n, p in enumerate(new.schema["x-pages"])
        for x, name in zip(_x_ids(new, p), p["questions"], strict=True)
    }
    for x_id, page in before.items():
        n, now, name = after.get(x_id, (0, page, ""))
        if renamed.get(page, page) != now and not same(page, now):
            yield Change("moved", "question", name, "page", f"/x-pages/{n}", page, now, "wording")
