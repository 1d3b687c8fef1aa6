"""Forms on paper, as PDF: the answers of a case or of a referral, and blank forms."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request

from satupintu import words
from satupintu.actions import on_paper
from satupintu.actions.on_paper import Printed
from satupintu.forms.paper.printing import pdf
from satupintu.forms.paper.told import filled
from satupintu.people.actor import PUBLIC
from satupintu.people.roles import CASE_ROLES
from satupintu.web import frame
from satupintu.web.agency import REVEAL as OPENED
from satupintu.web.guard import guarded_by
from satupintu.web.section import NavItem, Section
from satupintu.web.staff.case import REVEAL

paper = Blueprint("paper", __name__)
section = Section(paper, (NavItem("paper.blank_forms", "paper.nav", CASE_ROLES),))


@paper.get("/kasus/<uuid:case_id>/cetak/<uuid:submission_id>.pdf")
@guarded_by("case.print")
def of_case(case_id: UUID, submission_id: UUID) -> Response:
    """Answer with one set of answers of a case; what the address uncovers is recorded."""
    found = on_paper.of_case(
        frame.platform(),
        frame.who(),
        str(case_id),
        str(submission_id),
        frame.page_language(),
        request.args.getlist(REVEAL)[:1],
    )
    return _printed(found)


@paper.get("/rujukan/<referral_id>/cetak.pdf")
@guarded_by("referral.print")
def of_referral(referral_id: str) -> Response:
    """Answer with what an agency may read of a referral now."""
    found = on_paper.of_referral(
        frame.platform(),
        frame.who(),
        referral_id,
        frame.page_language(),
        request.args.getlist(OPENED)[:20],
    )
    return _printed(found)


@paper.get("/formulir")
@guarded_by("form.list_blank")
def blank_forms() -> str:
    """List the forms that can be filled in by hand."""
    forms = on_paper.listed(frame.platform(), frame.who())
    return render_template("paper/blank_forms.html", forms=forms)


@paper.get("/formulir/<form_id>/<language>.pdf")
@guarded_by("form.blank")
def blank_form(form_id: str, language: str) -> Response:
    """Answer with a blank form of those that the service uses now."""
    made = on_paper.blank_form(frame.platform(), frame.who(), form_id, language)
    return _attached(made, f"{form_id}-{language}.pdf")


@paper.get("/lapor/formulir/<language>.pdf")
@guarded_by("public.blank_form")
def blank_report(language: str) -> Response:
    """Answer with the blank form of a report; its name tells nothing to who finds the file."""
    made = on_paper.blank_report(frame.platform(), PUBLIC, language)
    return _attached(made, "formulir.pdf")


def _printed(found: Printed) -> Response:
    language, wording = frame.page_language(), frame.wording()
    printed = words.say("paper.at_by", language, at=wording.moment(found.at), who=frame.who().title)
    facts = (
        (words.say("paper.case_number", language), found.number),
        (words.say("paper.sent_at", language), wording.moment(found.sent_at)),
        (words.say("paper.printed_at", language), printed),
    )
    sheet = filled(
        found.form,
        found.sections,
        found.letterhead,
        language,
        at=found.at.astimezone(wording.zone),
        facts=facts,
        running=found.number,
    )
    return _attached(pdf(sheet), f"{found.number}-{found.form.id}.pdf")


def _attached(data: bytes, name: str) -> Response:
    """Answer with a PDF to be saved or opened outside, never as a page of this site."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "_" for c in name)
    answer = Response(data, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    return answer
