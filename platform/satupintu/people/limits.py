"""How often somebody may try: windows and counts, pure; the store counts, for all processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address


@dataclass(frozen=True)
class Limit:
    """At most ``count`` tries in each ``window``; windows start at whole multiples since 1970."""

    name: str
    count: int
    window: timedelta

    def starts(self, at: datetime) -> datetime:
        """Return when the window that holds ``at`` started, in UTC."""
        seconds = int(self.window.total_seconds())
        return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)

    def allows(self, tried: int) -> bool:
        """Tell whether one more try is fine after ``tried`` in this window."""
        return tried < self.count

    def wait(self, at: datetime) -> timedelta:
        """Return how long until the next window."""
        return self.starts(at) + self.window - at.astimezone(UTC)

    def key(self, subject: str) -> str:
        """Return the text that is counted (the store keeps its keyed hash only)."""
        return f"{self.name}:{subject}"


LOGIN_BY_ACCOUNT = Limit("login-account", 10, timedelta(minutes=15))
LOGIN_BY_ADDRESS = Limit("login-address", 60, timedelta(minutes=15))
FOLLOW_BY_ADDRESS = Limit("follow-address", 30, timedelta(minutes=15))
RESUME_BY_ADDRESS = Limit("resume-address", 20, timedelta(minutes=15))
REPORT_BY_ADDRESS = Limit("report-address", 30, timedelta(hours=1))
LINK_BY_ADDRESS = Limit("link-address", 20, timedelta(minutes=15))

LIMITS: tuple[Limit, ...] = (
    LOGIN_BY_ACCOUNT,
    LOGIN_BY_ADDRESS,
    FOLLOW_BY_ADDRESS,
    RESUME_BY_ADDRESS,
    REPORT_BY_ADDRESS,
    LINK_BY_ADDRESS,
)
"""Log-ins count failures, known name or not; an office behind one address stays well below."""


def by_login(login: str) -> str:
    """Return the subject of a limit by account: the typed name, folded, known or not."""
    return login.strip().casefold()[:200]


def by_address(address: str) -> str:
    """Return the subject of a limit by address: for IPv6 the whole /64 that its caller owns."""
    try:
        read = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(read, IPv6Address):
        if read.ipv4_mapped is not None:
            return str(read.ipv4_mapped)
        return f"{IPv6Address(int(read) >> 64 << 64)}/64"
    return str(read)
