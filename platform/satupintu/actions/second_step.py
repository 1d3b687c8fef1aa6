"""The step after the password: a code of the person's app, or one of their recovery codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from satupintu.actions import limiting, sessions
from satupintu.actions.action import Act, action
from satupintu.actions.limiting import Try
from satupintu.actions.platform import Platform
from satupintu.actions.sessions import Visit
from satupintu.errors import BadAnswers, NotAllowed, Problem, TooOften
from satupintu.people import limits, second_factor
from satupintu.people.account import Account
from satupintu.people.actor import PUBLIC
from satupintu.store import people, second_factors
from satupintu.store import sessions as kept_sessions


def take(
    platform: Platform, waiting: str, *, code: str, address: str, before: str | None = None
) -> Visit:
    """Open the session that a right password waits for under the token ``waiting``.

    ``before`` is the token of the session that this browser had, which ends. Raises BadAnswers with
    one sentence for a wrong and a used code, TooOften, NotAllowed where nothing waits (any more).
    """
    begun = _take(platform, PUBLIC, waiting, code, address, before)
    if isinstance(begun, Visit):
        return begun
    raise begun


@action("session.second_step")
def _take(
    act: Act, waiting: str, code: str, address: str, before: str | None
) -> Visit | BadAnswers | TooOften:
    account_id = kept_sessions.waits_for_code(act.tx, waiting, act.at)
    account = people.get(act.tx, account_id) if account_id is not None else None
    if account is None or not account.may_log_in:
        raise NotAllowed(Problem("second_factor.too_late"))
    tries = (
        Try(limits.LOGIN_BY_ACCOUNT, limits.by_login(account.login)),
        Try(limits.LOGIN_BY_ADDRESS, limits.by_address(address)),
    )
    refused = refusal(act, account, code, tries)
    if refused is not None:
        return refused
    if not kept_sessions.waits_no_more(act.tx, waiting):
        raise NotAllowed(Problem("second_factor.too_late"))
    return sessions.begin(act, account, before)


def refusal(
    act: Act, account: Account, code: str, tries: Sequence[Try]
) -> BadAnswers | TooOften | None:
    """Count a try and use the code up; return what to raise once that is kept, None if it is right.

    Notes for the audit trail which kind of code it was, or that it was none.
    """
    too_often = limiting.count(act.tx, act.at, tries)
    kind = None if too_often is not None else _used(act, account.id, second_factor.typed(code))
    if kind is not None:
        limiting.take_back(act.tx, act.at, tries)
        act.note("account", account.id, code=kind)
        return None
    act.refuse("account", account.id, reason="too_often" if too_often is not None else "code")
    return too_often or BadAnswers(Problem("second_factor.code_refused"))


def _used(act: Act, account_id: str, code: str) -> Literal["app", "recovery"] | None:
    if second_factor.is_recovery_code(code):
        return "recovery" if second_factors.use_code(act.tx, account_id, code, act.at) else None
    kept = second_factors.get(act.tx, account_id, held=True)
    step = second_factor.matching_step(kept.secret, code, act.at) if kept is not None else None
    if step is None:
        return None
    return "app" if second_factors.use_step(act.tx, account_id, step) else None
