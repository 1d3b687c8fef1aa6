"""What the platform itself says to people, in every language that has a folder in ``texts/``.

A catalogue is ``texts/LANGUAGE/ROOM.json``: a flat object from key to sentence, where every key
starts with the name of its file. ``{name}`` is filled from the parameters. A sentence that depends
on a number is an object ``{"one": ..., "other": ...}`` and reads the parameter ``count``;
Indonesian needs only ``other``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

LANGUAGES = ("id", "en")
DEFAULT = "id"

Text = Mapping[str, str]
"""A text of a document by language; the default language is always there."""


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """Return every sentence of one language, by key."""
    folder = files(__package__).joinpath("texts", language)
    sentences: dict[str, Any] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".json"):
            sentences.update(json.loads(entry.read_text(encoding="utf-8")))
    return MappingProxyType(sentences)


def say(key: str, language: str = DEFAULT, /, **params: object) -> str:
    """Return the sentence for ``key``. A missing key is an error of ours and raises KeyError."""
    sentence = catalogue(language if language in LANGUAGES else DEFAULT)[key]
    if isinstance(sentence, dict):
        sentence = sentence["one" if params.get("count") == 1 and "one" in sentence else "other"]
    return str(sentence).format(**params) if params else str(sentence)


def pick(text: Text, language: str) -> str:
    """Return a document's text in ``language``, else in the default, else whatever there is."""
    return text.get(language) or text.get(DEFAULT) or next(iter(text.values()), "")
