"""Answers read back before they are sent, and those that their form does not ask for any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from satupintu import words
from satupintu.actions.opened import Opened
from satupintu.conditions.sentence import sentence
from satupintu.forms.answers import parted, without_hidden
from satupintu.forms.document import Form, Page
from satupintu.forms.reading_back import Change, answers_html
from satupintu.forms.vocabulary import FormVocabulary, InSentences
from satupintu.web import frame


def read_back(
    opened: Opened,
    *,
    change: Callable[[Page], Change] | None = None,
    file: Callable[[str], str] | None = None,
    reveal: Iterable[str] = (),
    covered: Callable[[str], str] | None = None,
) -> Markup:
    """Return the answers page by page, to be checked before they are sent."""
    answers, _ = without_hidden(opened.form, opened.answers)
    return answers_html(
        opened.form,
        answers,
        language=frame.page_language(),
        zone=frame.wording().zone,
        reveal=tuple(reveal),
        change=change,
        url_to_reveal=covered,
        url_for_file=file,
        attached=opened.attached,
    )


@dataclass(frozen=True)
class Hidden:
    """An answer whose question is not asked now: its title, and when it would be asked."""

    title: str
    asked_when: str | None


def left_out(opened: Opened) -> dict[str, list[Hidden]]:
    """Return the answers that are no longer asked for: ``dropped`` at sending, or ``kept`` beside
    the others.
    """
    found = parted(opened.form, opened.answers)
    return {
        "dropped": [_hidden(opened.form, name) for name in found.dropped],
        "kept": [_hidden(opened.form, name) for name in found.kept_names],
    }


def _hidden(form: Form, name: str) -> Hidden:
    question, language = form.questions[name], frame.page_language()
    cause = question.cause
    said = None if cause is None else sentence(cause, InSentences(FormVocabulary(form)), language)
    return Hidden(words.pick(question.title, language), said)
