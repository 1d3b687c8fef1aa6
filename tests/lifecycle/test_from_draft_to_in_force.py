from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy

from lifecycle.publishing import HOUR, Publishing, titled
from satupintu import clock
from satupintu.actions import document_drafts, documents, gates, importing, lifecycle, versions
from satupintu.actions.lifecycle import Taken
from satupintu.errors import BadAnswers, BadDocument, Conflict, NotAllowed, SatuPintuError
from satupintu.people.actor import SYSTEM
from satupintu.rules.lifecycle import Event
from satupintu.store import audit
from satupintu.store import lifecycle as events


def keys(caught: pytest.ExceptionInfo[Any]) -> set[str]:
    return {problem.key for problem in caught.value.problems}


def state(city: Publishing, version: str) -> str:
    return versions.read(city.platform, city.auditor, version).seen.state


def test_a_change_goes_from_draft_to_in_force_and_back(city: Publishing) -> None:
    first = city.in_force("rule_set")
    version = city.kept("rule_set", titled("Second")).hash
    assert (state(city, first), state(city, version)) == ("in_force", "draft")
    city.tried(version)
    lifecycle.submit(city.platform, city.writer, version, "lebih jelas")
    assert state(city, version) == "submitted"
    done = lifecycle.approve(city.platform, city.owner, version, "setuju")
    assert done.state == "in_force"
    assert city.in_force("rule_set") == version
    assert state(city, first) == "superseded"

    city.tried(first)
    lifecycle.publish(city.platform, city.owner, first, "kembali dulu")
    assert city.in_force("rule_set") == first
    assert state(city, version) == "superseded"
    lifecycle.withdraw(city.platform, city.other, version, "tidak dipakai lagi")
    assert state(city, version) == "withdrawn"
    opened = versions.read(city.platform, city.auditor, version)
    assert [e.what for e in opened.events] == ["submitted", "approved", "published", "withdrawn"]
    assert len(opened.seen.spans) == 1


def test_what_comes_later_comes_by_itself_and_goes_when_it_is_withdrawn(city: Publishing) -> None:
    first, start = city.in_force("legal_basis"), clock.now() + 30 * 24 * HOUR
    version = city.approved("legal_basis", titled("Later"), start).hash
    assert state(city, version) == "approved"
    assert city.in_force("legal_basis") == first
    assert city.in_force("legal_basis", start - timedelta(seconds=1)) == first
    assert city.in_force("legal_basis", start) == version
    with clock.standing_at(start + HOUR):
        assert state(city, version) == "in_force"
        lifecycle.withdraw(city.platform, city.owner, version, "salah")
        assert city.in_force("legal_basis") == first
    assert city.in_force("legal_basis", start) == version, "what was, was"
    assert city.in_force("legal_basis", start + HOUR) == first


def test_nobody_approves_what_they_wrote_and_the_attempt_is_in_the_trail(
    either: Publishing,
) -> None:
    city = either
    version = city.kept("legal_basis", titled("Own"), city.owner).hash
    city.tried(version)
    lifecycle.submit(city.platform, city.writer, version, "uji")
    with pytest.raises(NotAllowed) as caught:
        lifecycle.approve(city.platform, city.owner, version, "saya sendiri")
    assert keys(caught) == {"lifecycle.own"}
    with city.platform.store.reading() as tx:
        (entry,) = audit.listed(tx, action="documents.approve", limit=1)
    assert (entry.outcome, entry.account, entry.object_id) == (
        "refused",
        city.owner.account_id,
        version,
    )
    assert state(city, version) == "submitted"
    assert lifecycle.approve(city.platform, city.other, version, "setuju").state == "in_force"


def test_nobody_approves_what_they_submitted(city: Publishing) -> None:
    version = city.kept("legal_basis", titled("Own")).hash
    city.tried(version)
    lifecycle.submit(city.platform, city.owner, version, "uji")
    with pytest.raises(NotAllowed):
        lifecycle.approve(city.platform, city.owner, version, "saya sendiri")
    assert lifecycle.approve(city.platform, city.other, version, "setuju").state == "in_force"


def test_whoever_saved_a_draft_once_is_one_of_its_authors(city: Publishing) -> None:
    name, data = "aturan.json", city.edited("legal_basis", titled("Two hands"))
    draft = document_drafts.start(city.platform, city.owner, name, data)
    data = city.edited("legal_basis", titled("Two hands more"))
    saved = document_drafts.save(city.platform, city.writer, draft.id, data, draft.version)
    version = document_drafts.keep(city.platform, city.writer, draft.id, saved.version).hash
    city.tried(version)
    lifecycle.submit(city.platform, city.writer, version, "uji")
    with pytest.raises(NotAllowed):
        lifecycle.approve(city.platform, city.owner, version, "setuju")


def test_the_table_itself_holds_four_eyes(either: Publishing) -> None:
    city = either
    version = city.submitted("legal_basis", titled("Past the actions"))
    past = Event(
        kind=version.kind,
        document_id=version.document_id,
        version=version.hash,
        what="approved",
        at=clock.now(),
        by=city.writer.account_id,
        reason="lewat belakang",
    )
    with pytest.raises(Conflict), city.platform.store.writing() as tx:
        events.record(tx, past)
    statement = "UPDATE lifecycle_events SET submitted_by = NULL, what = 'approved'"
    with (
        city.platform.store.engine.connect() as connection,
        pytest.raises(sqlalchemy.exc.IntegrityError),
    ):
        connection.execute(sqlalchemy.text(statement))


def test_of_two_approvals_at_once_one_wins_and_the_other_hears_so(either: Publishing) -> None:
    city = either
    version = city.submitted("legal_basis", titled("Twice")).hash
    together = Barrier(2)

    def approve(who: Any) -> Taken | SatuPintuError:
        together.wait()
        try:
            return lifecycle.approve(city.platform, who, version, "setuju")
        except SatuPintuError as e:
            return e

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(approve, (city.owner, city.other)))
    assert sum(isinstance(one, Taken) for one in done) == 1
    (refused,) = [one for one in done if not isinstance(one, Taken)]
    assert isinstance(refused, Conflict)
    assert refused.problems[0].sentence("id")
    opened = versions.read(city.platform, city.auditor, version)
    assert [e.what for e in opened.events] == ["submitted", "approved", "published"]


def test_two_versions_approved_at_once_both_count_one_after_the_other(
    either: Publishing,
) -> None:
    city = either
    waiting = [city.submitted("legal_basis", titled(name)).hash for name in ("One", "Other")]
    together = Barrier(2)

    def approve(version: str) -> Taken:
        together.wait()
        return lifecycle.approve(city.platform, city.owner, version, "setuju")

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(approve, waiting))
    assert {one.version.hash for one in done} == set(waiting)
    assert sorted(state(city, version) for version in waiting) == ["in_force", "superseded"]


def test_a_date_that_is_past_is_refused(city: Publishing) -> None:
    version = city.submitted("legal_basis", titled("Too late")).hash
    with pytest.raises(Conflict) as caught:
        lifecycle.approve(city.platform, city.owner, version, "uji", clock.now() - HOUR)
    assert keys(caught) == {"lifecycle.past"}
    assert state(city, version) == "submitted"


def test_a_clock_that_goes_back_makes_nothing_unhappen_and_records_nothing(
    either: Publishing,
) -> None:
    city = either
    version = city.approved("legal_basis", titled("Now")).hash
    waiting = city.kept("agencies", titled("Later")).hash
    with clock.standing_at(clock.now() - 48 * HOUR):
        assert city.in_force("legal_basis") == version
        city.tried(waiting)
        with pytest.raises(Conflict) as caught:
            lifecycle.submit(city.platform, city.writer, waiting, "uji")
    assert keys(caught) == {"lifecycle.clock_back"}
    assert state(city, waiting) == "draft"


def test_nothing_is_submitted_without_its_gates_nor_without_a_reason(city: Publishing) -> None:
    version = city.kept("rule_set", titled("Untried")).hash
    with pytest.raises(Conflict) as caught:
        lifecycle.submit(city.platform, city.writer, version, "uji")
    assert {key for key in keys(caught) if key.startswith("gates.not_tried")}
    city.tried(version)
    with pytest.raises(BadAnswers):
        lifecycle.submit(city.platform, city.writer, version, "  ")
    lifecycle.submit(city.platform, city.writer, version, "uji")


def test_an_example_that_fails_shuts_its_gate(city: Publishing) -> None:
    def wrong(document: Any) -> None:
        document["examples"][0]["expect"]["agencies"] = {}

    version = city.kept("rule_set", wrong).hash
    city.tried(version)
    standing = {s.gate: s for s in versions.read(city.platform, city.auditor, version).standings}
    assert not standing["examples"].passed
    assert standing["examples"].open
    assert standing["check"].passed
    with pytest.raises(Conflict) as caught:
        lifecycle.submit(city.platform, city.writer, version, "uji")
    assert "gates.not_passed_examples" in keys(caught)


def test_a_report_says_nothing_about_another_form(city: Publishing) -> None:
    version = city.submitted("rule_set", titled("Second")).hash
    city.approved("form", titled("Another form"))
    with pytest.raises(Conflict) as caught:
        lifecycle.approve(city.platform, city.owner, version, "setuju")
    assert "gates.not_tried_examples" in keys(caught)
    city.tried(version)
    assert city.approve(version).state == "in_force"


def question_that_rules_read(city: Publishing) -> str:
    now = city.platform.content.live(clock.now())
    document = now.content.json(city.in_force("rule_set"))
    names = now.rule_set().types.keys() & now.form_for("assessment").questions.keys()
    said = json.dumps([rule["when"] for rule in document["rules"]])
    return next(n for n in sorted(names) if n in said)


def renamed(name: str) -> Any:
    def change(form: Any) -> None:
        text = json.dumps(form).replace(f'"{name}"', f'"{name}_baru"')
        form.clear()
        form.update(json.loads(text))

    return change


def test_a_form_that_breaks_the_rules_in_force_is_not_approved(city: Publishing) -> None:
    name = question_that_rules_read(city)
    version = city.kept("form", renamed(name)).hash
    city.tried(version)
    standing = {s.gate: s for s in versions.read(city.platform, city.auditor, version).standings}
    said = " ".join(p.sentence("id") for p in standing["compatible"].open)
    assert name in said
    assert re.search(r"\bS\d+\b", said), "the rule that reads it is named"
    with pytest.raises(Conflict) as caught:
        lifecycle.submit(city.platform, city.writer, version, "uji")
    assert "gates.not_passed_compatible" in keys(caught)


def test_rules_and_a_form_that_break_each_other_later_are_not_approved(city: Publishing) -> None:
    """Each fits what is in force now; the second would break what the first brings."""
    day = clock.now() + 24 * HOUR

    def adding(form: Any) -> None:
        form["properties"]["tambahan"] = {
            "type": "boolean",
            "title": "Tambahan",
            "x-id": "q_tambahan",
            "x-i18n": {"en": {"title": "More"}},
        }
        form["x-pages"][0]["questions"].append("tambahan")

    with_question = city.approved("form", adding).hash
    before = city.platform.content.live(clock.now())

    def reading(document: Any) -> None:
        document["rules"][0]["when"] += " || tambahan"

    rules = city.submitted("rule_set", reading).hash
    city.approve(rules, day)
    assert city.in_force("form") == with_question
    old = next(
        one.version.hash
        for one in versions.listed(city.platform, city.auditor, "form")
        if one.version.document_id == before.service().forms["assessment"]
        and one.state == "superseded"
    )
    city.tried(old)
    with pytest.raises(Conflict) as caught:
        lifecycle.publish(city.platform, city.owner, old, "kembali")
    said = " ".join(p.sentence("id") for p in caught.value.problems)
    assert "tambahan" in said
    with pytest.raises(Conflict):
        lifecycle.withdraw(city.platform, city.owner, with_question, "kembali")
    assert city.in_force("form", day + HOUR) == with_question


def test_what_is_left_of_nothing_is_not_withdrawn(city: Publishing) -> None:
    with pytest.raises(Conflict) as caught:
        lifecycle.withdraw(city.platform, city.owner, city.in_force("service"), "uji")
    assert keys(caught) == {"lifecycle.nothing_left"}


def test_a_submitted_version_is_given_back_with_a_note_and_submitted_again(
    city: Publishing,
) -> None:
    version = city.submitted("legal_basis", titled("Once more")).hash
    lifecycle.give_back(city.platform, city.owner, version, "jelaskan alasannya")
    assert state(city, version) == "draft"
    lifecycle.submit(city.platform, city.writer, version, "dengan alasan")
    assert city.approve(version).state == "in_force"


def test_an_import_by_anybody_but_the_operator_waits(city: Publishing) -> None:
    city.path("rule_set").write_bytes(city.edited("rule_set", titled("By hand")))
    new = importing.from_files([city.path("rule_set")])
    with pytest.raises(NotAllowed):
        documents.import_documents(city.platform, city.writer, new, in_force=True, reason="x")
    (kept,) = documents.import_documents(city.platform, city.writer, new)
    assert not kept.in_force
    assert state(city, kept.version) == "draft"
    (now,) = documents.import_documents(city.platform, SYSTEM, new, in_force=True, reason="rapat")
    assert now.in_force
    opened = versions.read(city.platform, city.auditor, now.version)
    assert [(e.what, e.by, e.reason) for e in opened.events] == [("published", None, "rapat")]


def test_two_people_never_overwrite_each_other(city: Publishing) -> None:
    data = city.edited("legal_basis", titled("One"))
    draft = document_drafts.start(city.platform, city.writer, "aturan.json", data)
    document_drafts.save(city.platform, city.owner, draft.id, data, draft.version)
    with pytest.raises(Conflict):
        document_drafts.save(city.platform, city.writer, draft.id, data, draft.version)
    with pytest.raises(Conflict):
        document_drafts.keep(city.platform, city.writer, draft.id, draft.version)
    with pytest.raises(BadDocument):
        document_drafts.save(
            city.platform, city.writer, draft.id, city.edited("form", titled("x")), 2
        )
    document_drafts.discard(city.platform, city.writer, draft.id, 2)
    assert document_drafts.listed(city.platform, city.owner) == ()


def test_what_says_the_same_as_what_is_in_force_is_no_version(city: Publishing) -> None:
    with pytest.raises(Conflict):
        city.kept("rule_set", lambda document: None)


def test_a_gate_that_breaks_is_a_gate_that_is_shut(
    city: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Any) -> Any:
        raise ValueError

    monkeypatch.setattr(gates, "TRY", {**gates.TRY, "engine": broken})
    version = city.kept("rule_set", titled("Broken")).hash
    reports = gates.run(city.platform, city.writer, version)
    (engine,) = [r for r in reports if r.gate == "engine"]
    assert (engine.passed, engine.problems[0].key) == (False, "gates.broke")


@pytest.mark.parametrize("step", [lifecycle.approve, lifecycle.publish, lifecycle.withdraw])
def test_only_a_policy_owner_decides(city: Publishing, step: Any) -> None:
    version = city.submitted("legal_basis", titled("Whose")).hash
    for who in (city.writer, city.auditor, SYSTEM):
        with pytest.raises(NotAllowed):
            step(city.platform, who, version, "uji")
