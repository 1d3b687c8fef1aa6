"""Puts one process's pages together: its sections, in what every answer must have."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, request
from jinja2 import ChoiceLoader, PackageLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from satupintu.actions.platform import Platform
from satupintu.web import compression, failures, forgery, frame, guard, headers, language, pages
from satupintu.web.section import Section

MAX_BODY = 48 * 1024 * 1024
"""Bytes of a whole request: twice the largest file that a shipped form accepts, and the answers."""
MAX_FIELDS = 4 * 1024 * 1024
"""Bytes of all fields that are not files: a text past its own limit is the question's problem."""


def build(platform: Platform, sections: Sequence[Section], *, package: str) -> Flask:
    """Return an application with ``sections`` on it; ``package`` brings templates of its own,
    found first.

    Raises LookupError where a view declares neither the actions behind it nor that it is open to
    all.
    """
    app = Flask(package, static_folder=None, template_folder=None)
    app.jinja_loader = ChoiceLoader(
        [PackageLoader(name) for name in dict.fromkeys((package, "satupintu.web"))]
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_FIELDS)
    app.extensions.update(
        {frame.PLATFORM: platform, frame.SECTIONS: tuple(sections), frame.SERVICE: None}
    )

    if platform.settings.secure_cookies:
        # TLS ends at one proxy in front: it says what the person's address and scheme were.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    forgery.install(app, platform.signing_key("web"), secure=platform.settings.secure_cookies)
    compression.install(app)
    headers.install(app)
    app.after_request(_remember_language)
    failures.install(app)
    pages.install(app)
    for section in sections:
        app.register_blueprint(section.blueprint)
    guard.declared(app)
    return app


def _remember_language(response: Response) -> Response:
    if language.QUERY in request.args:
        language.remember(request, response, frame.languages())
    return response
