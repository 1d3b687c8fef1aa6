"""A form document as typed, frozen data: pages and questions, as a person is asked them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Literal

from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.computed import Computed
from satupintu.conditions.names import facts_of
from satupintu.conditions.types import FactType, FactTypes
from satupintu.documents import Json
from satupintu.words import Text

Sensitivity = Literal["umum", "terbatas", "rahasia", "sangat_rahasia"]
SENSITIVITIES: tuple[Sensitivity, ...] = ("umum", "terbatas", "rahasia", "sangat_rahasia")
"""From open to most secret; the platform's own words."""

Role = Literal[
    "name", "identity", "age", "born", "sex", "place", "kind", "safe_contact",
    "consent_service", "consent_sharing", "preview", "match", "told_at",
]  # fmt: skip

NeutralIcon = Literal["none", "calendar", "page"]

WHOLE = "structure"
"""The type that asks an answer as a whole: the only one that the forms' code knows by name."""

Purpose = Literal["assessment", "public_report", "follow_up"]


@dataclass(frozen=True)
class Option:
    """One possible answer of a choice."""

    const: str
    title: Text


@dataclass(frozen=True)
class Narrowed:
    """Where ``when`` is true, only these options of a question are offered."""

    when: Condition
    consts: frozenset[str]


@dataclass(frozen=True)
class Question:
    """One property of a form, as a person is asked it.

    ``name`` is its dotted place in the answers (``korban.usia``), ``kind`` the file in
    ``forms/questions/`` that knows it. ``asked_when`` is true where the question is asked (the
    ``if`` around it and around every question it hangs on); ``required_when`` likewise. ``cause``
    is the innermost ``if`` alone, to say why it is asked. ``schema`` is the subschema as the
    document has it.
    """

    name: str
    kind: str
    x_id: str
    title: Text
    schema: Mapping[str, Json]
    fact_type: FactType
    asked_when: Condition = TRUE
    required_when: Condition | None = None
    cause: Condition | None = None
    help: Text | None = None
    options: tuple[Option, ...] = ()
    narrowed: tuple[Narrowed, ...] = ()
    """What other answers leave of the options: a list that hangs on another list."""
    sensitivity: Sensitivity = "umum"
    roles: frozenset[Role] = frozenset()
    computed: Computed | None = None
    errors: Mapping[str, Text] = field(default_factory=dict)
    ui: Mapping[str, Json] = field(default_factory=dict)
    keep_hidden: bool = False
    """Whether its answer is kept beside the others where it is not asked when the form is sent."""
    default: Json = None
    """The answer that a new draft begins with; None where the document names none that fits."""
    examples: tuple[Json, ...] = ()
    """Answers that show what is meant; none that the question itself would refuse."""
    deprecated: bool = False
    lapsed: bool = False
    """Whether it is deprecated and may be left: it is asked only where it has an answer already."""
    children: tuple[Question, ...] = ()
    """Questions of a group, or of one row of a repeated group (then named ``rows.field``)."""

    @cached_property
    def key(self) -> str:
        """The last part of the name: the property's own key."""
        return self.name.rpartition(".")[2]

    @property
    def is_group(self) -> bool:
        """Whether it only holds questions: an object of them, however it is drawn."""
        return bool(self.children) and self.schema.get("type") == "object"

    @cached_property
    def is_rows(self) -> bool:
        """Whether its questions are asked for each of several rows, however they are drawn."""
        return bool(self.children) and self.schema.get("type") == "array"

    @cached_property
    def fields(self) -> FactTypes:
        """Return the types of what one row of it answers, by name inside the row; a list inside a
        row is one of them, what stands in that list is not.
        """
        return dict(_fields(self.children, f"{self.name}."))

    @cached_property
    def computes(self) -> bool:
        """Whether its answer, or one inside it, is computed."""
        return self.computed is not None or any(child.computes for child in self.children)

    @property
    def is_whole(self) -> bool:
        """Whether it is asked as a whole: an answer of any shape, with no questions in it."""
        return self.kind == WHOLE

    @property
    def may_be_left(self) -> bool:
        """Whether there are answers with which it is asked and need not be answered."""
        return self.required_when not in (TRUE, self.asked_when)


def _fields(among: tuple[Question, ...], prefix: str) -> Iterator[tuple[str, FactType]]:
    for question in among:
        if question.is_group:
            yield from _fields(question.children, prefix)
        else:
            yield question.name.removeprefix(prefix), question.fact_type


@dataclass(frozen=True)
class Page:
    """One step of a form.

    ``part_of`` is empty, or the id of the document's page that asks its questions one by one: this
    step then asks one of them, under that page's title and intro.
    """

    id: str
    title: Text
    intro: Text | None
    questions: tuple[str, ...]
    part_of: str = ""

    @property
    def section(self) -> str:
        """The id of the page as the document has it; steps that share it read as one."""
        return self.part_of or self.id


@dataclass(frozen=True)
class Settings:
    """What a form asks of the platform beyond its questions.

    ``neutral_title`` and ``neutral_icon`` are what the browser's tab and history show.
    """

    quick_exit: bool = False
    draft: bool = True
    neutral_title: Text | None = None
    neutral_icon: NeutralIcon = "none"
    tracking_code: bool = False
    draft_days: int | None = None
    """Days after its last save that a draft is kept; None: as long as the platform says."""


@dataclass(frozen=True)
class Form:
    """A form document, read.

    ``questions`` holds every question by name, groups and their children included, in the order of
    the pages. ``facts`` are the types that rules may read; ``types`` also those that only the
    form's own conditions may (free text). ``hash`` is the content hash of ``schema``: the name of
    this version.
    """

    id: str
    title: Text
    description: Text | None
    purpose: Purpose
    settings: Settings
    pages: tuple[Page, ...]
    questions: Mapping[str, Question]
    types: FactTypes
    facts: FactTypes
    schema: Mapping[str, Json]
    hash: str

    @cached_property
    def outside_rows(self) -> tuple[Question, ...]:
        """Every question that is asked once, in page order."""
        found: list[Question] = []
        rows: str | None = None
        for name, question in self.questions.items():
            if rows is None or not name.startswith(rows):
                rows = f"{name}." if question.is_rows else None
                found.append(question)
        return tuple(found)

    @cached_property
    def computed(self) -> tuple[Question, ...]:
        """Those asked once whose answer is computed, each after those it reads."""
        return tuple(in_order(q for q in self.outside_rows if q.computed is not None))

    @cached_property
    def computing_rows(self) -> tuple[Question, ...]:
        """Lists in whose rows, or in rows of those, something is computed."""
        return tuple(q for q in self.outside_rows if q.is_rows and q.computes)

    @cached_property
    def has_rows(self) -> bool:
        """Whether anything is asked row by row."""
        return any(question.is_rows for question in self.questions.values())

    @cached_property
    def has_wholes(self) -> bool:
        """Whether any answer is asked as a whole."""
        return any(question.is_whole for question in self.questions.values())

    def with_role(self, role: Role) -> tuple[Question, ...]:
        """Return the questions that carry a role, in order."""
        return tuple(q for q in self.questions.values() if role in q.roles)


def name_of(control: str) -> str:
    """Return the name of a control's question: of ``anak.0.usia`` it is ``anak.usia``, as a number
    only says which row.
    """
    return ".".join(step for step in control.split(".") if not step.isdigit())


def in_order(computed: Iterable[Question]) -> Iterator[Question]:
    """Yield computed questions so that each comes after those it reads."""
    by_name = {q.name: q for q in computed}
    reads = {
        name: (q.computed.reads() | facts_of(q.asked_when)) & by_name.keys()
        for name, q in by_name.items()
        if q.computed is not None
    }
    yield from (by_name[name] for name in TopologicalSorter(reads).static_order())
