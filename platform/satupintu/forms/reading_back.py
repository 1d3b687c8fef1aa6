"""A form's answers to read back: before they are sent, on paper, and as far as an agency may see
them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from markupsafe import Markup

from satupintu import words
from satupintu.conditions.names import facts_of
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.answers import with_computed
from satupintu.forms.asking import standing
from satupintu.forms.compiling import drawing, on_page
from satupintu.forms.document import SENSITIVITIES, Form, Page, Question
from satupintu.forms.facts import at

MASKED = "sangat_rahasia"
"""The sensitivity whose answers stay covered until somebody asks to see them."""


@dataclass(frozen=True)
class Row:
    """One question with its answer in words."""

    title: str
    lines: tuple[str, ...]
    level: int
    level_word: str
    muted: str = ""
    masked: bool = False
    reveal: str | None = None
    file: str | None = None
    link: str | None = None


@dataclass(frozen=True)
class Section:
    """One page of answers."""

    id: str
    title: str
    href: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Sheet:
    form: Form
    answers: Mapping[str, Json]
    language: str
    zone: ZoneInfo
    reveal: Collection[str]
    visible: Collection[str] | None
    url_to_reveal: Callable[[str], str] | None
    url_for_file: Callable[[str], str] | None

    def rows(self, page: Page, asked: Collection[str]) -> Iterator[Row]:
        for question in on_page(self.form, page):
            yield from self.row(question, self.answers.get(question.key), question.key, "", asked)

    def row(
        self, question: Question, value: Json, name: str, before: str, asked: Collection[str]
    ) -> Iterator[Row]:
        """Yield a question, and those inside a group or each row of a repeated group."""
        if not questions.of(question.kind).asks:
            return
        if name not in asked:
            if self.sees(question) and question.cause is not None:
                yield self.plain(question, before, muted=self.why_not(question))
        elif question.is_group and self.is_one(question, value, name, asked):
            yield self.answered(question, value, before)
        elif question.is_group:
            inside = value if isinstance(value, Mapping) else {}
            for child in question.children:
                below = f"{name}.{child.key}"
                yield from self.row(child, inside.get(child.key), below, before, asked)
        elif question.is_rows and isinstance(value, list) and value:
            title = words.pick(question.title, self.language)
            for place, one in enumerate(value):
                number = words.say("questions.row", self.language, title=title, number=place + 1)
                for child in question.children:
                    answer = one.get(child.key) if isinstance(one, Mapping) else None
                    below = f"{name}.{place}.{child.key}"
                    yield from self.row(child, answer, below, f"{number}: ", asked)
        elif self.sees(question):
            yield self.answered(question, value, before)

    def is_one(self, group: Question, value: Json, name: str, asked: Collection[str]) -> bool:
        """Return whether a group reads as one answer: all of it may be seen, none is covered."""
        if not questions.of(group.kind).together or not value or group.sensitivity == MASKED:
            return False
        inside = [c for c in group.children if f"{name}.{c.key}" in asked]
        return all(self.sees(c) and c.sensitivity != MASKED and not c.children for c in inside)

    def sees(self, question: Question) -> bool:
        """Return whether the reader may see this question and every group around it."""
        if self.visible is None:
            return True
        parts = question.name.split(".")
        return all(".".join(parts[: i + 1]) in self.visible for i in range(len(parts)))

    def answered(self, question: Question, value: Json, before: str) -> Row:
        if value is None or (question.is_rows and value == []):
            key = "none_chosen" if value == [] else "not_answered"
            return self.plain(question, before, muted=words.say(f"questions.{key}", self.language))
        if question.sensitivity == MASKED and not self.is_revealed(question):
            link = self.url_to_reveal(question.name) if self.url_to_reveal is not None else None
            return self.plain(question, before, masked=True, reveal=link)
        said = questions.of(question.kind).shown(question, value, self.language, self.zone)
        link = None
        if question.kind == "file" and self.url_for_file is not None:
            link = self.url_for_file(str(value))
        row = self.plain(question, before, lines=tuple(said.split("\n")), file=link)
        leads = questions.of(question.kind).link
        return row if leads is None else replace(row, link=leads(value) or None)

    def is_revealed(self, question: Question) -> bool:
        return question.name in self.reveal

    def plain(
        self,
        question: Question,
        before: str,
        *,
        lines: tuple[str, ...] = (),
        muted: str = "",
        masked: bool = False,
        reveal: str | None = None,
        file: str | None = None,
    ) -> Row:
        return Row(
            title=before + words.pick(question.title, self.language),
            lines=lines,
            level=SENSITIVITIES.index(question.sensitivity) + 1,
            level_word=words.say(f"questions.sensitivity_{question.sensitivity}", self.language),
            muted=muted,
            masked=masked,
            reveal=reveal,
            file=file,
        )

    def why_not(self, question: Question) -> str:
        """Return that a question was not asked, with the answers that decided so, unless they are
        covered.
        """
        deciding = []
        for name in sorted(facts_of(question.asked_when)):
            cause = self.form.questions.get(name)
            value = at(self.answers, name)
            covered = cause is not None and cause.sensitivity == MASKED
            if cause is None or value is None or not self.sees(cause):
                continue
            if covered and not self.is_revealed(cause):
                continue
            said = questions.of(cause.kind).shown(cause, value, self.language, self.zone)
            deciding.append(f"{words.pick(cause.title, self.language)} {said}")
        if not deciding:
            return words.say("questions.not_asked", self.language)
        return words.say("questions.not_asked_because", self.language, cause="; ".join(deciding))


def sections(
    form: Form,
    answers: Mapping[str, Json],
    *,
    language: str,
    zone: ZoneInfo,
    reveal: Collection[str] = (),
    visible: Collection[str] | None = None,
    url_for_page: Callable[[Page], str] | None = None,
    url_to_reveal: Callable[[str], str] | None = None,
    url_for_file: Callable[[str], str] | None = None,
) -> tuple[Section, ...]:
    """Return the answers page by page; a page that shows nothing is left out.

    ``visible`` names the questions that may be seen, all where it is None; nothing of another
    question is told, not even why a visible one was not asked. ``reveal`` names the covered
    answers to uncover.
    """
    known = with_computed(form, answers)
    sheet = _Sheet(form, known, language, zone, reveal, visible, url_to_reveal, url_for_file)
    now = standing(form, (q for q in form.questions.values() if "." not in q.name), known)
    found = (
        Section(
            page.id,
            words.pick(page.title, language),
            url_for_page(page) if url_for_page is not None else None,
            tuple(sheet.rows(page, now.asked)),
        )
        for page in form.pages
    )
    return tuple(section for section in found if section.rows)


def answers_html(
    form: Form,
    answers: Mapping[str, Json],
    *,
    language: str,
    zone: ZoneInfo,
    reveal: Collection[str] = (),
    visible: Collection[str] | None = None,
    url_for_page: Callable[[Page], str] | None = None,
    url_to_reveal: Callable[[str], str] | None = None,
    url_for_file: Callable[[str], str] | None = None,
) -> Markup:
    """Return the answers as HTML, a card for each page; see ``sections`` for who sees what."""
    pages = sections(
        form,
        answers,
        language=language,
        zone=zone,
        reveal=reveal,
        visible=visible,
        url_for_page=url_for_page,
        url_to_reveal=url_to_reveal,
        url_for_file=url_for_file,
    )
    return sections_html(pages, language)


def sections_html(pages: Iterable[Section], language: str) -> Markup:
    """Return pages of answers as HTML, a card for each."""
    said = {
        w: words.say(f"questions.{w}", language) for w in ("change", "masked", "reveal", "open_map")
    }
    return Markup(drawing.get_template("answers.html").render(pages=list(pages), words=said))  # noqa: S704 - the template escapes
