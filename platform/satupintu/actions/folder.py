"""The content folder as files: what kind of document each is, and what stands beside it.

For whoever works on files alone, without a database: ``check``, ``test`` and ``decide``, and
``import`` before it keeps anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from satupintu import documents
from satupintu.agencies import directory, laws
from satupintu.agencies.directory import Agencies
from satupintu.agencies.laws import Laws
from satupintu.conditions.nearest import or_nearest
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.forms import reading as form_reading
from satupintu.forms.document import Form
from satupintu.rules import reading as rule_reading
from satupintu.rules.document import RuleSet

Kind = Literal["form", "rule_set", "agencies", "legal_basis", "service", "people", "cases"]

_PLACES: Mapping[Kind, str] = {
    "form": "schemas/forms/*.json",
    "rule_set": "rules/*.json",
    "agencies": "seed/agencies.json",
    "legal_basis": "rules/legal_basis.json",
    "service": "seed/service.json",
    "people": "seed/people.json",
    "cases": "seed/cases.json",
}

_KEYS: Mapping[Kind, frozenset[str]] = {
    "form": frozenset({"x-form", "x-pages"}),
    "rule_set": frozenset({"rules", "guarantees"}),
    "service": frozenset({"lead_agency", "case_number", "rule_set"}),
}
_KEYS_OF_ITEMS: Mapping[Kind, frozenset[str]] = {
    "people": frozenset({"login", "role"}),
    "cases": frozenset({"hours_ago"}),
    "agencies": frozenset({"services", "accepts", "hours"}),
    "legal_basis": frozenset({"points", "standing"}),
}


def kind_of(document: Json, file: Path) -> Kind | None:
    """Return what a parsed document is, told by its keys, else by its place; None for neither."""
    match document:
        case dict():
            told = _told(document.keys(), _KEYS)
        case [*_]:
            first = next((item for item in document if isinstance(item, dict)), {})
            told = _told(first.keys(), _KEYS_OF_ITEMS)
        case _:
            told = None
    return told or _by_place(file)


def _told(keys: Iterable[str], telling: Mapping[Kind, frozenset[str]]) -> Kind | None:
    have = set(keys)
    return next((kind for kind, tell in telling.items() if tell & have), None)


def _by_place(file: Path) -> Kind | None:
    fixed = (kind for kind, place in _PLACES.items() if "*" not in place and file.match(place))
    return next(fixed, "form" if file.match("forms/*.json") else None)


@dataclass(frozen=True)
class File:
    """One document as it lies in a file."""

    path: Path
    data: bytes
    document: Json

    @classmethod
    def read(cls, path: Path) -> File:
        """Return the document in a file. Raises BadDocument, each problem with the file's name."""
        data = documents.read(path)
        with named(path):
            return cls(path, data, documents.parse(data))

    @property
    def kind(self) -> Kind | None:
        """What this document is."""
        return kind_of(self.document, self.path)

    @property
    def id(self) -> str | None:
        """The id that other documents know a form or a rule set by."""
        match self.kind, self.document:
            case ("form", {"x-form": {"id": str(found)}}) | ("rule_set", {"id": str(found)}):
                return found
        return None


class Folder:
    """What a document is read with: its own content folder first, then the files that were named
    together with it, then the content folder of the settings.
    """

    def __init__(self, own: Iterable[Path], together: Sequence[File], content: Path) -> None:
        self.own = tuple(own)
        self._together = together
        self._content = content
        self._forms: dict[str, Form] = {}

    @classmethod
    def around(cls, path: Path, content: Path, together: Sequence[File] = ()) -> Folder:
        """Return what the document in ``path`` is read with."""
        return cls(folders_of(path), together, content)

    def form(self, form_id: str) -> Form:
        """Return a form by its id. Raises BadDocument: there is none, or it cannot be used."""
        if form_id not in self._forms:
            self._forms[form_id] = self.form_in(self.find("form", form_id))
        return self._forms[form_id]

    @staticmethod
    def form_in(file: File) -> Form:
        """Return the form in a file. Raises BadDocument."""
        with named(file.path):
            if file.kind not in ("form", None):  # what is no known document is told as a form
                raise BadDocument(Problem("folder.not_a_form"))
            return form_reading.read(file.document)

    def rule_set(self, file: File) -> RuleSet:
        """Return the rule set in a file, read with its form. Raises BadDocument.

        Agencies and laws are not looked up: what a rule set decides does not depend on them.
        """
        with named(file.path):
            if file.kind != "rule_set":
                raise BadDocument(Problem("folder.not_a_rule_set"))
            form = file.document.get("form")
            types = self.form(form).facts if isinstance(form, str) else {}
            return rule_reading.read(file.document, types)

    @cached_property
    def agencies(self) -> Agencies | None:
        """The agencies; None where there is no such document. Raises BadDocument."""
        file = self._only("agencies")
        if file is None:
            return None
        with named(file.path):
            return directory.read(file.document)

    @cached_property
    def laws(self) -> Laws | None:
        """The legal basis; None where there is no such document. Raises BadDocument."""
        file = self._only("legal_basis")
        if file is None:
            return None
        with named(file.path):
            return laws.read(file.document)

    @cached_property
    def service(self) -> Json:
        """The service document as it stands, unchecked; an empty one where there is none."""
        file = self._only("service")
        return {} if file is None else file.document

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the service document, which nobody has checked; UTC where it names none."""
        try:
            return ZoneInfo(self.service["time_zone"])
        except (KeyError, TypeError, ValueError, ZoneInfoNotFoundError):
            return ZoneInfo("UTC")

    def find(self, kind: Literal["form", "rule_set"], wanted: str) -> File:
        """Return the file of a form or rule set by its id. Raises BadDocument.

        A file that cannot be read stands in nobody's way, unless it may be the one looked for.
        """
        known: list[str] = []
        unreadable: list[Problem] = []
        for place in self._places(kind):
            try:
                file = place if isinstance(place, File) else File.read(place)
            except BadDocument as e:
                unreadable.extend(e.problems)
                continue
            if file.kind == kind and file.id == wanted:
                return file
            if file.kind == kind and file.id is not None:
                known.append(file.id)
        key, params = or_nearest(f"folder.{kind}_not_found", wanted, known)
        searched = ", ".join(str(folder) for folder in dict.fromkeys((*self.own, self._content)))
        raise BadDocument(Problem(key, {**params, "folder": searched}), *unreadable)

    def _only(self, kind: Kind) -> File | None:
        """Return the document of a kind of which there is one."""
        for place in self._places(kind):
            file = place if isinstance(place, File) else File.read(place)
            if file.kind == kind:
                return file
        return None

    def _places(self, kind: Kind) -> Iterator[Path | File]:
        for folder in self.own:
            yield from sorted(folder.glob(_PLACES[kind]))
        yield from self._together
        yield from sorted(self._content.glob(_PLACES[kind]))


def files_in(place: Path) -> Iterator[Path]:
    """Yield the documents of a content folder; of a file, the file itself."""
    if not place.is_dir():
        yield place
        return
    yield from dict.fromkeys(
        file for pattern in _PLACES.values() for file in sorted(place.glob(pattern))
    )


def folders_of(path: Path) -> Iterator[Path]:
    """Yield the content folders that ``path`` lies in, nearest first."""
    for above in path.absolute().parents[:3]:
        if (above / "schemas" / "forms").is_dir():
            yield above


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Give every problem of a BadDocument that has no file yet the name of this one."""
    try:
        yield
    except BadDocument as e:
        raise BadDocument(*(p if p.file else p.within(str(path)) for p in e.problems)) from e
