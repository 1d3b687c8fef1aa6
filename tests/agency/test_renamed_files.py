"""A file stays with the answer that it is, whatever a newer form calls its question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from agency.referred import all_referrals, person
from agency.test_received_referrals import accept, officer_of, opens, with_file
from satupintu.actions import corrections
from satupintu.actions.platform import Platform
from satupintu.actions.submit import submit
from staff.newer_form import objects, publish


def test_a_file_still_opens_where_a_correction_calls_its_question_otherwise(
    city: Platform, tmp_path: Path
) -> None:
    case_id, given = with_file(city, "G05")
    [one, *_] = [r for r in all_referrals(city, case_id) if r.agency != "UPTD_PPA"]
    who = officer_of(city, one.agency)
    accept(city, who, one.id)
    name = next(n for n in given if opens(city, who, given[n]))

    def renamed(document: Any) -> None:
        for schema in objects(document):
            if name in schema["properties"]:
                schema["properties"][f"{name}_baru"] = schema["properties"].pop(name)
        for page in document["x-pages"]:
            page["questions"] = [f"{n}_baru" if n == name else n for n in page["questions"]]

    publish(city, tmp_path, renamed)
    staff = person(city, "staff")
    draft = corrections.correct(city, staff, case_id, "id")
    assert draft.body["answers"][f"{name}_baru"] == given[name]
    submit(city, staff, draft.id)
    assert opens(city, who, given[name])
