"""A document written for others, as the draft of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.forms import reading
from satupintu.forms.document import WHOLE, Purpose
from satupintu.forms.importing import json_forms, react
from satupintu.forms.importing.bounds import TooMuch
from satupintu.forms.importing.conditional import NotSeparable
from satupintu.forms.importing.drafts import JUDGING
from satupintu.forms.importing.fit import fitted
from satupintu.forms.importing.hints import Hint, Hinting
from satupintu.forms.importing.json_forms import PageHint, Rule
from satupintu.forms.importing.languages import translated
from satupintu.forms.importing.questions import ANY, Making
from satupintu.forms.importing.raising import ASIDE, raised
from satupintu.forms.importing.rules import ruled
from satupintu.forms.structure.titles import titled
from satupintu.words import DEFAULT

PURPOSES: tuple[str, ...] = get_args(Purpose)

ONE = "isian"
"""The key of the answer where all of it is asked as one question."""

MOST_TRIES = 30
ABOUT_PAGE = 4000
MOST_ON_A_PAGE = 500


@dataclass(frozen=True)
class Imported:
    """The draft of a form, what could not be carried, and what stands in the way of using it."""

    form: dict[str, Json]
    notes: tuple[Problem, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Wanted:
    """What the draft of a form is to be: ``language`` is that of its texts, None where unknown."""

    id: str
    purpose: str = "assessment"
    draft: str | None = None
    language: str | None = None
    file: str | None = None
    ui_file: str | None = None


def from_schema(document: Json, ui: Json, wanted: Wanted) -> Imported:
    """Return a JSON Schema of any draft, with the UI schema beside it or None, as a form.

    Raises BadDocument where it is no schema.
    """
    found = raised(document, wanted.draft)
    work = _Importing(wanted, list(found.notes))
    return work.imported(found.schema, ui)


def id_of(name: str) -> str:
    """Return a form's id made of a name, of a file for example."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_")[:64] or "form"


class _Importing:
    def __init__(self, wanted: Wanted, notes: list[Problem]) -> None:
        self.wanted = wanted
        self.file = wanted.file
        self.notes = [self.named(note, self.file) for note in notes]
        self.pages: list[PageHint] = []
        self.rules: list[Rule] = []

    @staticmethod
    def named(note: Problem, file: str | None) -> Problem:
        return note if file is None else note.within(file)

    def tell(self, key: str, place: str, **params: object) -> None:
        self.notes.append(self.named(Problem(key, params, place, level="note"), self.file))

    def tell_ui(self, key: str, place: str, **params: object) -> None:
        self.notes.append(
            self.named(Problem(key, params, place, level="note"), self.wanted.ui_file)
        )

    def imported(self, schema: dict[str, Json], ui: Json) -> Imported:
        definitions = {
            name: fitted(one, ("$defs", name), self.tell)
            for name, one in schema.get("$defs", {}).items()
        }
        plain = {k: v for k, v in schema.items() if k not in ("$schema", "$defs")}
        root = fitted(plain, (), self.tell)
        hint = self.hint(ui)
        if hint is not None:
            root = Hinting(definitions, self.tell_ui).apply(root, hint)
        form, problems = self.separately(root, definitions)
        if form is None:
            form, problems = self.as_one(root, definitions)
        if self.wanted.language not in (None, DEFAULT):
            form = translated(form, str(self.wanted.language))
        return Imported(form, self.once(), problems)

    def once(self) -> tuple[Problem, ...]:
        """Return each note once: a part may have been tried in more ways than one."""
        said: dict[object, Problem] = {}
        for note in self.notes:
            said.setdefault((note.key, note.file, note.pointer, str(note.params)), note)
        return tuple(said.values())

    def hint(self, ui: Json) -> Hint | None:
        if ui is None:
            return None
        if not json_forms.is_ui(ui):
            return react.hints(ui, self.tell_ui)
        found = json_forms.layout(ui, self.tell_ui)
        self.pages, self.rules = found.pages, found.rules
        return found.hint

    def separately(
        self, root: Mapping[str, Json], definitions: Mapping[str, Json]
    ) -> tuple[dict[str, Json] | None, tuple[Problem, ...]]:
        """Return a form whose questions are the schema's properties; None where it cannot be.

        A property that a form refuses in parts is asked as a whole; a rule that it refuses is told.
        """
        whole: frozenset[str] = frozenset()
        rules, tries = list(self.rules), MOST_TRIES
        schema = Hinting(definitions, self.tell).target(root)
        while True:
            before = list(self.notes)
            making = Making(definitions, self.tell, whole)
            tries -= 1
            try:
                hidden, lost = ruled(schema, rules)
                asked = making.object(hidden, (), "")
            except NotSeparable as e:
                self.notes = before
                key, params = e.told("imports.wrapped")
                self.tell(key, "", **params)
                return None, ()
            except TooMuch:
                self.notes = before
                self.tell("imports.too_much", "")
                return None, ()
            if not making.order:
                self.notes = before
                self.tell("imports.wrapped", "", keyword="properties")
                return None, ()
            form = self.form(asked, definitions, making.order)
            problems = _errors(form)
            if not problems:
                self.told(lost)
                return form, ()
            heads = {p.pointer.split("/")[2] for p in problems if _in_property(p)} - whole
            self.notes = before
            if heads and tries > 0:
                whole |= heads
            elif rules and tries > 0:
                self.tell_ui("imports.rule_lost", rules.pop().place)
            else:
                for problem in problems:
                    self.notes.append(replace(problem, level="note", pointer=""))
                self.tell("imports.wrapped_for", "")
                return None, ()

    def told(self, lost: list[Rule]) -> None:
        for rule in lost:
            self.tell_ui("imports.rule_lost", rule.place)

    def as_one(
        self, root: Mapping[str, Json], definitions: Mapping[str, Json]
    ) -> tuple[dict[str, Json], tuple[Problem, ...]]:
        """Return a form with one question, under which all of what the schema describes stands."""
        name = inner = ONE
        while inner in definitions:
            inner += "_"
        title = root.get("title") or titled(self.wanted.id)
        asked: dict[str, Any] = {
            "title": title,
            "properties": {name: {"x-id": name, "title": title, "$ref": f"#/$defs/{inner}"}},
            "required": [name],
            "unevaluatedProperties": False,
        }
        own = {k: v for k, v in root.items() if not k.startswith(ASIDE)}
        if not own.keys() & JUDGING:
            own["type"] = list(ANY)
        form = self.form(asked, {**definitions, inner: own}, [name])
        problems = _errors(form)
        if problems:  # no question type asks it by itself
            asked["properties"][name]["x-ui"] = {"widget": WHOLE}
            form = self.form(asked, {**definitions, inner: own}, [name])
            problems = _errors(form)
        return form, problems

    def form(
        self, asked: Mapping[str, Json], definitions: Mapping[str, Json], order: list[str]
    ) -> dict[str, Json]:
        """Return the whole document."""
        title = asked.get("title") or titled(self.wanted.id)
        head = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": title,
            **({"description": asked["description"]} if "description" in asked else {}),
            "type": "object",
            "x-form": {"id": self.wanted.id, "purpose": self.wanted.purpose},
            "x-pages": list(self.asked_on(title, order)),
        }
        left = {k: v for k, v in asked.items() if k not in ("$ref", *head)}
        own = {k: v for k, v in left.items() if k not in ("x-ui", "x-id", "x-errors")}
        own.setdefault("properties", {})
        return {**head, **own, **({"$defs": dict(definitions)} if definitions else {})}

    def asked_on(self, title: str, order: list[str]) -> list[dict[str, Json]]:
        """Return the pages: those of the UI schema, then one with what stands on none of them."""
        found: list[dict[str, Json]] = []
        left = list(order)
        for page in self.pages:
            names = [n for n in page.names if n in left]
            left = [n for n in left if n not in names]
            if names:
                found.append(_page(page.title or title, names, page.intro, found))
        while left:
            if self.pages:
                for name in left:
                    self.tell_ui("imports.on_no_page", "", name=name)
            found.append(_page(title, left[:MOST_ON_A_PAGE], [], found))
            left = left[MOST_ON_A_PAGE:]
        return found


def _page(
    title: str, names: list[str], intro: list[str], before: list[dict[str, Json]]
) -> dict[str, Json]:
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "page"
    taken, made, number = {page["id"] for page in before}, plain, 2
    while made in taken:
        made, number = f"{plain}-{number}", number + 1
    told: dict[str, Any] = {"intro": " ".join(intro)[:ABOUT_PAGE]} if intro else {}
    return {"id": made, "title": title, **told, "questions": names}


def _in_property(problem: Problem) -> bool:
    parts = problem.pointer.split("/")
    return len(parts) > 2 and parts[1] == "properties"


def _errors(form: Mapping[str, Json]) -> tuple[Problem, ...]:
    try:
        return tuple(p for p in reading.examine(form).problems if not p.warning)
    except BadDocument as e:
        return e.problems
