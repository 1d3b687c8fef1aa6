"""What the platform itself says to people, in every language that has a folder of texts.

A catalogue is ``texts/LANGUAGE/ROOM.json``: a flat object from key to sentence, where every key
starts with the name of its file. ``{name}`` is filled from the parameters. A sentence that depends
on a number is an object by plural category (``one``, ``few``, ``other``) and reads the parameter
``count``; Indonesian needs only ``other``. ``language.json`` says what a language calls itself and
whose plurals it has.

Another language is another folder: inside the folder that ``SATUPINTU_TEXTS`` names. What it does
not say yet is said in Indonesian; ``satupintu texts`` lists it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

LANGUAGES = ("id", "en")
"""The languages that this product brings: everything is said in both."""
DEFAULT = "id"
FOLDER = "SATUPINTU_TEXTS"

Text = Mapping[str, str]
"""A text of a document by language; the default language is always there."""


def folder() -> Path | None:
    """Return the folder with further languages, None where the setting names none."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


@cache
def languages() -> tuple[str, ...]:
    """Return every language there is: those of the product first, then those of the folder.

    Raises Unavailable where the folder that the setting names can't be read.
    """
    further = folder()
    if further is None:
        return LANGUAGES
    try:
        found = sorted(entry.name for entry in further.iterdir() if entry.is_dir())
    except OSError as e:
        raise _unreadable(further, e.strerror or "?") from e
    return (*LANGUAGES, *(name for name in found if _is_code(name) and name not in LANGUAGES))


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """Return every sentence of one language that can be said, by key.

    One whose parameters are not those of the Indonesian sentence could not be filled: it is left
    out. Raises Unavailable where a file of the folder with further languages can't be read.
    """
    if language in LANGUAGES:
        return MappingProxyType(_shipped(language))
    known = catalogue(DEFAULT)
    said = {key: text for _, key, text in further_sentences(language)}
    return MappingProxyType({k: v for k, v in said.items() if k not in known or fits(v, known[k])})


def further_sentences(language: str) -> Iterator[tuple[Path, str, Any]]:
    """Yield file, key and sentence of a language of the folder. Raises Unavailable."""
    for file in sorted(((folder() or Path()) / language).glob("*.json")):
        try:
            room = json.loads(file.read_text(encoding="utf-8"))
            if not isinstance(room, dict) or not all(_is_sentence(s) for s in room.values()):
                raise ValueError("{}")
        except (OSError, ValueError) as e:
            raise _unreadable(file, str(e)) from e
        for key, sentence in room.items():
            yield file, key, sentence


def say(key: str, language: str = DEFAULT, /, **params: object) -> str:
    """Return the sentence for ``key``, in the default language where this one lacks it.

    A key that the default language lacks is an error of ours and raises KeyError.
    """
    spoken = language if language in languages() and key in catalogue(language) else DEFAULT
    sentence = catalogue(spoken)[key]
    if isinstance(sentence, dict):
        sentence = sentence.get(_plurals(spoken)(params.get("count")), sentence["other"])
    return str(sentence).format(**params) if params else str(sentence)


def pick(text: Text, language: str) -> str:
    """Return a document's text in ``language``, else in the default, else whatever there is."""
    return text.get(language) or text.get(DEFAULT) or next(iter(text.values()), "")


def name_of(language: str) -> str:
    """Return what a language calls itself; its code where nobody says."""
    own = catalogue(language).get("language.name") if language in languages() else None
    return str(own) if own else language.upper()


def parameters(sentence: object) -> frozenset[str]:
    """Return the names that fill a sentence; raises ValueError where its braces don't match."""
    forms = sentence.values() if isinstance(sentence, dict) else [sentence]
    return frozenset(
        name for form in forms for _, name, _, _ in Formatter().parse(str(form)) if name is not None
    ) - {"count"}


def fits(sentence: object, base: object) -> bool:
    """Tell whether a translation can be filled wherever the sentence it translates can."""
    try:
        return parameters(sentence) <= parameters(base)
    except ValueError:
        return False


@cache
def _plurals(language: str) -> Callable[[object], str]:
    """Return what gives the plural category of a count, by the rules of CLDR."""
    from babel.core import Locale, UnknownLocaleError

    named = str(catalogue(language).get("language.plurals", language))
    try:
        rule = Locale.parse(named).plural_form
    except (UnknownLocaleError, ValueError):  # nobody knows its plurals: it has one form
        return lambda _count: "other"
    return lambda count: rule(count) if isinstance(count, int | float) else "other"


def _shipped(language: str) -> dict[str, Any]:
    sentences: dict[str, Any] = {}
    for entry in sorted(
        files(__package__).joinpath("texts", language).iterdir(), key=lambda e: e.name
    ):
        if entry.name.endswith(".json"):
            sentences.update(json.loads(entry.read_text(encoding="utf-8")))
    return sentences


def _is_code(name: str) -> bool:
    return 2 <= len(name) <= 3 and name.isascii() and name.islower() and name.isalpha()


def _is_sentence(value: object) -> bool:
    if isinstance(value, dict):
        return isinstance(value.get("other"), str) and all(
            isinstance(v, str) for v in value.values()
        )
    return isinstance(value, str)


def _unreadable(path: Path, reason: str) -> Exception:
    from satupintu.errors import Problem, Unavailable

    params = {"file": str(path), "reason": reason}
    # In the product's own languages: the others are what can't be read.
    text = {x: _shipped(x)["texts.unreadable"].format(**params) for x in LANGUAGES}
    return Unavailable(Problem("texts.unreadable", params, text=text))
