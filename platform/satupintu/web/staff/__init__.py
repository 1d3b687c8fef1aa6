"""The desk: what staff and the service head see and do."""

from __future__ import annotations

from satupintu.people.roles import LEAD_ROLES
from satupintu.web.section import NavItem, Section
from satupintu.web.staff import by_hand, case, cases, decision, queue, today, triage
from satupintu.web.staff.desk import desk, late_count

__all__ = ["by_hand", "case", "cases", "decision", "queue", "section", "today", "triage"]

section = Section(
    desk,
    nav=(
        NavItem(
            "staff.queue",
            "staff.nav_queue",
            LEAD_ROLES,
            count=late_count,
            count_text="staff.nav_late",
            urgent=True,
        ),
        NavItem("staff.cases", "staff.nav_cases", LEAD_ROLES),
    ),
)
