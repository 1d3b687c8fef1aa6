"""What a language still lacks of the product's own sentences, and what it says of older ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from satupintu import words
from satupintu.documents import Json, canonical
from satupintu.errors import Problem

SOURCES = "sources.lock"
"""Beside the rooms of a language: of what, by its hash, each sentence is the translation."""


def of_catalogue(language: str) -> Iterator[Problem]:
    """Yield what a language of the texts folder lacks: sentences missing, unfit, unknown, outdated.

    Only what is missing or can't be filled is an error. Raises Unavailable where a file can't be
    read.
    """
    base, here = words.catalogue(words.DEFAULT), words.folder() or Path()
    known: set[str] = set()
    sources = _sources(here / language)
    for file, key, sentence in words.further_sentences(language):
        known.add(key)
        params = {"key": key, "said": _plain(base.get(key, ""))}
        if key not in base:
            yield Problem("texts.unknown_key", params, file=str(file), level="warning")
        elif not words.fits(sentence, base[key]):
            names = ", ".join(sorted(words.parameters(base[key]))) or "-"
            yield Problem("texts.unfit", {"key": key, "names": names}, file=str(file))
        elif sources.get(key, _hash(base[key])) != _hash(base[key]):
            yield Problem("texts.outdated", params, file=str(file), level="warning")
    for key in sorted(base.keys() - known):
        file = here / language / f"{key.partition('.')[0]}.json"
        yield Problem("texts.missing", {"key": key, "said": _plain(base[key])}, file=str(file))


def of_shipped(language: str) -> Iterator[Problem]:
    """Yield the sentences that a language of the product itself lacks."""
    base = words.catalogue(words.DEFAULT)
    for key in sorted(base.keys() - words.catalogue(language).keys()):
        file = f"{key.partition('.')[0]}.json"
        yield Problem("texts.missing", {"key": key, "said": _plain(base[key])}, file=file)


def accept(language: str) -> int:
    """Note that each sentence of a language translates the Indonesian one as it is now.

    Returns how many were noted. Raises Unavailable where a file can't be read.
    """
    base = words.catalogue(words.DEFAULT)
    keys = sorted(key for _, key, _ in words.further_sentences(language) if key in base)
    lines = [f"{key} {_hash(base[key])}\n" for key in keys]
    ((words.folder() or Path()) / language / SOURCES).write_text("".join(lines), encoding="utf-8")
    return len(lines)


def _sources(folder: Path) -> dict[str, str]:
    file = folder / SOURCES
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return {key: of for key, _, of in (line.partition(" ") for line in lines)}


def _hash(sentence: Json) -> str:
    return hashlib.sha256(canonical(sentence)).hexdigest()[:16]


def _plain(sentence: Json) -> str:
    return sentence["other"] if isinstance(sentence, dict) else str(sentence)
