"""The rule set that ships with the product, with its form."""

from __future__ import annotations

import json

from satupintu import config
from satupintu.forms import reading as forms
from satupintu.forms.document import Form
from satupintu.rules import reading
from satupintu.rules.document import RuleSet


def rule_set() -> RuleSet:
    """Return the first rule set of the content folder."""
    return with_form()[0]


def with_form() -> tuple[RuleSet, Form]:
    """Return the first rule set of the content folder, and the form it is about."""
    content = config.content_folder()
    documents = {
        form["x-form"]["id"]: form
        for form in (json.loads(p.read_bytes()) for p in (content / "schemas/forms").glob("*.json"))
    }
    for path in sorted((content / "rules").glob("*.json")):
        document = json.loads(path.read_bytes())
        if isinstance(document, dict) and "rules" in document:
            form = forms.read(documents[document["form"]])
            return reading.read(document, form.facts), form
    raise SystemExit(f"no rule set in {content / 'rules'}")
