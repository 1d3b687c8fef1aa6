"""Whether the documents that are in force together, now and later, fit each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from satupintu.actions import importing
from satupintu.actions.content import Content, InForce
from satupintu.actions.importing import Incoming
from satupintu.documents import Json, parse
from satupintu.errors import BadDocument, NotFound, Problem
from satupintu.rules import compatibility, lifecycle
from satupintu.rules.lifecycle import Event
from satupintu.store import documents
from satupintu.store.documents import DocumentKind
from satupintu.store.open import Transaction
from satupintu.words import languages, say

_READERS: tuple[DocumentKind, ...] = ("agencies", "rule_set", "service")
"""The kinds that name other documents; what they name is read with them."""


def problems(
    content: Content, events: Sequence[Event], since: datetime, tx: Transaction
) -> tuple[Problem, ...]:
    """Return what would not fit at ``since`` or at any later moment, by what is recorded.

    A problem of a rule names the rule; its pointer leads into the document that can no longer be
    used. Every version is one that the store keeps.
    """
    before = content.live(since, tx)
    found: dict[tuple[str, str | None, str], Problem] = {}
    seen: set[frozenset[str]] = set()
    for moment in lifecycle.moments_after(events, since):
        now = InForce(content, moment, documents.in_force(events, moment), tx)
        together = frozenset(p.version for p in now.published.values())
        if together not in seen:
            seen.add(together)
            for problem in _once(before, now, tx):
                found.setdefault((problem.key, problem.file, problem.pointer), problem)
    return tuple(found.values())


def _once(before: InForce, now: InForce, tx: Transaction) -> tuple[Problem, ...]:
    """Work out once in each process what the same versions say: the gate did so already."""
    forms = sorted(p.version for (kind, _), p in before.published.items() if kind == "form")
    together = sorted(p.version for p in now.published.values())
    key = ("fitting", *forms, "then", *together)
    return now.content.once(key, lambda: tuple(_of_moment(before, now, tx)))


def _of_moment(before: InForce, now: InForce, tx: Transaction) -> Iterator[Problem]:
    try:
        rule_set = now.service().rule_set
    except NotFound:
        return  # before the first import there is nothing to fit
    readers = [
        _incoming(tx, now, kind, document_id)
        for kind, document_id in now.published
        if kind in _READERS and (kind != "rule_set" or document_id == rule_set)
    ]
    for one in readers:
        if one.kind == "rule_set" and (unfit := tuple(_unfit(one, before, now))):
            yield from unfit
            return
    documents_by_file = {one.file: one.document for one in readers}
    for problem in importing.problems(readers, now):
        if not problem.warning:
            yield _named(problem, documents_by_file.get(problem.file or ""))


def _unfit(rule_set: Incoming, before: InForce, now: InForce) -> Iterator[Problem]:
    """Yield what the rules would no longer find in their form, by rule, question and change."""
    form_id = rule_set.document.get("form")
    try:
        new = now.form(form_id)
    except (NotFound, BadDocument):
        return  # said by whoever looks the form up
    try:
        old = before.form(form_id)
    except NotFound:
        old = new
    for problem in compatibility.problems(rule_set.document, old, new):
        yield problem.within(rule_set.file)


def _incoming(tx: Transaction, now: InForce, kind: DocumentKind, document_id: str) -> Incoming:
    spelling = documents.spelling(tx, now.hash(kind, document_id))
    return Incoming(kind, document_id, spelling.file, spelling.data, parse(spelling.data))


def _named(problem: Problem, document: Json) -> Problem:
    """Return a problem inside a rule with the rule's name in its sentence."""
    match problem.pointer.split("/"), document:
        case ["", ("rules" | "facts") as part, index, *_], {"rules": _} if index.isdigit():
            return of(document[part][int(index)]["id"], problem)
    return problem


def of(name: str, problem: Problem) -> Problem:
    """Return a problem with the rule or example that it is about before its sentence."""
    said = {
        language: say("lifecycle.of", language, name=name, problem=problem.sentence(language))
        for language in languages()
    }
    return replace(problem, text=said)
