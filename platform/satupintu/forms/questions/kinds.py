"""What a question type is: how its answer is read, drawn and shown, in one place for each type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from satupintu.conditions.types import FactType
from satupintu.conditions.values import Facts
from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms.document import WHOLE, Form, Question
from satupintu.forms.paper.blanks import Blank
from satupintu.forms.paper.usual import usual
from satupintu.forms.references import holds_questions
from satupintu.forms.uploads import File, Upload

Schema = Mapping[str, Json]

Compared = Literal["text", "phone", "identity"]

Typed = Mapping[str, str | tuple[str, ...]]
"""What stands in the controls, by control name; several values where several can be ticked."""


ACT = "act"
"""Name of the buttons that change what stands on a page: ``act=rows:anak:remove:1`` removes a row,
``act=rows:anak:clear`` takes an answer back.
"""


class Texts(Protocol):
    """The posted texts by control name, as Werkzeug's MultiDict keeps them."""

    def getlist(self, key: str) -> list[str]:
        """Return every value posted under one name."""
        ...

    def __contains__(self, key: object) -> bool: ...

    def __iter__(self) -> Iterator[str]: ...


Files = Mapping[str, File]
"""The chosen files by control name; Werkzeug's MultiDict, with ``getlist``, for several to one."""


@dataclass(frozen=True)
class Posted:
    """What arrived for one question.

    ``place`` is where the answer goes (``("anak", 1, "usia")``), ``control`` the control name it
    was posted under (``anak.2.usia``: rows keep their posted numbers until they are read).
    ``before`` is the draft's answer to this question, None where it had none. ``reads`` tells by
    name and control name whether a question below is asked and stood on the page.
    """

    texts: Texts
    files: Files
    zone: ZoneInfo
    place: tuple[str | int, ...]
    control: str
    before: Json = None
    reads: Callable[[str, str], bool] = lambda _name, _control: True
    kept_files: frozenset[str] = frozenset()
    """Ids of the files that this draft already holds, the only ones that may be kept."""
    row: str = ""
    """The control name of the one row whose page was posted; nothing for any other page."""

    @property
    def name(self) -> str:
        """Return the control name under which the answer is drawn again."""
        return ".".join(map(str, self.place))

    @property
    def pointer(self) -> str:
        """Return the JSON pointer of the answer."""
        return pointer(self.place)

    def all(self, part: str = "") -> list[str]:
        """Return every text of a control; ``part`` names one of several controls (``day``)."""
        return self.texts.getlist(f"{self.control}.{part}" if part else self.control)

    def one(self, part: str = "") -> str:
        """Return the last text of a control, or an empty one."""
        texts = self.all(part)
        return texts[-1] if texts else ""

    @property
    def cleared(self) -> bool:
        """Whether the button that takes this answer back was pressed."""
        return f"rows:{self.control}:clear" in self.texts.getlist(ACT)

    def chosen(self) -> tuple[File, ...]:
        """Return the files that were chosen."""
        several = getattr(self.files, "getlist", None)
        found = [self.files.get(self.control)] if several is None else several(self.control)
        return tuple(file for file in found if file is not None and file.filename)

    def at(self, *step: str | int, control: str | None = None, before: Json = None) -> Posted:
        """Return what arrived for a question below this one."""
        below = control if control is not None else ".".join(map(str, step))
        return Posted(  # as ``replace`` would, which takes a third of reading a long list
            texts=self.texts,
            files=self.files,
            zone=self.zone,
            place=self.place + step,
            control=f"{self.control}.{below}",
            before=before,
            reads=self.reads,
            kept_files=self.kept_files,
            row=self.row,
        )


@dataclass(frozen=True)
class Read:
    """What a question type made of it: ``value`` None is unanswered.

    ``typed`` is what to show again where the text could not be read, and then ``problems`` says
    what to do.
    """

    value: Json = None
    typed: Typed = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    """Accepted files by the name of their question; of several to one, by its name and a number."""
    null: bool = False
    """Whether JSON's null was chosen as the answer; ``value`` is None then too."""

    @property
    def answered(self) -> bool:
        """Whether there is an answer to keep."""
        return self.value is not None or self.null


def no_parts(_question: Question, _language: str) -> Mapping[str, object]:
    """Return nothing more for the template than every question has."""
    return {}


def typed_text(_question: Question, value: Json, name: str, _zone: ZoneInfo) -> Typed:
    """Return an answer as the one text of its one control."""
    return {name: "" if value is None else str(value)}


@dataclass(frozen=True)
class QuestionType:
    """One type of question; a file in this folder defines it as ``TYPE``, its template lies beside
    it.

    ``suits`` says how well it can ask what a schema describes: 0 is not at all, the highest is
    taken where the document names no widget. ``parts`` gives its template the constants that only
    this type knows.
    """

    kind: str
    suits: Callable[[Schema], int]
    fact_type: Callable[[Schema], FactType]
    read: Callable[[Question, Posted], Read]
    shown: Callable[[Question, Json, str, ZoneInfo], str]
    """The answer in words, for checking and for print: question, answer, language, zone."""
    typed: Callable[[Question, Json, str, ZoneInfo], Typed] = typed_text
    """The answer as its controls hold it: question, answer, control name, zone."""
    parts: Callable[[Question, str], Mapping[str, object]] = no_parts
    entered: Callable[[Question, Json, str, str], Typed] | None = None
    """What a person types for an answer where the page, not ``typed``, words it: question, answer,
    control name, language.
    """
    entry: Mapping[str, str] = field(default_factory=dict)
    """What its control tells the browser's keyboard and memory (``inputmode``, ``autocomplete``)
    where the document does not say.
    """
    compared: Compared = "text"
    """How the blind index compares answers where the document matches people by them."""
    disagrees: Callable[[Form, Question, Json, Facts], Problem | None] | None = None
    """What other answers, as facts, say otherwise than an answer that was read; None is nothing."""
    still_asked: Callable[[Question, Json], Json] | None = None
    """What of an answer is asked by the answer itself; None is all of it."""
    inside: Callable[[Question, Json], frozenset[str]] | None = None
    """Control names, below the question's own, that are asked only because of the answer."""
    files: Callable[[Question, Json], Iterator[str]] | None = None
    """The ids of the files in an answer, of a type whose answers are files that are kept apart."""
    drawn: Callable[[Question, Json, str, ZoneInfo], Markup] | None = None
    """An answer as a picture, below its words: question, answer, language, zone."""
    alike: Callable[[Question, Json, Json], bool] | None = None
    """Whether two answers are the same but for what the platform itself adds, as a moment."""
    check: Callable[[Schema], Iterator[Problem]] | None = None
    """What to say about how a document describes it, each problem at its place in the schema."""
    paper: Callable[[Question, str], tuple[Blank, ...]] = usual
    """Where a person writes the answer on a blank form of paper: question, language; nothing where
    only its children are answered.
    """
    silence: Json = None
    """What it reads where nobody typed or ticked anything; None is unanswered."""
    asks: bool = True
    """Whether there is anything to answer, to count and to read back."""
    on_page: bool = True
    """Whether it stands on a page at all."""
    begins: bool = True
    """Whether a draft may begin with an answer that the document names: never where the answer is
    somebody's own act, as a consent and a signature are.
    """
    unticked: str = ""
    """The sentence that asks for the tick, where the answer is one box that must be ticked."""
    link: Callable[[Json], str] | None = None
    """Where an answer that is read back leads, outside the service."""
    uses: str = ""
    """What its page may ask of the reader's device, in the words of ``Permissions-Policy``."""
    by_page: bool = False
    """Whether it lists its rows, and each is filled in on a page of its own."""
    columns: bool = False
    """Whether each question inside has a column of its own, whose cell names its row too."""
    together: bool = False
    """Whether a group reads as one answer, where nothing in it is covered."""

    acts: frozenset[str] = frozenset()
    """Parts of its controls that change something for good: a quiet save leaves them for a button
    of the page.
    """

    @property
    def template(self) -> str:
        """Return the name of its template."""
        return self.kind.replace("-", "_") + ".html"


def unread(
    question: Question,
    posted: Posted,
    key: str,
    typed: Typed,
    *,
    keyword: str = "",
    **params: object,
) -> Read:
    """Return that the text could not be read as an answer: shown again, with what to do.

    ``keyword`` is the JSON Schema keyword this comes closest to: the document may have its own
    sentence for it.
    """
    found = problem(question, posted, key, keyword=keyword, **params)
    return Read(typed=typed, problems=(found,))


def problem(
    question: Question, posted: Posted, key: str, *, keyword: str = "", **params: object
) -> Problem:
    """Return a problem at one question, in the document's own words where it brings them."""
    return Problem(key, params, pointer=posted.pointer, text=question.errors.get(keyword))


def only_shown(schema: Schema) -> bool | int | str | None:
    """Return the answer of a question that shows it and lets nobody change it; None for any other.

    Such a question is ``readOnly`` and its schema says the answer: its ``const``, else its
    ``default``, a text, a whole number or a Boolean.
    """
    ui = schema.get("x-ui")
    otherwise = isinstance(ui, Mapping) and ui.get("widget") in ("hidden", WHOLE)
    if schema.get("readOnly") is not True or "x-computed" in schema or otherwise:
        return None
    value = schema.get("const", schema.get("default"))
    of = schema.get("type")
    match value:
        case bool():
            return value if of in (None, "boolean") else None
        case int():
            return value if of in (None, "integer") else None
        case str():
            return value if of in (None, "string") else None
        case _:
            return None


def suits_type(schema: Schema, name: str) -> bool:
    """Return whether a schema describes values of one JSON type."""
    return schema.get("type") == name


def has_questions(schema: Json) -> bool:
    """Return whether anything below a schema is a question of its own, one with an ``x-id``."""
    return any(holds_questions(value) for key, value in schema.items() if key[:2] != "x-")


def options_of(schema: Schema) -> tuple[str, ...]:
    """Return the texts a schema lists as ``oneOf`` constants or ``enum``; none where it is open.

    A list with other values than texts is no choice of texts.
    """
    listed: Sequence[Json] = schema.get("enum") or [
        one["const"]
        for one in schema.get("oneOf", ())
        if isinstance(one, Mapping) and "const" in one
    ]
    return tuple(listed) if all(isinstance(o, str) for o in listed) else ()
