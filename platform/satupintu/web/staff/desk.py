"""What every page of the desk shares: who waits, how a case's headline looks, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from satupintu import words
from satupintu.actions import queue as waiting
from satupintu.actions.queue import Counts
from satupintu.errors import BadDocument, NotFound, Problem
from satupintu.rules.document import DerivedFact
from satupintu.web import frame

desk = Blueprint("staff", __name__)

SEEN = "seen"
"""The field that says which version of the case a person had before them."""


@dataclass(frozen=True)
class Headline:
    """The value of the headline fact in words; ``tone`` is the kind of its tag.

    A document lists the gravest option first, so the first is loud and the last is quiet.
    """

    title: str
    word: str
    tone: str


def counts() -> Counts:
    """Return how much waits for whoever asks, looked up once for each request."""
    if "counts" not in g:
        g.counts = waiting.counts(frame.platform(), frame.who())
    return cast(Counts, g.counts)


def late_count() -> int:
    """Return how many referrals are past their time."""
    return counts().late


def headline(value: str | None) -> Headline | None:
    """Return a case's headline in words; None where nothing decided it yet."""
    if value is None:
        return None
    try:
        facts = frame.documents().rule_set().facts
    except (BadDocument, NotFound):
        facts = ()
    shown = next((f for f in facts if f.headline), None)
    return Headline("", value, "") if shown is None else headline_of(shown, value)


def headline_of(fact: DerivedFact, value: str) -> Headline:
    """Return the value of a headline fact in words."""
    language = frame.page_language()
    options = list(fact.options)
    place = options.index(value) if value in options else len(options)
    tone = "bad" if place == 0 else "soon" if place < len(options) - 1 else ""
    title = fact.options.get(value)
    word = value if title is None else words.pick(title, language)
    return Headline(words.pick(fact.title, language), word, tone)


def to_case(case_id: UUID | str) -> Response:
    """Lead to a case after an act on it."""
    return redirect(url_for("staff.case", case_id=str(case_id)), 303)


def seen() -> int:
    """Return the version of the case that the person had before them; 0 where it can't be read."""
    return number(request.form.get(SEEN)) or 0


def number(text: str | None) -> int | None:
    """Return a typed whole number; None where it is none."""
    plain = (text or "").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None


def at_controls(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """Return what is wrong as pairs of control and sentence: ``/X/hours`` stands at ``X-hours``."""
    language = frame.page_language()
    return [(p.pointer.strip("/").replace("/", "-"), p.sentence(language)) for p in problems]


@desk.context_processor
def _words() -> dict[str, object]:
    return {"counts": counts, "headline": headline}
