"""How pages write moments, days, spans, deadlines and numbers: by language and time zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from satupintu import clock
from satupintu.words import say

SOON = timedelta(hours=4)
"""A deadline this near is marked; nearer than that, people still can act in one shift."""

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WITH_MINUTES = 6
"""Up to so many hours a span is written with its minutes."""


@dataclass(frozen=True)
class Due:
    """A deadline in words: relative first, absolute below it."""

    state: Literal["over", "soon", "later"]
    relative: str
    absolute: str


@dataclass(frozen=True)
class Wording:
    """Writes values for one language and one time zone. Moments carry their zone; days are plain
    dates.
    """

    language: str
    zone: ZoneInfo

    def local(self, moment: datetime) -> datetime:
        """Return the same moment on the service's clock."""
        return moment.astimezone(self.zone)

    def today(self) -> date:
        """Return the day it is at the service."""
        return self.local(clock.now()).date()

    def hour(self, moment: datetime) -> str:
        """``10.15``, without the zone: where another time beside it names it."""
        at = self.local(moment)
        return self._say("web.hour", hour=f"{at:%H}", minute=f"{at:%M}")

    def time(self, moment: datetime) -> str:
        """``10.15 WIB``."""
        return self._say("web.time", hour=self.hour(moment), zone=f"{self.local(moment):%Z}")

    def day(self, day: date) -> str:
        """``23 November 2026``, of a date or of a moment."""
        on = self._date(day)
        month = self._say(f"web.month_{on.month}")
        return self._say("web.date", day=on.day, month=month, year=on.year)

    def weekday(self, day: date) -> str:
        """``Senin, 23 November 2026``."""
        on = self._date(day)
        weekday = self._say(f"web.weekday_{on.isoweekday()}")
        return self._say("web.date_with_weekday", weekday=weekday, date=self.day(on))

    def weekday_name(self, number: int) -> tuple[str, str]:
        """``("Senin", "Sen")`` for 1, as ISO 8601 counts."""
        return self._say(f"web.weekday_{number}"), self._say(f"web.weekday_short_{number}")

    def month(self, day: date) -> str:
        """``November 2026``."""
        on = self._date(day)
        return self._say(
            "web.month_of_year", month=self._say(f"web.month_{on.month}"), year=on.year
        )

    def short_day(self, day: date) -> str:
        """``Sel 24 Nov``, with the year where it is not this year."""
        on = self._date(day)
        short = self._say(
            "web.short_date",
            weekday=self._say(f"web.weekday_short_{on.isoweekday()}"),
            day=on.day,
            month=self._say(f"web.month_short_{on.month}"),
        )
        if on.year == self.today().year:
            return short
        return self._say("web.short_date_of_year", date=short, year=on.year)

    def moment(self, moment: datetime) -> str:
        """``23 November 2026, 10.15 WIB``."""
        return self._say("web.date_and_time", date=self.day(moment), time=self.time(moment))

    def when(self, moment: datetime) -> str:
        """``10.15 WIB`` today, ``Sel 24 Nov, 10.15`` on another day."""
        if self._date(moment) == self.today():
            return self.time(moment)
        short, hour = self.short_day(moment), self.hour(moment)
        return self._say("web.date_and_time", date=short, time=hour)

    def span(self, length: timedelta) -> str:
        """``50 menit``, ``1 jam 20 menit``, ``20 jam``, ``2 hari 21 jam``; rounded down."""
        if length >= _DAY:
            days, rest = divmod(length, _DAY)
            return self._join_units(("days", days), ("hours", rest // _HOUR))
        hours, rest = divmod(length, _HOUR)
        minutes = rest // _MINUTE if hours < _WITH_MINUTES else 0
        if not hours and not minutes:
            return self._say("web.under_a_minute")
        return self._join_units(("hours", hours), ("minutes", minutes))

    def due(self, at: datetime) -> Due:
        """Return a deadline as pages show it now: ``Lewat 50 menit``, ``batas 12.15 WIB``."""
        left = at - clock.now()
        absolute = self._say("web.due_at", when=self.when(at))
        if left <= timedelta(0):
            # Past a day, hours would only make the line longer: late is late.
            late = -left if -left < _DAY else (-left // _DAY) * _DAY
            return Due("over", self._say("web.due_over", span=self.span(late)), absolute)
        state: Literal["soon", "later"] = "soon" if left <= SOON else "later"
        return Due(state, self._say("web.due_left", span=self.span(left)), absolute)

    def number(self, value: float, decimals: int = 0) -> str:
        """``1.512``; with decimals ``88,4``."""
        english = f"{value:,.{decimals}f}"
        marks = str.maketrans(",.", self._say("web.thousands_mark") + self._say("web.decimal_mark"))
        return english.translate(marks)

    def percent(self, share: float, decimals: int = 1) -> str:
        """``88,4%``, of a share between 0 and 1."""
        return self._say("web.percent", number=self.number(share * 100, decimals))

    def listing(self, parts: Sequence[str]) -> str:
        """``polisi, rumah sakit, dan bantuan hukum``."""
        if len(parts) < 2:
            return "".join(parts)
        *head, last = parts
        key = "web.list_two" if len(head) == 1 else "web.list_more"
        return self._say(key, head=", ".join(head), last=last)

    def _date(self, day: date) -> date:
        return self.local(day).date() if isinstance(day, datetime) else day

    def _join_units(self, *units: tuple[str, int]) -> str:
        return " ".join(self._say(f"web.{unit}", count=count) for unit, count in units if count)

    def _say(self, key: str, **params: object) -> str:
        return say(key, self.language, **params)
