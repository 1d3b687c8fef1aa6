"""What pages say, as somebody who reads them would write it down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from journeys.city import said
from journeys.dom import Element


@dataclass(frozen=True)
class AskedOf:
    """One agency on a decision page: by when, for what, and what of it waits for consent."""

    due: datetime
    services: str
    held: bool


def decided(page: Element) -> Mapping[str, AskedOf]:
    """Return what a decision page says of each agency, by name."""
    found = {}
    for line in page.first("ol", css="refs").all("li", css="ref"):
        found[line.first("h3").text] = AskedOf(
            due=datetime.fromisoformat(line.first("time")["datetime"]),
            services=line.first("p", css="muted").text,
            held=said("cases.referral.held") in line.text,
        )
    return found


def hours(page: Element, start: datetime) -> dict[str, float]:
    """Return the deadline of each agency on a decision page, in hours from ``start``."""
    return {name: (asked.due - start) / timedelta(hours=1) for name, asked in decided(page).items()}


def ruled_out(page: Element) -> set[str]:
    """Return the sentences of what a decision page says will not happen."""
    return {b.text for b in page.first("section", **{"aria-labelledby": "h-l"}).all("b")}


def notes(page: Element) -> set[str]:
    """Return the headings of the notes on a page."""
    return {head.text for note in page.all(css="note") for head in note.all("h2")}


def lists(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text is exactly these names, in any order, with commas or lines between."""
    for name in sorted(names, key=len, reverse=True):
        if name not in text:
            return False
        text = text.replace(name, "", 1)
    return not text.strip(", ")


def rows(page: Element) -> dict[str, Element]:
    """Return the rows of a page's tables by the number or name that each begins with."""
    found = {}
    for row in page.all("tr"):
        for head in row.all("th", scope="row")[:1]:
            numbers = head.all(css="num")
            found[numbers[0].text if numbers else head.text] = row
    return found
