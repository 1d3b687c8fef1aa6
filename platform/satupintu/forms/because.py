"""Why a follow-up question is asked: in words, and once for all that are asked for one reason."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.sentence import sentence
from satupintu.forms.document import Form, Question
from satupintu.forms.vocabulary import FormVocabulary

START, END = "\ue000", "\ue001"
"""Around each title, which may itself be a question, so that pages can set it apart."""


def in_words(form: Form, cause: Condition, language: str) -> str:
    """Return what a cause says, its titles between ``START`` and ``END``."""
    said = sentence(cause, _Emphasised(form), language)
    return said.replace(f"?{END}:", f"?{END}")  # a title that asks needs no colon


def said_once(
    questions: Iterable[Question], following: Container[str]
) -> Iterator[tuple[Question, bool]]:
    """Yield the questions, each with whether it is asked for the reason that was just said.

    ``following`` are the names of questions on whose answers others hang: after those, a reason
    is said anew.
    """
    before: Question | None = None
    for question in questions:
        same = (
            before is not None
            and before.name not in following
            and question.asked_when != TRUE
            and (question.cause, question.asked_when) == (before.cause, before.asked_when)
        )
        yield question, same
        before = question


class _Emphasised(FormVocabulary):
    """Titles that can be told from the words around them."""

    def fact(self, name: str, language: str) -> str:
        return _emphasised(super().fact(name, language))

    def option(self, name: str, const: str, language: str) -> str:
        return _emphasised(super().option(name, const, language))


def _emphasised(title: str) -> str:
    return START + title.replace(START, "").replace(END, "") + END
