"""Pages of a form as HTML: the questions that are asked now, what was answered, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from markupsafe import Markup

from satupintu import clock, words
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import questions, row_page
from satupintu.forms.answers import with_computed
from satupintu.forms.asking import standing
from satupintu.forms.attached import AttachedFiles
from satupintu.forms.compiling import drawing, on_page, template_for, template_for_row, template_of
from satupintu.forms.document import Form, Page, Question
from satupintu.forms.given import Controls, Everything, Sentences
from satupintu.forms.questions.kinds import Typed
from satupintu.forms.row_page import RowPage
from satupintu.forms.structure.drawing import Whole
from satupintu.forms.structure.names import escaped

_GOES_ON = Markup('<button class="vh" tabindex="-1" aria-hidden="true"></button>')
"""Enter presses the first button of a form: this one goes on, so that Enter never removes a row or
clears an answer.
"""


def page_html(
    form: Form,
    page: Page,
    *,
    language: str,
    zone: ZoneInfo,
    answers: Mapping[str, Json],
    unread: Typed | None = None,
    problems: Iterable[Problem] = (),
    csrf: str | None = None,
    attached: AttachedFiles | None = None,
    row: RowPage | None = None,
) -> Markup:
    """Return every question of a page that these answers ask, without the form element and its
    buttons; with ``row`` those of that row alone.

    ``unread`` is shown in place of answers, ``problems`` stand at the question their pointer leads
    to, ``attached`` tells of the files that answers name.
    """
    files = attached if attached is not None else AttachedFiles(language)
    asked_here = on_page(form, page)
    known = with_computed(form, answers)
    now = standing(form, asked_here, known)
    held, shown = Controls(), Controls()
    for question in asked_here:
        if question.key in known and question.key in now.asked:
            _hold(question, known[question.key], language, zone, held, shown)
    wholes = _wholes(asked_here, known) if form.has_wholes else {}
    for name in wholes:
        _as_typed(name, held, unread or {})
    held.update(unread or {})
    told = tuple(problems)
    sentences = by_question(form, told, language)
    for one in row_page.rows_of(form, page, known):
        shown[one.control] = row_page.told(one, language, zone)
    row_page.gather(form, sentences)
    if row is None:
        template = template_for(form, page, language, zone)
    else:
        template = template_for_row(form, row.rows, language, zone)
    body = template.render(
        t=held,
        s=shown,
        e=sentences,
        f=files,
        **({} if row is None else {f"row{n}": str(one) for n, one in enumerate(row.numbers)}),
        whole=Whole(form, language, zone, zone_name(zone), held, wholes, told, files),
        asked=now.asked,
        required=now.required,
        offered=now.offered,
        zone=zone_name(zone),
    )
    token = (
        Markup('<input type="hidden" name="csrf_token" value="{}">').format(csrf)
        if csrf
        else Markup()
    )
    if row is not None:
        control = '<input type="hidden" name="{}" value="{}">'
        token += Markup(control).format(row_page.ROW, row.control)  # noqa: S704 - ours
        token += Markup(control).format(row.listed, "")  # noqa: S704 - ours
    first = _GOES_ON if "<button" in body else Markup()
    return Markup("{}{}{}").format(token, first, Markup(body))  # noqa: S704 - the template escapes


def question_html(
    form: Form,
    question: Question,
    *,
    language: str,
    zone: ZoneInfo,
    value: Json = None,
    unread: Typed | None = None,
    problems: Iterable[Problem] = (),
) -> Markup:
    """Return one question by itself, as if it and everything in it were asked."""
    held, shown = Controls(), Controls()
    if value is not None:
        _hold(question, value, language, zone, held, shown)
    held.update(unread or {})
    told, files = tuple(problems), AttachedFiles(language)
    values = dict(_wholes((question,), {question.key: value}))
    body = template_of(form, question, language, zone).render(
        t=held,
        s=shown,
        e=by_question(form, told, language),
        f=files,
        whole=Whole(form, language, zone, zone_name(zone), held, values, told, files),
        asked=Everything(),
        required=(),
        offered={},
        zone=zone_name(zone),
    )
    return Markup(body)  # noqa: S704 - the template escapes


def _as_typed(name: str, held: Controls, unread: Typed) -> None:
    """Forget what an answer fills in where its controls are known as they were typed."""
    below = f"{name}."
    if any(control == name or control.startswith(below) for control in unread):
        for control in [c for c in held if c == name or c.startswith(below)]:
            del held[control]


def _wholes(among: Iterable[Question], answers: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return the answers that are asked as a whole, by control name, those in rows included."""
    return dict(_whole_below(among, answers, ""))


def _whole_below(
    among: Iterable[Question], answers: Json, before: str
) -> Iterator[tuple[str, Json]]:
    for question in among:
        value = answers.get(question.key) if isinstance(answers, Mapping) else None
        name = before + question.key
        if question.is_whole:
            yield name, value
        for place, row in enumerate(value if isinstance(value, list) else ()):
            yield from _whole_below(question.children, row, f"{name}.{place}.")
        if isinstance(value, Mapping):
            yield from _whole_below(question.children, value, f"{name}.")


def _hold(
    question: Question,
    value: Json,
    language: str,
    zone: ZoneInfo,
    held: Controls,
    shown: Controls,
    prefix: str = "",
) -> None:
    kind = questions.of(question.kind)
    name = prefix + question.key
    held.update(kind.typed(question, value, name, zone))
    if question.kind == "computed":
        shown[name] = kind.shown(question, value, language, zone)
    elif question.is_group and isinstance(value, Mapping):
        for child in question.children:
            if child.key in value:
                _hold(child, value[child.key], language, zone, held, shown, f"{name}.")


def zone_name(zone: ZoneInfo) -> str:
    """Return a zone's short name as people write it: ``WIB``."""
    return clock.now().astimezone(zone).tzname() or zone.key


# Problems.


def by_question(form: Form, problems: Iterable[Problem], language: str) -> Sentences:
    """Return the sentences of problems by the control name of the question each belongs to."""
    found = Sentences()
    for problem in problems:
        question, name = place_of(form, problem.pointer)
        if question is not None:
            sentences = found.setdefault(name, [])
            said = problem.sentence(language)
            if said not in sentences:
                sentences.append(said)
    return found


def place_of(form: Form, pointer: str) -> tuple[Question | None, str]:
    """Return the question that a JSON pointer into the answers leads to, and its control name.

    A pointer into a list of options leads to the list, one to a row that has no such question to
    the rows.
    """
    steps = [s.replace("~1", "/").replace("~0", "~") for s in pointer.split("/")[1:]]
    question = form.questions.get(steps[0]) if steps else None
    if question is None:
        return None, ""
    name, at = steps[0], 1
    while at < len(steps) and question.children:
        is_row = question.is_rows
        key = at + is_row
        below = next(
            (c for c in question.children if key < len(steps) and c.key == steps[key]), None
        )
        if below is None:
            break
        name = ".".join([name, *steps[at : key + 1]])
        question, at = below, key + 1
    if question.is_whole and at < len(steps):
        name = ".".join([name, *map(escaped, steps[at:])])
    return question, name


def summary_html(
    form: Form,
    problems: Iterable[Problem],
    language: str,
    *,
    url_for_page: Callable[[Page], str] | None = None,
    here: Page | None = None,
    row: RowPage | None = None,
) -> Markup:
    """Return the summary that stands first in a form and takes focus, or nothing where all is well.

    Each problem links to the first control of its question, on its own page where that is not
    ``here``.
    """
    seen: dict[tuple[str, str], dict[str, str | None]] = {}
    for problem in problems:
        question, name = place_of(form, problem.pointer)
        said = problem.sentence(language)
        title = words.pick(question.title, language) if question is not None else ""
        seen[(name, said)] = {
            "sentence": said,
            "title": "" if title in said else title,
            "href": _link(form, name, here, url_for_page, row) if question is not None else None,
        }
    if not seen:
        return Markup()
    template = drawing.get_template("problems.html")
    heading = words.say("questions.problems", language, count=len(seen))
    return Markup(template.render(heading=heading, problems=seen.values()))  # noqa: S704 - escaped


def _link(
    form: Form,
    name: str,
    here: Page | None,
    url_for_page: Callable[[Page], str] | None,
    row: RowPage | None,
) -> str:
    first = name.partition(".")[0]
    page = next((p for p in form.pages if first in p.questions), None)
    rows = row_page.rows_around(form, name)
    if url_for_page is None or page is None or page == here:
        closed = [r for r in rows if row is None or (row.holds(r) and r != row.control)]
        return f"#q-{closed[0] if closed else name}"
    address = url_for_page(page)
    if rows:
        address += f"{'&' if '?' in address else '?'}{row_page.IN_ADDRESS}={rows[-1]}"
    return f"{address}#q-{name}"
