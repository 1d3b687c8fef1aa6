"""Why one answer is refused, in a sentence that says what to do."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import ValidationError

from satupintu import words
from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.meaning import holds
from satupintu.conditions.normal import all_of
from satupintu.conditions.schema import from_schema
from satupintu.conditions.sentence import sentence
from satupintu.conditions.types import Text
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions, wording
from satupintu.forms.closed import CHECKER, pattern
from satupintu.forms.document import Form, Question
from satupintu.forms.notations import EXAMPLES
from satupintu.forms.questions.decimal import in_words
from satupintu.forms.references import Part, resolve
from satupintu.forms.sentences import InLanguage, own, said
from satupintu.forms.vocabulary import FormVocabulary
from satupintu.words import Text as Words
from satupintu.words import languages, pick

OWN, TIGHTENED = 2, 4
"""Ranks: what a question itself asks for comes before what another answer asks of it."""


def refused(
    form: Form, question: Question, where: str, error: ValidationError
) -> tuple[int, Problem]:
    """Return the problem of one answer that its schema refuses, with its rank.

    The document's own message comes first: of the subschema that refused, else of the question. A
    subschema that only tightens names the answer that it hangs on.
    """
    keyword = str(error.validator)
    rank = 0 if keyword == "type" else OWN
    said_there = wording.errors_of(error.schema) if isinstance(error.schema, dict) else {}
    cause = _cause(form, error)
    if cause is None:
        text = said_there.get(keyword) or question.errors.get(keyword)
        return rank, _worded(question, where, error, text)
    if keyword in said_there:
        return TIGHTENED, own(f"forms.answer_{keyword}", where, said_there[keyword])
    if question.narrowed and keyword in ("enum", "oneOf", "const"):
        return TIGHTENED, _not_offered(form, question, where, error.instance, cause)
    return TIGHTENED, _because(form, _worded(question, where, error, None), cause)


def at_place(question: Question, where: str, error: ValidationError, text: Words | None) -> Problem:
    """Return the problem of one place of an answer that is asked as a whole."""
    return _worded(question, where, error, text)


def worded(key: str, where: str, text: Words | None, **params: object) -> Problem:
    """Return a problem in the document's own words, else in the catalogue's."""
    return own(key, where, text) if text is not None else said(key, where, **params)


def _worded(question: Question, where: str, error: ValidationError, text: Words | None) -> Problem:
    key, limit = _sentence(question, error)
    return worded(key, where, text, title=question.title, **limit)


def _sentence(question: Question, error: ValidationError) -> tuple[str, dict[str, object]]:
    """Return the catalogue's sentence for a keyword, with the parameters beyond the title."""
    limit: Any = error.validator_value
    match error.validator:
        case "type" if limit in ("array", "boolean", "integer", "number", "object", "string"):
            return f"forms.answer_type_{limit}", {}
        case "const" if limit is True and questions.of(question.kind).unticked:
            return questions.of(question.kind).unticked, {}
        case "const":
            return "forms.answer_const", {"wanted": _titles(question, [limit])}
        case "enum" | "oneOf" if question.options:
            return "forms.answer_option", {}
        case "minimum" | "maximum":
            return f"forms.answer_{error.validator}", {"limit": _number(limit)}
        case "exclusiveMinimum" | "exclusiveMaximum" if not _whole(question, limit):
            key = "above" if error.validator == "exclusiveMinimum" else "below"
            return f"forms.answer_{key}", {"limit": _number(limit)}
        case "multipleOf":
            return "forms.answer_multiple_of", {"limit": _number(limit)}
        case "exclusiveMinimum":
            return "forms.answer_minimum", {"limit": limit + 1}
        case "exclusiveMaximum":
            return "forms.answer_maximum", {"limit": limit - 1}
        case "minLength" if limit == 1:
            return "forms.answer_missing", {}
        case "minLength":
            return "forms.answer_min_length", {"limit": limit}
        case "maxLength":
            return "forms.answer_max_length", {"limit": limit}
        case "minItems":
            return "forms.answer_min_items", {"limit": limit}
        case "maxItems":
            return "forms.answer_max_items", {"limit": limit}
        case "uniqueItems":
            return "forms.answer_repeated", {}
        case "minProperties":
            return "forms.answer_min_items", {"limit": limit}
        case "maxProperties":
            return "forms.answer_max_items", {"limit": limit}
        case "items" if most := _fixed(error.schema):
            return "forms.answer_max_items", {"limit": most}
        case "items":
            return "forms.answer_type_null", {}
        case "unevaluatedItems":
            return "forms.answer_items_over", {}
        case "pattern" if example := _example(question, error):
            return "forms.answer_like", {"example": example}
        case "pattern":
            return "forms.answer_pattern", {}
        case "format" if limit in ("time", "date-time") and _lacks_offset(error):
            return "forms.answer_offset", {"example": f"{error.instance}+07:00"}
        case "format" if limit == "uuid" and question.schema.get("format") != limit:
            return "forms.answer_uuid", {}
        case "type" if limit == "null":
            return "forms.answer_type_null", {}
        case "type" if isinstance(limit, list):
            return "forms.answer_types", {"types": _types(limit)}
        case "not":
            return "forms.answer_not_that", {}
        case "format" if limit in EXAMPLES:
            return "forms.answer_like", {"example": EXAMPLES[limit]}
        case "format":
            return f"forms.answer_format_{str(limit).removeprefix('idn-')}", {}
        case "contains" if wanted := _wanted(limit):
            return "forms.answer_contains", {"options": _titles(question, wanted)}
        case "contains":
            return "forms.answer_contains_few", {"limit": 1}
        case "minContains":
            return "forms.answer_contains_few", {"limit": limit}
        case "maxContains":
            return "forms.answer_contains_many", {"limit": limit}
        case _:
            return "forms.answer_refused", {}


def _example(question: Question, error: ValidationError) -> str | None:
    """Return an example that the pattern lets pass, of the schema that refused or the question."""
    there: Any = error.schema
    given = [*there.get("examples", ()), *question.schema.get("examples", ())]
    fits = pattern(str(error.validator_value)).search
    return next((one for one in given if isinstance(one, str) and fits(one)), None)


def _lacks_offset(error: ValidationError) -> bool:
    """Tell whether it would be a time if it said how far it is from UTC."""
    return CHECKER.conforms(f"{error.instance}Z", str(error.validator_value))


def _fixed(schema: Any) -> int:
    """Return how many items a list has that lets no more follow."""
    return len(schema.get("prefixItems", ()))


def _types(names: list[Json]) -> InLanguage:
    told = [n for n in names if n != "integer" or "number" not in names]
    return lambda language: ", ".join(words.say(f"questions.type_{n}", language) for n in told)


def _number(limit: float) -> int | InLanguage:
    """Return a bound as a sentence writes it; a fraction as each language does."""
    return limit if isinstance(limit, int) else lambda language: in_words(limit, language)


def _whole(question: Question, limit: float) -> bool:
    """Tell whether only whole numbers are asked, so that the next one to a bound is the last."""
    fractions = isinstance(question.fact_type, Text) and question.fact_type.number
    return isinstance(limit, int) and question.schema.get("type") == "integer" and not fractions


def _because(form: Form, problem: Problem, cause: Condition) -> Problem:
    vocabulary = FormVocabulary(form)
    text = {
        language: words.say(
            "forms.answer_because",
            language,
            sentence=problem.sentence(language),
            cause=sentence(cause, vocabulary, language),
        )
        for language in languages()
    }
    return Problem(problem.key, problem.params, problem.pointer, text=text)


def _not_offered(
    form: Form, question: Question, where: str, answer: Json, cause: Condition
) -> Problem:
    """Say that an option is not among those that another answer leaves."""
    vocabulary = FormVocabulary(form)
    return said(
        "forms.answer_not_offered",
        where,
        title=question.title,
        answer=_titles(question, [answer]),
        cause=lambda language: sentence(cause, vocabulary, language),
    )


def _wanted(schema: Json) -> list[str]:
    """Return the options that a ``contains`` asks for, where it lists them."""
    if not isinstance(schema, dict):
        return []
    listed = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return [option for option in listed if isinstance(option, str)]


def _titles(question: Question, wanted: list[Json]) -> InLanguage:
    titles = {option.const: option.title for option in question.options}

    def titled(option: Json, language: str) -> str:
        """An answer may be anything, and only texts are options."""
        if not isinstance(option, str):
            return json.dumps(option, ensure_ascii=False)
        return pick(titles[option], language) if option in titles else option

    return lambda language: ", ".join(f"“{titled(option, language)}”" for option in wanted)


# The conditions around the subschema that refused. ------------------------------------------------

_trees: dict[str, Part] = {}
KEPT = 64


def _cause(form: Form, error: ValidationError) -> Condition | None:
    """Return the conditions around a subschema that only tightens, None where it is a question.

    Those that hold of no answers at all are left out where others are not: no answer brought them.
    """
    here: Json = _tree(form)
    tightens = False
    prefix: list[str] = []
    around: list[Condition] = []
    steps = list(error.absolute_schema_path)
    types = {n: q.fact_type for n, q in form.questions.items() if not q.is_group}
    for index, step in enumerate(steps[:-1]):
        if step == "then" and isinstance(here, Part):
            around.append(from_schema(here["if"], types, prefix=".".join(prefix)))
        below = _below(here, step)
        if below is None:
            return None
        if index and steps[index - 1] == "properties" and isinstance(below, Part):
            tightens = "x-id" not in below
            prefix.append(str(step))
            if not tightens:
                around.clear()
        here = below
    found = all_of([c for c in around if not holds(c, {})] or around)
    return found if tightens and found != TRUE else None


def _below(value: Json, step: str | int) -> Json:
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return value.get(step) if isinstance(value, dict) else None


def _tree(form: Form) -> Part:
    found = _trees.get(form.hash)
    if found is None:
        while len(_trees) >= KEPT:
            _trees.pop(next(iter(_trees)), None)
        found = _trees[form.hash] = resolve(form.schema)[0]
    return found
