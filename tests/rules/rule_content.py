"""The shipped rule set and its documents, read once for the tests of this room."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from satupintu import config
from satupintu.agencies import directory
from satupintu.conditions.types import (
    Boolean,
    Choice,
    FactType,
    FactTypes,
    Integer,
    Many,
)
from satupintu.conditions.values import Facts
from satupintu.rules import reading
from satupintu.rules.document import RuleSet
from satupintu.rules.references import Agencies

CONTENT = config.content_folder()


def document(path: str) -> Any:
    """Return a shipped document, fresh, so that a test may change it."""
    return json.loads((CONTENT / path).read_bytes())


@cache
def form_facts() -> FactTypes:
    """Return the types of the assessment form's facts, as its schema says them."""
    return dict(_types(document("schemas/forms/asesmen-awal.json")))


@cache
def agencies() -> Agencies:
    """Return the shipped agencies with their services."""
    return directory.read(document("seed/agencies.json")).services()


@cache
def laws() -> frozenset[str]:
    """Return the ids of the shipped legal basis."""
    return frozenset(law["id"] for law in document("rules/legal_basis.json"))


@cache
def shipped() -> RuleSet:
    """Return the shipped rule set."""
    return reading.read(document("rules/rujukan.json"), form_facts(), agencies(), laws())


def random_facts(types: FactTypes, chance: random.Random) -> Facts:
    """Return facts of these types at random, some of them unanswered."""
    unanswered = chance.choice((0.0, 0.1, 0.5))
    return {
        name: _value(kind, chance)
        for name, kind in types.items()
        if chance.random() >= unanswered and isinstance(kind, Boolean | Integer | Choice | Many)
    }


def _value(kind: FactType, chance: random.Random) -> bool | int | str | tuple[str, ...]:
    match kind:
        case Boolean():
            return chance.random() < 0.5
        case Integer(low, high):
            low, high = low if low is not None else -10, high if high is not None else 400
            near = (low, high, 5, 6, 17, 18, 72, 73, chance.randint(low, high))
            return min(max(chance.choice(near), low), high)
        case Choice(options):
            return chance.choice(options)
        case Many(options):
            return tuple(o for o in options if chance.random() < 2 / len(options))
    raise AssertionError(kind)


def _types(schema: Any) -> Iterator[tuple[str, FactType]]:
    if not isinstance(schema, dict):
        return
    for name, one in schema.get("properties", {}).items():
        kind = _type(one) if isinstance(one, dict) and "x-id" in one else None
        if kind is not None:
            yield name, kind
    for part in (*schema.get("allOf", ()), schema.get("then"), schema.get("else")):
        yield from _types(part)


def _type(schema: Any) -> FactType | None:
    options = tuple(o["const"] for o in schema.get("oneOf", ()) if "const" in o)
    match schema.get("type"):
        case "boolean":
            return Boolean()
        case "integer":
            return Integer(schema.get("minimum"), schema.get("maximum"))
        case "array":
            many = tuple(o["const"] for o in schema["items"].get("oneOf", ()))
            return Many(many) if many else None
        case "string" | None if options:
            return Choice(options)
        case _:
            return None
