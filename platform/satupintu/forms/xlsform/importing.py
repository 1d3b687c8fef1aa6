"""A workbook as a form document that ``satupintu check`` accepts, and what of it was left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.forms import reading as form_reading
from satupintu.forms.declarations import MOST_ROWS_AROUND
from satupintu.forms.xlsform import choices, kinds, survey, whole, workbook
from satupintu.forms.xlsform.asking import NO, Asking
from satupintu.forms.xlsform.columns import Record, Table, language, table, words
from satupintu.forms.xlsform.connecting import YES, Connecting
from satupintu.forms.xlsform.layout import Layout, laid_out
from satupintu.forms.xlsform.survey import GROUP, REPEAT, Item
from satupintu.words import DEFAULT, LANGUAGES, say

PURPOSE = "assessment"
INTRO = "_intro"
SHEETS = frozenset({"survey", "choices", "settings"})
SURVEY = frozenset(
    {"type", "name", "label", "hint", "required", "required_message", "constraint"}
    | {"constraint_message", "relevant", "calculation", "default", "appearance", "choice_filter"}
    | {"read_only", "repeat_count", "parameters", "sensitivity", "role", "x_id"}
)
SETTINGS = frozenset({"title", "id_string", "version", "default_language", "style", "purpose"})
OWN_TITLE = re.compile(r"title_([a-z]{2,3})")
SETTINGS_SILENT = frozenset({"allow_choice_duplicates", "name"})


@dataclass(frozen=True)
class Imported:
    """The form document, and a remark for each cell or column that was not carried as it is.

    The pointer of a remark is the place in the workbook: ``survey!C5``.
    """

    document: dict[str, Json]
    remarks: tuple[Problem, ...]


def read(data: bytes, *, form_id: str | None = None, purpose: str | None = None) -> Imported:
    """Return an XLSForm workbook as a form, with an id and a purpose of its own where the workbook
    does not say them. Raises BadDocument with all that is wrong with it.
    """
    sheets = workbook.read(data)
    if len(sheets) == 1:
        only = next(iter(sheets.values()))
        if {"type", "name"} <= {h.key for h in table(only).headers}:
            sheets = {"survey": only}  # no doubt which is meant, whatever it is called
    if "survey" not in sheets:
        names = ", ".join(sheet.name for sheet in sheets.values()) or "-"
        raise BadDocument(Problem("xlsform.no_survey", {"sheets": names}))
    first = table(sheets["settings"]) if "settings" in sheets else None
    settings = first.records[0] if first is not None and first.records else None
    default = language(settings.text("default_language")) if settings is not None else None
    tables = {name: table(sheet, default or DEFAULT) for name, sheet in sheets.items()}
    return _Import(tables, settings, default or DEFAULT, form_id, purpose).imported()


@dataclass
class _Import:
    tables: Mapping[str, Table]
    settings: Record | None
    default: str
    form_id: str | None
    purpose: str | None

    def imported(self) -> Imported:
        twice = self.setting("allow_choice_duplicates").lower() in ("yes", "true")
        filtered = any(r.text("choice_filter") for r in self.tables["survey"].records)
        lists, wrong = choices.read(self.tables.get("choices"), twice=twice or filtered)
        try:
            root, passed = survey.read(self.tables["survey"], kinds.TYPES, frozenset(lists))
        except BadDocument as e:
            raise BadDocument(*e.problems, *wrong) from e
        BadDocument.raise_if(wrong)
        _specify(root)
        layout = laid_out(root)
        asking = Asking(layout, lists, self.default)
        schemas = dict(self.asked(layout, asking))
        for item in reversed([*schemas]):
            if item.type in (GROUP, REPEAT) and not any(i in schemas for i in item.children_of()):
                asking.remark(item, "type", "group_empty")
                schemas.pop(item)
        connecting = Connecting(layout, asking, schemas)
        connecting.connect()
        pages = self.pages(layout, asking, connecting)
        document = self.document(connecting, pages)
        remarks = [*passed, *self.outside(lists, layout), *asking.remarks]
        examined = form_reading.examine(document)
        BadDocument.raise_if(examined.problems)
        return Imported(document, tuple(sorted(remarks, key=_in_order)))

    def setting(self, key: str) -> str:
        return self.settings.text(key) if self.settings is not None else ""

    def titles(self) -> dict[str, str]:
        """Return the title by language; XLSForms have but one, our own workbooks add columns."""
        if self.settings is None:
            return {}
        found = self.settings.texts("title")
        for header, text in self.settings.cells.items():
            own = OWN_TITLE.fullmatch(header.key)
            if own is not None:
                found[own[1]] = text
        return found

    def asked(self, layout: Layout, asking: Asking) -> Iterator[tuple[Item, dict[str, Json]]]:
        """Yield the subschema of each row that is carried."""
        inside: set[Item] = set()
        for item in layout.root.all():
            if item in layout.flat and item.record.texts("label"):
                asking.remark(item, "label", "group_flat")
            if item not in layout.names or item in inside:
                continue
            key = layout.names[item].rpartition(".")[2]
            if key != item.name and item.type not in ("note", "other"):
                asking.remark(item, "name", "renamed", name=item.name, key=key)
            together = item.type in (GROUP, REPEAT, "other")
            if together and item.record.text("read_only").strip().lower() not in NO:
                asking.remark(item, "read_only", "read_only_left")
            if item.type == REPEAT and layout.depth(item) >= MOST_ROWS_AROUND:
                inside |= {*item.all()}
                said = ", ".join(i.name for i in item.all() if i in layout.names)
                asking.remark(item, "type", "rows_whole", questions=said)
                made = whole.rows(item, layout, asking)
                item.type = "whole"
                about = {"x-id": asking.x_id(item), "x-sensitivity": asking.sensitivity(item)}
                yield item, {**made, **about}
                continue
            if item.type == "other":
                yield item, _specified(item, asking)
                continue
            above = item.parent.name if item.parent is not None else ""
            if item.type == "note" and item.name == f"{above}{INTRO}":
                continue  # as a page's own introduction is written: it becomes that again
            schema = asking.schema(item)
            if schema is not None:
                yield item, schema

    def pages(
        self, layout: Layout, asking: Asking, connecting: Connecting
    ) -> list[dict[str, Json]]:
        """Return the pages: one for each group at the top, one for what stands between them."""
        pages: list[dict[str, Json]] = []
        loose: dict[str, Json] | None = None
        notes: list[Item] = []
        for top in layout.root.children:
            if top not in layout.pages:
                if loose is None:
                    loose = self.untitled_page(pages)
                    pages.append(loose)
                page, items = loose, [top]
            else:
                loose, page, items = None, self.titled_page(top, asking, pages), [*top.all()]
                pages.append(page)
            for item in items:
                if item.type == "note" and item not in connecting.schemas:
                    notes.append(item)
                elif item in connecting.schemas and layout.scope(item) is layout.root:
                    self.noted(notes, page, connecting.schemas[item], asking)
                    notes = []
                    page["questions"].append(layout.names[item])
        for note in notes:
            asking.remark(note, "type", "note_left")
        return [page for page in pages if page["questions"]]

    def noted(
        self,
        notes: list[Item],
        page: dict[str, Json],
        question: dict[str, Json],
        asking: Asking,
    ) -> None:
        """Let notes stand before the question that follows them: above the page, or in its help."""
        for note in notes:
            text, others = words(asking.plain(note, "label"), self.default)
            if not text:
                continue
            asking.remark(note, "type", "note_alone")
            above = not page["questions"] and not note.record.text("relevant")
            holder, key = (page, "intro") if above else (question, "help")
            said = holder if above else holder.setdefault("x-ui", {})
            said[key] = "\n".join(t for t in (text, said.get(key, "")) if t)[:4000]
            for code, other in others.items():
                known = holder.setdefault("x-i18n", {}).setdefault(code, {})
                known[key] = "\n".join(t for t in (other, known.get(key, "")) if t)[:4000]

    def titled_page(
        self, group: Item, asking: Asking, pages: list[dict[str, Json]]
    ) -> dict[str, Json]:
        title, others = words(asking.plain(group, "label"), self.default)
        if not title:
            asking.remark(group, "label", "label_missing", name=group.name)
        page: dict[str, Json] = {"id": _id(group.name, {p["id"] for p in pages})}
        page |= {"title": title or group.name, "questions": []}
        if others:
            page["x-i18n"] = {code: {"title": text} for code, text in others.items()}
        hint, hints = words(asking.plain(group, "hint"), self.default)
        if hint:
            page["intro"] = hint
            for code, text in hints.items():
                page.setdefault("x-i18n", {}).setdefault(code, {})["intro"] = text
        return page

    def untitled_page(self, pages: list[dict[str, Json]]) -> dict[str, Json]:
        number = len(pages) + 1
        texts = {code: say("xlsform.part", code, number=number) for code in LANGUAGES}
        title, others = words(texts, DEFAULT)
        i18n = {code: {"title": text} for code, text in others.items()}
        known = {p["id"] for p in pages}
        page_id = _id(f"bagian_{number}", known)
        return {"id": page_id, "title": title, "questions": [], "x-i18n": i18n}

    def document(self, connecting: Connecting, pages: list[dict[str, Json]]) -> dict[str, Json]:
        layout = connecting.layout
        for item in reversed([*connecting.schemas]):
            if item in connecting.placings:
                connecting.tell_order(item)
                schema = connecting.schemas[item]
                inner = schema if item.type == GROUP else schema["items"]
                inner.update(connecting.placings[item].root.emit(f"{layout.names[item]}."))
        title, others = words(self.titles(), self.default)
        named = self.form_id or self.setting("id_string") or title or "xlsform"
        purpose = self.setting("purpose") or self.purpose or PURPOSE
        about: dict[str, Json] = {"id": _id(named, set())}
        about |= {
            "purpose": purpose,
            "settings": {},
            "migrations": [],
        }
        document: dict[str, Json] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": title or named,
            "type": "object",
            "x-form": about,
        }
        if self.setting("version"):
            document["$comment"] = f"XLSForm {self.setting('version')}"
        if others:
            document["x-i18n"] = {code: {"title": text} for code, text in others.items()}
        document["x-pages"] = pages
        defined = {k: v for p in connecting.placings.values() for k, v in p.defined.items()}
        if defined:
            document["$defs"] = defined
        document["properties"] = {}
        document |= connecting.placings[layout.root].root.emit("")
        document["unevaluatedProperties"] = False
        if not pages:
            where = f"{self.tables['survey'].name}!{self.tables['survey'].row}"
            raise BadDocument(Problem("xlsform.nothing_to_ask", {}, where))
        return document

    def outside(self, lists: choices.Lists, layout: Layout) -> Iterator[Problem]:
        """Yield remarks on columns, settings and sheets that nothing reads."""
        for name, one in self.tables.items():
            if name not in SHEETS:
                params = {"sheet": one.name}
                yield Problem(
                    "xlsform.sheet_left", params, f"{one.name}!{one.row}", level="warning"
                )
        said = {r.text("disabled").lower() for r in self.tables["survey"].records}
        switch = {"disabled"} if said <= YES | NO else set()
        yield from self.tables["survey"].unread(SURVEY | switch)
        if "choices" in self.tables:
            filters = " ".join(r.text("choice_filter") for r in self.tables["choices"].records)
            filters += " ".join(r.text("choice_filter") for r in self.tables["survey"].records)
            used = {n.lower() for n in re.findall(r"[\w.-]+", filters)}
            yield from self.tables["choices"].unread(choices.KNOWN | used)
            listed = {item.listed for item in layout.root.all()}
            for name, among in lists.items():
                if name not in listed:
                    where = among[0].record.at("list_name")
                    yield Problem("xlsform.list_unused", {"list": name}, where, level="warning")
        if self.settings is not None:
            keys = {h.key for h in self.settings.cells if OWN_TITLE.fullmatch(h.key)}
            yield from self.tables["settings"].unread(SETTINGS | SETTINGS_SILENT | keys)
            for further in self.tables["settings"].records[1:]:
                where = workbook.cell(further.sheet, further.number)
                yield Problem("xlsform.row_left", {}, where, level="warning")
        sheet = self.tables["survey"]
        if not any(r.text("sensitivity") for r in sheet.records):
            where = f"{sheet.name}!{sheet.row}"
            yield Problem("xlsform.sensitivity_unsaid", {}, where, level="warning")
        if not self.setting("purpose") and self.purpose is None:
            where = self.settings.at("id_string") if self.settings else f"{sheet.name}!{sheet.row}"
            yield Problem("xlsform.purpose_unsaid", {}, where, level="warning")


def _specify(root: Item) -> None:
    """Add the line that ``or_other`` asks for, after the question that has it."""
    for item in [*root.all()]:
        if item.or_other and item.parent is not None:
            said = item.record
            bare = Record(said.sheet, said.number, said.default, {}, said.places)
            other = Item(bare, "other", f"{item.name}_other", item.name)
            other.parent = item.parent
            at = item.parent.children.index(item)
            item.parent.children.insert(at + 1, other)


def _specified(item: Item, asking: Asking) -> dict[str, Json]:
    titles = {code: say("xlsform.specify", code) for code in LANGUAGES}
    title, others = words(titles, DEFAULT)
    i18n = {code: {"title": text} for code, text in others.items()}
    about: dict[str, Json] = {"title": title, **kinds.WORDS, "x-i18n": i18n}
    return {**about, "x-id": asking.x_id(item), "x-sensitivity": asking.sensitivity(item)}


def _id(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_")[:60] or "form"
    found, number = plain, 2
    while found in taken:
        found, number = f"{plain}-{number}", number + 1
    return found


def _in_order(problem: Problem) -> tuple[int, int, int, str]:
    sheet, row, column = workbook.split(problem.pointer)
    order = ("survey", "choices", "settings")
    known = order.index(sheet.lower()) if sheet.lower() in order else len(order)
    return known, row or 0, len(column or ""), column or ""
