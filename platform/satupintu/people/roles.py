"""The roles that an actor can have: the platform's own words; permissions are written in them."""

from __future__ import annotations

from typing import Literal

Role = Literal[
    "public",
    "staff",
    "service_head",
    "agency_officer",
    "agency_head",
    "administrator",
    "policy_owner",
    "auditor",
    "worker",
]

ROLES: tuple[Role, ...] = (
    "public",
    "staff",
    "service_head",
    "agency_officer",
    "agency_head",
    "administrator",
    "policy_owner",
    "auditor",
    "worker",
)

LEAD_ROLES: frozenset[Role] = frozenset({"staff", "service_head"})
"""Belong to the lead agency: they receive stories and manage cases."""

AGENCY_ROLES: frozenset[Role] = frozenset({"agency_officer", "agency_head"})
"""Belong to one agency and see its own referrals, nothing else."""

HEAD_ROLES: frozenset[Role] = frozenset({"service_head", "agency_head"})
"""Whom a case is left to where a flag restricts it to the head."""

CASE_ROLES: frozenset[Role] = LEAD_ROLES | AGENCY_ROLES
"""The only roles that ever read an answer."""

ACCOUNT_ROLES: tuple[Role, ...] = tuple(r for r in ROLES if r not in ("public", "worker"))
"""The roles that an account can have; nobody logs in as the public or as the worker."""
