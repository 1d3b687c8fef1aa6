"""The pages anybody may open: the front door, what to know before coming in, and the way out."""

from __future__ import annotations

import calendar

import structlog
from flask import Blueprint, Response, abort, render_template, request, url_for

from satupintu.agencies.service import Service
from satupintu.errors import NotFound, Problem, Unavailable
from satupintu.web import cookies, frame
from satupintu.web.guard import open_to_all
from satupintu.web.section import Section

log = structlog.get_logger("satupintu.web")

public = Blueprint("public", __name__)
section = Section(public)

PRIVACY = ("what", "who", "why", "how_long", "rights")
ACCESSIBILITY = ("how", "tested", "tell_us")
TRACES = ("we_clear", "we_cannot", "phone", "computer", "other_device")


@public.get("/")
@open_to_all
def landing() -> str:
    """Help by phone first, then the story, then what a person should know."""
    _door()
    return render_template("public/landing.html", may_resume=_may_resume())


@public.get("/datang")
@open_to_all
def visit() -> str:
    """Where to come and when; said plainly where the service has not filled it in."""
    _door()
    return render_template("public/visit.html")


@public.get("/privasi")
@open_to_all
def privacy() -> str:
    """What is kept, who reads it, and what a person may ask for."""
    return _reading("privacy", PRIVACY)


@public.get("/aksesibilitas")
@open_to_all
def accessibility() -> str:
    """How these pages can be used, and what to do where they can't."""
    return _reading("accessibility", ACCESSIBILITY)


@public.get("/hapus-jejak")
@open_to_all
def traces() -> str:
    """What the quick exit clears, and how to clear what it can't."""
    return _reading("traces", TRACES)


@public.get("/keluar")
@open_to_all
def leave() -> Response:
    """End everything this browser holds of the service and go to a neutral page; never fails on
    the way.
    """
    for part in frame.sections():
        if part.leaving is None:
            continue
        try:
            part.leaving()
        except Unavailable as error:
            # The person leaves now; what was begun ends by its own time-out.
            log.warning("leaving", section=part.blueprint.name, reason=str(error))
    door = frame.service()
    answer = Response(status=303)
    answer.location = door.exit_to if door else url_for("public.neutral")
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for cookie in cookies.ALL:
        cookies.drop(answer, cookie)
    return answer


@public.get("/kalender")
@open_to_all
def neutral() -> str:
    """A calendar of this month: true, dull, and without a word of the service."""
    words = frame.wording()
    today = words.today()
    return render_template(
        "public/neutral.html",
        today=today,
        month=words.month(today),
        weeks=calendar.Calendar().monthdatescalendar(today.year, today.month),
        weekdays=[words.weekday_name(day) for day in range(1, 8)],
    )


@public.get("/<path:address>")
@open_to_all
def elsewhere(address: str) -> str:  # noqa: ARG001 - compared as it was asked for
    """Show the neutral page at the address that the service document chose for it."""
    door = frame.service()
    if door is None or request.path != door.exit_to:
        abort(404)
    return neutral()


def _may_resume() -> bool:
    """Tell whether whoever reports may stop and go on later by a code."""
    try:
        return frame.documents().form_for("public_report").settings.draft
    except (Unavailable, NotFound):
        return False  # the door itself stays open without its form


def _reading(name: str, parts: tuple[str, ...]) -> str:
    _door()
    return render_template("public/reading.html", name=name, parts=parts)


def _door() -> Service:
    door = frame.service()
    if door is None:
        raise Unavailable(Problem("web.no_service"))
    return door
