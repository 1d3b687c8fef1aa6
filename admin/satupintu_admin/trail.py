"""The audit trail, for the auditor: who did what when, and whether the chain is whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for

from satupintu.actions import trail as actions
from satupintu.people.permissions import MAY
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.section import NavItem, Section

FILTERS = ("login", "action", "outcome", "about", "from", "to")

trail = Blueprint("trail", __name__)
section = Section(trail, (NavItem("trail.read", "admin.trail", frozenset({"auditor"})),))


@trail.get("/jejak")
@guarded_by("audit.read")
def read() -> str:
    """List entries, newest first; a filter that can't be read asks for nothing."""
    asked = {name: request.args.get(name, "").strip() for name in FILTERS}
    before = request.args.get("before", "")
    until = _day(asked["to"])
    found = actions.read(
        frame.platform(),
        frame.who(),
        login=asked["login"] or None,
        action=asked["action"] if asked["action"] in MAY else None,
        outcome=next((one for one in actions.OUTCOMES if one == asked["outcome"]), None),
        object_id=asked["about"] or None,
        since=_start(_day(asked["from"])),
        until=_start(until + timedelta(days=1) if until else None),
        before=int(before) if before.isascii() and before.isdigit() else None,
    )
    kept = {name: text for name, text in asked.items() if text}
    older = None
    if found.older is not None:
        older = f"{url_for('trail.read')}?{urlencode({**kept, 'before': found.older})}"
    return render_template(
        "trail/read.html",
        found=found,
        asked=asked,
        older=older,
        actions=sorted(MAY),
        outcomes=actions.OUTCOMES,
    )


@trail.get("/jejak/rantai")
@guarded_by("audit.verify")
def verify() -> str:
    """Go through the whole chain and say whether it is as it was written."""
    found = actions.verify(frame.platform(), frame.who())
    return render_template("trail/verified.html", found=found)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _start(day: date | None) -> datetime | None:
    """Return when a day of the service's zone begins, in UTC."""
    if day is None:
        return None
    door = frame.service()
    return datetime.combine(day, time(), door.zone if door else UTC).astimezone(UTC)
