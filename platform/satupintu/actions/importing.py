"""Documents that want to be imported, looked at together before any of them is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from satupintu.actions import older_versions
from satupintu.actions.content import ONLY, InForce
from satupintu.actions.folder import File
from satupintu.agencies import directory, laws, service
from satupintu.agencies.directory import Agencies
from satupintu.agencies.laws import Laws
from satupintu.documents import Json, content_hash
from satupintu.errors import BadDocument, NotFound, Problem
from satupintu.forms import check as form_check
from satupintu.forms import reading as form_reading
from satupintu.forms.document import Form
from satupintu.rules import check as rule_check
from satupintu.rules import reading as rule_reading
from satupintu.rules.document import RuleSet
from satupintu.store.documents import DOCUMENT_KINDS, DocumentKind

PLACES: Mapping[DocumentKind, str] = {
    "legal_basis": "rules/legal_basis.json",
    "agencies": "seed/agencies.json",
    "form": "schemas/forms/*.json",
    "rule_set": "rules/*.json",
    "service": "seed/service.json",
}
"""Where a content folder has its documents."""


@dataclass(frozen=True)
class Incoming:
    """One document on its way in. ``file`` is its name below the content folder."""

    kind: DocumentKind
    document_id: str
    file: str
    data: bytes
    document: Json

    @property
    def hash(self) -> str:
        """The name of this version."""
        return content_hash(self.document)


def from_folder(folder: Path) -> tuple[Incoming, ...]:
    """Return the documents of a content folder. Raises BadDocument with every unreadable one."""
    found: dict[Path, Incoming] = {}
    problems: list[Problem] = []
    for place in PLACES.values():
        for path in sorted(folder.glob(place)):
            if path not in found:
                try:
                    found[path] = incoming(path.relative_to(folder).as_posix(), File.read(path))
                except BadDocument as e:
                    problems.extend(e.problems)
    BadDocument.raise_if(problems)
    if not found:
        raise BadDocument(Problem("actions.no_documents", {"folder": str(folder)}))
    return tuple(found.values())


def from_files(paths: Iterable[Path]) -> tuple[Incoming, ...]:
    """Return single files, as if they lay where a content folder has their kind. BadDocument."""
    found: list[Incoming] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            file = File.read(path)
            found.append(incoming(_place(file), file))
        except BadDocument as e:
            problems.extend(e.problems)
    BadDocument.raise_if(problems)
    return tuple(found)


def incoming(name: str, file: File) -> Incoming:
    """Return a file as a document on its way in. Raises BadDocument where it is none of ours."""
    kind = file.kind
    if kind is None or kind == "people" or kind == "cases":
        raise BadDocument(Problem("actions.unknown_kind", file=name))
    document_id = _id(kind, file)
    if document_id is None:
        raise BadDocument(Problem("actions.no_id", file=name))
    return Incoming(kind, document_id, name, file.data, file.document)


def problems(new: Sequence[Incoming], known: InForce) -> tuple[Problem, ...]:
    """Return everything wrong with new documents, warnings included, each with its file.

    What a new document names may be new too, or already in force.
    """
    return tuple(_Together(new, known).problems())


def rule_sets(new: Sequence[Incoming], known: InForce) -> tuple[tuple[Incoming, RuleSet], ...]:
    """Return the rule sets among new documents, as far as they can be read."""
    together = _Together(new, known)
    for _ in together.problems():
        pass  # what is wrong with them is said by ``problems``
    return tuple(together.rule_sets)


def in_order(new: Iterable[Incoming]) -> list[Incoming]:
    """Return documents so that each comes after what it builds on."""
    return sorted(new, key=lambda one: (DOCUMENT_KINDS.index(one.kind), one.document_id))


class _Together:
    def __init__(self, new: Sequence[Incoming], known: InForce) -> None:
        self._new = in_order(new)
        self._known = known
        self._laws: Laws | None = None
        self._agencies: Agencies | None = None
        self._forms: dict[str, Form] = {}
        self.rule_sets: list[tuple[Incoming, RuleSet]] = []

    def problems(self) -> Iterator[Problem]:
        seen: set[tuple[str, str]] = set()
        self._before()
        for one in self._new:
            if (one.kind, one.document_id) in seen:
                yield Problem("actions.twice", {"id": one.document_id}, file=one.file)
                continue
            seen.add((one.kind, one.document_id))
            yield from (p if p.file else p.within(one.file) for p in self._look_at(one))

    def _before(self) -> None:
        """Take what is in force, for whatever the new documents do not bring themselves."""
        brought = {one.kind for one in self._new}
        if "legal_basis" not in brought and self._has("legal_basis"):
            self._laws = self._known.laws()
        if "agencies" not in brought and self._has("agencies"):
            self._agencies = self._known.agencies()

    def _look_at(self, one: Incoming) -> Iterator[Problem]:
        match one.kind:
            case "legal_basis":
                found = laws.check(one.data, one.file)
                if _usable(found):
                    self._laws = laws.read(one.document)
                yield from found
            case "agencies":
                found = directory.check(one.data, one.file, self._laws)
                if _usable(found):
                    self._agencies = directory.read(one.document)
                yield from found
            case "form":
                examined = form_reading.examine(one.document)
                if examined.form is not None:
                    self._forms[one.document_id] = examined.form
                yield from form_check.everything(examined)
                if examined.form is not None:
                    yield from older_versions.problems(examined.form, self._known)
            case "rule_set":
                yield from self._rule_set(one)
            case "service":
                yield from service.check(one.data, one.file, self._agencies)
                yield from self._service(one.document)

    def _rule_set(self, one: Incoming) -> Iterator[Problem]:
        wanted = one.document.get("form")
        form = self._form(wanted)
        if form is None:
            if not self._brings("form", wanted):
                yield Problem("actions.form_not_here", {"form": str(wanted)}, "/form")
            return
        services = None if self._agencies is None else self._agencies.services()
        found = rule_check.check(one.data, one.file, form.facts, services, self._laws)
        if _usable(found):
            self.rule_sets.append((one, rule_reading.read(one.document, form.facts)))
        yield from found

    def _service(self, document: Json) -> Iterator[Problem]:
        forms = document.get("forms")
        for purpose, form_id in (forms if isinstance(forms, dict) else {}).items():
            where = f"/forms/{purpose}"
            form = self._form(form_id)
            if form is None:
                if not self._brings("form", form_id):
                    params = {"form": str(form_id), "purpose": purpose}
                    yield Problem("actions.service_form", params, where)
            elif form.purpose != purpose:
                found = {"form": form.id, "found": form.purpose, "purpose": purpose}
                yield Problem("actions.service_purpose", found, where)
        rule_set = document.get("rule_set")
        if not self._brings("rule_set", rule_set) and not self._has("rule_set", rule_set):
            yield Problem("actions.service_rule_set", {"rule_set": str(rule_set)}, "/rule_set")

    def _form(self, form_id: Json) -> Form | None:
        if form_id in self._forms:
            return self._forms[form_id]
        if self._brings("form", form_id) or not self._has("form", form_id):
            return None
        return self._known.form(form_id)

    def _brings(self, kind: DocumentKind, document_id: Json) -> bool:
        return any(n.kind == kind and n.document_id == document_id for n in self._new)

    def _has(self, kind: DocumentKind, document_id: Json = None) -> bool:
        try:
            self._known.hash(kind, cast("str | None", document_id))
        except NotFound:
            return False
        return True


def _place(file: File) -> str:
    kind = file.kind
    if kind is None or kind == "people" or kind == "cases":
        return file.path.name
    return PLACES[kind].replace("*.json", file.path.name)


def _usable(found: Iterable[Problem]) -> bool:
    return all(p.warning for p in found)


def _id(kind: DocumentKind, file: File) -> str | None:
    return ONLY.get(kind) or file.id
