"""The headers of every answer: what a browser may load, keep, show elsewhere or tell others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from flask import Flask, Response, g

# data: is for the empty icon of the tab alone. Without one, browsers ask for /favicon.ico and keep
# the address of the page in a store of icons that Clear-Site-Data doesn't reach.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
"""What no page may ask of a device, but for what its questions use."""

ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
    }
)

TRANSPORT = "max-age=63072000; includeSubDomains"


def let_use(names: Iterable[str]) -> None:
    """Let this answer's page ask for something of the device; whoever reads it still decides."""
    g.uses = frozenset(g.get("uses", ())) | set(names)


def _permissions() -> str:
    found = PERMISSIONS
    for name in sorted(g.get("uses", ())):
        found = found.replace(f"{name}=()", f"{name}=(self)")
    return found


def install(app: Flask) -> None:
    """Set the headers on every answer of ``app``; what a view set itself stays."""
    secure = bool(app.config["SESSION_COOKIE_SECURE"])

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Permissions-Policy", _permissions())
        response.headers.setdefault("Cache-Control", "no-store")
        if secure:
            response.headers.setdefault("Strict-Transport-Security", TRANSPORT)
        return response
