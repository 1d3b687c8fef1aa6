"""A form's answers to read back: before they are sent, on paper, and as far as an agency may see
them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup

from satupintu import words
from satupintu.conditions.names import facts_of
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.answers import with_computed
from satupintu.forms.asking import standing
from satupintu.forms.attached import Attached, AttachedFiles
from satupintu.forms.compiling import drawing, on_page
from satupintu.forms.document import SENSITIVITIES, Form, Page, Question
from satupintu.forms.facts import at

MASKED = "sangat_rahasia"
"""The sensitivity whose answers stay covered until somebody asks to see them."""


@dataclass(frozen=True)
class Change:
    """How a page's answers are changed: by a link, or by a button of the page's form ``isian``.

    Exactly one of the two is there.
    """

    href: str | None = None
    act: str | None = None


@dataclass(frozen=True)
class Around:
    """A group that an answer stands in, or one row of a repeated group; ``of`` is its question."""

    title: str
    of: str
    number: int | None = None


@dataclass(frozen=True)
class Row:
    """One question with its answer in words.

    ``title`` is the whole title, rows around it named; ``own`` the question's alone, ``key`` its
    property, and ``within`` what it stands in, the outermost first.
    """

    title: str
    lines: tuple[str, ...]
    level: int
    level_word: str
    muted: str = ""
    masked: bool = False
    reveal: str | None = None
    files: tuple[FileLink, ...] = ()
    drawn: Markup | None = None
    """The answer as a picture, below its words."""
    link: str | None = None
    """Where the answer leads, outside the service."""
    change: Change | None = None
    """How it is changed, if on a step of its own."""
    own: str = ""
    key: str = ""
    asked: bool = True
    within: tuple[Around, ...] = ()

    def inside(self) -> Row:
        """Return the row as it stands inside the outermost thing around it."""
        return replace(self, within=self.within[1:])


@dataclass(frozen=True)
class FileLink:
    """A file in an answer, and where it opens."""

    text: str
    url: str


@dataclass(frozen=True)
class Section:
    """One page of answers; ``change`` is how they are changed together."""

    id: str
    title: str
    change: Change | None
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
    attached: AttachedFiles

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
                not_asked = self.plain(question, before, muted=self.why_not(question))
                yield replace(not_asked, asked=False)
        elif question.is_group and self.is_one(question, value, name, asked):
            yield self.answered(question, value, before)
        elif question.is_group:
            inside = value if isinstance(value, Mapping) else {}
            for child in question.children:
                below = f"{name}.{child.key}"
                rows = self.row(child, inside.get(child.key), below, before, asked)
                yield from _within(self.around(question), rows)
        elif question.is_rows and isinstance(value, list) and value:
            title = words.pick(question.title, self.language)
            for place, one in enumerate(value):
                number = words.say("questions.row", self.language, title=title, number=place + 1)
                for child in question.children:
                    answer = one.get(child.key) if isinstance(one, Mapping) else None
                    below = f"{name}.{place}.{child.key}"
                    rows = self.row(child, answer, below, f"{before}{number}: ", asked)
                    yield from _within(Around(number, title, place + 1), rows)
        elif self.sees(question):
            yield self.answered(question, value, before)

    def around(self, question: Question) -> Around:
        title = words.pick(question.title, self.language)
        return Around(title, title)

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
        several = question.is_rows or questions.of(question.kind).files is not None
        if value is None or (several and value == []):
            key = "none_chosen" if value == [] else "not_answered"
            return self.plain(question, before, muted=words.say(f"questions.{key}", self.language))
        if question.sensitivity == MASKED and not self.is_revealed(question):
            link = self.url_to_reveal(question.name) if self.url_to_reveal is not None else None
            return self.plain(question, before, masked=True, reveal=link)
        kind = questions.of(question.kind)
        ids = () if kind.files is None else tuple(kind.files(question, value))
        if ids and any(one in self.attached.known for one in ids):
            lines = tuple(self.attached.told(one) for one in ids)
        else:
            lines = tuple(kind.shown(question, value, self.language, self.zone).split("\n"))
        told = ((self.attached.told(one), self.attached.url(one)) for one in ids)
        row = self.plain(
            question,
            before,
            lines=lines,
            files=tuple(FileLink(text, url) for text, url in told if url is not None),
            drawn=None
            if kind.drawn is None
            else kind.drawn(question, value, self.language, self.zone),
        )
        return row if kind.link is None else replace(row, link=kind.link(value) or None)

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
        files: tuple[FileLink, ...] = (),
        drawn: Markup | None = None,
    ) -> Row:
        return Row(
            title=before + words.pick(question.title, self.language),
            own=words.pick(question.title, self.language),
            key=question.name,
            lines=lines,
            level=SENSITIVITIES.index(question.sensitivity) + 1,
            level_word=words.say(f"questions.sensitivity_{question.sensitivity}", self.language),
            muted=muted,
            masked=masked,
            reveal=reveal,
            files=files,
            drawn=drawn,
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


def _within(around: Around, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows as they stand in one thing more."""
    yield from (replace(row, within=(around, *row.within)) for row in rows)


def sections(
    form: Form,
    answers: Mapping[str, Json],
    *,
    language: str,
    zone: ZoneInfo,
    reveal: Collection[str] = (),
    visible: Collection[str] | None = None,
    change: Callable[[Page], Change] | None = None,
    url_to_reveal: Callable[[str], str] | None = None,
    url_for_file: Callable[[str], str] | None = None,
    attached: Mapping[str, Attached] | None = None,
) -> tuple[Section, ...]:
    """Return the answers page by page; a page that shows nothing is left out.

    ``visible`` names the questions that may be seen, all where it is None; nothing of another
    question is told, not even why a visible one was not asked. ``reveal`` names the covered
    answers to uncover, ``attached`` tells of the files by their ids.
    """
    known = with_computed(form, answers)
    files = AttachedFiles(language, attached or {}, url_for_file)
    sheet = _Sheet(form, known, language, zone, reveal, visible, url_to_reveal, files)
    now = standing(form, (q for q in form.questions.values() if "." not in q.name), known)
    found = []
    for _, together in groupby(form.pages, lambda page: page.section):
        steps = list(together)
        one_by_one = bool(steps[0].part_of)
        rows: list[Row] = []
        for page in steps:
            asks = any(form.questions[name].computed is None for name in page.questions)
            way = change(page) if asks and change is not None else None
            answered = list(sheet.rows(page, now.asked))
            if one_by_one and answered and now.asked.intersection(page.questions):
                answered[0] = replace(answered[0], change=way)
            rows += answered
        if rows:
            title = words.pick(steps[0].title, language)
            found.append(Section(steps[0].section, title, None if one_by_one else way, tuple(rows)))
    return tuple(found)


def answers_html(
    form: Form,
    answers: Mapping[str, Json],
    *,
    language: str,
    zone: ZoneInfo,
    reveal: Collection[str] = (),
    visible: Collection[str] | None = None,
    change: Callable[[Page], Change] | None = None,
    url_to_reveal: Callable[[str], str] | None = None,
    url_for_file: Callable[[str], str] | None = None,
    attached: Mapping[str, Attached] | None = None,
) -> Markup:
    """Return the answers as HTML, a card for each page; see ``sections`` for who sees what."""
    pages = sections(
        form,
        answers,
        language=language,
        zone=zone,
        reveal=reveal,
        visible=visible,
        change=change,
        url_to_reveal=url_to_reveal,
        url_for_file=url_for_file,
        attached=attached,
    )
    return sections_html(pages, language)


def sections_html(pages: Iterable[Section], language: str) -> Markup:
    """Return pages of answers as HTML, a card for each."""
    said = {
        w: words.say(f"questions.{w}", language) for w in ("change", "masked", "reveal", "open_map")
    }
    return Markup(drawing.get_template("answers.html").render(pages=list(pages), words=said))  # noqa: S704 - the template escapes
