"""What an agency prints of a referral: exactly what its page shows, by state, secrecy, consent."""

from __future__ import annotations

from typing import Any

import pytest

from agency.referred import PLAIN, all_referrals, seen
from agency.test_received_referrals import CANARY, accept, officer_of, with_canaries
from satupintu.actions import answering, on_paper
from satupintu.actions.on_paper import Printed
from satupintu.actions.platform import Platform
from satupintu.errors import NotAllowed, NotFound
from satupintu.people.actor import Actor
from satupintu.store import audit


def texts(printed: Printed) -> set[str]:
    lines = (line for page in printed.sections for row in page.rows for line in row.lines)
    return {line for line in lines if line.startswith(CANARY)}


def on_screen(platform: Platform, who: Actor, referral_id: str, **more: Any) -> Any:
    return seen(platform, who, referral_id, **more).sections


def test_paper_shows_what_the_page_shows_and_no_more(city: Platform) -> None:
    case_id, _ = with_canaries(city, "G05")
    shown = 0
    for referral in all_referrals(city, case_id):
        if referral.state != "sent":
            continue
        who = officer_of(city, referral.agency)
        for step in ("sent", "accepted", "done"):
            if step == "accepted":
                accept(city, who, referral.id)
            if step == "done":
                answering.done(
                    city, who, referral.id, seen(city, who, referral.id).referral.version
                )
            page = on_screen(city, who, referral.id)
            if page:
                printed = on_paper.of_referral(city, who, referral.id, PLAIN.language)
                assert printed.sections == page
                shown += len(texts(printed))
            else:
                with pytest.raises(NotFound):
                    on_paper.of_referral(city, who, referral.id, PLAIN.language)
    assert shown


def test_a_print_is_recorded_with_its_referral(city: Platform) -> None:
    case_id, _ = with_canaries(city, "G05")
    referral = next(r for r in all_referrals(city, case_id) if r.state == "sent")
    who = officer_of(city, referral.agency)
    on_paper.of_referral(city, who, referral.id, "id")
    with city.store.reading() as tx:
        [entry] = audit.listed(tx, object_id=referral.id, action="referral.print")
    assert (entry.outcome, entry.details["case"]) == ("done", case_id)


def test_another_agency_gets_no_paper(city: Platform) -> None:
    case_id, _ = with_canaries(city, "G05")
    sent = [r for r in all_referrals(city, case_id) if r.state == "sent"]
    stranger = officer_of(city, sent[-1].agency)
    assert stranger.agency != sent[0].agency
    with pytest.raises(NotAllowed):
        on_paper.of_referral(city, stranger, sent[0].id, "id")
