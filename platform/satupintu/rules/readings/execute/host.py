"""durable_rules itself: load networks, assert one fact, walk what fired, retract it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import durable_rules_engine as durable

from satupintu.rules.readings.execute.trouble import EngineTrouble

MATCHED, NOTHING_MATCHED = 0, 1

# One state and one fact for ever: the engine knows both by a 32-bit hash; a new one for each case
# would leak, and one day collide.
IDENTITY = '"sid":"0","id":"0"'

CATCH_ALL = "z"
"""The key of the one rule that matches nothing but the message sent at the start."""


@dataclass(frozen=True)
class Definition:
    """A network as the engine reads it; every rule name in it is ``width`` characters long."""

    text: str
    width: int


class Host(Protocol):
    """Where networks run: in this process or in one of their own."""

    def fired(self, network: int, properties: str) -> list[str]:
        """Return the names of the rules that fire in one network. Raises EngineTrouble.

        ``properties`` are those of the fact as JSON, each with a comma before it.
        """

    def close(self) -> None:
        """Give back what is held."""


class LocalHost:
    """Networks in this process, for one thread at a time: the C module never yields, nor locks."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self._definitions = tuple(definitions)
        self._handles = [_load(definition) for definition in self._definitions]
        self._names = [slice(2, 2 + definition.width) for definition in self._definitions]

    def fired(self, network: int, properties: str) -> list[str]:
        """Return the names of the rules that fire in one network. Raises EngineTrouble."""
        if not self._handles:
            raise EngineTrouble("closed")
        try:
            return _walk(self._handles[network], self._names[network], properties)
        except (durable.error, MemoryError) as e:
            # What a failed walk left cannot be taken back: start afresh, leave the old alone.
            self._handles[network] = _load(self._definitions[network])
            raise EngineTrouble("failed", str(e)) from e

    def close(self) -> None:
        """Delete every state, then its rule set: the order that does not crash."""
        handles, self._handles = self._handles, []
        for handle in handles:
            durable.delete_state(handle, "0")
            durable.delete_ruleset(handle)


def _load(definition: Definition) -> int:
    try:
        handle: int = durable.create_ruleset("satupintu", definition.text)
        # A state that never fired cannot be deleted without a crash: the catch-all fires once, now.
        _walk(handle, slice(2, 3), f',"{CATCH_ALL}":1')
    except (durable.error, MemoryError) as e:
        raise EngineTrouble("failed", str(e)) from e
    return handle


def _walk(handle: int, name: slice, properties: str) -> list[str]:
    result, state = durable.assert_fact(handle, f"{{{IDENTITY}{properties}}}")
    if result == NOTHING_MATCHED:
        return []
    if result != MATCHED:
        raise durable.error(f"the fact was not taken: {result}")
    fired = []
    action = durable.start_action_for_state(handle, state)
    messages = None if action is None else action[1]
    while messages is not None:
        fired.append(messages[name])
        messages = durable.complete_and_start_action(handle, state)
    durable.retract_fact(handle, f"{{{IDENTITY}}}")
    return fired
