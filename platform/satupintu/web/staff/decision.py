"""A decision with every reason: who comes, by when and why; what was ruled out; why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from satupintu import words
from satupintu.actions import decisions
from satupintu.actions.decisions import Reasoned
from satupintu.agencies.laws import cite
from satupintu.cases.access import sensitivity
from satupintu.cases.referral import Referral
from satupintu.cases.routing import Changes
from satupintu.conditions.sentence import sentence
from satupintu.forms import questions
from satupintu.forms.document import SENSITIVITIES
from satupintu.forms.facts import at
from satupintu.forms.vocabulary import FormVocabulary
from satupintu.rules.decision import AgencyDecision
from satupintu.rules.document import Rule
from satupintu.rules.readings.explain import Unasked, because, why_not
from satupintu.rules.vocabulary import RuleVocabulary
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.staff.desk import Headline, desk, headline_of, seen


@dataclass(frozen=True)
class Reason:
    """One rule as a reason: what it says, and what stands behind it."""

    why: str
    basis: str


@dataclass(frozen=True)
class Asked:
    """One agency of a decision. ``held`` are its referrals that wait for consent."""

    decided: AgencyDecision
    due_at: datetime
    services: tuple[str, ...]
    reasons: tuple[Reason, ...]
    held: tuple[Referral, ...]
    told: bool
    consent_group: str | None


@dataclass(frozen=True)
class RuledOut:
    """An agency that is skipped, or a service that is not offered there."""

    agency: str
    service: str | None
    reasons: tuple[Reason, ...]


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
    asked = list(_asked(found))
    return render_template(
        "staff/decision.html",
        found=found,
        case=found.case,
        asked=asked,
        first=min((one.due_at for one in asked), default=None),
        hours=lambda hours: words.say("staff.hours", frame.page_language(), count=hours),
        changes=None if found.changes is None else list(_changed(found.changes)),
        headline_reason=_headline(found),
        flags=list(_flags(found)),
        ruled_out=list(_ruled_out(found)),
        others=others,
        agency=agency if agency in others else None,
        why_not=list(_why_not(found, agency)) if agency in others else [],
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


def _asked(found: Reasoned) -> Iterator[Asked]:
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
            reasons=tuple(_reasons(found, decided.rules)),
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


def _reasons(found: Reasoned, rules: Iterable[str]) -> Iterator[Reason]:
    wanted = set(rules)
    for rule in found.ruleset.rules if found.ruleset is not None else ():
        if rule.id in wanted:
            yield _reason(found, rule)


def _reason(found: Reasoned, rule: Rule) -> Reason:
    language = frame.page_language()
    cited = [cite(basis, found.laws, language) for basis in rule.basis]
    return Reason(words.pick(rule.why, language), ", ".join([rule.id, *cited]))


def _headline(found: Reasoned) -> tuple[Headline, str] | None:
    """Return the headline in words, with why it is so."""
    decided = found.record.decision
    for fact in found.ruleset.facts if found.ruleset is not None else ():
        if fact.headline and decided is not None and fact.id in decided.derived:
            case = because(fact, found.facts)
            why = fact.otherwise_why if case is None else case.why
            shown = headline_of(fact, decided.derived[fact.id])
            return shown, words.pick(why, frame.page_language())
    return None


def _flags(found: Reasoned) -> Iterator[tuple[str, str | None, tuple[Reason, ...]]]:
    """Yield each flag that was raised: its title, its effect, the rules that raised it."""
    decided = found.record.decision
    if found.ruleset is None or decided is None:
        return
    for flag in (found.ruleset.flags[one] for one in decided.flags):
        raised = [r.id for r in found.ruleset.rules if r.id in decided.rules and flag.id in r.flag]
        title = words.pick(flag.title, frame.page_language())
        yield title, flag.effect, tuple(_reasons(found, raised))


def _ruled_out(found: Reasoned) -> Iterator[RuledOut]:
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
        yield RuledOut(agency, title, tuple(_reasons(found, named)))


@dataclass(frozen=True)
class Missing:
    """One rule that would refer to the agency asked about.

    ``parts`` are what it asks and did not find: a sentence with the answers behind it.
    """

    rule: str
    why: str
    parts: tuple[tuple[str, str], ...]
    barred_by: tuple[str, ...]


def _why_not(found: Reasoned, agency: str | None) -> Iterator[Missing]:
    if found.ruleset is None or agency is None:
        return
    vocabulary = RuleVocabulary(found.ruleset, FormVocabulary(found.form))
    language = frame.page_language()
    for unasked in why_not(found.ruleset, found.facts, agency):
        yield Missing(
            rule=unasked.rule.id,
            why=words.pick(unasked.rule.title, language),
            parts=tuple(
                (sentence(part.condition, vocabulary, language), _answers(found, part.reads))
                for part in unasked.missing
            ),
            barred_by=_barred(unasked),
        )


def _barred(unasked: Unasked) -> tuple[str, ...]:
    return tuple(rule.id for rule in unasked.barred_by)


def _answers(found: Reasoned, names: tuple[str, ...]) -> str:
    """Return the answers that a part of a rule was read from; a covered one stays covered."""
    language = frame.page_language()
    said = []
    for name in names:
        title, value = _answer(found, name)
        said.append(value if len(names) == 1 else f"{title}: {value}")
    return words.say("staff.answer", language, answer="; ".join(said))


def _answer(found: Reasoned, name: str) -> tuple[str, str]:
    language = frame.page_language()
    question = found.form.questions.get(name)
    if question is None:
        ruleset, value = found.ruleset, str(found.facts.get(name, ""))
        if ruleset is None:
            return name, value
        vocabulary = RuleVocabulary(ruleset, FormVocabulary(found.form))
        return vocabulary.fact(name, language), vocabulary.option(name, value, language)
    title = words.pick(question.title, language)
    answer = at(found.submission.answers, name)
    if answer is None:
        return title, words.say("staff.not_answered", language)
    if sensitivity(found.form, name) == SENSITIVITIES[-1]:
        return title, words.say("staff.covered", language)
    if question.kind == "rows":
        return title, words.say("staff.rows", language, count=len(answer))
    kind = questions.of(question.kind)
    return title, kind.shown(question, answer, language, frame.wording().zone).replace("\n", ", ")
