"""Answers that a form computes from other answers."""

from __future__ import annotations

from dataclasses import dataclass

from satupintu.conditions.ast import Condition, Term


@dataclass(frozen=True)
class ComputedCase:
    """One way a computed answer gets its value: where ``when`` is true."""

    when: Condition
    value: Term | Condition | str


@dataclass(frozen=True)
class Computed:
    """The cases of a computed answer, in order; a single expression is one case that always holds."""

    cases: tuple[ComputedCase, ...]
