"""Second factors: an account's secret, sealed with a key of its own, and its recovery codes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from satupintu.errors import Conflict, Problem
from satupintu.people.second_factor import SecondFactor
from satupintu.store import wrapped
from satupintu.store.keys import Cell
from satupintu.store.open import Transaction
from satupintu.store.tables import recovery_codes, second_factors

_BY_ID = select(second_factors).where(second_factors.c.id == bindparam("id"))
_ON = select(second_factors.c.id).where(second_factors.c.confirmed_at.is_not(None))


def begin(tx: Transaction, account_id: str, secret: str, at: datetime) -> None:
    """Keep a new secret that no code confirmed yet, in place of an earlier such one.

    Raises Conflict where the account's second factor is on.
    """
    of_account = second_factors.c.id == account_id
    tx.run(delete(second_factors).where(of_account, second_factors.c.confirmed_at.is_(None)))
    key = wrapped.new_key(tx, second_factors, account_id)
    sealed = wrapped.factor_key(tx, account_id).seal(_cell(account_id), secret.encode())
    new = {
        "id": account_id,
        "secret_sealed": sealed,
        "wrapped_key": key.sealed,
        "key_id": key.key_id,
        "begun_at": at,
        "last_step": 0,
    }
    if not tx.added(tx.insert(second_factors).values(new), second_factors.c.id):
        raise Conflict(Problem("second_factor.already_on"))


def get(tx: Transaction, account_id: str, *, held: bool = False) -> SecondFactor | None:
    """Return an account's second factor, confirmed or not, else None.

    ``held`` keeps others from replacing it until this transaction ends.
    """
    asked = _BY_ID.with_for_update() if held else _BY_ID
    row = tx.run(asked, {"id": account_id}).one_or_none()
    if row is None:
        return None
    secret = wrapped.factor_key(tx, account_id).open(_cell(account_id), row.secret_sealed)
    return SecondFactor(account_id, secret.decode(), row.begun_at, row.confirmed_at, row.last_step)


def is_on(tx: Transaction, account_id: str) -> bool:
    """Tell whether an account's second factor was confirmed."""
    return tx.run(_ON.where(second_factors.c.id == account_id)).first() is not None


def all_on(tx: Transaction) -> frozenset[str]:
    """Return the ids of the accounts whose second factor was confirmed."""
    return frozenset(tx.run(_ON).scalars())


def confirm(tx: Transaction, account_id: str, step: int, at: datetime) -> None:
    """Let the second factor count from now on; the code of ``step`` is used up."""
    tx.run(
        update(second_factors)
        .where(second_factors.c.id == account_id)
        .values(confirmed_at=at, last_step=step)
    )


def use_step(tx: Transaction, account_id: str, step: int) -> bool:
    """Use up the code of a step; False where it or a newer one was used.

    One statement asks and writes, so two log-ins at the same moment can't both have the code.
    """
    changed = tx.run(
        update(second_factors)
        .where(
            second_factors.c.id == account_id,
            second_factors.c.confirmed_at.is_not(None),
            second_factors.c.last_step < step,
        )
        .values(last_step=step)
    )
    return changed.rowcount == 1


def give_codes(tx: Transaction, account_id: str, codes: tuple[str, ...], at: datetime) -> None:
    """Keep the keyed hashes of new recovery codes; every earlier one stops working."""
    _forget_codes(tx, account_id)
    rows = [
        {"code_hash": _hash(tx, account_id, one), "account_id": account_id, "made_at": at}
        for one in codes
    ]
    tx.run(insert(recovery_codes), rows)


def use_code(tx: Transaction, account_id: str, code: str, at: datetime) -> bool:
    """Use up a recovery code; False where it is unknown or was used."""
    changed = tx.run(
        update(recovery_codes)
        .where(
            recovery_codes.c.code_hash == _hash(tx, account_id, code),
            recovery_codes.c.used_at.is_(None),
        )
        .values(used_at=at)
    )
    return changed.rowcount == 1


def codes_left(tx: Transaction, account_id: str) -> int:
    """Return how many recovery codes were not used yet."""
    asked = select(func.count()).where(
        recovery_codes.c.account_id == account_id, recovery_codes.c.used_at.is_(None)
    )
    return int(tx.run(asked).scalar_one())


def remove(tx: Transaction, account_id: str) -> bool:
    """Forget an account's secret and codes; tells whether its second factor was on."""
    was_on = is_on(tx, account_id)
    _forget_codes(tx, account_id)
    tx.run(delete(second_factors).where(second_factors.c.id == account_id))
    return was_on


def _forget_codes(tx: Transaction, account_id: str) -> None:
    tx.run(delete(recovery_codes).where(recovery_codes.c.account_id == account_id))


def _cell(account_id: str) -> Cell:
    return Cell(second_factors.name, account_id, "secret_sealed")


def _hash(tx: Transaction, account_id: str, code: str) -> str:
    return tx.keyring.token_hash("recovery_code", f"{account_id}/{code}")
