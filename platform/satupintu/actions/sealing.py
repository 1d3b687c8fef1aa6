"""The audit trail, sealed and looked over."""

from __future__ import annotations

from satupintu.actions.action import Act, action
from satupintu.store import audit, chain
from satupintu.store.audit import Entry
from satupintu.store.chain import Verified


# No trail: its own entry would always be one more to seal.
@action("worker.seal", trail=False)
def seal_audit(act: Act) -> int:
    """Chain the entries that are not sealed yet; returns how many. A step of the worker."""
    return chain.seal(act.tx)


@action("audit.verify", reads=True)
def verify(act: Act) -> Verified:
    """Go through the whole trail; returns what was found, with the first break."""
    return chain.verify(act.tx)


@action("audit.read", reads=True)
def trail(
    act: Act,
    *,
    account: str | None = None,
    object_kind: str | None = None,
    object_id: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[Entry, ...]:
    """Return audit entries, newest first; ``before`` is the id that the last page ended with."""
    return audit.listed(
        act.tx,
        account=account,
        object_kind=object_kind,
        object_id=object_id,
        before=before,
        limit=limit,
    )
