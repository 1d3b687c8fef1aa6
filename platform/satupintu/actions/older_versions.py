"""Answers to older versions of a form: by way of which versions they come to a newer one."""

from __future__ import annotations

from collections.abc import Iterator

from satupintu.actions.content import Content, InForce
from satupintu.errors import BadDocument, NotFound, Problem
from satupintu.forms.document import Form
from satupintu.forms.migrating.comparing import SHORT
from satupintu.forms.migrating.comparing import problems as compared
from satupintu.forms.migrating.document import migrations
from satupintu.forms.migrating.way import way
from satupintu.rules import lifecycle
from satupintu.store import documents
from satupintu.store.open import Transaction


def problems(newer: Form, known: InForce) -> Iterator[Problem]:
    """Yield what is wrong with a form's migrations, and what they leave untold, by the versions
    that are kept: those that they name, and the one in force.
    """
    named = {one.source: one.where for one in migrations(newer)}
    for version, where in named.items():
        older = _kept(known, version)
        if older is None:
            params = {"version": version[:SHORT]}
            yield Problem("migrating.version_unknown", params, f"{where}/from", level="warning")
        else:
            yield from compared(older, newer)
    try:
        now = known.form(newer.id)
    except (NotFound, BadDocument):
        return  # the first version, or one in force that the gates speak of
    if now.hash != newer.hash and now.hash not in named:
        yield from compared(now, newer)


def way_of(content: Content, older: str, newer: Form, tx: Transaction) -> tuple[Form, ...]:
    """Return the versions that answers to ``older`` pass on their way to ``newer``.

    Between them count those that were kept after the older one and were in force at some time; a
    draft that never was has no answers. Raises NotFound where the store has no such version.
    """

    def read(version: str) -> Form:
        return content.form_version(version, tx)

    return way(read(older), newer, _between(content, older, newer, tx), read)


def _between(content: Content, older: str, newer: Form, tx: Transaction) -> list[str]:
    kept = [v.hash for v in documents.versions(tx) if (v.kind, v.document_id) == ("form", newer.id)]
    if older not in kept:
        return []
    after = kept[kept.index(older) + 1 :]
    if newer.hash in after:
        after = after[: after.index(newer.hash)]
    recorded = documents.by_document(content.events(tx)).get(("form", newer.id), ())
    passed = {span.version for span in lifecycle.spans(recorded)}
    return [version for version in after if version in passed]


def _kept(known: InForce, version: str) -> Form | None:
    try:
        return known.content.form_version(version, known.tx)
    except (NotFound, BadDocument, KeyError):
        return None
