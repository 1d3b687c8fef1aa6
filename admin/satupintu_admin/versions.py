"""Versions: their states and dates, what a second person looks at, and the steps they take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from satupintu import clock, words
from satupintu.actions import acceptances, differing, documents, gates, lifecycle, looking
from satupintu.actions import versions as actions
from satupintu.actions.action import Denied
from satupintu.actions.gates import Standing
from satupintu.actions.impact import Impact
from satupintu.actions.lifecycle import Taken
from satupintu.actions.versions import Opened, Seen
from satupintu.documents import Json, parse
from satupintu.errors import BadAnswers, Conflict, Problem, SatuPintuError
from satupintu.people.roles import Role
from satupintu.rules.lifecycle import StepName
from satupintu.rules.readings.replay.telling import sentences
from satupintu.web import failures, frame
from satupintu.web.guard import guarded_by
from satupintu.web.section import NavItem, Section

READERS: frozenset[Role] = frozenset({"administrator", "policy_owner", "auditor"})
MOST_CHANGES = 200
RUNNING = timedelta(minutes=3)
"""A try that began longer ago will not end any more."""

versions = Blueprint("versions", __name__)


def _waiting() -> int:
    """Return how many versions wait for whoever may approve."""
    if frame.who().role != "policy_owner":
        return 0
    found = actions.listed(frame.platform(), frame.who())
    return sum(one.state == "submitted" for one in found)


section = Section(
    versions,
    (
        NavItem(
            "versions.listed",
            "versions.nav",
            READERS,
            count=_waiting,
            count_text="versions.waiting",
        ),
    ),
)


@dataclass(frozen=True)
class Group:
    """The versions of one document, with what it is called."""

    kind: str
    document_id: str
    title: str
    versions: tuple[Seen, ...]


@versions.get("/versi")
@guarded_by("documents.versions", "documents.read")
def listed() -> str:
    """List every version by document, those that wait for a second person first."""
    found = actions.listed(frame.platform(), frame.who())
    by_document: dict[tuple[str, str], list[Seen]] = {}
    for one in found:
        by_document.setdefault((one.version.kind, one.version.document_id), []).append(one)
    groups = [
        Group(kind, document_id, _title(seen[0].version.hash, kind), tuple(seen))
        for (kind, document_id), seen in by_document.items()
    ]
    waiting = [(g, one) for g in groups for one in g.versions if one.state == "submitted"]
    return render_template("versions/listed.html", groups=groups, waiting=waiting)


@versions.get("/versi/<version>")
@guarded_by("documents.version", "documents.read", "documents.difference")
def one(version: str) -> Response:
    """Show one version: what it changes, how it stands at its gates, what became of it."""
    return _page(version)


@versions.get("/versi/<version>/berkas")
@guarded_by("documents.read")
def file(version: str) -> Response:
    """Give a version byte for byte as it was kept."""
    spelling = documents.read(frame.platform(), frame.who(), version)
    response = Response(spelling.data, content_type="application/json; charset=utf-8")
    name = spelling.file.rpartition("/")[2]
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@versions.post("/versi/<version>/periksa")
@guarded_by("documents.try", "documents.keep_report")
def try_gates(version: str) -> Response:
    """Try every gate, for now or for the day that was chosen; the page doesn't wait for it."""
    day = request.form.get("from", "").strip()
    moment = _moment() if day else None
    gates.start(frame.platform(), frame.who(), version, at=moment)
    return _back(version, day)


@versions.get("/versi/<version>/dampak")
@guarded_by("documents.against", "documents.impact", "documents.version", "documents.read")
def impact(version: str) -> str:
    """Show what the version changes in the cases of the last period."""
    platform, who = frame.platform(), frame.who()
    found = looking.of_version(platform, who, version, _planned())
    opened = actions.read(platform, who, version)
    return render_template(
        "versions/impact.html",
        impact=found,
        kinds=[] if found is None else list(_kinds(found)),
        version=version,
        title=_title(version, opened.seen.version.kind),
        number=opened.seen.number,
        kind=opened.seen.version.kind,
        day=request.args.get("from", ""),
    )


def _kinds(found: Impact) -> Iterator[tuple[int, list[str]]]:
    """Yield in how many cases the same changes, and what, in words."""
    language, now = frame.page_language(), frame.documents()
    names: dict[str, str] = {}
    for code, agency in now.agencies().items():
        names[code] = words.pick(agency.name, language)
        titles = agency.services.items()
        names |= {f"{code}:{one}": words.pick(title, language) for one, title in titles}
    flags = now.rule_set().flags
    names |= {flag: words.pick(one.title, language) for flag, one in flags.items()}
    for change in found.changes:
        yield change.cases, sentences(change, names, language)


@versions.post("/versi/<version>/dampak")
@guarded_by("documents.against", "documents.impact", "documents.look")
def looked(version: str) -> Response:
    """Keep that this person looked at the impact."""
    platform, who, at = frame.platform(), frame.who(), _planned()
    found = looking.of_version(platform, who, version, at)
    if found is not None:
        looking.look(platform, who, version, found, at)
    return _back(version, request.form.get("from", ""))


@versions.post("/versi/<version>/terima")
@guarded_by("documents.accept")
def accept(version: str) -> Response:
    """Give up a refuted guarantee for this version, by name and reason."""
    name, reason = request.form.get("guarantee", ""), request.form.get("reason", "")
    try:
        acceptances.accept(frame.platform(), frame.who(), version, name, reason)
    except (BadAnswers, Conflict) as error:
        return _page(version, error, f"accept-{name}")
    return _back(version)


@versions.post("/versi/<version>/ajukan")
@guarded_by("documents.submit")
def submit(version: str) -> Response:
    """Ask a second person to approve."""
    return _taken(version, "submit", lifecycle.submit)


@versions.post("/versi/<version>/kembalikan")
@guarded_by("documents.return")
def give_back(version: str) -> Response:
    """Give the version back to whoever wrote it."""
    return _taken(version, "return", lifecycle.give_back)


@versions.post("/versi/<version>/setujui")
@guarded_by("documents.approve")
def approve(version: str) -> Response:
    """Let the version come into force, now or from a day on."""
    return _taken(version, "approve", lifecycle.approve, _start)


@versions.post("/versi/<version>/terbitkan")
@guarded_by("documents.publish")
def publish(version: str) -> Response:
    """Let a version come into force again."""
    return _taken(version, "publish", lifecycle.publish, _start)


@versions.post("/versi/<version>/tarik")
@guarded_by("documents.withdraw")
def withdraw(version: str) -> Response:
    """Take the version out of force, or keep it from coming."""
    return _taken(version, "withdraw", lifecycle.withdraw)


def _taken(
    version: str,
    step: StepName,
    take: Callable[..., Taken],
    start: Callable[[], datetime | None] | None = None,
) -> Response:
    reason = request.form.get("reason", "")
    try:
        begins = () if start is None else (start(),)
        take(frame.platform(), frame.who(), version, reason, *begins)
    except (BadAnswers, Conflict) as error:
        return _page(version, error, step)
    except Denied as error:
        if error.object_id is None:  # not this person's to try at all
            raise
        return _page(version, error, step)
    return _back(version)


def _back(version: str, day: str = "") -> Response:
    chosen = f"?{urlencode({'from': day})}" if day else ""
    return make_response(redirect(url_for("versions.one", version=version) + chosen, 303))


def _start() -> datetime | None:
    """Return the moment that was chosen; None for now. Raises BadAnswers."""
    return None if request.form.get("begin") != "later" else _moment()


def _moment() -> datetime:
    """Return the day and hour that was typed, on the service's clock."""
    typed = request.values.get("from", "").strip()
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError as e:
        raise BadAnswers(Problem("versions.no_moment", pointer="/from")) from e
    door = frame.service()
    return moment.replace(tzinfo=door.zone if door else UTC).astimezone(UTC)


def _planned() -> datetime | None:
    """Return the moment that the page is looked at for, None for now."""
    try:
        return _moment() if request.values.get("from") else None
    except BadAnswers:
        return None


def _page(version: str, error: SatuPintuError | None = None, at: str = "") -> Response:
    opened = actions.read(frame.platform(), frame.who(), version, _planned())
    found = opened.seen.version
    text = render_template(
        "versions/one.html",
        opened=opened,
        title=_title(found.hash, found.kind),
        before=_number_of(opened),
        changes=_changes(opened),
        most=MOST_CHANGES,
        running=_running(opened),
        compared=_compared(opened),
        rows=opened.standings,
        problems=error.problems if error else (),
        asked=_beside_fields(error, at),
        failed=at,
        typed=request.form if error else {},
        day=request.values.get("from", ""),
    )
    return make_response(text, failures.status_of(error) if error else 200)


def _beside_fields(error: SatuPintuError | None, step: str) -> list[tuple[str, str]]:
    """Return for each field of ``step`` that wants another answer the id of its control and the
    sentence; nothing where the refusal is of something else.
    """
    if not isinstance(error, BadAnswers) or not all(p.pointer for p in error.problems):
        return []
    language = frame.page_language()
    return [(f"{step}-{p.pointer.lstrip('/')}", p.sentence(language)) for p in error.problems]


def _number_of(opened: Opened) -> Seen | None:
    before = opened.before
    return next((o for o in opened.others if before and o.version.hash == before.hash), None)


def _changes(opened: Opened) -> tuple[differing.Line, ...]:
    if opened.before is None:
        return ()
    versions = opened.seen.version.hash, opened.before.hash
    return differing.difference(frame.platform(), frame.who(), *versions, frame.page_language())


def _compared(opened: Opened) -> str | None:
    """Return what was proved of the whole change, in one word; None where nothing was."""
    proof = next((s.report for s in opened.standings if s.gate == "proved"), None)
    if proof is None or opened.before is None:
        return None
    if proof.report.get("against") != opened.before.hash:
        return None
    return str(proof.report["compared"]["verdict"])


def _running(opened: Opened) -> bool:
    return any(_is_running(standing) for standing in opened.standings)


def _is_running(standing: Standing) -> bool:
    report = standing.report
    return report is not None and report.passed is None and clock.now() - report.at < RUNNING


def _title(version: str, kind: str) -> str:
    document = parse(documents.read(frame.platform(), frame.who(), version).data)
    return title_of(document, kind, frame.page_language())


def _translated(form: Json) -> dict[str, str]:
    """Return the titles of a form in other languages, whether it can be used or not."""
    match form:
        case {"x-i18n": dict(others)}:
            titles = {k: v.get("title") for k, v in others.items() if isinstance(v, dict)}
            return {k: v for k, v in titles.items() if isinstance(v, str)}
        case _:
            return {}


def title_of(document: Json, kind: str, language: str) -> str:
    """Return what a document calls itself, whether it can be used or not."""
    match kind, document:
        case "rule_set", {"title": {"id": str()} as title}:
            return words.pick(title, language)
        case "service", {"name": {"id": str()} as name}:
            return words.pick(name, language)
        case "form", {"title": str(title)}:
            return words.pick({words.DEFAULT: title, **_translated(document)}, language)
    return words.say(f"admin.kind_{kind}", language)
