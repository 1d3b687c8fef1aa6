"""The texts of one part of a form, by what they are and in which language, and how two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from satupintu.changes import Change
from satupintu.documents import Json, pointer
from satupintu.words import DEFAULT

TEXTS = ("title", "description", "intro")
"""Keywords whose value is a text in the base language, beside ``x-ui.help`` and ``x-errors``."""


def texts(holder: Mapping[str, Json]) -> dict[str, str]:
    """Return every text of a part: ``title.id``, ``help.en``, ``errors.pattern.id``."""
    found = {f"{key}.{DEFAULT}": holder[key] for key in TEXTS if key in holder}
    if "help" in holder.get("x-ui", {}):
        found[f"help.{DEFAULT}"] = holder["x-ui"]["help"]
    for keyword, message in holder.get("x-errors", {}).items():
        found[f"errors.{keyword}.{DEFAULT}"] = message
    for language, translated in holder.get("x-i18n", {}).items():
        for key, text in translated.items():
            if key == "errors":
                found.update({f"errors.{k}.{language}": m for k, m in text.items()})
            else:
                found[f"{key}.{language}"] = text
    return found


def between(
    what: str, id: str, old: Mapping[str, Json], new: Mapping[str, Json], where: str
) -> Iterator[Change]:
    """Yield what people read differently in one part of a form."""
    before, after = texts(old), texts(new)
    for part in dict.fromkeys([*before, *after]):
        one, other = before.get(part), after.get(part)
        if one != other:
            key = part.partition(".")[0]
            yield Change("changed", what, id, part, where + _place(key), one, other, "wording")
    old_empty, new_empty = list(_empty(old)), list(_empty(new))
    if old_empty != new_empty:
        yield Change("changed", what, id, "x-i18n", where, old_empty, new_empty, "spelling")


def _place(key: str) -> str:
    return {"help": "/x-ui/help", "errors": "/x-errors"}.get(key) or pointer([key])


def _empty(holder: Mapping[str, Json]) -> Iterator[str]:
    """Yield the places for texts that are there and hold none."""
    for key in ("x-i18n", "x-errors"):
        if holder.get(key) == {}:
            yield key
    for language, translated in sorted(holder.get("x-i18n", {}).items()):
        if not translated or translated.get("errors") == {}:
            yield f"x-i18n {language} {'errors' if translated else ''}".strip()
