"""A blank form as a sheet: every question it may ask, with the place to write the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from satupintu.conditions.ast import Condition
from satupintu.conditions.sentence import sentence
from satupintu.forms import questions
from satupintu.forms.about import about
from satupintu.forms.compiling import on_page
from satupintu.forms.document import SENSITIVITIES, Form, Page, Question
from satupintu.forms.paper.blanks import Again, Blank, Boxes, Lines, Short
from satupintu.forms.paper.sheet import (
    Asked,
    Block,
    Branch,
    Columns,
    Group,
    Letterhead,
    Mark,
    Note,
    Section,
    Sheet,
)
from satupintu.forms.vocabulary import FormVocabulary
from satupintu.words import pick, say

MOST_COLUMNS = 4

WORD = 14
"""Letters of the longest word over a column."""

ROWS_OF_A_TABLE = 4

DEEPEST = 6
"""The last level of heading that PDF knows by name."""


def blank(form: Form, letterhead: Letterhead, language: str) -> Sheet:
    """Return a form to be filled in by hand; the same version gives the same sheet."""
    asker = _Asker(form, language)
    title = pick(form.title, language)
    return Sheet(
        language=language,
        title=title,
        kind=say("paper.blank", language),
        letterhead=letterhead,
        about=pick(form.description, language) if form.description else "",
        facts=(),
        notes=tuple(asker.notes()),
        sections=tuple(asker.sections()),
        running=title,
        warning=say("paper.secret_once_filled", language),
        version=say("paper.version", language, form=form.id, version=form.hash[:8]),
        page_of=say("paper.page_of", language),
        unprintable=say("paper.unprintable", language),
    )


@dataclass(frozen=True)
class _Numbered:
    """What questions are called in a condition: by title and by the number they have on paper."""

    titles: FormVocabulary
    numbers: Mapping[str, str]

    def fact(self, name: str, language: str) -> str:
        title = say("conditions.say_quoted", language, title=self.titles.fact(name, language))
        number = self.numbers.get(name)
        return title if number is None else f"{number} {title}"

    def option(self, name: str, const: str, language: str) -> str:
        title = self.titles.option(name, const, language)
        return say("conditions.say_quoted", language, title=title)


@dataclass(frozen=True)
class _Asker:
    form: Form
    language: str

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number of every question that is answered by itself, by name."""
        found: dict[str, str] = {}
        for at, page in enumerate(self.form.pages, 1):
            inside = (q for one in on_page(self.form, page) for q in _answered(one))
            found |= {q.name: f"{at}.{n}" for n, q in enumerate(inside, 1)}
        return found

    def notes(self) -> Iterator[str]:
        yield say("paper.how_to_write", self.language)
        if any(q.cause is not None for q in self.form.questions.values()):
            yield say("paper.how_to_pass_over", self.language)
        if any(self.mark(q) for q in self.form.questions.values()):
            yield say("paper.how_secret", self.language)

    def sections(self) -> Iterator[Section]:
        for number, page in enumerate(self.form.pages, 1):
            yield Section(
                title=pick(page.title, self.language),
                intro=pick(page.intro, self.language) if page.intro else "",
                blocks=tuple(self.page(page)),
                number=str(number),
            )

    def page(self, page: Page) -> Iterator[Block]:
        return self.together(on_page(self.form, page), 3)

    def together(
        self, among: Iterable[Question], level: int, given: Condition | None = None
    ) -> Iterator[Block]:
        """Yield questions in order; neighbours under the same condition stand under it once, and
        under what is ``given`` around them not again.
        """
        for cause, neighbours in groupby(among, key=lambda q: q.cause):
            blocks = tuple(b for q in neighbours for b in self.one(q, level))
            if cause is None or cause == given or not blocks:
                yield from blocks
            else:
                yield Branch(self.why(cause), blocks)

    def why(self, cause: Condition) -> str:
        vocabulary = _Numbered(FormVocabulary(self.form), self.numbers)
        said = sentence(cause, vocabulary, self.language)
        return say("paper.only_if", self.language, cause=said)

    def one(self, question: Question, level: int) -> Iterator[Block]:
        if question.lapsed:
            return
        kind = questions.of(question.kind)
        blanks = kind.paper(question, self.language)
        again = next((b for b in blanks if isinstance(b, Again)), None)
        if again is not None:
            yield self.group(question, level, tuple(self.repeated(question, again, level)))
        elif question.children:
            inside = tuple(
                self.together(question.children, min(level + 1, DEEPEST), question.cause)
            )
            yield self.group(question, level, inside)
        elif blanks:
            yield self.asked(question, blanks)
        elif kind.on_page and not kind.asks:
            yield self.group(question, level, ())  # something to read

    def repeated(self, question: Question, again: Again, level: int) -> Iterator[Block]:
        inside_it = [q for q in question.children if questions.of(q.kind).on_page and not q.lapsed]
        columns = [(q, questions.of(q.kind).paper(q, self.language)) for q in inside_it]
        narrow = all(_is_short(q, b) and _fits(self.title(q)) for q, b in columns)
        if len(columns) <= MOST_COLUMNS and narrow:
            titles = tuple(f"{self.numbers[q.name]} {self.title(q)}" for q, _ in columns)
            yield Columns(titles, max(again.times, min(ROWS_OF_A_TABLE, again.most)))
        else:
            for number in range(1, again.times + 1):
                title = say(
                    "questions.row", self.language, title=self.title(question), number=number
                )
                below = min(level + 1, DEEPEST)
                deeper = min(below + 1, DEEPEST)
                inside = tuple(self.together(question.children, deeper, question.cause))
                yield Group(title, "", below, None, inside)
        if again.rule:
            yield Note(again.rule)

    def group(self, question: Question, level: int, blocks: tuple[Block, ...]) -> Group:
        return Group(self.title(question), self.help(question), level, self.mark(question), blocks)

    def asked(self, question: Question, blanks: tuple[Blank, ...]) -> Asked:
        left = say("questions.optional", self.language) if question.required_when is None else ""
        return Asked(
            number=self.numbers[question.name],
            title=self.title(question),
            help=self.said_above(question, blanks),
            left="" if question.computed is not None else left,
            mark=self.mark(question),
            blanks=blanks,
        )

    def title(self, question: Question) -> str:
        return pick(question.title, self.language)

    def help(self, question: Question) -> str:
        said = [pick(question.help, self.language)] if question.help else []
        if questions.of(question.kind).asks:
            said += about(question, self.language, None)
        return " ".join(said)

    def said_above(self, question: Question, blanks: tuple[Blank, ...]) -> str:
        """Return the help of a question, unless its boxes say the same themselves."""
        rules = {blank.rule for blank in blanks if isinstance(blank, Boxes)}
        return "" if (said := self.help(question)) in rules else said

    def mark(self, question: Question) -> Mark | None:
        """Return how secret a question is; what is open to all has no mark."""
        level = SENSITIVITIES.index(question.sensitivity) + 1
        said = say(f"questions.sensitivity_{question.sensitivity}", self.language)
        return Mark(level, said) if level > 1 else None


def _answered(question: Question) -> Iterator[Question]:
    if question.lapsed:
        return
    if not question.children and questions.of(question.kind).asks:
        yield question
    for child in question.children:
        yield from _answered(child)


def _fits(title: str) -> bool:
    return all(len(word) <= WORD for word in title.split())


def _is_short(question: Question, blanks: tuple[Blank, ...]) -> bool:
    """Tell whether a question fits into a cell of a table."""
    match blanks:
        case (Short() | Lines(1),):
            return question.cause is None and not question.children
    return False
