"""Drafts: answers on their way, opened, read, saved page by page and discarded.

The body of a draft is ``{"answers": {...}, "typed": {...}, "unread": [...], "sent": [page ids]}``:
what could be read, what was typed but could not be (by control name) with what to do about it, and
the pages that were sent once.
``met`` names the questions with a default that stood on a page that was saved: it is theirs once.
``views`` names by page the drawn page whose quiet save was the last to change it; ``corrects``
names the submission that a correction replaces, ``carried`` the questions whose answers came from a
report.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from satupintu.actions import attachments
from satupintu.actions.action import Act, action, deny
from satupintu.actions.content import InForce
from satupintu.actions.opened import Opened, Saved, SomebodyElse, with_page, without
from satupintu.actions.provisional import headline
from satupintu.cases.access import may_see_case, may_see_referral
from satupintu.documents import Json
from satupintu.errors import Conflict, NotFound, Problem
from satupintu.forms import questions
from satupintu.forms.answers import asked, with_computed
from satupintu.forms.asking import standing
from satupintu.forms.beginning import added, with_new_row
from satupintu.forms.binding import Bound, before_its_writer, read_page
from satupintu.forms.carrying import carried
from satupintu.forms.compiling import on_page
from satupintu.forms.document import Form, Page, Purpose
from satupintu.forms.facts import Answers, at
from satupintu.forms.questions.kinds import Files, Texts
from satupintu.forms.uploads import Upload
from satupintu.people.actor import Actor
from satupintu.store import cases, drafts, files, referrals, submissions
from satupintu.store.drafts import Draft
from satupintu.store.files import StoredFile
from satupintu.store.open import Transaction

KEPT_WITHOUT_A_CODE = timedelta(hours=24)
"""How long a report is kept of which nobody asked that it be kept."""
DRAWN = ":drawn"
"""The field by which a page names the questions that stand on it; no question has such a key."""
ENDS_SOON = timedelta(days=3)
"""How long before a draft's time is over the list of drafts says so."""
MOST_FILES = 60 * 1024 * 1024
"""Bytes of all files of one draft together."""


def may_use(tx: Transaction, who: Actor, draft: Draft, lead_agency: str) -> bool:
    """Tell whether a draft is somebody's own, or about a case or referral they work on."""
    if who.account_id is None:
        return False
    if draft.account == who.account_id:
        return True
    if draft.referral_id is not None:
        return may_see_referral(who, referrals.get(tx, draft.referral_id))
    if draft.case_id is None:
        return False
    case = cases.get(tx, draft.case_id)
    return may_see_case(who, case, lead_agency, cases.shared_with(tx, case.id))


@action("assessment.start")
def start(act: Act, language: str, case_id: str | None = None) -> Draft:
    """Open a new assessment; about a case, it starts with what its report already answered.

    A case that already has a draft gets no second one: the one there is comes back.
    """
    form = act.content.form_for("assessment")
    body: dict[str, Json] = {"answers": {}, "typed": {}, "sent": []}
    if case_id is not None:
        case = cases.get(act.tx, case_id, lock=True)
        lead = act.content.service().lead_agency
        if not may_see_case(act.who, case, lead, cases.shared_with(act.tx, case.id)):
            raise deny()
        begun = begun_for_case(act, case_id)
        if begun is not None:
            act.note("draft", begun.id, case=case_id)
            return begun
        report = submissions.latest(act.tx, case_id, "public_report")
        if report is not None:
            source = act.platform.content.form_version(report.form_hash, act.tx)
            body["answers"] = carried(source, report.answers, form)
            body["carried"] = sorted(body["answers"])
    draft = new_draft(act, form, language, body, case_id=case_id)
    drafts.add(act.tx, draft)
    return draft


def begun_for_case(act: Act, case_id: str) -> Draft | None:
    """Return the assessment of a case that somebody has begun, if its time is not over."""
    begun = (d for d in drafts.of_case(act.tx, case_id) if d.kind == "assessment")
    return next((d for d in begun if d.expires_at > act.at), None)


def kept_for(act: Act, form: Form) -> timedelta:
    """Return how long after its last save a draft of a form is kept."""
    return timedelta(days=form.settings.draft_days or act.platform.settings.draft_days)


def new_draft(
    act: Act,
    form: Form,
    language: str,
    body: Mapping[str, Json],
    *,
    case_id: str | None = None,
    referral_id: str | None = None,
) -> Draft:
    """Return a draft of this act, and note it; the caller keeps it."""
    draft = Draft(
        id=str(uuid4()),
        kind=form.purpose,
        form_hash=form.hash,
        language=language,
        body=body,
        created_at=act.at,
        updated_at=act.at,
        expires_at=act.at + kept_for(act, form),
        account=act.who.account_id,
        case_id=case_id,
        referral_id=referral_id,
    )
    act.note("draft", draft.id, **({} if case_id is None else {"case": case_id}))
    return draft


@action("draft.read", reads=True)
def read(act: Act, draft_id: str, reveal: Collection[str] = ()) -> Opened:
    """Return a draft of one's own, or of a case one works on. Raises NotFound, NotAllowed.

    ``reveal`` names the covered questions whose answers are shown, for the audit trail.
    """
    opened = opened_draft(act, draft_id)
    named = sorted(opened.form.questions.keys() & set(reveal))
    shown = {"revealed": named} if named else {}
    act.note("draft", draft_id, **shown, **_about(opened.draft))
    return opened


@dataclass(frozen=True)
class Begun:
    """A draft in a list; what it says stays closed."""

    id: str
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    ends_soon: bool
    case_number: str | None
    referral_id: str | None


@action("draft.list", reads=True)
def listed(act: Act, purpose: Purpose = "assessment") -> tuple[Begun, ...]:
    """Return one's own drafts of one purpose, the last saved first."""
    if act.who.account_id is None:
        return ()
    return tuple(
        Begun(
            d.id,
            d.created_at,
            d.updated_at,
            d.expires_at,
            d.expires_at - act.at <= ENDS_SOON,
            None if d.case_id is None else cases.get(act.tx, d.case_id).number,
            d.referral_id,
        )
        for d in drafts.of_account(act.tx, act.who.account_id)
        if d.kind == purpose and d.expires_at > act.at
    )


@action("draft.redraw", reads=True)
def redraw(act: Act, draft_id: str, page_id: str, posted: Texts) -> Opened:
    """Return the draft as it would be with this page, keeping nothing: to draw the page again."""
    opened = opened_draft(act, draft_id)
    act.note("draft", draft_id, page=page_id, **_about(opened.draft))
    return redrawn(act.content, opened, page_id, posted)


def redrawn(content: InForce, opened: Opened, page_id: str, posted: Texts) -> Opened:
    """Return a draft that the caller may use as it would be with this page."""
    page = opened.page(page_id)
    bound = bound_page(content, opened, page, posted, {})
    draft = replace(opened.draft, body=with_page(opened, page, bound))
    return replace(opened, draft=draft, headline=headline(content, opened.form, bound.answers))


@action("draft.save")
def save_page(
    act: Act,
    draft_id: str,
    page_id: str,
    posted: Texts,
    uploaded: Files,
    seen: str,
    theirs: Collection[str] = (),
    view: str = "",
) -> Saved:
    """Read a page as it was posted and keep it, whatever is wrong with it.

    ``seen`` is the token of the page that the writer had before them, ``view`` names that page as
    it was drawn. Raises SomebodyElse where the same page was changed meanwhile, other than by its
    own quiet saves; changes of other pages are kept beside these. ``theirs`` names the questions
    where the writer, shown both, chose what somebody else answered.
    """
    opened = opened_draft(act, draft_id, lock=True)
    saved = save(act, opened, page_id, posted, uploaded, seen, theirs, view)
    act.note("draft", draft_id, page=page_id, **_about(opened.draft))
    return saved


def save(
    act: Act,
    opened: Opened,
    page_id: str,
    posted: Texts,
    uploaded: Files,
    seen: str,
    theirs: Collection[str] = (),
    view: str = "",
) -> Saved:
    """Keep a posted page of a draft that the caller may use."""
    page = opened.page(page_id)
    draft, form = opened.draft, opened.form
    bound = bound_page(act.content, opened, page, posted, uploaded)
    if not opened.may_follow(page, bound, seen, view):
        raise SomebodyElse(opened, bound.answers, page)
    if theirs:
        bound = without(opened, bound, theirs)
    if opened.attached:
        attachments.remove_unnamed(act.tx, draft.id, bound.answers)
    _keep_files(act, draft, bound.uploads)
    body = with_page(opened, page, bound)
    reopened = _asking_more(form, opened.answers, bound.answers)
    body["sent"] = sorted(({*draft.body["sent"]} - reopened) | {page_id})
    saved = drafts.save(act.tx, later(draft, act.at, body))
    after = replace(
        opened,
        draft=saved,
        headline=headline(act.content, form, bound.answers),
        attached=attachments.of_draft(act.tx, saved, form),
    )
    return Saved(after, page, bound.problems, _new(opened, bound, page, posted))


def later(draft: Draft, at: datetime, body: Mapping[str, Json]) -> Draft:
    """Return a draft as it is saved at a moment: its time begins again."""
    expires_at = at + (draft.expires_at - draft.updated_at)
    return replace(draft, body=body, updated_at=at, expires_at=expires_at)


def _asking_more(form: Form, before: Answers, now: Answers) -> set[str]:
    """Return the pages that ask, since this save, what they did not ask when they were sent."""
    known = {q.name for q in asked(form, before)}
    new = {
        q.name.partition(".")[0]
        for q in asked(form, now)
        if q.name not in known and q.computed is None and at(now, q.name) is None
    }
    return {page.id for page in form.pages if new.intersection(page.questions)}


def _new(opened: Opened, bound: Bound, page: Page, posted: Texts) -> frozenset[str]:
    """Return the questions of a page that are asked only now and did not stand on it yet."""
    form = opened.form
    here = on_page(form, page)
    stood = standing(form, here, with_computed(form, opened.begun(page))).asked
    before = before_its_writer(stood, _drawn(posted))
    now = standing(form, here, bound.answers).asked
    new = {name for name in now - before if name in form.questions and not _sent(name, posted)}
    for question in here:
        inside, value = questions.of(question.kind).inside, bound.answers.get(question.key)
        if inside is not None and question.key in now and value is not None:
            seen = inside(question, opened.answers.get(question.key))
            asked = inside(question, value) - seen
            new |= {name for name in asked if not _sent(name, posted)}
    return frozenset(new)


def _sent(name: str, posted: Texts) -> bool:
    return any(control == name or control.startswith(f"{name}.") for control in posted)


def bound_page(
    content: InForce, opened: Opened, page: Page, posted: Texts, uploaded: Files
) -> Bound:
    """Return a page of a draft as it was posted, read into its answers; a row that was added begins
    with its defaults.
    """
    bound = read_page(
        opened.form,
        page,
        posted,
        uploaded,
        opened.answers,
        zone=content.service().zone,
        language=opened.draft.language,
        drawn=_drawn(posted),
        begun=opened.begun(page),
    )
    rows = added(opened.form, posted, bound.answers)
    if rows is None:
        return bound
    return replace(bound, answers=with_new_row(opened.form, bound.answers, rows))


def _drawn(posted: Texts) -> frozenset[str] | None:
    said = posted.getlist(DRAWN)
    return frozenset(said[-1].split()) if said else None


def _keep_files(act: Act, draft: Draft, uploads: Mapping[str, Upload]) -> None:
    room = MOST_FILES - files.size_of_draft(act.tx, draft.id) if uploads else 0
    for question, upload in uploads.items():
        room -= len(upload.data)
        if room < 0:
            raise Conflict(Problem("drafts.files_too_large", {"limit": MOST_FILES >> 20}))
        stored = StoredFile(
            id=upload.id,
            question=question,
            name=upload.name,
            media_type=upload.media_type,
            size=len(upload.data),
            added_at=act.at,
            draft_id=draft.id,
        )
        files.add(act.tx, stored, upload.data)


@action("draft.discard")
def discard(act: Act, draft_id: str) -> None:
    """Delete one's draft with its files and its key."""
    opened = opened_draft(act, draft_id)
    drafts.remove(act.tx, draft_id)
    act.note("draft", draft_id, **_about(opened.draft))


def opened_draft(act: Act, draft_id: str, *, lock: bool = False) -> Opened:
    """Return a draft that the person may use. Raises NotFound, also where its time is over;
    NotAllowed.
    """
    draft = drafts.get(act.tx, draft_id, lock=lock)
    if not may_use(act.tx, act.who, draft, act.content.service().lead_agency):
        raise deny()
    if draft.expires_at <= act.at:
        raise NotFound(Problem("drafts.over"))
    form = act.platform.content.form_version(draft.form_hash, act.tx)
    number = None if draft.case_id is None else cases.get(act.tx, draft.case_id).number
    said = headline(act.content, form, draft.body["answers"])
    attached = attachments.of_draft(act.tx, draft, form)
    return Opened(draft, form, number, said, superseded(act.content, form), attached)


def superseded(content: InForce, form: Form) -> bool:
    """Tell whether the service asks by another version now than by the one a draft was begun on."""
    now = content.published.get(("form", content.service().forms[form.purpose]))
    return now is not None and now.version != form.hash


def _about(draft: Draft) -> dict[str, Json]:
    return {} if draft.case_id is None else {"case": draft.case_id}
