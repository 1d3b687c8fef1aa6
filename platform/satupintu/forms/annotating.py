"""What a document says about an answer without judging it: ``default``, ``examples``,
``deprecated``, ``readOnly``, ``writeOnly``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from satupintu.documents import Json
from satupintu.errors import Level, Problem
from satupintu.forms import questions
from satupintu.forms.closed import Closed, TooMuchWork
from satupintu.forms.declarations import Tightened
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import only_shown
from satupintu.forms.references import Part

READ = frozenset({"default", "examples", "deprecated", "readOnly"})


def annotated(question: Question, part: Part) -> Question:
    """Return a question with what its annotations say, as far as it can be followed."""
    kind = questions.of(question.kind)
    given = "default" in part and not _own_act(question)
    deprecated = part.get("deprecated") is True and kind.asks
    return replace(
        question,
        default=part["default"] if given and _accepts(question, part["default"]) else None,
        examples=tuple(e for e in _examples(part) if _accepts(question, e)) if kind.asks else (),
        deprecated=deprecated,
        lapsed=deprecated and question.required_when is None and question.computed is None,
    )


def problems(question: Question, part: Part) -> Iterator[Problem]:
    """Yield what cannot be followed, each with its place in the document."""
    yield from _of_default(question, part)
    if questions.of(question.kind).asks:
        for number, example in enumerate(_examples(part)):
            if not _accepts(question, example):
                where = part.at("examples", number)
                yield Problem("forms.example_refused", {}, where, level="warning")
    shown = question.computed is not None or not questions.of(question.kind).asks
    if part.get("readOnly") is True and not shown:
        yield Problem("forms.read_only_asked", {}, part.at("readOnly"), level="warning")
    if part.get("deprecated") is True and question.required_when is not None:
        yield Problem("forms.deprecated_required", {}, part.at("deprecated"), level="warning")
    if part.get("writeOnly") is True:
        yield Problem("forms.write_only_unread", {}, part.at("writeOnly"), level="note")


def of_tightened(tightened: Iterable[Tightened]) -> Iterator[Problem]:
    """Yield what is said of a question where it is only tightened, and nothing reads it."""
    for one in tightened:
        for keyword in READ & one.part.keys():
            params = {"keyword": keyword}
            yield Problem("forms.annotation_unread", params, one.part.at(keyword), level="warning")


def _of_default(question: Question, part: Part) -> Iterator[Problem]:
    if "default" not in part:
        return
    where = part.at("default")
    given = only_shown(part) is not None and "const" not in part
    if not _accepts(question, part["default"]):
        # Of what is only shown nobody could mend the answer.
        level: Level = "error" if given else "warning"
        yield Problem("forms.default_refused", {}, where, level=level)
    elif _own_act(question) and not given:
        yield Problem("forms.default_unused", {}, where, level="warning")


def _own_act(question: Question) -> bool:
    """Tell whether no draft may begin with an answer: it is worked out, or somebody's own act."""
    consents = any(role.startswith("consent_") for role in question.roles)
    to_be_ticked = question.schema.get("const") is True
    kind = questions.of(question.kind)
    begins = kind.begins and kind.asks and kind.files is None
    return consents or to_be_ticked or not begins or question.computed is not None


def _examples(part: Part) -> list[Json]:
    found = part.get("examples")
    return found if isinstance(found, list) else []


def _accepts(question: Question, value: Json) -> bool:
    try:
        return Closed(question.schema).accepts(value)
    except (TooMuchWork, RecursionError):  # the schema leads back to itself, which is told apart
        return False
