"""The difference between two versions of a rule set in words: meaning first, wording apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from satupintu import words
from satupintu.agencies.directory import Agencies
from satupintu.agencies.laws import Laws, cite
from satupintu.changes import Change
from satupintu.conditions.sentence import sentence
from satupintu.conditions.types import FactTypes
from satupintu.documents import Json
from satupintu.forms.difference.words import plain, texts_changed, weighed, with_part
from satupintu.forms.document import Form
from satupintu.forms.vocabulary import FormVocabulary, InSentences
from satupintu.rules.difference.items import between, fact_types, read

_LISTED = ("exclude", "flag", "forbid", "basis", "refer")
_CONDITIONS = ("when", "given")


@dataclass(frozen=True)
class Told:
    """One change with its sentence."""

    change: Change
    sentence: str


def sentences(
    old: Json,
    new: Json,
    old_form: Form,
    new_form: Form,
    language: str,
    *,
    agencies: Agencies | None = None,
    laws: Laws | None = None,
    equivalent: bool = False,
) -> tuple[str, ...]:
    """Return the difference between two rule-set documents, one sentence for each change.

    Meaning comes first, what takes help away at its head; wording and spelling follow and say that
    they are no more than that. ``equivalent`` is for a caller who had the two compared by proof:
    the first sentence then says that no case is decided otherwise.
    """
    told = tell(old, new, old_form, new_form, language, agencies=agencies, laws=laws)
    proved = [words.say("difference.equivalent", language)] if equivalent and told else []
    return (*proved, *(one.sentence for one in told))


def tell(
    old: Json,
    new: Json,
    old_form: Form,
    new_form: Form,
    language: str,
    *,
    agencies: Agencies | None = None,
    laws: Laws | None = None,
) -> tuple[Told, ...]:
    """Return every change with its sentence, in the order of ``sentences``."""
    speaker = _Speaker(
        language,
        _Document(old, old_form, language),
        _Document(new, new_form, language),
        agencies,
        laws or {},
    )
    found = weighed(between(old, new, old_form, new_form))
    return tuple(Told(change, speaker.sentence(change)) for change in found)


@dataclass(frozen=True)
class _Titles:
    """What facts and options are called in one version: derived ones, else the form's."""

    document: Json
    form: FormVocabulary

    def fact(self, name: str, language: str) -> str:
        for fact in self.document.get("facts", ()):
            if fact["id"] == name:
                return words.pick(fact["title"], language)
        return self.form.fact(name, language)

    def option(self, name: str, const: str, language: str) -> str:
        for fact in self.document.get("facts", ()):
            for option in fact["options"] if fact["id"] == name else ():
                if option["const"] == const:
                    return words.pick(option["title"], language)
        return self.form.option(name, const, language)


@dataclass(frozen=True)
class _Document:
    """One of the two versions, able to say its conditions."""

    document: Json
    form: Form
    language: str

    def condition(self, text: Json) -> str:
        """Return a condition in words; one that cannot be read as it is written."""
        if text is None:
            return words.say("conditions.say_always", self.language)
        found = read(text, self._types)
        return str(text) if found is None else sentence(found, self.titles, self.language)

    @cached_property
    def titles(self) -> InSentences:
        """The titles as they stand in sentences."""
        return InSentences(_Titles(self.document, FormVocabulary(self.form)))

    @cached_property
    def _types(self) -> FactTypes:
        return fact_types(self.document, self.form)


@dataclass(frozen=True)
class _Speaker:
    language: str
    old: _Document
    new: _Document
    agencies: Agencies | None
    laws: Laws

    def sentence(self, change: Change) -> str:
        """Return one change as a sentence, which says where it is no more than wording."""
        said = self._sentence(change)
        if change.weight == "meaning":
            return self._say("loud", sentence=said) if change.loud else said
        return self._say(f"only_{change.weight}", sentence=said)

    def _sentence(self, change: Change) -> str:
        thing = self.thing(change)
        part = change.part.partition(".")[0]
        if part == "refer" and change.part != part:
            return self._outcome(change, thing)
        match change.kind, part:
            case "added" | "removed", "":
                return self._whole(change, thing)
            case "renamed", _:
                return self._say("renamed_same", thing=thing, after=change.after)
            case "moved", _:
                return self._say("moved", thing=with_part(thing, part, self.language))
            case _, ("when" | "given"):
                return self._condition(change, thing)
            case (("added" | "removed"), _):
                item = self._member(part, change)
                return self._say(f"{part}_{change.kind}", thing=thing, **item)
            case _, ("always" | "never"):
                return self._claim(change, thing, part)
            case _, ("title" | "why" | "otherwise_why"):
                return texts_changed(change, thing, self.language)
            case _:
                return plain(change, thing, self.language)

    def thing(self, change: Change) -> str:
        """Return what changed by its name and, where it has one, its title."""
        title = self._title(change)
        named = self._say(f"a_{change.what}", id=change.id)
        return self._say("titled", thing=named, title=title) if title else named

    def _title(self, change: Change) -> str:
        if change.what == "rule_set":
            return words.pick(self.new.document["title"], self.language)
        for version, value in ((self.new, change.after), (self.old, change.before)):
            if not change.part and isinstance(value, dict) and "title" in value:
                return words.pick(value["title"], self.language)
            found = _item(version.document, change)
            if found is not None and "title" in found:
                return words.pick(found["title"], self.language)
        return ""

    def _whole(self, change: Change, thing: str) -> str:
        version = self.new if change.kind == "added" else self.old
        value = change.after if change.kind == "added" else change.before
        body = "; ".join(self._body(change, version, value))
        key = f"{change.kind}_with" if body else change.kind
        return self._say(key, thing=thing, **({"body": body} if body else {}))

    def _body(self, change: Change, version: _Document, item: Json) -> Iterator[str]:
        for key in _CONDITIONS:
            if key in item:
                yield self._say("body_when", condition=version.condition(item[key]))
        if "is" in item:
            fact = change.id.partition(" ")[0]
            yield self._say("body_is", value=version.titles.option(fact, item["is"], self.language))
        for key in _LISTED:
            if key != "basis":
                for one in item.get(key, ()):
                    yield self._say(f"body_{key}", **self._of(key, one))
        for claim in ("always", "never"):
            if claim in item:
                yield self._say(f"body_{claim}", outcome=self._promises(item[claim]))

    def _condition(self, change: Change, thing: str) -> str:
        if change.weight == "spelling":
            return self._say("condition_spelled", thing=thing)
        return self._say(
            "condition",
            thing=thing,
            before=self.old.condition(change.before),
            after=self.new.condition(change.after),
        )

    def _claim(self, change: Change, thing: str, claim: str) -> str:
        before, after = (
            self._say("nothing")
            if outcome is None
            else self._say(f"body_{claim}", outcome=self._promises(outcome))
            for outcome in (change.before, change.after)
        )
        return self._say("claim", thing=thing, before=before, after=after)

    def _member(self, part: str, change: Change) -> dict[str, str]:
        return self._of(part, change.after if change.kind == "added" else change.before)

    def _outcome(self, change: Change, thing: str) -> str:
        key = change.part.partition(".")[2]
        at = self._of("forbid", change.after)
        return self._say(
            f"refer_{key}",
            thing=thing,
            before=self._word(key, change.before[key]),
            after=self._word(key, change.after[key]),
            **at,
        )

    def _of(self, part: str, item: Json) -> dict[str, str]:
        """Return what fills a sentence about one member of a rule's list."""
        match part:
            case "exclude":
                return {"agency": self._agency(item)}
            case "flag":
                return {"flag": self._flag(item)}
            case "basis":
                return {"basis": cite(item, self.laws, self.language)}
            case _:
                return {
                    "agency": self._agency(item["agency"]),
                    "service": self._service(item),
                    **{k: self._word(k, item[k]) for k in _ASKED if k in item},
                }

    def _promises(self, outcome: Json) -> str:
        each = outcome.get("any", [outcome])
        return self._say("or").join(self._promise(one) for one in each)

    def _promise(self, one: Json) -> str:
        if "flag" in one:
            return self._flag(one["flag"])
        said = [self._agency(one["agency"])] if "agency" in one else []
        said += [self._service(one)] if "service" in one else []
        said += [self._word("within_hours", one["within_hours"])] if "within_hours" in one else []
        return ", ".join(said)

    def _agency(self, code: str) -> str:
        found = None if self.agencies is None else self.agencies.get(code)
        return code if found is None else words.pick(found.name, self.language)

    def _service(self, at: Json) -> str:
        found = None if self.agencies is None else self.agencies.get(at["agency"])
        title = None if found is None else found.services.get(at["service"])
        return str(at["service"]) if title is None else words.pick(title, self.language)

    def _flag(self, flag: str) -> str:
        for version in (self.new, self.old):
            for one in version.document.get("flags", ()):
                if one["id"] == flag:
                    return words.pick(one["title"], self.language)
        return flag

    def _word(self, key: str, value: Json) -> str:
        return self._say("hours", count=value) if key == "within_hours" else str(value)

    def _say(self, phrase: str, **params: object) -> str:
        return words.say(f"difference.{phrase}", self.language, **params)


_ASKED = ("within_hours", "urgency", "consent")


def _item(document: Json, change: Change) -> Json:
    """Return what a change is about in one version, None where it is not there."""
    owner, _, id = change.id.rpartition(" ")
    for section in ("facts", "flags", "rules", "guarantees", "examples"):
        for item in document.get(section, ()):
            if item["id"] == (owner or id) and (owner or f"{change.what}s" == section):
                below = item.get(f"{change.what}s", ()) if owner else [item]
                key = "const" if change.what == "option" else "id"
                return next((one for one in below if not owner or one[key] == id), None)
    return None
