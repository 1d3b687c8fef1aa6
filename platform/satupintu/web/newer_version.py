"""The page that says what a newer version of a form would make of a draft, before it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, render_template, request

from satupintu import words
from satupintu.actions import newer_version
from satupintu.actions.newer_version import Preview
from satupintu.documents import Json
from satupintu.errors import Conflict
from satupintu.forms import difference, questions
from satupintu.forms.carrying_over import Left
from satupintu.forms.document import Question
from satupintu.forms.facts import at
from satupintu.forms.reading_back import MASKED
from satupintu.web import frame
from satupintu.web.runner import REVEAL, Run, go_to
from satupintu.web.two_writers import SEEN


@dataclass(frozen=True)
class Shown:
    """One question of the preview: its answer in words, None where it stays covered, and why it
    does not carry over. ``name`` is what the older version calls it, to be uncovered there.
    """

    title: str
    answer: str | None = None
    why: str = ""
    name: str = ""


def show(run: Run, status: int = 200, *, changed: bool = False) -> Response:
    """Answer with what would become of a draft of somebody with an account."""
    found = newer_version.preview(frame.platform(), frame.who(), run.draft_id)
    page = page_of(found, masked=True)
    return make_response(
        render_template(
            "runner/newer_version.html",
            **page,
            frame="frame_work.html",
            address=run.newer,
            back=run.check,
            uncover=f"{run.check}?{REVEAL}=",
            changed=changed,
            **run.more,
        ),
        status,
    )


def carry_over(run: Run, then: str) -> Response:
    """Carry a draft over as the person saw it, and go on; shown anew where it changed meanwhile."""
    try:
        newer_version.carry_over(
            frame.platform(), frame.who(), run.draft_id, request.form.get(SEEN, "")
        )
    except Conflict:
        return show(run, 409, changed=True)
    return go_to(then)


def page_of(found: Preview, *, masked: bool) -> Mapping[str, Any]:
    """Return what the page of a preview says; ``masked`` leaves the most secret answers covered."""
    language, over = frame.page_language(), found.over
    return {
        "opened": found.opened,
        "form": found.form,
        "seen": found.seen,
        "left": [_left(one, masked=masked) for one in over.left],
        "carried": [_shown(q, at(over.answers, q.name), masked=masked) for q in over.carried],
        "new": [Shown(words.pick(q.title, language)) for q in over.new],
        "changes": [
            one.sentence
            for one in difference.tell(found.opened.form, found.form, language)
            if one.change.weight == "meaning"
        ],
    }


def _left(one: Left, *, masked: bool) -> Shown:
    why = words.say(f"runner.left_{one.why}", frame.page_language())
    if one.why == "typed":
        texts = one.value if isinstance(one.value, list | tuple) else [one.value]
        return _covered(one.question, lambda: ", ".join(map(str, texts)), why, masked=masked)
    return _covered(one.question, lambda: _said(one.question, one.value), why, masked=masked)


def _shown(question: Question, value: Json, *, masked: bool) -> Shown:
    return _covered(question, lambda: _said(question, value), masked=masked)


def _covered(question: Question, said: Callable[[], str], why: str = "", *, masked: bool) -> Shown:
    title = words.pick(question.title, frame.page_language())
    covered = masked and question.sensitivity == MASKED
    return Shown(title, None if covered else said(), why, question.name)


def _said(question: Question, value: Json) -> str:
    kind = questions.of(question.kind)
    return kind.shown(question, value, frame.page_language(), frame.wording().zone)
