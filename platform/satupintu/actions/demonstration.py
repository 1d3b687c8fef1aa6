"""Makes an installation to look around in: a key, the content folder, an account for each desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from satupintu import clock, documents
from satupintu.actions import accounts, importing
from satupintu.actions.documents import import_documents
from satupintu.actions.platform import Platform
from satupintu.config import Settings
from satupintu.people import demonstration, passwords
from satupintu.people.actor import SYSTEM
from satupintu.people.demonstration import PASSWORD, Person
from satupintu.store.keys import make_demonstration_key


@dataclass(frozen=True)
class Demonstration:
    """What a person needs to look around; no ``key_file`` where the environment has the key."""

    key_file: Path | None
    people: tuple[Person, ...]
    password: str = PASSWORD


def make_key(settings: Settings) -> Path | None:
    """Make the master key where there is none yet; return its file, None where it is a setting."""
    if settings.master_key is not None:
        return None
    make_demonstration_key(settings.master_key_file)
    return settings.master_key_file


def fill(platform: Platform) -> Demonstration:
    """Bring the database up to date, import the content folder, make the accounts of its people.

    Doing it again changes nothing but what the content folder changed. Raises BadDocument.
    """
    settings = platform.settings
    platform.prepare()
    import_documents(platform, SYSTEM, importing.from_folder(settings.content))
    people = _people(platform)
    there = {account.login for account in accounts.listed(platform, SYSTEM)}
    missing = [person for person in people if person.login.casefold() not in there]
    # One hash for all: the password is printed at the start, and Argon2id takes its time.
    password_hash = passwords.hashed(PASSWORD) if missing else None
    for person in missing:
        accounts.create(platform, SYSTEM, person, password_hash)
    key_file = None if settings.master_key is not None else settings.master_key_file
    return Demonstration(key_file, people)


def _people(platform: Platform) -> tuple[Person, ...]:
    file = platform.settings.content / "seed" / "people.json"
    if not file.is_file():
        return ()
    now = platform.content.live(clock.now())
    document = documents.parse(documents.read(file))
    return demonstration.read(document, now.agencies(), now.service().lead_agency)
