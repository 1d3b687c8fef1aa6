"""A form, page by page: drawn, saved, checked. Every purpose of a form runs through here.

A section makes a ``Run`` for one draft of its own: which actions read and save it, where its pages
are. ``show`` and ``post`` answer for one page, ``check`` for reading the answers back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Response, make_response, render_template, request
from markupsafe import Markup

from satupintu import words
from satupintu.actions import drafts, quietly
from satupintu.actions.opened import Opened, Saved, SomebodyElse, all_problems, page_problems
from satupintu.errors import Problem
from satupintu.forms import questions, row_page, steps
from satupintu.forms.answers import pages_to_ask, with_computed, without_hidden
from satupintu.forms.asking import standing as standing_of
from satupintu.forms.attached import AttachedFiles
from satupintu.forms.compiling import on_page
from satupintu.forms.document import Form, Page, Question
from satupintu.forms.facts import at
from satupintu.forms.progress import Progress, progress
from satupintu.forms.questions import used
from satupintu.forms.reading_back import MASKED, Change
from satupintu.forms.rendering import page_html, summary_html
from satupintu.forms.row_page import RowPage
from satupintu.people import tokens
from satupintu.web import frame, headers
from satupintu.web.read_back import left_out, read_back
from satupintu.web.two_writers import SEEN, VIEW, conflict, theirs
from satupintu.words import Text

ACT = "act"
NEWER = "newer"
"""The button that saves a page and shows what a newer version of its form would change."""
ASKED = "lengkapi"
"""In the address of a page: show what is still to be done there."""
FROM = "dari"
"""The field, and in an address the parameter, that says a page is changed from ``steps.CHECK``."""
REVEAL = "tampilkan"
"""In the address of the check page: a covered answer to uncover."""


@dataclass(frozen=True)
class Run:
    """One draft being filled in by somebody with an account.

    ``page`` and ``check`` are addresses, ``later`` where "save, continue later" leads, ``send`` and
    ``discard`` where those buttons post to; ``keep`` is where a page is saved quietly, ``newer``
    where the draft may come over to the form in force; ``file`` is where an attached file opens, by
    its id.
    ``template`` and ``check_template`` extend ``runner/page.html`` and ``runner/check.html``.
    """

    draft_id: str
    page: Callable[[str], str]
    check: str
    later: str
    send: str
    keep: Callable[[str], str] | None = None
    newer: str | None = None
    discard: str | None = None
    file: Callable[[str], str] | None = None
    template: str = "runner/page.html"
    check_template: str = "runner/check.html"
    more: dict[str, Any] = field(default_factory=dict)
    """What the section's own templates read besides."""

    def read(self, reveal: Iterable[str] = ()) -> Opened:
        """Return the draft. Raises NotFound, NotAllowed."""
        return drafts.read(frame.platform(), frame.who(), self.draft_id, tuple(reveal))

    def step(self, step: str) -> str:
        """Return the address of a page, or of the check page."""
        return self.check if step == steps.CHECK else self.page(step)


def show(run: Run, page_id: str) -> Response:
    """Answer with one page of the draft as it stands."""
    opened = run.read()
    page = opened.page(page_id)
    problems = page_problems(opened, page) if ASKED in request.args else opened.unread
    asked = request.args.get(row_page.IN_ADDRESS, "")
    row = row_page.named(opened.form, page, opened.answers, asked)
    return _page(run, opened, page, problems, row=row)


def post(run: Run, page_id: str) -> Response:
    """Keep what was posted of a page and go where the pressed button leads."""
    if request.headers.get("HX-Request") == "true":
        return _redrawn(run, page_id)
    try:
        saved = drafts.save_page(
            frame.platform(),
            frame.who(),
            run.draft_id,
            page_id,
            request.form,
            request.files,
            request.form.get(SEEN, ""),
            theirs(),
            request.form.get(VIEW, ""),
        )
    except SomebodyElse as e:
        return conflict(e, run.page(page_id), run.more)
    if pressed() == NEWER and run.newer is not None:
        return go_to(run.newer)
    step = goes(saved)
    if step is None:
        return go_to(run.later)
    here, row = row_page.posted_row(request.form), saved.row(request.form)
    acts = pressed().startswith(("rows:", "redraw"))
    if row is not None and row.control == here and not acts:
        return _page(run, saved.opened, saved.page, saved.to_do, status=422, row=row)
    if row is not None:
        back = _fragment(here) if row.holds(here) else ""
        place = at_change(step == page_id) if row.control == here else back
        return go_to(f"{run.page(page_id)}?{row_page.IN_ADDRESS}={row.control}{place}")
    if here and step == page_id:
        return go_to(run.page(page_id) + _fragment(here))
    if step == page_id and not acts:
        return _page(run, saved.opened, saved.page, saved.to_do, new=bool(saved.new), status=422)
    return go_to(_address(run, step) + at_change(step == page_id))


def _address(run: Run, step: str) -> str:
    """Return where a step stands; somebody who changes answers stays on the way back."""
    changes = is_changing() and step != steps.CHECK and not pressed().startswith("goto:")
    return changed(run.step(step)) if changes else run.step(step)


def changed(address: str) -> str:
    """Return the address of a page as one that is changed from reading the answers back."""
    return f"{address}?{FROM}={steps.CHECK}"


def is_changing() -> bool:
    """Tell whether the page was opened from reading the answers back, to change it."""
    return request.values.get(FROM) == steps.CHECK


def keep(run: Run, page_id: str) -> Response:
    """Keep a page that is being typed, and say when."""
    return kept_quietly(
        lambda: quietly.keep(
            frame.platform(),
            frame.who(),
            run.draft_id,
            page_id,
            request.form,
            request.form.get(SEEN, ""),
            request.form.get(VIEW, ""),
        )
    )


def kept_quietly(save: Callable[[], datetime]) -> Response:
    """Answer a quiet save with its line: when it was saved, or that the page changed elsewhere."""
    try:
        at = save()
    except SomebodyElse:
        return make_response(render_template("runner/kept.html", at=None), 409)
    return make_response(render_template("runner/kept.html", at=at))


def new_view() -> str:
    """Return the name of a page that is drawn now."""
    return tokens.new()[:16]


def go_to(address: str) -> Response:
    """Answer a POST with the page to read next."""
    return Response(status=303, headers={"Location": address})


def pressed() -> str:
    """Return the button that was pressed; nothing where it was the one that goes on."""
    return (request.form.getlist(ACT) or [""])[-1]


def goes(saved: Saved) -> str | None:
    """Return the step that the pressed button leads to, None for "continue later"."""
    if pressed() == "save":
        return None
    opened = saved.opened
    left = opened.left if is_changing() else None
    stays = saved.stays or row_page.back_to_list(request.form)
    return steps.pressed(
        opened.form, opened.answers, saved.page.id, pressed(), stays=stays, left=left
    )


def questions_html(
    opened: Opened,
    page: Page,
    problems: Iterable[Problem] = (),
    file: Callable[[str], str] | None = None,
    row: RowPage | None = None,
) -> Markup:
    """Return the questions of a page as they stand in a draft, and their names for its saves.

    ``file`` is where a file opens; the page may use of the device what its questions use.
    """
    headers.let_use(used(on_page(opened.form, page)))
    begun = opened.begun(page)
    html = page_html(
        opened.form,
        page,
        language=frame.page_language(),
        zone=frame.wording().zone,
        answers=begun,
        unread=opened.typed,
        problems=problems,
        attached=AttachedFiles(frame.page_language(), opened.attached, file),
        row=row,
    )
    if not html.strip():
        return html
    answers = with_computed(opened.form, begun)
    asked = standing_of(opened.form, on_page(opened.form, page), answers).asked
    said = " ".join(sorted(n for n in asked if not any(p.isdigit() for p in n.split("."))))
    field = Markup('<input type="hidden" name="{}" value="{}">').format(drafts.DRAWN, said)
    return html + field


def problems_html(
    opened: Opened,
    problems: Iterable[Problem],
    here: Page | None = None,
    address: Callable[[str], str] | None = None,
    row: RowPage | None = None,
) -> Markup:
    """Return the summary of problems; with ``address`` each leads to its page and back."""
    return summary_html(
        opened.form,
        problems,
        frame.page_language(),
        here=here,
        row=row,
        url_for_page=None if address is None else lambda p: f"{changed(address(p.id))}&{ASKED}=1",
    )


def check(run: Run, problems: Iterable[Problem] = (), status: int = 200, **more: Any) -> Response:
    """Answer with the answers read back, what is missing, and the button that sends them."""
    reveal = request.args.getlist(REVEAL)[:20]
    opened = run.read(reveal)
    found = (*problems, *all_problems(opened))
    return make_response(
        render_template(
            run.check_template,
            run=run,
            opened=opened,
            answers=read_back(
                opened,
                reveal=reveal,
                change=lambda page: Change(href=changed(run.page(page.id))),
                file=run.file,
                covered=lambda name: f"{run.check}?{REVEAL}={name}#isi",
            ),
            problems=problems_html(opened, found, address=run.page),
            complete=not found,
            **left_out(opened),
            back=steps.before(opened.form, opened.answers, steps.CHECK),
            **{**run.more, **more},
        ),
        status,
    )


def standing(opened: Opened) -> tuple[Progress, ...]:
    """Return how each page of a draft stands."""
    return progress(opened.form, opened.answers, opened.sent, all_problems(opened))


def intro(opened: Opened, page: Page) -> Text | None:
    """Return what stands before the questions; where they come one by one, before the first."""
    earlier = steps.before(opened.form, opened.answers, page.id)
    again = earlier is not None and earlier.section == page.section
    return None if again else page.intro


def _page(
    run: Run,
    opened: Opened,
    page: Page,
    problems: Iterable[Problem],
    *,
    new: bool = False,
    status: int = 200,
    row: RowPage | None = None,
) -> Response:
    found = tuple(problems) if row is None else row_page.within(row, problems)
    return make_response(
        render_template(
            run.template,
            run=run,
            opened=opened,
            page=page,
            questions=questions_html(opened, page, found, run.file, row),
            problems=problems_html(opened, found, page, row=row),
            row=row,
            row_title=row and row_page.title(opened.form, row, frame.page_language()),
            new=new,
            standing=standing(opened),
            back=steps.before(opened.form, opened.answers, page.id),
            changing=is_changing(),
            intro=intro(opened, page),
            asked=[p.id for p in pages_to_ask(opened.form, opened.answers)],
            about=about(opened),
            seen=opened.seen(page),
            view=new_view(),
            **run.more,
        ),
        status if found or new else 200,
    )


def _redrawn(run: Run, page_id: str) -> Response:
    """Answer a change of one answer with the questions that are asked now; keeps nothing."""
    opened = drafts.redraw(frame.platform(), frame.who(), run.draft_id, page_id, request.form)
    page = opened.page(page_id)
    return make_response(
        render_template(
            "runner/redrawn.html",
            questions=questions_html(opened, page, opened.unread, run.file, open_row(opened, page)),
            opened=opened,
        )
    )


def open_row(opened: Opened, page: Page) -> RowPage | None:
    """Return the row whose own page was posted."""
    return row_page.named(opened.form, page, opened.answers, row_page.posted_row(request.form))


def about(opened: Opened) -> list[tuple[str, str]]:
    """Return who the draft is about, by the roles of the form's questions; nothing covered."""
    language, zone = frame.page_language(), frame.wording().zone
    found = []
    answers, _ = without_hidden(opened.form, opened.answers)
    for question in _told_at_the_side(opened.form):
        value = at(answers, question.name)
        if value is not None:
            said = questions.of(question.kind).shown(question, value, language, zone)
            found.append((words.pick(question.title, language), said))
    return found


def _told_at_the_side(form: Form) -> Iterator[Question]:
    for question in form.questions.values():
        if question.roles & {"age", "sex", "safe_contact"} and question.sensitivity != MASKED:
            yield question


def at_change(stays: bool) -> str:
    """Return where on a page that ``stays`` the rows or the answer of the pressed button stand."""
    act = pressed().split(":")
    return _fragment(act[1]) if stays and act[0] == "rows" and len(act) > 1 else ""


def _fragment(control: str) -> str:
    """Return the end of an address that leads to a control. What was posted may hold anything, line
    ends too, which no header may.
    """
    return f"#q-{quote(control)}"
