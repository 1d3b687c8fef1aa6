"""One case: its referrals and timeline, its answers, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from satupintu import words
from satupintu.actions import cases, corrections, managing
from satupintu.actions.cases import CaseFile, Story
from satupintu.cases.access import secret, sensitivity
from satupintu.cases.consent import Agreed, agreed
from satupintu.cases.referral import Referral, unanswered
from satupintu.cases.timeline import sentence
from satupintu.errors import BadAnswers, NotFound, Problem
from satupintu.forms import questions
from satupintu.forms.answers import kept_name
from satupintu.forms.attached import AttachedFiles
from satupintu.forms.document import SENSITIVITIES, Form, Role
from satupintu.forms.facts import at
from satupintu.forms.reading_back import MASKED, FileLink, Row, answers_html, sections
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.staff.desk import at_controls, desk, seen, to_case

REVEAL = "tampilkan"
_ABOUT: tuple[Role, ...] = ("sex", "age", "place", "kind")
_CONTACT: tuple[Role, ...] = ("name", "safe_contact", "match")


@desk.get("/kasus/<uuid:case_id>")
@guarded_by("case.read", "case.reveal")
def case(case_id: UUID) -> str:
    """Show a case's referrals, the late ones first, its timeline, and who may know what."""
    question = request.args.get(REVEAL)
    if question is None:
        file = cases.read(frame.platform(), frame.who(), str(case_id))
    else:
        file = cases.reveal(frame.platform(), frame.who(), str(case_id), question)
    return render_template(
        "staff/case.html",
        file=file,
        case=file.case,
        about=about(file),
        referrals=sorted(file.referrals, key=lambda r: _order(r, file)),
        is_late=lambda referral: _is_late(referral, file),
        unanswered=lambda referral: unanswered(referral, file.at),
        events=list(_events(file)),
        consent=None if file.main is None else _consent(file.main),
        contact=[] if file.main is None else _contact(file, file.main, question),
        readers=list(_readers(file)),
    )


@desk.get("/kasus/<uuid:case_id>/jawaban")
@guarded_by("case.read", "case.reveal")
def answers(case_id: UUID) -> str:
    """Show everything that was sent about a case, the newest first; secret answers covered."""
    question = request.args.get(REVEAL)
    if question is None:
        file = cases.read(frame.platform(), frame.who(), str(case_id))
    else:
        file = cases.reveal(frame.platform(), frame.who(), str(case_id), question)
    return render_template(
        "staff/answers.html",
        file=file,
        case=file.case,
        about=about(file),
        stories=[
            (story, _html(file, story, question), list(_kept(file, story, question)))
            for story in reversed(file.stories)
        ],
        newer_form=_newer_form,
        print_address=lambda story: _print_address(file, story, question),
    )


@desk.route("/kasus/<uuid:case_id>/catatan", methods=["GET", "POST"])
@guarded_by("case.read", "case.note")
def note(case_id: UUID) -> Response:
    """Write a note into the timeline."""
    problems: tuple[Problem, ...] = ()
    text = request.form.get("reason", "")
    if request.method == "POST":
        try:
            managing.note(frame.platform(), frame.who(), str(case_id), text)
        except BadAnswers as e:
            problems = e.problems
        else:
            return to_case(case_id)
    file = cases.read(frame.platform(), frame.who(), str(case_id))
    page = render_template(
        "staff/note.html", case=file.case, problems=at_controls(problems), text=text
    )
    return make_response(page, 422 if problems else 200)


@desk.post("/kasus/<uuid:case_id>/ambil")
@guarded_by("report.take")
def take(case_id: UUID) -> Response:
    """Become the manager of a case that nobody manages yet."""
    managing.take(frame.platform(), frame.who(), str(case_id))
    return to_case(case_id)


@desk.post("/kasus/<uuid:case_id>/bagikan")
@guarded_by("case.share")
def share(case_id: UUID) -> Response:
    """Let a colleague see the case, or no longer."""
    managing.share(
        frame.platform(),
        frame.who(),
        str(case_id),
        request.form.get("account", ""),
        shared=request.form.get("act") != "unshare",
    )
    return to_case(case_id)


@desk.post("/kasus/<uuid:case_id>/serahkan")
@guarded_by("case.reassign")
def reassign(case_id: UUID) -> Response:
    """Make a colleague the case's manager."""
    account = request.form.get("account", "")
    managing.reassign(frame.platform(), frame.who(), str(case_id), account, seen())
    return to_case(case_id)


@desk.post("/kasus/<uuid:case_id>/tertangani")
@guarded_by("notice.settle")
def settle(case_id: UUID) -> Response:
    """Say that what the alarms about the case ask for is done."""
    managing.settle(frame.platform(), frame.who(), str(case_id))
    return redirect(url_for("staff.queue"), 303)


@desk.post("/kasus/<uuid:case_id>/tutup")
@guarded_by("case.close")
def close(case_id: UUID) -> Response:
    """Close a case on which nothing is expected of anybody any more."""
    managing.close(frame.platform(), frame.who(), str(case_id), seen())
    return to_case(case_id)


@desk.post("/kasus/<uuid:case_id>/perbaiki")
@guarded_by("case.correct")
def correct(case_id: UUID) -> Response:
    """Open a draft that starts with what was sent, at its reading page."""
    draft = corrections.correct(frame.platform(), frame.who(), str(case_id), frame.page_language())
    return redirect(url_for("intake.check", draft_id=draft.id), 303)


def about(file: CaseFile) -> list[str]:
    """Return who the case is about in a few words, by the questions' roles; nothing secret."""
    if file.main is None:
        return []
    form, given = file.main.form, file.main.submission.answers
    found = []
    for question in (q for role in _ABOUT[:3] for q in form.with_role(role)):
        value = at(given, question.name)
        if value is not None and sensitivity(form, question.name) != SENSITIVITIES[-1]:
            kind = questions.of(question.kind)
            said = kind.shown(question, value, frame.page_language(), frame.wording().zone)
            found.append(
                words.say("staff.years", frame.page_language(), age=said)
                if "age" in question.roles
                else said
            )
    return found


def _newer_form(form: Form) -> bool:
    """Tell whether another version of a form is in force than the one that was asked."""
    try:
        return frame.documents().hash("form", form.id) != form.hash
    except NotFound:
        return False


def _order(referral: Referral, file: CaseFile) -> tuple[bool, bool, object]:
    return not _is_late(referral, file), not referral.open, referral.due_at


def _is_late(referral: Referral, file: CaseFile) -> bool:
    overdue = referral.open and referral.due_at < file.at
    return overdue or unanswered(referral, file.at)


def _events(file: CaseFile) -> Iterator[tuple[object, str]]:
    for event in reversed(file.timeline):
        yield event, sentence(event, frame.page_language(), file.agencies, file.titles)


def _consent(story: Story) -> tuple[Agreed, list[tuple[str, bool]]]:
    """Return what was agreed to, and each sharing group by title with whether it was ticked."""
    given = agreed(story.form, story.submission.answers)
    language = frame.page_language()
    groups = [
        (words.pick(option.title, language), option.const in given.groups)
        for question in story.form.with_role("consent_sharing")
        for option in question.options
    ]
    return given, groups


def _contact(file: CaseFile, story: Story, revealed: str | None) -> list[Row]:
    names = {q.name for role in _CONTACT for q in story.form.with_role(role)}
    around = {n.rpartition(".")[0] for n in names} - {""}
    found = sections(
        story.form,
        story.submission.answers,
        language=frame.page_language(),
        zone=frame.wording().zone,
        visible=names | around,
        reveal=() if revealed is None else (revealed,),
        url_to_reveal=lambda name: _reveal("staff.case", file, name),
    )
    return [row for section in found for row in section.rows if row.lines or row.masked]


def _readers(file: CaseFile) -> Iterator[tuple[str, list[str]]]:
    """Yield each sensitivity, the most secret first, with the agencies that work and may see it."""
    there = dict.fromkeys(r.agency for r in file.referrals if r.state not in ("held", "ended"))
    for level in reversed(SENSITIVITIES):
        yield (
            level,
            [
                words.pick(file.agencies[code].name, frame.page_language())
                for code in there
                if code in file.agencies and level in file.agencies[code].may_see
            ],
        )


def _html(file: CaseFile, story: Story, revealed: str | None) -> Markup:
    return answers_html(
        story.form,
        story.submission.answers,
        language=frame.page_language(),
        zone=frame.wording().zone,
        reveal=() if revealed is None else (revealed,),
        url_to_reveal=lambda name: _reveal("staff.answers", file, name),
        url_for_file=lambda one: url_for("files.open_file", file_id=one),
        attached=file.attached,
    )


@dataclass(frozen=True)
class Kept:
    """An answer that was kept beside the others, covered where it is most secret."""

    title: str
    said: str = ""
    masked: bool = False
    reveal: str | None = None
    files: tuple[FileLink, ...] = ()


def _kept(file: CaseFile, story: Story, revealed: str | None) -> Iterator[Kept]:
    language, zone = frame.page_language(), frame.wording().zone
    for where, value in story.submission.kept.items():
        question = story.form.questions[kept_name(where)]
        kind, title = questions.of(question.kind), words.pick(question.title, language)
        if question.sensitivity == MASKED and question.name != revealed:
            link = _reveal("staff.answers", file, question.name)
            yield Kept(title, masked=True, reveal=link)
        else:
            named = AttachedFiles(language, file.attached)
            ids = () if kind.files is None else kind.files(question, value)
            links = tuple(
                FileLink(named.told(one), url_for("files.open_file", file_id=one)) for one in ids
            )
            yield Kept(title, kind.shown(question, value, language, zone), files=links)


def _print_address(file: CaseFile, story: Story, revealed: str | None) -> str:
    """Return where these answers are as PDF, with what is uncovered on the page uncovered."""
    address = url_for("paper.of_case", case_id=file.case.id, submission_id=story.submission.id)
    kept = revealed is not None and revealed in secret(story.form)
    return f"{address}?{urlencode({REVEAL: revealed})}" if kept else address


def _reveal(endpoint: str, file: CaseFile, name: str) -> str:
    return f"{url_for(endpoint, case_id=file.case.id)}?{urlencode({REVEAL: name})}"
