"""Hours, days and years between two dates, as arithmetic over their numbers."""

from __future__ import annotations

from satupintu.rules.readings.prove.logic import Formula, Logic, Number

HOUR = 3600
DAY = 24 * HOUR
WIDEST_OFFSET = DAY - 60
"""Seconds that a local clock may be ahead of UTC or behind it (RFC 3339)."""
_BEFORE_MARCH = 59


class Calendar:
    """Numbers that dates come to; ``true`` grows by what is true of them."""

    def __init__(self, logic: Logic) -> None:
        self._logic = logic
        self._years: dict[int, tuple[Number, Number]] = {}
        self.true: list[Formula] = []

    def hours_between(self, start: Number, end: Number) -> Number:
        """Return the whole hours between two moments, in seconds, rounded down."""
        hours = self._logic.number("hours")
        passed = end - start
        self.true += [hours * HOUR <= passed, passed < hours * HOUR + HOUR]
        return hours

    def years_between(self, start: Number, end: Number) -> Number:
        """Return the whole years between two days, by ordinal; as ``meaning.years_between``."""
        (year, place), (last_year, last_place) = self._year(start), self._year(end)
        one, none = self._logic.whole(1), self._logic.whole(0)
        return last_year - year - self._logic.either(last_place < place, one, none)

    def _year(self, day: Number) -> tuple[Number, Number]:
        """Return the year of a day, and its place in a year that always has a 29 February."""
        found = self._years.get(day.get_id())
        if found is None:
            found = self._years[day.get_id()] = self._taken_apart(day)
        return found

    def _taken_apart(self, day: Number) -> tuple[Number, Number]:
        logic = self._logic
        year, place = logic.number("year"), logic.number("place")
        before = year - 1
        passed = before * 365 + before / 4 - before / 100 + before / 400
        leap = logic.every((year % 4 == 0, logic.some((year % 100 != 0, year % 400 == 0))))
        self.true += [
            year >= 1,
            place >= 1,
            place <= logic.either(leap, logic.whole(366), logic.whole(365)),
            day == passed + place,
        ]
        shifted = logic.every((place > _BEFORE_MARCH, logic.no(leap)))
        return year, logic.either(shifted, place + 1, place)


def local_day(logic: Logic, moment: Number, day: Number, epoch: int) -> Formula:
    """Return that ``day``, an ordinal, may be what a clock somewhere shows at ``moment``."""
    start = (day - epoch) * DAY
    return logic.every((start - WIDEST_OFFSET <= moment, moment < start + DAY + WIDEST_OFFSET))
