"""A rule-set document as typed, frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from satupintu.conditions.ast import Condition
from satupintu.conditions.types import FactTypes
from satupintu.documents import Json
from satupintu.rules.decision import Consent, Urgency
from satupintu.words import Text

FlagEffect = Literal["call_head", "do_not_contact", "restrict_to_head"]


@dataclass(frozen=True)
class Outcome:
    """What a rule refers to: a service of an agency, by when, how urgently, under which consent."""

    agency: str
    service: str
    within_hours: int
    urgency: Urgency
    consent: Consent


@dataclass(frozen=True)
class Rule:
    """A condition with what follows from it."""

    id: str
    title: Text
    why: Text
    basis: tuple[str, ...]
    when: Condition
    refer: tuple[Outcome, ...]
    exclude: tuple[str, ...]
    forbid: tuple[tuple[str, str], ...]
    flag: tuple[str, ...]


@dataclass(frozen=True)
class DerivedCase:
    """One way a derived fact gets its value."""

    id: str
    when: Condition
    value: str
    why: Text


@dataclass(frozen=True)
class DerivedFact:
    """A choice that the rule set computes: the first case that is true, else ``otherwise``."""

    id: str
    title: Text
    options: Mapping[str, Text]
    cases: tuple[DerivedCase, ...]
    otherwise: str
    otherwise_why: Text
    headline: bool = False


@dataclass(frozen=True)
class Flag:
    """A mark on a case; ``effect`` is what the platform does about it.

    For ``restrict_to_head``, ``agencies`` maps each value of ``fact`` to the agencies where only
    the head sees the case.
    """

    id: str
    title: Text
    effect: FlagEffect | None = None
    fact: str | None = None
    agencies: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Promise:
    """What a guarantee speaks of: an agency, service and deadline as far as said, or a flag."""

    agency: str | None = None
    service: str | None = None
    within_hours: int | None = None
    flag: str | None = None


@dataclass(frozen=True)
class Monotone:
    """Changing ``fact`` alone never removes an agency nor lengthens a deadline."""

    fact: str
    before: bool | int | str
    after: bool | int | str


@dataclass(frozen=True)
class Guarantee:
    """A claim for every possible case under ``given``: any of ``always``, none of ``never``."""

    id: str
    title: Text
    given: Condition
    always: tuple[Promise, ...] = ()
    never: tuple[Promise, ...] = ()
    monotone: Monotone | None = None


@dataclass(frozen=True)
class Example:
    """One set of facts with the decision a policy owner expects; ``expect`` as in the document."""

    id: str
    title: Text
    facts: Mapping[str, Json]
    expect: Mapping[str, Json]


@dataclass(frozen=True)
class RuleSet:
    """A rule set whose conditions are read and typed.

    ``types`` holds the form's facts and the derived ones. ``hash`` is the content hash of the
    document: the name of this version.
    """

    id: str
    form: str
    title: Text
    facts: tuple[DerivedFact, ...]
    rules: tuple[Rule, ...]
    flags: Mapping[str, Flag]
    guarantees: tuple[Guarantee, ...]
    examples: tuple[Example, ...]
    types: FactTypes
    hash: str
