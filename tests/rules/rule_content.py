"""The shipped rule set and its documents, read once for the tests of this room."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from satupintu import config
from satupintu.agencies import directory
from satupintu.conditions.types import FactTypes
from satupintu.forms import reading as forms
from satupintu.rules import reading
from satupintu.rules.document import RuleSet
from satupintu.rules.references import Agencies

CONTENT = config.content_folder()
RULES = "rules/rujukan.json"


def document(path: str = RULES) -> Any:
    """Return a shipped document, fresh, so that a test may change it."""
    return json.loads((CONTENT / path).read_bytes())


@cache
def form_facts() -> FactTypes:
    """Return the types of the facts of the form that the shipped rules are about."""
    return forms.read(document("schemas/forms/asesmen-awal.json")).facts


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
    return reading.read(document(), form_facts(), agencies(), laws())
