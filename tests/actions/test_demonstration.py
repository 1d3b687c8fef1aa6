from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from satupintu import clock
from satupintu.actions import accounts, demonstration
from satupintu.actions.platform import Platform
from satupintu.config import Settings
from satupintu.people import passwords
from satupintu.people.actor import SYSTEM

KECIL = Path(__file__).parents[1] / "packs" / "kecil"


def test_the_demonstration_has_its_key_its_content_and_an_account_for_each_desk(
    settings: Settings,
) -> None:
    key_file = demonstration.make_key(settings)
    platform = Platform.open(settings)
    made = demonstration.fill(platform)
    assert made.key_file == key_file
    found = accounts.listed(platform, SYSTEM)
    assert {a.login for a in found} == {p.login for p in made.people}
    assert all(passwords.right(made.password, a.password_hash) for a in found[:1])
    agencies = platform.content.agencies(clock.now())
    assert {a.agency for a in found} == set(agencies)
    platform.close()


def test_filling_it_again_changes_nothing(settings: Settings) -> None:
    demonstration.make_key(settings)
    key = settings.master_key_file.read_bytes()
    platform = Platform.open(settings)
    demonstration.fill(platform)
    before = accounts.listed(platform, SYSTEM), platform.content.in_force(clock.now()).published
    demonstration.make_key(settings)
    demonstration.fill(platform)
    after = accounts.listed(platform, SYSTEM), platform.content.in_force(clock.now()).published
    assert before == after
    assert settings.master_key_file.read_bytes() == key
    platform.close()


def test_another_citys_content_brings_its_own_people(settings: Settings) -> None:
    settings = replace(settings, content=KECIL)
    demonstration.make_key(settings)
    platform = Platform.open(settings)
    made = demonstration.fill(platform)
    lead = platform.content.service(clock.now()).lead_agency
    assert lead in {person.agency for person in made.people}
    platform.close()
