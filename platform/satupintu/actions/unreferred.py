"""What a content folder holds and its rules never come to: notes, as a city may mean it so."""

from __future__ import annotations

from collections.abc import Iterator

from satupintu.actions.folder import File, Folder
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem
from satupintu.rules.document import RuleSet
from satupintu.rules.unused import facts_read


def facts(file: File, folder: Folder) -> Iterator[Problem]:
    """Yield one note with the answers that decide nothing, where there are any.

    What a computed answer is made of counts as read with it, and a role is read by the platform.
    """
    rule_set = folder.rule_set(file)
    questions = folder.form(rule_set.form).questions
    read = set(facts_read(rule_set))
    pending = list(read)
    while pending:
        question = questions.get(pending.pop())
        if question is not None and question.computed is not None:
            further = question.computed.reads() - read
            read |= further
            pending.extend(further)
    silent = [
        name
        for name in folder.form(rule_set.form).facts
        if name not in read and not questions[name].roles
    ]
    if silent:
        params = {"facts": ", ".join(silent), "count": len(silent)}
        yield Problem("folder.note_facts_unread", params, "/rules", level="note")


def agencies(document: Json, folder: Folder) -> Iterator[Problem]:
    """Yield a note for each agency to which no rule refers, where there is a rule set."""
    rule_set = _rule_set(folder)
    if rule_set is None:
        return
    referred = {outcome.agency for rule in rule_set.rules for outcome in rule.refer}
    for n, agency in enumerate(document):
        if agency["id"] not in referred:
            params = {"agency": agency["id"]}
            yield Problem("folder.note_agency_unreferred", params, pointer([n]), level="note")


def laws(document: Json, folder: Folder) -> Iterator[Problem]:
    """Yield a note for each law that neither a rule nor an agency names."""
    rule_set = _rule_set(folder)
    if rule_set is None:
        return
    named = [basis for rule in rule_set.rules for basis in rule.basis]
    named += [basis for agency in (folder.agencies or {}).values() for basis in agency.basis]
    cited = {basis.partition(":")[0] for basis in named}
    for n, law in enumerate(document):
        if law["id"] not in cited:
            params = {"law": law["id"]}
            yield Problem("folder.note_law_uncited", params, pointer([n]), level="note")


def _rule_set(folder: Folder) -> RuleSet | None:
    """Return the rule set that the service names; None where it cannot be read, as that is said
    of the rule set itself.
    """
    name = folder.service.get("rule_set") if isinstance(folder.service, dict) else None
    try:
        return folder.rule_set(folder.find("rule_set", name)) if isinstance(name, str) else None
    except BadDocument:
        return None
