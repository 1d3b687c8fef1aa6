"""A person's own acts on referrals: add one, end one, send a held one, confirm what was told."""

from __future__ import annotations

from uuid import UUID

from flask import abort, make_response, render_template, request
from werkzeug.wrappers import Response

from satupintu import words
from satupintu.actions import by_hand, cases
from satupintu.actions.by_hand import ByHand
from satupintu.cases.referral import possible
from satupintu.errors import BadAnswers, Problem
from satupintu.rules.decision import CONSENTS, URGENCIES
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.staff.desk import at_controls, desk, number, to_case


@desk.route("/kasus/<uuid:case_id>/rujukan/tambah", methods=["GET", "POST"])
@guarded_by("case.read", "referral.add")
def add_referral(case_id: UUID) -> Response:
    """Choose an agency, then what is asked of it, by when and why."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        asked = posted(request.form.get("agency", ""))
        reason = request.form.get("reason", "")
        try:
            by_hand.add(frame.platform(), frame.who(), str(case_id), asked, reason)
        except BadAnswers as e:
            problems = e.problems
        else:
            return to_case(case_id)
    file = cases.read(frame.platform(), frame.who(), str(case_id))
    ruled_out = by_hand.barred(file.decisions)
    page = render_template(
        "staff/add_referral.html",
        case=file.case,
        agencies=[a for a in file.agencies.values() if a.id not in ruled_out.agencies],
        skipped=[
            words.pick(a.name, frame.page_language())
            for a in file.agencies.values()
            if a.id in ruled_out.agencies
        ],
        chosen=file.agencies.get(request.values.get("agency", "")),
        forbidden=ruled_out.services,
        problems=at_controls(problems),
        typed=request.form,
        urgencies=URGENCIES,
        consents=CONSENTS,
    )
    return make_response(page, 422 if problems else 200)


@desk.route("/kasus/<uuid:case_id>/rujukan/<uuid:referral_id>/<act>", methods=["GET", "POST"])
@guarded_by("case.read", "referral.end", "referral.release")
def on_referral(case_id: UUID, referral_id: UUID, act: str) -> Response:
    """Ask why, then end a referral that nobody accepted, or send one as the person now agreed."""
    if act not in ("akhiri", "kirim"):
        abort(404)
    does = by_hand.end if act == "akhiri" else by_hand.release
    problems: tuple[Problem, ...] = ()
    text = request.form.get("reason", "")
    if request.method == "POST":
        try:
            does(frame.platform(), frame.who(), str(referral_id), text)
        except BadAnswers as e:
            problems = e.problems
        else:
            return to_case(case_id)
    file = cases.read(frame.platform(), frame.who(), str(case_id))
    referral = next((r for r in file.referrals if r.id == str(referral_id)), None)
    if referral is None:
        abort(404)
    page = render_template(
        "staff/on_referral.html",
        case=file.case,
        referral=referral,
        act=act,
        possible=does.name in possible(referral.state, "lead"),
        problems=at_controls(problems),
        text=text,
    )
    return make_response(page, 422 if problems else 200)


@desk.post("/kasus/<uuid:case_id>/rujukan/<uuid:referral_id>/diberitahu")
@guarded_by("referral.told")
def told(case_id: UUID, referral_id: UUID) -> Response:
    """Confirm that the person was told of a referral."""
    by_hand.told(frame.platform(), frame.who(), str(referral_id))
    return to_case(case_id)


def posted(agency: str) -> ByHand:
    """Return what the form asks of one agency; its controls start with the agency's code."""
    urgency = request.form.get(f"{agency}-urgency")
    consent = request.form.get(f"{agency}-consent")
    return ByHand(
        agency=agency,
        services=tuple(dict.fromkeys(request.form.getlist(f"{agency}-services"))),
        within_hours=number(request.form.get(f"{agency}-hours")),
        urgency=next((u for u in URGENCIES if u == urgency), URGENCIES[0]),
        consent=next((c for c in CONSENTS if c == consent), CONSENTS[-1]),
    )
