"""Each live decision: the engine decides, the index checks, and any doubt goes to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from satupintu.conditions.values import Facts
from satupintu.errors import Problem
from satupintu.rules.decision import Decision
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.decide import Index
from satupintu.rules.readings.execute.trouble import EngineTrouble, Trouble

ENGINE = "durable_rules"

log = structlog.get_logger(__name__)


class Decides(Protocol):
    """What runs live decisions."""

    def decide(self, facts: Facts) -> Decision:
        """Return the decision for ``facts``. Raises EngineTrouble."""

    def close(self) -> None:
        """Give back what is held."""


@dataclass(frozen=True)
class Verdict:
    """A decision and whether it may be acted upon.

    ``decision`` is the engine's; where the engine said nothing it is the index's, ``other``, for a
    person to look at. Only a verdict that ``agrees`` is acted upon; ``trouble`` says why not.
    """

    decision: Decision
    agrees: bool
    trouble: Trouble | None
    other: Decision

    @property
    def problem(self) -> Problem | None:
        """What staff are told where a person must decide."""
        return None if self.trouble is None else Problem(f"rules.engine_{self.trouble}")

    def to_json(self) -> dict[str, Any]:
        """Return what ``satupintu decide`` prints."""
        return {**self.decision.to_json(), "engine": ENGINE, "agrees": self.agrees}


class Live:
    """A rule set with the engine that runs it and the index that checks every decision."""

    def __init__(self, ruleset: RuleSet, engine: Decides) -> None:
        self.ruleset = ruleset
        self._engine = engine
        self._index = Index(ruleset)

    def decide(self, facts: Facts) -> Verdict:
        """Return the verdict for ``facts``; an engine that fails is a verdict too."""
        other = self._index.decide(facts)
        try:
            decision = self._engine.decide(facts)
        except EngineTrouble as e:
            return Verdict(other, agrees=False, trouble=e.what, other=other)
        except Exception as e:  # noqa: BLE001  whatever the engine does, the case reaches a person
            # Only the kind of error: its words may hold answers.
            log.error("engine_failed", rule_set=self.ruleset.hash, error=type(e).__name__)
            return Verdict(other, agrees=False, trouble="failed", other=other)
        if decision != other:
            return Verdict(decision, agrees=False, trouble="differs", other=other)
        return Verdict(decision, agrees=True, trouble=None, other=other)

    def close(self) -> None:
        """Give back what the engine holds."""
        self._engine.close()
