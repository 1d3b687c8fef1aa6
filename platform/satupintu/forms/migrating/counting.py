"""Many stored answers migrated and counted: how many fit, which questions do not, and why.

Nothing that is counted says what an answer was, nor whose it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from satupintu.documents import Json
from satupintu.forms.document import Form
from satupintu.forms.migrating.fate import Migrated, named, stands
from satupintu.words import Text, say

Side = Literal["older", "newer"]


@dataclass(frozen=True)
class Line:
    """One question and one reason, and in how many sets of answers it was so.

    ``side`` says which version has the question. ``reason`` is the end of the key of a sentence
    ``migrating.because_…``; ``lost`` tells an answer that is left behind from one that is refused
    or missing.
    """

    side: Side
    question: str
    title: Text
    reason: str
    count: int

    @property
    def lost(self) -> bool:
        """Tell whether the answers fit without it: it is left behind, not refused."""
        return self.reason in ("dropped", "gone", "computed", "hidden")

    def sentence(self, language: str) -> str:
        """Return the reason in words."""
        return say(f"migrating.because_{self.reason}", language)


@dataclass(frozen=True)
class Counted:
    """What became of sets of answers: ``whole`` fit with everything, ``parted`` fit and left
    something behind, ``unfit`` have an answer that is refused or one that is missing.
    """

    looked: int
    whole: int
    parted: int
    unfit: int
    lines: tuple[Line, ...]

    @property
    def fit(self) -> int:
        """How many the newer version accepts."""
        return self.whole + self.parted

    def to_json(self, language: str) -> dict[str, Json]:
        """Return the counts as JSON, reasons in words too."""
        return {
            "answers": self.looked,
            "fit": self.fit,
            "fit_whole": self.whole,
            "unfit": self.unfit,
            "reasons": [
                {
                    "version": line.side,
                    "question": line.question,
                    "reason": line.reason,
                    "message": line.sentence(language),
                    "count": line.count,
                }
                for line in self.lines
            ],
        }


@dataclass
class Counting:
    """Counts sets of answers as they are migrated to ``newer``."""

    newer: Form
    looked: int = 0
    unfit: int = 0
    parted: int = 0
    found: Counter[tuple[Side, str, str]] = field(default_factory=Counter)
    titles: dict[tuple[Side, str], Text] = field(default_factory=dict)

    def add(self, older: Form, migrated: Migrated) -> None:
        """Count what became of one set of answers to ``older``."""
        self.looked += 1
        if not migrated.fits:
            self.unfit += 1
        elif migrated.lost:
            self.parted += 1
        for side, name, reason in {*_lost(migrated), *_refused(migrated, self.newer)}:
            self.found[side, name, reason] += 1
            questions: Mapping[str, object] = (older if side == "older" else self.newer).questions
            if name in questions:
                form = older if side == "older" else self.newer
                self.titles.setdefault((side, name), form.questions[name].title)

    def counted(self) -> Counted:
        """Return the counts: the most frequent reason first."""
        lines = (
            Line(side, name, self.titles.get((side, name), {"id": name}), reason, count)
            for (side, name, reason), count in self.found.items()
        )
        ordered = sorted(lines, key=lambda one: (one.lost, -one.count, one.question, one.reason))
        whole = self.looked - self.unfit - self.parted
        return Counted(self.looked, whole, self.parted, self.unfit, tuple(ordered))


def _lost(migrated: Migrated) -> Iterator[tuple[Side, str, str]]:
    for fate in migrated.lost:
        reason = f"unfit_{fate.reason or 'other'}" if fate.how == "unfit" else fate.how
        yield "older", fate.question or named(fate.place), reason


def _refused(migrated: Migrated, newer: Form) -> Iterator[tuple[Side, str, str]]:
    """Yield what the newer version misses, or refuses because of another answer."""
    for problem in migrated.problems:
        place: list[str | int] = []
        here: Json = migrated.answers
        for step in problem.pointer.split("/")[1:]:
            place.append(int(step) if isinstance(here, list) and step.isdigit() else step)
            here = _below(here, place[-1])
        missing = not stands(migrated.answers, tuple(place))
        name = _asked(newer, named(tuple(place)))
        yield "newer", name, "missing" if missing else "refused"


def _below(value: Json, step: str | int) -> Json:
    return value[step] if stands(value, (step,)) else None


def _asked(form: Form, name: str) -> str:
    """Return the question that a place belongs to: the innermost that the form has."""
    while name and name not in form.questions:
        name = name.rpartition(".")[0]
    return name
