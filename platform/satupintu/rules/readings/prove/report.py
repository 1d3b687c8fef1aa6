"""What a proof found, to be shown, kept beside a version, and asked again after a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from satupintu.documents import Json

Word = Literal["proved", "refuted", "undetermined", "vacuous"]


@dataclass(frozen=True)
class Verdict:
    """What became of one guarantee; ``undetermined`` where time ran out, never taken for proved.

    A refuted one brings the smallest case that breaks it: its facts, and whole answers that the
    form accepts (None only where no made-up text fits a pattern). ``differs`` names the answers
    that are not those of a plain case; ``after`` holds the facts after the change that a
    ``monotone`` speaks of.
    """

    id: str
    verdict: Word
    ms: float
    counterexample: Mapping[str, Json] | None = None
    answers: Mapping[str, Json] | None = None
    differs: tuple[str, ...] = ()
    after: Mapping[str, Json] | None = None


@dataclass(frozen=True)
class Turn:
    """A derived fact that an unanswered question could turn, with a case where it would."""

    fact: str
    question: str
    case: Mapping[str, Json]


@dataclass(frozen=True)
class Report:
    """Everything that was proved of one rule set over one version of its form.

    ``always_true`` names conditions that hold of every case: a rule by its id, a case of a derived
    fact as ``fact/case``. ``unrouted`` is a case that reaches no agency, ``emptied`` one that loses
    every agency to exclusions or prohibitions. ``undetermined`` names what time ran out for.
    ``findings`` keeps each answer by what it hangs on, for the next proof.
    """

    ruleset: str
    form: str
    nothing_accepted: bool
    guarantees: tuple[Verdict, ...]
    unreachable: tuple[str, ...]
    redundant: tuple[str, ...]
    always_true: tuple[str, ...]
    turns: tuple[Turn, ...]
    unrouted: Mapping[str, Json] | None
    emptied: Mapping[str, Json] | None
    undetermined: tuple[str, ...]
    ms: float
    findings: Mapping[str, Json] = field(default_factory=dict, repr=False, compare=False)

    @property
    def holds(self) -> bool:
        """Tell whether every guarantee is proved and every case surely reaches an agency."""
        proved = all(v.verdict == "proved" for v in self.guarantees)
        return proved and self.unrouted is None and "unrouted" not in self.undetermined

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object that ``satupintu prove`` prints."""
        return {
            "guarantees": [
                {
                    "id": v.id,
                    "verdict": v.verdict,
                    "ms": v.ms,
                    "counterexample": v.counterexample,
                    "answers": v.answers,
                    "differs": list(v.differs),
                    **({} if v.after is None else {"after": v.after}),
                }
                for v in self.guarantees
            ],
            "unreachable": list(self.unreachable),
            "redundant": list(self.redundant),
            "unrouted": self.unrouted,
            "emptied": self.emptied,
            "always_true": list(self.always_true),
            "turns": [vars(turn) for turn in self.turns],
            "undetermined": list(self.undetermined),
            "nothing_accepted": self.nothing_accepted,
            "ruleset": self.ruleset,
            "form": self.form,
            "ms": self.ms,
        }

    @classmethod
    def from_json(
        cls, value: Mapping[str, Any], findings: Mapping[str, Json] | None = None
    ) -> Report:
        """Return the report that ``to_json`` wrote; ``findings`` are kept apart from it."""
        return cls(
            ruleset=value["ruleset"],
            form=value["form"],
            nothing_accepted=value["nothing_accepted"],
            guarantees=tuple(
                Verdict(**{**v, "differs": tuple(v["differs"])}) for v in value["guarantees"]
            ),
            unreachable=tuple(value["unreachable"]),
            redundant=tuple(value["redundant"]),
            always_true=tuple(value["always_true"]),
            turns=tuple(Turn(**turn) for turn in value["turns"]),
            unrouted=value["unrouted"],
            emptied=value["emptied"],
            undetermined=tuple(value["undetermined"]),
            ms=value["ms"],
            findings=findings or {},
        )
