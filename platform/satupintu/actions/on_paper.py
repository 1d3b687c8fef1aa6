"""Forms on paper: answers as their reader may see them, and blank forms. Nothing is kept.

The pages of a case and of a referral decide what stands in them; these read through the same
functions, so paper never tells more than the screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from satupintu.actions import received
from satupintu.actions.action import Act, action
from satupintu.actions.cases import opened
from satupintu.actions.received import Reading
from satupintu.agencies.service import Service
from satupintu.cases.access import secret
from satupintu.errors import NotFound, Problem
from satupintu.forms.document import Form, Purpose
from satupintu.forms.paper.asked import blank
from satupintu.forms.paper.printing import pdf
from satupintu.forms.paper.sheet import Letterhead
from satupintu.forms.reading_back import Section, sections
from satupintu.store import submissions
from satupintu.words import pick


@dataclass(frozen=True)
class Printed:
    """Answers ready for paper: already cut to what their reader may see."""

    form: Form
    sections: tuple[Section, ...]
    letterhead: Letterhead
    number: str
    sent_at: datetime
    at: datetime


@action("case.print", reads=True)
def of_case(
    act: Act, case_id: str, submission_id: str, language: str, reveal: Iterable[str] = ()
) -> Printed:
    """Return one set of answers of a case, the most secret ones covered unless named in ``reveal``.

    Raises NotFound where the case has no such answers or their form no such covered question,
    NotAllowed.
    """
    case = opened(act, case_id)
    story = next((s for s in submissions.of_case(act.tx, case.id) if s.id == submission_id), None)
    if story is None:
        raise NotFound(Problem("store.not_found"))
    form = act.platform.content.form_version(story.form_hash, act.tx)
    uncovered = tuple(sorted(set(reveal)))
    if not secret(form).issuperset(uncovered):
        raise NotFound(Problem("staff.no_such_question"))
    more = {"revealed": list(uncovered)} if uncovered else {}
    act.note("case", case_id, submission=story.id, **more)
    service = act.content.service()
    return Printed(
        form=form,
        sections=sections(
            form, story.answers, language=language, zone=service.zone, reveal=uncovered
        ),
        letterhead=letterhead(service, language),
        number=case.number,
        sent_at=story.submitted_at,
        at=act.at,
    )


@action("referral.print", reads=True)
def of_referral(act: Act, referral_id: str, language: str, reveal: Iterable[str] = ()) -> Printed:
    """Return the answers that an agency may read of a referral now.

    Raises NotFound where it may read none, NotAllowed, AccessEnded.
    """
    found = received.read.inside(act, referral_id, Reading(language, tuple(reveal)))
    if found.form is None or found.told_at is None or not found.sections:
        raise NotFound(Problem("referrals.nothing_to_print"))
    return Printed(
        form=found.form,
        sections=found.sections,
        letterhead=letterhead(act.content.service(), language),
        number=found.number,
        sent_at=found.told_at,
        at=act.at,
    )


@action("form.list_blank", reads=True, trail=False)
def listed(act: Act) -> tuple[Form, ...]:
    """Return the forms that the service uses now."""
    names = dict.fromkeys(act.content.service().forms.values())
    return tuple(act.content.form(name) for name in names)


@action("form.blank", reads=True, trail=False)
def blank_form(act: Act, form_id: str, language: str) -> bytes:
    """Return a form that the service uses now as a blank PDF. Raises NotFound."""
    return _blank(act, form_id, language)


@action("public.blank_form", reads=True, trail=False)
def blank_report(act: Act, language: str) -> bytes:
    """Return the form of a public report as a blank PDF. Raises NotFound."""
    purpose: Purpose = "public_report"
    return _blank(act, act.content.service().forms[purpose], language)


def letterhead(service: Service, language: str) -> Letterhead:
    """Return what the service calls itself on paper."""
    return Letterhead(pick(service.name, language), pick(service.owner, language))


def _blank(act: Act, form_id: str, language: str) -> bytes:
    """Return a blank form; made once for each version, as nobody's answers are in it."""
    service = act.content.service()
    if form_id not in service.forms.values() or language not in service.languages:
        raise NotFound(Problem("store.not_found"))
    form = act.content.form(form_id)
    return act.platform.content.once(
        ("blank", form.hash, service.hash, language),
        lambda: pdf(blank(form, letterhead(service, language), language)),
    )
