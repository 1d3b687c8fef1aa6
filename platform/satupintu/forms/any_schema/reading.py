"""A schema read with everything that it leads to, or every reason why it cannot be used."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache

import re2

from satupintu.conditions.nearest import shown
from satupintu.documents import Json, pointer
from satupintu.errors import NOTHING, BadDocument, Problem
from satupintu.forms.any_schema import parts
from satupintu.forms.any_schema.addresses import STANDARD, Addresses, NotThere, address_of
from satupintu.forms.any_schema.dialects import DRAFT, Dialect, dialect_of
from satupintu.forms.any_schema.visit import MAX_NESTED, Judgement, Prepared, Ready, Visit
from satupintu.forms.closed import pattern

MAX_PATTERNS = 500_000
"""All patterns together, in RE2's instructions; one of 1,000 repeated letters has some 3,000."""


class AnySchema:
    """A schema that can be used: answers are judged by it as they come."""

    def __init__(self, root: Json, ready: Ready) -> None:
        self._root = root
        self._ready = ready

    def problems(self, answers: Json) -> tuple[Problem, ...]:
        """Return what the schema refuses; nothing where the answers are valid.

        Raises BadDocument where the schema asks for work without end, or for too much of it.
        """
        unfit = tuple(_unfit(answers))
        if unfit:
            return unfit
        told: list[Problem] = []
        start = Visit(Judgement(self._ready), NOTHING, answers, (), (), told, None)
        try:
            start.holds(self._root, answers, (), told, None)
        except RecursionError as e:
            raise BadDocument(Problem("schemas.too_nested", {"limit": MAX_NESTED})) from e
        return tuple({(p.pointer, p.sentence("en")): p for p in told}.values())


def read(document: Json, beside: Mapping[str, Json] = NOTHING) -> AnySchema:
    """Return a schema ready for use. Raises BadDocument with every problem at its JSON pointer.

    ``beside`` holds the other documents that it may refer to, by address; it gets no others.
    """
    if not isinstance(document, dict | bool):
        raise BadDocument(Problem("schemas.not_a_schema"))
    BadDocument.raise_if(_unfit(document))
    reading = _Reading(Ready(Addresses(document, beside)), beside)
    for needed in reading.ready.addresses.documents:  # more come as references are followed
        problems = tuple(reading.problems(needed))
        BadDocument.raise_if(
            p if needed is document else Problem(p.key, p.params, text=p.text) for p in problems
        )
    return AnySchema(document, reading.ready)


@cache
def _standard(address: str) -> AnySchema:
    return read(STANDARD[address])


class _Reading:
    def __init__(self, ready: Ready, beside: Mapping[str, Json]) -> None:
        self.ready = ready
        self.beside = beside
        self.instructions = 0

    def problems(self, document: Json) -> Iterator[Problem]:
        """Prepare one document; yield what is wrong with it."""
        meta, dialect = dialect_of(document, self.beside)
        if not any(document is standard for standard in STANDARD.values()):
            refused = _standard(DRAFT).problems(document)
            if not refused and meta != DRAFT:
                refused = read(self.beside[meta], self.beside).problems(document)
            if refused:
                yield from refused
                return
        for steps, part in parts.walk(document):
            if isinstance(part, dict):
                self.ready.parts[id(part)] = _prepared(part, dialect)
                if part.get("$schema", meta).rstrip("#") != meta:
                    yield Problem("schemas.drafts_mixed", {}, pointer((*steps, "$schema")))
                yield from self.patterns(part, steps)
                yield from self.references(part, steps)

    def patterns(self, part: Mapping[str, Json], steps: parts.Steps) -> Iterator[Problem]:
        found: list[tuple[parts.Steps, str]] = [
            (("patternProperties", text), text) for text in part.get("patternProperties", ())
        ]
        if "pattern" in part:
            found.append((("pattern",), part["pattern"]))
        for more, text in found:
            if text not in self.ready.patterns:
                try:
                    compiled = self.ready.patterns[text] = pattern(text)
                except re2.error as e:
                    reason = e.args[0] if e.args else ""
                    reason = reason.decode() if isinstance(reason, bytes) else str(reason)
                    where = pointer((*steps, *more))
                    yield Problem("schemas.pattern_refused", {"reason": shown(reason)}, where)
                    continue
                self.instructions += 20 + compiled.programsize
                if self.instructions > MAX_PATTERNS:
                    raise BadDocument(Problem("schemas.too_many_patterns"))

    def references(self, part: Mapping[str, Json], steps: parts.Steps) -> Iterator[Problem]:
        base = self.ready.addresses.base(part)
        for keyword in ("$id", "$ref", "$dynamicRef"):
            if keyword in part:
                try:
                    if keyword == "$id":
                        address_of("", part[keyword])
                    else:
                        self.ready.addresses.follow(base, part[keyword])
                except NotThere as e:
                    where = pointer((*steps, keyword))
                    yield Problem(e.key, {"ref": shown(part[keyword])}, where)


def _prepared(part: Mapping[str, Json], dialect: Dialect) -> Prepared:
    kept = {keyword: value for keyword, value in part.items() if keyword in dialect.read}
    asked = tuple((ask, kept[keyword]) for keyword, ask in dialect.asked.items() if keyword in kept)
    sizes = (len(v) for k, v in kept.items() if k != "enum" and isinstance(v, dict | list))
    looks_back = "unevaluatedProperties" in kept or "unevaluatedItems" in kept
    return Prepared(kept, asked, 1 + len(kept) + sum(sizes), looks_back)


def _unfit(value: Json) -> Iterator[Problem]:
    """Yield the numbers that JSON cannot hold and the texts that UTF-8 cannot."""
    pending: list[tuple[parts.Steps, Json]] = [((), value)]
    while pending:
        path, here = pending.pop()
        if isinstance(here, dict):
            for key, below in here.items():
                if not _is_unicode(key):
                    yield Problem("schemas.not_text", {}, pointer(path))
                else:
                    pending.append(((*path, key), below))
        elif isinstance(here, list):
            pending.extend(((*path, index), below) for index, below in enumerate(here))
        elif isinstance(here, float) and not math.isfinite(here):
            yield Problem("schemas.not_a_number", {}, pointer(path))
        elif isinstance(here, str) and not _is_unicode(here):
            yield Problem("schemas.not_text", {}, pointer(path))


def _is_unicode(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text)
