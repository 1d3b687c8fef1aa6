"""A decision made once more under its own versions: the same, though a year went by."""

from __future__ import annotations

from dataclasses import dataclass

from satupintu.actions.action import Act, action
from satupintu.actions.cases import opened
from satupintu.cases.case import DecisionRecord
from satupintu.conditions.values import write_facts
from satupintu.errors import BadDocument, NotFound, Problem
from satupintu.forms.facts import facts
from satupintu.rules.decision import Decision
from satupintu.store import submissions


@dataclass(frozen=True)
class Reproduced:
    """What the versions that decided a case say of it now.

    ``same_facts`` says that the answers still give the facts that were kept, ``same`` that the
    decision is the kept one, to the last reason. ``decision`` is None where those versions could
    not be used together even then.
    """

    record: DecisionRecord
    decision: Decision | None
    same_facts: bool

    @property
    def same(self) -> bool:
        """Tell whether everything is as it was decided."""
        return self.same_facts and self.decision == self.record.decision


@action("decision.reproduce", reads=True)
def reproduce(act: Act, case_id: str, decision_id: str) -> Reproduced:
    """Decide a case again under the very versions that it was decided under.

    Nothing that is in force now is looked at, and nothing is changed. Raises NotFound, NotAllowed.
    """
    case = opened(act, case_id)
    records = submissions.decisions_of_case(act.tx, case.id)
    record = next((one for one in records if one.id == decision_id), None)
    if record is None:
        raise NotFound(Problem("store.not_found"))
    act.note("case", case_id, decision=record.id)
    sent = submissions.get(act.tx, record.submission_id)
    content = act.platform.content
    form = content.form_version(sent.form_hash, act.tx)
    found = facts(form, sent.answers)
    same_facts = write_facts(found) == dict(sent.facts)
    try:
        rule_set = content.rule_set_version(record.rule_set_hash, form.hash, act.tx)
    except BadDocument:
        return Reproduced(record, None, same_facts)
    verdict = act.platform.engines.live(rule_set, form.hash).decide(found)
    return Reproduced(record, verdict.decision if verdict.agrees else None, same_facts)
