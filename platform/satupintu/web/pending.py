"""Keeps what somebody posted after their session had ended, until they have logged in again.

It travels sealed in the log-in page itself: nothing is stored for a person who is not logged in,
nobody else at the same screen can read it, and only the account whose session ended gets it back.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Response, g, make_response, render_template, request
from markupsafe import Markup

from satupintu.people.actor import Actor
from satupintu.web import frame, kept, sealing
from satupintu.web.kept import Kept

FIELD = "tertunda"
LIFE = timedelta(hours=12)
"""As long as a session may last: a working day later it is another person's screen."""

_PURPOSE = "pending"


def keep(whose: Actor) -> bool:
    """Seal what this request posted for ``whose`` session it was; tells whether there is anything.

    The log-in page of this answer then carries it, by ``field``.
    """
    posted = kept.posted()
    if posted is None or whose.account_id is None:
        return False
    value = [posted.action, [list(pair) for pair in posted.fields], posted.files]
    g.pending = sealing.seal(frame.platform(), _PURPOSE, whose.account_id, value, LIFE)
    return True


def field() -> Markup:
    """Return the hidden field for a log-in form; nothing where nothing waits."""
    text = _carried()
    if not text:
        return Markup()
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, text)


def waits() -> bool:
    """Tell whether the log-in page that is drawn carries something."""
    return bool(_carried())


def waiting(actor: Actor) -> Response | None:
    """Return the page that sends it again, now that its writer is back; None where none waits."""
    posted = _opened(actor)
    if posted is None:
        return None
    return make_response(render_template("people/pending.html", kept=posted))


def _carried() -> str:
    text: str = g.get("pending") or request.form.get(FIELD, "")
    return text


def _opened(actor: Actor) -> Kept | None:
    text = _carried()
    if not text or actor.account_id is None:
        return None
    found = sealing.opened(frame.platform(), _PURPOSE, actor.account_id, text)
    if found is None:
        return None
    action, fields, files = found
    return Kept(action, tuple((name, value) for name, value in fields), files)
