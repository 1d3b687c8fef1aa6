"""The agency's inbox in the product itself: it shows referrals, so a message is there at once."""

from __future__ import annotations

from satupintu.agencies.directory import Agency
from satupintu.errors import Problem
from satupintu.messages.message import DeliveryError, Message


def serves(agency: Agency) -> bool:
    """Every agency of the directory has an inbox."""
    return bool(agency.id)


def deliver(message: Message, agency: Agency) -> None:
    """Refuse a message that is for somebody else; nothing else can go wrong with the inbox."""
    if message.recipient != agency.id:
        problem = Problem("messages.wrong_recipient", {"agency": agency.id})
        raise DeliveryError(problem, permanent=True)
