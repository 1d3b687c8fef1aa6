"""A repeat deeper inside others than a form goes, as one answer that is asked as a whole.

What stands in it has no conditions of its own; those that the workbook gives are told.
"""

from __future__ import annotations

from satupintu.documents import Json
from satupintu.forms.xlsform import kinds
from satupintu.forms.xlsform.asking import Asking
from satupintu.forms.xlsform.layout import Layout
from satupintu.forms.xlsform.survey import GROUP, REPEAT, Item

LEFT = ("relevant", "constraint", "calculation", "choice_filter")
YES = frozenset({"yes", "true", "true()"})
OF_A_QUESTION = ("x-id", "x-sensitivity", "x-role")


def rows(item: Item, layout: Layout, asking: Asking) -> dict[str, Json]:
    """Return what asks a repeated group with everything in it, without its id and sensitivity."""
    schema = asking.schema(item) or {}
    inner = _object(item, layout, asking)
    return {**_plain(schema), "items": {**inner, "title": schema["title"]}}


def _object(item: Item, layout: Layout, asking: Asking) -> dict[str, Json]:
    properties: dict[str, Json] = {}
    required: list[str] = []
    for child in _inside(item, layout):
        for column in LEFT:
            if child.record.text(column):
                asking.remark(child, column, "whole_left", column=column)
        if child.type == REPEAT:
            schema = rows(child, layout, asking)
        elif child.type == GROUP:
            title = (asking.schema(child) or {})["title"]
            schema = {**_object(child, layout, asking), "title": title}
        else:
            found = asking.schema(child) if child.type != "other" else None
            if found is None:
                continue
            schema = _plain(found)
            kinds.bound(schema)
        key = layout.names[child].rpartition(".")[2]
        properties[key] = schema
        written = child.record.text("required").strip().lower()
        if written in YES:
            required.append(key)
    made: dict[str, Json] = {"type": "object", "properties": properties}
    if required:
        made["required"] = required
    return {**made, "unevaluatedProperties": False}


def _inside(item: Item, layout: Layout) -> list[Item]:
    """Return what stands in an item itself; groups that are only order give up what is theirs."""
    found: list[Item] = []
    for child in item.children:
        if child.type == GROUP and child not in layout.objects:
            found += _inside(child, layout)
        else:
            found.append(child)
    return found


def _plain(schema: dict[str, Json]) -> dict[str, Json]:
    return {k: v for k, v in schema.items() if k not in OF_A_QUESTION}
