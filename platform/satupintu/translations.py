"""Which translations of a document were left behind when what they translate changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from satupintu import words
from satupintu.documents import Json, pointer
from satupintu.errors import Problem

_IDS = ("x-id", "id", "code", "const")
_IN_FORMS = ("title", "description", "intro")
_Place = tuple[str, ...]


@dataclass(frozen=True)
class _Said:
    base: str
    others: Mapping[str, str]
    where: str


def outdated(before: Json, after: Json) -> Iterator[Problem]:
    """Yield a warning for each text of a document whose base changed and whose translation did not.

    ``before`` is an earlier version of the document; things are followed by their ids, so that one
    that moved or whose key changed is the same. A pointer leads into ``after``.
    """
    earlier = dict(_texts(before, (), ()))
    for place, now in _texts(after, (), ()):
        then = earlier.get(place)
        if then is None or then.base.split() == now.base.split():
            continue
        for language, text in now.others.items():
            if then.others.get(language) == text:
                params = {"language": language, "before": _short(then.base), "text": _short(text)}
                yield Problem("texts.document_outdated", params, now.where, level="warning")


def _texts(value: Json, at: _Place, path: tuple[str | int, ...]) -> Iterator[tuple[_Place, _Said]]:
    """Yield every text of a document that can have translations, by what it belongs to."""
    if isinstance(value, list):
        for n, item in enumerate(value):
            yield from _texts(item, (*at, _name(item, str(n))), (*path, n))
    elif isinstance(value, dict):
        if _is_text(value):
            others = {k: v for k, v in value.items() if k != words.DEFAULT}
            yield at, _Said(value[words.DEFAULT], others, pointer(path))
            return
        own = value.get("x-id")
        at = ("x-id", own) if isinstance(own, str) else at
        yield from _of_form(value, at, path)
        for key, item in value.items():
            if key != "x-i18n":
                yield from _texts(item, (*at, key), (*path, key))


def _of_form(
    holder: Mapping[str, Json], at: _Place, path: tuple[str | int, ...]
) -> Iterator[tuple[_Place, _Said]]:
    """Yield the texts of a part of a form: the base beside ``x-i18n``, the others inside it."""
    i18n = holder.get("x-i18n")
    if not isinstance(i18n, dict):
        return
    bases: dict[_Place, Json] = {(key,): holder[key] for key in _IN_FORMS if key in holder}
    if isinstance(ui := holder.get("x-ui"), dict) and "help" in ui:
        bases[("help",)] = ui["help"]
    if isinstance(errors := holder.get("x-errors"), dict):
        bases |= {("errors", keyword): text for keyword, text in errors.items()}
    for keys, base in bases.items():
        others = {}
        for language, texts in i18n.items():
            for key in keys:
                texts = texts.get(key) if isinstance(texts, dict) else None
            if isinstance(texts, str):
                others[language] = texts
        if isinstance(base, str):
            yield (*at, *keys), _Said(base, others, pointer((*path, "x-i18n")))


def _is_text(value: Mapping[str, Json]) -> bool:
    return words.DEFAULT in value and all(
        isinstance(text, str) and (key == words.DEFAULT or key in words.languages())
        for key, text in value.items()
    )


def _name(item: Json, otherwise: str) -> str:
    if isinstance(item, dict):
        found = (item[key] for key in _IDS if isinstance(item.get(key), str))
        return next(found, otherwise)
    return otherwise


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
