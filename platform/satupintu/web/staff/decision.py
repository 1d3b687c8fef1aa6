"""A decision with every reason: who comes, by when and why; what was ruled out; why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from satupintu import words
from satupintu.actions import decisions
from satupintu.actions.decisions import Reasoned
from satupintu.cases.referral import Referral
from satupintu.cases.routing import Changes
from satupintu.forms.vocabulary import FormVocabulary
from satupintu.rules.decision import AgencyDecision
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.staff.desk import Headline, desk, headline_of, seen
from satupintu.web.staff.reasons import Reasons, SaidReason


@dataclass(frozen=True)
class Asked:
    """One agency of a decision. ``held`` are its referrals that wait for consent."""

    decided: AgencyDecision
    due_at: datetime
    services: tuple[str, ...]
    reasons: tuple[SaidReason, ...]
    held: tuple[Referral, ...]
    told: bool
    consent_group: str | None


@dataclass(frozen=True)
class RuledOut:
    """An agency that is skipped, or a service that is not offered there."""

    agency: str
    service: str | None
    reasons: tuple[SaidReason, ...]


@desk.get("/kasus/<uuid:case_id>/keputusan")
@guarded_by("decision.read")
def decision(case_id: UUID) -> Response | str:
    """Show a decision; of a case in triage, the page where a person decides."""
    chosen = request.args.get("keputusan")
    found = decisions.read(frame.platform(), frame.who(), str(case_id), chosen)
    if found.record.decision is None or (found.case.state == "triage" and chosen is None):
        return redirect(url_for("staff.triage", case_id=case_id), 303)
    agency = request.args.get("instansi")
    others = [code for code in found.agencies if code not in _agencies(found)]
    reasons = Reasons(found)
    asked = list(_asked(found, reasons))
    return render_template(
        "staff/decision.html",
        found=found,
        case=found.case,
        asked=asked,
        first=min((one.due_at for one in asked), default=None),
        hours=lambda hours: words.say("staff.hours", frame.page_language(), count=hours),
        changes=None if found.changes is None else list(_changed(found.changes)),
        headline_reason=_headline(found, reasons),
        flags=list(_flags(found, reasons)),
        ruled_out=list(_ruled_out(found, reasons)),
        others=others,
        agency=agency if agency in others else None,
        why_not=reasons.why_not(agency) if agency is not None and agency in others else None,
    )


@desk.post("/kasus/<uuid:case_id>/keputusan/terapkan")
@guarded_by("decision.apply")
def apply(case_id: UUID) -> Response:
    """Make a proposed decision the one that holds."""
    chosen = request.form.get("decision", "")
    decisions.apply(frame.platform(), frame.who(), str(case_id), chosen, seen())
    return _to_decision(case_id)


@desk.post("/kasus/<uuid:case_id>/keputusan/ulang")
@guarded_by("decision.again")
def again(case_id: UUID) -> Response:
    """Decide the case again under the rules in force."""
    record = decisions.again(frame.platform(), frame.who(), str(case_id))
    if record.state == "trouble":
        return redirect(url_for("staff.triage", case_id=case_id, ulang=1), 303)
    return _to_decision(case_id)


def _changed(changes: Changes) -> Iterator[tuple[str, str, int]]:
    """Yield what applying a decision does: the kind of change, the agency, the hours it gets."""
    ended = {r.agency for r in changes.end}
    for route in changes.open:
        anew = route.agency in ended
        kind = "held" if route.way == "held" else "renewed" if anew else "referred"
        yield kind, route.agency, route.within_hours
    for agency in sorted(ended - {route.agency for route in changes.open}):
        yield "ended", agency, 0
    for referral in changes.no_longer_asked:
        yield "stays", referral.agency, 0


def _to_decision(case_id: UUID) -> Response:
    return redirect(url_for("staff.decision", case_id=case_id), 303)


def _agencies(found: Reasoned) -> Mapping[str, AgencyDecision]:
    decided = found.record.decision
    return {} if decided is None else {a.agency: a for a in decided.agencies}


def _asked(found: Reasoned, reasons: Reasons) -> Iterator[Asked]:
    language = frame.page_language()
    for decided in _agencies(found).values():
        agency = found.agencies[decided.agency]
        ours = [
            r
            for r in found.referrals
            if r.agency == decided.agency and r.decision_id == found.record.id
        ]
        group = agency.sharing_group
        yield Asked(
            decided=decided,
            due_at=found.start + timedelta(hours=decided.within_hours),
            services=tuple(
                words.pick(agency.services[s.service], language) for s in decided.services
            ),
            reasons=reasons.of(decided.rules),
            held=tuple(r for r in ours if r.state == "held"),
            told=any(r.to_be_told for r in ours if r.state != "held"),
            consent_group=None if group is None else _group(found, group),
        )


def _group(found: Reasoned, group: str) -> str:
    vocabulary = FormVocabulary(found.form)
    titles = (
        vocabulary.option(question.name, group, frame.page_language())
        for question in found.form.with_role("consent_sharing")
    )
    return next(titles, group)


def _headline(found: Reasoned, reasons: Reasons) -> tuple[Headline, SaidReason] | None:
    """Return the headline in words, with why it is so."""
    decided = found.record.decision
    for because in reasons.derived():
        fact = because.fact
        if fact.headline and decided is not None and fact.id in decided.derived:
            return headline_of(fact, decided.derived[fact.id]), reasons.because(because)
    return None


def _flags(
    found: Reasoned, reasons: Reasons
) -> Iterator[tuple[str, str | None, tuple[SaidReason, ...]]]:
    """Yield each flag that was raised: its title, its effect, the rules that raised it."""
    decided = found.record.decision
    if found.ruleset is None or decided is None:
        return
    for flag in (found.ruleset.flags[one] for one in decided.flags):
        title = words.pick(flag.title, frame.page_language())
        yield title, flag.effect, reasons.of_flag(flag.id)


def _ruled_out(found: Reasoned, reasons: Reasons) -> Iterator[RuledOut]:
    decided = found.record.decision
    if decided is None:
        return
    rules: dict[tuple[str, str | None], list[str]] = {}
    for forbidden in decided.forbidden:
        rules.setdefault((forbidden.agency, forbidden.service), []).append(forbidden.rule)
    for excluded in decided.excluded:
        rules.setdefault((excluded.agency, None), []).append(excluded.rule)
    language = frame.page_language()
    for (agency, service), named in rules.items():
        title = None
        if service is not None and agency in found.agencies:
            title = words.pick(found.agencies[agency].services[service], language)
        yield RuledOut(agency, title, reasons.of(named))
