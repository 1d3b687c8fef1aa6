"""Documents in files, checked one by one and against those that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from satupintu import translations
from satupintu.actions import stories, unreferred
from satupintu.actions.folder import File, Folder, Kind, files_in
from satupintu.agencies import directory, laws, service
from satupintu.documents import Json
from satupintu.errors import BadDocument, Problem
from satupintu.forms import check as forms
from satupintu.forms import plain
from satupintu.forms import reading as form_reading
from satupintu.people import demonstration
from satupintu.rules import check as rules


@dataclass(frozen=True)
class Checked:
    """One file with what is wrong with it; warnings alone leave it fit for use."""

    path: Path
    kind: Kind | None
    problems: tuple[Problem, ...]

    @property
    def fit(self) -> bool:
        """Tell whether nothing stands in the way of using this document."""
        return _usable(self.problems)

    @property
    def clean(self) -> bool:
        """Tell whether nothing in this document deserves a look."""
        return all(problem.level == "note" for problem in self.problems)


def check(
    paths: Sequence[Path], content: Path, *, notes: bool = False, since: Path | None = None
) -> tuple[Checked, ...]:
    """Check each file with what it names: in its own content folder, ``paths``, or ``content``.

    Only with ``notes`` is said what is merely worth knowing. ``since`` is a file or a content
    folder of earlier versions: translations that were left behind since then are told.
    Raises BadDocument where one of those can't be read.
    """
    earlier = tuple(map(File.read, files_in(since))) if since is not None else ()
    found: list[File | Checked] = []
    for path in paths:
        try:
            found.append(File.read(path))
        except BadDocument as e:
            found.append(Checked(path, None, e.problems))
    together = tuple(file for file in found if isinstance(file, File))
    folders: dict[tuple[Path, ...], Folder] = {}
    checked = []
    for one in found:
        if isinstance(one, File):
            folder = Folder.around(one.path, content, together)
            one = _checked(one, folders.setdefault(folder.own, folder), notes, earlier)
        checked.append(one)
    return tuple(checked)


def _checked(file: File, folder: Folder, notes: bool, earlier: tuple[File, ...]) -> Checked:
    try:
        problems = (*_problems(file, folder, notes), *_left_behind(file, earlier))
    except BadDocument as e:  # of a document that this one names
        problems = e.problems
    name = str(file.path)
    return Checked(file.path, file.kind, tuple(p if p.file else p.within(name) for p in problems))


def _left_behind(file: File, earlier: Iterable[File]) -> Iterator[Problem]:
    for before in earlier:
        if before.kind is not None and (before.kind, before.id) == (file.kind, file.id):
            yield from translations.outdated(before.document, file.document)


def _problems(file: File, folder: Folder, notes: bool) -> Iterator[Problem]:
    name, document = str(file.path), file.document
    match file.kind:
        case "form":
            yield from forms.check(file.data, name)
        case "rule_set":
            types = folder.form(form).facts if (form := _named(document, "form")) else {}
            agencies = folder.agencies
            services = None if agencies is None else agencies.services()
            found = rules.check(file.data, name, types, services, folder.laws)
            yield from found
            if notes and _usable(found):
                yield from unreferred.facts(file, folder)
        case "agencies":
            found = directory.check(file.data, name, folder.laws)
            yield from found
            if notes and _usable(found):
                yield from unreferred.agencies(document, folder)
        case "legal_basis":
            found = laws.check(file.data, name)
            yield from found
            if notes and _usable(found):
                yield from unreferred.laws(document, folder)
        case "service":
            yield from service.check(file.data, name, folder.agencies)
            yield from _of_service(document, folder)
        case "people":
            lead = _named(folder.service, "lead_agency") or ""
            yield from demonstration.check(file.data, name, folder.agencies or {}, lead)
        case "cases":
            assessment = _named(folder.service.get("forms"), "assessment")
            if assessment is not None:
                yield from stories.problems(document, folder.form(assessment))
        case None:
            if plain.is_schema(file.document):
                yield Problem("folder.plain_schema")
                yield from plain.problems(file.document)
            else:
                yield Problem("folder.unknown_kind")


def _usable(found: Iterable[Problem]) -> bool:
    return all(problem.warning for problem in found)


def _of_service(document: Json, folder: Folder) -> Iterator[Problem]:
    """Look up the forms and the rule set that a service document names."""
    forms_named = document.get("forms")
    for purpose, form in forms_named.items() if isinstance(forms_named, dict) else ():
        if isinstance(form, str):
            yield from _of_purpose(purpose, form, folder)
    if rule_set := _named(document, "rule_set"):
        try:
            folder.find("rule_set", rule_set)
        except BadDocument as e:
            yield from (p if p.file else p.under("/rule_set") for p in e.problems)


def _of_purpose(purpose: str, form: str, folder: Folder) -> Iterator[Problem]:
    where = f"/forms/{purpose}"
    try:
        found = form_reading.examine(folder.find("form", form).document).form
    except BadDocument as e:
        yield from (p if p.file else p.under(where) for p in e.problems)
        return
    if found is not None and found.purpose != purpose:
        params = {"form": form, "purpose": purpose, "other": found.purpose}
        yield Problem("folder.form_of_other_purpose", params, where)


def _named(document: Json, key: str) -> str | None:
    value = document.get(key) if isinstance(document, dict) else None
    return value if isinstance(value, str) else None
