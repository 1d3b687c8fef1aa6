"""One question of a survey as a subschema of a form, without its conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms.document import SENSITIVITIES, Role
from satupintu.forms.questions.kinds import only_shown
from satupintu.forms.xlsform import choices, filtering, kinds, xpath
from satupintu.forms.xlsform.choices import Lists
from satupintu.forms.xlsform.columns import words
from satupintu.forms.xlsform.kinds import KINDS, Say
from satupintu.forms.xlsform.layout import Layout, key_of
from satupintu.forms.xlsform.survey import GROUP, REPEAT, Item
from satupintu.forms.xlsform.xpath import Unsayable
from satupintu.words import LANGUAGES, say

NO = frozenset({"", "no", "false", "false()", "0"})
"""What a cell says where it does not say yes."""

KEPT_AS = "rahasia"
"""What an answer is kept as where the workbook does not say: an open one would be told too widely.
"""
OTHER = "other"


@dataclass
class Asking:
    """Makes the subschemas; ``remarks`` collects what of each row was not carried."""

    layout: Layout
    lists: Lists
    default: str
    remarks: list[Problem] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def remark(self, item: Item, column: str, key: str, /, **params: object) -> None:
        """Remark on a cell."""
        where = item.record.at(column)
        self.remarks.append(Problem(f"xlsform.{key}", params, where, level="warning"))

    def why(self, item: Item, column: str, key: str, reason: Unsayable) -> None:
        """Remark on an expression that a form cannot say, with the reason."""
        text = {
            language: say(f"xlsform.{key}", language, reason=reason.problem.sentence(language))
            for language in LANGUAGES
        }
        where = item.record.at(column)
        self.remarks.append(Problem(f"xlsform.{key}", {}, where, level="warning", text=text))

    def schema(self, item: Item) -> dict[str, Json] | None:
        """Return what asks a row, None where nothing does."""
        if item.type in (GROUP, REPEAT):
            return self.worded(item, self.grouped(item))
        kind = item.type
        if kind == "image" and "signature" in item.record.text("appearance"):
            kind = "signature"
        schema, remark = KINDS[kind].best()
        if remark:
            self.remark(item, "type", remark)
        if schema is None:
            return None
        if item.listed and kind != "select_one_from_file":
            schema = self.listing(item, schema)

        def told(column: str, key: str, **params: object) -> None:
            self.remark(item, column, key, **params)

        kinds.with_appearance(item.type, schema, item.record.text("appearance"), told)
        kinds.with_parameters(item.type, schema, item.record.text("parameters"), told)
        self.defaulted(item, schema, told)
        self.read_only(item, schema, told)
        return self.worded(item, schema)

    def grouped(self, item: Item) -> dict[str, Json]:
        inner: dict[str, Json] = {"type": "object", "unevaluatedProperties": False}
        if item.type == GROUP:
            return inner
        schema: dict[str, Json] = {"type": "array", "maxItems": 50, "items": inner}
        written = item.record.text("repeat_count").strip()
        if written.isdigit() and 0 < int(written) <= 1000:
            schema["minItems"] = schema["maxItems"] = int(written)
        elif written:
            self.remark(item, "repeat_count", "count_left", limit=50)
        return schema

    def listing(self, item: Item, schema: dict[str, Json]) -> dict[str, Json]:
        found = self.lists[item.listed]
        written = item.record.text("choice_filter")
        if written:
            try:
                found = filtering.kept(xpath.parse(written), found) or found
            except Unsayable:  # said where the filter itself is read
                found = self.lists[item.listed]
        options = self.options(item, found)
        if item.or_other and not any(o["const"] == OTHER for o in options):
            titles = {code: say("xlsform.other", code) for code in LANGUAGES}
            title, others = words(titles, self.default)
            i18n = {code: {"title": text} for code, text in others.items()}
            options.append({"const": OTHER, "title": title, "x-i18n": i18n})
        if len(options) > choices.MOST:
            self.remark(item, "type", "too_many_choices", limit=choices.MOST)
            return dict(kinds.WORDS)
        if schema["type"] == "array":
            return {**schema, "items": {"type": "string", "oneOf": options}}
        if {o["const"] for o in options} == choices.BOOLEAN:
            return {"type": "boolean"}
        return {**schema, "oneOf": options}

    def defaulted(self, item: Item, schema: dict[str, Json], told: Say) -> None:
        written = item.record.text("default")
        if not written or item.type in ("calculate", "hidden"):
            return
        value = kinds.default_of(schema, written)
        if value is None:
            told("default", "default_left")
        else:
            schema["default"] = value

    def read_only(self, item: Item, schema: dict[str, Json], told: Say) -> None:
        """Let a question only show its default, where the row says so; one that is worked out is
        never asked.
        """
        if item.record.text("read_only").strip().lower() in NO or item.record.text("calculation"):
            return
        if only_shown({**schema, "readOnly": True}) is None:
            told("read_only", "read_only_left")
        else:
            schema["readOnly"] = True

    def worded(self, item: Item, schema: dict[str, Json]) -> dict[str, Json]:
        """Return a subschema with its texts, its id, its sensitivity and its roles."""
        texts = self.plain(item, "label")
        if item.type == "today" and not texts:
            texts = {code: say("xlsform.today", code) for code in LANGUAGES}
        title, others = words(texts, self.default)
        about: dict[str, Json] = {"title": title or self.untitled(item)}
        about |= {"x-id": self.x_id(item), "x-sensitivity": self.sensitivity(item)}
        i18n: dict[str, dict[str, Json]] = {c: {"title": text} for c, text in others.items()}
        hint, hints = words(self.plain(item, "hint"), self.default)
        if hint:
            schema["x-ui"] = {**schema.get("x-ui", {}), "help": hint}
            for code, text in hints.items():
                i18n.setdefault(code, {})["help"] = text
        if i18n:
            about["x-i18n"] = i18n
        roles = [r for r in item.record.text("role").split() if r in get_args(Role)]
        if roles:
            about["x-role"] = roles
        return {**about, **schema}

    def untitled(self, item: Item) -> str:
        """Return the name of a row without a label; an unlabelled repeat has its group's."""
        if item.type == REPEAT and item.parent is not None and len(item.parent.children) == 1:
            title, _ = words(self.plain(item.parent, "label"), self.default)
            if title:
                return title
        if item.type not in kinds.NO_LABEL:
            self.remark(item, "label", "label_missing", name=item.name)
        return item.name

    def plain(self, item: Item, column: str) -> Mapping[str, str]:
        """Return the texts of a cell; an answer that a text repeats is named by its own title."""
        texts = item.record.texts(column)
        for name in dict.fromkeys(n for text in texts.values() for n in xpath.names_in(text)):
            self.remark(item, column, "text_repeats", name=name)
        return {code: self.named(item, code, text)[:4000] for code, text in texts.items()}

    def named(self, item: Item, code: str, text: str) -> str:
        """Return a text with the title of each answer that it repeats in the answer's place."""
        for name in dict.fromkeys(xpath.names_in(text)):
            other = self.layout.found(name, item)
            titles = other[0].record.texts("label") if other else {}
            title = titles.get(code) or words(titles, self.default)[0] or name
            title = re.sub(r"\$\{[^{}]*\}", "…", title)  # which may repeat an answer in turn
            places = re.compile(rf"\$\{{\s*{re.escape(name)}\s*\}}")
            text = f"[{title}]".join(places.split(text))
        return text

    def options(self, item: Item, found: tuple[choices.Choice, ...]) -> list[Json]:
        """Return the choices of a list as options; told once is what they repeat."""
        told = {p.pointer for p in self.remarks if p.key == "xlsform.text_repeats"}
        plain = []
        for choice in found:
            texts = {c: self.named(item, c, text) for c, text in choice.texts.items()}
            for name in xpath.names_in(" ".join(choice.texts.values())):
                where = choice.record.at("label")
                if where not in told:
                    told.add(where)
                    key, params = "xlsform.text_repeats", {"name": name}
                    self.remarks.append(Problem(key, params, where, level="warning"))
            plain.append(replace(choice, texts=texts))
        return choices.options(tuple(plain), self.default)

    def x_id(self, item: Item) -> str:
        wanted = key_of(item.record.text("x_id") or self.layout.names[item].replace(".", "_"))
        wanted = item.record.text("x_id") if item.record.text("x_id") else wanted.lstrip("_") or "q"
        found, number = wanted[:64], 2
        while found in self.ids:
            found, number = f"{wanted[:58]}-{number}", number + 1
        self.ids.add(found)
        return found

    def sensitivity(self, item: Item) -> str:
        written = item.record.text("sensitivity")
        return written if written in SENSITIVITIES else KEPT_AS
