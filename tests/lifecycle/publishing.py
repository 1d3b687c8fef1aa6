"""A small city whose documents go from draft to in force, for the tests of this room."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from satupintu import clock
from satupintu.actions import (
    accounts,
    document_drafts,
    documents,
    gates,
    importing,
    lifecycle,
    looking,
)
from satupintu.actions.lifecycle import Taken
from satupintu.actions.platform import Platform
from satupintu.people.actor import SYSTEM, Actor
from satupintu.people.demonstration import Person
from satupintu.people.roles import Role
from satupintu.store.documents import Version

KECIL = Path(__file__).parents[1] / "packs" / "kecil"
HOUR = timedelta(hours=1)

Change = Callable[[Any], None]


class Publishing:
    """An installation of the small city, with an administrator and two policy owners."""

    def __init__(self, platform: Platform, folder: Path) -> None:
        self.platform = platform
        self.folder = folder
        if not folder.exists():
            for part in ("schemas/forms", "rules", "seed"):
                shutil.copytree(KECIL / part, folder / part)
            documents.import_documents(platform, SYSTEM, importing.from_folder(folder))
        self.writer = self.somebody("penulis", "administrator")
        self.owner = self.somebody("pemilik", "policy_owner")
        self.other = self.somebody("pemilik2", "policy_owner")
        self.auditor = self.somebody("auditor", "auditor")

    def somebody(self, login: str, role: Role) -> Actor:
        """Return the account of a name, made where there is none."""
        for account in accounts.listed(self.platform, SYSTEM):
            if account.login == login:
                return account.actor()
        lead = self.platform.content.live(clock.now()).service().lead_agency
        return accounts.create(self.platform, SYSTEM, Person(login, role, lead, login)).actor()

    def desk(self) -> Actor:
        """Return somebody of the lead agency, who takes stories."""
        return self.somebody("meja", "staff")

    def path(self, kind: str) -> Path:
        """Return the file of the one document of a kind that the service uses."""
        now = self.platform.content.live(clock.now())
        match kind:
            case "rule_set":
                return self.folder / "rules" / f"{now.service().rule_set}.json"
            case "form":
                form = now.service().forms["assessment"]
                return self.folder / "schemas" / "forms" / f"{form}.json"
        return self.folder / importing.PLACES[kind]  # type: ignore[index]

    def edited(self, kind: str, change: Change) -> bytes:
        """Return a document of the folder with a change, as somebody would upload it."""
        document = json.loads(self.path(kind).read_bytes())
        change(document)
        return json.dumps(document, ensure_ascii=False).encode()

    def kept(self, kind: str, change: Change, who: Actor | None = None) -> Version:
        """Keep a changed document as a version in draft."""
        who = who or self.writer
        data = self.edited(kind, change)
        draft = document_drafts.start(self.platform, who, self.path(kind).name, data)
        return document_drafts.keep(self.platform, who, draft.id, draft.version)

    def tried(self, version: str, at: datetime | None = None) -> None:
        """Run every gate of a version; everybody looks at its impact."""
        gates.run(self.platform, self.writer, version, at=at)
        for who in (self.writer, self.owner, self.other):
            self.looked(who, version, at)

    def looked(self, who: Actor, version: str, at: datetime | None = None) -> None:
        """Let one person look at the impact of a version."""
        impact = looking.of_version(self.platform, who, version, at)
        if impact is not None:
            looking.look(self.platform, who, version, impact, at)

    def submitted(self, kind: str, change: Change) -> Version:
        """Keep, try and submit a changed document."""
        version = self.kept(kind, change)
        self.tried(version.hash)
        lifecycle.submit(self.platform, self.writer, version.hash, "uji")
        return version

    def approved(self, kind: str, change: Change, start: datetime | None = None) -> Version:
        """Bring a changed document as far as its approval."""
        version = self.submitted(kind, change)
        self.approve(version.hash, start)
        return version

    def approve(self, version: str, start: datetime | None = None) -> Taken:
        """Approve a version as the second person, tried for its day."""
        if start is not None:
            self.tried(version, start)
        return lifecycle.approve(self.platform, self.owner, version, "uji", start)

    def in_force(self, kind: str, at: datetime | None = None) -> str:
        """Return the hash of what is in force."""
        content = self.platform.content
        now = content.live(clock.now()) if at is None else content.in_force(at)
        service = now.service()
        match kind:
            case "rule_set":
                return now.hash("rule_set", service.rule_set)
            case "form":
                return now.hash("form", service.forms["assessment"])
        return now.hash(kind)  # type: ignore[arg-type]


def titled(text: str) -> Change:
    """Return a change that decides nothing otherwise: another title."""

    def change(document: Any) -> None:
        one = document if isinstance(document, dict) else document[0]
        name = "title" if "title" in one else "name"
        if isinstance(one[name], dict):
            one[name]["en"] = text
        else:
            one[name] = text

    return change
