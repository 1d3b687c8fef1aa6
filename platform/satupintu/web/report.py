"""The public report: one address for every step, no account; and the code that follows it.

Every post is answered with the page to read next, what is missing included: a page that answered a
post would keep what was typed in the browser's history, past the quick exit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask import Blueprint, Response, make_response, render_template, request, url_for

from satupintu import words
from satupintu.actions import reports, resuming
from satupintu.actions.drafts import DRAWN
from satupintu.actions.opened import Opened, SomebodyElse, all_problems, page_problems
from satupintu.errors import BadAnswers, NotFound, Problem
from satupintu.forms import row_page, steps
from satupintu.forms.answers import pages_to_ask
from satupintu.forms.document import Form, Page
from satupintu.forms.reading_back import Change
from satupintu.forms.row_page import RowPage
from satupintu.people.actor import PUBLIC
from satupintu.web import cookies, frame, runner, sealing, two_writers
from satupintu.web import kept as kept_fields
from satupintu.web.guard import guarded_by, open_to_all
from satupintu.web.read_back import left_out, read_back
from satupintu.web.runner import go_to
from satupintu.web.section import Section

STEP = "langkah"
"""The hidden field that says which page was posted."""
CODE_SHOWN_WITHIN = timedelta(minutes=30)
FOLLOWED_WITHIN = timedelta(minutes=2)
_UNKNOWN = "unknown"
_SENT = "kode."
"""Starts the cookie of a browser whose report was sent: the rest is its sealed code."""

report = Blueprint("report", __name__)


def leave() -> None:
    """Delete what this browser had begun to tell, unless a code goes on with it."""
    holder = held()
    if holder:
        resuming.leave(frame.platform(), PUBLIC, holder)


section = Section(report, leaving=leave)


@report.get("/lapor")
@guarded_by("public.read")
def start() -> Response:
    """Show the step that this browser's report is at."""
    return _step(_current())


@report.post("/lapor")
@guarded_by("public.save", "public.redraw", "public.report", "public.later")
def tell() -> Response:
    """Keep a step and go on, or send the report."""
    page_id = request.form.get(STEP, "")
    if page_id == steps.CHECK:
        return _from_check()
    if request.headers.get("HX-Request") == "true":
        return _redrawn(page_id)
    leads = "public.landing" if runner.pressed() == "save" else "report.start"
    if leads == "public.landing" and held() is None and not _says_anything():
        return go_to(url_for(leads))  # nothing to keep, so nothing is begun
    try:
        kept = _kept(page_id)
    except SomebodyElse as e:
        return two_writers.conflict(e, url_for("report.start"))
    if runner.pressed() == reports.LATER:
        return for_later(kept.holder)
    if runner.pressed() == runner.NEWER:
        leads = "later.newer"
    answer = go_to(url_for(leads) + runner.at_change(stays=True))
    cookies.put(answer, cookies.DRAFT, kept.holder)
    return answer


@report.get("/lapor/terkirim")
@open_to_all
def sent() -> Response:
    """Show the code, this once, and what comes next."""
    text = request.cookies.get(cookies.name(cookies.DRAFT), "")
    found = sealing.opened(frame.platform(), "code", "", text.removeprefix(_SENT))
    if not text.startswith(_SENT) or found is None:
        return make_response(render_template("report/sent.html", code=None, shown=False))
    door = frame.documents()
    lead = door.agencies()[door.service().lead_agency]
    answer = make_response(
        render_template(
            "report/sent.html",
            code=found,
            shown=True,
            within=timedelta(minutes=lead.acknowledge_within_minutes),
        )
    )
    cookies.drop(answer, cookies.DRAFT)
    return answer


@report.get("/kabar")
@guarded_by("public.follow")
def follow() -> Response:
    """Ask for the code of a report; right after it was given, show how far the report is."""
    text = request.cookies.get(cookies.name(cookies.FOLLOWED), "")
    found = sealing.opened(frame.platform(), "followed", "", text)
    if found is None:
        return make_response(render_template("report/follow.html", wrong=False))
    if found == _UNKNOWN:
        answer = make_response(render_template("report/follow.html", wrong=True))
    else:
        answer = make_response(render_template("report/progress.html", progress=found))
    cookies.drop(answer, cookies.FOLLOWED)
    return answer


@report.post("/kabar")
@guarded_by("public.follow")
def followed() -> Response:
    """Look a code up and show how far its report is, once: the code stands in no address."""
    typed = request.form.get("kode", "")[:200]
    progress = reports.follow(frame.platform(), frame.who(), typed, request.remote_addr or "")
    answer = go_to(url_for("report.follow"))
    sealed = sealing.seal(frame.platform(), "followed", "", progress or _UNKNOWN, FOLLOWED_WITHIN)
    cookies.put(answer, cookies.FOLLOWED, sealed)
    return answer


def held() -> str | None:
    """Return the token by which this browser holds a report, None where it holds none."""
    text = request.cookies.get(cookies.name(cookies.DRAFT), "")
    return text if text and not text.startswith(_SENT) else None


def _says_anything() -> bool:
    """Tell whether anything was answered on the page that was posted."""
    own = (STEP, two_writers.SEEN, runner.ACT, two_writers.VIEW, DRAWN, kept_fields.TOKEN)
    texts = (v for name, values in request.form.lists() if name not in own for v in values)
    return any(text.strip() for text in texts) or any(f.filename for f in request.files.values())


def for_later(holder: str, *, renew: bool = False) -> Response:
    """Give the code of a report and lead to the page that shows it; the browser then holds no
    report any more.
    """
    platform = frame.platform()
    given = resuming.later(platform, frame.who(), holder, renew=renew)
    answer = go_to(url_for("later.code"))
    told = {"code": given.code, "until": given.until.isoformat()}
    cookies.put(answer, cookies.LATER, sealing.seal(platform, "later", "", told, CODE_SHOWN_WITHIN))
    if given.code is None:
        cookies.put(answer, cookies.DRAFT, holder)
    else:
        cookies.drop(answer, cookies.DRAFT)
    return answer


def _current() -> Opened:
    holder = held()
    if holder is None:
        return reports.blank(frame.platform(), frame.page_language())
    try:
        return reports.read(frame.platform(), frame.who(), holder)
    except NotFound:  # its time is over, or it was sent: another one begins
        return reports.blank(frame.platform(), frame.page_language())


def _kept(page_id: str) -> reports.Kept:
    return reports.save_page(
        frame.platform(),
        frame.who(),
        held(),
        frame.page_language(),
        page_id,
        request.form,
        request.files,
        request.form.get(two_writers.SEEN, ""),
        runner.pressed(),
        request.remote_addr or "",
        two_writers.theirs(),
        request.form.get(two_writers.VIEW, ""),
    )


def _from_check() -> Response:
    """Send the report, or go back to a step."""
    holder = held()
    if holder is not None and runner.pressed() == reports.LATER:
        return for_later(holder)
    if runner.pressed().startswith(("goto:", "back")):
        if holder is not None:
            reports.move(frame.platform(), frame.who(), holder, runner.pressed())
        return go_to(url_for("report.start"))
    if holder is None:  # sent already: a double click
        return go_to(url_for("report.sent"))
    try:
        code = reports.report(frame.platform(), holder)
    except (BadAnswers, NotFound):
        return go_to(url_for("report.start"))
    answer = go_to(url_for("report.sent"))
    sealed = sealing.seal(frame.platform(), "code", "", code, CODE_SHOWN_WITHIN)
    cookies.put(answer, cookies.DRAFT, _SENT + sealed)
    return answer


def _step(opened: Opened) -> Response:
    step = reports.step_of(opened)
    again = reports.asked_again(opened)
    row = reports.row_of(opened)
    if again is not None:
        return _page(opened, again.page, again.to_do, new=bool(again.new), row=row)
    if step != steps.CHECK:
        return _page(opened, opened.page(step), opened.unread, row=row)
    problems = all_problems(opened)
    if not problems:
        return _check(opened)
    page = next(p for p in opened.form.pages if page_problems(opened, p))
    return _page(opened, page, page_problems(opened, page))


def _page(
    opened: Opened,
    page: Page,
    problems: Iterable[Problem] = (),
    *,
    new: bool = False,
    row: RowPage | None = None,
) -> Response:
    found = tuple(problems) if row is None else row_page.within(row, problems)
    asked = pages_to_ask(opened.form, opened.answers)
    return make_response(
        render_template(
            "report/page.html",
            opened=opened,
            page=page,
            title=title_of(opened.form),
            questions=runner.questions_html(opened, page, found, row=row),
            problems=runner.problems_html(opened, found, page, row=row),
            row=row,
            row_title=row and row_page.title(opened.form, row, frame.page_language()),
            new=new,
            number=asked.index(page) + 1 if page in asked else 1,
            count=len(asked) + 1,
            back=steps.before(opened.form, opened.answers, page.id),
            changing=reports.is_changing(opened),
            intro=runner.intro(opened, page),
            seen=opened.seen(page),
            view=runner.new_view(),
        )
    )


def _check(opened: Opened) -> Response:
    asked = pages_to_ask(opened.form, opened.answers)
    return make_response(
        render_template(
            "report/check.html",
            opened=opened,
            title=title_of(opened.form),
            answers=read_back(
                opened,
                reveal=opened.form.questions,
                change=lambda page: Change(act=f"goto:{page.id}"),
            ),
            **left_out(opened),
            count=len(asked) + 1,
        )
    )


def _redrawn(page_id: str) -> Response:
    holder, posted = held(), request.form
    if holder is None:
        opened = reports.redrawn_blank(frame.platform(), frame.page_language(), page_id, posted)
    else:
        opened = reports.redraw(frame.platform(), frame.who(), holder, page_id, posted)
    page = opened.page(page_id)
    html = runner.questions_html(opened, page, opened.unread, row=runner.open_row(opened, page))
    return make_response(render_template("runner/redrawn.html", questions=html, opened=opened))


def title_of(form: Form) -> str | None:
    """Return what the browser's tab and history say, if the form has words of its own for it."""
    title = form.settings.neutral_title
    return None if title is None else words.pick(title, frame.page_language())
