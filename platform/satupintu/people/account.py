"""Accounts: who can log in, for which agency, in which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from satupintu.people.actor import Actor
from satupintu.people.roles import Role


@dataclass(frozen=True)
class Account:
    """One log-in. ``password_hash`` is None until the person sets a password by a one-time link."""

    id: str
    login: str
    role: Role
    agency: str
    title: str
    password_hash: str | None
    created_at: datetime
    disabled_at: datetime | None = None
    language: str | None = None

    @property
    def may_log_in(self) -> bool:
        """Tell whether a right password opens a session at all."""
        return self.disabled_at is None and self.password_hash is not None

    def actor(self) -> Actor:
        """Return this account as the ``who`` of actions."""
        return Actor(self.id, self.role, self.agency, self.login, self.title)
