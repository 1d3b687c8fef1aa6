"""Files that people attached: opened by whoever may read the answer that they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from satupintu.actions.action import Act, action, deny
from satupintu.actions.drafts import may_use
from satupintu.actions.received import readable
from satupintu.cases.access import may_see_case, may_see_referral
from satupintu.documents import Json
from satupintu.errors import NotFound, Problem
from satupintu.store import cases, drafts, files, referrals, submissions
from satupintu.store.files import StoredFile


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
    return _of_referral(act, file, case_id)


def _of_referral(act: Act, file: StoredFile, case_id: str) -> bool:
    """Tell whether an agency reads a question that this file answers, now.

    Which question that is, the answers say: a newer form may call it otherwise than the one that
    the file was sent under.
    """
    mine = [r for r in referrals.of_case(act.tx, case_id) if may_see_referral(act.who, r)]
    agency = act.content.agencies().get(act.who.agency or "")
    if not mine or agency is None:
        return False
    sent = submissions.of_case(act.tx, case_id)
    return any(
        question in names
        for referral in mine
        for submission, names in readable(act, referral, agency, sent)
        for question in _answered_by(file.id, submission.answers)
    )


def _answered_by(file_id: str, value: Json, name: str = "") -> Iterator[str]:
    """Yield the names of the questions whose answer a file is; rows count for nothing in them."""
    match value:
        case str() if value == file_id:
            yield name
        case Mapping():
            for key, below in value.items():
                yield from _answered_by(file_id, below, f"{name}.{key}" if name else key)
        case list():
            for below in value:
                yield from _answered_by(file_id, below, name)
