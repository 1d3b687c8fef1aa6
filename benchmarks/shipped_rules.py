"""The rule set that ships with the product, with the facts of its form."""

from __future__ import annotations

import json

from satupintu import config
from satupintu.forms import reading as forms
from satupintu.rules import reading
from satupintu.rules.document import RuleSet


def rule_set() -> RuleSet:
    """Return the first rule set of the content folder."""
    content = config.content_folder()
    documents = {
        form["x-form"]["id"]: form
        for form in (json.loads(p.read_bytes()) for p in (content / "schemas/forms").glob("*.json"))
    }
    for path in sorted((content / "rules").glob("*.json")):
        document = json.loads(path.read_bytes())
        if isinstance(document, dict) and "rules" in document:
            return reading.read(document, forms.read(documents[document["form"]]).facts)
    raise SystemExit(f"no rule set in {content / 'rules'}")
