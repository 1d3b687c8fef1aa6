"""The documents that the store runs on: what is in force at a moment, and any version by its hash.

A version never changes, so it is read once in each process and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from satupintu import documents as bytes_of
from satupintu.agencies import directory, laws, service
from satupintu.agencies.directory import Agencies
from satupintu.agencies.laws import Laws
from satupintu.agencies.service import Service
from satupintu.documents import Json
from satupintu.errors import NotFound, Problem
from satupintu.forms import reading as form_reading
from satupintu.forms.document import Form, Purpose
from satupintu.rules import reading as rule_reading
from satupintu.rules.document import RuleSet
from satupintu.rules.lifecycle import Event
from satupintu.store import documents, lifecycle
from satupintu.store.documents import DocumentKind, Publication
from satupintu.store.open import Store, Transaction

T = TypeVar("T")

ONLY: Mapping[DocumentKind, str] = {
    "agencies": "agencies",
    "legal_basis": "legal_basis",
    "service": "service",
}
"""The id of documents of which there is one: the directory, the laws, this city's door."""


@dataclass(frozen=True)
class InForce:
    """What is in force at one moment; each document is read where it is first asked for.

    Every method raises NotFound where nothing of that kind is in force.
    """

    content: Content
    at: datetime
    published: Mapping[tuple[DocumentKind, str], Publication]
    tx: Transaction | None

    def hash(self, kind: DocumentKind, document_id: str | None = None) -> str:
        """Return the version of a document in force: what a submission pins."""
        wanted = document_id or ONLY[kind]
        found = self.published.get((kind, wanted))
        if found is None:
            raise NotFound(Problem("actions.nothing_in_force", {"kind": kind, "id": wanted}))
        return found.version

    def service(self) -> Service:
        """Return this city's door."""
        return self.content.service_version(self.hash("service"), self.tx)

    def laws(self) -> Laws:
        """Return the legal basis."""
        return self.content.laws_version(self.hash("legal_basis"), self.tx)

    def agencies(self) -> Agencies:
        """Return the directory."""
        return self.content.agencies_version(self.hash("agencies"), self.tx)

    def form(self, form_id: str) -> Form:
        """Return a form by its id."""
        return self.content.form_version(self.hash("form", form_id), self.tx)

    def form_for(self, purpose: Purpose) -> Form:
        """Return the form that the service uses for a purpose."""
        return self.form(self.service().forms[purpose])

    def rule_set(self) -> RuleSet:
        """Return the service's rule set, typed against the assessment form in force."""
        service = self.service()
        return self.content.rule_set_version(
            self.hash("rule_set", service.rule_set),
            self.hash("form", service.forms["assessment"]),
            self.tx,
        )


class Content:
    """Reads documents from the store; threads share it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[tuple[str, ...], Any] = {}
        self._recorded: tuple[tuple[int, int], tuple[Event, ...]] = ((0, 0), ())
        self._reading = Lock()

    def in_force(self, at: datetime, tx: Transaction | None = None) -> InForce:
        """Return what is in force at a moment, past or future; within ``tx`` where there is one."""
        return InForce(self, at, documents.in_force(self.events(tx), at), tx)

    def live(self, at: datetime, tx: Transaction | None = None) -> InForce:
        """Return what is in force for whoever acts at ``at``.

        A clock that went back makes nothing un-happen: what was recorded counts, though the clock
        says that its moment is still to come.
        """
        events = self.events(tx)
        moment = max((at, *(event.at for event in events)))
        return InForce(self, at, documents.in_force(events, moment), tx)

    def events(self, tx: Transaction | None = None) -> tuple[Event, ...]:
        """Return what was recorded of every document, in that order."""
        with self._within(tx) as inner:
            state = lifecycle.state_of_events(inner)
            known, events = self._recorded
            if state != known:
                events = lifecycle.recorded(inner)
                if tx is None:  # what an open transaction sees may never be committed
                    self._recorded = state, events
        return events

    def service(self, at: datetime) -> Service:
        """Return this city's door at a moment. Raises NotFound before the first import."""
        return self.in_force(at).service()

    def form(self, form_id: str, at: datetime) -> Form:
        """Return the form in force at a moment. Raises NotFound."""
        return self.in_force(at).form(form_id)

    def rule_set(self, at: datetime) -> RuleSet:
        """Return the rule set in force at a moment. Raises NotFound."""
        return self.in_force(at).rule_set()

    def agencies(self, at: datetime) -> Agencies:
        """Return the directory in force at a moment. Raises NotFound."""
        return self.in_force(at).agencies()

    def laws(self, at: datetime) -> Laws:
        """Return the legal basis in force at a moment. Raises NotFound."""
        return self.in_force(at).laws()

    def service_version(self, version: str, tx: Transaction | None = None) -> Service:
        """Return a service document by its hash. Raises NotFound."""
        return self._kept(("service", version), lambda: service.read(self.json(version, tx)))

    def laws_version(self, version: str, tx: Transaction | None = None) -> Laws:
        """Return a legal basis by its hash. Raises NotFound."""
        return self._kept(("laws", version), lambda: laws.read(self.json(version, tx)))

    def agencies_version(self, version: str, tx: Transaction | None = None) -> Agencies:
        """Return a directory by its hash: what the case's decision was made with."""
        return self._kept(("agencies", version), lambda: directory.read(self.json(version, tx)))

    def form_version(self, version: str, tx: Transaction | None = None) -> Form:
        """Return a form by its hash: what a submission was made under."""
        return self._kept(("form", version), lambda: form_reading.read(self.json(version, tx)))

    def rule_set_version(
        self, version: str, form_version: str, tx: Transaction | None = None
    ) -> RuleSet:
        """Return a rule set by its hash, typed against the form that the answers were given to."""

        def read() -> RuleSet:
            facts = self.form_version(form_version, tx).facts
            return rule_reading.read(self.json(version, tx), facts)

        return self._kept(("rule_set", version, form_version), read)

    def json(self, version: str, tx: Transaction | None = None) -> Json:
        """Return a document as JSON, fresh. Raises NotFound."""
        with self._within(tx) as inner:
            return bytes_of.parse(documents.spelling(inner, version).data)

    @contextmanager
    def _within(self, tx: Transaction | None) -> Iterator[Transaction]:
        if tx is not None:
            yield tx
            return
        with self._store.reading() as own:
            yield own

    def once(self, key: tuple[str, ...], work_out: Callable[[], T]) -> T:
        """Return what follows from versions alone; ``key`` names what, and their hashes."""
        return self._kept(("once", *key), work_out)

    def _kept(self, key: tuple[str, ...], read: Callable[[], T]) -> T:
        found: T | None = self._read.get(key)
        if found is None:
            found = read()
            with self._reading:
                found = self._read.setdefault(key, found)
        return found
