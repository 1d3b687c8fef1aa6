"""Whether a rule set and a version of its form still fit: everything it reads must be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from satupintu import words
from satupintu.conditions import cel
from satupintu.conditions.ast import Comparison, Condition
from satupintu.conditions.meaning import OPERATORS
from satupintu.conditions.types import Choice, FactType, FactTypes, Integer, Many, Rows
from satupintu.conditions.uses import Use, uses
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem
from satupintu.forms import sentences
from satupintu.forms.document import Form, Question
from satupintu.rules import reading, shape
from satupintu.words import Text, languages

_SECTIONS = ("rules", "facts", "flags", "guarantees", "examples")


@dataclass(frozen=True)
class _Reader:
    """Whatever of a rule set reads facts: a rule, a case of a derived fact, a claim, a flag."""

    id: str
    where: str
    reads: dict[str, Use]


def problems(ruleset_document: Json, old_form: Form, new_form: Form) -> tuple[Problem, ...]:
    """Return what stands between a rule set and ``new_form``; none where they fit.

    Each problem points into the rule set and names who reads (R08), the question and what became
    of it since ``old_form``: removed, renamed, of another type, an option or a bound gone. To see
    whether a new rule set fits the form in force, give that form twice. A rule set of another form
    has none. Agencies and laws are not looked at.
    """
    shaped = shape.problems(ruleset_document)
    if shaped:
        return tuple(shaped)
    if ruleset_document["form"] != new_form.id:
        return ()
    found = list(_Compared(ruleset_document, old_form, new_form).found())
    told = {p.pointer for p in found}
    found.extend(p for p in _unreadable(ruleset_document, new_form) if p.pointer not in told)
    return tuple(found)


class _Compared:
    def __init__(self, document: Json, old: Form, new: Form) -> None:
        self.document = document
        self.old = old
        self.new = new
        self.derived: FactTypes = {
            fact["id"]: Choice(tuple(option["const"] for option in fact["options"]))
            for fact in document.get("facts", ())
        }
        self.renamed = {q.x_id: q for q in new.questions.values()}

    def found(self) -> Iterator[Problem]:
        for reader in self.readers():
            for name, use in reader.reads.items():
                if name not in self.derived:
                    yield from self.about(reader, name, use)

    def readers(self) -> Iterator[_Reader]:
        for kind, holders in (("rules", "when"), ("guarantees", "given")):
            for n, one in enumerate(self.document.get(kind, ())):
                if holders in one:
                    yield self.condition(one["id"], f"/{kind}/{n}/{holders}", one[holders])
        for n, fact in enumerate(self.document.get("facts", ())):
            for m, case in enumerate(fact["cases"]):
                where = f"/facts/{n}/cases/{m}/when"
                yield self.condition(f"{fact['id']} {case['id']}", where, case["when"])
        for n, flag in enumerate(self.document.get("flags", ())):
            if "fact" in flag:
                use = Use([tuple(flag.get("agencies", {}))])
                yield _Reader(flag["id"], f"/flags/{n}", {flag["fact"]: use})
        for n, one in enumerate(self.document.get("guarantees", ())):
            if "monotone" in one:
                claim = one["monotone"]
                use = _of_values([claim["from"], claim["to"]])
                yield _Reader(one["id"], f"/guarantees/{n}/monotone", {claim["fact"]: use})
        for n, example in enumerate(self.document.get("examples", ())):
            where = f"/examples/{n}/facts"
            for name, value in _flat(example["facts"], self.old.facts):
                values = value if isinstance(value, list) else [value]
                use = _of_values(values)
                yield _Reader(example["id"], where + pointer([name]), {name: use})

    def condition(self, reader: str, where: str, text: str) -> _Reader:
        """Read a condition as the old form, else as the new one; if neither, it reads nothing."""
        for form in (self.old, self.new):
            try:
                read: Condition = cel.read(text, {**self.derived, **form.facts})
            except BadDocument:
                continue
            return _Reader(reader, where, uses([read]))
        return _Reader(reader, where, {})

    def about(self, reader: _Reader, name: str, use: Use) -> Iterator[Problem]:
        before, after = _type(self.old, name), _type(self.new, name)
        question = self.old.questions.get(name)
        if before is None or question is None:
            return  # the old form never had it: reading the rule set with the new one tells
        title = question.title
        if after is None:
            yield self.gone(reader, name, question)
        elif type(after) is not type(before):
            kinds = {"before": _kind(before), "after": _kind(after)}
            yield _said("retyped", reader, name, title, **kinds)
        else:
            yield from self.narrowed(reader, name, use, question, before, after)

    def gone(self, reader: _Reader, name: str, question: Question) -> Problem:
        now = self.renamed.get(question.x_id)
        if now is not None and now.name != name:
            return _said("renamed", reader, name, question.title, now=now.name)
        if name in self.new.questions:
            return _said("no_fact", reader, name, question.title)
        return _said("removed", reader, name, question.title)

    def narrowed(
        self,
        reader: _Reader,
        name: str,
        use: Use,
        question: Question,
        before: FactType,
        after: FactType,
    ) -> Iterator[Problem]:
        wanted = dict.fromkeys(option for group in use.options for option in group)
        match before, after:
            case ((Choice() | Many()), (Choice() | Many())):
                for option in wanted:
                    if option in before.options and option not in after.options:
                        yield _said(
                            "option_removed", reader, name, question.title,
                            option=option, option_title=_title(question, option),
                        )  # fmt: skip
            case Integer(), Integer():
                for operator, constant in use.compared:
                    if _settled(operator, constant, after) and not _settled(
                        operator, constant, before
                    ):
                        low, high = _bound(after.minimum), _bound(after.maximum)
                        params = {"value": constant, "minimum": low, "maximum": high}
                        yield _said("bound_moved", reader, name, question.title, **params)
            case _:
                return


def _unreadable(document: Json, form: Form) -> Iterator[Problem]:
    """Yield what reading the rule set with a form refuses, with the name of who reads it."""
    try:
        reading.read(document, form.facts)
    except BadDocument as e:
        for problem in e.problems:
            reader = _reader_at(document, problem.pointer)
            text = {
                language: words.say(
                    "rules.unfit_unreadable",
                    language,
                    reader=reader,
                    sentence=problem.sentence(language),
                )
                for language in languages()
            }
            yield Problem(
                "rules.unfit_unreadable", {"reader": reader}, problem.pointer, problem.column,
                text=text,
            )  # fmt: skip


def _reader_at(document: Json, where: str) -> str:
    """Return the id of the rule, fact, flag or claim that a pointer leads into."""
    match where.split("/")[1:]:
        case [section, place, *_] if section in _SECTIONS and place.isdigit():
            return str(document[section][int(place)]["id"])
        case _:
            return str(document["id"])


def _said(what: str, reader: _Reader, name: str, title: Text, **params: object) -> Problem:
    key = f"rules.unfit_{what}"
    return sentences.said(key, reader.where, reader=reader.id, name=name, title=title, **params)


def _type(form: Form, name: str) -> FactType | None:
    """Return the type of a fact, or of a field of a repeated group, that rules may read."""
    found = form.facts.get(name)
    if found is not None:
        return found
    rows, _, rest = name.partition(".")
    while rest:
        outer = form.facts.get(rows)
        if isinstance(outer, Rows):
            return outer.fields.get(rest)
        step, _, rest = rest.partition(".")
        rows = f"{rows}.{step}"
    return None


def _kind(kind: FactType) -> Text:
    key = f"rules.kind_{type(kind).__name__.lower()}"
    return {language: words.say(key, language) for language in languages()}


def _title(question: Question, option: str) -> Text:
    return next((o.title for o in question.options if o.const == option), {"id": option})


def _of_values(values: list[Any]) -> Use:
    """Return the use of single values: options as options, numbers as what must be possible."""
    numbers: list[tuple[Comparison, Any]] = [
        ("==", v) for v in values if isinstance(v, int) and not isinstance(v, bool)
    ]
    return Use([tuple(v for v in values if isinstance(v, str))], numbers)


def _flat(facts: Json, types: FactTypes, prefix: str = "") -> Iterator[tuple[str, Json]]:
    for key, value in facts.items():
        if isinstance(value, dict) and prefix + key not in types:
            yield from _flat(value, types, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _settled(operator: Comparison, constant: int, bounds: Integer) -> bool:
    """Tell whether every number within the bounds compares alike: then nothing is asked any more.

    It is enough to look at both ends and around the constant.
    """
    near = (constant - 1, constant, constant + 1)
    tried = {_within(n, bounds) for n in (*near, bounds.minimum, bounds.maximum) if n is not None}
    if bounds.minimum is None:
        tried.add(constant - 1)
    if bounds.maximum is None:
        tried.add(constant + 1)
    return len({OPERATORS[operator](n, constant) for n in tried}) == 1


def _within(number: int, bounds: Integer) -> int:
    low = number if bounds.minimum is None else max(number, bounds.minimum)
    return low if bounds.maximum is None else min(low, bounds.maximum)


def _bound(bound: int | None) -> str:
    return "…" if bound is None else str(bound)
