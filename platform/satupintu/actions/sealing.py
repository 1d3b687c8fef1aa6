"""The audit trail, sealed: a step of the worker."""

from __future__ import annotations

from satupintu.actions.action import Act, action
from satupintu.store import chain


# No trail: its own entry would always be one more to seal.
@action("worker.seal", trail=False)
def seal_audit(act: Act) -> int:
    """Chain the entries that are not sealed yet; returns how many. A step of the worker."""
    return chain.seal(act.tx)
