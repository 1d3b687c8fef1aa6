"""A page of a form as plain WTForms fields, whatever its questions are; no web framework is
needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo

from markupsafe import Markup
from wtforms import Field
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from satupintu import words
from satupintu.documents import Json
from satupintu.forms.document import Form, Page, Question
from satupintu.forms.questions.group import read_one
from satupintu.forms.questions.kinds import Files, Posted, Read, Texts
from satupintu.forms.rendering import question_html


@dataclass(frozen=True)
class Arrived:
    """What a browser sent for one page, as WTForms wants its form data.

    ``answers`` is the draft it was drawn from. ``shown`` holds the names of the questions that
    this draft asks, ``sent`` every control name that arrived with all it stands below, and
    ``asked`` the names of the questions that are asked by what arrived. ``row`` is the control name
    of the one row whose page it was, if it was one.
    """

    texts: Texts
    files: Files
    answers: Mapping[str, Json]
    zone: ZoneInfo
    shown: frozenset[str]
    sent: frozenset[str]
    asked: frozenset[str]
    kept_files: frozenset[str]
    row: str = ""

    def getlist(self, key: str) -> list[str]:
        """Return every text posted under a control name."""
        return self.texts.getlist(key)

    def __contains__(self, key: object) -> bool:
        return key in self.texts

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def reads(self, name: str, control: str) -> bool:
        """Return whether a question is to be read: it is asked, and it stood on the page.

        A question that only now is asked did not: its untouched boxes say nothing. Unticked boxes
        may send nothing though they did; then the draft tells, except in rows, which may have
        moved since.
        """
        if self.row and not _one_in_the_other(self.row, control):
            return False
        return name in self.asked and (
            control in self.sent or (name == control and name in self.shown)
        )

    def posted(self, question: Question) -> Posted:
        """Return what arrived for one question of the page."""
        return Posted(
            texts=self.texts,
            files=self.files,
            zone=self.zone,
            place=(question.key,),
            control=question.key,
            before=self.answers.get(question.key),
            reads=self.reads,
            kept_files=self.kept_files,
            row=self.row,
        )


def _one_in_the_other(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


class QuestionWidget:
    """Draws a field through the template of its question's type."""

    def __call__(self, field: QuestionField, **_: object) -> Markup:
        """Return the question with its answer or what was typed, and its problems."""
        return question_html(
            field.document,
            field.question,
            language=field.language,
            zone=field.zone,
            value=field.data,
            unread=field.read.typed,
            problems=field.read.problems,
        )


class QuestionField(Field):
    """Any question; its type reads the answer, its type's template draws it."""

    widget = QuestionWidget()

    def __init__(self, *, document: Form, question: Question, language: str, **kwargs: Any) -> None:
        super().__init__(words.pick(question.title, language), **kwargs)
        self.document = document
        self.question = question
        self.language = language
        self.zone = ZoneInfo("UTC")
        self.read = Read()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ARG002 - WTForms passes it
        """Read the answer from what ``Arrived``; a question that was not on the page keeps its
        draft's.
        """
        self.object_data = self.data = data if formdata is None else self._before(formdata)
        held = formdata is not None and self.question.key in formdata.answers
        self.read = Read(self.data, null=held and self.data is None)
        self.process_errors = []
        if formdata is None:
            return
        self.zone = formdata.zone
        if formdata.reads(self.question.key, self.question.key):
            self.raw_data = formdata.getlist(self.question.key)
            self.read = read_one(self.question, formdata.posted(self.question))
            self.data = self.read.value
            self.process_errors = [p.sentence(self.language) for p in self.read.problems]

    def _before(self, arrived: Arrived) -> Json:
        return arrived.answers.get(self.question.key)


class PageForm(BaseForm):
    """The fields of one page; by item only, so that no question's key can hide an attribute."""

    def questions(self) -> Iterator[QuestionField]:
        """Return the fields in the order of the page."""
        return (field for field in self if isinstance(field, QuestionField))


def page_form(form: Form, page: Page, language: str, arrived: Arrived | None = None) -> PageForm:
    """Return the fields of a page, bound to what arrived; ``field()`` draws one, ``field.data`` is
    its answer.
    """
    fields = [
        (q.key, UnboundField(QuestionField, document=form, question=q, language=language))
        for q in (form.questions[name] for name in page.questions)
    ]
    bound = PageForm(fields)
    bound.process(cast(Any, arrived))
    return bound
