"""What becomes of the stored answers when a version of a form comes into force: counts only."""

from __future__ import annotations

import time
from dataclasses import dataclass

from satupintu import documents as bytes_of
from satupintu.actions.action import Act, action
from satupintu.actions.older_versions import problems, way_of
from satupintu.errors import NotFound, Problem
from satupintu.forms import reading
from satupintu.forms.document import Form
from satupintu.forms.migrating import migrate_along
from satupintu.forms.migrating.counting import Counted, Counting
from satupintu.forms.migrating.document import Step, from_version
from satupintu.store import document_drafts, documents, past

SECONDS = 12.0
"""How long somebody waits for the counts; what was not looked at by then is said."""


@dataclass(frozen=True)
class OlderVersion:
    """One older version with answers: by way of which versions they come, and how many there are.

    ``number`` counts the versions of the document as pages do. ``through`` are the numbers of those
    between, ``steps`` what the newest version says of it; none where ``x-id`` alone tells.
    """

    hash: str
    number: int
    stored: int
    through: tuple[int, ...]
    steps: tuple[Step, ...]
    form: Form


@dataclass(frozen=True)
class StoredAnswers:
    """What becomes of the answers to every older version; it names no case and holds no answer.

    Only ``counted.looked`` of the ``stored`` were looked at where the time did not suffice, the
    newest first. ``problems`` are what is wrong with the migrations or left untold.
    """

    newer: Form
    versions: tuple[OlderVersion, ...]
    stored: int
    counted: Counted
    problems: tuple[Problem, ...]


@action("documents.stored_answers", reads=True)
def of_version(act: Act, version: str, seconds: float = SECONDS) -> StoredAnswers:
    """Migrate the stored answers to a kept version and count. Raises NotFound, BadDocument.

    Answers are opened in memory only; what comes out are counts.
    """
    kept = documents.get(act.tx, version)
    if kept.kind != "form":
        raise NotFound(Problem("migrating.no_form"))
    found = _counted(act, act.platform.content.form_version(version, act.tx), seconds)
    act.note("version", version, answers=found.counted.looked, fit=found.counted.fit)
    return found


@action("documents.stored_answers_of_draft", reads=True)
def of_draft(act: Act, draft_id: str, seconds: float = SECONDS) -> StoredAnswers:
    """Migrate the stored answers to a draft as it was last saved, and count, as above."""
    draft = document_drafts.get(act.tx, draft_id)
    if draft.kind != "form":
        raise NotFound(Problem("migrating.no_form"))
    found = _counted(act, reading.read(bytes_of.parse(draft.data)), seconds)
    act.note("document_draft", draft_id, answers=found.counted.looked, fit=found.counted.fit)
    return found


def _counted(act: Act, newer: Form, seconds: float) -> StoredAnswers:
    ends = time.monotonic() + seconds
    content = act.platform.content
    numbers = _numbers(act, newer.id)
    stored = past.count_under(act.tx, numbers.keys() - {newer.hash})
    ways = {version: way_of(content, version, newer, act.tx) for version in stored}
    counting = Counting(newer)
    for sent in past.sent_under(act.tx, stored.keys()):
        forms = ways[sent.form_hash]
        counting.add(forms[0], migrate_along(forms, sent.answers))
        if time.monotonic() > ends:
            break
    counted = counting.counted()
    versions = (
        OlderVersion(
            hash=version,
            number=numbers[version],
            stored=count,
            through=tuple(numbers[form.hash] for form in ways[version][1:-1]),
            steps=found.steps if (found := from_version(newer, version)) is not None else (),
            form=ways[version][0],
        )
        for version, count in stored.items()
    )
    return StoredAnswers(
        newer,
        tuple(sorted(versions, key=lambda one: -one.number)),
        sum(stored.values()),
        counted,
        tuple(problems(newer, act.content)),
    )


def _numbers(act: Act, form_id: str) -> dict[str, int]:
    versions = documents.versions(act.tx)
    here = (v.hash for v in versions if (v.kind, v.document_id) == ("form", form_id))
    return {version: number for number, version in enumerate(here, 1)}
