"""One referral as the agency that received it sees it: cut by its state, secrecy and consent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Literal

from satupintu.actions import attachments
from satupintu.actions.action import Act, Denied, action, deny
from satupintu.agencies.directory import Agency
from satupintu.cases.access import may_see_referral, visible
from satupintu.cases.case import Case, DecisionRecord, Submission
from satupintu.cases.consent import Agreed, agreed, withdrawn
from satupintu.cases.flags import effects
from satupintu.cases.referral import Referral, ReferralState
from satupintu.cases.timeline import sentence
from satupintu.errors import NotFound, Problem
from satupintu.forms.document import Form
from satupintu.forms.reading_back import Section, sections
from satupintu.rules.document import RuleSet
from satupintu.store import cases, drafts, referrals, submissions, timeline
from satupintu.words import Text

AT_WORK: frozenset[ReferralState] = frozenset({"accepted", "in_progress"})


@dataclass(frozen=True)
class Reading:
    """How the answers are written out: language, covered questions to uncover, addresses."""

    language: str
    reveal: Collection[str] = ()
    url_to_reveal: Callable[[str], str] | None = None
    url_for_file: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Titles:
    """The questions of one page by their titles alone."""

    page: Text
    questions: tuple[Text, ...]


@dataclass(frozen=True)
class Because:
    """One rule that asked for this referral, with its sentence."""

    rule: str
    why: Text


@dataclass(frozen=True)
class Permission:
    """On what the referral was sent: ``groups`` are the sharing groups that were agreed to.

    ``recorded`` where staff wrote down the consent themselves, ``withdrawn`` where newer answers
    no longer agree: then the agency sees no answer.
    """

    kind: Literal["not_needed", "to_be_told", "told", "agreed", "recorded", "withdrawn"]
    at: datetime | None = None
    groups: tuple[Text, ...] = ()


@dataclass(frozen=True)
class FollowUp:
    """What the agency reported on a referral; once it is done, only when."""

    at: datetime
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Happened:
    """One line of what happened to a referral at its agency."""

    at: datetime
    said: str


@dataclass(frozen=True)
class Received:
    """A referral in somebody's inbox. ``sections`` are the answers that this agency may read now,
    given to ``form`` at ``told_at``; ``opening`` the questions that accepting opens, ``closed``
    those that stay closed.
    """

    referral: Referral
    number: str
    agency: Agency
    lead_agency: str
    form: Form | None
    told_at: datetime | None
    sections: tuple[Section, ...]
    opening: tuple[Titles, ...]
    closed: tuple[Titles, ...]
    because: tuple[Because, ...]
    warnings: tuple[Text, ...]
    permission: Permission
    follow_ups: tuple[FollowUp, ...]
    history: tuple[Happened, ...]
    draft_id: str | None

    @property
    def at_work(self) -> bool:
        """Tell whether the agency accepted it and is not done."""
        return self.referral.state in AT_WORK


class AccessEnded(Denied):
    """The agency had this referral, and has it no more."""

    def __init__(self, referral: Referral, number: str) -> None:
        self.referral = referral
        self.number = number
        problem = Problem(f"referrals.ended_{referral.state}")
        super().__init__(problem, "referral", referral.id)


def own(act: Act, referral_id: str, *, lock: bool = False) -> tuple[Referral, Case]:
    """Return a referral of the person's own inbox with its case; ``lock`` keeps both as they are.

    Raises AccessEnded where it was theirs, and for any other the same NotAllowed: whoever asks
    learns nothing of a held one, another agency's, or one that does not exist.
    """
    try:
        referral = referrals.get(act.tx, referral_id)
    except NotFound as e:
        raise deny("referral", referral_id, "referrals.not_yours") from e
    case = cases.get(act.tx, referral.case_id, lock=lock)
    if lock:  # the case first, as everybody does, or two could wait for each other
        referral = referrals.get(act.tx, referral_id, lock=True)
    if may_see_referral(act.who, referral) and referral.state != "declined":
        return referral, case
    was_theirs = referral.sent_at is not None and referral.state in ("declined", "ended")
    if was_theirs and _in_inbox(act, referral):
        raise AccessEnded(referral, case.number)
    raise deny("referral", referral_id, "referrals.not_yours")


@action("referral.read", reads=True)
def read(act: Act, referral_id: str, reading: Reading) -> Received:
    """Return a referral as its agency may see it now. Raises NotAllowed, AccessEnded."""
    referral, case = own(act, referral_id)
    agencies = act.content.agencies()
    agency = agencies[referral.agency]
    sent = submissions.of_case(act.tx, case.id)
    told = told_by(sent)
    records = submissions.decisions_of_case(act.tx, case.id)
    permission, open_now = Permission("recorded"), frozenset[str]()
    form: Form | None = None
    shown: tuple[Section, ...] = ()
    opening: tuple[Titles, ...] = ()
    closed: tuple[Titles, ...] = ()
    if told is not None:
        form = act.platform.content.form_version(told.form_hash, act.tx)
        permission = _permission(act, referral, agency, sent, form)
        later = frozenset[str]()
        if permission.kind != "withdrawn":
            open_now = visible(form, agency, referral.state)
            later = visible(form, agency, "accepted") if referral.state == "sent" else open_now
            shown = _sections(act, form, told, reading, open_now)
        opening = _titles(form, later - open_now)
        closed = _titles(form, frozenset(form.questions) - later)
    follow_ups = tuple(_follow_ups(act, referral, sent, reading))
    revealed = sorted({r for r in reading.reveal if r in open_now or follow_ups})
    act.note(
        "referral",
        referral_id,
        case=case.id,
        state=referral.state,
        questions=len(open_now),
        **({"revealed": revealed} if revealed else {}),
    )
    return Received(
        referral=referral,
        number=case.number,
        agency=agency,
        lead_agency=act.content.service().lead_agency,
        form=form,
        told_at=None if told is None else told.submitted_at,
        sections=shown,
        opening=opening,
        closed=closed,
        because=tuple(_because(act, referral, sent, records)),
        warnings=tuple(_warnings(act, sent, records)),
        permission=permission,
        follow_ups=follow_ups,
        history=tuple(_history(act, referral, reading.language)),
        draft_id=follow_up_draft(act, referral),
    )


def readable(
    act: Act, referral: Referral, agency: Agency, sent: Sequence[Submission]
) -> Iterator[tuple[Submission, Collection[str]]]:
    """Yield what an agency reads of what was sent about a case: its questions by name.

    That is what its clearance, the state of the referral and consent leave of the answers that
    count, and while it is at work the follow-ups that it wrote itself.
    """
    told = told_by(sent)
    if told is not None:
        form = act.platform.content.form_version(told.form_hash, act.tx)
        if _permission(act, referral, agency, sent, form).kind != "withdrawn":
            yield told, visible(form, agency, referral.state)
    for one in sent:
        if one.referral_id == referral.id and referral.state in AT_WORK:
            yield one, act.platform.content.form_version(one.form_hash, act.tx).questions


def told_by(sent: Sequence[Submission]) -> Submission | None:
    """Return the answers that count, of what was sent about a case: the newest assessment, else
    the report.
    """
    for purpose in ("assessment", "public_report"):
        found = [s for s in sent if s.purpose == purpose]
        if found:
            return found[-1]
    return None


def follow_up_draft(act: Act, referral: Referral) -> str | None:
    """Return the follow-up that somebody of the agency has begun to write."""
    begun = (
        d.id for d in drafts.of_case(act.tx, referral.case_id) if _is_about(d, referral, act.at)
    )
    return next(begun, None)


def _is_about(draft: drafts.Draft, referral: Referral, at: datetime) -> bool:
    return draft.kind == "follow_up" and draft.referral_id == referral.id and draft.expires_at > at


def _in_inbox(act: Act, referral: Referral) -> bool:
    """Tell whether a referral would be in somebody's inbox if it were still open."""
    return may_see_referral(act.who, replace(referral, state="sent"))


def _permission(
    act: Act, referral: Referral, agency: Agency, sent: Sequence[Submission], form: Form
) -> Permission:
    match referral.consent:
        case "tanpa":
            return Permission("not_needed")
        case "informasikan" if referral.told_at is None:
            return Permission("to_be_told")
        case "informasikan":
            return Permission("told", referral.told_at)
    now, before = told_by(sent), told_by(_until(sent, referral.sent_at))
    agreed_now = _agreed(act, now)
    if withdrawn(referral.consent, agency, _agreed(act, before), agreed_now):
        return Permission("withdrawn", now.submitted_at if now else None)
    if now is None or not agreed_now.to(agency):
        return Permission("recorded", referral.sent_at)
    groups = tuple(
        option.title
        for question in form.with_role("consent_sharing")
        for option in question.options
        if option.const == agency.sharing_group
    )
    return Permission("agreed", now.submitted_at, groups)


def _until(sent: Sequence[Submission], moment: datetime | None) -> list[Submission]:
    return [s for s in sent if moment is not None and s.submitted_at <= moment]


def _agreed(act: Act, submission: Submission | None) -> Agreed:
    if submission is None:
        return Agreed()
    form = act.platform.content.form_version(submission.form_hash, act.tx)
    return agreed(form, submission.answers)


def _titles(form: Form, names: Collection[str]) -> tuple[Titles, ...]:
    """Return the titles of questions page by page; a group or row stands for those inside it."""
    found = []
    for _, together in groupby(form.pages, lambda page: page.section):
        steps = list(together)
        keys = {name for step in steps for name in step.questions}
        here = tuple(
            q.title
            for q in form.questions.values()
            if q.name in names and q.name.partition(".")[0] in keys and not q.children
        )
        if here:
            found.append(Titles(steps[0].title, here))
    return tuple(found)


def _sections(
    act: Act,
    form: Form,
    submission: Submission,
    reading: Reading,
    names: Collection[str] | None,
) -> tuple[Section, ...]:
    return sections(
        form,
        submission.answers,
        language=reading.language,
        zone=act.content.service().zone,
        reveal=reading.reveal,
        visible=names,
        url_to_reveal=reading.url_to_reveal,
        url_for_file=reading.url_for_file,
        attached=attachments.of_case(act.tx, submission.case_id, form),
    )


def _history(act: Act, referral: Referral, language: str) -> Iterator[Happened]:
    for event in timeline.of_case(act.tx, referral.case_id):
        if event.details.get("referral") == referral.id:
            yield Happened(event.at, sentence(event, language, act.content.agencies(), {}))


def _because(
    act: Act, referral: Referral, sent: Sequence[Submission], records: Sequence[DecisionRecord]
) -> Iterator[Because]:
    record = next((r for r in records if r.id == referral.decision_id), None)
    if record is None:
        return
    rules = {rule.id: rule for rule in _rule_set(act, record, sent).rules}
    for name in referral.rules:
        yield Because(name, rules[name].why)


def _warnings(
    act: Act, sent: Sequence[Submission], records: Sequence[DecisionRecord]
) -> Iterator[Text]:
    """Yield the flags that ask nobody to contact somebody, of every decision that still stands.

    One that is only proposed, or in doubt, warns already.
    """
    raised: dict[str, Text] = {}
    for record in records:
        if record.state == "superseded" or record.decision is None:
            continue
        flags = _rule_set(act, record, sent).flags
        facts = _submission(record, sent).facts
        for name in effects(flags, record.decision, facts).do_not_contact:
            raised[name] = flags[name].title
    yield from raised.values()


def _rule_set(act: Act, record: DecisionRecord, sent: Sequence[Submission]) -> RuleSet:
    form_hash = _submission(record, sent).form_hash
    return act.platform.content.rule_set_version(record.rule_set_hash, form_hash, act.tx)


def _submission(record: DecisionRecord, sent: Sequence[Submission]) -> Submission:
    by_id: Mapping[str, Submission] = {s.id: s for s in sent}
    return by_id[record.submission_id]


def _follow_ups(
    act: Act, referral: Referral, sent: Sequence[Submission], reading: Reading
) -> Iterator[FollowUp]:
    for one in sent:
        if one.purpose == "follow_up" and one.referral_id == referral.id:
            form = act.platform.content.form_version(one.form_hash, act.tx)
            shown = _sections(act, form, one, reading, None) if referral.state in AT_WORK else ()
            yield FollowUp(one.submitted_at, shown)
