"""What the platform does about the flags of a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from satupintu.documents import Json
from satupintu.rules.decision import Decision
from satupintu.rules.document import Flag


@dataclass(frozen=True)
class Effects:
    """What the flags ask for, as flag ids in the decision's order.

    ``head_only`` holds the agencies at which only the head sees the case.
    """

    call_head: tuple[str, ...] = ()
    do_not_contact: tuple[str, ...] = ()
    head_only: frozenset[str] = frozenset()


def effects(flags: Mapping[str, Flag], decision: Decision, facts: Mapping[str, Json]) -> Effects:
    """Return what a decision's flags ask for. ``facts`` are the case's, derived ones not needed."""
    known = {**facts, **decision.derived}
    raised = [flags[one] for one in decision.flags]
    return Effects(
        call_head=tuple(f.id for f in raised if f.effect == "call_head"),
        do_not_contact=tuple(f.id for f in raised if f.effect == "do_not_contact"),
        head_only=frozenset(
            agency
            for f in raised
            if f.effect == "restrict_to_head"
            for agency in _restricted(f, known)
        ),
    )


def _restricted(flag: Flag, facts: Mapping[str, Json]) -> list[str]:
    if flag.fact is None or flag.agencies is None:
        return []
    value = facts.get(flag.fact)
    chosen = value if isinstance(value, list | tuple) else [value]
    return [agency for one in chosen for agency in flag.agencies.get(str(one), ())]
