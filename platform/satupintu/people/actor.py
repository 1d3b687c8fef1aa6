"""Who does something: what every action takes as ``who``."""

from __future__ import annotations

from dataclasses import dataclass

from satupintu.people.roles import LEAD_ROLES, Role


@dataclass(frozen=True)
class Actor:
    """One person, or the product itself, as an action sees them.

    ``account_id`` is None for the public and the worker. ``agency`` is the code of the agency
    that the account belongs to; ``title`` is what pages show in place of a name ("Petugas
    penerima").
    """

    account_id: str | None
    role: Role
    agency: str | None = None
    login: str | None = None
    title: str = ""

    @property
    def leads(self) -> bool:
        """Tell whether this is somebody of the lead agency, who manages cases."""
        return self.role in LEAD_ROLES


PUBLIC = Actor(account_id=None, role="public")
"""Whoever reports or follows a report: nobody asks who they are."""

SYSTEM = Actor(account_id=None, role="worker")
"""The product itself: its worker's steps, and the command line of the machine it runs on."""
