"""What was sent once, under today's form: read only, and as covered as it was when it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from flask import render_template, request, url_for

from satupintu.actions import cases
from satupintu.actions.cases import Today
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import SENSITIVITIES, Form
from satupintu.forms.migrating import Fate
from satupintu.forms.migrating.fate import named
from satupintu.forms.migrating.guarding import secrecy
from satupintu.forms.migrating.telling import fate_sentence, title_of
from satupintu.forms.reading_back import answers_html
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.staff.case import REVEAL, about
from satupintu.web.staff.desk import desk


@dataclass(frozen=True)
class Line:
    """What became of one answer. ``said`` is an answer that is none any more, in words; ``covered``
    leads to where it is uncovered.
    """

    title: str
    sentence: str
    lost: bool
    said: str = ""
    covered: str = ""


@desk.get("/kasus/<uuid:case_id>/jawaban/<uuid:submission_id>/kini")
@guarded_by("case.today")
def today(case_id: UUID, submission_id: UUID) -> str:
    """Show what was sent as the form in force has it, and what became of each answer."""
    question = request.args.get(REVEAL)
    ids = str(case_id), str(submission_id)
    found = cases.today(frame.platform(), frame.who(), *ids, question)
    lines = list(_lines(found, question))
    return render_template(
        "staff/today.html",
        found=found,
        file=found.file,
        case=found.file.case,
        about=about(found.file),
        lost=[line for line in lines if line.lost],
        changed=[line for line in lines if not line.lost],
        problems=[p.sentence(frame.page_language()) for p in found.migrated.problems],
        html=answers_html(
            found.form,
            found.migrated.answers,
            language=frame.page_language(),
            zone=frame.wording().zone,
            reveal=() if question is None else (question,),
            url_to_reveal=lambda name: _reveal(found, name),
            url_for_file=lambda one: url_for("files.open_file", file_id=one),
        ),
    )


def _lines(found: Today, revealed: str | None) -> Iterator[Line]:
    older, language = found.story.form, frame.page_language()
    for fate in found.migrated.fates:
        question = older.questions.get(fate.question)
        in_parts = question is not None and bool(question.children) and bool(fate.value)
        title = title_of(older, fate.question or named(fate.place), language)
        another_key = fate.how == "renamed" and title == title_of(found.form, fate.asks, language)
        if fate.how == "kept" or another_key or (fate.lost and in_parts):
            continue  # a key says nothing to staff; of lost rows each of their questions is told
        numbers = [str(step + 1) for step in fate.place if isinstance(step, int)]
        titled = f"{title} ({', '.join(numbers)})" if numbers else title
        sentence = fate_sentence(fate, found.form, language)
        secret = question is None or secrecy(older, fate.question) == SENSITIVITIES[-1]
        if not fate.lost:
            yield Line(titled, sentence, lost=False)
        elif secret and fate.question != revealed:
            link = "" if question is None else _reveal(found, fate.question)
            yield Line(titled, sentence, lost=True, covered=link)
        else:
            yield Line(titled, sentence, lost=True, said=_said(older, fate))


def _said(older: Form, fate: Fate) -> str:
    """Return an older answer in words; a part of one that is asked as a whole as it is."""
    question = older.questions[fate.question]
    if named(fate.place) != fate.question:
        value: Json = fate.value
        return value if isinstance(value, str) else str(value)
    kind = questions.of(question.kind)
    return kind.shown(question, fate.value, frame.page_language(), frame.wording().zone)


def _reveal(found: Today, name: str) -> str:
    case, submission = found.file.case.id, found.story.submission.id
    page = url_for("staff.today", case_id=case, submission_id=submission)
    return f"{page}?{urlencode({REVEAL: name})}"
