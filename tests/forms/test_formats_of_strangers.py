"""Formats that plain schemas name: what is surely none is told with an example."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from forms.plain_samples import TEXT
from satupintu.forms import plain
from satupintu.forms.notations import CHECKS, EXAMPLES

HELD = [
    *EXAMPLES.items(),
    ("duration", "P3W"),
    ("duration", "PT0S"),
    ("duration", "P1Y2M3DT4H5M6S"),
    ("hostname", "localhost"),
    ("hostname", "a-b.1c.id"),
    ("ipv6", "::ffff:192.0.2.1"),
    ("json-pointer", ""),
    ("json-pointer", "/a~1b//%20"),
    ("uri", "urn:isbn:0451450523"),
    ("uri", "mailto:a@example.org"),
    ("idn-email", "用户@例子.org"),
    ("regex", "^(?!a)"),
    ("colour", "whatever"),
]


@pytest.mark.parametrize(("name", "text"), HELD)
def test_what_has_the_format_comes_back(name: str, text: str) -> None:
    done = plain.round_trip(
        {"type": "object", "properties": {"a": {**TEXT, "format": name}}},
        {"a": text},
        language="en",
        zone=ZoneInfo("Asia/Jakarta"),
    )
    assert done.sound


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("duration", "P"),
        ("duration", "1 day"),
        ("duration", "PT"),
        ("hostname", "-a.id"),
        ("hostname", "a_b"),
        ("hostname", "a..id"),
        ("ipv4", "256.1.1.1"),
        ("ipv4", "1.2.3"),
        ("ipv6", "::g"),
        ("ipv6", "fe80::1%eth0"),
        ("json-pointer", "a"),
        ("json-pointer", "/~2"),
        ("uri", "/only/a/path"),
        ("uri", "http://a b"),
    ],
)
def test_what_has_another_format_is_told_with_an_example(name: str, text: str) -> None:
    [told] = plain.refused({**TEXT, "format": name}, text)
    assert EXAMPLES[name] in told.sentence("en")


def test_an_address_of_any_letters_is_told_as_an_address() -> None:
    [told] = plain.refused({**TEXT, "format": "idn-email"}, "x")
    assert "name@example.org" in told.sentence("en")


def test_every_format_that_is_checked_has_an_example() -> None:
    assert CHECKS.keys() == EXAMPLES.keys()
