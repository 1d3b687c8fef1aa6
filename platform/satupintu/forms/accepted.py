"""What valid answers obey, read off a form's JSON Schema as conditions.

Types, options and bounds of a question stand in its fact type, and where it is asked in
``asked_when``; here is the rest: what must be answered, and what narrows an answer further.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from satupintu.conditions.ast import TRUE, Condition, Fact, Has
from satupintu.conditions.normal import all_of, any_of, simplify
from satupintu.conditions.schema import from_schema
from satupintu.conditions.types import Choice, FactTypes, Text
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.forms.document import Form
from satupintu.forms.questions.kinds import only_shown
from satupintu.forms.references import Part, resolve

_OF_THE_TYPE = frozenset({"type", "format", "uniqueItems"})
_OF_THE_QUESTION = _OF_THE_TYPE | {
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minItems", "maxItems", "items", "properties", "required", "dependentRequired"),
    *("dependentSchemas", "if", "then", "unevaluatedProperties"),
}
"""What a question's own schema says through its fact type, or through the object it describes."""


@dataclass(frozen=True)
class Demand:
    """Where ``given`` is true of valid answers, so is ``then``.

    With ``rows`` it holds in each row of that repeated group, whose fields are named ``rows.field``
    as everywhere. ``where`` is the JSON pointer of the keyword that asks for it.
    """

    given: Condition
    then: Condition
    rows: str | None
    where: str


def demands(form: Form) -> tuple[Demand, ...]:
    """Return what a form asks of valid answers. Raises BadDocument where no condition says it."""
    root, problems = resolve(form.schema)
    BadDocument.raise_if(problems)
    types = {q.name: q.fact_type for q in form.questions.values() if not q.is_group}
    return tuple(_Walk(form, types).object(root, "", TRUE, None))


@dataclass(frozen=True)
class _Walk:
    form: Form
    types: FactTypes

    def object(
        self, part: Part, prefix: str, given: Condition, rows: str | None
    ) -> Iterator[Demand]:
        """Yield what an object's schema demands: of all answers, of a group, of each row."""
        for key in part.get("required", ()):
            yield Demand(given, self.answered(prefix + key), rows, part.at("required"))
        for cause, keys in part.get("dependentRequired", {}).items():
            here = all_of((given, self.answered(prefix + cause)))
            where = part.at("dependentRequired", cause)
            yield from (Demand(here, self.answered(prefix + key), rows, where) for key in keys)
        for cause, below in _schemas(part.get("dependentSchemas", {})):
            here = all_of((given, self.answered(prefix + cause)))
            yield from self.object(below, prefix, here, rows)
        for key, below in _schemas(part.get("properties", {})):
            yield from self.property(below, prefix, key, given, rows)
        for below in part.get("allOf", ()):
            yield from self.object(below, prefix, given, rows)
        if isinstance(part.get("then"), Part):
            here = all_of((given, self.read(part["if"], prefix, part.at("if"))))
            yield from self.object(part["then"], prefix, here, rows)
        for keyword in ("anyOf", "oneOf", "not"):
            if keyword in part:
                asked = self.read({keyword: part[keyword]}, prefix, part.where)
                yield Demand(given, asked, rows, part.at(keyword))

    def property(
        self, part: Part, prefix: str, key: str, given: Condition, rows: str | None
    ) -> Iterator[Demand]:
        """Yield what is demanded of one answer, and below a group or a repeated group.

        What stands in a list inside a row is no fact, so nothing follows from what it demands.
        """
        name = prefix + key
        question = self.form.questions[name]
        items = part.get("items")
        if question.is_group:
            yield from self.object(part, f"{name}.", given, rows)
        elif question.is_rows and isinstance(items, Part) and rows is None:
            yield from self.object(items, f"{name}.", given, name)
        if (
            question.is_group
            or isinstance(question.fact_type, Text)
            or only_shown(part) is not None
        ):
            return  # what is only shown has one value, which reading the form held against it
        own = _OF_THE_QUESTION if "x-id" in part else _OF_THE_TYPE
        if "x-id" in part and isinstance(question.fact_type, Choice):
            own = own | {"oneOf", "enum"}
        narrowed = {k: v for k, v in part.items() if k not in own and not _is_about(k)}
        if narrowed:
            asked = self.read({"properties": {key: narrowed}}, prefix, part.where)
            yield Demand(given, asked, rows, part.where)

    def answered(self, name: str) -> Condition:
        """Return that a question is answered; of a group, that any question in it is."""
        if name in self.types:
            return Has(Fact(name))
        return any_of(Has(Fact(n)) for n in self.types if n.startswith(f"{name}."))

    def read(self, schema: Json, prefix: str, where: str) -> Condition:
        """Return the condition that a schema is. Raises BadDocument with the place in the form."""
        try:
            return simplify(from_schema(schema, self.types, prefix=prefix.rstrip(".")))
        except BadDocument as e:
            raise BadDocument(*(_below(where, p) for p in e.problems)) from e


def _below(where: str, problem: Problem) -> Problem:
    return Problem("forms.not_provable", {"reason": problem.sentence("id")}, where)


def _schemas(named: Mapping[str, Json]) -> Iterator[tuple[str, Part]]:
    yield from ((key, below) for key, below in named.items() if isinstance(below, Part))


def _is_about(keyword: str) -> bool:
    return keyword.startswith("x-") or keyword in (
        *("title", "description", "default", "examples", "$comment", "deprecated"),
        *("readOnly", "writeOnly"),
    )
