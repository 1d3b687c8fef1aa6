"""A form filled in by itself, page by page, as somebody without JavaScript fills it in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions, row_page, steps
from satupintu.forms.answers import without_hidden
from satupintu.forms.binding import Bound, read_page
from satupintu.forms.controls import Controls, Posted, QuickPage
from satupintu.forms.document import Form, Page, Question
from satupintu.forms.facts import Answers
from satupintu.forms.questions.kinds import ACT, Typed
from satupintu.forms.rendering import page_html
from satupintu.forms.row_page import RowPage
from satupintu.forms.to_do import to_do
from satupintu.forms.without_script import DrawnPage

ROUNDS = 16
"""How often an answer of a later page may make an earlier one ask more."""

FRESH = 5000
"""The number of the first row that was added: no row of an answer has it."""


@dataclass(frozen=True)
class Walked:
    """What filling in a form came to.

    ``answers`` are those that would be sent, ``problems`` what stands in the way of sending them,
    and ``pages`` every page as it was drawn last, by its id.
    """

    answers: dict[str, Json]
    problems: tuple[Problem, ...]
    pages: Mapping[str, DrawnPage]


def walk(form: Form, given: Answers, *, language: str, zone: ZoneInfo) -> Walked:
    """Fill in a form with the answers ``given`` and return what arrived.

    Nothing is posted but what the controls of a drawn page can hold, so what the form does not ask
    is not answered. Files count as sent before: their ids stand where their control stood. So
    does a drawing, which only a script can put into its control, and what the platform itself adds
    to an answer. Answers to deprecated questions stand there from the start: only where there is
    one is such a question asked.
    """
    top = [q for q in form.questions.values() if "." not in q.name]
    typed, begun = _typed(form, given, language, zone), _with_lapsed(top, given)
    this = _Walk(form, given, language, zone, typed, begun)
    this.walk()
    unread = [problem for bound in this.bound.values() for problem in bound.problems]
    answers, _ = without_hidden(form, this.answers)
    pages = {key: DrawnPage(page.source) for key, page in this.pages.items()}
    return Walked(answers, to_do(form, answers, unread), pages)


def _with_lapsed(among: Iterable[Question], given: Answers) -> dict[str, Json]:
    """Return those of the answers that make a deprecated question asked, rows and groups around."""
    found: dict[str, Json] = {}
    for question in among:
        value = given.get(question.key)
        if question.lapsed and value is not None:
            found[question.key] = value
        elif isinstance(value, Mapping) and question.is_group:
            inside = _with_lapsed(question.children, value)
            found |= {question.key: inside} if inside else {}
        elif isinstance(value, list) and question.is_rows:
            rows = [
                _with_lapsed(question.children, r) if isinstance(r, Mapping) else r for r in value
            ]
            found |= {question.key: rows} if any(rows) else {}
    return found


def _typed(form: Form, given: Answers, language: str, zone: ZoneInfo) -> Typed:
    """Return what a person would type or choose, by control name, wherever it is asked."""
    typed: dict[str, str | tuple[str, ...]] = {}
    for question in form.questions.values():
        if "." not in question.name and question.key in given:
            typed |= _typed_at(question, given[question.key], question.key, language, zone)
    return typed


def _typed_at(
    question: Question, value: Json, name: str, language: str, zone: ZoneInfo
) -> dict[str, str | tuple[str, ...]]:
    """Return what is typed for one question, and for those in a group or in each row."""
    kind = questions.of(question.kind)
    if value is None and kind.inside is None:
        return {}
    entered = kind.entered(question, value, name, language) if kind.entered is not None else None
    typed = {**kind.typed(question, value, name, zone), **(entered or {})}
    inside = [(name, value)]
    if question.is_rows and isinstance(value, list):
        inside = [(f"{name}.{place}", row) for place, row in enumerate(value)]
    for child in question.children:
        for below, answers in inside:
            if isinstance(answers, Mapping) and child.key in answers:
                at = f"{below}.{child.key}"
                typed |= _typed_at(child, answers[child.key], at, language, zone)
    return typed


@dataclass
class _Walk:
    form: Form
    given: Answers
    language: str
    zone: ZoneInfo
    typed: Typed
    answers: dict[str, Json] = field(default_factory=dict)
    bound: dict[str, Bound] = field(default_factory=dict)
    pages: dict[str, Controls] = field(default_factory=dict)
    attached: set[str] = field(default_factory=set)

    def walk(self) -> None:
        """Go through all pages, and through them again while answers change what they ask."""
        by_id = {page.id: page for page in self.form.pages}
        for _ in range(ROUNDS):
            before = self.answers
            step = steps.first(self.form, self.answers)
            while step != steps.CHECK:
                self.fill(by_id[step])
                step = steps.after(self.form, self.answers, step)
            if self.answers == before:
                break

    def fill(self, page: Page) -> None:
        """Post a page until it asks nothing more and has all its rows, then each row's own."""
        rows = sum(len(text) for text in self.typed.values() if isinstance(text, tuple))
        rounds = ROUNDS + len(self.form.questions) + rows
        self.post_until_it_stays(page, None, rounds)
        done: set[str] = set()
        while row := self.next_row(page, done):
            done.add(row.control)
            self.post_until_it_stays(page, row, rounds)

    def next_row(self, page: Page, done: set[str]) -> RowPage | None:
        """Return a row whose own page was not filled in yet: a row's page may add others."""
        rows = row_page.rows_of(self.form, page, self.answers)
        return next((row for row in rows if row.control not in done), None)

    def post_until_it_stays(self, page: Page, row: RowPage | None, rounds: int) -> None:
        key = page.id if row is None else f"{page.id}/{row.control}"
        for _ in range(rounds):
            drawn = self.pages[key] = QuickPage(self.draw(page, row, key))
            adding = self.rows_to_add(drawn)
            bound = self.bound[key] = read_page(
                self.form, page, self.posted(drawn, adding), {}, self.answers,
                zone=self.zone, language=self.language,
            )  # fmt: skip
            answers = self.with_files(drawn, bound.answers)
            top = (q for q in self.form.questions.values() if "." not in q.name)
            answers = _as_given(top, self.given, answers)
            if not adding and answers == self.answers and self.draw(page, row, key) == drawn.source:
                break
            self.answers = answers

    def draw(self, page: Page, row: RowPage | None, key: str) -> str:
        before = self.bound.get(key)
        html = page_html(
            self.form,
            page,
            language=self.language,
            zone=self.zone,
            answers=self.answers,
            unread=before.unread if before is not None else None,
            problems=before.problems if before is not None else (),
            row=row,
        )
        return str(html)

    def rows_to_add(self, drawn: Controls) -> dict[str, int]:
        """Return how many rows each list on the page lacks and may still have, by its name."""
        counted = Counter(control.name for control in drawn.controls)
        lacking = {}
        for act, more in drawn.adding.items():
            name = act.split(":")[1]
            # One more hidden control of that name says that the page was sent without any row.
            lacks = len(self.typed.get(name, ())) - counted[name] + 1
            if lacks > 0 and more > 0:
                lacking[name] = min(lacks, more)
        return lacking

    def posted(self, drawn: Controls, adding: Mapping[str, int]) -> Posted:
        """Return what a page posts once it has the rows that are lacking.

        One button can be pressed at a time, and the page comes back with one empty row more. What
        all those presses would make of it is posted at once, with the last press: drawing a page
        anew for each of its rows costs their product.
        """
        act = None
        posted = drawn.posts(filled=self.typed)
        for name, count in adding.items():
            act = act or f"rows:{name}:add"
            pressed = count if act != f"rows:{name}:add" else count - 1
            for number in range(FRESH, FRESH + pressed):
                posted.add(name, str(number))
        if act is not None:
            posted.add(ACT, act)
        return posted

    def with_files(self, drawn: Controls, answers: dict[str, Json]) -> dict[str, Json]:
        """Return the answers with each file that was given and whose control stood on the page.

        Each is attached once only, so that a page that loses it is found out.
        """
        for control in drawn.asked():
            if control.kind == "file" and control.name not in self.attached:
                path = control.name.split(".")
                file = _at(self.given, path)
                if isinstance(file, str) or _are_texts(file):
                    self.attached.add(control.name)
                    answers = _put(answers, path, file)
        return answers


def _as_given(among: Iterable[Question], given: Json, back: Json) -> dict[str, Json]:
    """Return answers with what the platform itself adds, such as a moment, as it was given."""
    found: dict[str, Json] = dict(back)
    for question in among:
        mine, theirs = given.get(question.key), back.get(question.key)
        alike = questions.of(question.kind).alike
        if alike is not None and mine is not None and alike(question, mine, theirs):
            found[question.key] = mine
        elif isinstance(mine, Mapping) and isinstance(theirs, Mapping) and question.children:
            found[question.key] = _as_given(question.children, mine, theirs)
        elif isinstance(mine, list) and isinstance(theirs, list) and question.children:
            found[question.key] = [
                _as_given(question.children, mine[n], row)
                if n < len(mine) and isinstance(mine[n], Mapping) and isinstance(row, Mapping)
                else row
                for n, row in enumerate(theirs)
            ]
    return found


def _at(value: Json, path: list[str]) -> Json:
    for key in path:
        if isinstance(value, list):
            value = value[int(key)] if key.isdigit() and int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _are_texts(value: Json) -> bool:
    return isinstance(value, list) and value != [] and all(isinstance(one, str) for one in value)


def _put(value: Json, path: list[str], file: Json) -> Json:
    key, *rest = path
    if isinstance(value, list):
        return [_put(v, rest, file) if str(n) == key else v for n, v in enumerate(value)]
    held = value if isinstance(value, Mapping) else {}
    return {**held, key: _put(held.get(key), rest, file) if rest else file}
