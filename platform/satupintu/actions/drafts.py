"""Drafts: answers on their way, opened, read, saved page by page and discarded.

The body of a draft is ``{"answers": {...}, "typed": {...}, "sent": [page ids]}``: what could be
read, what was typed but could not be (by control name), and the pages that were sent once.
``corrects`` names the submission that a correction replaces, ``carried`` the questions whose
answers came from a report.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from satupintu.actions.action import Act, action, deny
from satupintu.cases.access import may_see_case, may_see_referral
from satupintu.documents import Json, content_hash
from satupintu.errors import Conflict, NotFound, Problem
from satupintu.forms.answers import problems as answer_problems
from satupintu.forms.answers import without_hidden
from satupintu.forms.binding import read_page
from satupintu.forms.carrying import carried
from satupintu.forms.compiling import on_page
from satupintu.forms.document import Form, Page
from satupintu.forms.questions.kinds import Files, Texts, Typed
from satupintu.people.actor import Actor
from satupintu.store import cases, drafts, files, referrals, submissions
from satupintu.store.drafts import Draft
from satupintu.store.files import StoredFile
from satupintu.store.open import Transaction

KEPT_FOR_STAFF = timedelta(days=30)
KEPT_FOR_THE_PUBLIC = timedelta(hours=24)
MOST_FILES = 60 * 1024 * 1024
"""Bytes of all files of one draft together."""


@dataclass(frozen=True)
class Opened:
    """A draft with its form. ``typed`` is what could not be read, to be shown again as it was."""

    draft: Draft
    form: Form

    @property
    def answers(self) -> Mapping[str, Json]:
        """The answers so far, hidden ones included."""
        answers: Mapping[str, Json] = self.draft.body["answers"]
        return answers

    @property
    def typed(self) -> Typed:
        """What was typed and could not be read, by control name."""
        return {
            k: tuple(v) if isinstance(v, list) else v for k, v in self.draft.body["typed"].items()
        }

    @property
    def sent(self) -> frozenset[str]:
        """The pages that were sent at least once."""
        return frozenset(self.draft.body["sent"])

    def page(self, page_id: str) -> Page:
        """Return a page by its id. Raises NotFound."""
        for page in self.form.pages:
            if page.id == page_id:
                return page
        raise NotFound(Problem("drafts.no_page"))

    def seen(self, page: Page) -> str:
        """Return the token of what stands on a page now: a save says what its writer had seen."""
        keys = {q.name.partition(".")[0] for q in on_page(self.form, page)}
        return content_hash({k: v for k, v in self.answers.items() if k in keys})[:16]


@dataclass(frozen=True)
class Saved:
    """A page that was saved, with the problems of reading it; ``Opened`` is the draft after it."""

    opened: Opened
    problems: tuple[Problem, ...]


class SomebodyElse(Conflict):
    """The same page was changed by somebody else meanwhile: nothing was saved yet.

    ``theirs`` is the draft as they left it, ``ours`` the answers with this page applied.
    """

    def __init__(self, theirs: Opened, ours: Mapping[str, Json]) -> None:
        self.theirs = theirs
        self.ours = ours
        super().__init__(Problem("drafts.changed"))


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
        begun = [d for d in drafts.of_case(act.tx, case_id) if d.kind == "assessment"]
        if begun:
            act.note("draft", begun[0].id, case=case_id)
            return begun[0]
        report = submissions.latest(act.tx, case_id, "public_report")
        if report is not None:
            source = act.platform.content.form_version(report.form_hash, act.tx)
            body["answers"] = carried(source, report.answers, form)
            body["carried"] = sorted(body["answers"])
    draft = new_draft(act, form, language, body, case_id=case_id)
    drafts.add(act.tx, draft)
    return draft


def new_draft(
    act: Act,
    form: Form,
    language: str,
    body: Mapping[str, Json],
    *,
    case_id: str | None = None,
    referral_id: str | None = None,
    kept_for: timedelta = KEPT_FOR_STAFF,
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
        expires_at=act.at + kept_for,
        account=act.who.account_id,
        case_id=case_id,
        referral_id=referral_id,
    )
    act.note("draft", draft.id, **({} if case_id is None else {"case": case_id}))
    return draft


@action("draft.read", reads=True)
def read(act: Act, draft_id: str) -> Opened:
    """Return a draft of one's own, or of a case one works on. Raises NotFound, NotAllowed."""
    opened = _opened(act, draft_id)
    act.note("draft", draft_id, **_about(opened.draft))
    return opened


@action("draft.list", reads=True)
def listed(act: Act) -> tuple[Draft, ...]:
    """Return one's own drafts, the last saved first."""
    return drafts.of_account(act.tx, act.who.account_id) if act.who.account_id else ()


@action("draft.save")
def save_page(
    act: Act, draft_id: str, page_id: str, posted: Texts, uploaded: Files, seen: str
) -> Saved:
    """Read a page as it was posted and keep it, whatever is wrong with it.

    ``seen`` is the token of the page that the writer had before them. Raises SomebodyElse where the
    same page was changed meanwhile; changes of other pages are kept beside these.
    """
    opened = _opened(act, draft_id)
    return save(act, opened, page_id, posted, uploaded, seen)


def save(
    act: Act, opened: Opened, page_id: str, posted: Texts, uploaded: Files, seen: str
) -> Saved:
    """Keep a posted page of a draft that the caller may use."""
    page = opened.page(page_id)
    draft, form = opened.draft, opened.form
    bound = read_page(
        form,
        page,
        posted,
        uploaded,
        opened.answers,
        zone=act.content.service().zone,
        language=draft.language,
    )
    if seen != opened.seen(page):
        raise SomebodyElse(opened, bound.answers)
    room = MOST_FILES - files.size_of_draft(act.tx, draft.id) if bound.uploads else 0
    for question, upload in bound.uploads.items():
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
    here = {q.name for q in on_page(form, page)}
    typed = {k: v for k, v in draft.body["typed"].items() if not _belongs(k, here)}
    body = {
        **draft.body,
        "answers": bound.answers,
        "typed": typed
        | {k: list(v) if isinstance(v, tuple) else v for k, v in bound.unread.items()},
        "sent": sorted({*draft.body["sent"], page_id}),
    }
    kept_for = draft.expires_at - draft.updated_at
    saved = drafts.save(
        act.tx, replace(draft, body=body, updated_at=act.at, expires_at=act.at + kept_for)
    )
    act.note("draft", draft.id, page=page_id, **_about(draft))
    return Saved(Opened(saved, form), bound.problems)


@action("draft.discard")
def discard(act: Act, draft_id: str) -> None:
    """Delete one's draft with its files and its key."""
    opened = _opened(act, draft_id)
    drafts.remove(act.tx, draft_id)
    act.note("draft", draft_id, **_about(opened.draft))


def page_problems(opened: Opened, page: Page) -> tuple[Problem, ...]:
    """Return what the form's schema says about the questions of one page."""
    here = {q.name.partition(".")[0] for q in on_page(opened.form, page)}
    return tuple(
        p for p in all_problems(opened) if p.pointer.removeprefix("/").partition("/")[0] in here
    )


def all_problems(opened: Opened) -> tuple[Problem, ...]:
    """Return what stands in the way of sending: what the schema refuses of what is asked."""
    answers, _ = without_hidden(opened.form, opened.answers)
    return answer_problems(opened.form, answers)


def _opened(act: Act, draft_id: str) -> Opened:
    draft = drafts.get(act.tx, draft_id)
    if not may_use(act.tx, act.who, draft, act.content.service().lead_agency):
        raise deny()
    return Opened(draft, act.platform.content.form_version(draft.form_hash, act.tx))


def _about(draft: Draft) -> dict[str, Json]:
    return {} if draft.case_id is None else {"case": draft.case_id}


def _belongs(control: str, questions: Collection[str]) -> bool:
    """Tell whether a control is one of a question's: ``waktu.jam`` is one of ``waktu``'s."""
    return any(control == name or control.startswith(f"{name}.") for name in questions)
