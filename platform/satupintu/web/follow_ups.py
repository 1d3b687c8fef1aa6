"""The pages on which an agency writes its follow-up, one draft for each referral."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from satupintu.actions import drafts, follow_up
from satupintu.actions.received import AccessEnded
from satupintu.errors import BadAnswers, Conflict
from satupintu.forms import steps
from satupintu.web import agency, frame, newer_version, runner
from satupintu.web.guard import guarded_by
from satupintu.web.runner import Run, go_to
from satupintu.web.section import Section

follow_ups = Blueprint("follow_ups", __name__)
section = Section(follow_ups)
follow_ups.register_error_handler(AccessEnded, agency.ended)


def run_of(referral_id: str) -> Run:
    """Return how the follow-up of a referral is filled in. Raises NotFound, NotAllowed."""
    return Run(
        follow_up.begun(frame.platform(), frame.who(), referral_id),
        page=lambda page: url_for("follow_ups.page", referral_id=referral_id, page_id=page),
        check=url_for("follow_ups.check", referral_id=referral_id),
        later=url_for("agency.referral", referral_id=referral_id),
        send=url_for("follow_ups.send", referral_id=referral_id),
        keep=lambda page: url_for("follow_ups.keep", referral_id=referral_id, page_id=page),
        newer=url_for("follow_ups.newer", referral_id=referral_id),
        file=lambda file: url_for("files.open_file", file_id=file),
        template="agency/follow_up.html",
        check_template="agency/follow_up_check.html",
        more={"here": agency.PAGES["working"], "referral_id": referral_id},
    )


@follow_ups.post("/rujukan/<referral_id>/tindak-lanjut")
@guarded_by("referral.begin_follow_up", "draft.read", "referral.read", "inbox.list")
def start(referral_id: str) -> Response:
    """Begin a follow-up, or go on where something is still to be done."""
    try:
        draft_id = follow_up.start(
            frame.platform(), frame.who(), referral_id, frame.page_language()
        )
    except Conflict as e:
        return agency.show(referral_id, e.problems, 409, changed=True)
    opened = drafts.read(frame.platform(), frame.who(), draft_id)
    left = (p.page.id for p in runner.standing(opened) if p.state != "done")
    return go_to(run_of(referral_id).step(next(left, steps.CHECK)))


@follow_ups.get("/rujukan/<referral_id>/tindak-lanjut/<page_id>")
@guarded_by("referral.find_follow_up", "draft.read")
def page(referral_id: str, page_id: str) -> Response:
    """One page of the form."""
    return runner.show(run_of(referral_id), page_id)


@follow_ups.post("/rujukan/<referral_id>/tindak-lanjut/<page_id>")
@guarded_by("referral.find_follow_up", "draft.save", "draft.redraw")
def save(referral_id: str, page_id: str) -> Response:
    """Keep one page and go on; asked by htmx, only draw it again."""
    return runner.post(run_of(referral_id), page_id)


@follow_ups.post("/rujukan/<referral_id>/tindak-lanjut/<page_id>/simpan")
@guarded_by("referral.find_follow_up", "draft.keep")
def keep(referral_id: str, page_id: str) -> Response:
    """Keep a page that is being typed, quietly."""
    return runner.keep(run_of(referral_id), page_id)


@follow_ups.get("/rujukan/<referral_id>/tindak-lanjut/versi-baru")
@guarded_by("referral.find_follow_up", "draft.preview_version")
def newer(referral_id: str) -> Response:
    """What the form in force would make of a follow-up begun on an older version."""
    return newer_version.show(run_of(referral_id))


@follow_ups.post("/rujukan/<referral_id>/tindak-lanjut/versi-baru")
@guarded_by("referral.find_follow_up", "draft.carry_over", "draft.preview_version")
def carry_over(referral_id: str) -> Response:
    """Carry a follow-up over to the form in force."""
    run = run_of(referral_id)
    return newer_version.carry_over(run, run.check)


@follow_ups.get("/rujukan/<referral_id>/tindak-lanjut/periksa")
@guarded_by("referral.find_follow_up", "draft.read")
def check(referral_id: str) -> Response:
    """Every answer read back before it is sent."""
    return runner.check(run_of(referral_id))


@follow_ups.post("/rujukan/<referral_id>/tindak-lanjut/periksa")
@guarded_by("referral.follow_up", "referral.find_follow_up", "draft.read")
def send(referral_id: str) -> Response:
    """Send the follow-up, and lead back to the referral; pressed twice, it is sent once."""
    draft_id = request.form.get("draft", "")
    try:
        follow_up.report(frame.platform(), frame.who(), referral_id, draft_id)
    except BadAnswers:
        return runner.check(run_of(referral_id), status=422)
    except Conflict as e:
        return runner.check(run_of(referral_id), e.problems, status=409)
    return agency.to_referral(referral_id)
