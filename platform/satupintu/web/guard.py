"""Which actions stand behind each route: declared at the view, so none is open by oversight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from flask import Flask, current_app

from satupintu.people.permissions import MAY

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "guarded_by"


def guarded_by(*actions: str) -> Callable[[View], View]:
    """Declare the actions that a view calls. The action itself checks the permission and writes
    the audit
    trail; the declaration is what tests and the start-up check read.
    """
    unknown = [a for a in actions if a not in MAY]
    if unknown or not actions:
        raise LookupError(f"no such action: {', '.join(unknown) or '(none named)'}")

    def declare(view: View) -> View:
        setattr(view, _MARK, actions)
        return view

    return declare


def open_to_all(view: View) -> View:
    """Declare a view that calls no action: it shows nothing of anybody."""
    setattr(view, _MARK, ())
    return view


def behind(endpoint: str | None) -> tuple[str, ...]:
    """Return the actions behind an endpoint of this process; none where there is no such page."""
    view = current_app.view_functions.get(endpoint or "")
    return cast("tuple[str, ...]", getattr(view, _MARK, ()))


def declared(app: Flask) -> Mapping[str, tuple[str, ...]]:
    """Return the declared actions of every endpoint. Raises LookupError where a view declares
    nothing.
    """
    found: dict[str, tuple[str, ...]] = {}
    for endpoint, view in app.view_functions.items():
        actions = getattr(view, _MARK, None)
        if actions is None:
            raise LookupError(f"{endpoint} declares neither guarded_by(...) nor open_to_all")
        found[endpoint] = actions
    return found
