"""Texts of several lines in plain schemas: whatever the schema lets stand there has its place."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms.plain_samples import TEXT
from satupintu.forms import plain
from satupintu.forms.rendering import page_html

Json = Any
ZONE = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    "schema",
    [
        {**TEXT, "maxLength": 100},
        {**TEXT, "minLength": 2},
        {**TEXT, "pattern": "^first"},
        {**TEXT, "pattern": "^[^x]*$"},
        {**TEXT, "pattern": r"^\w+\s\w+$"},
        {**TEXT, "pattern": "(?m)^second$"},
    ],
)
def test_a_text_that_may_have_lines_keeps_them(schema: Json) -> None:
    done = plain.round_trip(schema, "first\nsecond", language="en", zone=ZONE)
    assert done.answers == "first\nsecond"
    assert done.sound


@pytest.mark.parametrize(
    "schema",
    [
        {**TEXT, "maxLength": 40},
        {**TEXT, "format": "email"},
        {**TEXT, "pattern": "^[A-Z]{3}$"},
        {**TEXT, "pattern": r"^(?:\d+\.){2}\d+$"},
    ],
)
def test_a_text_that_is_short_or_has_no_line_ends_is_asked_on_one_line(schema: Json) -> None:
    form = plain.as_form(schema)
    drawn = page_html(form, form.pages[0], language="en", zone=ZONE, answers={}, problems=())
    assert "<textarea" not in str(drawn)
