"""Outgoing messages: what they say, how they travel, when they are tried again."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.agencies import directory
from satupintu.errors import Problem
from satupintu.messages import channels, retry
from satupintu.messages.message import DeliveryError, Message, MessageKind

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
AGENCIES = directory.read(json.loads((ROOT / "tests/packs/kecil/seed/agencies.json").read_bytes()))
MESSAGE = Message(
    "m", "c", "2026/SATWA.001", 1, "referral_sent", "POS_UJI", "/rujukan/r", NOON, NOON
)
FAILED = Problem("messages.wrong_recipient", {"agency": "POS_UJI"})


@pytest.mark.parametrize("kind", get_args(MessageKind))
def test_a_message_says_the_case_number_and_nothing_of_the_story(kind):
    message = replace(MESSAGE, kind=kind)
    for language in ("id", "en"):
        assert "2026/SATWA.001" in message.subject(language)
    assert message.subject("id") != message.subject("en")


def test_a_message_has_no_room_for_an_answer():
    assert set(vars(MESSAGE)) == {
        "id",
        "case_id",
        "case_number",
        "sequence",
        "kind",
        "recipient",
        "path",
        "created_at",
        "next_attempt_at",
        "attempts",
        "delivered_at",
    }


def test_every_agency_is_reached_in_the_product_itself():
    for agency in AGENCIES.values():
        assert channels.deliver(replace(MESSAGE, recipient=agency.id), agency) == ("inbox",)


def test_a_message_for_somebody_else_is_refused_for_good():
    with pytest.raises(DeliveryError) as refused:
        channels.deliver(MESSAGE, AGENCIES["POS_BEDAH"])
    assert refused.value.permanent
    assert refused.value.problems[0].sentence("id") != refused.value.problems[0].sentence("en")


def test_a_channel_is_found_by_being_there(tmp_path, monkeypatch):
    (tmp_path / "pigeon.py").write_text(
        "sent = []\n"
        "def serves(agency): return agency.id == 'POS_UJI'\n"
        "def deliver(message, agency): sent.append(message.id)\n"
    )
    monkeypatch.setattr(channels, "__path__", [*channels.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    try:
        assert [name for name, _ in channels.channels()] == ["inbox", "pigeon"]
        assert channels.deliver(MESSAGE, AGENCIES["POS_UJI"]) == ("inbox", "pigeon")
        other = replace(MESSAGE, recipient="POS_BEDAH")
        assert channels.deliver(other, AGENCIES["POS_BEDAH"]) == ("inbox",)
        assert sys.modules["satupintu.messages.channels.pigeon"].sent == ["m"]
    finally:
        sys.modules.pop("satupintu.messages.channels.pigeon", None)


def test_a_permanent_failure_is_not_tried_again():
    assert retry.after_failure(MESSAGE, DeliveryError(FAILED, permanent=True), NOON) is None


def test_any_other_failure_is_tried_again_later_with_the_same_id():
    failure = DeliveryError(FAILED, permanent=False)
    first = retry.after_failure(MESSAGE, failure, NOON)
    assert first is not None
    assert (first.id, first.sequence, first.attempts) == ("m", 1, 1)
    assert first.next_attempt_at == NOON + timedelta(minutes=1)
    second = retry.after_failure(first, failure, NOON)
    assert second is not None
    assert second.next_attempt_at == NOON + timedelta(minutes=2)


@settings(derandomize=True, max_examples=100)
@given(st.integers(1, 10**9))
def test_the_wait_grows_and_never_passes_an_hour(attempts):
    assert retry.wait(attempts) <= retry.wait(attempts + 1) <= timedelta(hours=1)
