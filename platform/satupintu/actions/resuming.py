"""Going on with a report later, on this device or another: a code to write down, and its end.

Until somebody asks for one, a report is kept for the browser that tells it and no longer than a
day. A code takes it from that browser: from then on whoever types the code goes on with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from satupintu.actions.action import Act, action, deny
from satupintu.actions.drafts import kept_for
from satupintu.actions.reports import count, held, opened_report
from satupintu.cases import tracking
from satupintu.errors import NotFound
from satupintu.people import limits, tokens
from satupintu.store import drafts


@dataclass(frozen=True)
class KeptForLater:
    """Until when a report is kept unless it is saved again, and the code that goes on with it.

    ``code`` is None where one was given before: it still holds and can't be shown again.
    """

    until: datetime
    code: str | None


@action("public.later")
def later(act: Act, holder: str, *, renew: bool = False) -> KeptForLater:
    """Give the code of this browser's report, and take the report from the browser.

    A report that has a code keeps it, and its browser, unless the person asks for another
    (``renew``); the earlier one then holds no longer. Raises NotFound where this browser holds no
    report, NotAllowed where its form lets nobody go on later.
    """
    draft = held(act, holder, lock=True)
    form = opened_report(act, draft).form
    if not form.settings.draft:
        raise deny("draft", draft.id)
    act.note("draft", draft.id)
    if draft.has_code and not renew:
        return KeptForLater(draft.expires_at, None)
    until = act.at + kept_for(act, form)
    code = tracking.new()
    saved = drafts.save(act.tx, replace(draft, updated_at=act.at, expires_at=until))
    drafts.give_code(act.tx, saved, code)
    return KeptForLater(until, code)


@action("public.resume")
def resume(act: Act, typed: str, address: str) -> str | None:
    """Return the token by which a browser holds the report of a code from now on; None where no
    report has this code (any more).

    Any other browser that held it does no longer. Raises TooOften, so that nobody finds a code by
    trying.
    """
    count(act, limits.RESUME_BY_ADDRESS, address)
    try:
        draft = drafts.by_code(act.tx, tracking.normalised(typed) or "", lock=True)
        if draft.expires_at <= act.at:
            act.refuse("draft", draft.id)
            return None
    except NotFound:
        act.refuse("draft", "")
        return None
    holder = tokens.new()
    drafts.hold(act.tx, draft, holder)
    act.note("draft", draft.id)
    return holder


@action("public.leave")
def leave(act: Act, holder: str) -> None:
    """Take the report from a browser that is being left: deleted, unless a code goes on with it."""
    try:
        draft = held(act, holder)
    except NotFound:
        return
    if draft.has_code:
        drafts.release(act.tx, draft)
    else:
        drafts.remove(act.tx, draft.id)
    act.note("draft", draft.id, kept=draft.has_code)
