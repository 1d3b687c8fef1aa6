"""What the facts and options of one form are called, for conditions said in words."""

from __future__ import annotations

from dataclasses import dataclass

from satupintu import words
from satupintu.conditions.sentence import Vocabulary
from satupintu.forms.document import Form


@dataclass(frozen=True, eq=False)
class FormVocabulary:
    """The titles of a form's questions and options; any other name stands for itself."""

    form: Form

    def fact(self, name: str, language: str) -> str:
        """Return the title of a question."""
        question = self.form.questions.get(name)
        return name if question is None else words.pick(question.title, language)

    def option(self, name: str, const: str, language: str) -> str:
        """Return the title of one option of a question."""
        question = self.form.questions.get(name)
        for option in () if question is None else question.options:
            if option.const == const:
                return words.pick(option.title, language)
        return const


@dataclass(frozen=True, eq=False)
class InSentences:
    """The same titles as they may stand inside a sentence.

    What would not read on is quoted: a title that is a question, an option that lists things.
    """

    titles: Vocabulary

    def fact(self, name: str, language: str) -> str:
        """Return the title of a fact."""
        return quoted(self.titles.fact(name, language), language)

    def option(self, name: str, const: str, language: str) -> str:
        """Return the title of one option of a fact."""
        return quoted(self.titles.option(name, const, language), language)


def quoted(title: str, language: str) -> str:
    """Return a title in quotation marks, unless it reads on as it is."""
    joins = [words.say(f"conditions.say_{word}", language) for word in ("and", "or", "comma")]
    breaks = title.endswith("?") or any(mark in title for mark in (*joins, ": "))
    return words.say("conditions.say_quoted", language, title=title) if breaks else title
