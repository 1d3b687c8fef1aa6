"""Explain a decision from documents and facts alone, as lines of text or as a JSON object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from satupintu import words
from satupintu.actions.folder import Folder
from satupintu.conditions.nearest import or_nearest
from satupintu.conditions.values import Facts, write_facts
from satupintu.documents import Json
from satupintu.errors import NotFound, Problem
from satupintu.rules import plain
from satupintu.rules.decision import AgencyDecision
from satupintu.rules.document import RuleSet
from satupintu.rules.readings.explain import (
    Change,
    Edit,
    Explanation,
    Reason,
    WhyNot,
    explain,
    smallest_change,
    telling,
    why_not,
)
from satupintu.rules.readings.explain.words import SaidReason, Speaker


@dataclass(frozen=True)
class Explained:
    """One case, decided by the plain meaning, with whoever speaks of it."""

    explanation: Explanation
    speaker: Speaker

    def whole(self) -> Iterator[str]:
        """Yield the whole decision in words."""
        return telling.decision(self.explanation, self.speaker)

    def agency(self, code: str) -> Iterator[str]:
        """Yield why an agency receives the case, or why not. Raises NotFound for an unknown one."""
        received = self._received(code)
        if received is not None:
            return telling.receives(received, self.explanation, self.speaker)
        return telling.lacks(self._why_not(code), self._change(code), self.speaker)

    def whole_json(self) -> dict[str, Json]:
        """Return the whole decision with its reasons."""
        found, speaker = self.explanation, self.speaker
        return {
            "facts": [
                {
                    "fact": b.fact.id,
                    "value": b.value,
                    "case": None if b.case is None else b.case.id,
                    "sentence": speaker.because(b),
                }
                for b in found.derived
            ],
            "referrals": [self._received_json(agency) for agency in found.decision.agencies],
            "excluded": [
                {"agency": e.agency, "reasons": self._reasons(found.of([e.rule]))}
                for e in found.decision.excluded
            ],
            "forbidden": [
                {
                    "agency": f.agency,
                    "service": f.service,
                    "reasons": self._reasons(found.of([f.rule])),
                }
                for f in found.decision.forbidden
            ],
            "flags": [
                {
                    "flag": flag,
                    "title": words.pick(speaker.ruleset.flags[flag].title, speaker.language),
                    "reasons": self._reasons(found.of_flag(flag)),
                }
                for flag in found.decision.flags
            ],
        }

    def agency_json(self, code: str) -> dict[str, Json]:
        """Return why an agency receives the case, or why not and what would change it."""
        received = self._received(code)
        if received is not None:
            return {"referred": True, **self._received_json(received)}
        found, change = self._why_not(code), self._change(code)
        return {
            "referred": False,
            "agency": code,
            "rules": [
                {
                    "rule": one.rule.id,
                    "title": words.pick(one.rule.title, self.speaker.language),
                    "missing": [
                        {
                            "sentence": self.speaker.missing(part),
                            "holds": part.holds,
                            "reads": list(part.reads),
                        }
                        for part in one.missing
                    ],
                    "barred_by": [rule.id for rule in one.barred_by],
                }
                for one in found.rules
            ],
            "because": [self.speaker.because(b) for b in found.derived],
            "change": None if change is None else self._change_json(change),
        }

    def _received(self, code: str) -> AgencyDecision | None:
        received = {a.agency: a for a in self.explanation.decision.agencies}
        if code not in received:
            self._look_up(code)
        return received.get(code)

    def _look_up(self, code: str) -> None:
        ruleset, agencies = self.speaker.ruleset, self.speaker.agencies
        known = {o.agency for rule in ruleset.rules for o in rule.refer} | set(agencies or ())
        if code not in known:
            raise NotFound(Problem(*or_nearest("explain.agency_unknown", code, sorted(known))))

    def _why_not(self, code: str) -> WhyNot:
        return why_not(self.speaker.ruleset, self.explanation.facts, code)

    def _change(self, code: str) -> Change | None:
        return smallest_change(
            self.speaker.ruleset, self.explanation.facts, code, self.speaker.form
        )

    def _received_json(self, agency: AgencyDecision) -> dict[str, Json]:
        return {
            "agency": agency.agency,
            "name": self.speaker.agency(agency.agency),
            "within_hours": agency.within_hours,
            "services": [
                {"service": s.service, "title": self.speaker.service(agency.agency, s.service)}
                for s in agency.services
            ],
            "reasons": self._reasons(self.explanation.of(agency.rules)),
        }

    def _reasons(self, reasons: Iterable[Reason]) -> list[Json]:
        return [_reason_json(self.speaker.reason(reason)) for reason in reasons]

    def _change_json(self, change: Change) -> dict[str, Json]:
        return {
            "sentence": self.speaker.change(change),
            "edits": [_edit_json(edit) for edit in change.edits],
            "facts": write_facts(change.facts),
            "asked": change.asked,
        }


def explained(folder: Folder, ruleset: RuleSet, facts: Facts, language: str) -> Explained:
    """Decide ``facts`` by the plain meaning; titles come from what stands beside the rule set."""
    decision = plain.decide(ruleset, facts)
    found = explain(ruleset, facts, decision)
    speaker = Speaker(
        ruleset=ruleset,
        form=folder.form(ruleset.form),
        facts=found.facts,
        language=language,
        agencies=folder.agencies,
        laws=folder.laws,
        zone=folder.zone,
    )
    return Explained(found, speaker)


def _reason_json(said: SaidReason) -> dict[str, Json]:
    return {
        "rule": said.rule,
        "why": said.why,
        "condition": said.condition,
        "basis": list(said.basis),
    }


def _edit_json(edit: Edit) -> dict[str, Json]:
    return {
        "fact": edit.fact,
        "before": _value_json(edit.fact, edit.before),
        "after": _value_json(edit.fact, edit.after),
    }


def _value_json(name: str, value: object) -> Json:
    return None if value is None else write_facts({name: value})[name]  # type: ignore[dict-item]
