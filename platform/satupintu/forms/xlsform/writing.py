"""A form as an XLSForm workbook, and what of it no workbook can say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from satupintu.conditions.ast import TRUE, And, Condition
from satupintu.conditions.normal import all_of
from satupintu.conditions.types import Boolean
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem
from satupintu.forms.declarations import Tightened, declarations
from satupintu.forms.document import Form, Page, Question
from satupintu.forms.questions.kinds import only_shown
from satupintu.forms.references import Part, resolve
from satupintu.forms.xlsform import as_workbook
from satupintu.forms.xlsform.as_workbook import Row, spoken_as
from satupintu.forms.xlsform.cascading import Cascade, cascade
from satupintu.forms.xlsform.cascading import where as placed
from satupintu.forms.xlsform.in_xpath import Printer, Unwritable
from satupintu.forms.xlsform.questions_as_rows import (
    CHOICES,
    asked_by_itself,
    hint,
    holds_options,
    in_a_cell,
    written,
)
from satupintu.words import DEFAULT, LANGUAGES, Text, say

YES_NO = (("true", "questions.yes"), ("false", "questions.no"))


@dataclass(frozen=True)
class Exported:
    """The workbook, and a remark at its JSON pointer for each part that was not carried."""

    data: bytes
    remarks: tuple[Problem, ...]


def write(form: Form) -> Exported:
    """Return a form as a workbook."""
    found = _Writing(form)
    found.pages()
    found.outside()
    sheets = {
        "survey": found.survey,
        "choices": [row for rows in found.lists.values() for row in rows],
        "settings": [found.settings()],
    }
    return Exported(as_workbook.written(sheets, found.languages), tuple(found.remarks))


@dataclass
class _Writing:
    form: Form
    survey: list[Row] = field(default_factory=list)
    lists: dict[str, list[Row]] = field(default_factory=dict)
    remarks: list[Problem] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    """The questions that get no row; a condition that reads one cannot be said either."""
    spaced: bool = False

    def __post_init__(self) -> None:
        self.root, _ = resolve(self.form.schema)
        found = declarations(self.root)
        self.places = {one.name: one.part.where for one in found.declared}
        self.tightened: dict[str, list[Tightened]] = {}
        for one in found.tightened:
            self.tightened.setdefault(one.name, []).append(one)
        spoken = set(_languages(self.form.schema))
        self.languages = [DEFAULT, *sorted(spoken - {DEFAULT})]
        for question in self.form.questions.values():
            if question.lapsed:
                where = f"{self.places[question.name]}/deprecated"
                self.remark(where, "deprecated_asked")
            self.names[question.name] = self.free(question.key, question.name)
        self.types = {q.name: q.fact_type for q in self.form.questions.values() if not q.is_group}
        self.printer = Printer(self.named, self.form.questions)
        before = -1
        while len(self.left) > before:  # what reads a question without a row may have none either
            before = len(self.left)
            self.left |= {q.name for q in self.form.questions.values() if self.has_no_row(q)}

    def named(self, name: str) -> str:
        """Return the row that a condition reads. Raises Unwritable where there is none."""
        if name in self.left:
            raise Unwritable(name)
        return self.names[name]

    def has_no_row(self, question: Question) -> bool:
        """Tell whether a workbook cannot hold a question at all."""
        if question.children:
            return False
        question = asked_by_itself(question)
        if question.computed is not None:
            try:
                self.printer.computed(question.computed)
            except Unwritable:
                return True
        return written(question) is None

    def free(self, wanted: str, full: str) -> str:
        """Return a name that no other row has, as ``${name}`` must mean one of them."""
        name = wanted
        if name.lower() in self.taken:
            name = re.sub(r"\W", "_", full)
        number = 2
        while name.lower() in self.taken:
            name, number = f"{wanted}_{number}", number + 1
        self.taken.add(name.lower())
        return name

    def remark(self, where: str, key: str, **params: object) -> None:
        self.remarks.append(Problem(f"xlsform.{key}", params, where, level="warning"))

    def pages(self) -> None:
        """Write every page as a group of its own."""
        for page in self.form.pages:
            plain = re.sub(r"\W", "_", page.id)
            name = self.free(
                plain if re.match("[A-Za-z_]", plain) else f"_{plain}", f"page_{plain}"
            )
            self.add("begin_group", name, page.title, appearance="field-list")
            if page.intro is not None:
                self.add("note", self.free(f"{name}_intro", f"{name}_intro"), page.intro)
            for key in page.questions:
                self.question(self.form.questions[key], page, TRUE)
            self.survey.append({"type": "end_group"})

    def add(self, of: str, name: str, title: Text, **columns: str) -> Row:
        row = {"type": of, "name": name, **self.spoken("label", title), **columns}
        self.survey.append(row)
        return row

    def spoken(self, column: str, text: Text | None) -> Row:
        """Return a text in the columns of its languages."""
        found = {code: self.plain(t) for code, t in (text or {}).items() if t}
        return {f"{column}::{spoken_as(code)}": t for code, t in found.items()}

    def plain(self, text: str) -> str:
        """Return a text with a space in ``${``, where ODK would put an answer."""
        if "${" in text and not self.spaced:
            self.spaced = True
            self.remark("", "text_spaced", sign="${")
        return text.replace("${", "$ {")

    def question(self, question: Question, page: Page, around: Condition) -> None:
        """Write a question, or a group with all that is in it."""
        where = self.places[question.name]
        name = self.names[question.name]
        if name != question.key:
            self.remark(where, "name_changed", name=name)
        row: Row = {}
        row |= self.spoken("hint", hint(question, self.languages))
        row["sensitivity"] = question.sensitivity
        row["x_id"] = question.x_id
        row["role"] = " ".join(sorted(question.roles))
        relevant = self.relevant(question, around, where)
        row["relevant"] = relevant or ""
        if question.children:
            self.group(question, page, row, where)
            return
        shown, question = only_shown(question.schema), asked_by_itself(question)
        found = written(question)
        if found is None:
            if not holds_options(question):
                self.remark(where, "option_spaced")
            self.remark(where, "question_left", name=name)
            return
        if found.carried_as:
            self.remark(where, "carried_as", kind=question.kind, type=found.carried_as)
        hangs = cascade(question, self.tightened.get(question.name, ()), self.types, self.names)
        if hangs is not None and hangs.on in self.left:
            hangs = None
        if hangs is not None and question.computed is None:
            name_of_cause = f"${{{self.names[hangs.on]}}}"
            row["choice_filter"] = hangs.filter.replace("{}", name_of_cause)
        of = found.type
        if CHOICES in of:
            of = of.replace(CHOICES, self.listed(question, hangs))
        row["appearance"] = found.appearance
        if question.computed is not None:
            try:
                row["calculation"] = self.printer.computed(question.computed)
            except Unwritable as e:
                self.remark(where, "computed_left", what=e.what)
                return
            for keyword in ("minimum", "maximum"):  # would stop a form where nobody can mend it
                if keyword in question.schema:
                    self.remark(f"{where}/{keyword}", "keyword_left", keyword=keyword)
        else:
            if relevant is not None:  # asked more often than here, it may be left
                row["required"] = self.required(question, where)
            row |= self.constraint(question, where, hangs)
        if "default" in question.schema or shown is not None:
            default = question.schema.get("default") if shown is None else shown
            row["default"] = in_a_cell(default)
            row["read_only"] = "yes" if shown is not None else ""
        self.add(of, name, question.title, **row)

    def group(self, question: Question, page: Page, row: Row, where: str) -> None:
        rows = question.is_rows
        least, most = question.schema.get("minItems", 0), question.schema.get("maxItems")
        if rows and least and least == most:
            row["repeat_count"] = str(most)
        elif rows and (least or most is not None):
            self.remark(where, "rows_bounds", least=least, most="-" if most is None else most)
        self.add("begin_repeat" if rows else "begin_group", self.names[question.name],
                 question.title, **row)  # fmt: skip
        for child in question.children:
            self.question(child, page, question.asked_when)
        self.survey.append({"type": "end_repeat" if rows else "end_group"})

    # Columns. -----------------------------------------------------------------------------------

    def relevant(self, question: Question, around: Condition, where: str) -> str | None:
        """Return where a question is asked, beyond where the group around it is; None where that
        cannot be said.
        """
        known = set(around.conditions) if isinstance(around, And) else {around}
        asked = question.asked_when
        parts = asked.conditions if isinstance(asked, And) else (asked,)
        left = all_of(p for p in parts if p not in known)
        if left == TRUE:
            return ""
        try:
            return self.printer.condition(left)
        except Unwritable as e:
            self.remark(where, "condition_left", what=e.what)
            return None

    def required(self, question: Question, where: str) -> str:
        needed = question.required_when
        if needed is None:
            return ""
        asked = question.asked_when
        known = set(asked.conditions) if isinstance(asked, And) else {asked}
        parts = needed.conditions if isinstance(needed, And) else (needed,)
        left = all_of(p for p in parts if p not in known)
        if left == TRUE or needed == asked:
            return "yes"
        try:
            return self.printer.condition(left)
        except Unwritable as e:
            self.remark(where, "required_condition_left", what=e.what)
            return ""

    def constraint(self, question: Question, where: str, hangs: Cascade | None) -> Row:
        """Return what an answer must obey, with the messages the form has of its own."""
        printer = replace(self.printer, itself=question.name)
        parts: list[str] = []
        spoken: dict[str, list[str]] = {}
        always = question.required_when is not None and question.required_when in (
            TRUE,
            question.asked_when,
        )
        for keyword, value in question.schema.items():
            if keyword == "minItems" and value == 1 and always:
                continue  # no box ticked is no answer to ODK, so required says it
            try:
                said = printer.keywords({keyword: value}, question)
            except Unwritable as e:
                self.remark(where + pointer([keyword]), "keyword_left", keyword=e.what)
                continue
            if said:
                parts.append(said)
                for code, text in question.errors.get(keyword, {}).items():
                    spoken.setdefault(code, []).append(text)
        if question.schema.get("format") == "email":
            parts.append("regex(., '[^@ ]+@[^@ ]+')")
        further = self.tightened.get(question.name, ()) if hangs is None else hangs.rest
        for one in further:
            parts += self.narrowed(one, question, printer, spoken)
        row: Row = {"constraint": " and ".join(_beside(p, parts) for p in parts)}
        messages = {code: " ".join(dict.fromkeys(texts)) for code, texts in spoken.items()}
        row |= self.spoken("constraint_message", messages)
        needed = question.errors.get("required")
        if needed is None and question.schema.get("const") is True:
            needed = question.errors.get("const")
        return row | self.spoken("required_message", needed)

    def narrowed(
        self,
        one: Tightened,
        question: Question,
        printer: Printer,
        spoken: dict[str, list[str]],
    ) -> Iterator[str]:
        """Yield what an answer must obey where other answers ask it to."""
        try:
            condition = placed(one, question, self.types)
            said = printer.keywords(one.part, question)
            if not said:
                return
            for code, text in _errors(one.part).items():
                spoken.setdefault(code, []).append(text)
            said = f"({said})" if " and " in said or " or " in said else said
            yield said if condition == TRUE else f"not({printer.condition(condition)}) or {said}"
        except (Unwritable, BadDocument) as e:
            what = e.what if isinstance(e, Unwritable) else "if"
            self.remark(one.part.where, "keyword_left", keyword=what)

    def listed(self, question: Question, hangs: Cascade | None) -> str:
        """Return the name of the list with a question's options; the same options share one."""
        if isinstance(question.fact_type, Boolean):
            options = [(c, {code: say(key, code) for code in LANGUAGES}) for c, key in YES_NO]
            wanted = "ya_tidak"
        else:
            options = [(o.const, dict(o.title)) for o in question.options]
            wanted = self.names[question.name]
            self.described(question)
        rows = [{"name": c, **self.spoken("label", title)} for c, title in options]
        for row in rows if hangs is not None else ():
            row |= {hangs.column: hangs.cells[row["name"]]} if hangs is not None else {}
        for name, known in self.lists.items():
            if [{k: v for k, v in r.items() if k != "list_name"} for r in known] == rows:
                return name
        while wanted in self.lists:
            wanted += "_"
        self.lists[wanted] = [{"list_name": wanted, **r} for r in rows]
        return wanted

    def described(self, question: Question) -> None:
        holder = question.schema.get("items", question.schema)
        for index, option in enumerate(holder.get("oneOf", ())):
            if "description" in option:
                where = f"{self.places[question.name]}/oneOf/{index}/description"
                self.remark(where, "keyword_left", keyword="description")

    # The form itself. ---------------------------------------------------------------------------

    def settings(self) -> Row:
        """Return the row of the sheet settings."""
        spoken = {code: self.plain(text) for code, text in self.form.title.items()}
        titles = {f"title_{c}": t for c, t in spoken.items() if c != DEFAULT}
        return {
            "form_title": spoken[DEFAULT],
            **titles,
            "form_id": self.form.id,
            "version": self.form.hash[:12],
            "default_language": spoken_as(DEFAULT),
            "style": "pages",
            "purpose": self.form.purpose,
        }

    def outside(self) -> None:
        """Remark on what of the form itself no sheet has a place for."""
        about: Mapping[str, Json] = self.form.schema["x-form"]
        for key, value in about.get("settings", {}).items():
            if value:
                self.remark(pointer(["x-form", "settings", key]), "keyword_left", keyword=key)
        if about.get("migrations"):
            self.remark("/x-form/migrations", "keyword_left", keyword="migrations")
        if self.form.description is not None:
            self.remark("/description", "keyword_left", keyword="description")


def _beside(part: str, parts: Sequence[str]) -> str:
    return f"({part})" if len(parts) > 1 and " or " in part else part


def _errors(part: Part) -> dict[str, str]:
    found = {DEFAULT: " ".join(part.get("x-errors", {}).values())}
    for code, texts in part.get("x-i18n", {}).items():
        found[code] = " ".join(texts.get("errors", {}).values())
    return {code: text for code, text in found.items() if text}


def _languages(value: Json) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from value.get("x-i18n", {})
        for below in value.values():
            yield from _languages(below)
    elif isinstance(value, list):
        for below in value:
            yield from _languages(below)
