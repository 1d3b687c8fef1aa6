"""Telling a story: a form filled in page by page, as it asks."""

from __future__ import annotations

from collections.abc import Mapping

from journeys.city import City, said
from journeys.person import Person
from satupintu.documents import Json
from satupintu.forms.document import Form

MOST_TURNS = 12
"""Times that one page may come back with a further question, or get a further row."""


def assess(city: City, staff: Person, answers: Mapping[str, Json], *, told: bool = True) -> str:
    """Fill in a new assessment and send it; return the address of the case."""
    staff.open("/asesmen/baru")
    staff.press(said("intake.start"))
    return send_assessment(city, staff, answers, told=told)


def send_assessment(
    city: City, staff: Person, answers: Mapping[str, Json], *, told: bool = True
) -> str:
    """Fill in the assessment that is open and send it; return the address of the case."""
    fill(city, staff, city.form("assessment"), answers)
    assert staff.address.endswith("/periksa"), staff.address
    staff.press(said("intake.send"), {"told": "yes"} if told else {})
    return staff.address.removesuffix("/keputusan")


def fill(city: City, person: Person, form: Form, answers: Mapping[str, Json]) -> None:
    """Fill in every page of a form from the one that is open, each until it is left behind."""
    for page in form.pages:
        if person.address.rpartition("/")[2] == page.id:
            fill_page(person, city.typed(form, page, answers))


def fill_page(person: Person, typed: Mapping[str, Json], *, once: bool = False) -> None:
    """Answer what a page asks, and what it then asks more, until it leads on; or just once."""
    start = _step(person)
    for _ in range(MOST_TURNS):
        here = {n: v for n, v in typed.items() if n in person.names(act="next")}
        missing = typed.keys() - here.keys()
        group = next((n.partition(".")[0] for n in sorted(missing) if _in_row(n)), None)
        if group is not None and f"rows:{group}:add" in _acts(person):
            person.press(act=f"rows:{group}:add", typed=here)
            continue
        person.press(act="next", typed=here, status=None)
        if once or _step(person) != start:
            return
    raise AssertionError(f"{start} never leads on: {person.page.text[:3000]}")


def _step(person: Person) -> tuple[str, str]:
    """Return which step of a form is open: its address, or what it says of itself."""
    told = [c.get("value") for c in person.page.all("input", name="langkah")]
    return person.address, told[0] if told else ""


def _in_row(control: str) -> bool:
    return any(part.isdigit() for part in control.split("."))


def _acts(person: Person) -> set[str]:
    return {button.get("value") for button in person.page.all("button")}
