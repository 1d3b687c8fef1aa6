"""What is typed is kept by itself, says nothing that nobody said, and overwrites nobody."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from forms.small_forms import choice
from intake.desk import Desk, hidden, pages_of
from intake.newer_form import in_force, publish
from intake.test_public_report import PNG
from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.conditions.ast import TRUE
from satupintu.documents import Json
from satupintu.forms.document import Form, Page, Question
from satupintu.store import audit, drafts
from satupintu.store.drafts import Draft

QUIET = {"HX-Request": "true", "HX-Target": "p#tersimpan"}


def body(platform: Platform, address: str) -> Mapping[str, Any]:
    return stored(platform, address).body


def stored(platform: Platform, address: str) -> Draft:
    with platform.store.reading() as tx:
        return drafts.get(tx, address.split("/")[2])


def asked_always(form: Form, kind: str) -> tuple[Page, Question]:
    """Return a page with a question of a kind that is always asked."""
    for page in form.pages:
        for name in page.questions:
            question = form.questions[name]
            if question.kind == kind and question.asked_when == TRUE:
                return page, question
    raise AssertionError(kind)


def drawn(desk: Desk, address: str) -> dict[str, str]:
    """Return what a drawn page sends along, whoever presses or types."""
    html = desk.get(address).text
    return {name: hidden(html, name) for name in ("seen", ":view", ":drawn")}


def test_what_was_typed_is_there_on_another_device_and_the_page_does_not_count_as_sent(
    city: Platform,
) -> None:
    desk = Desk.of(city, "staff")
    page, text = asked_always(in_force(city, "assessment"), "textarea")
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    with clock.shifted(timedelta(minutes=1)):
        told = desk.post(
            f"{address}/simpan", {**drawn(desk, address), text.name: "setengah"}, **QUIET
        )
    assert told.status_code == 200
    assert re.search(r"Disimpan \d\d\.\d\d", told.text)
    assert len(told.data) < 600
    assert body(city, draft)["answers"][text.name] == "setengah"
    assert body(city, draft)["sent"] == []
    other = Desk(pages_of(city).test_client())
    other.log_in(str(desk.login))
    assert "setengah" in other.get(address).text


def test_an_untouched_box_stays_unanswered_until_a_button_sends_the_page(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    page, boxes = asked_always(in_force(city, "assessment"), "checkboxes")
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    seen = drawn(desk, address)
    desk.post(f"{address}/simpan", {**seen}, **QUIET)
    assert boxes.name not in body(city, draft)["answers"]
    first = boxes.options[0].const
    desk.post(f"{address}/simpan", {**seen, boxes.name: first}, **QUIET)
    assert body(city, draft)["answers"][boxes.name] == [first]
    desk.post(f"{address}/simpan", {**seen}, **QUIET)
    assert body(city, draft)["answers"][boxes.name] == []


def test_a_question_that_never_stood_on_the_page_is_not_taken_for_untouched(
    city: Platform, tmp_path: Path
) -> None:
    """The redraw failed, the quiet save after it did not: the draft asks more than is drawn."""
    words = {"x-sensitivity": "terbatas"}
    boxes = {
        "title": "Apa saja?",
        "type": "array",
        "uniqueItems": True,
        "items": {"type": "string", "oneOf": choice("satu", "dua")},
        "x-id": "uji-kotak",
        "x-i18n": {"en": {"title": "Which?"}},
        **words,
    }

    def with_boxes(document: Json) -> None:
        asks = {"title": "Ada?", "type": "boolean", "x-id": "uji-ada", **words}
        document["properties"]["uji_ada"] = {**asks, "x-i18n": {"en": {"title": "Any?"}}}
        condition = {"properties": {"uji_ada": {"const": True}}, "required": ["uji_ada"]}
        then = {"properties": {"uji_kotak": boxes}}
        document["allOf"].append({"if": condition, "then": then})
        document["x-pages"][0]["questions"] += ["uji_ada", "uji_kotak"]

    page = publish(city, "assessment", tmp_path, with_boxes).pages[0]
    desk = Desk.of(city, "staff")
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    seen = drawn(desk, address)
    desk.post(f"{address}/simpan", {**seen, "uji_ada": "true"}, **QUIET)
    desk.post(address, {**seen, "uji_ada": "true", "act": "save"})
    assert "uji_kotak" not in body(city, draft)["answers"]
    seen = drawn(desk, address)
    desk.post(address, {**seen, "uji_ada": "true", "act": "save"})
    assert body(city, draft)["answers"]["uji_kotak"] == [], (
        "now it stood there, and none was ticked"
    )


def test_a_half_typed_date_is_kept_as_it_stands(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    form = in_force(city, "assessment")
    page, date = next(
        (p, form.questions[n])
        for p in form.pages
        for n in p.questions
        if form.questions[n].kind in ("date", "date-time") and form.questions[n].asked_when == TRUE
    )
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    html = desk.get(address).text
    first = re.findall(rf'name="({re.escape(date.name)}\.[a-z]+)"', html)[0]
    seen = {name: hidden(html, name) for name in ("seen", ":view", ":drawn")}
    desk.post(f"{address}/simpan", {**seen, first: "31x"}, **QUIET)
    assert date.name not in body(city, draft)["answers"]
    assert body(city, draft)["typed"][first] == "31x"
    assert 'value="31x"' in desk.get(address).text


def test_a_press_right_after_a_quiet_save_is_no_conflict_with_oneself(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    page, text = asked_always(in_force(city, "assessment"), "textarea")
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    seen = drawn(desk, address)
    desk.post(f"{address}/simpan", {**seen, text.name: "satu"}, **QUIET)
    desk.post(f"{address}/simpan", {**seen, text.name: "satu dua"}, **QUIET)
    pressed = desk.post(address, {**seen, text.name: "satu dua tiga", "act": "save"})
    assert pressed.status_code == 303
    assert body(city, draft)["answers"][text.name] == "satu dua tiga"
    late = desk.post(f"{address}/simpan", {**seen, text.name: "satu dua"}, **QUIET)
    assert late.status_code == 409, "a quiet save that comes too late overwrites nothing"
    assert body(city, draft)["answers"][text.name] == "satu dua tiga"


def test_two_tabs_never_overwrite_each_other_silently(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    page, text = asked_always(in_force(city, "assessment"), "textarea")
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    one, two = drawn(desk, address), drawn(desk, address)
    desk.post(f"{address}/simpan", {**one, text.name: "tab satu"}, **QUIET)
    told = desk.post(f"{address}/simpan", {**two, text.name: "tab dua"}, **QUIET)
    assert told.status_code == 409
    assert "diubah di tempat lain" in told.text
    assert body(city, draft)["answers"][text.name] == "tab satu"
    both = desk.post(address, {**two, text.name: "tab dua", "act": "next"})
    assert both.status_code == 409
    assert "tab satu" in both.text
    assert "tab dua" in both.text
    assert 'name=":view"' not in both.text
    ours = {"seen": hidden(both.text, "seen"), text.name: "tab dua", f"pilih:{text.name}": "ours"}
    assert desk.post(address, {**ours, "act": "save"}).status_code == 303
    assert body(city, draft)["answers"][text.name] == "tab dua"
    again = desk.post(f"{address}/simpan", {**one, text.name: "tab satu lagi"}, **QUIET)
    assert again.status_code == 409


def test_a_file_is_neither_added_nor_removed_quietly(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    form = in_force(city, "assessment")
    question = next(q for q in form.questions.values() if q.kind == "file" and q.asked_when == TRUE)
    page = next(p for p in form.pages if question.name in p.questions)
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    desk.post(address, {**drawn(desk, address), question.name: (io.BytesIO(PNG), "a.png")})
    kept = body(city, draft)["answers"][question.name]
    posted = {f"{question.name}.kept": kept, "act": f"rows:{question.name}:remove:{kept}"}
    desk.post(f"{address}/simpan", {**drawn(desk, address), **posted}, **QUIET)
    assert body(city, draft)["answers"][question.name] == kept
    desk.post(address, {**drawn(desk, address), **posted})
    assert question.name not in body(city, draft)["answers"]


def test_nothing_new_writes_nothing(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    page, text = asked_always(in_force(city, "assessment"), "textarea")
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    seen = drawn(desk, address)
    desk.post(f"{address}/simpan", {**seen, text.name: "sama"}, **QUIET)
    before = stored(city, draft).version
    desk.post(f"{address}/simpan", {**seen, text.name: "sama"}, **QUIET)
    assert stored(city, draft).version == before


def test_a_refusal_is_said_in_the_line_of_the_save(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    page = in_force(city, "assessment").pages[0]
    draft = desk.begin()
    seen = drawn(desk, f"{draft}/{page.id}")
    gone = desk.post("/asesmen/tidak-ada/satu/simpan", seen, **QUIET)
    assert gone.status_code == 404
    desk.client.delete_cookie("sesi")
    ended = desk.client.post(
        f"{draft}/{page.id}/simpan", data=seen, headers={"Sec-Fetch-Site": "same-origin", **QUIET}
    )
    for told in (gone, ended):
        assert "Belum tersimpan." in told.text
        assert "HX-Retarget" not in told.headers
        assert "<main" not in told.text


def test_every_quiet_save_has_its_entry_in_the_audit_trail(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    page, text = asked_always(in_force(city, "assessment"), "textarea")
    draft = desk.begin()
    address = f"{draft}/{page.id}"
    desk.post(f"{address}/simpan", {**drawn(desk, address), text.name: "rahasia"}, **QUIET)
    with city.store.reading() as tx:
        [entry] = [e for e in audit.listed(tx) if e.action == "draft.keep"]
    assert (entry.object_id, entry.details["page"]) == (stored(city, draft).id, page.id)
    assert "rahasia" not in str(entry)


def test_an_agency_without_the_draft_keeps_nothing_in_it(city: Platform) -> None:
    app = pages_of(city)
    desk = Desk.of(city, "staff", app=app)
    page, text = asked_always(in_force(city, "assessment"), "textarea")
    draft = desk.begin()
    seen = drawn(desk, f"{draft}/{page.id}")
    stranger = Desk.of(city, "agency_officer", app=app)
    refused = stranger.post(f"{draft}/{page.id}/simpan", {**seen, text.name: "x"}, **QUIET)
    assert refused.status_code == 403
    assert body(city, draft)["answers"] == {}
