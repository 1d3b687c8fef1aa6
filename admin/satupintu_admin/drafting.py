"""Documents being written: uploaded or pasted, saved, kept as a version to be tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from satupintu import words
from satupintu.actions import document_drafts as actions
from satupintu.actions import documents, gates, looking_over
from satupintu.actions.looking_over import LookedOver
from satupintu.documents import parse
from satupintu.errors import BadDocument, Conflict, SatuPintuError
from satupintu.forms import reading as form_reading
from satupintu.forms.vocabulary import FormVocabulary
from satupintu.people.roles import Role
from satupintu.rules import reading as rule_reading
from satupintu.rules.vocabulary import RuleVocabulary
from satupintu.web import failures, frame
from satupintu.web.guard import guarded_by
from satupintu.web.section import NavItem, Section
from satupintu_admin.saying import Saying
from satupintu_admin.versions import title_of

WRITERS: frozenset[Role] = frozenset({"administrator", "policy_owner"})


@dataclass(frozen=True)
class Verdict:
    """What became of one guarantee, and of a refuted one the answers that break it, in words."""

    id: str
    title: str
    verdict: str
    case: tuple[tuple[str, str], ...]


drafting = Blueprint("drafting", __name__)
section = Section(drafting, (NavItem("drafting.listed", "versions.drafts", WRITERS),))


@drafting.get("/draf")
@guarded_by("documents.drafts")
def listed() -> str:
    """List what is being written."""
    found = actions.listed(frame.platform(), frame.who())
    language = frame.page_language()
    rows = [(one, title_of(parse(one.data), one.kind, language)) for one in found]
    return render_template("drafting/listed.html", rows=rows)


@drafting.get("/draf/baru")
@guarded_by("documents.drafts")
def new() -> Response:
    """Ask for a document: a file, or its text."""
    actions.listed(frame.platform(), frame.who())
    return _new_page(None)


@drafting.post("/draf/baru")
@guarded_by("documents.begin")
def begin() -> Response:
    """Begin a draft with a document."""
    name, data = _document()
    try:
        draft = actions.start(frame.platform(), frame.who(), name, data)
    except BadDocument as error:
        return _new_page(error)
    return make_response(redirect(url_for("drafting.one", draft=draft.id), 303))


@drafting.post("/draf/dari/<version>")
@guarded_by("documents.drafts", "documents.begin", "documents.read")
def begin_from(version: str) -> Response:
    """Begin a draft with what a kept version says, byte for byte."""
    platform, who = frame.platform(), frame.who()
    actions.listed(platform, who)  # refuses whoever only reads documents
    spelling = documents.read(platform, who, version)
    draft = actions.start(platform, who, spelling.file.rpartition("/")[2], spelling.data)
    return make_response(redirect(url_for("drafting.one", draft=draft.id), 303))


@drafting.get("/draf/<draft>")
@guarded_by("documents.draft")
def one(draft: str) -> Response:
    """Show a draft, to be written on."""
    return _page(draft)


@drafting.post("/draf/<draft>/lihat")
@guarded_by("documents.look_over")
def look_over(draft: str) -> str:
    """Say what the text means as it stands, while somebody writes it; nothing is kept."""
    return render_template("drafting/looked_over.html", **_looked_over(draft))


@drafting.post("/draf/<draft>")
@guarded_by(
    "documents.save",
    "documents.keep",
    "documents.try",
    "documents.keep_report",
    "documents.look_over",
)
def save(draft: str) -> Response:
    """Save a draft; where that was asked for, look it over, or keep and try it as a version."""
    platform, who = frame.platform(), frame.who()
    try:
        if request.form.get("then") == "look":
            return _page(draft, looked=_looked_over(draft))
        saved = actions.save(platform, who, draft, _document()[1], _seen())
        if request.form.get("then") != "keep":
            return make_response(redirect(url_for("drafting.one", draft=draft), 303))
        version = actions.keep(platform, who, draft, saved.version)
    except (BadDocument, Conflict) as error:
        return _page(draft, error)
    gates.start(platform, who, version.hash)
    return make_response(redirect(url_for("versions.one", version=version.hash), 303))


@drafting.post("/draf/<draft>/buang")
@guarded_by("documents.discard")
def discard(draft: str) -> Response:
    """Throw a draft away."""
    actions.discard(frame.platform(), frame.who(), draft, _seen())
    return make_response(redirect(url_for("drafting.listed"), 303))


def _document() -> tuple[str, bytes]:
    """Return the name and the bytes of what was sent; a file goes before the text."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.filename, file.read()
    # A browser sends the lines of a text field with the line ends of the network.
    return "", request.form.get("text", "").replace("\r\n", "\n").encode()


def _seen() -> int:
    typed = request.form.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() else 0


def _new_page(error: SatuPintuError | None) -> Response:
    text = render_template(
        "drafting/new.html",
        problems=error.problems if error else (),
        typed=request.form.get("text", ""),
    )
    return make_response(text, failures.status_of(error) if error else 200)


def _looked_over(draft: str) -> dict[str, Any]:
    """Return what there is to say of the text that was sent, with the words for it."""
    platform, who, language = frame.platform(), frame.who(), frame.page_language()
    found = looking_over.look_over(platform, who, draft, _document()[1], language)
    return {"looked": found, "verdicts": list(_verdicts(found))}


def _verdicts(found: LookedOver) -> Iterator[Verdict]:
    """Yield the guarantees, those that do not hold first."""
    if found.proof is None or found.pair is None:
        return
    form = form_reading.read(found.pair[1])
    rules = rule_reading.read(found.pair[0], form.facts)
    said = Saying(RuleVocabulary(rules, FormVocabulary(form)))
    titles = {one.id: words.pick(one.title, frame.page_language()) for one in rules.guarantees}
    for one in sorted(found.proof["guarantees"], key=lambda v: v["verdict"] == "proved"):
        facts = one["counterexample"] or {}
        case = [(said.fact(n), said.value(n, facts.get(n))) for n in one["differs"] if n in facts]
        yield Verdict(one["id"], titles[one["id"]], one["verdict"], tuple(case))


def _page(
    draft: str,
    error: SatuPintuError | None = None,
    looked: Mapping[str, Any] = MappingProxyType({}),
) -> Response:
    found = actions.read(frame.platform(), frame.who(), draft)
    kept = found.data.decode("utf-8", "replace")
    sent = error is not None or bool(looked)
    text = render_template(
        "drafting/one.html",
        draft=found,
        title=title_of(parse(found.data), found.kind, frame.page_language()),
        text=request.form.get("text", kept) if sent else kept,
        problems=error.problems if error else (),
        conflict=isinstance(error, Conflict),
        seen=request.form.get("seen", "") if sent else found.version,
        **looked,
    )
    return make_response(text, failures.status_of(error) if error else 200)
