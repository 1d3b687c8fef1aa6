"""What a rule set would have decided otherwise in the cases of the last period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from satupintu.actions.action import Act, action
from satupintu.conditions.values import Facts, read_facts
from satupintu.documents import Json
from satupintu.errors import BadAnswers, BadDocument
from satupintu.rules.decision import Decision
from satupintu.rules.readings.decide import Index
from satupintu.store import past

PERIOD = timedelta(days=365)
"""How far back the cases go that are decided again."""


@dataclass(frozen=True)
class OfAgency:
    """One agency: in how many cases it helps under the old rules and the new.

    ``sooner`` and ``later`` count the cases of both in which its deadline moves.
    """

    before: int = 0
    after: int = 0
    sooner: int = 0
    later: int = 0


@dataclass(frozen=True)
class Impact:
    """What changes between two rule sets over past cases; it names no case and holds no answer.

    ``unreadable`` counts the cases whose form one of the two rule sets cannot read.
    """

    new: str
    old: str
    since: datetime
    until: datetime
    cases: int
    changed: int
    unreadable: int
    agencies: Mapping[str, OfAgency]

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
        }


@action("documents.impact", reads=True)
def impact(act: Act, new: str, old: str, *, since: datetime) -> Impact:
    """Decide the cases since a moment by two rule sets and count what differs. Raises NotFound.

    Facts are opened in memory only; what comes out are counts.
    """
    work = _Counting(act, new, old)
    for assessed in past.assessed_since(act.tx, since):
        work.take(assessed)
    act.note("version", new, against=old, cases=work.cases)
    return Impact(
        new, old, since, act.at, work.cases, work.changed, work.unreadable, work.agencies()
    )


@dataclass
class _Counting:
    act: Act
    new: str
    old: str
    cases: int = 0
    changed: int = 0
    unreadable: int = 0
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    _pairs: dict[str, tuple[Index, Index] | None] = field(default_factory=dict)

    def take(self, assessed: past.Assessed) -> None:
        """Decide one case by both."""
        self.cases += 1
        pair = self._pair(assessed.form_hash)
        facts = None if pair is None else self._facts(assessed)
        if pair is None or facts is None:
            self.unreadable += 1
            return
        before, after = pair[0].decide(facts), pair[1].decide(facts)
        self.changed += not before.same_outcome(after)
        self._compare(before, after)

    def agencies(self) -> dict[str, OfAgency]:
        """Return what was counted, by agency."""
        codes = {code for code, _ in self.counted}
        kinds = ("before", "after", "sooner", "later")
        return {c: OfAgency(**{kind: self.counted[c, kind] for kind in kinds}) for c in codes}

    def _compare(self, before: Decision, after: Decision) -> None:
        old = {agency.agency: agency.within_hours for agency in before.agencies}
        new = {agency.agency: agency.within_hours for agency in after.agencies}
        for code in old.keys() | new.keys():
            self.counted[code, "before"] += code in old
            self.counted[code, "after"] += code in new
            if code in old and code in new:
                self.counted[code, "sooner"] += new[code] < old[code]
                self.counted[code, "later"] += new[code] > old[code]

    def _pair(self, form: str) -> tuple[Index, Index] | None:
        if form not in self._pairs:
            content, tx = self.act.platform.content, self.act.tx
            try:
                found = (
                    Index(content.rule_set_version(self.old, form, tx)),
                    Index(content.rule_set_version(self.new, form, tx)),
                )
            except BadDocument:
                self._pairs[form] = None
            else:
                self._pairs[form] = found
        return self._pairs[form]

    def _facts(self, assessed: past.Assessed) -> Facts | None:
        form = self.act.platform.content.form_version(assessed.form_hash, self.act.tx)
        try:
            return read_facts(dict(assessed.facts), form.facts)
        except BadAnswers:
            return None
