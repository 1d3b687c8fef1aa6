"""What a document would say and promise, told while somebody still writes it; nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from satupintu import documents as bytes_of
from satupintu import translations
from satupintu.actions import differing, importing
from satupintu.actions.action import Act, action
from satupintu.actions.differing import Line
from satupintu.actions.folder import File
from satupintu.actions.importing import Incoming
from satupintu.actions.platform import Platform
from satupintu.documents import Json
from satupintu.errors import BadDocument, NotFound, Problem, Unavailable
from satupintu.people.actor import Actor
from satupintu.store import document_drafts

SECONDS = 8.0
"""How long a proof may take while somebody waits for it; the gate has more time."""


@dataclass(frozen=True)
class LookedOver:
    """A text as it stands: what is wrong with it, what it changes, what was proved of it.

    ``pair`` holds the rule set and the form that belong together, None where nothing can be proved
    or errors stand in the way. ``proof`` is a report of the prover; ``unproved`` says why there is
    none where there should be.
    """

    problems: tuple[Problem, ...] = ()
    changes: tuple[Line, ...] = ()
    pair: tuple[Json, Json] | None = None
    before: Json = None
    proof: Json = None
    unproved: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stands in the way of using the document."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """What only deserves a look."""
        return tuple(problem for problem in self.problems if problem.level != "error")


def look_over(
    platform: Platform, who: Actor, draft_id: str, data: bytes, language: str
) -> LookedOver:
    """Return what can be said about the text of a draft, saved or not. Raises NotFound.

    The proof is made outside any transaction.
    """
    found = _look_over(platform, who, draft_id, data, language)
    if found.pair is None:
        return found
    rule_set, form = found.pair
    try:
        proof = platform.prover.prove(draft_id, rule_set, form, found.before, seconds=SECONDS)
    except (BadDocument, Unavailable) as e:
        return replace(found, unproved=e.problems)
    return replace(found, proof=proof)


@action("documents.look_over", reads=True, trail=False)
def _look_over(act: Act, draft_id: str, data: bytes, language: str) -> LookedOver:
    draft = document_drafts.get(act.tx, draft_id)
    try:
        new = importing.incoming(draft.file, File(Path(draft.file), data, bytes_of.parse(data)))
    except BadDocument as e:
        return LookedOver(e.problems)
    if (new.kind, new.document_id) != (draft.kind, draft.document_id):
        other = Problem("drafts.other_document", {"id": draft.document_id})
        return LookedOver((other,))
    old = _in_force(act, new)
    problems = (
        *importing.problems([new], act.content),
        *(() if old is None else translations.outdated(old, new.document)),
    )
    changes = (
        () if old is None else differing.between(act.content, new.kind, old, new.document, language)
    )
    found = LookedOver(problems, changes)
    if found.errors:
        return found
    before = old if new.kind == "rule_set" else None
    return replace(found, pair=_pair(act, new), before=before)


def _in_force(act: Act, new: Incoming) -> Json:
    try:
        version = act.content.hash(new.kind, new.document_id)
    except NotFound:
        return None
    return act.content.content.json(version, act.tx)


def _pair(act: Act, new: Incoming) -> tuple[Json, Json] | None:
    now = act.content

    def of(version: str) -> Json:
        return now.content.json(version, act.tx)

    try:
        match new.kind:
            case "rule_set":
                return new.document, of(now.hash("form", new.document["form"]))
            case "form":
                rule_set = of(now.hash("rule_set", now.service().rule_set))
                return (rule_set, new.document) if rule_set["form"] == new.document_id else None
    except NotFound:
        return None
    return None
