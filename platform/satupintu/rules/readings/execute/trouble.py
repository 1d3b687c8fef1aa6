"""What can be wrong with the engine; none of it may ever lose a case."""

from __future__ import annotations

from typing import Literal

from satupintu.errors import Problem, Unavailable

Trouble = Literal["failed", "crashed", "timed_out", "closed", "differs"]
"""Gave an error, ended by itself, gave no answer in time, was closed, or said something else."""


class EngineTrouble(Unavailable):
    """The engine gave no answer to rely on; a person decides where the case goes."""

    def __init__(self, what: Trouble, detail: str = "") -> None:
        self.what: Trouble = what
        self.detail = detail
        super().__init__(Problem(f"rules.engine_{what}"))
