"""A problem with an answer, said in every language with the question's own words in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from satupintu import words
from satupintu.errors import Problem
from satupintu.words import Text, languages

InLanguage = Callable[[str], str]
"""A word of a sentence that depends on the language it is said in."""


def said(key: str, pointer: str, **params: object) -> Problem:
    """Return a problem whose parameters may be texts by language, or functions of the language."""
    text = {
        language: words.say(key, language, **{k: _in(v, language) for k, v in params.items()})
        for language in languages()
    }
    plain = {k: v for k, v in params.items() if isinstance(v, int | str)}
    return Problem(key, plain, pointer, text=text)


def own(key: str, pointer: str, text: Text) -> Problem:
    """Return a problem that the document words itself."""
    return Problem(key, {}, pointer, text=text)


def _in(value: object, language: str) -> object:
    if isinstance(value, Mapping):
        return words.pick(value, language)
    return value(language) if callable(value) else value
