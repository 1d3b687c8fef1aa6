"""What a browser of ours never sends: each a plain sentence at its question, or ignored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from werkzeug.test import TestResponse

from forms.completed_answers import complete
from intake.desk import Desk, fill, hidden, pages_of, problems_in, typed
from satupintu import clock
from satupintu.actions.platform import Platform
from satupintu.conditions.ast import TRUE
from satupintu.conditions.types import Boolean, Integer
from satupintu.forms.answers import without_hidden
from satupintu.forms.document import Form, Question
from satupintu.store import audit, cases, drafts, submissions


def form_of(platform: Platform) -> Form:
    return platform.content.in_force(clock.now()).form_for("assessment")


def first(form: Form, wanted: Callable[[Question], bool]) -> tuple[str, str]:
    """Return the page and name of the first question of some kind that is always asked."""
    for page in form.pages:
        for name in page.questions:
            question = form.questions[name]
            if question.asked_when == TRUE and wanted(question):
                return page.id, name
    raise AssertionError("the form has no such question")


def answered(platform: Platform, draft: str) -> dict[str, Any]:
    with platform.store.reading() as tx:
        return dict(drafts.get(tx, draft.rpartition("/")[2]).body["answers"])


def send(desk: Desk, draft: str, page: str, **fields: Any) -> TestResponse:
    seen = hidden(desk.get(f"{draft}/{page}").text, "seen")
    return desk.post(f"{draft}/{page}", {**fields, "seen": seen})


def is_choice(question: Question) -> bool:
    return question.kind in ("radio", "select")


def test_an_option_that_does_not_exist_is_refused_at_its_question(city: Platform) -> None:
    desk, form = Desk.of(city, "staff"), form_of(city)
    page, name = first(form, is_choice)
    draft = desk.begin()
    answer = send(desk, draft, page, **{name: "tidak_ada_pilihan_ini"})
    assert answer.status_code == 422
    assert f'href="#q-{name}"' in answer.text
    assert answered(city, draft).get(name) != "tidak_ada_pilihan_ini"


@pytest.mark.parametrize("number", ["-1", "100000", "NaN", "1e9", "dua"])
def test_a_number_out_of_bounds_or_none_at_all_is_refused_at_its_question(
    city: Platform, number: str
) -> None:
    desk, form = Desk.of(city, "staff"), form_of(city)
    page, name = first(form, lambda q: isinstance(q.fact_type, Integer) and q.computed is None)
    draft = desk.begin()
    answer = send(desk, draft, page, **{name: number})
    assert answer.status_code == 422
    assert f'href="#q-{name}"' in answer.text
    again = desk.get(f"{draft}/{page}?lengkapi=1")
    assert f'value="{number}"' in again.text
    assert f'href="#q-{name}"' in again.text


def test_the_30th_of_february_is_refused_and_shown_again_later(city: Platform) -> None:
    desk, form = Desk.of(city, "staff"), form_of(city)
    page, name = first(form, lambda q: q.kind in ("date", "date-time", "date_time"))
    draft = desk.begin()
    date = {f"{name}.day": "30", f"{name}.month": "2", f"{name}.year": "2026"}
    answer = send(desk, draft, page, **date, act="save")
    assert answer.status_code == 303
    shown = desk.get(f"{draft}/{page}")
    assert f'href="#q-{name}"' in shown.text
    assert 'value="30"' in shown.text
    sent = desk.post(f"{draft}/periksa", {})
    assert sent.status_code == 422
    assert any(
        f'/{page}?dari=periksa&amp;lengkapi=1#q-{name}"' in line for line in sent.text.splitlines()
    )


def test_a_megabyte_of_text_is_kept_and_asked_to_be_shortened(city: Platform) -> None:
    desk, form = Desk.of(city, "staff"), form_of(city)
    page, name = first(form, lambda q: q.kind == "textarea")
    draft = desk.begin()
    seen = hidden(desk.get(f"{draft}/{page}").text, "seen")
    fields = {name: "a" * 1_000_000, "seen": seen, "csrf_token": desk.token()}
    answer = desk.client.post(f"{draft}/{page}", data=fields)
    assert answer.status_code == 422
    assert f'href="#q-{name}"' in answer.text
    assert "a" * 1_000_000 in answer.text


def test_a_posted_computed_answer_is_ignored_and_computed_again(city: Platform) -> None:
    desk, form = Desk.of(city, "staff"), form_of(city)
    example = city.content.rule_set(clock.now()).examples[0]
    answers = complete(form, example.facts)
    computed = {n: answers[n] for n, q in form.questions.items() if q.computed and n in answers}
    assert computed
    draft = desk.begin()
    fill(city, desk, draft, form, answers)
    for page in form.pages:
        forged = {name: "999" for name in page.questions if name in computed}
        if forged:
            send(desk, draft, page.id, **typed(city, form, page, answers), **forged)
    case_id = desk.post(f"{draft}/periksa", {}).location.split("/")[2]
    with city.store.reading() as tx:
        [submission] = submissions.of_case(tx, case_id)
    assert {n: submission.answers[n] for n in computed} == computed


def test_an_answer_to_a_question_that_was_not_asked_is_not_kept(city: Platform) -> None:
    desk, form = Desk.of(city, "staff"), form_of(city)
    page = form.pages[0]
    draft = desk.begin()
    elsewhere = form.pages[-1].questions[0]
    send(desk, draft, page.id, **{elsewhere: "ada", "tidak_ada_pertanyaan_ini": "x"}, act="save")
    assert not {elsewhere, "tidak_ada_pertanyaan_ini"} & answered(city, draft).keys()


def test_a_page_skipped_by_its_address_stops_nothing_but_the_sending(city: Platform) -> None:
    desk, form = Desk.of(city, "staff"), form_of(city)
    draft = desk.begin()
    last = form.pages[-1]
    assert desk.get(f"{draft}/{last.id}").status_code == 200
    answer = desk.post(f"{draft}/periksa", {"told": "yes"})
    assert answer.status_code == 422
    assert problems_in(answer.text)
    with city.store.reading() as tx:
        assert cases.listed(tx, ["undecided", "decided", "triage"]) == ()


def test_a_page_that_the_form_does_not_have_is_not_found(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    draft = desk.begin()
    assert desk.get(f"{draft}/tidak-ada").status_code == 404
    assert desk.get("/asesmen/tidak-ada/periksa").status_code == 404


def turned(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield answers given otherwise, so that another answer is hidden by it."""
    for name, value in answers.items():
        question = form.questions[name]
        others: list[Any] = [o.const for o in question.options]
        if question.fact_type == Boolean():
            others = [not value]
        for other in others:
            is_other = isinstance(value, (str, bool)) and other != value
            if is_other and without_hidden(form, {**answers, name: other})[1]:
                yield name, other


def test_a_hidden_answer_is_said_to_be_left_out(city: Platform) -> None:
    """Of a question whose cause was answered otherwise after it was answered itself."""
    desk, form = Desk.of(city, "staff"), form_of(city)
    answers = complete(form, city.content.rule_set(clock.now()).examples[0].facts)
    cause, other = next(turned(form, answers))
    draft = desk.begin()
    fill(city, desk, draft, form, answers)
    home = next(p for p in form.pages if cause in p.questions)
    assert "tidak ikut dikirim" not in desk.get(f"{draft}/periksa").text
    send(desk, draft, home.id, **typed(city, form, home, {**answers, cause: other}), act="save")
    assert "tidak ikut dikirim" in desk.get(f"{draft}/periksa").text


def test_what_is_asked_only_now_is_asked_kindly_once_then_required(city: Platform) -> None:
    """Without a script a follow-up question arrives after saving, and is no mistake yet."""
    desk, form = Desk.of(city, "staff"), form_of(city)
    example = city.content.rule_set(clock.now()).examples[0]
    answers = complete(form, example.facts)
    for page in form.pages:
        followed = [
            n
            for n in page.questions
            if n in answers
            and form.questions[n].asked_when != TRUE
            and form.questions[n].computed is None
            and form.questions[n].required_when is not None
        ]
        if followed:
            break
    draft = desk.begin()
    sent = typed(city, form, page, {n: v for n, v in answers.items() if n not in followed})
    kindly = send(desk, draft, page.id, **sent)
    assert kindly.status_code == 422
    assert problems_in(kindly.text) == []
    assert "Ada pertanyaan lanjutan" in kindly.text
    assert problems_in(send(desk, draft, page.id, **sent).text)
    assert send(desk, draft, page.id, **sent, act="skip").status_code == 303


def test_a_redraw_by_script_shows_what_is_asked_now_and_keeps_nothing(city: Platform) -> None:
    desk, form = Desk.of(city, "staff"), form_of(city)
    example = city.content.rule_set(clock.now()).examples[0]
    answers = complete(form, example.facts)
    draft = desk.begin()
    page = next(
        p
        for p in form.pages
        if any(n in answers and form.questions[n].asked_when != TRUE for n in p.questions)
    )
    seen = hidden(desk.get(f"{draft}/{page.id}").text, "seen")
    sent = typed(city, form, page, answers)
    part = desk.post(f"{draft}/{page.id}", {**sent, "seen": seen}, **{"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.text
    followed = [n for n in page.questions if n in answers and form.questions[n].asked_when != TRUE]
    assert all(f'id="q-{n}' in part.text for n in followed)
    assert answered(city, draft) == {}


def test_covered_answers_are_uncovered_one_by_one_and_audited(city: Platform) -> None:
    desk, form = Desk.of(city, "staff"), form_of(city)
    page, name = first(form, lambda q: q.kind == "textarea" and q.sensitivity == "sangat_rahasia")
    draft = desk.begin()
    send(desk, draft, page, **{name: "Cerita korban contoh"}, act="save")
    covered = desk.get(f"{draft}/periksa")
    assert "Cerita korban contoh" not in covered.text
    assert f"tampilkan={name}" in covered.text
    assert "Cerita korban contoh" in desk.get(f"{draft}/periksa?tampilkan={name}").text
    with city.store.reading() as tx:
        shown = [e for e in audit.listed(tx, limit=50) if "revealed" in e.details]
    assert [e.details["revealed"] for e in shown] == [[name]]


def test_other_staff_agencies_and_administrators_open_no_draft(city: Platform) -> None:
    app = pages_of(city)
    draft = Desk.of(city, "staff", app=app).begin()
    for role in ("agency_officer", "administrator", "auditor", "policy_owner"):
        assert Desk.of(city, role, app=app).client.get(draft).status_code in (303, 403)
        # 303 leads only to where that role's own work starts, or back to the log-in page.
        assert Desk.of(city, role, app=app).client.get(f"{draft}/periksa").status_code == 403


def test_a_draft_is_deleted_only_after_asking(city: Platform) -> None:
    desk = Desk.of(city, "staff")
    draft = desk.begin()
    assert "Hapus isian ini?" in desk.get(f"{draft}/hapus").text
    assert desk.get(draft).status_code == 303
    desk.post(f"{draft}/hapus", {})
    assert desk.get(draft).status_code == 404
