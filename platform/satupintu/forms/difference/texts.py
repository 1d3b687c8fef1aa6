"""The texts of one part of a form, by what they are and in which language, and how two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from satupintu.changes import Change, same
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
    if before == after and not same(_words(old), _words(new)):
        yield Change("changed", what, id, "x-i18n", where, _words(old), _words(new), "spelling")


def _place(key: str) -> str:
    return {"help": "/x-ui/help", "errors": "/x-errors"}.get(key) or pointer([key])


def _words(holder: Mapping[str, Json]) -> list[Json]:
    return [holder.get("x-i18n"), holder.get("x-errors")]
