"""The intake: a member of staff begins an assessment, fills it in page by page, checks, sends."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for

from satupintu.actions import drafts
from satupintu.actions.submit import submit
from satupintu.errors import BadAnswers, Conflict
from satupintu.forms import steps
from satupintu.people.roles import LEAD_ROLES
from satupintu.web import frame, newer_version, runner
from satupintu.web.guard import guarded_by
from satupintu.web.runner import Run, go_to
from satupintu.web.section import NavItem, Section

intake = Blueprint("intake", __name__)
section = Section(intake, (NavItem("intake.new", "intake.new", LEAD_ROLES),))


def run_of(draft_id: str) -> Run:
    """Return how a draft of an assessment is filled in."""
    return Run(
        draft_id,
        page=lambda page: url_for("intake.page", draft_id=draft_id, page_id=page),
        check=url_for("intake.check", draft_id=draft_id),
        later=url_for("intake.new"),
        send=url_for("intake.send", draft_id=draft_id),
        keep=lambda page: url_for("intake.keep", draft_id=draft_id, page_id=page),
        newer=url_for("intake.newer", draft_id=draft_id),
        file=lambda file: url_for("files.open_file", file_id=file),
        template="intake/page.html",
        check_template="intake/check.html",
        more={"here": "intake.new"},
    )


@intake.get("/asesmen/baru")
@guarded_by("draft.list")
def new() -> str:
    """One's own drafts, and the button that begins another."""
    found = drafts.listed(frame.platform(), frame.who(), "assessment")
    return render_template("intake/new.html", drafts=found)


@intake.post("/asesmen/baru")
@guarded_by("assessment.start")
def start() -> Response:
    """Begin an assessment; about a case where the form names one."""
    draft = drafts.start(
        frame.platform(), frame.who(), frame.page_language(), request.form.get("case") or None
    )
    return go_to(url_for("intake.resume", draft_id=draft.id))


@intake.get("/asesmen/<draft_id>")
@guarded_by("draft.read")
def resume(draft_id: str) -> Response:
    """Go on where something is still to be done."""
    opened = drafts.read(frame.platform(), frame.who(), draft_id)
    left = (p.page.id for p in runner.standing(opened) if p.state != "done")
    run = run_of(draft_id)
    return go_to(run.step(next(left, steps.CHECK)))


@intake.get("/asesmen/<draft_id>/<page_id>")
@guarded_by("draft.read")
def page(draft_id: str, page_id: str) -> Response:
    """One page of the form."""
    return runner.show(run_of(draft_id), page_id)


@intake.post("/asesmen/<draft_id>/<page_id>")
@guarded_by("draft.save", "draft.redraw")
def save(draft_id: str, page_id: str) -> Response:
    """Keep one page and go on; asked by htmx, only draw it again."""
    return runner.post(run_of(draft_id), page_id)


@intake.post("/asesmen/<draft_id>/<page_id>/simpan")
@guarded_by("draft.keep")
def keep(draft_id: str, page_id: str) -> Response:
    """Keep a page that is being typed, quietly."""
    return runner.keep(run_of(draft_id), page_id)


@intake.get("/asesmen/<draft_id>/versi-baru")
@guarded_by("draft.preview_version")
def newer(draft_id: str) -> Response:
    """What the form in force would make of a draft begun on an older version."""
    return newer_version.show(run_of(draft_id))


@intake.post("/asesmen/<draft_id>/versi-baru")
@guarded_by("draft.carry_over", "draft.preview_version")
def carry_over(draft_id: str) -> Response:
    """Carry a draft over to the form in force."""
    return newer_version.carry_over(run_of(draft_id), url_for("intake.resume", draft_id=draft_id))


@intake.get("/asesmen/<draft_id>/periksa")
@guarded_by("draft.read")
def check(draft_id: str) -> Response:
    """Every answer read back before it is sent."""
    return runner.check(run_of(draft_id), told=False)


@intake.post("/asesmen/<draft_id>/periksa")
@guarded_by("assessment.submit")
def send(draft_id: str) -> Response:
    """Send the assessment and show what was decided."""
    told = request.form.get("told") == "yes"
    try:
        done = submit(frame.platform(), frame.who(), draft_id, told=told)
    except BadAnswers:
        return runner.check(run_of(draft_id), status=422, told=told)
    except Conflict as e:
        return runner.check(run_of(draft_id), e.problems, status=409, told=told)
    return go_to(url_for("staff.decision", case_id=done.case_id))


@intake.get("/asesmen/<draft_id>/hapus")
@guarded_by("draft.read")
def discarding(draft_id: str) -> str:
    """Ask before a draft is deleted."""
    opened = drafts.read(frame.platform(), frame.who(), draft_id)
    return render_template("intake/discard.html", opened=opened, here="intake.new")


@intake.post("/asesmen/<draft_id>/hapus")
@guarded_by("draft.discard")
def discard(draft_id: str) -> Response:
    """Delete a draft."""
    drafts.discard(frame.platform(), frame.who(), draft_id)
    return go_to(url_for("intake.new"))
