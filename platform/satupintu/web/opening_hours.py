"""When an agency is open, as a page says it."""

from __future__ import annotations

from collections.abc import Sequence

from satupintu.agencies.hours import Hours, OpenTime
from satupintu.web import frame
from satupintu.web.pages import say


def hours_in_words(hours: Hours) -> str:
    """``24 jam``, or ``Sen–Kam 08.00–16.00; Jum 08.00–16.30``."""
    if hours.always:
        return say("agency.always")
    return "; ".join(_entry(entry) for entry in hours.weekly)


def _entry(entry: OpenTime) -> str:
    times = (
        say("web.hour", hour=f"{at:%H}", minute=f"{at:%M}")
        for at in (entry.opens_at, entry.closes_at)
    )
    return f"{', '.join(_days(sorted(entry.days)))} {'–'.join(times)}"


def _days(days: Sequence[int]) -> list[str]:
    """Return the days with each run of three or more as ``Sen–Jum``."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = []
    for run in runs:
        names = [frame.wording().weekday_name(day + 1)[1] for day in run]
        said += [f"{names[0]}–{names[-1]}"] if len(run) > 2 else names
    return said
