"""A draft begun on an older version finishes on it, or comes over as its preview said."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from sqlalchemy import select

from forms.completed_answers import complete
from intake.desk import Desk, fill, hidden, one_of, pages_of
from intake.newer_form import in_force, publish
from intake.test_going_on_later import go_on, put_off, step
from intake.test_public_report import PNG, tell
from intake.test_quiet_saves import asked_always, body, drawn, stored
from satupintu.actions import newer_version
from satupintu.actions.platform import Platform
from satupintu.documents import Json
from satupintu.errors import Conflict
from satupintu.forms.reading_back import MASKED
from satupintu.store import audit, cases, submissions
from satupintu.store.tables import files as files_table

TITLE = "Pertanyaan yang baru"
NEW = {
    "title": TITLE,
    "type": "string",
    "maxLength": 40,
    "x-id": "uji-baru",
    "x-sensitivity": "terbatas",
    "x-i18n": {"en": {"title": "A new question"}},
}


class Newer:
    """A change of a form: one question renamed, one gone, one new."""

    def __init__(self, renamed: str, gone: str | None = None) -> None:
        self.renamed, self.gone = renamed, gone

    def __call__(self, document: Json) -> None:
        properties = document["properties"]
        properties[f"{self.renamed}_baru"] = properties.pop(self.renamed)
        properties["uji_baru"] = NEW
        if self.gone is not None:
            del properties[self.gone]
        for page in document["x-pages"]:
            if self.renamed in page["questions"]:
                page["questions"].append("uji_baru")
            page["questions"] = [
                f"{name}_baru" if name == self.renamed else name
                for name in page["questions"]
                if name != self.gone
            ]
        if self.renamed in document.get("required", ()):
            document["required"].remove(self.renamed)
            document["required"].append(f"{self.renamed}_baru")
        if self.gone in document.get("required", ()):
            document["required"].remove(self.gone)


STAYS, GOES = "uji_satu", "uji_dua"


def two_texts(document: Json) -> None:
    """Add a text that the newer version renames, and one that it no longer asks."""
    for name in (STAYS, GOES):
        document["properties"][name] = {**NEW, "title": f"Catatan {name}", "x-id": f"id-{name}"}
    document["x-pages"][0]["questions"] += [STAYS, GOES]


@pytest.fixture
def begun(city: Platform, tmp_path: Path) -> tuple[Desk, str, str, str]:
    """A draft of an assessment with two texts, and their names: one to stay, one to go."""
    form = publish(city, "assessment", tmp_path, two_texts)
    desk = Desk.of(city, "staff")
    draft = desk.begin()
    for name, said in ((STAYS, "tetap ada"), (GOES, "akan hilang")):
        page = next(p for p in form.pages if name in p.questions)
        address = f"{draft}/{page.id}"
        kept = {q: v for q, v in body(city, draft)["answers"].items() if q in page.questions}
        shown = desk.post(address, {**drawn(desk, address), **kept, name: said, "act": "save"})
        assert shown.status_code == 303
    return desk, draft, STAYS, GOES


def test_without_a_newer_version_nothing_is_offered(
    city: Platform, begun: tuple[Desk, str, str, str]
) -> None:
    desk, draft, *_ = begun
    assert 'value="newer"' not in desk.get(desk.get(draft).location).text
    assert "sudah pada versi yang berlaku" in desk.get(f"{draft}/versi-baru").text


def test_the_preview_says_what_goes_and_changes_nothing(
    city: Platform, begun: tuple[Desk, str, str, str], tmp_path: Path
) -> None:
    desk, draft, stays, goes = begun
    before = stored(city, draft)
    publish(city, "assessment", tmp_path, Newer(stays, goes))
    assert 'value="newer"' in desk.get(desk.get(draft).location).text
    page = desk.get(f"{draft}/versi-baru").text
    for said in ("akan hilang", "Pertanyaannya tidak ada lagi.", TITLE, "tetap ada"):
        assert said in page, said
    assert page.index("akan hilang") < page.index(TITLE) < page.index("tetap ada")
    assert stored(city, draft) == before
    assert "akan hilang" in desk.get(f"{draft}/periksa").text, "it may finish on its own version"


def test_carried_over_the_answers_stand_where_they_are_asked_now(
    city: Platform, begun: tuple[Desk, str, str, str], tmp_path: Path
) -> None:
    desk, draft, stays, goes = begun
    new = publish(city, "assessment", tmp_path, Newer(stays, goes))
    seen = hidden(desk.get(f"{draft}/versi-baru").text, "seen")
    done = desk.post(f"{draft}/versi-baru", {"seen": seen})
    assert (done.status_code, done.location) == (303, draft)
    after = stored(city, draft)
    assert after.form_hash == new.hash
    assert after.body["answers"][f"{stays}_baru"] == "tetap ada"
    assert goes not in after.body["answers"]
    page = next(p.id for p in new.pages if "uji_baru" in p.questions)
    assert page not in after.body["sent"], "a page that asks something new is not done"
    with city.store.reading() as tx:
        [entry] = audit.listed(tx, action="draft.carry_over")
    assert entry.details["after"] == new.hash
    assert "akan hilang" not in str(entry)


def test_a_preview_that_no_longer_holds_is_shown_again(
    city: Platform, begun: tuple[Desk, str, str, str], tmp_path: Path
) -> None:
    desk, draft, stays, goes = begun
    old = in_force(city, "assessment")
    publish(city, "assessment", tmp_path, Newer(stays, goes))
    seen = hidden(desk.get(f"{draft}/versi-baru").text, "seen")
    page = next(p for p in old.pages if goes in p.questions)
    address = f"{draft}/{page.id}"
    desk.post(address, {**drawn(desk, address), goes: "diubah lagi", "act": "save"})
    again = desk.post(f"{draft}/versi-baru", {"seen": seen})
    assert again.status_code == 409
    assert "diubah lagi" in again.text
    assert stored(city, draft).form_hash == old.hash
    who = one_of(city, "staff")
    with pytest.raises(Conflict):
        newer_version.carry_over(city, who, draft.split("/")[2], "")


def test_the_button_on_a_page_saves_it_before_the_preview(
    city: Platform, begun: tuple[Desk, str, str, str], tmp_path: Path
) -> None:
    desk, draft, stays, goes = begun
    old = in_force(city, "assessment")
    publish(city, "assessment", tmp_path, Newer(stays, goes))
    page = next(p for p in old.pages if goes in p.questions)
    address = f"{draft}/{page.id}"
    pressed = desk.post(address, {**drawn(desk, address), goes: "baru diketik", "act": "newer"})
    assert pressed.location == f"{draft}/versi-baru"
    assert "baru diketik" in desk.get(pressed.location).text


def test_a_draft_finishes_on_the_version_it_was_begun_on(city: Platform, tmp_path: Path) -> None:
    old = publish(city, "assessment", tmp_path, two_texts)
    desk = Desk.of(city, "staff")
    draft = desk.begin()
    publish(city, "assessment", tmp_path, Newer(STAYS, GOES))
    fill(city, desk, draft, old, complete(old, {}))
    answer = desk.post(f"{draft}/periksa", {"told": "yes"})
    assert answer.status_code == 303, answer.text
    with city.store.reading() as tx:
        [case] = cases.listed(tx, ["decided", "triage"])
        [sent] = submissions.of_case(tx, case.id)
    assert sent.form_hash == old.hash


def test_what_could_not_be_read_comes_along_or_is_shown(city: Platform, tmp_path: Path) -> None:
    counted = {**NEW, "type": "integer", "minimum": 0, "maximum": 99, "x-id": "uji-angka"}
    counted = {k: v for k, v in counted.items() if k != "maxLength"}
    other = {**counted, "x-id": "uji-lain"}

    def with_numbers(document: Json) -> None:
        document["properties"] |= {"uji_angka": counted, "uji_lain": other}
        document["x-pages"][0]["questions"] += ["uji_angka", "uji_lain"]

    def with_one(document: Json) -> None:
        del document["properties"]["uji_angka"]
        document["x-pages"][0]["questions"].remove("uji_angka")

    page = publish(city, "assessment", tmp_path, with_numbers).pages[0]
    desk = Desk.of(city, "staff")
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    typed = {"uji_angka": "dua puluhan", "uji_lain": "lima belasan", "act": "save"}
    desk.post(address, {**drawn(desk, address), **typed})
    publish(city, "assessment", tmp_path, with_one)
    text = desk.get(f"{draft}/versi-baru").text
    assert "dua puluhan" in text
    assert "Tulisan ini belum terbaca" in text
    assert "lima belasan" not in text
    desk.post(f"{draft}/versi-baru", {"seen": hidden(text, "seen")})
    assert body(city, draft)["typed"] == {"uji_lain": "lima belasan"}
    assert [p["pointer"] for p in body(city, draft)["unread"]] == ["/uji_lain"]
    assert "lima belasan" in desk.get(address).text


def test_a_most_secret_answer_stays_covered_on_a_shared_screen(
    city: Platform, tmp_path: Path
) -> None:
    secret = {**NEW, "x-sensitivity": MASKED, "x-id": "uji-rahasia"}

    def with_secret(document: Json) -> None:
        document["properties"]["uji_rahasia"] = secret
        document["x-pages"][0]["questions"].append("uji_rahasia")

    def without(document: Json) -> None:
        del document["properties"]["uji_rahasia"]
        document["x-pages"][0]["questions"].remove("uji_rahasia")

    page = publish(city, "assessment", tmp_path, with_secret).pages[0]
    desk = Desk.of(city, "staff")
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    desk.post(address, {**drawn(desk, address), "uji_rahasia": "sandi contoh", "act": "save"})
    publish(city, "assessment", tmp_path, without)
    text = desk.get(f"{draft}/versi-baru").text
    assert "sandi contoh" not in text
    assert f"{draft}/periksa?tampilkan=uji_rahasia#isi" in text
    assert "sandi contoh" in desk.get(f"{draft}/periksa?tampilkan=uji_rahasia").text


def test_a_file_follows_its_question(city: Platform, tmp_path: Path) -> None:
    desk = Desk.of(city)
    form = in_force(city, "public_report")
    [question] = [q for q in form.questions.values() if q.kind == "files"]
    tell(city, desk, **{question.name: (io.BytesIO(PNG), "foto.png")})
    new = publish(city, "public_report", tmp_path, Newer(question.name))
    seen = hidden(desk.get("/lapor/versi-baru").text, "seen")
    assert desk.post("/lapor/versi-baru", {"seen": seen}).location == "/lapor"
    with city.store.reading() as tx:
        names = tx.run(select(files_table.c.question)).scalars().all()
    assert names == [f"{question.name}_baru.0"]
    assert new.questions[f"{question.name}_baru"].kind == "files"


def test_a_reporter_may_bring_her_report_over_too(city: Platform, tmp_path: Path) -> None:
    app = pages_of(city)
    desk = Desk.of(city, app=app)
    form = in_force(city, "public_report")
    _, question = asked_always(form, "textarea")
    code = put_off(city, desk, "cerita lama")
    publish(city, "public_report", tmp_path, Newer(question.name))
    go_on(desk, code)
    assert 'value="newer"' in desk.get("/lapor").text
    pressed = desk.post("/lapor", {**step(desk), question.name: "cerita lama", "act": "newer"})
    assert pressed.location == "/lapor/versi-baru"
    page = desk.get("/lapor/versi-baru")
    assert "cerita lama" in page.text
    assert TITLE in page.text
    assert page.headers["Cache-Control"] == "no-store"
    stale = desk.post("/lapor/versi-baru", {"seen": "lama"})
    assert stale.location == "/lapor/versi-baru"
    desk.post("/lapor/versi-baru", {"seen": hidden(page.text, "seen")})
    assert "cerita lama" in desk.get("/lapor").text
    other = Desk.of(city, app=app)
    go_on(other, code)
    assert "cerita lama" in other.get("/lapor").text, "the code goes on with the newer version"


def test_nobody_elses_draft_is_previewed_or_carried(
    city: Platform, begun: tuple[Desk, str, str, str]
) -> None:
    _, draft, *_ = begun
    stranger = Desk.of(city, "agency_officer")
    assert stranger.get(f"{draft}/versi-baru").status_code == 403
    assert stranger.post(f"{draft}/versi-baru", {"seen": "x"}).status_code == 403
    assert Desk.of(city).get("/lapor/versi-baru").status_code == 404
