from __future__ import annotations

from typing import Any

import pytest

from lifecycle.publishing import Publishing, titled
from satupintu.actions import acceptances, gates, lifecycle, proving, versions
from satupintu.actions.gates import Standing
from satupintu.errors import BadAnswers, BadDocument, Conflict, NotAllowed

HERE = proving.in_child


def broken_promise(document: Any) -> None:
    """Add a guarantee that a rule of the small city breaks."""
    broken = {"agency": "POS_BATAS", "service": "tahan_sementara"}
    title = {"id": "Tidak ada yang ditahan", "en": "Nobody is held"}
    document["guarantees"].append({"id": "J9", "title": title, "never": broken})


def proof(city: Publishing, version: str) -> Standing:
    opened = versions.read(city.platform, city.auditor, version)
    return next(s for s in opened.standings if s.gate == "proved")


@pytest.fixture
def refuted(city: Publishing) -> str:
    """A version that was tried, with one guarantee refuted."""
    version = city.kept("rule_set", broken_promise).hash
    city.tried(version)
    return version


def test_a_refuted_guarantee_shuts_the_gate_and_shows_who_breaks_it(
    city: Publishing, refuted: str
) -> None:
    standing = proof(city, refuted)
    assert not standing.passed
    assert [p.params["guarantee"] for p in standing.open] == ["J9"]
    assert standing.report is not None
    found = {v["id"]: v for v in standing.report.report["guarantees"]}
    assert found["J9"]["verdict"] == "refuted"
    assert found["J9"]["counterexample"]
    assert found["J1"]["verdict"] == "proved"
    with pytest.raises(Conflict) as caught:
        lifecycle.submit(city.platform, city.writer, refuted, "uji")
    assert {p.key for p in caught.value.problems} == {"gates.not_passed_proved", "gates.refuted"}


def test_a_guarantee_is_given_up_by_name_and_reason_for_this_text_alone(
    city: Publishing, refuted: str
) -> None:
    with pytest.raises(BadAnswers):
        acceptances.accept(city.platform, city.owner, refuted, "J9", " ")
    with pytest.raises(Conflict):
        acceptances.accept(city.platform, city.owner, refuted, "J1", "terbukti")
    with pytest.raises(NotAllowed):
        acceptances.accept(city.platform, city.writer, refuted, "J9", "bukan hak saya")
    acceptances.accept(city.platform, city.owner, refuted, "J9", "ditahan semalam saja")
    standing = proof(city, refuted)
    assert standing.passed
    assert [(a.guarantee, a.reason, a.by) for a in standing.accepted] == [
        ("J9", "ditahan semalam saja", city.owner.account_id)
    ]
    lifecycle.submit(city.platform, city.writer, refuted, "uji")
    assert lifecycle.approve(city.platform, city.other, refuted, "setuju").state == "in_force"

    def both(document: Any) -> None:
        broken_promise(document)
        titled("Other")(document)

    other = city.kept("rule_set", both).hash
    city.tried(other)
    assert not proof(city, other).passed


def test_a_form_under_which_the_rules_break_a_promise_is_not_submitted(
    city: Publishing, refuted: str
) -> None:
    acceptances.accept(city.platform, city.owner, refuted, "J9", "ditahan semalam saja")
    lifecycle.submit(city.platform, city.writer, refuted, "uji")
    lifecycle.approve(city.platform, city.other, refuted, "setuju")
    form = city.kept("form", titled("Another")).hash
    city.tried(form)
    assert [p.key for p in proof(city, form).open] == ["gates.refuted"]
    acceptances.accept(city.platform, city.owner, form, "J9", "tetap begitu")
    lifecycle.submit(city.platform, city.writer, form, "uji")


def test_a_proof_runs_in_a_process_of_its_own(
    city: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "in_child", HERE)
    version = city.kept("rule_set", titled("Apart")).hash
    city.tried(version)
    standing = proof(city, version)
    assert standing.passed
    assert standing.report is not None
    assert standing.report.report["compared"]["verdict"] == "equivalent"
    assert standing.report.report["against"] == city.in_force("rule_set")


def test_what_cannot_be_proved_at_all_comes_back_as_problems(city: Publishing) -> None:
    content = city.platform.content
    rules = content.json(city.in_force("rule_set"))
    rules["guarantees"][0]["given"] = "tidak_ada"
    with pytest.raises(BadDocument):
        HERE(rules, content.json(city.in_force("form")))


def test_a_proof_that_takes_too_long_is_ended_and_never_counts(
    city: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "in_child", lambda *all_: HERE(*all_, seconds=0.0))
    monkeypatch.setattr(proving, "GRACE", 0.05)
    version = city.kept("rule_set", titled("Slow")).hash
    (report,) = [r for r in gates.run(city.platform, city.writer, version) if r.gate == "proved"]
    assert (report.passed, report.problems[0].key) == (False, "gates.proof_too_long")


def test_a_report_that_leaves_something_open_says_what() -> None:
    report = {
        "nothing_accepted": False,
        "guarantees": [
            {"id": "A", "verdict": "undetermined"},
            {"id": "B", "verdict": "vacuous"},
            {"id": "C", "verdict": "proved"},
        ],
        "unrouted": None,
        "undetermined": ["unrouted"],
    }
    assert [p.key for p in proving.problems(report)] == [
        "gates.undetermined",
        "gates.vacuous",
        "gates.unrouted_undetermined",
    ]
    assert [p.key for p in proving.problems({**report, "unrouted": {}, "guarantees": []})] == [
        "gates.unrouted"
    ]
    (nothing,) = proving.problems({**report, "nothing_accepted": True})
    assert nothing.key == "gates.nothing_accepted"
