"""What becomes of the stored answers under a version: counted before it is published."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lifecycle.publishing import Publishing, titled
from satupintu import clock
from satupintu.actions import document_drafts, stored_answers
from satupintu.actions.older_versions import way_of
from satupintu.errors import NotAllowed, NotFound
from satupintu.store import past
from staff.desk_cases import answers_for, send

WHY = {"id": "Tidak dibaca siapa pun.", "en": "Nobody reads it."}
NOBODY = "uraian_mantri"
"""A question of the small city that no rule reads and that may be left."""
AGE = "bulan_hidup"


def told_in(city: Publishing, several: int = 3) -> Publishing:
    """Send a case of each of the first examples; every animal has a story that nobody reads."""
    for example in city.platform.content.live(clock.now()).rule_set().examples[:several]:
        answers = {**answers_for(city.platform, example), NOBODY: "CERITA RAHASIA"}
        send(city.platform, answers, city.desk())
    return city


def without_story(city: Publishing, *, dropped: bool) -> Any:
    older = city.in_force("form")

    def change(document: Any) -> None:
        del document["properties"][NOBODY]
        for page in document["x-pages"]:
            page["questions"] = [name for name in page["questions"] if name != NOBODY]
        steps = [{"drop": NOBODY, "why": WHY}] if dropped else []
        document["x-form"]["migrations"] = [{"from": older, "steps": steps}]

    return change


def younger(document: Any) -> None:
    document["properties"][AGE]["maximum"] = 1


def test_the_same_answers_are_counted_on_every_database(either: Publishing) -> None:
    told_in(either)
    version = either.kept("form", without_story(either, dropped=True)).hash
    found = stored_answers.of_version(either.platform, either.owner, version)
    assert (found.stored, found.counted.looked, found.counted.fit) == (3, 3, 3)
    assert found.counted.parted == 3
    assert [(one.question, one.reason, one.count, one.lost) for one in found.counted.lines] == [
        (NOBODY, "dropped", 3, True)
    ]
    (older,) = found.versions
    assert (older.number, older.stored, older.through) == (1, 3, ())
    assert found.problems == ()
    assert "CERITA" not in repr(found.counted)


def test_what_no_step_speaks_of_is_told_beside_the_counts(city: Publishing) -> None:
    told_in(city, 1)
    version = city.kept("form", without_story(city, dropped=False)).hash
    found = stored_answers.of_version(city.platform, city.owner, version)
    assert [problem.key for problem in found.problems] == ["migrating.untold"]
    assert [one.reason for one in found.counted.lines] == ["gone"]


def test_answers_that_do_not_fit_are_counted_by_question_and_reason(told: Publishing) -> None:
    version = told.kept("form", younger).hash
    form = told.platform.content.form_version(told.in_force("form"))
    with told.platform.store.reading() as tx:
        ages = [sent.answers[AGE] for sent in past.sent_under(tx, [form.hash])]
    older = sum(age > 1 for age in ages)
    found = stored_answers.of_version(told.platform, told.writer, version).counted
    assert older > 0
    assert (found.looked, found.unfit) == (3, older)
    assert {(one.side, one.reason, one.count) for one in found.lines if one.question == AGE} == {
        ("older", "unfit_too_much", older), ("newer", "missing", older),
    }  # fmt: skip


def test_a_draft_is_counted_as_it_was_last_saved(told: Publishing) -> None:
    data = told.edited("form", younger)
    draft = document_drafts.start(told.platform, told.writer, "rawat-satwa.json", data)
    found = stored_answers.of_draft(told.platform, told.writer, draft.id)
    assert found.counted.looked == 3
    assert found.counted.unfit > 0


def test_erased_and_corrected_answers_do_not_count(told: Publishing) -> None:
    with told.platform.store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE cases SET wrapped_key = NULL WHERE number LIKE '%1'")
    version = told.kept("form", titled("Other")).hash
    assert stored_answers.of_version(told.platform, told.owner, version).stored == 2
    with told.platform.store.reading() as tx:
        assert sum(past.count_under(tx, [told.in_force("form")]).values()) == 2


def test_what_was_not_looked_at_in_time_is_said(told: Publishing) -> None:
    version = told.kept("form", younger).hash
    found = stored_answers.of_version(told.platform, told.owner, version, seconds=0.0)
    assert (found.counted.looked, found.stored) == (1, 3)


def test_only_who_writes_documents_may_count_and_no_case_is_named(told: Publishing) -> None:
    version = told.kept("form", younger).hash
    for who in (told.auditor, told.desk()):
        with pytest.raises(NotAllowed):
            stored_answers.of_version(told.platform, who, version)
    with pytest.raises(NotFound):
        stored_answers.of_version(told.platform, told.owner, told.in_force("rule_set"))


def test_answers_come_by_way_of_the_versions_that_were_in_force(told: Publishing) -> None:
    first = told.in_force("form")
    change = without_story(told, dropped=True)
    second = told.approved("form", change).hash
    assert told.in_force("form") == second

    def later(document: Any) -> None:
        change(document)
        document["x-form"]["migrations"] = []
        titled("Later")(document)

    third = told.kept("form", later).hash
    content = told.platform.content
    with told.platform.store.reading() as tx:
        forms = way_of(content, first, content.form_version(third), tx)
    assert [form.hash for form in forms] == [first, second, third]
    found = stored_answers.of_version(told.platform, told.owner, third)
    assert {one.number: one.through for one in found.versions} == {1: (2,)}


def test_importing_compares_migrations_with_the_versions_that_are_kept(city: Publishing) -> None:
    def wrong(document: Any) -> None:
        steps = [{"rename": "uraian_mantr", "to": NOBODY}]
        document["x-form"]["migrations"] = [{"from": city.in_force("form"), "steps": steps}]

    from satupintu.actions import looking_over

    data = city.edited("form", wrong)
    draft = document_drafts.start(city.platform, city.writer, "rawat-satwa.json", data)
    looked = looking_over.look_over(city.platform, city.writer, draft.id, data, "id")
    assert [p.key for p in looked.errors] == ["migrating.source_unknown_nearest"]
    unknown = json.loads(data)
    unknown["x-form"]["migrations"] = [{"from": "0" * 64, "steps": []}]
    again = json.dumps(unknown).encode()
    looked = looking_over.look_over(city.platform, city.writer, draft.id, again, "id")
    assert [p.key for p in looked.doubts] == ["migrating.version_unknown"]
