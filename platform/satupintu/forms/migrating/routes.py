"""Where the answer to each older question goes, worked out once for two versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from satupintu.forms.document import Form, Question
from satupintu.forms.migrating.document import (
    Drop,
    Join,
    Map,
    Move,
    Split,
    Step,
    from_version,
    sources,
    targets,
)

Path = tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """One older question, and where it leads: ``to`` are newer questions, none where nowhere.

    ``path`` and ``to`` are relative to the answers, or to the row, that the question stands in.
    ``inner`` are the routes of a repeated group's own questions.
    """

    question: Question
    path: Path
    to: tuple[tuple[Question, Path], ...] = ()
    step: Step | None = None
    inner: Routes | None = None


@dataclass(frozen=True)
class Routes:
    """Every older question of one object of answers, or of one row, each once.

    ``groups`` are groups that both versions have, as they may stand without any answer.
    """

    each: tuple[Route, ...] = ()
    groups: tuple[tuple[Path, Path | None], ...] = ()


def routes(older: Form, newer: Form) -> Routes:
    """Return where every answer to the older version goes in the newer one."""
    return _Routing(older, newer).inside(None, None)


def leaves(questions: Iterable[Question]) -> Iterator[Question]:
    """Yield what is answered: a group's questions instead of it, a repeated group as one."""
    for question in questions:
        if question.is_group:
            yield from leaves(question.children)
        else:
            yield question


def first(form: Form) -> tuple[Question, ...]:
    """Return the questions that stand in no other."""
    return tuple(q for q in form.questions.values() if "." not in q.name)


def rows_around(form: Form, name: str) -> str | None:
    """Return the repeated group that a question stands in, None outside of any."""
    above = name.rpartition(".")[0]
    while above:
        if form.questions[above].is_rows:
            return above
        above = above.rpartition(".")[0]
    return None


class _Routing:
    def __init__(self, older: Form, newer: Form) -> None:
        self.older = older
        self.newer = newer
        found = from_version(newer, older.hash)
        steps = found.steps if found is not None else ()
        self.steps: dict[str, Step] = {name: step for step in steps for name in sources(step)}
        self.by_id = {q.x_id: q for q in newer.questions.values()}
        self._with_groups()
        claimed = {to for step in self.steps.values() for to in targets(step)}
        self.same = {
            q.name: now
            for q in older.questions.values()
            if (now := self.by_id.get(q.x_id)) is not None
            and now.name not in claimed
            and (q.is_group) == (now.is_group)
        }

    def _with_groups(self) -> None:
        """Let a step that moves or drops a group speak of what stands in it, unless told apart."""
        for name, step in list(self.steps.items()):
            question = self.older.questions.get(name)
            if question is None or not question.is_group:
                continue
            for below in self.older.questions.values():
                inside = below.name.startswith(f"{name}.") and below.x_id not in self.by_id
                if not inside or below.name in self.steps:
                    continue
                match step:
                    case Move():
                        to = step.to + below.name.removeprefix(name)
                        if to in self.newer.questions:
                            self.steps[below.name] = Move(below.name, to, step.where)
                    case Drop():
                        self.steps[below.name] = Drop(below.name, step.why, step.where)
                    case Map() | Split() | Join():
                        pass  # ``checking`` refuses these of a group

    def inside(self, old: Question | None, new: Question | None) -> Routes:
        """Return the routes of one object of answers, or of the rows of one repeated group."""
        among = first(self.older) if old is None else old.children
        return Routes(
            tuple(self.route(q, old, new) for q in leaves(among)),
            tuple(self.groups(among, old, new)),
        )

    def route(self, question: Question, old: Question | None, new: Question | None) -> Route:
        path, step = _path(question, old), self.steps.get(question.name)
        to = tuple((q, _path(q, new)) for q in self.leads(question, step) if self.within(q, new))
        inner = None
        if question.is_rows and to and to[0][0].is_rows:
            inner = self.inside(question, to[0][0])
        return Route(question, path, to, step, inner)

    def leads(self, question: Question, step: Step | None) -> Iterator[Question]:
        """Yield the newer questions that an older one leads to."""
        named = () if step is None else targets(step)
        if named:
            yield from (self.newer.questions[name] for name in named)
        elif not isinstance(step, Drop) and question.name in self.same:
            yield self.same[question.name]

    def within(self, question: Question, rows: Question | None) -> bool:
        return rows_around(self.newer, question.name) == (None if rows is None else rows.name)

    def groups(
        self, among: Iterable[Question], old: Question | None, new: Question | None
    ) -> Iterator[tuple[Path, Path | None]]:
        for question in among:
            if question.is_group:
                leads = list(self.leads(question, self.steps.get(question.name)))
                there = [q for q in leads if q.is_group and self.within(q, new)]
                yield _path(question, old), _path(there[0], new) if there else None
                yield from self.groups(question.children, old, new)


def _path(question: Question, rows: Question | None) -> Path:
    name = question.name if rows is None else question.name.removeprefix(f"{rows.name}.")
    return tuple(name.split("."))


def named(routes: Routes) -> Mapping[str, Route]:
    """Return every route by its older question, those inside rows too."""
    found: dict[str, Route] = {}
    for route in routes.each:
        found[route.question.name] = route
        if route.inner is not None:
            found |= named(route.inner)
    return found
