"""The service document: this city's door."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from string import Formatter
from types import MappingProxyType
from zoneinfo import ZoneInfo

from satupintu import documents
from satupintu.agencies import shape
from satupintu.agencies.directory import zone_problems
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.words import Text, languages

_WIDTH = re.compile(r"0?([1-9]|1[0-2])d|")
_PLAIN = re.compile(r"[A-Za-z0-9 ./_-]*")


@dataclass(frozen=True)
class Emergency:
    """One line that helps at once."""

    phone: str
    title: Text


@dataclass(frozen=True)
class Service:
    """This city's door; ``forms`` maps each purpose to a form's id, ``hash`` names the version.

    ``case_number`` is a pattern with ``{year}`` and ``{number}`` ("PPA-{year}-{number:05d}");
    ``exit_to`` a path of this site. ``address`` and ``opening_hours`` are None until the
    service fills them in.
    """

    id: str
    name: Text
    owner: Text
    lead_agency: str
    zone: ZoneInfo
    languages: tuple[str, ...]
    default_language: str
    case_number: str
    emergency: tuple[Emergency, ...]
    exit_to: str
    forms: Mapping[str, str]
    rule_set: str
    address: Text | None
    opening_hours: Text | None
    hash: str


def read(document: Json, agencies: Collection[str] | None = None) -> Service:
    """Return the service; its lead agency is looked up in ``agencies``. Raises BadDocument."""
    BadDocument.raise_if(_problems(document, agencies))
    return Service(
        id=document["id"],
        name=MappingProxyType(document["name"]),
        owner=MappingProxyType(document["owner"]),
        lead_agency=document["lead_agency"],
        zone=ZoneInfo(document["time_zone"]),
        languages=tuple(document["languages"]),
        default_language=document["default_language"],
        case_number=document["case_number"],
        emergency=tuple(
            Emergency(line["phone"], MappingProxyType(line["title"]))
            for line in document["emergency"]
        ),
        exit_to=document["exit_to"],
        forms=MappingProxyType(document["forms"]),
        rule_set=document["rule_set"],
        address=document.get("address"),
        opening_hours=document.get("opening_hours"),
        hash=documents.content_hash(document),
    )


def check(data: bytes, file: str, agencies: Collection[str] | None = None) -> list[Problem]:
    """Return everything wrong with a service document, warnings included, each with its place."""
    try:
        document = documents.parse(data)
    except BadDocument as e:
        return [p.within(file) for p in e.problems]
    return [p.within(file) for p in _problems(document, agencies)]


def pattern_problems(pattern: str, where: str = "") -> Iterator[Problem]:
    """Yield what is wrong with a case-number pattern: it needs year and number, once each."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        yield Problem("agencies.pattern.broken", {"pattern": pattern}, where)
        return
    names = [name for _, name, _, _ in parts if name is not None]
    if sorted(names) != ["number", "year"]:
        yield Problem("agencies.pattern.parts", {"pattern": pattern}, where)
        return
    for text, name, spec, conversion in parts:
        wrong_width = name == "number" and not _WIDTH.fullmatch(spec or "")
        if conversion or wrong_width or (name == "year" and spec) or not _PLAIN.fullmatch(text):
            yield Problem("agencies.pattern.broken", {"pattern": pattern}, where)
            return
    between = [text for text, name, _, _ in parts if name is not None][1]
    if not between:  # "{year}{number}": 2026 and 1 would read like 202 and 61
        yield Problem("agencies.pattern.joined", {"pattern": pattern}, where)


def _problems(document: Json, agencies: Collection[str] | None) -> list[Problem]:
    found = shape.problems(document, "service")
    if found:
        return found
    found.extend(zone_problems(document["time_zone"], "/time_zone"))
    found.extend(pattern_problems(document["case_number"], "/case_number"))
    if document["default_language"] not in document["languages"]:
        params = {"language": document["default_language"]}
        found.append(Problem("agencies.default_language", params, "/default_language"))
    for index, language in enumerate(document["languages"]):
        if language not in languages():
            params, place = {"language": language}, f"/languages/{index}"
            found.append(Problem("agencies.language_without_texts", params, place, level="warning"))
    lead = document["lead_agency"]
    if agencies is not None and lead not in agencies:
        near = get_close_matches(lead, list(agencies), n=1)
        key = "agencies.unknown_agency_near" if near else "agencies.unknown_agency"
        params = {"agency": lead, "near": near[0]} if near else {"agency": lead}
        found.append(Problem(key, params, "/lead_agency"))
    for key in ("name", "owner", "address", "opening_hours"):
        if document.get(key) is not None:
            found.extend(shape.untranslated(document[key], f"/{key}"))
    for index, line in enumerate(document["emergency"]):
        found.extend(shape.untranslated(line["title"], f"/emergency/{index}/title"))
    return found
