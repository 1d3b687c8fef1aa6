"""The decision page says who comes, by when and why; what is held; and why not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from intake.desk import Desk, one_of
from satupintu import clock, words
from satupintu.actions import cases, decisions
from satupintu.actions.platform import Platform
from satupintu.rules.readings.explain import explain
from satupintu.rules.readings.explain.words import Speaker
from staff.desk_cases import a_case, decided, example, example_to_hold, text_of


def test_exactly_the_expected_agencies_stand_there_with_their_hours(either: Platform) -> None:
    expected = example(either).expect
    case_id = a_case(either).case_id
    html = Desk.of(either, "staff").get(f"/kasus/{case_id}/keputusan").text
    agencies = either.content.agencies(clock.now())
    listed = html[html.index('<ol class="refs">') : html.index("</ol>")]
    found = {
        name: int(hours)
        for hours, name in re.findall(
            r"<small>dalam (\d+) jam</small>.*?<h3>(.*?)</h3>", listed, re.DOTALL
        )
    }
    assert found == {
        words.pick(agencies[code].name, "id"): hours for code, hours in expected["agencies"].items()
    }
    assert f"{len(found)} instansi dirujuk." in html
    for rule in set(expected["rules"]):
        assert rule in text_of(html) or _refers_nowhere(either, rule)


def _refers_nowhere(platform: Platform, rule_id: str) -> bool:
    rules = platform.content.rule_set(clock.now()).rules
    return not next(r for r in rules if r.id == rule_id).refer


def test_due_times_are_hours_of_the_clock_after_the_story_was_told(either: Platform) -> None:
    who = one_of(either, "staff")
    case_id = a_case(either, who=who).case_id
    found = decisions.read(either, who, case_id)
    assert found.record.decision is not None
    assert found.start <= found.submission.submitted_at
    for agency in found.record.decision.agencies:
        due = [r.due_at for r in found.referrals if r.agency == agency.agency]
        assert min(due) == found.start + timedelta(hours=agency.within_hours)


def test_what_nobody_agreed_to_is_held_and_says_so(either: Platform) -> None:
    who = one_of(either, "staff")
    case_id = a_case(either, example_to_hold(either).id, agrees=False).case_id
    held = [r for r in cases.read(either, who, case_id).referrals if r.state == "held"]
    assert held
    page = text_of(Desk.of(either, "staff").get(f"/kasus/{case_id}/keputusan").text)
    assert page.count("Menunggu persetujuan") == len(held)
    assert "belum setuju" in page


def test_what_was_forbidden_or_skipped_is_told_with_its_reason(either: Platform) -> None:
    examples = either.content.rule_set(clock.now()).examples
    chosen = next(e for e in examples if e.expect["forbidden"])
    case_id = a_case(either, chosen.id).case_id
    page = text_of(Desk.of(either, "staff").get(f"/kasus/{case_id}/keputusan").text)
    agencies = either.content.agencies(clock.now())
    for entry in chosen.expect["forbidden"]:
        service = agencies[entry["agency"]].services[entry["service"]]["id"]
        assert f"{service} tidak ditawarkan" in page


def test_an_excluded_agency_is_told_with_its_reason(either: Platform) -> None:
    examples = either.content.rule_set(clock.now()).examples
    chosen = next(e for e in examples if decided(either, e).excluded)
    case_id = a_case(either, chosen.id).case_id
    page = text_of(Desk.of(either, "staff").get(f"/kasus/{case_id}/keputusan").text)
    agencies = either.content.agencies(clock.now())
    for excluded in decided(either, chosen).excluded:
        assert f"{agencies[excluded.agency].name['id']} dilewati." in page
        assert excluded.rule in page


def test_every_agency_left_out_is_explained_by_what_its_rules_missed(either: Platform) -> None:
    case_id = a_case(either).case_id
    desk = Desk.of(either, "staff")
    asked = set(example(either).expect["agencies"])
    rules = either.content.rule_set(clock.now()).rules
    for code in set(either.content.agencies(clock.now())) - asked:
        html = desk.get(f"/kasus/{case_id}/keputusan?instansi={code}").text
        note = html[html.index('id="mengapa"') :]
        assert "tidak dirujuk." in note
        for rule in rules:
            if any(o.agency == code for o in rule.refer):
                assert rule.id in note
        leads_there = any(o.agency == code for r in rules for o in r.refer)
        assert ("Yang akan mengubahnya:" in note) == leads_there
    referred = next(iter(asked))
    assert "tidak dirujuk." not in desk.get(f"/kasus/{case_id}/keputusan?instansi={referred}").text


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_reason_stands_with_the_answers_that_made_it_one(
    either: Platform, language: str
) -> None:
    who = one_of(either, "staff")
    case_id = a_case(either, who=who).case_id
    found = decisions.read(either, who, case_id)
    assert found.ruleset is not None
    assert found.record.decision is not None
    explained = explain(found.ruleset, found.facts, found.record.decision)
    speaker = Speaker(
        found.ruleset, found.form, explained.facts, language, found.agencies, found.laws
    )
    page = text_of(Desk.of(either, "staff").get(f"/kasus/{case_id}/keputusan?lang={language}").text)
    for agency in found.record.decision.agencies:
        for reason in explained.of(agency.rules):
            said = speaker.reason(reason)
            assert said.why in page
            assert said.condition in page
            assert all(basis in page for basis in said.basis)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_speaks_both_languages(either: Platform, language: str) -> None:
    case_id = a_case(either).case_id
    page = Desk.of(either, "staff").get(f"/kasus/{case_id}/keputusan?lang={language}")
    assert f'<html lang="{language}">' in page.text
    assert ("agencies are referred to" in page.text) == (language == "en")


def test_flags_with_an_effect_say_what_to_do(either: Platform) -> None:
    rule_set = either.content.rule_set(clock.now())
    calls = {f.id for f in rule_set.flags.values() if f.effect == "call_head"}
    chosen = next(e for e in rule_set.examples if calls & set(e.expect["flags"]))
    case_id = a_case(either, chosen.id).case_id
    desk = Desk.of(either, "staff")
    page = text_of(desk.get(f"/kasus/{case_id}/keputusan").text)
    for flag in chosen.expect["flags"]:
        assert rule_set.flags[flag].title["id"] in page
    assert "telepon tetap wajib" in page
    queue = desk.get("/antrean").text
    assert "dipanggil sekarang" in queue
    assert desk.post(f"/kasus/{case_id}/tertangani", {}).status_code == 303
    assert "dipanggil sekarang" not in desk.get("/antrean").text
