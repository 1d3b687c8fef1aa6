"""From a form that asks to keep an answer to the case that holds it, and no further."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.completed_answers import complete
from intake.desk import Desk, fill, pages_of, problems_in
from intake.newer_form import in_force, publish
from satupintu.actions.platform import Platform
from satupintu.cases.case import Case, Submission
from satupintu.documents import Json
from satupintu.store import cases, drafts, submissions

SECRET = "sandi contoh"


def keeping(document: Json) -> None:
    """Add a question that hides two, of which one asks to be kept."""
    words = {"type": "string", "maxLength": 40, "x-sensitivity": "terbatas"}

    def one(x_id: str, title: str, **more: Json) -> dict[str, Json]:
        return {"title": title, "x-id": x_id, "x-i18n": {"en": {"title": title}}, **words, **more}

    document["properties"]["uji_ada"] = {**one("uji-1", "Apakah ada?"), "type": "boolean"}
    del document["properties"]["uji_ada"]["maxLength"]
    document["allOf"].append(
        {
            "if": {"properties": {"uji_ada": {"const": True}}, "required": ["uji_ada"]},
            "then": {
                "properties": {
                    "uji_simpan": one("uji-2", "Catatan yang disimpan", **{"x-keep-hidden": True}),
                    "uji_buang": one("uji-3", "Catatan yang dibuang"),
                }
            },
        }
    )
    document["x-pages"][0]["questions"] += ["uji_ada", "uji_simpan", "uji_buang"]


@pytest.fixture
def hidden_again(city: Platform, tmp_path: Path) -> tuple[Desk, str]:
    """A complete assessment in which both answers were given and are no longer asked for."""
    form = publish(city, "assessment", tmp_path, keeping)
    desk = Desk.of(city, "staff", app=pages_of(city))
    draft = desk.begin()
    answers = complete(form, {"uji_ada": True, "uji_simpan": SECRET, "uji_buang": "buang ini"})
    fill(city, desk, draft, form, answers)
    changed = {k: v for k, v in answers.items() if k not in ("uji_simpan", "uji_buang")}
    fill(city, desk, draft, form, {**changed, "uji_ada": False})
    return desk, draft


def sent(platform: Platform) -> tuple[Case, Submission]:
    with platform.store.reading() as tx:
        [case] = cases.listed(tx, ["decided", "triage"])
        return case, submissions.of_case(tx, case.id)[-1]


def test_check_your_answers_says_what_is_dropped_what_is_kept_and_why(
    city: Platform, hidden_again: tuple[Desk, str]
) -> None:
    desk, draft = hidden_again
    page = desk.get(f"{draft}/periksa").text
    assert not problems_in(page)
    dropped = page.index("Beberapa jawaban tidak ikut dikirim")
    kept = page.index("Beberapa jawaban disimpan walau tidak lagi ditanyakan")
    assert dropped < page.index("<b>Catatan yang dibuang</b>") < kept
    assert kept < page.index("<b>Catatan yang disimpan</b>")
    assert "Hanya ditanyakan bila" in page
    with city.store.reading() as tx:
        answers = drafts.get(tx, draft.split("/")[2]).body["answers"]
    assert answers["uji_buang"] == "buang ini", "a draft keeps both: she may change her mind again"


def test_sent_it_stands_beside_the_answers_for_those_who_manage_the_case(
    city: Platform, hidden_again: tuple[Desk, str], tmp_path: Path
) -> None:
    desk, draft = hidden_again
    assert desk.post(f"{draft}/periksa", {"told": "yes"}).status_code == 303
    case, submission = sent(city)
    assert submission.kept == {"/uji_simpan": SECRET}
    assert not {"uji_simpan", "uji_buang"} & {*submission.answers, *submission.facts}
    page = desk.get(f"/kasus/{case.id}/jawaban").text
    assert SECRET in page
    assert "Disimpan di samping jawaban" in page
    assert "buang ini" not in page
    bytes_there = b"".join(p.read_bytes() for p in city.settings.var.glob("*.sqlite3*"))
    assert SECRET.encode() not in bytes_there
    assert in_force(city, "assessment").questions["uji_simpan"].keep_hidden


def test_a_correction_has_it_again_in_its_place(
    city: Platform, hidden_again: tuple[Desk, str]
) -> None:
    desk, draft = hidden_again
    desk.post(f"{draft}/periksa", {"told": "yes"})
    case, _ = sent(city)
    answer = desk.post(f"/kasus/{case.id}/perbaiki", {})
    with city.store.reading() as tx:
        answers = drafts.get(tx, answer.location.split("/")[2]).body["answers"]
    assert (answers["uji_ada"], answers["uji_simpan"]) == (False, SECRET)
