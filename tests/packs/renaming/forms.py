"""A form document with other names in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from packs.renaming.conditions import Renaming, condition, value
from packs.renaming.words import Words
from satupintu.conditions import cel
from satupintu.documents import Json
from satupintu.forms.document import Form


def renamed_form(form: Form, words: Words) -> Json:
    """Rename a form document."""
    document = _schema(form.schema, _Names(form, words))
    return {
        **document,
        "x-form": {**document["x-form"], "id": words("form", form.id)},
        "x-pages": [
            {
                **page,
                "id": words("page", page["id"]),
                "questions": [words("question", name) for name in page["questions"]],
            }
            for page in document["x-pages"]
        ],
    }


class _Names:
    """What the schema of one form names."""

    def __init__(self, form: Form, words: Words) -> None:
        self.words = words
        self.options = {o.const for q in form.questions.values() for o in q.options}
        self.computed = {q.x_id: q.computed for q in form.questions.values()}
        self.renaming = Renaming(words, frozenset())

    def option(self, const: Json) -> Json:
        """Return an option's new word; numbers, yes and no, and dates are nobody's names."""
        return self.words("option", const) if const in self.options else const

    def expression(self, x_id: str) -> Json:
        """Return the computed answer of a question as its document says it."""
        computed = self.computed[x_id]
        assert computed is not None
        return {
            "cases": [
                {
                    "when": cel.write(condition(case.when, self.renaming)),
                    "value": cel.write_value(value(case.value, self.renaming)),
                }
                for case in computed.cases
            ]
        }


def _schema(schema: Json, names: _Names) -> Any:
    """Rename one schema, keyword by keyword, whatever it stands in."""
    if isinstance(schema, list):
        return [_schema(item, names) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    found: dict[str, Json] = {}
    for keyword, said in schema.items():
        match keyword:
            case "properties" | "dependentSchemas":
                found[keyword] = {
                    names.words("question", key): _schema(below, names)
                    for key, below in said.items()
                }
            case "required":
                found[keyword] = [names.words("question", key) for key in said]
            case "dependentRequired":
                found[keyword] = {
                    names.words("question", key): [names.words("question", k) for k in keys]
                    for key, keys in said.items()
                }
            case "const":
                found[keyword] = names.option(said)
            case "enum":
                found[keyword] = [names.option(one) for one in said]
            case "x-ui" if "sexes" in said:
                sexes = {names.option(const): sex for const, sex in said["sexes"].items()}
                found[keyword] = {**said, "sexes": sexes}
            case "x-id":
                found[keyword] = names.words("x-id", said)
            case "x-computed":
                found[keyword] = names.expression(schema["x-id"])
            case "$defs":
                found[keyword] = {name: _schema(below, names) for name, below in said.items()}
            case "if" | "then" | "items" | "contains" | "not" | "allOf" | "anyOf" | "oneOf":
                found[keyword] = _schema(said, names)
            case _:
                found[keyword] = said
    return found
