"""A person's own second factor: switched on with a first code, off with the password and a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from satupintu.actions import second_step, sessions
from satupintu.actions.action import Act, action, deny
from satupintu.actions.limiting import Try
from satupintu.actions.platform import Platform
from satupintu.actions.sessions import Checked, Visit
from satupintu.config import SecondFactorSetting
from satupintu.errors import BadAnswers, Conflict, Problem, TooOften
from satupintu.people import limits
from satupintu.people import second_factor as factors
from satupintu.store import second_factors

PASSWORD = "/password"  # noqa: S105 - a pointer to a field
"""Where a problem stands that is not of the code."""

Codes = tuple[str, ...]
"""Recovery codes, shown this once."""


@dataclass(frozen=True)
class Standing:
    """How an account's second factor stands.

    ``secret`` is the one that waits for its first code; None before it was asked for and once the
    second factor is on: from then on nobody is shown it again.
    """

    setting: SecondFactorSetting
    on_since: datetime | None
    secret: str | None
    codes_left: int


@action("second_factor.read", reads=True)
def read(act: Act) -> Standing:
    """Return how the person's own second factor stands."""
    own = _own(act)
    kept = second_factors.get(act.tx, own)
    setting = act.platform.settings.second_factor
    if kept is None:
        return Standing(setting, None, None, 0)
    secret = kept.secret if kept.confirmed_at is None else None
    return Standing(setting, kept.confirmed_at, secret, second_factors.codes_left(act.tx, own))


@action("second_factor.begin")
def begin(act: Act) -> None:
    """Make a secret for the person's app; it counts once ``switch_on`` was given a code of it.

    Raises Conflict where the second factor is on, or this installation does not offer one.
    """
    if act.platform.settings.second_factor == "off":
        raise Conflict(Problem("second_factor.not_offered"))
    own = _own(act)
    second_factors.begin(act.tx, own, factors.new_secret(), act.at)
    act.note("account", own)


@action("second_factor.switch_on")
def switch_on(act: Act, code: str) -> Codes:
    """Let the second factor count, now that the app shows the right code; return recovery codes.

    Raises BadAnswers for another code, Conflict where no secret waits for one.
    """
    own = _own(act)
    kept = second_factors.get(act.tx, own, held=True)
    if kept is None or kept.confirmed_at is not None:
        raise Conflict(Problem("second_factor.not_begun"))
    step = factors.matching_step(kept.secret, factors.typed(code), act.at)
    if step is None:
        raise BadAnswers(Problem("second_factor.code_refused"))
    second_factors.confirm(act.tx, own, step, act.at)
    act.note("account", own)
    return _new_codes(act, own)


def renew_codes(platform: Platform, visit: Visit, *, password: str, code: str) -> Codes:
    """Make new recovery codes, after which the earlier ones do not work.

    Raises BadAnswers with a problem at ``PASSWORD``, or without a place for the code; TooOften.
    """
    made = _renew_codes(platform, visit.actor, _checked(platform, visit, password), code)
    if isinstance(made, tuple):
        return made
    raise made


def switch_off(platform: Platform, visit: Visit, *, password: str, code: str) -> None:
    """Forget the secret and the recovery codes. Raises as ``renew_codes``."""
    refused = _switch_off(platform, visit.actor, _checked(platform, visit, password), code)
    if refused is not None:
        raise refused


@action("second_factor.renew_codes")
def _renew_codes(act: Act, checked: Checked, code: str) -> Codes | BadAnswers | TooOften:
    return _refusal(act, checked, code) or _new_codes(act, _own(act))


@action("second_factor.switch_off")
def _switch_off(act: Act, checked: Checked, code: str) -> BadAnswers | TooOften | None:
    refused = _refusal(act, checked, code)
    if refused is None:
        second_factors.remove(act.tx, _own(act))
    return refused


def _checked(platform: Platform, visit: Visit, password: str) -> Checked:
    login = visit.actor.login or ""
    return sessions.check(
        platform, login, password, Try(limits.LOGIN_BY_ACCOUNT, limits.by_login(login))
    )


def _refusal(act: Act, checked: Checked, code: str) -> BadAnswers | TooOften | None:
    account = sessions.confirm(act, checked)
    if account is None or account.id != act.who.account_id:
        wrong = BadAnswers(Problem("people.password.not_yours", pointer=PASSWORD))
        return checked.too_often or wrong
    return second_step.refusal(act, account, code, checked.tries)


def _new_codes(act: Act, own: str) -> Codes:
    codes = factors.new_recovery_codes()
    second_factors.give_codes(act.tx, own, codes, act.at)
    return codes


def _own(act: Act) -> str:
    if act.who.account_id is None:
        raise deny()
    return act.who.account_id
