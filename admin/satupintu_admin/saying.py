"""A document's conditions, values and claims in words, for a page that explains it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from satupintu import words
from satupintu.agencies import laws
from satupintu.agencies.directory import Agencies
from satupintu.conditions import cel
from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.sentence import Vocabulary, sentence
from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.rules.document import Flag, Promise
from satupintu.web import frame
from satupintu.web.pages import say


@dataclass(frozen=True)
class Saying:
    """Speaks of one document in the language of this page."""

    vocabulary: Vocabulary

    def condition(self, condition: Condition) -> str:
        """Return a condition as a sentence without a full stop."""
        return sentence(condition, self.vocabulary, frame.page_language())

    def source(self, condition: Condition) -> str:
        """Return a condition's canonical text."""
        return cel.write(condition)

    def fact(self, name: str) -> str:
        """Return what a fact is called."""
        return self.vocabulary.fact(name, frame.page_language())

    def option(self, fact: str, const: str) -> str:
        """Return what an option of a fact is called."""
        return self.vocabulary.option(fact, const, frame.page_language())

    def value(self, fact: str, value: Json) -> str:
        """Return the value of a fact, of any type."""
        match value:
            case bool():
                return say("admin.yes" if value else "admin.no")
            case str():
                return self.option(fact, value)
            case []:
                return say("admin.none_of_them")
            case list():
                return frame.wording().listing([self.value(fact, item) for item in value])
            case _:
                return str(value)

    def computed(self, question: Question) -> Iterator[tuple[str, str]]:
        """Yield the ways in which an answer is computed: when (empty for always), and what."""
        for case in question.computed.cases if question.computed else ():
            when = "" if case.when == TRUE else self.condition(case.when)
            if isinstance(case.value, str):
                yield when, self.option(question.name, case.value)
            else:
                yield when, cel.write_value(case.value)


def promises(several: Sequence[Promise], agencies: Agencies, flags: Mapping[str, Flag]) -> str:
    """Return what a guarantee speaks of: one of several outcomes."""
    return say("admin.or").join(_promise(one, agencies, flags) for one in several)


def _promise(one: Promise, agencies: Agencies, flags: Mapping[str, Flag]) -> str:
    if one.flag is not None:
        return say(
            "admin.promise_flag", flag=words.pick(flags[one.flag].title, frame.page_language())
        )
    agency = agencies.get(one.agency or "")
    name = words.pick(agency.name, frame.page_language()) if agency else one.agency or ""
    parts = [name]
    if one.service is not None:
        parts.append(service_name(agencies, one.agency or "", one.service))
    if one.within_hours is not None:
        parts.append(say("admin.within_hours", count=one.within_hours))
    return ", ".join(parts)


def service_name(agencies: Agencies, agency: str, service: str) -> str:
    """Return the title of an agency's service; its id where it has none."""
    found = agencies.get(agency)
    title = found.services.get(service) if found else None
    return words.pick(title, frame.page_language()) if title else service


def cite(basis: Sequence[str]) -> str:
    """Return how a page cites what a rule stands on."""
    known, language = frame.documents().laws(), frame.page_language()
    return frame.wording().listing([laws.cite(one, known, language) for one in basis])
