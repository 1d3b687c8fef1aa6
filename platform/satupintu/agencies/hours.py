"""When an agency is open, by its own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS: tuple[str, ...] = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
"""Monday to Sunday, as the agencies document writes them; the index is Python's ``weekday()``."""


@dataclass(frozen=True)
class OpenTime:
    """Hours on some days of each week; a closing not after the opening is on the next day."""

    days: frozenset[int]
    opens_at: time
    closes_at: time


@dataclass(frozen=True)
class Hours:
    """Opening hours: around the clock, or weekly."""

    zone: ZoneInfo
    always: bool
    weekly: tuple[OpenTime, ...] = ()

    def open_at(self, moment: datetime) -> bool:
        """Tell whether somebody is there at ``moment`` (any zone)."""
        if self.always:
            return True
        local = moment.astimezone(self.zone)
        return any(opens <= local < closes for opens, closes in self._around(local))

    def next_open(self, moment: datetime) -> datetime | None:
        """Return ``moment`` while open, else the next opening; None without one in a week."""
        if self.open_at(moment):
            return moment
        local = moment.astimezone(self.zone)
        later = [opens for opens, _ in self._around(local) if opens > local]
        return min(later, default=None)

    def _around(self, local: datetime) -> list[tuple[datetime, datetime]]:
        spans = []
        for offset in range(-1, 8):
            day = local.date() + timedelta(days=offset)
            for entry in self.weekly:
                if day.weekday() in entry.days:
                    overnight = timedelta(days=1 if entry.closes_at <= entry.opens_at else 0)
                    spans.append(
                        (
                            datetime.combine(day, entry.opens_at, self.zone),
                            datetime.combine(day + overnight, entry.closes_at, self.zone),
                        )
                    )
        return spans
