"""A whole explanation as lines of text: of one agency, or of everything that was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from satupintu import words
from satupintu.rules.decision import AgencyDecision
from satupintu.rules.readings.explain.change import Change
from satupintu.rules.readings.explain.reasons import Explanation, Reason, WhyNot
from satupintu.rules.readings.explain.words import SaidUnasked, Speaker

INDENT = "  "


def decision(explanation: Explanation, speaker: Speaker) -> Iterator[str]:
    """Yield a decision in words: derived facts, agencies by deadline, what is ruled out, flags."""
    for because in explanation.derived:
        yield speaker.because(because)
    if not explanation.decision.agencies:
        yield _say(speaker, "nobody")
    for agency in explanation.decision.agencies:
        yield from receives(agency, explanation, speaker)
    for excluded in dict.fromkeys(e.agency for e in explanation.decision.excluded):
        rules = [e.rule for e in explanation.decision.excluded if e.agency == excluded]
        yield _say(speaker, "excluded", agency=speaker.agency(excluded))
        yield from _reasons(explanation.of(rules), speaker)
    for at, service in dict.fromkeys((f.agency, f.service) for f in explanation.decision.forbidden):
        rules = [
            f.rule for f in explanation.decision.forbidden if (f.agency, f.service) == (at, service)
        ]
        yield _say(
            speaker,
            "forbidden",
            agency=speaker.agency(at),
            service=speaker.service(at, service),
        )
        yield from _reasons(explanation.of(rules), speaker)
    for flag in explanation.decision.flags:
        title = words.pick(speaker.ruleset.flags[flag].title, speaker.language)
        yield _say(speaker, "flag", title=title)
        yield from _reasons(explanation.of_flag(flag), speaker)


def receives(agency: AgencyDecision, explanation: Explanation, speaker: Speaker) -> Iterator[str]:
    """Yield why one agency receives the case: its services, by when, and every reason."""
    services = [speaker.service(agency.agency, s.service) for s in agency.services]
    yield _say(
        speaker,
        "receives",
        count=agency.within_hours,
        agency=speaker.agency(agency.agency),
        services=_say(speaker, "comma").join(services),
    )
    yield from _reasons(explanation.of(agency.rules), speaker)


def lacks(found: WhyNot, change: Change | None, speaker: Speaker) -> Iterator[str]:
    """Yield why an agency does not receive the case, and what would have changed that."""
    name = speaker.agency(found.agency)
    yield _say(speaker, "lacks" if found.rules else "lacks_rules", agency=name)
    for one in found.rules:
        yield INDENT + unasked(speaker.unasked(one), speaker)
    for because in found.derived:
        yield INDENT + speaker.because(because)
    if found.rules:
        yield _say(speaker, "no_change") if change is None else speaker.change(change)


def unasked(one: SaidUnasked, speaker: Speaker) -> str:
    """Return what one rule missed, as one sentence."""
    if one.missing:
        missing = _say(speaker, "comma").join(one.missing)
        return _say(speaker, "rule_asks", rule=one.rule, title=one.title, missing=missing)
    if one.barred_by:
        by = _say(speaker, "comma").join(one.barred_by)
        return _say(speaker, "rule_barred", rule=one.rule, title=one.title, by=by)
    return _say(speaker, "rule_true", rule=one.rule, title=one.title)


def _reasons(reasons: Iterable[Reason], speaker: Speaker) -> Iterator[str]:
    for reason in reasons:
        said = speaker.reason(reason)
        yield INDENT + _say(speaker, "reason", rule=said.rule, why=said.why)
        if said.condition:
            yield INDENT * 2 + _say(speaker, "reason_condition", condition=said.condition)
        if said.basis:
            basis = _say(speaker, "comma").join(said.basis)
            yield INDENT * 2 + _say(speaker, "reason_basis", basis=basis)


def _say(speaker: Speaker, phrase: str, **params: object) -> str:
    return words.say(f"explain.{phrase}", speaker.language, **params)
