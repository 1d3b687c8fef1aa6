"""Which groups of a survey become pages, groups of answers or nothing, and every question's name.

A group at the top is a page. A group inside is a group of answers where nothing in it reads an
answer outside it: a condition of ours sees only its own object. Any other is only order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from satupintu.forms.xlsform import xpath
from satupintu.forms.xlsform.survey import EXPRESSIONS, GROUP, REPEAT, Item

MAX_KEY = 64


def key_of(name: str) -> str:
    """Return a name as a key of answers: letters, digits and _."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = re.sub(r"\W", "_", plain)[:MAX_KEY]
    return key if re.match("[A-Za-z_]", key) else f"_{key}"[:MAX_KEY]


@dataclass
class Layout:
    """What became of the items; ``names`` has the full, dotted name of each that has one."""

    root: Item
    pages: list[Item] = field(default_factory=list)
    objects: list[Item] = field(default_factory=list)
    flat: list[Item] = field(default_factory=list)
    names: dict[Item, str] = field(default_factory=dict)
    by_name: dict[str, list[Item]] = field(default_factory=dict)

    def scope(self, item: Item) -> Item:
        """Return the object that an item's answer stands in: the root, a group or a row."""
        return next((a for a in item.around() if a.type == REPEAT or a in self.objects), self.root)

    def rows(self, item: Item) -> Item | None:
        """Return the repeated group around an item."""
        return next((a for a in item.around() if a.type == REPEAT), None)

    def depth(self, item: Item) -> int:
        """Return how many repeated groups an item stands in."""
        return sum(a.type == REPEAT for a in item.around())

    def loosened(self, item: Item) -> Iterator[Item]:
        """Yield the groups around an item in its own object, the outermost first."""
        scope = self.scope(item)
        around = []
        for above in item.around():
            if above is scope:
                break
            around.append(above)
        yield from reversed(around)

    def found(self, name: str, reader: Item) -> list[Item]:
        """Return the items of a name that a reader may mean: those nearest to it."""
        candidates = self.by_name.get(name, [])
        if len(candidates) < 2:
            return candidates
        mine = [reader, *reader.around()]

        def far(item: Item) -> int:
            return next(n for n, a in enumerate(mine) if a is self.root or a in item.around())

        nearest = min(map(far, candidates))
        return [c for c in candidates if far(c) == nearest]


def laid_out(root: Item) -> Layout:
    """Return the layout of a survey."""
    layout = Layout(root)
    for item in root.all():
        layout.by_name.setdefault(item.name, []).append(item)
        if item.type != GROUP:
            continue
        if item.parent is root:
            layout.pages.append(item)
        elif item.record.texts("label") and _stands_alone(item, root):
            layout.objects.append(item)
        else:
            layout.flat.append(item)
    taken: dict[Item, set[str]] = {}
    for item in root.all():
        if item.type == GROUP and item not in layout.objects:
            continue
        scope = layout.scope(item)
        used = taken.setdefault(scope, set())
        key = key_of(item.name)
        if key in used and item.parent is not None and item.parent.name:
            key = key_of(f"{item.parent.name}_{item.name}")
        number = 2
        while key in used:
            key = f"{key_of(item.name)[: MAX_KEY - 4]}_{number}"
            number += 1
        used.add(key)
        prefix = "" if scope is root else f"{layout.names[scope]}."
        layout.names[item] = prefix + key
    return layout


def reads(item: Item) -> frozenset[str]:
    """Return the names that an item's own expressions mention."""
    return frozenset(n for key in EXPRESSIONS for n in xpath.names_in(item.record.text(key)))


def _stands_alone(group: Item, root: Item) -> bool:
    inside = list(group.all())
    names = {item.name for item in inside}
    if any(reads(item) - names for item in inside):
        return False
    conditional = {
        item.name
        for item in inside
        if any(i.record.text("relevant") for i in (item, *_below(item, group)))
        or any(a.type == REPEAT for a in _below(item, group))
    }
    outside = (item for item in root.all() if item not in inside and item is not group)
    return not any(reads(item) & conditional for item in outside)


def _below(item: Item, group: Item) -> Iterator[Item]:
    for above in item.around():
        if above is group:
            return
        yield above
