"""The texts of a form, by language: the base text is Indonesian, ``x-i18n`` holds the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms.declarations import Tightened
from satupintu.forms.document import Option
from satupintu.forms.references import Part
from satupintu.words import DEFAULT, Text, languages


def text_of(holder: Mapping[str, Json], key: str) -> Text | None:
    """Return one text (``intro``) in every language it has, None where it is not said."""
    return said(holder, key) if key in holder else None


def said(holder: Mapping[str, Json], key: str) -> Text:
    """Return a text that must be there, a ``title``, in every language it has."""
    return _joined(holder, holder[key], key)


def help_of(part: Part) -> Text | None:
    """Return the help of a question: ``x-ui.help``, else its description."""
    own = part.get("x-ui", {}).get("help")
    return text_of(part, "description") if own is None else _joined(part, own, "help")


def errors_of(holder: Mapping[str, Json]) -> Mapping[str, Text]:
    """Return the own messages of a schema, by the keyword that an answer breaks."""
    base = holder.get("x-errors", {})
    found: dict[str, dict[str, str]] = {k: {DEFAULT: v} for k, v in base.items()}
    for language, texts in _translations(holder).items():
        for keyword, message in texts.get("errors", {}).items():
            found.setdefault(keyword, {})[language] = message
    return found


def options_of(part: Part) -> tuple[Option, ...]:
    """Return the options of a choice or of a list of choices, as the document orders them."""
    return tuple(
        Option(const, (text_of(holder, "title") if holder else None) or {DEFAULT: const})
        for const, holder, _ in listed(part)
    )


def listed(part: Part) -> Iterator[tuple[str, Part | None, str]]:
    """Yield each listed option of a question: its value, the part that titles it, its place."""
    items = part.get("items")
    holder = items if isinstance(items, Part) else part
    for index, const in enumerate(holder.get("enum", ())):
        if isinstance(const, str):
            yield const, None, holder.at("enum", index)
    for index, option in enumerate(holder.get("oneOf", ())):
        if isinstance(option, Part) and isinstance(option.get("const"), str):
            yield option["const"], option, holder.at("oneOf", index)


def outside_questions(root: Part, tightened: Iterable[Tightened]) -> Iterator[Problem]:
    """Yield a warning for each text missing that no question has: those of the form itself, and
    the messages of parts that only tighten a question.
    """
    yield from untranslated(root, "")
    neutral = root["x-form"].get("settings", {}).get("neutralTitle")
    for language in languages() if neutral is not None else ():
        if language not in neutral:
            where = pointer(["x-form", "settings", "neutralTitle"])
            params = {"language": language}
            yield Problem("forms.text_untranslated", params, where, level="warning")
    for one in tightened:
        yield from untranslated(one.part, one.part.where)


def untranslated(holder: Mapping[str, Json], where: str) -> Iterator[Problem]:
    """Yield a warning for each language in which a part of the form stays silent."""
    spoken = {key for key in ("title", "description", "intro") if key in holder}
    if "help" in holder.get("x-ui", {}):
        spoken.add("help")
    for language in languages():
        if language == DEFAULT:
            continue
        texts = _translations(holder).get(language, {})
        missing = sorted(spoken - texts.keys())
        missing += sorted(holder.get("x-errors", {}).keys() - texts.get("errors", {}).keys())
        if missing:
            yield Problem(
                "forms.untranslated",
                {"language": language, "missing": ", ".join(missing)},
                where,
                level="warning",
            )


def _joined(holder: Mapping[str, Json], base: str, key: str) -> Text:
    others = {
        language: texts[key] for language, texts in _translations(holder).items() if key in texts
    }
    return {DEFAULT: base, **others}


def _translations(holder: Mapping[str, Json]) -> Mapping[str, Mapping[str, Json]]:
    found: Mapping[str, Mapping[str, Json]] = holder.get("x-i18n", {})
    return found
