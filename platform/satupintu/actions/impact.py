"""What a rule set would have decided otherwise in the cases of the last period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from satupintu.actions.action import Act, action
from satupintu.conditions.values import Facts, read_facts
from satupintu.documents import Json
from satupintu.errors import BadAnswers, BadDocument
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.replay import cases as of_cases
from satupintu.rules.readings.replay import impact as replayed
from satupintu.rules.readings.replay.impact import Change, OfAgency
from satupintu.rules.readings.replay.layout import monday
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
    for form, several in by_form.items():
        pair = _pair(act, old, new, form)
        readable = [] if pair is None else list(_dated(act, form, several))
        unreadable += len(several) - len(readable)
        if pair is not None:
            parts.append(_over(pair, readable))
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
        tuple(replace(change, facts={}) for change in found.changes),
        found.kinds,
    )


def _over(pair: tuple[RuleSet, RuleSet], cases: list[tuple[date, Facts]]) -> replayed.Impact:
    types = replayed.read_by(*pair)
    read = ((week, {n: v for n, v in facts.items() if n in types}) for week, facts in cases)
    with of_cases.held(types, read) as (engine, table):
        return replayed.impact(*pair, engine, table)


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


def _dated(act: Act, form: str, several: list[past.Assessed]) -> Iterator[tuple[date, Facts]]:
    """Yield the facts that the form still reads, each with its week on the service's clock."""
    types = act.platform.content.form_version(form, act.tx).facts
    zone = act.content.service().zone
    for assessed in several:
        try:
            facts = read_facts(dict(assessed.facts), types)
        except BadAnswers:
            continue
        yield monday(assessed.submitted_at.astimezone(zone)), facts
