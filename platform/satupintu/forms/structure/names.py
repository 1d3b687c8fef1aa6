"""Control names of places: dotted paths, where no key can be taken for a step or an act."""

from __future__ import annotations

from urllib.parse import quote

SAFE = "$@!*'()+,;= -_/&"


def below(control: str, key: str | int) -> str:
    """Return the control name of a member of what a control name stands for."""
    return f"{control}.{escaped(str(key))}"


def beside(control: str, what: str) -> str:
    """Return the control name of what stands beside an answer: a choice, a tick, a key."""
    return f"{control}.~{escaped(what)}"


def escaped(key: str) -> str:
    """Return a key without dots, colons, tildes at its start, and letters no id may hold."""
    text = quote(key, safe="-_") if not key.isascii() or not key.isalnum() else key
    return text.replace(".", "%2E").replace("~", "%7E") or "%00"
