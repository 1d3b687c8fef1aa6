"""The difference between two form versions in words: meaning first, wording apart."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from satupintu import words
from satupintu.changes import Change
from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.sentence import sentence, value_sentence
from satupintu.documents import Json
from satupintu.forms.difference.items import between
from satupintu.forms.document import Form, Question
from satupintu.forms.vocabulary import FormVocabulary, InSentences

_WEIGHTS = ("meaning", "wording", "spelling")
MOST_SHOWN = 200
"""Letters of a value that stand in a sentence; the change itself holds all of it."""


@dataclass(frozen=True)
class Told:
    """One change with its sentence."""

    change: Change
    sentence: str


def sentences(old: Form, new: Form, language: str, *, equivalent: bool = False) -> tuple[str, ...]:
    """Return the difference between two form versions, one sentence for each change.

    Meaning comes first, what protects less at its head; wording and spelling follow and say that
    they are no more than that. ``equivalent`` is for a caller who knows by proof that the two
    accept the same answers: the first sentence then says so.
    """
    told = tell(old, new, language)
    proved = [words.say("difference.equivalent_form", language)] if equivalent and told else []
    return (*proved, *(one.sentence for one in told))


def tell(old: Form, new: Form, language: str) -> tuple[Told, ...]:
    """Return every change with its sentence, in the order of ``sentences``."""
    speaker = _Speaker(old, new, language)
    return tuple(Told(c, speaker.sentence(c)) for c in weighed(between(old, new)))


def weighed(changes: Iterable[Change]) -> list[Change]:
    """Return changes with meaning first, loud ones at its head, otherwise in their order."""
    return sorted(changes, key=lambda c: (_WEIGHTS.index(c.weight), not c.loud))


def plain(change: Change, thing: str, language: str) -> str:
    """Return a change of a plain value; a part without a name of its own is shown by its place."""
    named = f"difference.part_{change.part.replace('.', '_')}"
    titled = named in words.catalogue(language)
    part = words.say(named, language) if titled else (change.where or change.part)
    _, here, below = change.where.partition(f"/{change.part}/")
    part = f"{part} {below}" if titled and here else part
    before, after = (shown(value, language) for value in (change.before, change.after))
    if change.before is None:
        return words.say("difference.value_added", language, thing=thing, part=part, after=after)
    if change.after is None:
        return words.say(
            "difference.value_removed", language, thing=thing, part=part, before=before
        )
    return words.say(
        "difference.value", language, thing=thing, part=part, before=before, after=after
    )


def texts_changed(change: Change, thing: str, language: str) -> str:
    """Return how a text of one language changed: ``title.en``, ``errors.pattern.id``."""
    part, _, spoken = change.part.rpartition(".")
    key, _, keyword = part.partition(".")
    named = words.say(f"difference.part_{key}", language)
    text = words.say(
        "difference.text_of", language, part=f"{named} {keyword}".strip(), language=spoken
    )
    params = {"thing": thing, "part": text}
    if change.before is None:
        return words.say(
            "difference.value_added", language, after=shown(change.after, language), **params
        )
    if change.after is None:
        return words.say(
            "difference.value_removed", language, before=shown(change.before, language), **params
        )
    return words.say(
        "difference.value",
        language,
        before=shown(change.before, language),
        after=shown(change.after, language),
        **params,
    )


def with_part(thing: str, part: str, language: str) -> str:
    """Return a thing with the part of it that is spoken of."""
    if not part:
        return thing
    named = f"difference.part_{part}"
    title = words.say(named, language) if named in words.catalogue(language) else part
    return words.say("difference.part_of", language, thing=thing, part=title)


def shown(value: Json, language: str) -> str:
    """Return a value of a document as it may stand in a sentence."""
    match value:
        case None:
            return words.say("difference.nothing", language)
        case bool():
            return words.say(f"difference.{'yes' if value else 'no'}", language)
        case int():
            return str(value)
        case str():
            return words.say("difference.quoted", language, text=_short(value))
        case list() if value and all(isinstance(item, str) for item in value):
            return _short(", ".join(value))
        case _:
            return _short(json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


@dataclass(frozen=True)
class _Speaker:
    old: Form
    new: Form
    language: str

    def sentence(self, change: Change) -> str:
        """Return one change as a sentence, which says where it is no more than wording."""
        said = self._sentence(change)
        if change.weight == "meaning":
            return self._say("loud", sentence=said) if change.loud else said
        return self._say(f"only_{change.weight}", sentence=said)

    def _sentence(self, change: Change) -> str:
        thing = self.thing(change)
        match change.kind, change.part:
            case "added", "":
                body = self._asked_when(self._question(self.new, change))
                return self._say("added_with" if body else "added", thing=thing, **_with(body))
            case "removed", "":
                body = self._asked_when(self._question(self.old, change))
                return self._say("removed_with" if body else "removed", thing=thing, **_with(body))
            case "renamed", _:
                return self._say("renamed", thing=thing, after=change.after)
            case "moved", "page":
                before, after = (
                    self._page(self.old, change.before),
                    self._page(self.new, change.after),
                )
                return self._say("moved_to", thing=thing, before=before, after=after)
            case "moved", part:
                return self._say("moved", thing=with_part(thing, part, self.language))
            case (("added" | "removed"), "x-role"):
                role = change.after if change.kind == "added" else change.before
                return self._say(f"role_{change.kind}", thing=thing, role=role)
            case _, "asked":
                return self._when("asked", thing, change)
            case _, "required":
                return self._when("required", thing, change)
            case _, "x-computed":
                return self._computed(thing, change)
            case _, part if change.weight == "wording" and _is_text(part):
                return texts_changed(change, thing, self.language)
            case _:
                return plain(change, thing, self.language)

    def _when(self, part: str, thing: str, change: Change) -> str:
        if change.weight == "spelling":
            return self._say(f"{part}_spelled", thing=thing)
        old, new = self._question(self.old, change), self._question(self.new, change)
        if part == "asked":
            before = old.asked_when if old else None
            after = new.asked_when if new else None
        else:
            before = old.required_when if old else None
            after = new.required_when if new else None
        said = [self._condition(c, v) for c, v in zip((before, after), self._titles, strict=True)]
        return self._say(part, thing=thing, before=said[0], after=said[1])

    def _computed(self, thing: str, change: Change) -> str:
        if change.weight == "spelling":
            return self._say("computed_spelled", thing=thing)
        before, after = (
            self._ways(self._question(form, change), titles)
            for form, titles in zip((self.old, self.new), self._titles, strict=True)
        )
        return self._say("computed", thing=thing, before=before, after=after)

    def _ways(self, question: Question | None, titles: InSentences) -> str:
        """Return the ways in which an answer is computed, in order."""
        if question is None or question.computed is None:
            return self._say("by_person")
        said = []
        for case in question.computed.cases:
            value = value_sentence(case.value, titles, self.language, choice=question.name)
            when = "" if case.when == TRUE else self._condition(case.when, titles)
            said.append(self._say("way", value=value, when=when).strip())
        return "; ".join(said)

    def _condition(self, condition: Condition | None, titles: InSentences) -> str:
        if condition is None:
            return self._say("never")
        if condition == TRUE:
            return self._say("always")
        return self._say("if", condition=sentence(condition, titles, self.language))

    def _asked_when(self, question: Question | None) -> str:
        if question is None or question.asked_when == TRUE:
            return ""
        form = self.new if self.new.questions.get(question.name) is question else self.old
        return self._condition(question.asked_when, InSentences(FormVocabulary(form)))

    def thing(self, change: Change) -> str:
        """Return what changed by its name and, where it has one, its title."""
        title = self._title(change)
        named = self._say(f"a_{change.what}", id=change.id)
        return self._say("titled", thing=named, title=title) if title else named

    def _title(self, change: Change) -> str:
        match change.what:
            case "form":
                return words.pick(self.new.title, self.language)
            case "page":
                return self._page(self.new, change.id) or self._page(self.old, change.id)
            case "question" | "tightening":
                found = self._question(self.new, change) or self._question(self.old, change)
                return words.pick(found.title, self.language) if found else ""
            case "option":
                name, _, const = change.id.partition(" ")
                for form in (self.new, self.old):
                    question = form.questions.get(name)
                    for option in question.options if question else ():
                        if option.const == const:
                            return words.pick(option.title, self.language)
                return ""
            case _:
                return ""

    def _question(self, form: Form, change: Change) -> Question | None:
        """Return the question of a change in one version, by ``x-id`` where the other has it."""
        if change.what not in ("question", "tightening"):
            return None
        here = form.questions.get(change.id)
        for other in (self.new, self.old):
            named = other.questions.get(change.id)
            if named is not None:
                same = (q for q in form.questions.values() if q.x_id == named.x_id)
                return next(same, here)
        return here

    def _page(self, form: Form, id: Json) -> str:
        titles = (words.pick(p.title, self.language) for p in form.pages if p.section == id)
        return next(titles, "")

    def _say(self, phrase: str, **params: object) -> str:
        return words.say(f"difference.{phrase}", self.language, **params)

    @cached_property
    def _titles(self) -> tuple[InSentences, InSentences]:
        return InSentences(FormVocabulary(self.old)), InSentences(FormVocabulary(self.new))


def _with(body: str) -> dict[str, str]:
    return {"body": body} if body else {}


def _is_text(part: str) -> bool:
    return part.partition(".")[0] in ("title", "description", "intro", "help", "errors")
