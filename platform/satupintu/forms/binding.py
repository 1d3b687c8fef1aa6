"""What a browser sent for a page, read into the draft's answers; nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from zoneinfo import ZoneInfo

from satupintu.conditions.values import Facts
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions, row_page
from satupintu.forms.answers import with_computed
from satupintu.forms.asking import standing
from satupintu.forms.compiling import on_page
from satupintu.forms.document import Form, Page, Question, name_of
from satupintu.forms.facts import facts, in_row, row_facts
from satupintu.forms.fields import Arrived, PageForm, page_form
from satupintu.forms.questions.kinds import Files, Texts, Typed
from satupintu.forms.uploads import Upload

ROUNDS = 16
"""How often what is asked may change what is read; a form's own conditions are shallower."""


@dataclass(frozen=True)
class Bound:
    """A page as it was read.

    ``answers`` is the whole draft with this page applied and its computed answers worked out again.
    ``unread`` is what was typed but could not be read, by control name, to be shown again;
    ``uploads`` are the files to keep, by the name of their question (and a number, of several),
    whose ids already stand in ``answers``.
    """

    answers: dict[str, Json]
    unread: Typed
    uploads: Mapping[str, Upload]
    problems: tuple[Problem, ...]
    row: str = ""
    """The control name of the one row whose page it was."""
    elsewhere: tuple[str, ...] = ()
    """Control names of repeated groups that were a list on this page: what stands in their rows
    stays.
    """
    stood: frozenset[str] = frozenset()
    """Names of the questions that stood on the page, without those in rows."""

    def covers(self, control: str) -> bool:
        """Return whether a control stood on the page."""
        if self.row and not f"{control}.".startswith(f"{self.row}."):
            return False
        lists = (f"{name}." for name in self.elsewhere if not f"{self.row}.".startswith(f"{name}."))
        return not control.startswith(tuple(lists))


def read_page(
    form: Form,
    page: Page,
    posted: Texts,
    files: Files,
    answers: Mapping[str, Json],
    *,
    zone: ZoneInfo,
    language: str,
    drawn: frozenset[str] | None = None,
    begun: Mapping[str, Json] | None = None,
) -> Bound:
    """Return the draft ``answers`` with what was posted for one page.

    Only questions that this page asks are read. A question that is not asked keeps the draft's
    answer, as does one that is asked only now and so did not stand on the page yet. What is posted
    for a computed answer is ignored. ``drawn`` names what stood on the page, where the page itself
    says so: its quiet save may have made the draft ask more than it shows. ``begun`` are the
    answers that it was drawn with, where some began with a default. Problems are those of reading
    alone; the form's own schema judges the answers.
    """
    asked_here = on_page(form, page)
    top = [q for q in form.questions.values() if "." not in q.name]
    before = with_computed(form, answers if begun is None else begun)
    shown = before_its_writer(standing(form, asked_here, before).asked, drawn)
    lapsing = frozenset(_lapsing(form, shown))
    arrived = Arrived(
        texts=posted,
        files=files,
        answers=answers,
        zone=zone,
        shown=shown,
        sent=frozenset(_with_parents(posted, files)),
        asked=shown,
        kept_files=frozenset(_files_in(top, answers)),
        row=row_page.posted_row(posted),
    )
    for _ in range(ROUNDS):
        fields = page_form(form, page, language, arrived)
        read = with_computed(form, _applied(answers, fields))
        asked = standing(form, asked_here, read).asked | lapsing
        if asked == arrived.asked:
            break
        arrived = replace(arrived, asked=asked)
    typed = {name: text for f in fields.questions() for name, text in f.read.typed.items()}
    problems = [problem for field in fields.questions() for problem in field.read.problems]
    uploads = {n: file for field in fields.questions() for n, file in field.read.uploads.items()}
    lists = row_page.unmoved(asked_here, read, posted)
    stood = frozenset() if arrived.row else frozenset(n for n in shown if n in form.questions)
    bound = Bound(read, typed, uploads, tuple(problems), arrived.row, lists, stood)
    known = facts(form, read)
    for name, question, value, problem in _disagreements(
        form, asked_here, arrived.asked, read, known
    ):
        if bound.covers(name):
            typed |= questions.of(question.kind).typed(question, value, name, zone)
            problems.append(problem)
    return replace(bound, unread=typed, problems=tuple(problems))


def _lapsing(form: Form, shown: Iterable[str]) -> Iterator[str]:
    """Yield the questions that stood on a page only because they had an answer, which may have
    been cleared there.
    """
    for name in shown:
        question = form.questions.get(name_of(name))
        if question is not None and question.lapsed:
            yield name


def before_its_writer(asked: frozenset[str], drawn: frozenset[str] | None) -> frozenset[str]:
    """Return what of the questions that a draft asks stood on a page; rows say by their numbers
    which of them stood there.
    """
    if drawn is None:
        return asked
    return frozenset(n for n in asked if n in drawn or any(p.isdigit() for p in n.split(".")))


def _disagreements(
    form: Form,
    among: Iterable[Question],
    asked: frozenset[str],
    answers: Json,
    known: Facts,
    before: str = "",
) -> Iterator[tuple[str, Question, Json, Problem]]:
    """Yield the answers that others contradict, by control name; they stay, to be settled by a
    person.

    As a text that could not be read does, such an answer stands in the way of sending. In a row it
    is held against the answers of that row.
    """
    for question in among:
        name = before + question.key
        value = answers.get(question.key) if isinstance(answers, Mapping) else None
        if value is None or name not in asked:
            continue
        disagrees = questions.of(question.kind).disagrees
        if question.is_rows and isinstance(value, list) and _any_compared(question.children):
            for place, row in enumerate(value):
                here = in_row(question, row_facts(question, row), known)
                below = f"{name}.{place}."
                yield from _disagreements(form, question.children, asked, row, here, below)
        elif question.is_group:
            yield from _disagreements(form, question.children, asked, value, known, f"{name}.")
        elif disagrees is not None:
            found = disagrees(form, question, value, known)
            if found is not None:
                yield name, question, value, replace(found, pointer="/" + name.replace(".", "/"))


def _any_compared(among: Iterable[Question]) -> bool:
    return any(
        questions.of(q.kind).disagrees is not None or _any_compared(q.children) for q in among
    )


def _applied(answers: Mapping[str, Json], fields: PageForm) -> dict[str, Json]:
    applied = dict(answers)
    for field in fields.questions():
        if field.data is None and not field.read.null:
            applied.pop(field.question.key, None)
        else:
            applied[field.question.key] = field.data
    return applied


def _with_parents(*sent: Iterable[str]) -> Iterator[str]:
    for names in sent:
        for name in names:
            yield from accumulate(name.split("."), "{}.{}".format)


def _files_in(among: Iterable[Question], answers: Json) -> Iterator[str]:
    """Yield the ids of files in answers, whatever groups and rows they stand in.

    Of an answer of any shape every text might be one.
    """
    for question in among:
        value = answers.get(question.key) if isinstance(answers, Mapping) else None
        kind = questions.of(question.kind)
        if kind.files is not None:
            yield from kind.files(question, value)
        elif question.is_whole:
            yield from texts_in(value)
        for below in value if isinstance(value, list) else [value]:
            yield from _files_in(question.children, below)


def texts_in(value: Json) -> Iterator[str]:
    """Yield every text in a value, however deep."""
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict | list):
            pending.extend(part.values() if isinstance(part, dict) else part)
