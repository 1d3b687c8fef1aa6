"""Going on with a report later: its code, shown once; the page that takes it; its deletion at once.

As on the report's own pages, every post is answered with the page to read next, and no code stands
in an address.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response, make_response, render_template, request, url_for

from satupintu.actions import newer_version, quietly, reports, resuming
from satupintu.documents import Json
from satupintu.errors import Conflict, NotFound, Problem
from satupintu.web import cookies, frame, runner, sealing, two_writers
from satupintu.web.guard import guarded_by, open_to_all
from satupintu.web.newer_version import page_of
from satupintu.web.report import STEP, for_later, held, title_of
from satupintu.web.runner import go_to
from satupintu.web.section import Section

WRONG_SHOWN_WITHIN = timedelta(minutes=2)

later = Blueprint("later", __name__)
section = Section(later)


@later.get("/lapor/nanti")
@open_to_all
def code() -> Response:
    """Show the code that goes on with a report, this once, and until when it does."""
    told = _told()
    until = told and told.get("until")
    answer = make_response(
        render_template(
            "report/later.html",
            code=told["code"] if told and until else None,
            until=datetime.fromisoformat(until) if until else None,
        )
    )
    cookies.drop(answer, cookies.LATER)
    return answer


@later.post("/lapor/nanti")
@guarded_by("public.later")
def another_code() -> Response:
    """Give a report another code, as the first was lost."""
    holder = held()
    if holder is None:
        return go_to(url_for("later.code"))
    return for_later(holder, renew=True)


@later.get("/lapor/lanjut")
@open_to_all
def resume() -> Response:
    """Ask for the code of a report that was begun."""
    told = _told()
    wrong = told is not None and "wrong" in told
    answer = make_response(render_template("report/resume.html", wrong=wrong, holds=held()))
    if wrong:
        cookies.drop(answer, cookies.LATER)
    return answer


@later.post("/lapor/lanjut")
@guarded_by("public.resume")
def resumed() -> Response:
    """Go on with the report of a code; a wrong one and one whose time is over answer the same."""
    typed = request.form.get("kode", "")[:200]
    platform = frame.platform()
    holder = resuming.resume(platform, frame.who(), typed, request.remote_addr or "")
    if holder is None:
        answer = go_to(url_for("later.resume"))
        sealed = sealing.seal(platform, "later", "", {"wrong": True}, WRONG_SHOWN_WITHIN)
        cookies.put(answer, cookies.LATER, sealed)
        return answer
    answer = go_to(url_for("report.start"))
    cookies.put(answer, cookies.DRAFT, holder)
    cookies.drop(answer, cookies.LATER)
    return answer


@later.post("/lapor/simpan")
@guarded_by("public.keep")
def keep() -> Response:
    """Keep a page that is being typed, quietly, where a code goes on with it."""
    return runner.kept_quietly(
        lambda: quietly.keep_report(
            frame.platform(),
            frame.who(),
            held() or "",
            request.form.get(STEP, ""),
            request.form,
            request.form.get(two_writers.SEEN, ""),
            request.form.get(two_writers.VIEW, ""),
        )
    )


@later.get("/lapor/hapus")
@open_to_all
def discarding() -> str:
    """Ask once before a report is deleted."""
    return render_template("report/discard.html", holds=held())


@later.post("/lapor/hapus")
@guarded_by("public.discard")
def discard() -> Response:
    """Delete this browser's report at once, with its code."""
    holder = held()
    if holder is not None:
        reports.discard(frame.platform(), frame.who(), holder)
    answer = go_to(url_for("later.discarding"))
    cookies.drop(answer, cookies.DRAFT)
    return answer


@later.get("/lapor/versi-baru")
@guarded_by("public.preview_version")
def newer() -> Response:
    """What the form in force would make of a report begun on an older version."""
    return _newer()


@later.post("/lapor/versi-baru")
@guarded_by("public.carry_over", "public.preview_version")
def carry_over() -> Response:
    """Carry this browser's report over to the form in force."""
    seen = request.form.get(two_writers.SEEN, "")
    try:
        newer_version.carry_report_over(frame.platform(), frame.who(), held() or "", seen)
    except Conflict:
        return go_to(url_for("later.newer"))
    except NotFound:
        pass  # its time is over: the report's own page says so by beginning anew
    return go_to(url_for("report.start"))


def _newer() -> Response:
    holder = held()
    if holder is None:
        raise NotFound(Problem("reports.gone"))
    found = newer_version.preview_report(frame.platform(), frame.who(), holder)
    return make_response(
        render_template(
            "runner/newer_version.html",
            **page_of(found, masked=False),
            frame="frame_public.html",
            title=title_of(found.form),
            address=url_for("later.newer"),
            back=url_for("report.start"),
            uncover=None,
            changed=False,
        )
    )


def _told() -> dict[str, Json] | None:
    text = request.cookies.get(cookies.name(cookies.LATER), "")
    return sealing.opened(frame.platform(), "later", "", text)
