"""Lists that hang on another answer: which options of a question are offered, and under what name.

A document says it in plain JSON Schema: beside the questions, for each option of the first list,
``{"if": {"properties": {"kecamatan": {"const": "barat"}}, "required": ["kecamatan"]}, "then":
{"properties": {"kelurahan": {"enum": ["muntang", "payu"]}}}}``. Any validator agrees, and a list
may hang on one that hangs on a third.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from satupintu.conditions.ast import And, Condition, OneOf
from satupintu.conditions.meaning import holds
from satupintu.conditions.values import Facts
from satupintu.documents import Json
from satupintu.forms.declarations import Tightened
from satupintu.forms.document import Form, Narrowed, Option, Question
from satupintu.forms.references import Part
from satupintu.forms.when import When
from satupintu.words import DEFAULT, Text


def narrowed(
    name: str, part: Part, tightened: Iterable[Tightened], when: When
) -> tuple[Narrowed, ...]:
    """Return what other answers leave of a question's options, as the document says it."""
    if not any(True for _ in _consts(part)):
        return ()
    return tuple(
        Narrowed(when.holds_under(one.under), frozenset(_consts(one.part)))
        for one in tightened
        if one.name == name and any(True for _ in _consts(one.part))
    )


def _consts(part: Mapping[str, Json]) -> Iterator[str]:
    """Yield the texts that a schema leaves, of an answer or of each thing in a list."""
    items = part.get("items")
    holder = items if isinstance(items, Mapping) else part
    listed = [o.get("const") for o in holder.get("oneOf", ()) if isinstance(o, Mapping)]
    single = [holder["const"]] if "const" in holder else []
    for const in (*holder.get("enum", ()), *listed, *single):
        if isinstance(const, str):
            yield const


def offered(question: Question, facts: Facts) -> frozenset[str] | None:
    """Return the options that other answers leave, None where none of them decides yet."""
    deciding = [n.consts for n in question.narrowed if holds(n.when, facts) is True]
    return frozenset.intersection(*deciding) if deciding else None


@dataclass(frozen=True)
class Heading:
    """Options under the answer that offers them; without a title where no answer does alone."""

    title: Text | None
    options: tuple[Option, ...]


def headings(form: Form, question: Question) -> tuple[Heading, ...]:
    """Return all options under the answers that offer them, for as long as none was given.

    Nothing where the lists do not each hang on one option of one other question.
    """
    found: list[Heading] = []
    causes = [_cause(form, one.when) for one in question.narrowed]
    if len({cause.name for cause, _ in causes if cause is not None}) != 1:
        return ()
    for one, (cause, title) in zip(question.narrowed, causes, strict=True):
        if cause is None:
            return ()
        found.append(Heading(title, tuple(o for o in question.options if o.const in one.consts)))
    everywhere = frozenset[str]().union(*(n.consts for n in question.narrowed))
    rest = tuple(o for o in question.options if o.const not in everywhere)
    return (*found, *((Heading(None, rest),) if rest and found else ()))


def first(form: Form, question: Question) -> Question | None:
    """Return the question that a list hangs on, where it is one."""
    causes = {c.name: c for one in question.narrowed if (c := _cause(form, one.when)[0])}
    return next(iter(causes.values())) if len(causes) == 1 else None


def _cause(form: Form, when: Condition) -> tuple[Question | None, Text | None]:
    """Return the one question of which one option offers a list, with the title of the option."""
    parts = when.conditions if isinstance(when, And) else (when,)
    single = [p for p in parts if isinstance(p, OneOf) and len(p.options) == 1]
    if len(single) != 1 or single[0].fact.name not in form.questions:
        return None, None
    cause = form.questions[single[0].fact.name]
    titles = (o.title for o in cause.options if o.const == single[0].options[0])
    return cause, next(titles, {DEFAULT: single[0].options[0]})
