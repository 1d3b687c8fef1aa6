"""What a version is tried with: the documents in force that it reads, and those that read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from satupintu.actions.content import InForce
from satupintu.actions.importing import Incoming
from satupintu.actions.platform import Platform
from satupintu.documents import Json, parse
from satupintu.errors import NotFound
from satupintu.rules import lifecycle
from satupintu.rules.document import RuleSet
from satupintu.rules.lifecycle import Gate
from satupintu.store import documents
from satupintu.store.documents import DocumentKind, Spelling, Version
from satupintu.store.open import Transaction

_WITH: Mapping[Gate, tuple[DocumentKind, ...]] = MappingProxyType(
    {
        "check": ("form", "agencies", "legal_basis"),
        "compatible": ("form", "rule_set", "agencies", "legal_basis", "service"),
        "examples": ("form", "rule_set"),
        "engine": ("form", "rule_set"),
        "proved": ("form", "rule_set"),
        "impact": ("form", "rule_set"),
    }
)
"""What a gate's report rests on beside the version itself: with another it says nothing."""


@dataclass(frozen=True)
class Candidate:
    """A version with what is or will be in force beside it at the moment it is tried for."""

    platform: Platform
    version: Version
    spelling: Spelling
    now: InForce

    @classmethod
    def at(cls, platform: Platform, version: str, at: datetime, tx: Transaction) -> Candidate:
        """Return a version to be tried for a moment. Raises NotFound."""
        kept, spelling = documents.get(tx, version), documents.spelling(tx, version)
        return cls(platform, kept, spelling, platform.content.live(at, tx))

    @cached_property
    def document(self) -> Json:
        """The document, parsed."""
        return parse(self.spelling.data)

    @property
    def incoming(self) -> Incoming:
        """The document as if it came in now."""
        kept = self.version
        return Incoming(
            kept.kind, kept.document_id, self.spelling.file, self.spelling.data, self.document
        )

    @property
    def form_id(self) -> str | None:
        """The form that is tried here: this one, or the one that this rule set reads."""
        match self.version.kind:
            case "form":
                return self.version.document_id
            case "rule_set":
                return str(self.document["form"])
        return None

    @cached_property
    def pair(self) -> tuple[str, str] | None:
        """The hashes of rule set and form that are to be tried together, None where there is no
        such pair: a form that no rule set reads, a service without one.
        """
        match self.version.kind:
            case "rule_set":
                form = self._hash("form", self.form_id)
                return None if form is None else (self.version.hash, form)
            case "form":
                rule_set = self._reader()
                return None if rule_set is None else (rule_set, self.version.hash)
        return None

    @property
    def beside(self) -> str:
        """The other one of the pair; empty where there is none."""
        return next((one for one in self.pair or () if one != self.version.hash), "")

    @property
    def against(self) -> str | None:
        """The rule set in force that this one would take the place of, None where there is none."""
        if self.version.kind != "rule_set" or self._rule_set_id() != self.version.document_id:
            return None
        found = self._hash("rule_set", self.version.document_id)
        return None if found == self.version.hash else found

    @property
    def gates(self) -> tuple[Gate, ...]:
        """The gates of this version; impact only where there is something to compare with."""
        wanted = lifecycle.GATES.get(self.version.kind, ())
        return tuple(g for g in wanted if g != "impact" or self.against is not None)

    def rule_set(self) -> RuleSet | None:
        """Return the rule set of the pair, typed against its form. Raises BadDocument."""
        if self.pair is None:
            return None
        return self.now.content.rule_set_version(*self.pair, self.now.tx)

    def hashes(self, gate: Gate) -> dict[str, str]:
        """Return the hashes of what a gate tries this version with."""
        kind = self.version.kind
        found: dict[str, str] = {}
        for other in _WITH[gate]:
            if other == kind and gate != "impact":
                continue
            version = self._beside(other)
            if version is not None:
                found[other] = version
        return found

    def _beside(self, kind: DocumentKind) -> str | None:
        match kind:
            case "form":
                return None if self.pair is None else self.pair[1]
            case "rule_set" if self.version.kind == "form":
                return self._reader()
            case "rule_set":
                return self._hash("rule_set", self._rule_set_id())
        return self._hash(kind, None)

    def _reader(self) -> str | None:
        """Return the rule set in force where it reads this form."""
        rule_set = self._hash("rule_set", self._rule_set_id())
        if rule_set is None:
            return None
        document = self.now.content.json(rule_set, self.now.tx)
        return rule_set if document.get("form") == self.version.document_id else None

    def _rule_set_id(self) -> str | None:
        try:
            return self.now.service().rule_set
        except NotFound:
            return None

    def _hash(self, kind: DocumentKind, document_id: str | None) -> str | None:
        try:
            return self.now.hash(kind, document_id)
        except (NotFound, KeyError):
            return None
