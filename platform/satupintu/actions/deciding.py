"""From answers to a verdict: what the rules in force say, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import structlog

from satupintu.actions.content import InForce
from satupintu.actions.engines import Engines
from satupintu.cases.case import DecisionRecord, DecisionState, Submission
from satupintu.cases.consent import agreed
from satupintu.cases.flags import Effects, effects
from satupintu.cases.routing import Route, routes
from satupintu.conditions.values import write_facts
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms.document import Form
from satupintu.forms.facts import facts
from satupintu.rules.decision import Decision
from satupintu.rules.document import RuleSet
from satupintu.rules.live import ENGINE, Verdict

_log = structlog.get_logger(__name__)

UNFIT = "unfit"
"""The trouble of a rule set in force that cannot read the form version of the answers."""


@dataclass(frozen=True)
class Decided:
    """What the rules said about one set of answers, with the versions that said it.

    ``verdict`` is None where the rule set in force cannot read this form version at all; then, and
    where the engines differ or fail, ``sure`` is False and a person routes the case.
    """

    facts: Mapping[str, Json]
    rule_set_hash: str
    agencies_hash: str
    ruleset: RuleSet | None
    verdict: Verdict | None

    @property
    def sure(self) -> bool:
        """Tell whether this may be acted upon without a person."""
        return self.verdict is not None and self.verdict.agrees

    @property
    def decision(self) -> Decision | None:
        """What was decided, for a person to look at even where the engines differ."""
        return None if self.verdict is None else self.verdict.decision

    @cached_property
    def effects(self) -> Effects:
        """What the raised flags ask for."""
        if self.ruleset is None or self.decision is None:
            return Effects()
        return effects(self.ruleset.flags, self.decision, self.facts)

    @property
    def headline(self) -> str | None:
        """The value of the decision's headline fact."""
        if self.ruleset is None or self.decision is None:
            return None
        shown = [f.id for f in self.ruleset.facts if f.headline]
        return self.decision.derived.get(shown[0]) if shown else None

    def record(
        self, record_id: str, submission: Submission, state: DecisionState
    ) -> DecisionRecord:
        """Return the decision as the case keeps it; one that is not sure is trouble."""
        verdict = self.verdict
        return DecisionRecord(
            id=record_id,
            case_id=submission.case_id,
            submission_id=submission.id,
            rule_set_hash=self.rule_set_hash,
            agencies_hash=self.agencies_hash,
            state=state if self.sure else "trouble",
            decision=self.decision,
            engine=ENGINE,
            agrees=self.sure,
            trouble=UNFIT if verdict is None else verdict.trouble,
            decided_at=submission.submitted_at,
            decided_by=submission.submitted_by,
        )

    def routes(
        self, form: Form, answers: Mapping[str, Json], content: InForce
    ) -> tuple[Route, ...]:
        """Return the referrals to open; none where this is not sure."""
        if not self.sure or self.decision is None:
            return ()
        agencies = content.content.agencies_version(self.agencies_hash, content.tx)
        return routes(self.decision, agencies, agreed(form, answers), self.effects.head_only)


def decide(content: InForce, engines: Engines, form: Form, answers: Mapping[str, Json]) -> Decided:
    """Return what the rule set in force says about valid answers. Never raises for an engine."""
    found = facts(form, answers)
    given = write_facts(found)
    rule_set_hash = content.hash("rule_set", content.service().rule_set)
    agencies_hash = content.hash("agencies")
    try:
        ruleset = content.content.rule_set_version(rule_set_hash, form.hash, content.tx)
    except BadDocument as e:
        keys = sorted({p.key for p in e.problems})
        _log.error("rule_set_unfit", rule_set=rule_set_hash, form=form.hash, problems=keys)
        return Decided(given, rule_set_hash, agencies_hash, None, None)
    verdict = engines.live(ruleset, form.hash).decide(found)
    return Decided(given, rule_set_hash, agencies_hash, ruleset, verdict)
