"""The UI schema of JSON Forms, read into hints, pages and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from satupintu.conditions.nearest import shown
from satupintu.documents import Json, canonical, pointer
from satupintu.errors import BadDocument
from satupintu.forms.any_schema import reading
from satupintu.forms.importing.hints import Hint, Tell

LAYOUTS = ("VerticalLayout", "HorizontalLayout")
PARTS = ("Group", "Category")
ASKING = ("Control", "ListWithDetail")


@dataclass
class PageHint:
    """One page to be: its title, what is told on it, the top questions it asks."""

    title: str | None
    intro: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Rule:
    """Properties that are asked only where ``condition`` holds; ``path`` leads to their object."""

    place: str
    path: tuple[str, ...]
    names: tuple[str, ...]
    condition: Mapping[str, Json]


@dataclass
class Layout:
    """What a UI schema says."""

    hint: Hint
    pages: list[PageHint] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def is_ui(document: Json) -> bool:
    """Tell whether a document is a UI schema of JSON Forms: its root is a layout or a control."""
    return isinstance(document, Mapping) and isinstance(document.get("type"), str)


def layout(document: Json, tell: Tell) -> Layout:
    """Return the pages, rules and hints of a UI schema; what has no home here is told."""
    work = _Reading(tell, Layout(Hint("")))
    work.element(document, (), None, ())
    work.found.pages = [page for page in work.found.pages if page.names]
    return work.found


@dataclass
class _Reading:
    tell: Tell
    found: Layout

    def element(
        self,
        element: Json,
        steps: tuple[str | int, ...],
        title: str | None,
        rules: tuple[Json, ...],
    ) -> list[tuple[str, ...]]:
        """Read one element; return the ways to the properties that it asks."""
        place = pointer(steps)
        if not isinstance(element, Mapping):
            self.tell("imports.hint_unread", place, value=shown(canonical(element).decode()))
            return []
        kind = element.get("type")
        asked: list[tuple[str, ...]] = []
        if kind in ASKING:
            asked = self.control(element, place)
        elif kind == "Label":
            text = element.get("text", element.get("label"))
            if isinstance(text, str) and text:
                self.page(title).intro.append(text)
        elif kind == "Categorization" or kind in LAYOUTS or kind in PARTS:
            if kind in PARTS:
                label = element.get("label")
                own = label if isinstance(label, str) and label else None
                if own is not None:
                    title = f"{title} – {own}" if title else own
                    self.found.pages.append(PageHint(title))
            asked += self.elements(element, steps, title, rules)
        elif isinstance(element.get("scope"), str):
            self.tell("imports.element_unknown", place, type=shown(str(kind)))
            asked = self.control(element, place)
        else:
            self.tell("imports.element_unknown", place, type=shown(str(kind)))
            asked += self.elements(element, steps, title, rules)
        if isinstance(element.get("scope"), str):
            page = self.page(title)
            page.names += [way[0] for way in asked if way[0] not in page.names]
        if "rule" in element:
            self.rule(element["rule"], f"{place}/rule", asked)
        for key in element.keys() & {"i18n", "variant"}:
            self.tell("imports.hint_kept" if kind in ASKING else "imports.only_look",
                      f"{place}/{key}", keyword=key)  # fmt: skip
        return asked

    def elements(
        self,
        around: Mapping[str, Json],
        steps: tuple[str | int, ...],
        title: str | None,
        rules: tuple[Json, ...],
    ) -> list[tuple[str, ...]]:
        """Read the elements that stand in one; return the ways to the properties that they ask."""
        listed = around.get("elements", [])
        if not isinstance(listed, list):
            at = pointer((*steps, "elements"))
            self.tell("imports.hint_unread", at, value=shown(canonical(listed).decode()))
            return []
        asked: list[tuple[str, ...]] = []
        for number, one in enumerate(listed):
            asked += self.element(one, (*steps, "elements", number), title, rules)
        return asked

    def page(self, title: str | None) -> PageHint:
        """Return the page that elements under a title belong to now."""
        pages = self.found.pages
        if not pages or pages[-1].title != title:
            pages.append(PageHint(title))
        return pages[-1]

    def control(self, element: Mapping[str, Json], place: str) -> list[tuple[str, ...]]:
        way = way_of(element.get("scope"))
        if not way:
            self.tell("imports.scope_unknown", place, scope=shown(str(element.get("scope"))))
            return []
        hint = self.found.hint
        for key in way:
            hint = hint.at(key, place)
        label = element.get("label")
        if isinstance(label, Mapping):
            label = label.get("text")
        if isinstance(label, str) and label:
            hint.title = label
        options = element.get("options")
        for name, value in (options if isinstance(options, Mapping) else {}).items():
            self.option(hint, name, value, f"{place}/options/{name}")
        for key in element.keys() & {"i18n"}:
            hint.more[key] = element[key]
        return [way]

    def option(self, hint: Hint, name: str, value: Json, place: str) -> None:
        match name, value:
            case "multi" | "slider" | "toggle" | "autocomplete", bool():
                hint.widget = name if value else hint.widget
            case "format", str():
                hint.widget = value
            case "readonly", bool():
                hint.locked = value
            case "placeholder", str():
                hint.example = value or None
            case "detail", Mapping() if value.get("type") in (*LAYOUTS, *PARTS):
                inner = layout(value, lambda key, at, **p: self.tell(key, place + at, **p))
                items = replace(inner.hint, place=place)
                hint.items = items
                for rule in inner.rules:
                    self.tell("imports.rule_lost", place + rule.place)
            case _:
                hint.more[name] = value
                self.tell("imports.hint_kept", place, keyword=name)

    def rule(self, rule: Json, place: str, asked: list[tuple[str, ...]]) -> None:
        effect = rule.get("effect") if isinstance(rule, Mapping) else None
        condition = condition_of(rule.get("condition")) if isinstance(rule, Mapping) else None
        if condition is None or effect not in ("SHOW", "HIDE", "ENABLE", "DISABLE") or not asked:
            self.tell("imports.rule_lost", place)
            return
        if effect in ("ENABLE", "DISABLE"):
            self.tell("imports.rule_hides", place)
        if effect in ("HIDE", "DISABLE"):
            condition = {"not": condition}
        by_path: dict[tuple[str, ...], list[str]] = {}
        for way in asked:
            by_path.setdefault(way[:-1], []).append(way[-1])
        for path, names in by_path.items():
            self.found.rules.append(Rule(place, path, tuple(names), condition))


def way_of(scope: Json) -> tuple[str, ...]:
    """Return the properties that a scope goes through, none where it goes another way.

    It may go through the branches of the schema, which stand in the same place of the answers.
    """
    if not isinstance(scope, str) or not scope.startswith("#/"):
        return ()
    found: list[str] = []
    parts = iter(scope[2:].split("/"))
    for part in parts:
        if part in ("then", "else"):
            continue
        following = next(parts, None)
        if following is None or part not in ("properties", "allOf", "anyOf", "oneOf"):
            return ()
        if part == "properties":
            found.append(following.replace("~1", "/").replace("~0", "~"))
    return tuple(found)


def condition_of(condition: Json) -> dict[str, Any] | None:
    """Return a condition as the schema of the whole answers, None where it cannot be said."""
    if not isinstance(condition, Mapping):
        return None
    kind = condition.get("type")
    if kind in ("AND", "OR"):
        listed = condition.get("conditions")
        parts = [condition_of(one) for one in listed] if isinstance(listed, list) else []
        if not parts or any(part is None for part in parts):
            return None
        return {"allOf" if kind == "AND" else "anyOf": parts}
    way = way_of(condition.get("scope"))
    if kind == "LEAF" and "expectedValue" in condition:
        schema: Json = {"const": condition["expectedValue"]}
    else:
        schema = condition.get("schema")
    if not isinstance(schema, Mapping) or not _is_schema(schema):
        return None
    if not way and not (condition.get("scope") == "#" and "properties" in schema):
        return None
    for key in reversed(way):
        schema = {"properties": {key: schema}, "required": [key]}
    return dict(schema)


def _is_schema(schema: Mapping[str, Json]) -> bool:
    try:
        reading.read(dict(schema))
    except BadDocument:
        return False
    return True
