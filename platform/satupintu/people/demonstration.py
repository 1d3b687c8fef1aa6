"""The accounts of the demonstration, from ``seed/people.json``: titles, never names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from satupintu import documents
from satupintu.agencies import shape
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem
from satupintu.people.roles import AGENCY_ROLES, LEAD_ROLES, Role

PASSWORD = "pintu-selalu-terbuka-24-jam"  # noqa: S105  not a secret: printed at the start, demonstration only


@dataclass(frozen=True)
class Person:
    """One account that the demonstration makes."""

    login: str
    role: Role
    agency: str
    title: str


def read(document: Json, agencies: Collection[str], lead_agency: str) -> tuple[Person, ...]:
    """Return the people of a document. Raises BadDocument with every problem."""
    BadDocument.raise_if(_problems(document, agencies, lead_agency))
    return tuple(Person(p["login"], p["role"], p["agency"], p["title"]) for p in document)


def check(data: bytes, file: str, agencies: Collection[str], lead_agency: str) -> list[Problem]:
    """Return everything wrong with a people document, each with its place."""
    try:
        document = documents.parse(data)
    except BadDocument as e:
        return [p.within(file) for p in e.problems]
    return [p.within(file) for p in _problems(document, agencies, lead_agency)]


def role_problems(role: Role, agency: str, lead_agency: str, where: str = "") -> list[Problem]:
    """Return why an account of ``agency`` may not have ``role``, if it may not."""
    if role in LEAD_ROLES and agency != lead_agency:
        return [Problem("people.role_of_lead", {"role": role, "lead": lead_agency}, where)]
    if role in AGENCY_ROLES and agency == lead_agency:
        return [Problem("people.role_of_agency", {"role": role, "lead": lead_agency}, where)]
    return []


def _problems(document: Json, agencies: Collection[str], lead_agency: str) -> list[Problem]:
    found = shape.problems(document, "people")
    if found:
        return found
    seen: set[str] = set()
    for index, person in enumerate(document):
        login, agency = person["login"], person["agency"]
        if login in seen:
            found.append(Problem("people.repeated", {"login": login}, pointer([index, "login"])))
        seen.add(login)
        if agency not in agencies:
            where = pointer([index, "agency"])
            found.append(Problem("agencies.unknown_agency", {"agency": agency}, where))
        where = pointer([index, "role"])
        found.extend(role_problems(person["role"], agency, lead_agency, where))
    return found
