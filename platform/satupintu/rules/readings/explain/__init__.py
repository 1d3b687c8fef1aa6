"""Why a decision is as it is, why an agency is not part of it, and what would change that.

Data first (``reasons``, ``change``), words second (``words``, ``telling``); pages, commands and
tests share both.
"""

from satupintu.rules.readings.explain.change import Change, Edit, smallest_change
from satupintu.rules.readings.explain.reasons import (
    Because,
    Explanation,
    Part,
    Reason,
    Unasked,
    WhyNot,
    because,
    explain,
    why_not,
)

__all__ = [
    "Because",
    "Change",
    "Edit",
    "Explanation",
    "Part",
    "Reason",
    "Unasked",
    "WhyNot",
    "because",
    "explain",
    "smallest_change",
    "why_not",
]
