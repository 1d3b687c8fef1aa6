"""Places that one question type asks: a text, a number, one of several values, a list to tick."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from satupintu.conditions.ast import TRUE
from satupintu.conditions.types import Text as FreeText
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.closed import FORMATS, identity
from satupintu.forms.document import WHOLE, Option, Question
from satupintu.forms.questions.combobox import MANY, folded
from satupintu.forms.questions.kinds import Schema
from satupintu.forms.questions.radio import IN_SIGHT
from satupintu.forms.structure.schema import MISSING, OPTIONS, Structure, View, are_options
from satupintu.forms.structure.titles import errors_of, title_of
from satupintu.forms.structure.types import JsonType
from satupintu.words import DEFAULT, Text, languages, say

NOT_ITS_OWN = frozenset(
    {"$ref", "$defs", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "enum", "const"}
    | {"readOnly"}
)
"""Keywords that say through other keywords what is asked; those stand in the view already.

What is read-only is asked here: the answer has no other place to come from.
"""

UNLISTED = ("boolean", "integer", "number")

LINE, SEVERAL_LINES = "text", "textarea"

SHORT = 40
"""Letters up to which a text is written on one line."""

_MANY_LINES = re.compile(r"\\[sSnrvxDWpPC$]|\[\^|\n|\||\(\?[a-z]*[ms]")
"""What in a pattern may let a line end pass."""


@dataclass(frozen=True)
class Choice:
    """One value of a list, with its title where the document gives it one."""

    value: Json
    title: Text | None
    described: Text | None = None


@dataclass(frozen=True)
class Leaf:
    """A place that one question type asks; options that are no texts are written as codes."""

    question: Question
    choices: tuple[Choice, ...] = ()
    several: bool = False

    def encoded(self, value: Json) -> Json:
        """Return an answer as the question type knows it."""
        if not self.choices:
            return value
        if self.several:
            return [self._code(v) for v in value] if isinstance(value, list) else value
        return self._code(value)

    def decoded(self, answer: Json) -> Json:
        """Return what the question type read, as the answer that it stands for."""
        if not self.choices:
            return answer
        by_code = {_code(c.value): c.value for c in self.choices}
        if self.several:
            return [by_code.get(v, v) for v in answer] if isinstance(answer, list) else answer
        return by_code.get(answer, answer)

    def _code(self, value: Json) -> str:
        same = (_code(c.value) for c in self.choices if identity(c.value) == identity(value))
        return next(same, _code(value))


def _code(value: Json) -> str:
    """Return a value as a text that no other value has; texts stand for themselves, but for the
    empty one: a control that holds nothing is not answered.
    """
    plainly = isinstance(value, str) and value[:1] not in ("", "=")
    return value if plainly else "=" + json.dumps(value)


def leaf_of(of: Structure, view: View, type_: JsonType | None, title: Text) -> Leaf | None:
    """Return the question that asks a place, None where no single question type does."""
    key = (tuple(map(id, view.parts)), type_, tuple(title.items()))
    if key not in of.leaves:
        of.leaves[key] = _made(of, view, type_, title)
    found: Leaf | None = of.leaves[key]
    return found


def _made(of: Structure, view: View, type_: JsonType | None, title: Text) -> Leaf | None:
    own = _merged(view, type_)
    widget = own.get("x-ui", {}).get("widget")
    ready = questions.types().get(widget) if isinstance(widget, str) else None
    if ready is not None and ready.kind != WHOLE and ready.suits(own):
        return Leaf(_question(view, own, ready.kind, title))
    choices = tuple(choices_of(view))
    if choices:
        return _choice(view, choices, title)
    if type_ == "array":
        items = of.joined(tuple(view.all("items"))) if view.keyword(("items",)) else None
        inner = of.view(items, MISSING, lambda _id, _branches: None) if items else None
        ticked = tuple(choices_of(inner)) if inner is not None else ()
        if ticked and view.get("uniqueItems") and not view.keyword(("prefixItems",)):
            return _several(view, ticked, title)
        return None
    if type_ in (None, "object", "null"):
        return None
    if "x-ui" in own:
        own = {**own, "x-ui": {k: v for k, v in own["x-ui"].items() if k != "widget"}}
    kind = questions.for_schema(own).kind
    if kind == LINE and not _on_one_line(own):
        kind, own = SEVERAL_LINES, {**own, "x-ui": {**own.get("x-ui", {}), "lines": 1}}
    return Leaf(_question(view, own, kind, title))


def _on_one_line(schema: Mapping[str, Json]) -> bool:
    """Tell whether a text is short, or its schema lets no line end pass; another may have several
    lines, and a control of one line would lose them.
    """
    shape = str(schema.get("pattern", ""))
    whole = shape.startswith("^") and shape.endswith("$") and not _MANY_LINES.search(shape)
    return whole or "format" in schema or int(schema.get("maxLength", SHORT + 1)) <= SHORT


def choices_of(view: View) -> Iterator[Choice]:
    """Yield the values that an answer may have, where a schema lists them.

    All of those that are listed first: what another answer narrows them to may change, and then a
    person wants to choose again. A number, and yes or no, is asked as such where a schema names
    that before it lists anything: its own answer may choose the branch that lists.
    """
    for part in view.parts:
        listed = _listed(part)
        if listed or part.get("type") in UNLISTED:
            yield from listed
            return


def _listed(part: Schema) -> list[Choice]:
    for keyword in OPTIONS:
        branches = tuple(part.get(keyword, ()))
        if are_options(branches):
            return [
                Choice(
                    b["const"] if "const" in b else b["enum"][0],
                    title_of(b),
                    title_of(b, "description"),
                )
                for b in branches
            ]
    if "enum" in part:
        return [Choice(value, None) for value in part["enum"]]
    return [Choice(part["const"], None)] if "const" in part else []


def _choice(view: View, choices: tuple[Choice, ...], title: Text) -> Leaf:
    schema = {"type": "string", **_options(choices), **_drawn(view, "string", choices)}
    usual = "radio" if len(choices) <= IN_SIGHT else "select"
    if len(choices) > MANY and _told_apart(choices):
        usual = "combobox"
    kind = schema.get("x-ui", {}).get("widget", usual)
    return Leaf(_question(view, schema, kind, title, choices), choices)


def _told_apart(choices: tuple[Choice, ...]) -> bool:
    """Tell whether no two values have the same title, in whatever languages: one is typed."""
    by_title: dict[str, str] = {}
    for choice in choices:
        for title in map(folded, (choice.title or plain(choice.value)).values()):
            if not title or by_title.setdefault(title, _code(choice.value)) != _code(choice.value):
                return False
    return True


def _several(view: View, choices: tuple[Choice, ...], title: Text) -> Leaf:
    items = {"type": "string", **_options(choices)}
    bounds = {k: view.get(k) for k in ("minItems", "maxItems") if view.keyword((k,))}
    schema = {"type": "array", "items": items, "uniqueItems": True, **bounds}
    return Leaf(_question(view, schema, "checkboxes", title, choices), choices, several=True)


def _options(choices: tuple[Choice, ...]) -> dict[str, Json]:
    return {"enum": [_code(c.value) for c in choices]}


def _drawn(view: View, type_: str, choices: tuple[Choice, ...]) -> dict[str, Json]:
    """Return the widget that a document names for a choice, where that can ask it."""
    widget = view.get("x-ui", {}).get("widget")
    ready = questions.types().get(widget) if isinstance(widget, str) else None
    fits = ready is not None and ready.suits({"type": type_, **_options(choices)})
    return {"x-ui": {"widget": widget}} if fits else {}


def _merged(view: View, type_: JsonType | None) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for part in reversed(view.parts):
        found |= {k: v for k, v in part.items() if k not in NOT_ITS_OWN}
    if type_ is not None:
        found["type"] = type_
    asks_file = found.get("x-ui", {}).get("widget") == "file" or "contentMediaType" in found
    if found.get("format") not in FORMATS or (found["format"] == "uuid" and not asks_file):
        found.pop("format", None)
    return found


def _question(
    view: View, schema: Mapping[str, Json], kind: str, title: Text, choices: tuple[Choice, ...] = ()
) -> Question:
    return Question(
        name="",
        kind=kind,
        x_id="",
        title=title_of(view) or title,
        schema=schema,
        fact_type=FreeText(),
        options=tuple(Option(_code(c.value), c.title or plain(c.value)) for c in choices),
        errors=errors_of(view),
        ui=schema.get("x-ui", {}),
    )


def plain(value: Json) -> Text:
    """Return a listed value as it is read where the document gives it no title."""
    words = {None: "questions.null", True: "questions.yes", False: "questions.no"}
    if value is None or isinstance(value, bool):
        return {language: say(words[value], language) for language in languages()}
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return {DEFAULT: text or "–"}


def required(leaf: Leaf, is_required: bool) -> Question:
    """Return the question as one that must be answered, or may be left."""
    return replace(leaf.question, required_when=TRUE) if is_required else leaf.question
