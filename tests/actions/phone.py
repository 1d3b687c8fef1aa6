"""An app on a person's phone, which shows codes."""

from __future__ import annotations

from dataclasses import dataclass

import pyotp

from satupintu import clock


@dataclass(frozen=True)
class Phone:
    """What scanned a secret."""

    secret: str

    def code(self, later: int = 0) -> str:
        """Return the code of now, or of so many steps later."""
        return pyotp.TOTP(self.secret.replace(" ", "")).at(clock.now(), counter_offset=later)

    def wrong(self) -> str:
        """Return six digits that the app shows neither now nor soon."""
        shown = {self.code(step) for step in range(-3, 4)}
        return next(f"{n:06}" for n in range(10) if f"{n:06}" not in shown)
