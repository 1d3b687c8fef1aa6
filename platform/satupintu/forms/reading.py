"""A form document read into pages and questions, or every reason why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from satupintu.conditions.nearest import or_nearest
from satupintu.conditions.types import FactType, Rows, Text
from satupintu.documents import Json, at, content_hash
from satupintu.errors import BadDocument, Problem
from satupintu.forms import annotating, limits, scope, shape, wording
from satupintu.forms.declarations import Declarations, Declared, declarations
from satupintu.forms.document import WHOLE, Form, Page, Question, Settings
from satupintu.forms.migrating import checking
from satupintu.forms.narrowing import narrowed
from satupintu.forms.questions import for_schema
from satupintu.forms.questions.kinds import has_questions
from satupintu.forms.references import Part, resolve
from satupintu.forms.when import When


@dataclass(frozen=True)
class Examined:
    """What reading a document found: the form and its conditions, where it can be used, and every
    problem.
    """

    form: Form | None
    problems: tuple[Problem, ...]
    when: When | None = None


def read(document: Json) -> Form:
    """Return the form. Raises BadDocument with all problems, each at its JSON pointer."""
    examined = examine(document)
    if examined.form is None:
        raise BadDocument(*(p for p in examined.problems if not p.warning))
    return examined.form


def examine(document: Json) -> Examined:
    """Read a document as far as it can be understood; warnings do not stand in a form's way.

    Each step rests on the one before, so a document whose shape is broken is told only that.
    """
    problems = shape.problems(document)
    if problems:
        return Examined(None, tuple(problems))
    root, problems = resolve(document)
    if problems:
        return Examined(None, tuple(problems))
    found = declarations(root)
    problems = [
        *limits.of_parts(root),
        *limits.of_circles(document),
        *found.problems,
        *scope.problems(found),
    ]
    if any(not p.warning for p in problems):
        return Examined(None, tuple(problems))
    return _Reading(document, root, found, problems).examined()


@dataclass(frozen=True)
class _Typed:
    """A declared question with its kind and the type of its answer."""

    declared: Declared
    kind: str
    fact_type: FactType


class _Reading:
    def __init__(
        self,
        document: Mapping[str, Json],
        root: Part,
        found: Declarations,
        problems: list[Problem],
    ) -> None:
        self.document = document
        self.root = root
        self.found = found
        self.problems = problems

    def examined(self) -> Examined:
        typed = dict(self.typed())
        when = When(self.found, {n: t.fact_type for n, t in typed.items() if _has_value(t)})
        questions = self.questions(typed, when)
        pages = tuple(self.pages())
        self.problems.extend(when.problems())
        self.problems.extend(annotating.of_tightened(self.found.tightened))
        self.problems.extend(wording.outside_questions(self.root, self.found.tightened))
        self.problems.extend(checking.problems(self.document, questions))
        problems = tuple(self.problems)
        if any(not p.warning for p in problems):
            return Examined(None, problems)
        return Examined(self.form(pages, questions), problems, when)

    def typed(self) -> Iterator[tuple[str, _Typed]]:
        seen: set[str] = set()
        for one in self.found.declared:
            if one.name in seen:
                continue
            seen.add(one.name)
            self.problems.extend(wording.untranslated(one.part, one.part.where))
            try:
                kind = for_schema(one.part)
                fact_type = kind.fact_type(one.part)
            except BadDocument as e:
                self.problems.extend(one.part.locate(p) for p in e.problems)
                continue
            if one.rows and isinstance(fact_type, Rows):
                fact_type = Text(listed=True)
            if kind.kind != WHOLE:
                self.problems.extend(one.part.overlaps)
            self.problems.extend(limits.of_question(one.part, kind.kind, fact_type))
            if kind.check is not None:
                self.problems.extend(one.part.locate(p) for p in kind.check(one.part))
            yield one.name, _Typed(one, kind.kind, fact_type)

    def questions(self, typed: Mapping[str, _Typed], when: When) -> dict[str, Question]:
        """Return every question by name, the deepest first, as a group holds its children."""
        made: dict[str, Question] = {}
        for name in sorted(typed, key=lambda n: n.count("."), reverse=True):
            one = typed[name]
            part = one.declared.part
            children = [n for n in typed if n.rpartition(".")[0] == name]
            question = Question(
                name=name,
                kind=one.kind,
                x_id=part["x-id"],
                title=wording.said(part, "title"),
                schema=part if one.kind != WHOLE else self.whole(part),
                fact_type=one.fact_type,
                asked_when=when.asked(name),
                required_when=when.required(name),
                cause=when.cause(name),
                help=wording.help_of(part),
                options=wording.options_of(part),
                narrowed=narrowed(name, part, self.found.tightened, when),
                sensitivity=part.get("x-sensitivity", "umum"),
                roles=frozenset(part.get("x-role", ())),
                computed=when.computed(one.declared, one.fact_type),
                errors=wording.errors_of(part),
                ui=part.get("x-ui", {}),
                keep_hidden=part.get("x-keep-hidden", False),
                children=tuple(made[n] for n in children),
            )
            self.problems.extend(annotating.problems(question, part))
            made[name] = annotating.annotated(question, part)
        return made

    def whole(self, part: Part) -> Mapping[str, Json]:
        """Return the schema of an answer that is asked as a whole, as the document writes it."""
        written: Mapping[str, Json] = at(self.document, part.where)
        ui = {k: v for k, v in written.get("x-ui", {}).items() if k != "widget"}
        return {**written, "x-ui": ui, "$defs": self.document.get("$defs", {})}

    def pages(self) -> Iterator[Page]:
        page_of: dict[str, str] = {}
        ids: set[str] = set()
        for index, page in enumerate(self.root["x-pages"]):
            where = f"/x-pages/{index}"
            self.problems.extend(wording.untranslated(page, where))
            if page["id"] in ids:
                self.problems.append(Problem("forms.page_twice", {"id": page["id"]}, f"{where}/id"))
            ids.add(page["id"])
            for place, name in enumerate(page["questions"]):
                self.place(name, page["id"], page_of, f"{where}/questions/{place}")
            yield from self.steps(page)
        for one in self.found.declared:
            if "." not in one.name and one.name not in page_of:
                page_of[one.name] = ""
                self.problems.append(
                    Problem("forms.question_on_no_page", {"name": one.name}, one.part.where)
                )

    def steps(self, page: Part) -> Iterator[Page]:
        """Yield one step for the page, or one for each of its questions where it says so."""
        whole = Page(
            id=page["id"],
            title=wording.said(page, "title"),
            intro=wording.text_of(page, "intro"),
            questions=tuple(page["questions"]),
        )
        everywhere = self.root["x-form"].get("settings", {}).get("oneByOne", False)
        if not page.get("oneByOne", everywhere):
            yield whole
            return
        for name in whole.questions:  # an id holds no dot, so no page has this one
            yield replace(whole, id=f"{whole.id}.{name}", questions=(name,), part_of=whole.id)

    def place(self, name: str, page: str, page_of: dict[str, str], where: str) -> None:
        known = {d.name for d in self.found.declared if "." not in d.name}
        if name not in known:
            key, params = or_nearest("forms.question_unknown", name, known)
            self.problems.append(Problem(key, params, where))
        elif name in page_of:
            params = {"name": name, "first": page_of[name], "second": page}
            self.problems.append(Problem("forms.question_on_two_pages", params, where))
        page_of.setdefault(name, page)

    def form(self, pages: tuple[Page, ...], questions: Mapping[str, Question]) -> Form:
        about = self.root["x-form"]
        settings = about.get("settings", {})
        ordered: dict[str, Question] = {}
        for page in pages:
            for name in page.questions:
                _add(questions[name], ordered)
        types = {
            name: question.fact_type
            for name, question in ordered.items()
            if not question.is_group and not _in_rows(name, ordered)
        }
        return Form(
            id=about["id"],
            title=wording.said(self.root, "title"),
            description=wording.text_of(self.root, "description"),
            purpose=about["purpose"],
            settings=Settings(
                quick_exit=settings.get("quickExit", about["purpose"] == "public_report"),
                draft=settings.get("draft", True),
                neutral_title=settings.get("neutralTitle"),
                neutral_icon=settings.get("neutralIcon", "none"),
                tracking_code=settings.get("trackingCode", False),
                draft_days=settings.get("draftDays"),
            ),
            pages=pages,
            questions=ordered,
            types=types,
            facts={n: t for n, f in types.items() if (t := _readable(f)) is not None},
            schema=self.document,
            hash=content_hash(self.document),
        )


def _has_value(one: _Typed) -> bool:
    part = one.declared.part
    return not (part.get("type") == "object" and has_questions(part))


def _in_rows(name: str, questions: Mapping[str, Question]) -> bool:
    above = name.rpartition(".")[0]
    while above:
        if questions[above].is_rows:
            return True
        above = above.rpartition(".")[0]
    return False


def _add(question: Question, ordered: dict[str, Question]) -> None:
    ordered[question.name] = question
    for child in question.children:
        _add(child, ordered)


def _readable(fact_type: FactType) -> FactType | None:
    """Return what rules may read of an answer: never free text."""
    match fact_type:
        case Text():
            return None
        case Rows(fields, max_items):
            kept = {n: t for n, f in fields.items() if (t := _readable(f)) is not None}
            return Rows(kept, max_items) if kept else None
        case _:
            return fact_type
