"""What a view asks of the page it stands on: the platform, who asks, the language, the service."""

from __future__ import annotations

from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app, g, request

from satupintu import clock, words
from satupintu.actions.content import InForce
from satupintu.actions.platform import Platform
from satupintu.agencies.service import Service
from satupintu.errors import NotFound, Unavailable
from satupintu.people.actor import PUBLIC, Actor
from satupintu.web import language
from satupintu.web.section import Section
from satupintu.web.wording import Wording

PLATFORM = "satupintu.platform"
SECTIONS = "satupintu.sections"
SERVICE = "satupintu.service"


def platform() -> Platform:
    """Return what the actions work on."""
    return cast(Platform, current_app.extensions[PLATFORM])


def sections() -> tuple[Section, ...]:
    """Return the parts that this process shows."""
    return cast("tuple[Section, ...]", current_app.extensions[SECTIONS])


def who() -> Actor:
    """Return who asks. The public, until a section's ``before_app_request`` calls ``known_as``."""
    return cast(Actor, g.get("who", PUBLIC))


def known_as(actor: Actor) -> None:
    """Say who asks, for the rest of this request."""
    g.who = actor


def documents() -> InForce:
    """Return the documents in force when this request came in. Raises Unavailable."""
    if "documents" not in g:
        g.documents = platform().content.live(clock.now())
    return cast(InForce, g.documents)


def service() -> Service | None:
    """Return the service in force, or the last one seen where the store doesn't answer now.

    None only where it was never seen: before the first import, or with the store away from the
    start. Even then a page can say so.
    """
    if "service" not in g:
        try:
            g.service = documents().service()
            current_app.extensions[SERVICE] = g.service
        except (Unavailable, NotFound):
            g.service = current_app.extensions[SERVICE]
    return cast("Service | None", g.service)


def languages() -> tuple[str, ...]:
    """Return the languages that the service offers, its default first."""
    door = service()
    if door is None:
        return words.languages()
    return (door.default_language, *(x for x in door.languages if x != door.default_language))


def page_language() -> str:
    """Return the language that this request is answered in."""
    if "language" not in g:
        g.language = language.of_request(request, languages())
    return cast(str, g.language)


def wording() -> Wording:
    """Return how this page writes times and numbers."""
    if "wording" not in g:
        door = service()
        g.wording = Wording(page_language(), door.zone if door else ZoneInfo("UTC"))
    return cast(Wording, g.wording)
