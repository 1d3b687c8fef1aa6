"""Objects whose keys a person writes herself: maps, and patterns of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from satupintu.documents import Json
from satupintu.forms.closed import pattern
from satupintu.forms.structure.schema import Structure, View


@dataclass(frozen=True)
class Free:
    """What the keys that a person writes herself lead to: by their pattern, else any."""

    patterns: tuple[tuple[str, Json], ...]
    other: Json

    def matches(self, key: str) -> bool:
        """Tell whether a pattern of names is met."""
        return any(pattern(text).search(key) for text, _ in self.patterns)

    def schema(self, of: Structure, key: str) -> Json:
        """Return the schema of what stands under a key; an unwritten one as the first would."""
        matching = tuple(s for text, s in self.patterns if key and pattern(text).search(key))
        if matching:
            return of.joined(matching)
        if self.other is False or (not key and self.other is True and self.patterns):
            return self.patterns[0][1] if self.patterns else True
        return self.other


def asked_keys(of: Structure, view: View, needed: Iterable[str]) -> Mapping[str, tuple[Json, ...]]:
    """Return the keys that an object asks for, each with the schemas of what stands under it.

    A key that is ``needed`` is asked for by its name, even if the schema only says that it must be
    there: nobody would think of writing it.
    """
    found: dict[str, tuple[Json, ...]] = {}
    others = [*view.all("additionalProperties"), *view.all("unevaluatedProperties")]
    open_ = False not in others
    for part in view.parts:
        for key, schema in part.get("properties", {}).items():
            found[key] = (*found.get(key, ()), schema)
    missing = sorted(key for key in needed if key not in found)
    free = free_keys(view) if missing else None
    for key in missing:
        if free is not None and (open_ or free.matches(key)):
            found[key] = (free.schema(of, key),)
        elif open_ and free is None:
            found[key] = (True,)
    return found


def free_keys(view: View) -> Free | None:
    """Return what may stand under keys of a person's own, None where there are none.

    An object that says nothing of them is not asked for more than its properties.
    """
    patterns = tuple(
        (text, schema)
        for named in view.all("patternProperties")
        for text, schema in named.items()
        if schema is not False
    )
    others = [*view.all("additionalProperties"), *view.all("unevaluatedProperties")]
    asks = any(other is not False for other in others) or patterns
    plain = not others and not view.keyword(("properties",))
    if False in others and not patterns:
        return None
    if not asks and not plain and not view.keyword(("propertyNames", "minProperties")):
        return None
    return Free(patterns, others[0] if others else True)


def is_free(view: View, key: str) -> bool:
    """Return whether a person may write this key, as it is none of the schema's own."""
    free = free_keys(view)
    known = any(key in part.get("properties", {}) for part in view.parts)
    return free is not None and not known
