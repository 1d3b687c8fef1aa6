"""Files that people attached: opened by whoever may read the answer that they are."""

from __future__ import annotations

from dataclasses import dataclass

from satupintu.actions.action import Act, action, deny
from satupintu.actions.drafts import may_use
from satupintu.cases.access import may_see_case, may_see_referral, visible
from satupintu.errors import NotFound, Problem
from satupintu.people.actor import Actor
from satupintu.store import cases, drafts, files, referrals, submissions
from satupintu.store.files import StoredFile
from satupintu.store.open import Transaction


@dataclass(frozen=True)
class OpenedFile:
    """A file with its content; ``media_type`` is what it was recognised as when it came."""

    name: str
    media_type: str
    data: bytes


@action("file.open", reads=True)
def open_file(act: Act, file_id: str) -> OpenedFile:
    """Return a file of a draft one fills in, of a case one manages, or of a referral one works on.

    Raises NotFound, NotAllowed.
    """
    file = files.get(act.tx, file_id)
    if file.case_id is None:
        if not _of_own_draft(act, file):
            raise deny()
        act.note("file", file.id, draft=file.draft_id)
    else:
        if not _of_case(act, file, file.case_id):
            raise deny()
        act.note("file", file.id, case=file.case_id)
    return OpenedFile(file.name, file.media_type, files.read(act.tx, file))


def _of_own_draft(act: Act, file: StoredFile) -> bool:
    if file.draft_id is None:
        raise NotFound(Problem("store.not_found"))
    draft = drafts.get(act.tx, file.draft_id)
    return may_use(act.tx, act.who, draft, act.content.service().lead_agency)


def _of_case(act: Act, file: StoredFile, case_id: str) -> bool:
    case = cases.get(act.tx, case_id)
    lead = act.content.service().lead_agency
    if may_see_case(act.who, case, lead, cases.shared_with(act.tx, case_id)):
        return True
    return _of_referral(act, act.tx, act.who, file, case_id)


def _of_referral(act: Act, tx: Transaction, who: Actor, file: StoredFile, case_id: str) -> bool:
    """Tell whether an agency reads the question that this file answers, now."""
    mine = [r for r in referrals.of_case(tx, case_id) if may_see_referral(who, r)]
    agency = act.content.agencies().get(who.agency or "")
    if not mine or agency is None:
        return False
    question = ".".join(part for part in file.question.split(".") if not part.isdigit())
    for submission in submissions.of_case(tx, case_id):
        form = act.platform.content.form_version(submission.form_hash, tx)
        if question in form.questions and _holds(submission.answers, file.id):
            return any(question in visible(form, agency, r.state) for r in mine)
    return False


def _holds(answers: object, file_id: str) -> bool:
    match answers:
        case str():
            return answers == file_id
        case dict():
            return any(_holds(v, file_id) for v in answers.values())
        case list():
            return any(_holds(v, file_id) for v in answers)
        case _:
            return False
