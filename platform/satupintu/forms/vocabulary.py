"""What the facts and options of one form are called, for conditions said in words."""

from __future__ import annotations

from dataclasses import dataclass

from satupintu import words
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
