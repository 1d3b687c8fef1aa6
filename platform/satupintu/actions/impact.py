"""What a rule set would have decided otherwise in the cases of the last period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from satupintu.actions.action import Act, action
from satupintu.actions.past_facts import dated
from satupintu.conditions.values import Facts
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms.document import Form
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.replay import cases as of_cases
from satupintu.rules.readings.replay import impact as replayed
from satupintu.rules.readings.replay.impact import Change, OfAgency
from satupintu.rules.readings.replay.impact import Impact as Replayed
from satupintu.rules.readings.replay.progress import Progress, untold
from satupintu.store import past

PERIOD = timedelta(days=365)
"""How far back the cases go that are decided again."""


@dataclass(frozen=True)
class Impact:
    """What changes between two rule sets over past cases; it names no case and holds no answer.

    ``unreadable`` counts the cases whose form one of the two rule sets cannot read. ``changes`` are
    the most frequent ways in which a case is decided otherwise, ``kinds`` counts them all.
    """

    new: str
    old: str
    since: datetime
    until: datetime
    cases: int
    changed: int
    unreadable: int
    agencies: Mapping[str, OfAgency]
    changes: tuple[Change, ...] = ()
    kinds: int = 0

    def to_json(self) -> dict[str, Json]:
        """Return what is kept beside the version."""
        return {
            "new": self.new,
            "old": self.old,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "cases": self.cases,
            "changed": self.changed,
            "unreadable": self.unreadable,
            "agencies": {code: asdict(one) for code, one in sorted(self.agencies.items())},
            "changes": [
                {"cases": change.cases, "moves": [asdict(move) for move in change.moves]}
                for change in self.changes
            ],
        }


@action("documents.impact", reads=True)
def impact(act: Act, new: str, old: str, *, since: datetime) -> Impact:
    """Decide the cases since a moment by two rule sets and count what differs. Raises NotFound.

    Facts are opened in memory only; what comes out are counts.
    """
    by_form: dict[str, list[past.Assessed]] = {}
    for assessed in past.assessed_since(act.tx, since):
        by_form.setdefault(assessed.form_hash, []).append(assessed)
    parts, unreadable = [], 0
    for version, several in by_form.items():
        pair = _pair(act, old, new, version)
        form = act.platform.content.form_version(version, act.tx)
        readable = [] if pair is None else list(dated(act, form, several))
        unreadable += len(several) - len(readable)
        if pair is not None:
            parts.append(_over(*pair, readable))
    found = replayed.together(parts)
    act.note("version", new, against=old, cases=found.cases + unreadable)
    return Impact(
        new,
        old,
        since,
        act.at,
        found.cases + unreadable,
        found.changed,
        unreadable,
        {code: one for code, one in found.agencies.items() if one.before or one.after},
        found.changes,
        found.kinds,
    )


@action("documents.replay", reads=True)
def replay(act: Act, old: RuleSet, new: RuleSet, form: Form, progress: Progress) -> Replayed:
    """Replay two rule sets, kept or not, over the cases of the last period; it shows no case."""
    cases = dated(act, form, past.assessed_since(act.tx, act.at - PERIOD))
    found = _over(old, new, cases, progress)
    act.note("version", new.hash, against=old.hash, cases=found.cases)
    return found


def _over(
    old: RuleSet,
    new: RuleSet,
    cases: Iterable[tuple[date, Facts]],
    progress: Progress = untold,
) -> Replayed:
    """Replay cases in memory; the facts of those that stand for a change are left out."""
    with of_cases.held(replayed.read_by(old, new), cases) as (engine, table):
        found = replayed.impact(old, new, engine, table, progress)
    return replace(found, changes=tuple(replace(change, facts={}) for change in found.changes))


def _pair(act: Act, old: str, new: str, form: str) -> tuple[RuleSet, RuleSet] | None:
    """Return both rule sets as they read a form, None where one of them can't."""
    content, tx = act.platform.content, act.tx
    try:
        return (
            content.rule_set_version(old, form, tx),
            content.rule_set_version(new, form, tx),
        )
    except BadDocument:
        return None
