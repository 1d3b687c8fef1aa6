"""The headers of every answer: what a browser may load, keep, show elsewhere or tell others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from flask import Flask, Response

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

ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
    }
)

TRANSPORT = "max-age=63072000; includeSubDomains"


def permit(response: Response, uses: Iterable[str]) -> Response:
    """Let a page ask for what its questions use of a device; the reader still decides."""
    permissions = PERMISSIONS
    for name in sorted(set(uses)):
        permissions = permissions.replace(f"{name}=()", f"{name}=(self)")
    response.headers["Permissions-Policy"] = permissions
    return response


def install(app: Flask) -> None:
    """Set the headers on every answer of ``app``; what a view set itself stays."""
    secure = bool(app.config["SESSION_COOKIE_SECURE"])

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if secure:
            response.headers.setdefault("Strict-Transport-Security", TRANSPORT)
        return response
