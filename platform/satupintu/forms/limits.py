"""What a form may not leave open, so that checking, proving and asking all come to an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import re2

from satupintu.conditions.nearest import or_nearest
from satupintu.conditions.types import FactType, Integer, Many, Rows, Text
from satupintu.documents import Json, pointer
from satupintu.errors import Problem
from satupintu.forms import shape, wording
from satupintu.forms.closed import FORMATS, pattern
from satupintu.forms.document import SENSITIVITIES, WHOLE
from satupintu.forms.questions.kinds import has_questions
from satupintu.forms.references import Part, in_circles_as_written


def of_parts(root: Part) -> Iterator[Problem]:
    """Yield the patterns that RE2 cannot run and, as warnings, the keywords that nothing reads."""
    pending: list[Json] = [root]
    while pending:
        part = pending.pop()
        if isinstance(part, Part):
            yield from _of_part(part)
            for key, value in part.items():
                if key not in ("const", "enum", "default", "examples") and key[:2] != "x-":
                    pending.append(value)
        elif isinstance(part, dict):
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)


def _of_part(part: Part) -> Iterator[Problem]:
    for keyword in part:
        if not keyword.startswith("x-") and keyword not in shape.known_keywords():
            params = {"keyword": keyword[:80]}
            yield Problem("forms.keyword_unread", params, part.at(keyword), level="warning")
    yield from _of_patterns(part, part.at)


def of_circles(document: Mapping[str, Json]) -> Iterator[Problem]:
    """Yield the patterns that RE2 cannot run in definitions that lead back to themselves."""
    for where, schema in in_circles_as_written(document):
        yield from _of_patterns(schema, lambda *steps, at=where: at + pointer(steps))


def _of_patterns(schema: Mapping[str, Json], at: Callable[..., str]) -> Iterator[Problem]:
    written: list[tuple[tuple[str, ...], str]] = (
        [(("pattern",), schema["pattern"])] if isinstance(schema.get("pattern"), str) else []
    )
    named = schema.get("patternProperties")
    if isinstance(named, Mapping):
        written += [(("patternProperties", text), text) for text in named]
    for steps, text in written:
        try:
            pattern(text)
        except re2.error as e:
            reason = e.args[0] if e.args else ""
            reason = reason.decode() if isinstance(reason, bytes) else str(reason)
            yield Problem("forms.pattern_bad", {"reason": reason}, at(*steps))


def of_question(part: Part, kind: str, fact_type: FactType) -> Iterator[Problem]:
    """Yield what one question leaves open: options, repeats, rows, groups, bounds, sensitivity."""
    yield from _of_options(part)
    if kind != WHOLE and part.get("format", FORMATS[0]) not in FORMATS:
        key, params = or_nearest("forms.value_unknown", part["format"], FORMATS)
        yield Problem(key, {**params, "known": ", ".join(FORMATS)}, part.at("format"))
    if "x-sensitivity" not in part:
        params = {"known": ", ".join(SENSITIVITIES)}
        yield Problem("forms.sensitivity_missing", params, part.where, level="warning")
    if part.get("x-keep-hidden") and "x-computed" in part:
        yield Problem("forms.computed_kept", {}, part.at("x-keep-hidden"))
    if kind == WHOLE and part.get("type") == "object" and part.get("properties") == {}:
        yield Problem("forms.group_empty", {}, part.where)
    match fact_type:
        case Many() if part.get("uniqueItems") is not True:
            yield Problem("forms.repeats_possible", {}, part.where)
        case Integer(minimum, maximum) if minimum is None or maximum is None:
            yield Problem("forms.integer_unbounded", {}, part.where, level="warning")
        case Rows(fields) if "maxItems" not in part:
            read = any(not isinstance(f, Text) for f in fields.values())
            yield Problem(
                "forms.rows_unbounded", {}, part.where, level="error" if read else "warning"
            )
        case Text(listed=True) if "maxItems" not in part:
            yield Problem("forms.rows_unbounded", {}, part.where, level="warning")
        case _:
            pass
    items = part.get("items")
    group = part if part.get("type") == "object" else items
    if isinstance(group, Part) and has_questions(group):
        if group.get("unevaluatedProperties") is not False:
            yield Problem("forms.group_open", {}, group.where)
        if not group.get("properties"):
            yield Problem("forms.group_empty", {}, group.where)


def _of_options(part: Part) -> Iterator[Problem]:
    seen: set[str] = set()
    for const, holder, where in wording.listed(part):
        if const in seen:
            yield Problem("forms.option_twice", {"option": const}, where)
        seen.add(const)
        if holder is None or "title" not in holder:
            yield Problem("forms.option_untitled", {"option": const}, where, level="warning")
        else:
            yield from wording.untranslated(holder, where)
