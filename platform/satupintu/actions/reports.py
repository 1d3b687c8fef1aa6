"""Public reports: told without an account, kept by a browser's token, followed by a code.

The body of a public draft also has ``at``: the step that its one address shows; ``row``: the row
that is open there on a page of its own; and, where that page asks for more before the next one
comes, ``stays`` with what its last save found; ``changing`` where the answers were read back
already, so that a change leads back there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from uuid import uuid4

from satupintu import clock
from satupintu.actions import attachments, limiting
from satupintu.actions.action import Act, action
from satupintu.actions.content import InForce
from satupintu.actions.drafts import KEPT_WITHOUT_A_CODE, redrawn, save, superseded
from satupintu.actions.limiting import Try
from satupintu.actions.opened import Opened, Saved, all_problems, kept_problem
from satupintu.actions.platform import Platform
from satupintu.actions.routing import event, send
from satupintu.cases import matching, tracking
from satupintu.cases.case import Case, Submission
from satupintu.cases.deadlines import report_due_at
from satupintu.cases.numbers import written, year_of
from satupintu.conditions.values import write_facts
from satupintu.documents import Json
from satupintu.errors import BadAnswers, NotFound, Problem
from satupintu.forms import row_page, steps
from satupintu.forms.answers import parted
from satupintu.forms.facts import facts
from satupintu.forms.questions.kinds import Files, Texts
from satupintu.forms.row_page import RowPage
from satupintu.people import limits, tokens
from satupintu.people.actor import PUBLIC
from satupintu.store import (
    cases,
    drafts,
    idempotency,
    search,
    submissions,
    timeline,
)
from satupintu.store.drafts import Draft

LATER = "later"
"""The button that keeps a report until she goes on with it by a code."""
NOT_DONE = (LATER, "newer", "save", "rows:", "redraw")
"""The buttons that save a page without asking whether it is complete."""

Progress = Literal["waiting", "reading", "helping", "finished"]
"""What a reporter learns of a case: never more than this."""


@dataclass(frozen=True)
class Kept:
    """A page of a report that was saved; ``holder`` is the token that the browser keeps."""

    saved: Saved
    holder: str


@dataclass(frozen=True)
class Ready:
    """A report that may be sent: its draft as it was when it was looked at, its answers, and those
    that are kept beside them.
    """

    opened: Opened
    answers: Mapping[str, Json]
    kept: Mapping[str, Json]


def step_of(opened: Opened) -> str:
    """Return the step that a report is at."""
    at: str = opened.draft.body.get("at") or steps.first(opened.form, opened.answers)
    return at


def is_changing(opened: Opened) -> bool:
    """Tell whether the answers were read back and one of them is being changed.

    So it is too where reading them back only showed a page on which something is missing.
    """
    return bool(opened.draft.body.get("changing")) or opened.draft.body.get("at") == steps.CHECK


def row_of(opened: Opened) -> RowPage | None:
    """Return the row that is open on a page of its own, if one is."""
    page = next((p for p in opened.form.pages if p.id == step_of(opened)), None)
    control = opened.draft.body.get("row") or ""
    return None if page is None else row_page.named(opened.form, page, opened.answers, control)


def asked_again(opened: Opened) -> Saved | None:
    """Return what the last save found, where its page asks for more before the next one comes."""
    stays = opened.draft.body.get("stays")
    if stays is None:
        return None
    problems = tuple(Problem(**p) for p in stays["problems"])
    return Saved(opened, opened.page(step_of(opened)), problems, frozenset(stays["new"]))


def blank(platform: Platform, language: str) -> Opened:
    """Return an empty report, for a browser that holds none yet; nothing is kept."""
    content = platform.content.live(clock.now())
    return Opened(_empty(content, language), content.form_for("public_report"))


def redrawn_blank(platform: Platform, language: str, page_id: str, posted: Texts) -> Opened:
    """Return a report that is not kept yet as it would be with its first page."""
    content = platform.content.live(clock.now())
    return redrawn(content, blank(platform, language), page_id, posted)


@action("public.read", reads=True)
def read(act: Act, holder: str) -> Opened:
    """Return the report of this browser. Raises NotFound where it holds none."""
    draft = held(act, holder)
    act.note("draft", draft.id)
    return opened_report(act, draft)


@action("public.redraw", reads=True)
def redraw(act: Act, holder: str, page_id: str, posted: Texts) -> Opened:
    """Return the report as it would be with this page, keeping nothing: to draw it again."""
    draft = held(act, holder)
    act.note("draft", draft.id, page=page_id)
    return redrawn(act.content, opened_report(act, draft), page_id, posted)


@action("public.save")
def save_page(
    act: Act,
    holder: str | None,
    language: str,
    page_id: str,
    posted: Texts,
    uploaded: Files,
    seen: str,
    pressed: str,
    address: str,
    theirs: Collection[str] = (),
    view: str = "",
) -> Kept:
    """Keep a page and the step that the pressed button leads to; the first page begins the report.

    Raises SomebodyElse where another tab of this browser changed the page, TooOften where too many
    reports begin at one address.
    """
    try:
        draft = held(act, holder, lock=True)
    except NotFound:
        count(act, limits.REPORT_BY_ADDRESS, address)
        holder = tokens.new()
        draft = _empty(act.content, language)
        drafts.add(act.tx, draft, holder=holder)
    saved = save(act, opened_report(act, draft), page_id, posted, uploaded, seen, theirs, view)
    opened = saved.opened
    changing = is_changing(opened)
    left = opened.left if changing else None
    stays = saved.stays or row_page.back_to_list(posted)
    step = steps.pressed(opened.form, opened.answers, page_id, pressed, stays=stays, left=left)
    row, was = saved.row(posted), row_page.posted_row(posted)
    again = step == page_id and (row is not None and row.control == was if was or row else True)
    asks = again and not pressed.startswith(NOT_DONE)  # else nobody asked whether it is complete
    body = {
        **opened.draft.body,
        "at": step,
        "row": None if row is None else row.control,
        "stays": _stays(saved) if asks else None,
        "changing": changing and step != steps.CHECK,
    }
    kept = drafts.save(act.tx, replace(opened.draft, body=body))
    act.note("draft", draft.id, page=page_id)
    return Kept(replace(saved, opened=replace(opened, draft=kept)), str(holder))


@action("public.move")
def move(act: Act, holder: str, pressed: str) -> None:
    """Go from reading the answers back to the step that the pressed button leads to."""
    draft = held(act, holder, lock=True)
    opened = opened_report(act, draft)
    step = steps.pressed(opened.form, opened.answers, steps.CHECK, pressed, stays=True)
    changing = pressed.startswith("goto:") and step != steps.CHECK
    body = {**draft.body, "at": step, "row": None, "stays": None, "changing": changing}
    drafts.save(act.tx, replace(draft, body=body))
    act.note("draft", draft.id)


@action("public.discard")
def discard(act: Act, holder: str) -> None:
    """Delete the report of this browser with its files and its key, if it holds one."""
    try:
        draft = held(act, holder)
    except NotFound:
        return
    drafts.remove(act.tx, draft.id)
    act.note("draft", draft.id)


def report(platform: Platform, holder: str) -> str | None:
    """Send the report of this browser; sent twice, it is kept once and gives the same code.

    Returns the tracking code, None where the form gives none. Raises BadAnswers with every
    problem, NotFound where this browser holds no report.
    """
    ready = _ready(platform, holder)
    return _report(platform, PUBLIC, holder, ready)


def _ready(platform: Platform, holder: str) -> Ready | None:
    with platform.store.reading() as tx:
        try:
            draft = drafts.held_by(tx, holder)
        except NotFound:
            return None
        form = platform.content.form_version(draft.form_hash, tx)
    opened = Opened(draft, form)
    told = parted(form, opened.answers)
    found = all_problems(opened, told.answers)
    if found:
        raise BadAnswers(*found)
    return Ready(opened, told.answers, told.kept)


@action("public.report")
def _report(act: Act, holder: str, ready: Ready | None) -> str | None:
    tx = act.tx
    key = f"report/{holder}"
    earlier = idempotency.earlier(tx, key, act.at)
    if earlier is not None:
        act.note("case", earlier["case"], again=True)
        code: str | None = earlier["code"]
        return code
    if ready is None:
        raise NotFound(Problem("reports.gone"))
    draft, form = ready.opened.draft, ready.opened.form
    if drafts.get(tx, draft.id, lock=True).version != draft.version:
        raise BadAnswers(Problem("submit.changed"))
    service = act.content.service()
    lead = act.content.agencies()[service.lead_agency]
    year = year_of(act.at, service.zone)
    case = Case(
        id=str(uuid4()),
        number=written(service.case_number, year, cases.next_number(tx, year)),
        state="undecided",
        created_at=act.at,
        due_at=report_due_at(act.at, lead),
    )
    cases.add(tx, case)
    submission = Submission(
        id=str(uuid4()),
        case_id=case.id,
        purpose=form.purpose,
        form_hash=form.hash,
        rule_set_hash=None,
        answers=ready.answers,
        facts=write_facts(facts(form, ready.answers)),
        submitted_at=act.at,
        submitted_by=None,
        language=draft.language,
        kept=ready.kept,
    )
    submissions.add(tx, submission)
    attachments.move(tx, draft.id, case.id, [ready.answers, ready.kept])
    search.add(tx, case.id, matching.values(form, ready.answers))
    timeline.add(tx, event(act, case, "reported"))
    send(act, case, [("case_reported", lead.id, f"/kasus/{case.id}")])
    code = tracking.new() if form.settings.tracking_code else None
    if code is not None:
        cases.add_tracking_code(tx, case.id, code)
    drafts.remove(tx, draft.id)
    idempotency.keep(tx, key, {"case": case.id, "code": code})
    act.note("case", case.id, submission=submission.id)
    return code


@action("public.follow")
def follow(act: Act, typed: str, address: str) -> Progress | None:
    """Return how far the case of a tracking code is, None where there is no such code.

    Raises TooOften, so that nobody finds a code by trying.
    """
    count(act, limits.FOLLOW_BY_ADDRESS, address)
    code = tracking.normalised(typed)
    try:
        case = cases.by_tracking_code(act.tx, code or "")
    except NotFound:
        act.refuse("case", "")
        return None
    act.note("case", case.id)
    match case.state:
        case "undecided":
            return "waiting" if case.manager is None else "reading"
        case "triage":
            return "reading"
        case "decided":
            return "helping"
        case "closed":
            return "finished"


def _stays(saved: Saved) -> Json:
    return {"problems": [kept_problem(p) for p in saved.problems], "new": sorted(saved.new)}


def count(act: Act, limit: limits.Limit, address: str) -> None:
    """Count a try. Raises TooOften."""
    over = limiting.count(act.tx, act.at, [Try(limit, limits.by_address(address))])
    if over is not None:
        raise over


def held(act: Act, holder: str | None, *, lock: bool = False) -> Draft:
    """Return the draft that a token holds. Raises NotFound, also where its time is over."""
    draft = drafts.held_by(act.tx, holder or "", lock=lock)
    if draft.expires_at <= act.at:
        raise NotFound(Problem("reports.gone"))
    return draft


def _empty(content: InForce, language: str) -> Draft:
    form = content.form_for("public_report")
    return Draft(
        id=str(uuid4()),
        kind=form.purpose,
        form_hash=form.hash,
        language=language,
        body={"answers": {}, "typed": {}, "sent": []},
        created_at=content.at,
        updated_at=content.at,
        expires_at=content.at + KEPT_WITHOUT_A_CODE,
    )


def opened_report(act: Act, draft: Draft) -> Opened:
    """Return a report with the form that it was begun on."""
    form = act.platform.content.form_version(draft.form_hash, act.tx)
    attached = attachments.of_draft(act.tx, draft, form)
    return Opened(draft, form, superseded=superseded(act.content, form), attached=attached)
