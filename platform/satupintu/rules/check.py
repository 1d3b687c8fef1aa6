"""Everything a person should know about a rule-set document before anyone relies on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from satupintu import documents, words
from satupintu.conditions.ast import Always
from satupintu.conditions.types import FactTypes
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.rules import reading
from satupintu.rules.document import RuleSet
from satupintu.rules.references import Agencies


def check(
    data: bytes,
    file: str,
    form_facts: FactTypes,
    agencies: Agencies | None = None,
    laws: Collection[str] | None = None,
) -> list[Problem]:
    """Return what is wrong with a rule-set document, and, where nothing is, what is worth a look.

    Each problem names file and pointer; those that only deserve a look are warnings.
    """
    try:
        document = documents.parse(data)
        ruleset = reading.read(document, form_facts, agencies, laws)
    except BadDocument as e:
        return [p.within(file) for p in e.problems]
    found = [*_unreasoned(ruleset), *_idle(ruleset, document), *_untranslated(document)]
    return [Problem(key, params, where, file=file, warning=True) for key, params, where in found]


_Finding = tuple[str, dict[str, object], str]


def _unreasoned(ruleset: RuleSet) -> Iterator[_Finding]:
    for n, rule in enumerate(ruleset.rules):
        if not rule.why:
            yield "rules.warn_no_reason", {"rule": rule.id}, f"/rules/{n}"
        if not rule.basis:
            yield "rules.warn_no_basis", {"rule": rule.id}, f"/rules/{n}"


def _idle(ruleset: RuleSet, document: Json) -> Iterator[_Finding]:
    for n, rule in enumerate(ruleset.rules):
        where = f"/rules/{n}"
        if not (rule.refer or rule.exclude or rule.forbid or rule.flag):
            yield "rules.warn_no_outcome", {"rule": rule.id}, where
        if rule.when == Always(False):
            yield "rules.warn_never", {"rule": rule.id}, f"{where}/when"
    for n, fact in enumerate(ruleset.facts):
        for m, case in enumerate(fact.cases):
            if isinstance(case.when, Always):
                key = "rules.warn_covers_rest" if case.when.value else "rules.warn_never"
                yield key, {"rule": case.id}, f"/facts/{n}/cases/{m}/when"
        given = {case.value for case in fact.cases} | {fact.otherwise}
        for m, option in enumerate(document["facts"][n]["options"]):
            if option["const"] not in given:
                where = f"/facts/{n}/options/{m}"
                yield "rules.warn_option_unused", {"option": option["const"]}, where
    raised = {flag for rule in ruleset.rules for flag in rule.flag}
    for n, flag in enumerate(ruleset.flags):
        if flag not in raised:
            yield "rules.warn_flag_unused", {"flag": flag}, f"/flags/{n}"


def _untranslated(document: Json) -> Iterator[_Finding]:
    pending: list[tuple[str, Json]] = [("", document)]
    while pending:
        where, value = pending.pop()
        if isinstance(value, list):
            pending.extend((f"{where}/{n}", item) for n, item in enumerate(value))
        elif isinstance(value, dict):
            for key, item in value.items():
                if key in ("title", "why", "otherwise_why"):
                    for language in [known for known in words.LANGUAGES if known not in item]:
                        yield (
                            "rules.warn_untranslated",
                            {"language": language},
                            f"{where}/{key}",
                        )
                elif key not in ("expect", "monotone") and not (key == "facts" and where):
                    pending.append((where + documents.pointer([key]), item))
