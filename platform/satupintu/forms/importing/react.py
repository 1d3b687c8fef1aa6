"""The ``uiSchema`` of react-jsonschema-form, read into hints."""

from __future__ import annotations

from collections.abc import Mapping

from satupintu.conditions.nearest import shown
from satupintu.documents import Json, canonical, pointer
from satupintu.forms.importing.hints import Hint, Tell

LOOKS = frozenset({"classNames", "ui:classNames", "ui:style", "ui:rootFieldId", "ui:autofocus",
                   "ui:submitButtonOptions", "ui:globalOptions", "ui:label",
                   "ui:enableMarkdownInDescription"})  # fmt: skip
"""What only the look of its own pages hangs on."""

MODES = ("none", "text", "tel", "url", "email", "numeric", "decimal", "search")


def hints(document: Json, tell: Tell) -> Hint:
    """Return what a ``uiSchema`` says, place by place; what has no home here is told."""
    return _hint(document, (), tell)


def _hint(document: Json, steps: tuple[str | int, ...], tell: Tell) -> Hint:
    found = Hint(pointer(steps))
    if not isinstance(document, Mapping):
        tell("imports.hint_unread", found.place, value=shown(canonical(document).decode()))
        return found
    options = document.get("ui:options")
    for name, value in (options if isinstance(options, Mapping) else {}).items():
        _said(found, name, value, pointer((*steps, "ui:options", name)), tell)
    for key, value in document.items():
        place = pointer((*steps, key))
        if key == "ui:options":
            continue
        if key in LOOKS:
            tell("imports.only_look", place, keyword=key)
        elif key.startswith("ui:"):
            _said(found, key.removeprefix("ui:"), value, place, tell)
        elif key == "items" and isinstance(value, list):
            found.tuple = [_hint(one, (*steps, key, n), tell) for n, one in enumerate(value)]
        elif key in ("items", "additionalItems"):
            found.items = _hint(value, (*steps, key), tell)
        elif key in ("anyOf", "oneOf") and isinstance(value, list):
            for number, one in enumerate(value):
                within = _hint(one, (*steps, key, number), tell)
                found.fields.update(
                    {k: h for k, h in within.fields.items() if k not in found.fields}
                )
        else:
            found.fields[key] = _hint(value, (*steps, key), tell)
    if "items" in found.fields and found.items is None:
        found.items = found.fields["items"]
    return found


def _said(hint: Hint, name: str, value: Json, place: str, tell: Tell) -> None:
    """Put one thing that is said of a place into its hint."""
    match name, value:
        case "title", str():
            hint.title = value.strip() or None
        case "description", str():
            hint.description = value.strip() or None
        case "help", str():
            hint.help = value.strip() or None
        case "placeholder", str():
            hint.example = value.strip() or None
        case "order", list():
            hint.order = tuple(map(str, value))
        case "autocomplete", str():
            hint.autocomplete = value
        case "enumNames", list() | dict():
            hint.names = value
        case "disabled" | "readonly", bool():
            hint.locked = hint.locked or value
        case "inputType", str() if value in MODES:
            hint.inputmode = value
        case "widget", "hidden" | "password":
            tell(f"imports.widget_{value}", place)
            hint.more[name] = value
        case "widget", str():
            hint.widget = value
        case _:
            hint.more[name] = value
            tell("imports.hint_kept", place, keyword=name)
