"""The case that breaks a guarantee: opened as the form would be filled, kept as an example."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from satupintu import words
from satupintu.actions import counterexamples as actions
from satupintu.actions.counterexamples import Counterexample
from satupintu.forms.reading_back import answers_html
from satupintu.forms.vocabulary import FormVocabulary
from satupintu.rules.decision import Decision
from satupintu.rules.vocabulary import RuleVocabulary
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.section import Section
from satupintu_admin.saying import Saying

counterexamples = Blueprint("counterexamples", __name__)
section = Section(counterexamples)


@counterexamples.get("/versi/<version>/jaminan/<guarantee>")
@guarded_by("documents.counterexample")
def one(version: str, guarantee: str) -> str:
    """Show the case as a filled form, and who would help before and after."""
    found = actions.find(frame.platform(), frame.who(), version, guarantee)
    said = Saying(RuleVocabulary(found.rules, FormVocabulary(found.form)))
    return render_template(
        "versions/counterexample.html",
        version=version,
        found=found,
        title=words.pick(found.guarantee.title, frame.page_language()),
        differs=[(said.fact(n), said.value(n, found.facts.get(n))) for n in found.differs],
        helpers=_helpers(found),
        answers=_answers(found),
    )


@counterexamples.post("/versi/<version>/jaminan/<guarantee>/contoh")
@guarded_by("documents.keep_example")
def keep(version: str, guarantee: str) -> Response:
    """Begin a draft of this version in which the case is an example."""
    draft = actions.keep(frame.platform(), frame.who(), version, guarantee)
    return make_response(redirect(url_for("drafting.one", draft=draft.id), 303))


def _answers(found: Counterexample) -> str | None:
    door = frame.service()
    if found.answers is None or door is None:
        return None
    return answers_html(
        found.form,
        found.answers,
        language=frame.page_language(),
        zone=door.zone,
        reveal=found.form.questions.keys(),
    )


def _helpers(found: Counterexample) -> list[tuple[str, int | None, int | None]]:
    """Return each agency with its hours under the rules in force and under this version."""
    known, language = frame.documents().agencies(), frame.page_language()
    before, after = _hours(found.before), _hours(found.decision)
    rows = []
    for code in sorted(before.keys() | after.keys()):
        name = words.pick(known[code].name, language) if code in known else code
        rows.append((name, before.get(code), after.get(code)))
    return rows


def _hours(decision: Decision | None) -> dict[str, int]:
    agencies = () if decision is None else decision.agencies
    return {one.agency: one.within_hours for one in agencies}
