"""The icons drawn in place: no further request, and no sprite that a part of a page lacks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

from markupsafe import Markup

_STROKES: dict[str, str] = {
    "alert": '<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.3v.1"/>',
    "ban": '<circle cx="12" cy="12" r="9"/><path d="M5.7 5.7l12.6 12.6"/>',
    "boxes": (
        '<rect x="4" y="4" width="6.5" height="6.5" rx="1.5"/><path d="M13.5 7.2h6.5M13.5 '
        '17h6.5"/><path d="M4.5 17l2 2 3.5-4"/>'
    ),
    "branch": (
        '<circle cx="6" cy="5" r="2"/><circle cx="6" cy="19" r="2"/><circle cx="18" '
        'cy="12" r="2"/><path d="M6 7v10M6 12h10"/>'
    ),
    "calculator": '<path d="M18 5H7l6 7-6 7h11"/>',
    "calendar": (
        '<rect x="4" y="5.5" width="16" height="15" rx="2"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>'
    ),
    "chat": '<path d="M4 5h16v11H10l-5 4v-4H4z"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.4 2"/>',
    "copy": (
        '<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 5.5a1.5 1.5 '
        '0 0 0-1.5-1H6a1.5 1.5 0 0 0-1.5 1.5v8a1.5 1.5 0 0 0 1 1.5"/>'
    ),
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "document": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h6"/>',
    "down": '<path d="M12 5v14M6 13l6 6 6-6"/>',
    "exit": (
        '<path d="M14 4h5a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-5"/><path d="M3 12h12M11 8l4 4-4 4"/>'
    ),
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
        '<circle cx="12" cy="12" r="2.6"/>'
    ),
    "flag": '<path d="M5 21V4M5 4.5c4-2 7 2 14 0v9c-7 2-10-2-14 0"/>',
    "history": '<path d="M4 5v5h5"/><path d="M4.5 10a8 8 0 1 1-.3 4"/><path d="M12 8v4.3l3 1.7"/>',
    "home": '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>',
    "left": '<path d="M15 5l-7 7 7 7"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "pen": '<path d="M4 20l1-4L16 5l3 3L8 19l-4 1z"/>',
    "phone": (
        '<path d="M6.5 3.5h3l1.5 4-2 1.5a12 12 0 0 0 6 6l1.5-2 4 1.5v3a2 2 0 0 1-2.2 '
        '2A16.5 16.5 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z"/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7z"/>',
    "radio": '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="3.3"/>',
    "refresh": (
        '<path d="M20 6v5h-5M4 18v-5h5"/><path d="M19 11a7.5 7.5 0 0 0-13.5-2.5M5 13a7.5 '
        '7.5 0 0 0 13.5 2.5"/>'
    ),
    "right": '<path d="M9 5l7 7-7 7"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>',
    "send": '<path d="M21 3L10 14M21 3l-6.5 18-4.5-7-7-4.5L21 3z"/>',
    "shield": (
        '<path d="M12 3l7.5 3v5.5c0 4.7-3.2 8-7.5 9.5-4.3-1.5-7.5-4.8-7.5-9.5V6L12 3z"/>'
        '<path d="M8.5 12l2.5 2.5 4.5-5"/>'
    ),
    "shield-cross": (
        '<path d="M12 3l7.5 3v5.5c0 4.7-3.2 8-7.5 9.5-4.3-1.5-7.5-4.8-7.5-9.5V6L12 3z"/>'
        '<path d="M9.3 9.3l5.4 5.4M14.7 9.3l-5.4 5.4"/>'
    ),
    "shield-question": (
        '<path d="M12 3l7.5 3v5.5c0 4.7-3.2 8-7.5 9.5-4.3-1.5-7.5-4.8-7.5-9.5V6L12 3z"/>'
        '<path d="M9.8 9.8a2.3 2.3 0 1 1 3.3 2.100c-.7.4-1.1.8-1.1 1.600M12 16.2v.1"/>'
    ),
    "swap": '<path d="M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4"/>',
    "text": '<path d="M5 6h14M12 6v13"/>',
    "toggle": (
        '<rect x="2.5" y="7" width="19" height="10" rx="5"/><circle cx="16.5" cy="12" r="2.5"/>'
    ),
    "trash": '<path d="M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13"/>',
    "up": '<path d="M12 19V5M6 11l6-6 6 6"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c.8-3.8 3.8-6 7.5-6s6.7 2.2 7.5 6"/>',
    "users": (
        '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 19.5c.6-3.4 3.2-5.4 6.5-5.4s5.9 2 '
        '6.5 5.4"/><path d="M16 5a3.3 3.3 0 0 1 0 6.3M18 14.5c2 .8 3.2 2.5 3.5 5"/>'
    ),
    "warning": '<path d="M12 4L2.5 20h19L12 4z"/><path d="M12 10v4.5M12 17.4v.1"/>',
}

ICONS: Mapping[str, str] = MappingProxyType(_STROKES)
"""Strokes by name, drawn in a box of 24 by 24."""


def icon(name: str, extra: str = "") -> Markup:
    """Return a decorative icon; the word that goes with it stands beside it. Raises KeyError."""
    return Markup(  # noqa: S704 - every part is ours
        f'<svg class="icon{" " + extra if extra else ""}" viewBox="0 0 24 24" aria-hidden="true"'
        f' focusable="false">{ICONS[name]}</svg>'
    )


DOOR = Markup(
    '<svg class="brand__door" viewBox="0 0 28 28" aria-hidden="true" focusable="false">'
    '<path class="door-leaf" d="M9.5 24.5v-11c0-3 1.7-5.2 6-6.2v19.7z"/>'
    '<path class="door-frame" d="M5 24.5V12.5C5 6.7 9 3 14 3s9 3.7 9 9.5v12'
    'M2.5 24.5h6M16.5 24.5h9"/>'
    "</svg>"
)
"""The open door of the wordmark."""


_IN_THE_TAB: Mapping[str, str] = MappingProxyType({"calendar": "calendar", "page": "document"})


def tab_icon(name: str = "none") -> str:
    """Return the address of a form's neutral icon, which is the icon itself: nothing is fetched."""
    if name not in _IN_THE_TAB:
        return "data:,"
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#777"'
        f' stroke-width="2">{ICONS[_IN_THE_TAB[name]]}</svg>'
    )
    return f"data:image/svg+xml,{quote(drawn)}"
