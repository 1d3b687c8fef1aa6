"""What an agency sees and does: its inbox, one referral, accepting, declining, finishing it.

The lead agency's staff receive its own referrals through the same pages.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request, url_for

from satupintu.actions import answering, inbox, received
from satupintu.actions.inbox import BOXES, Box
from satupintu.actions.received import AccessEnded, Reading, Received
from satupintu.cases.referral import DECLINE_REASONS, READY, ReferralState
from satupintu.errors import BadAnswers, Conflict, Problem
from satupintu.forms.reading_back import sections_html
from satupintu.people.roles import AGENCY_ROLES, CASE_ROLES
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.opening_hours import hours_in_words
from satupintu.web.runner import go_to
from satupintu.web.section import NavItem, Section

REVEAL = "buka"
"""In the address of a referral: a covered answer to uncover."""
PAGES: dict[Box, str] = {
    "waiting": "agency.waiting",
    "working": "agency.working",
    "finished": "agency.finished",
}
"""The page of each list."""


def _waiting() -> int:
    return inbox.waiting(frame.platform(), frame.who())


agency = Blueprint("agency", __name__)
section = Section(
    agency,
    (
        NavItem(
            PAGES["waiting"],
            "agency.inbox",
            CASE_ROLES,
            count=_waiting,
            count_text="agency.count_waiting",
        ),
        NavItem(PAGES["working"], "agency.working", AGENCY_ROLES),
        NavItem(PAGES["finished"], "agency.finished", AGENCY_ROLES),
    ),
)


@agency.errorhandler(AccessEnded)
def ended(error: AccessEnded) -> Response:
    """Say that a referral was theirs and is no more."""
    page = render_template("agency/ended.html", referral=error.referral, number=error.number)
    return make_response(page, 403)


@agency.get("/kotak-masuk")
@guarded_by("inbox.list")
def waiting() -> str:
    """The referrals that wait for an answer, the most pressing first."""
    return _list("waiting")


@agency.get("/kotak-masuk/ditangani")
@guarded_by("inbox.list")
def working() -> str:
    """The referrals that the agency accepted."""
    return _list("working")


@agency.get("/kotak-masuk/selesai")
@guarded_by("inbox.list")
def finished() -> str:
    """The referrals that the agency finished or declined."""
    return _list("finished")


@agency.get("/rujukan/<referral_id>")
@guarded_by("referral.read", "inbox.list")
def referral(referral_id: str) -> Response:
    """One referral, as far as the agency may see it now."""
    return show(referral_id)


@agency.post("/rujukan/<referral_id>/terima")
@guarded_by("referral.accept", "referral.read", "inbox.list")
def accept(referral_id: str) -> Response:
    """Take a referral on."""
    form = request.form
    try:
        answering.accept(
            frame.platform(),
            frame.who(),
            referral_id,
            _seen(),
            form.get("ready", ""),
            form.get("handler", ""),
        )
    except BadAnswers as e:
        return show(referral_id, e.problems, 422)
    except Conflict as e:
        return show(referral_id, e.problems, 409, changed=True)
    return to_referral(referral_id)


@agency.get("/rujukan/<referral_id>/tolak")
@guarded_by("referral.read")
def declining(referral_id: str) -> Response:
    """Ask why a referral is declined."""
    return _ask("agency/decline.html", referral_id)


@agency.post("/rujukan/<referral_id>/tolak")
@guarded_by("referral.decline", "referral.read", "inbox.list")
def decline(referral_id: str) -> Response:
    """Give a referral back."""
    form = request.form
    try:
        answering.decline(
            frame.platform(),
            frame.who(),
            referral_id,
            _seen(),
            form.get("why", ""),
            form.get("more", ""),
            frame.page_language(),
        )
    except BadAnswers as e:
        return _ask("agency/decline.html", referral_id, e.problems)
    except Conflict as e:
        return show(referral_id, e.problems, 409, changed=True)
    return go_to(url_for(PAGES["waiting"]))


@agency.get("/rujukan/<referral_id>/selesai")
@guarded_by("referral.read")
def finishing(referral_id: str) -> Response:
    """Ask before a referral is finished, as most of it closes then."""
    return _ask("agency/finish.html", referral_id)


@agency.post("/rujukan/<referral_id>/selesai")
@guarded_by("referral.done", "referral.read", "inbox.list")
def finish(referral_id: str) -> Response:
    """Finish a referral."""
    try:
        answering.done(frame.platform(), frame.who(), referral_id, _seen())
    except Conflict as e:
        return show(referral_id, e.problems, 409, changed=True)
    return go_to(url_for(PAGES["working"]))


def show(
    referral_id: str,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
    *,
    changed: bool = False,
) -> Response:
    """Answer with one referral; ``changed`` where somebody else was first."""
    found = _read(referral_id)
    box = box_of(found.referral.state)
    listed = inbox.listed(frame.platform(), frame.who(), box, frame.page_language())
    return _page(
        "agency/referral.html",
        found,
        problems,
        status,
        changed=changed,
        box=box,
        listed=listed,
        ready=READY,
        print_address=_print_address(referral_id),
        answers=sections_html(found.sections, frame.page_language()) if found.at_work else "",
        here=PAGES[box],
    )


def to_referral(referral_id: str) -> Response:
    """Lead to a referral's own page."""
    return go_to(url_for("agency.referral", referral_id=referral_id))


def box_of(state: ReferralState) -> Box:
    """Return the list that a referral in this state stands in."""
    return next(box for box, states in BOXES.items() if state in states)


def _list(box: Box) -> str:
    found = inbox.listed(frame.platform(), frame.who(), box, frame.page_language())
    return render_template(
        "agency/inbox.html",
        box=box,
        inbox=found,
        hours=hours_in_words(found.agency.hours),
        due_at=inbox.due_at,
        pages=PAGES,
    )


def _ask(template: str, referral_id: str, problems: tuple[Problem, ...] = ()) -> Response:
    found = _read(referral_id)
    more = {"reasons": DECLINE_REASONS, "here": PAGES[box_of(found.referral.state)]}
    return _page(template, found, problems, 422 if problems else 200, **more)


def _page(
    template: str, found: Received, problems: tuple[Problem, ...], status: int, **more: Any
) -> Response:
    language = frame.page_language()
    wrong = {p.pointer.removeprefix("/"): p.sentence(language) for p in problems}
    page = render_template(
        template,
        it=found,
        wrong=wrong,
        typed=request.form,
        due_at=inbox.due_at,
        pages=PAGES,
        sections_html=sections_html,
        **more,
    )
    return make_response(page, status)


def _read(referral_id: str) -> Received:
    here = url_for("agency.referral", referral_id=referral_id)
    reading = Reading(
        frame.page_language(),
        tuple(request.args.getlist(REVEAL)[:20]),
        url_to_reveal=lambda name: f"{here}?{REVEAL}={name}",
        url_for_file=lambda file: url_for("files.open_file", file_id=file),
    )
    return received.read(frame.platform(), frame.who(), referral_id, reading)


def _print_address(referral_id: str) -> str:
    """Return where this page is as PDF, with what is uncovered on it uncovered."""
    address = url_for("paper.of_referral", referral_id=referral_id)
    uncovered = urlencode([(REVEAL, name) for name in request.args.getlist(REVEAL)[:20]])
    return f"{address}?{uncovered}" if uncovered else address


def _seen() -> int:
    """Return the version that the officer had before them; what is no number is no version."""
    seen = request.form.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
