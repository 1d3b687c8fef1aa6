"""The case that breaks a guarantee, to be opened as a filled form or kept as an example."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from satupintu.actions import document_drafts
from satupintu.actions.action import Act, action
from satupintu.conditions.values import read_facts
from satupintu.documents import Json, parse
from satupintu.errors import NotFound, Problem
from satupintu.forms.document import Form
from satupintu.rules.decision import Decision
from satupintu.rules.document import Guarantee, RuleSet
from satupintu.rules.readings.decide import Index
from satupintu.store import documents, gates
from satupintu.store.document_drafts import DocumentDraft


@dataclass(frozen=True)
class Counterexample:
    """The smallest case that breaks a guarantee of a version, as the newest proof found it.

    ``answers`` are whole answers that the form accepts, with made-up text; None only where no text
    fits a pattern. ``differs`` names those that are not a plain case's. ``decision`` is what the
    version says of it, ``before`` what the rules in force then said.
    """

    guarantee: Guarantee
    rules: RuleSet
    form: Form
    facts: Mapping[str, Json]
    answers: Mapping[str, Json] | None
    differs: tuple[str, ...]
    decision: Decision
    before: Decision | None

    def as_example(self, document: Json) -> Json:
        """Return the rule set with this case among its examples, expected as before the change.

        So the example fails until the rules keep their promise again.
        """
        wanted = self.before or self.decision
        ids = {example["id"] for example in document.get("examples", ())}
        number = next(n for n in range(1, len(ids) + 2) if f"{self.guarantee.id}-{n}" not in ids)
        example = {
            "id": f"{self.guarantee.id}-{number}",
            "title": dict(self.guarantee.title),
            "facts": dict(self.facts),
            "expect": {
                "derived": dict(wanted.derived),
                "agencies": {one.agency: one.within_hours for one in wanted.agencies},
                "excluded": sorted({one.agency for one in wanted.excluded}),
                "forbidden": [
                    {"agency": agency, "service": service}
                    for agency, service in sorted({(f.agency, f.service) for f in wanted.forbidden})
                ],
                "flags": list(wanted.flags),
            },
        }
        changed: Json = deepcopy(document)
        changed.setdefault("examples", []).append(example)
        return changed


@action("documents.counterexample", reads=True, trail=False)
def find(act: Act, version: str, guarantee: str) -> Counterexample:
    """Return the case that breaks a guarantee of a version. Raises NotFound where none is known."""
    documents.get(act.tx, version)
    for report in reversed(gates.of_version(act.tx, version)):
        verdicts = report.report.get("guarantees", ()) if report.gate == "proved" else ()
        for verdict in verdicts:
            if verdict["id"] == guarantee and verdict["counterexample"] is not None:
                return _opened(act, report.report, verdict)
    raise NotFound(Problem("versions.no_counterexample", {"guarantee": guarantee}))


@action("documents.keep_example")
def keep(act: Act, version: str, guarantee: str) -> DocumentDraft:
    """Begin a draft of a version in which the case that breaks a guarantee is an example.

    Raises NotFound.
    """
    found = find.inside(act, version, guarantee)
    spelling = documents.spelling(act.tx, version)
    changed = found.as_example(parse(spelling.data))
    text = json.dumps(changed, ensure_ascii=False, indent=2).encode() + b"\n"
    return document_drafts.start.inside(act, spelling.file.rpartition("/")[2], text)


def _opened(act: Act, report: Json, verdict: Json) -> Counterexample:
    content, form_hash = act.platform.content, report["form"]
    form = content.form_version(form_hash, act.tx)
    rules = content.rule_set_version(report["ruleset"], form_hash, act.tx)
    against = report.get("against")
    old = None if against is None else content.rule_set_version(against, form_hash, act.tx)
    facts = read_facts(dict(verdict["counterexample"]), form.facts)
    return Counterexample(
        guarantee=next(one for one in rules.guarantees if one.id == verdict["id"]),
        rules=rules,
        form=form,
        facts=verdict["counterexample"],
        answers=verdict["answers"],
        differs=tuple(verdict["differs"]),
        decision=Index(rules).decide(facts),
        before=None if old is None else Index(old).decide(facts),
    )
