"""What the parts of a whole answer are called, in every language that the document has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from satupintu.documents import Json
from satupintu.words import DEFAULT, Text

if TYPE_CHECKING:
    from satupintu.forms.structure.schema import View


def titled(key: str) -> str:
    """Return a key as words: ``dateOfBirth`` is "Date of birth"; one of odd letters stays."""
    if not re.fullmatch(r"[\w\- ]+", key):
        return key
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", key)
    words = re.sub(r"[_\-\s]+", " ", words).strip()
    told = " ".join(w if w.isupper() and len(w) > 1 else w.lower() for w in words.split())
    return (told[:1].upper() + told[1:]) or key


def title_of(holder: Mapping[str, Json] | View, key: str = "title") -> Text | None:
    """Return a text of a schema, or of the first of several that has it; None where none has."""
    parts = [holder] if isinstance(holder, Mapping) else holder.parts
    for part in parts:
        if isinstance(part.get(key), str) and part[key]:
            return {DEFAULT: part[key], **_others(part, key)}
    return None


def help_of(view: View) -> Text | None:
    """Return the help: ``x-ui.help``, else the description."""
    for part in view.parts:
        own = part.get("x-ui", {}).get("help")
        if isinstance(own, str):
            return {DEFAULT: own, **_others(part, "help")}
    return title_of(view, "description")


def errors_of(view: View) -> Mapping[str, Text]:
    """Return the own messages by the keyword that an answer breaks; the first said counts."""
    found: dict[str, Text] = {}
    for part in reversed(view.parts):
        for keyword, text in part.get("x-errors", {}).items():
            others = {
                language: texts["errors"][keyword]
                for language, texts in part.get("x-i18n", {}).items()
                if keyword in texts.get("errors", {})
            }
            found[keyword] = {DEFAULT: text, **others}
    return found


def _others(part: Mapping[str, Json], key: str) -> dict[str, str]:
    return {
        language: texts[key] for language, texts in part.get("x-i18n", {}).items() if key in texts
    }
