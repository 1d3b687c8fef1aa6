"""What templates can say and ask for: words, icons, times, addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for
from markupsafe import Markup

from satupintu import clock, words
from satupintu.errors import NotFound, Problem, SatuPintuError, Unavailable
from satupintu.web import forgery, frame, pending, static_files
from satupintu.web.icons import DOOR, ICONS, icon, tab_icon
from satupintu.web.language import QUERY
from satupintu.web.section import NavItem
from satupintu.web.wording import Due


@dataclass(frozen=True)
class NavEntry:
    """One entry of the header as it is drawn."""

    item: NavItem
    count: int


def install(app: Flask) -> None:
    """Give the templates of ``app`` their words."""
    app.jinja_env.globals.update(
        DOOR=DOOR,
        agency_name=agency_name,
        asset=static_files.address,
        has_page=has_page,
        icon=icon,
        in_language=in_language,
        language_name=words.name_of,
        languages=frame.languages,
        nav=nav,
        now=clock.now,
        pending=pending,
        page_language=frame.page_language,
        say=say,
        say_html=say_html,
        sentences=sentences,
        service=frame.service,
        strokes=lambda name: Markup(ICONS[name]),  # noqa: S704 - our own drawing
        start_address=start_address,
        tab_icon=tab_icon,
        token_field=forgery.token_field,
        who=frame.who,
    )
    app.jinja_env.filters.update(
        day=lambda value: frame.wording().day(value),
        due=due,
        hour=lambda value: frame.wording().hour(value),
        listing=lambda parts: frame.wording().listing(list(parts)),
        moment=lambda value: frame.wording().moment(value),
        number=lambda value, decimals=0: frame.wording().number(value, decimals),
        percent=lambda value, decimals=1: frame.wording().percent(value, decimals),
        short_day=lambda value: frame.wording().short_day(value),
        span=lambda value: frame.wording().span(value),
        stamp=stamp,
        text=lambda text: words.pick(text, frame.page_language()),
        time=lambda value: frame.wording().time(value),
        weekday=lambda value: frame.wording().weekday(value),
        when=lambda value: frame.wording().when(value),
    )


def say(key: str, /, **params: object) -> str:
    """Return a sentence of the catalogues in the language of this page."""
    return words.say(key, frame.page_language(), **params)


def say_html(key: str, /, **params: object) -> Markup:
    """Return a sentence whose catalogue text is markup; what fills it is escaped."""
    sentence = Markup(words.say(key, frame.page_language()))  # noqa: S704 - our own catalogue
    return sentence.format(**params) if params else sentence


def sentences(problems: Iterable[Problem]) -> list[str]:
    """Return what is wrong, in the language of this page."""
    return [p.sentence(frame.page_language()) for p in problems]


def by_field(error: SatuPintuError, otherwise: str) -> dict[str, str]:
    """Return what is wrong by the field it stands at; ``otherwise`` where it names none."""
    found: dict[str, str] = {}
    for problem in error.problems:
        field = problem.pointer.removeprefix("/") or otherwise
        found[field] = f"{found.get(field, '')} {problem.sentence(frame.page_language())}".strip()
    return found


def due(at: datetime) -> Due:
    """Return a deadline in words."""
    return frame.wording().due(at)


def stamp(value: datetime | date) -> str:
    """Return the ``datetime`` attribute of a ``<time>``."""
    return (frame.wording().local(value) if isinstance(value, datetime) else value).isoformat()


def has_page(endpoint: str) -> bool:
    """Tell whether this process shows ``endpoint``; a door that isn't here is not drawn."""
    return endpoint in current_app.view_functions


def in_language(code: str) -> str:
    """Return the address of this page in another language."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k != QUERY]
    return f"{request.path}?{urlencode([*kept, (QUERY, code)])}"


def nav() -> list[NavEntry]:
    """Return the header's entries for whoever asks, in the order of the sections."""
    role = frame.who().role
    return [
        NavEntry(item, _count(item))
        for section in frame.sections()
        for item in section.nav
        if role in item.roles
    ]


def first_page() -> str | None:
    """Return where the work of whoever asks starts; None where this process has no page for it."""
    role = frame.who().role
    items = (item for section in frame.sections() for item in section.nav)
    return next((item.endpoint for item in items if role in item.roles), None)


def start_address() -> str:
    """Return where "to the start" leads: the front door, or the person's own work."""
    if frame.who().role == "public" or not has_page("home.start"):
        return "/"
    return url_for("home.start")


def agency_name(code: str) -> str:
    """Return an agency's name; the code itself where no agency in force has it."""
    try:
        agency = frame.documents().agencies().get(code)
    except (Unavailable, NotFound):
        return code
    return words.pick(agency.name, frame.page_language()) if agency else code


def _count(item: NavItem) -> int:
    try:
        return item.count() if item.count else 0
    except Unavailable:
        return 0  # the page that says so is drawn with the same header
