"""A content pack with every name of its own replaced by a neutral word; what it means stays.

Questions, options, pages, forms, rules, derived facts and their cases, flags, guarantees, examples,
agencies, services, laws: a product that knew one of them by name would not run the renamed pack.
Conditions are read, renamed as data and written again. What people read (titles, sentences) and
the platform's own words (roles, kinds, sensitivities, consents) stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packs.renaming.conditions import Renaming, fact
from packs.renaming.forms import renamed_form
from packs.renaming.rules import renamed_rule_set
from packs.renaming.words import Words
from satupintu.agencies import directory, laws
from satupintu.documents import Json
from satupintu.forms import reading as form_reading
from satupintu.forms.document import Form
from satupintu.rules import reading as rule_reading
from satupintu.rules.document import RuleSet


def write(folder: Path, to: Path) -> Words:
    """Write the renamed pack of ``folder`` into ``to``; return what became of each name."""
    words = Words()
    for name, document in renamed(folder, words):
        path = to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return words


def renamed(folder: Path, words: Words) -> Iterator[tuple[str, Json]]:
    """Yield each document of a pack, renamed, with its new place below the content folder."""
    pack = _Pack.read(folder)
    for form in pack.forms.values():
        yield f"schemas/forms/{words('form', form.id)}.json", renamed_form(form, words)
    for document, rule_set in pack.rule_sets:
        place = f"rules/{words('rule_set', rule_set.id)}.json"
        yield place, renamed_rule_set(document, rule_set, words)
    yield "rules/legal_basis.json", words.listed("law", pack.laws)
    yield "seed/agencies.json", [_agency(one, words) for one in pack.agencies]
    yield "seed/people.json", [{**p, "agency": words("agency", p["agency"])} for p in pack.people]
    yield "seed/service.json", _service(pack.service, words)
    if pack.stories:
        form = pack.forms[pack.service["forms"]["assessment"]]
        yield "seed/cases.json", [_story(one, form, words) for one in pack.stories]


@dataclass(frozen=True)
class _Pack:
    forms: Mapping[str, Form]
    rule_sets: tuple[tuple[Json, RuleSet], ...]
    laws: Json
    agencies: Json
    people: Json
    service: Json
    stories: Json

    @classmethod
    def read(cls, folder: Path) -> _Pack:
        forms = {
            form.id: form
            for path in sorted((folder / "schemas/forms").glob("*.json"))
            for form in [form_reading.read(_json(path))]
        }
        basis, agencies = (
            _json(folder / "rules/legal_basis.json"),
            _json(folder / "seed/agencies.json"),
        )
        known = directory.read(agencies).services(), laws.read(basis)
        documents = [
            _json(path)
            for path in sorted((folder / "rules").glob("*.json"))
            if path.name != "legal_basis.json"
        ]
        stories = folder / "seed/cases.json"
        return cls(
            forms,
            tuple((d, rule_reading.read(d, forms[d["form"]].facts, *known)) for d in documents),
            basis,
            agencies,
            _json(folder / "seed/people.json"),
            _json(folder / "seed/service.json"),
            _json(stories) if stories.exists() else [],
        )


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _agency(said: Json, words: Words) -> Json:
    group = said["sharing_group"]
    return {
        **said,
        "id": words("agency", said["id"]),
        "sharing_group": None if group is None else words("option", group),
        "services": words.listed("service", said["services"]),
        "basis": [words.basis(one) for one in said["basis"]],
    }


def _service(said: Json, words: Words) -> Json:
    return {
        **said,
        "id": words("city", said["id"]),
        "lead_agency": words("agency", said["lead_agency"]),
        "forms": {purpose: words("form", form) for purpose, form in said["forms"].items()},
        "rule_set": words("rule_set", said["rule_set"]),
    }


def _story(said: Json, form: Form, words: Words) -> Json:
    names = Renaming(words, frozenset())
    return {
        **said,
        "example": words("example", said["example"]),
        "hours_ago": {fact(name, names): hours for name, hours in said["hours_ago"].items()},
        "answers": {
            fact(name, names): words.answer(one, form.types[name])
            for name, one in said["answers"].items()
        },
    }
