"""The directory: which agencies can help, with what, when, and what they may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from satupintu import documents
from satupintu.agencies import laws as legal
from satupintu.agencies import shape
from satupintu.agencies.hours import DAYS, Hours, OpenTime
from satupintu.agencies.laws import Laws
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem
from satupintu.words import Text


@dataclass(frozen=True)
class Contact:
    """How to reach an agency; what the service has not filled in yet is None."""

    phone: str | None = None
    email: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class Agency:
    """One agency. ``services`` holds their titles by id, in the order of the document.

    ``sharing_group`` is an option of the question with the role ``consent_sharing``; None where
    consent to the service is enough. ``may_see`` holds the sensitivities of answers that the
    agency may read once it has accepted. ``tier`` is ``inti`` or ``pendukung``.
    """

    id: str
    name: Text
    tier: str
    sharing_group: str | None
    accepts: Text
    services: Mapping[str, Text]
    hours: Hours
    acknowledge_within_minutes: int
    first_action_within_hours: int
    may_see: frozenset[str]
    basis: tuple[str, ...]
    contact: Contact = Contact()
    capacity: int | None = None


class Agencies(Mapping[str, Agency]):
    """Every agency by code, in the order of the document; ``hash`` is the name of this version."""

    def __init__(self, agencies: Mapping[str, Agency], hash: str) -> None:
        self._by_id = dict(agencies)
        self.hash = hash

    def __getitem__(self, code: str) -> Agency:
        return self._by_id[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def services(self) -> Mapping[str, frozenset[str]]:
        """Return the services of each agency: what a rule set is checked against."""
        return {code: frozenset(agency.services) for code, agency in self._by_id.items()}


def read(document: Json, laws: Laws | None = None) -> Agencies:
    """Return the directory; a basis is looked up where laws are given. Raises BadDocument."""
    BadDocument.raise_if(_problems(document, laws))
    return Agencies({a["id"]: _agency(a) for a in document}, documents.content_hash(document))


def check(data: bytes, file: str, laws: Laws | None = None) -> list[Problem]:
    """Return everything wrong with an agencies document, warnings included, each with its place."""
    try:
        document = documents.parse(data)
    except BadDocument as e:
        return [p.within(file) for p in e.problems]
    return [p.within(file) for p in _problems(document, laws)]


def _problems(document: Json, laws: Laws | None) -> list[Problem]:
    found = shape.problems(document, "agency")
    if found:
        return found
    found.extend(shape.repeated([a["id"] for a in document], []))
    for index, agency in enumerate(document):
        where = pointer([index])
        services = agency["services"]
        found.extend(shape.repeated([s["id"] for s in services], [index, "services"]))
        found.extend(zone_problems(agency["hours"]["timezone"], f"{where}/hours/timezone"))
        found.extend(_hours_problems(agency["hours"], f"{where}/hours"))
        if laws is not None:
            found.extend(legal.unknown(agency["basis"], laws, where))
        found.extend(shape.untranslated(agency["name"], f"{where}/name"))
        found.extend(shape.untranslated(agency["accepts"], f"{where}/accepts"))
        for number, service in enumerate(services):
            found.extend(shape.untranslated(service["title"], f"{where}/services/{number}/title"))
    return found


def zone_problems(name: str, where: str) -> Iterator[Problem]:
    """Yield a problem where ``name`` is no time zone of the IANA database."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Problem("agencies.unknown_zone", {"zone": name}, where)


def _hours_problems(hours: Json, where: str) -> Iterator[Problem]:
    if not hours["always"] and "weekly" not in hours:
        yield Problem("agencies.never_open", {}, where)
    if hours["always"] and "weekly" in hours:
        yield Problem("agencies.always_and_weekly", {}, f"{where}/weekly")


def _agency(a: Json) -> Agency:
    return Agency(
        id=a["id"],
        name=MappingProxyType(a["name"]),
        tier=a["tier"],
        sharing_group=a["sharing_group"],
        accepts=MappingProxyType(a["accepts"]),
        services=MappingProxyType({s["id"]: MappingProxyType(s["title"]) for s in a["services"]}),
        hours=_hours(a["hours"]),
        acknowledge_within_minutes=a["acknowledge_within_minutes"],
        first_action_within_hours=a["first_action_within_hours"],
        may_see=frozenset(a["may_see"]),
        basis=tuple(a["basis"]),
        contact=Contact(**a.get("contact", {})),
        capacity=a.get("capacity"),
    )


def _hours(hours: Json) -> Hours:
    return Hours(
        zone=ZoneInfo(hours["timezone"]),
        always=hours["always"],
        weekly=tuple(
            OpenTime(
                frozenset(DAYS.index(day) for day in entry["days"]),
                time.fromisoformat(entry["opens_at"]),
                time.fromisoformat(entry["closes_at"]),
            )
            for entry in hours.get("weekly", ())
        ),
    )
