"""Which keywords a schema means, by the meta-schema that it names with ``$schema``."""

from __future__ import annotations

from collections.abc import Mapping

from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.forms.any_schema.applicators import APPLICATORS, CORE, UNEVALUATED
from satupintu.forms.any_schema.assertions import ASSERTIONS
from satupintu.forms.any_schema.visit import Ask

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_VOCABULARY = "https://json-schema.org/draft/2020-12/vocab/"

_ASKED: Mapping[str, Mapping[str, Ask]] = {
    "core": CORE,
    "applicator": APPLICATORS,
    "validation": ASSERTIONS,
    "meta-data": {},
    "content": {},
    "format-annotation": {},
    "unevaluated": UNEVALUATED,
}
"""The vocabularies that are understood, with the keywords that ask something, in their order.

``format`` is a note here, as the meta-schema says; a form's own formats are checked by forms.
"""

_READ_WITH_OTHERS: Mapping[str, tuple[str, ...]] = {
    "applicator": ("then", "else"),
    "validation": ("minContains", "maxContains"),
}


class Dialect:
    """The keywords that some vocabularies make up."""

    def __init__(self, vocabularies: frozenset[str]) -> None:
        known = [name for name in _ASKED if name in vocabularies]
        self.asked = {k: ask for name in known for k, ask in _ASKED[name].items()}
        beside = {k for name in known for k in _READ_WITH_OTHERS.get(name, ())}
        self.read = self.asked.keys() | beside


def dialect_of(document: Json, beside: Mapping[str, Json]) -> tuple[str, Dialect]:
    """Return the meta-schema that a schema names, and what its keywords mean. Raises BadDocument.

    A meta-schema of somebody's own is used where it is at hand, and asks for no vocabulary that
    nobody here understands.
    """
    name = document.get("$schema", DRAFT) if isinstance(document, dict) else DRAFT
    address = name.rstrip("#") if isinstance(name, str) else ""
    if address == DRAFT:
        return address, Dialect(frozenset(_ASKED))
    own = beside.get(address)
    if not isinstance(own, dict):
        raise BadDocument(Problem("schemas.other_draft", {"draft": DRAFT}, "/$schema"))
    asked: Mapping[str, bool] = own.get("$vocabulary", {f"{_VOCABULARY}{n}": True for n in _ASKED})
    names = {uri.removeprefix(_VOCABULARY): required for uri, required in asked.items()}
    unknown = sorted(n for n, required in names.items() if required and n not in _ASKED)
    if unknown:
        raise BadDocument(Problem("schemas.vocabulary", {"name": unknown[0]}, "/$schema"))
    return address, Dialect(frozenset(names) | {"core"})
