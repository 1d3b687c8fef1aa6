"""Channels: one file each, found by being there.

A channel is a module with ``serves(agency) -> bool`` and ``deliver(message, agency) -> None``,
which raises ``DeliveryError`` and nothing else. What ``deliver`` raises decides whether it is tried
again.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from satupintu.agencies.directory import Agency
from satupintu.messages.message import Message


class Channel(Protocol):
    """What each file of this folder is."""

    def serves(self, agency: Agency) -> bool:
        """Tell whether this channel reaches the agency."""

    def deliver(self, message: Message, agency: Agency) -> None:
        """Bring the message over, or raise DeliveryError."""


def channels() -> Iterator[tuple[str, Channel]]:
    """Yield every channel with its name, in the order of their names."""
    for module in sorted(iter_modules(__path__), key=lambda m: m.name):
        yield module.name, cast(Channel, import_module(f"{__name__}.{module.name}"))


def deliver(message: Message, agency: Agency) -> tuple[str, ...]:
    """Bring a message over by every channel that serves the agency; returns their names.

    Raises DeliveryError as soon as one does not; each message has a stable id, so a receiver can
    tell a second copy.
    """
    used = []
    for name, channel in channels():
        if channel.serves(agency):
            channel.deliver(message, agency)
            used.append(name)
    return tuple(used)
