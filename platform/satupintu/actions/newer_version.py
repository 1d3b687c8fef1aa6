"""A draft begun on an older version of its form: it may finish on it, or come over to today's.

The preview says what becomes of every answer; only the person's own choice carries anything over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from satupintu.actions import reports
from satupintu.actions.action import Act, action
from satupintu.actions.drafts import kept_for, opened_draft
from satupintu.actions.opened import Opened
from satupintu.documents import Json
from satupintu.errors import Conflict, Problem
from satupintu.forms.carrying_over import CarriedOver, Left, carry
from satupintu.forms.document import Form, Question, name_of
from satupintu.forms.questions.kinds import Typed
from satupintu.store import drafts, files


@dataclass(frozen=True)
class Preview:
    """What carrying a draft over to the version in force would come to.

    ``seen`` is the token of exactly this preview: carrying over asks for it.
    """

    opened: Opened
    form: Form
    over: CarriedOver
    typed: Mapping[str, Json]
    """What could not be read yet and comes along, by control name."""
    seen: str


@action("draft.preview_version", reads=True)
def preview(act: Act, draft_id: str) -> Preview:
    """Return what the version in force would make of a draft. Raises NotFound, NotAllowed."""
    opened = opened_draft(act, draft_id)
    act.note("draft", draft_id)
    return _preview(act, opened)


@action("draft.carry_over")
def carry_over(act: Act, draft_id: str, seen: str) -> None:
    """Carry a draft over as its preview said. Raises Conflict where it would come out otherwise
    now: somebody changed the draft or the form meanwhile.
    """
    opened = opened_draft(act, draft_id, lock=True)
    _carry_over(act, opened, seen)


@action("public.preview_version", reads=True)
def preview_report(act: Act, holder: str) -> Preview:
    """Return what the version in force would make of this browser's report. Raises NotFound."""
    draft = reports.held(act, holder)
    act.note("draft", draft.id)
    return _preview(act, reports.opened_report(act, draft))


@action("public.carry_over")
def carry_report_over(act: Act, holder: str, seen: str) -> None:
    """Carry this browser's report over as its preview said. Raises Conflict as ``carry_over``."""
    draft = reports.held(act, holder, lock=True)
    _carry_over(act, reports.opened_report(act, draft), seen)


def _preview(act: Act, opened: Opened) -> Preview:
    form = act.content.form_for(opened.form.purpose)
    over = carry(opened.form, form, opened.answers)
    typed, lost = _texts(opened.form, form, over.names, opened.typed)
    over = replace(over, left=(*over.left, *lost))
    return Preview(opened, form, over, typed, f"{opened.draft.version}-{form.hash[:16]}")


def _carry_over(act: Act, opened: Opened, seen: str) -> None:
    ready = _preview(act, opened)
    if seen != ready.seen:
        raise Conflict(Problem("drafts.preview_changed"))
    draft, form, names = opened.draft, ready.form, ready.over.names
    there = {page.id for page in form.pages}
    asks_more = {q.name.partition(".")[0] for q in ready.over.new}
    done = {p.id for p in form.pages if not asks_more.intersection(p.questions)}
    body: dict[str, Json] = {
        **draft.body,
        "answers": ready.over.answers,
        "typed": {k: list(v) if isinstance(v, tuple) else v for k, v in ready.typed.items()},
        "unread": [
            p for p in draft.body.get("unread", ()) if _control(p["pointer"]) in _tops(ready.typed)
        ],
        "sent": sorted(opened.sent & there & done),
        "views": {},
    }
    if "met" in body:
        met = {names.get(name, name) for name in body["met"]}
        body["met"] = sorted(met & form.questions.keys())
    if "carried" in body:
        body["carried"] = sorted(names[name] for name in body["carried"] if name in names)
    if body.get("at") not in there:
        body.pop("at", None)
    body.pop("stays", None)
    for file in files.of_draft(act.tx, draft.id):
        files.rename(act.tx, file, _renamed(file.question, opened.form, form, names))
    length = kept_for(act, form) if draft.account or draft.has_code else None
    expires_at = draft.expires_at if length is None else act.at + length
    changed = replace(
        draft, form_hash=form.hash, body=body, updated_at=act.at, expires_at=expires_at
    )
    drafts.save(act.tx, changed)
    act.note("draft", draft.id, before=draft.form_hash, after=form.hash, left=len(ready.over.left))


def _texts(
    old: Form, new: Form, names: Mapping[str, str], typed: Typed
) -> tuple[dict[str, Json], list[Left]]:
    """Return the texts that stay, as their controls stayed the same, and those that can't."""
    stay: dict[str, Json] = {}
    lost: list[Left] = []
    for control, text in typed.items():
        question = _of_control(old, control)
        now = new.questions.get(names.get(question.name, ""))
        if now is not None and (now.name, now.kind) == (question.name, question.kind):
            stay[control] = text
        elif text:
            lost.append(Left(question, text, "typed"))
    return stay, lost


def _of_control(form: Form, control: str) -> Question:
    """Return the question that a control belongs to: ``anak.0.lahir.tahun`` to ``anak.lahir``."""
    name = name_of(control)
    while name not in form.questions:
        name = name.rpartition(".")[0]
    return form.questions[name]


def _renamed(place: str, old: Form, new: Form, names: Mapping[str, str]) -> str:
    """Return where a file's answer stands now; a row keeps its number."""
    question = _of_control(old, place).name
    now = names.get(question)
    if now is None or now == question:
        return place
    numbers = [step for step in place.split(".") if step.isdigit()]
    keys = now.split(".")
    steps: list[str] = []
    for length, key in enumerate(keys, 1):
        steps.append(key)
        if numbers and new.questions[".".join(keys[:length])].is_rows:
            steps.append(numbers.pop(0))
    return ".".join((*steps, *numbers))


def _control(pointer: str) -> str:
    return pointer.removeprefix("/").partition("/")[0]


def _tops(typed: Mapping[str, Json]) -> set[str]:
    return {control.partition(".")[0] for control in typed}
