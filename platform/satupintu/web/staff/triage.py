"""A case that the engines were not sure of: why, and a person's own decision."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from satupintu import words
from satupintu.actions import decisions
from satupintu.actions import triage as actions
from satupintu.actions.decisions import Reasoned
from satupintu.agencies.directory import Agency
from satupintu.errors import BadAnswers, Problem
from satupintu.rules.decision import CONSENTS, URGENCIES, Consent, Urgency
from satupintu.rules.disagreement import Difference, agencies_of
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.staff.by_hand import posted
from satupintu.web.staff.desk import at_controls, desk, seen, to_case


@dataclass(frozen=True)
class Suggested:
    """What the engine and the checker ask of one agency: services that both name, and that only
    one names; the shortest deadline, the highest urgency, the strictest consent.
    """

    both: frozenset[str]
    one: frozenset[str]
    within_hours: int
    urgency: Urgency
    consent: Consent


@desk.route("/kasus/<uuid:case_id>/triase", methods=["GET", "POST"])
@guarded_by("decision.read", "triage.route")
def triage(case_id: UUID) -> Response:
    """Show why nobody was told yet; decide by hand to whom the case goes."""
    problems: tuple[Problem, ...] = ()
    reason = request.form.get("reason", "")
    if request.method == "POST":
        asked = [posted(agency) for agency in request.form.getlist("agencies")]
        try:
            actions.route(frame.platform(), frame.who(), str(case_id), asked, reason, seen())
        except BadAnswers as e:
            problems = e.problems
        else:
            return to_case(case_id)
    found = decisions.read(frame.platform(), frame.who(), str(case_id))
    if found.case.state != "triage":
        return redirect(url_for("staff.decision", case_id=case_id), 303)
    page = render_template(
        "staff/triage.html",
        found=found,
        case=found.case,
        trouble=_trouble(found),
        differences=[_words(found, d) for d in found.differences],
        suggested={code: _suggested(found, code) for code in found.agencies},
        unsure=agencies_of(found.differences),
        again="ulang" in request.args,
        problems=at_controls(problems),
        typed=request.form,
        reason=reason,
        urgencies=URGENCIES,
        consents=CONSENTS,
    )
    return make_response(page, 422 if problems else 200)


def _trouble(found: Reasoned) -> str:
    trouble = found.record.trouble
    key = "staff.unfit" if found.ruleset is None else f"rules.engine_{trouble}"
    return words.say(key, frame.page_language())


def _suggested(found: Reasoned, agency: str) -> Suggested | None:
    """Return what the two results ask of an agency; None where neither asks anything."""
    results = [d for d in (found.record.decision, found.other) if d is not None]
    asked = [a for d in results for a in d.agencies if a.agency == agency]
    if not asked:
        return None
    services = [frozenset(s.service for s in a.services) for a in asked]
    both = services[0] & services[-1] if len(asked) == len(results) else frozenset()
    return Suggested(
        both=both,
        one=frozenset().union(*services) - both,
        within_hours=min(a.within_hours for a in asked),
        urgency=max((a.urgency for a in asked), key=URGENCIES.index),
        consent=max((a.consent for a in asked), key=CONSENTS.index),
    )


def _words(found: Reasoned, difference: Difference) -> tuple[str, str, str]:
    """Return what is different, what the engine says, and what the checker says."""
    language = frame.page_language()
    agency = found.agencies.get(difference.agency or "")
    service = None if agency is None else _service(agency, difference.service, language)
    flag = None if found.ruleset is None else found.ruleset.flags.get(difference.flag or "")
    what = words.say(
        f"staff.differs_{difference.what}",
        language,
        agency="" if agency is None else words.pick(agency.name, language),
        service=service or "",
        flag="" if flag is None else words.pick(flag.title, language),
    )
    return what, _side(difference, difference.one), _side(difference, difference.other)


def _side(difference: Difference, value: object) -> str:
    language = frame.page_language()
    match difference.what:
        case "hours":
            return words.say("staff.within", language, hours=value)
        case "urgency":
            return words.say(f"cases.urgency.{value}", language)
        case "consent":
            return words.say(f"cases.consent.{value}", language)
        case _:
            return words.say("staff.yes" if value else "staff.no", language)


def _service(agency: Agency, service: str | None, language: str) -> str | None:
    title = agency.services.get(service or "")
    return service if title is None else words.pick(title, language)
