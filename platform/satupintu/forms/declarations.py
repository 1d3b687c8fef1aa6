"""Where a form declares, tightens and requires its questions, and under which conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from satupintu.conditions.nearest import shown
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms.references import LISTED, NAMED, Part, holds_questions

KEY = re.compile("[A-Za-z_][A-Za-z0-9_]{0,63}")
"""What a question may be called: a name that conditions read."""

TELLS_TYPES = frozenset(
    {"$ref", "oneOf", "anyOf", "allOf", "enum", "const", "if", "properties", "items", "prefixItems",
     "additionalProperties", "patternProperties"}
)  # fmt: skip
"""Keywords beside which a question need not name its type."""


NOT_AROUND_QUESTIONS = frozenset(
    {"else", "additionalProperties", "patternProperties", "propertyNames", "minProperties",
     "maxProperties", "unevaluatedItems", "prefixItems"}
)  # fmt: skip


@dataclass(frozen=True)
class Under:
    """One condition that encloses a part: an ``if``, or an answer that must be there.

    ``prefix`` is the group it stands in (``korban.``); names inside it are relative to that.
    ``identity`` tells two conditions apart that look the same.
    """

    condition: Part
    prefix: str
    identity: str

    def marks(self) -> frozenset[str]:
        """Return the full names that the validator counts as evaluated where this holds."""
        return frozenset(_marked(self.condition, self.prefix))


MOST_ROWS_AROUND = 3
"""Repeated groups inside one another: a person with children, their schools, each one's years."""


@dataclass(frozen=True)
class Declared:
    """A property with an ``x-id``; ``rows`` counts the repeated groups around it."""

    name: str
    part: Part
    under: tuple[Under, ...]
    rows: int = 0


@dataclass(frozen=True)
class Tightened:
    """A property without an ``x-id``: it narrows a question that is declared elsewhere."""

    name: str
    part: Part
    under: tuple[Under, ...]


@dataclass(frozen=True)
class Required:
    """A name in ``required`` or ``dependentRequired``."""

    name: str
    where: str
    under: tuple[Under, ...]


@dataclass
class Declarations:
    """Everything that one walk over a form finds."""

    declared: list[Declared] = field(default_factory=list)
    tightened: list[Tightened] = field(default_factory=list)
    required: list[Required] = field(default_factory=list)
    ifs: list[tuple[Under, tuple[Under, ...]]] = field(default_factory=list)
    """Each ``if`` with what encloses it."""
    problems: list[Problem] = field(default_factory=list)


def declarations(root: Part) -> Declarations:
    """Walk a resolved form. Its problems are questions where none can ever be asked."""
    found = Declarations()
    _Walk(found).object(root, "", (), 0)
    return found


@dataclass(frozen=True)
class _Walk:
    found: Declarations

    def object(self, part: Part, prefix: str, under: tuple[Under, ...], rows: int) -> None:
        self.refused(part)
        for key, below in part.get("properties", {}).items():
            if not KEY.fullmatch(key):
                where = part.at("properties", key)
                self.found.problems.append(
                    Problem("forms.key_not_a_name", {"key": shown(key)}, where)
                )
            elif isinstance(below, Part):
                self.property(prefix + key, below, under, rows)
        for index, key in enumerate(part.get("required", ())):
            self.found.required.append(Required(prefix + key, part.at("required", index), under))
        for cause, keys in part.get("dependentRequired", {}).items():
            where = part.at("dependentRequired", cause)
            inside = (*under, _answered(cause, prefix, where))
            for index, key in enumerate(keys):
                self.found.required.append(Required(prefix + key, f"{where}/{index}", inside))
        for cause, below in part.get("dependentSchemas", {}).items():
            if isinstance(below, Part):
                where = part.at("dependentSchemas", cause)
                self.object(below, prefix, (*under, _answered(cause, prefix, where)), rows)
        for branch in part.get("allOf", ()):
            if isinstance(branch, Part):
                self.object(branch, prefix, under, rows)
        if isinstance(part.get("if"), Part):
            this = Under(part["if"], prefix, part.at("if"))
            self.found.ifs.append((this, under))
            if isinstance(part.get("then"), Part):
                self.object(part["then"], prefix, (*under, this), rows)
        self.never_inside(part, "if", "not", "anyOf", "oneOf")

    def property(self, name: str, part: Part, under: tuple[Under, ...], rows: int) -> None:
        if "x-id" not in part:
            self.found.tightened.append(Tightened(name, part, under))
            self.never_inside(part, "properties", "items", "allOf", "then", "dependentSchemas")
            return
        for key in ("title", "type"):  # looked for here, as a reference may bring them
            if key not in part and (key == "title" or not part.keys() & TELLS_TYPES):
                params = {"key": key, "cause": "x-id"}
                self.found.problems.append(Problem("forms.key_missing_beside", params, part.where))
        self.found.declared.append(Declared(name, part, under, rows))
        if not any(holds_questions(value) for key, value in part.items() if key[:2] != "x-"):
            return  # it is asked as one, whatever its schema says
        items = part.get("items")
        if part.get("type") == "object":
            self.object(part, f"{name}.", under, rows)
        elif isinstance(items, Part) and items.get("type") == "object":
            if rows == MOST_ROWS_AROUND:
                deepest = {"limit": MOST_ROWS_AROUND}
                self.found.problems.append(Problem("forms.rows_too_deep", deepest, part.where))
            self.object(items, f"{name}.", under, rows + 1)
        else:
            self.never_inside(part, "items")
        self.never_inside(part, "contains", "not", "anyOf", "oneOf")

    def refused(self, part: Part) -> None:
        """Report what an object that holds questions may not say: no fact could follow it."""
        for keyword in part:
            if keyword in NOT_AROUND_QUESTIONS:
                problem = Problem("forms.keyword_refused", {"keyword": keyword}, part.at(keyword))
                self.found.problems.append(problem)

    def never_inside(self, part: Part, *keywords: str) -> None:
        """Report the questions below these keywords: no validator lets them be answered."""
        for keyword in keywords:
            for below in _schemas(part.get(keyword), keyword):
                for question in _questions(below):
                    self.found.problems.append(
                        Problem("forms.question_out_of_reach", {"keyword": keyword}, question.where)
                    )


def _answered(cause: str, prefix: str, where: str) -> Under:
    return Under(Part({"required": [cause]}, where, {}), prefix, where)


def _marked(part: Part, prefix: str) -> Iterator[str]:
    for key, below in part.get("properties", {}).items():
        yield prefix + key
        if isinstance(below, Part):
            yield from _marked(below, f"{prefix}{key}.")
    for keyword in ("allOf", "anyOf", "oneOf"):
        for below in _schemas(part.get(keyword), keyword):
            yield from _marked(below, prefix)


def _schemas(value: Json, keyword: str) -> list[Part]:
    below: list[Json]
    if keyword in LISTED:
        below = value or []
    elif keyword in NAMED:
        below = list(value.values()) if isinstance(value, Mapping) else []
    else:
        below = [value]
    return [item for item in below if isinstance(item, Part)]


def _questions(part: Part) -> Iterator[Part]:
    if "x-id" in part:
        yield part
    for keyword in part:
        for below in _schemas(part[keyword], keyword):
            yield from _questions(below)
