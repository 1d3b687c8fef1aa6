"""Two who write on one page: both answers shown to the later one, who says whose stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from satupintu import words
from satupintu.actions.opened import SomebodyElse
from satupintu.forms import questions
from satupintu.forms.compiling import on_page
from satupintu.forms.document import Question
from satupintu.web import frame

SEEN = "seen"
VIEW = ":view"
"""The hidden field that names a page as it was drawn, for its quiet saves."""
CHOSEN = "pilih:"
"""Prefix of the fields by which a writer, shown both, says whose answer stays: ours or theirs."""


def theirs() -> frozenset[str]:
    """Return the questions where the writer chose what somebody else answered."""
    return frozenset(
        name.removeprefix(CHOSEN)
        for name, choice in request.form.items()
        if name.startswith(CHOSEN) and choice == "theirs"
    )


def conflict(error: SomebodyElse, address: str, more: dict[str, Any] | None = None) -> Response:
    """Answer with both answers to each question that differs; nothing that was typed is lost."""
    opened, page = error.theirs, error.page
    again: MultiDict[str, str] = MultiDict(
        (name, value)
        for name, values in request.form.lists()
        if name not in (SEEN, VIEW, "csrf_token") and not name.startswith(CHOSEN)
        for value in values
    )
    return make_response(
        render_template(
            "runner/conflict.html",
            opened=opened,
            page=page,
            address=address,
            differing=list(_differing(error)),
            again=list(again.items(multi=True)),
            files=any(f.filename for f in request.files.values()),
            seen=opened.seen(page),
            **(more or {}),
        ),
        409,
    )


def _differing(error: SomebodyElse) -> Iterator[tuple[Question, str, str]]:
    opened, language, zone = error.theirs, frame.page_language(), frame.wording().zone
    for question in on_page(opened.form, error.page):
        mine, other = error.ours.get(question.key), opened.answers.get(question.key)
        if mine != other and question.computed is None:
            kind = questions.of(question.kind)
            said = tuple(
                words.say("questions.not_answered", language)
                if value is None
                else kind.shown(question, value, language, zone)
                for value in (mine, other)
            )
            yield question, said[0], said[1]
