"""The timeline: every kind of event is a sentence in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from satupintu.cases.timeline import KINDS, Event, sentence

AT = datetime(2026, 11, 23, tzinfo=UTC)
TITLES = {"a": "Petugas meja", "b": "Kepala balai"}
DETAILS = {"reason": "penuh", "note": "Catatan contoh", "count": 2, "to": "b"}


def event(kind: str, **more) -> Event:
    fields = {"details": DETAILS, "account_id": "a", "agency": "POS_UJI", **more}
    return Event("e", "c", AT, kind, **fields)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_event_is_a_sentence(small_agencies, kind):
    indonesian = sentence(event(kind), "id", small_agencies, TITLES)
    english = sentence(event(kind), "en", small_agencies, TITLES)
    assert indonesian != english
    assert "{" not in indonesian + english
    assert "POS_UJI" not in indonesian + english


def test_a_sentence_names_titles_and_agencies_never_codes(small_agencies):
    said = sentence(event("reassigned"), "id", small_agencies, TITLES)
    assert said == "Petugas meja menyerahkan kasus kepada Kepala balai."
    said = sentence(event("referral_declined"), "en", small_agencies, TITLES)
    assert said == "Test post declined the referral. Reason: penuh"


def test_one_agency_and_many_are_counted_in_english(small_agencies):
    one = sentence(event("decided", details={"count": 1}), "en", small_agencies, TITLES)
    many = sentence(event("decided", details={"count": 7}), "en", small_agencies, TITLES)
    assert one == "The rules refer the case to 1 agency."
    assert many == "The rules refer the case to 7 agencies."


def test_an_account_without_a_title_is_somebody_of_the_staff(small_agencies):
    said = sentence(event("taken", account_id=None), "id", small_agencies, {})
    assert said == "Petugas mengambil laporan ini."


def test_an_agency_that_left_the_directory_keeps_its_code(small_agencies):
    said = sentence(event("referral_done", agency="GONE"), "en", small_agencies, TITLES)
    assert said == "GONE finished its services."


def test_words_of_people_are_never_read_as_a_pattern(small_agencies):
    hostile = event("noted", details={"note": "{who} {0.__class__} %s"})
    assert "{0.__class__} %s" in sentence(hostile, "id", small_agencies, TITLES)
