"""The second factor: beside the password a code that an app on the person's own phone shows.

Codes are those of RFC 6238: six digits, a new one every 30 seconds. Recovery codes are sixteen
digits, so that one field and a phone's number pad take both.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

PERIOD = 30
"""Seconds that a code is shown."""
DRIFT = 1
"""Steps by which a phone's clock may be early or late."""
DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_DIGITS = 16
"""53 bits each: more than anybody can try, as tries are counted."""
HALF_WAY = timedelta(minutes=5)
"""How long a right password waits for its code."""

_GROUP = 4


@dataclass(frozen=True)
class SecondFactor:
    """What an account's app and the store share; it counts once a first code confirmed it.

    ``last_step`` is the newest step whose code was accepted: that code and older ones are used up.
    """

    account_id: str
    secret: str
    begun_at: datetime
    confirmed_at: datetime | None = None
    last_step: int = 0


def new_secret() -> str:
    """Return a new random secret of 160 bits, in the base 32 that apps read."""
    return pyotp.random_base32()


def address(secret: str, login: str, issuer: str) -> str:
    """Return what an app scans: the secret, whose it is and where it is for."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)


def grouped(text: str) -> str:
    """Return a secret or a code in groups of four, as a person copies it."""
    return " ".join(text[i : i + _GROUP] for i in range(0, len(text), _GROUP))


def new_recovery_codes() -> tuple[str, ...]:
    """Return codes that each replace the app once: for a phone that is lost."""
    drawn = (secrets.randbelow(10**RECOVERY_DIGITS) for _ in range(RECOVERY_CODES))
    return tuple(f"{number:0{RECOVERY_DIGITS}}" for number in drawn)


def typed(text: str) -> str:
    """Return a code as it was given out: people also type the spaces, or dashes in their place."""
    return "".join(text.replace("-", " ").split())


def is_recovery_code(code: str) -> bool:
    """Tell whether a code has the form of a recovery code."""
    return len(code) == RECOVERY_DIGITS and code.isascii() and code.isdigit()


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """Return the newest step around ``at`` whose code this is, None where it is none of them."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    app = pyotp.TOTP(secret, digits=DIGITS, interval=PERIOD)
    now = int(at.timestamp()) // PERIOD
    steps = range(now - DRIFT, now + DRIFT + 1)
    # All of them are compared, so that the time taken does not say which one it was.
    found = [s for s in steps if hmac.compare_digest(app.generate_otp(s), code)]
    return max(found, default=None)
