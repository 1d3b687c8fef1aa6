"""What a part of the pages brings: its routes, its entries in the header, its part in an exit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint

from satupintu.people.roles import Role


@dataclass(frozen=True)
class NavItem:
    """One entry of the working header, for the roles that may use it.

    ``text`` is a key of the catalogues. ``count`` returns the number shown beside it (none at 0);
    ``urgent`` shows it in red and ``count_text`` says for readers what is counted.
    """

    endpoint: str
    text: str
    roles: frozenset[Role]
    count: Callable[[], int] | None = None
    count_text: str | None = None
    urgent: bool = False


@dataclass(frozen=True)
class Section:
    """One blueprint with what belongs to it.

    ``leaving`` is called at a quick exit, before the cookies go: it ends what the person had begun.
    """

    blueprint: Blueprint
    nav: tuple[NavItem, ...] = ()
    leaving: Callable[[], None] | None = None
