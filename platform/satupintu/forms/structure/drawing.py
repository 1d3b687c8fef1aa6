"""A whole answer as HTML: each place with its controls, only as deep as the answer goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from satupintu import words
from satupintu.documents import Json, content_hash, pointer
from satupintu.errors import Problem
from satupintu.forms import about, questions
from satupintu.forms.attached import AttachedFiles
from satupintu.forms.compiling import Composer, Scope, drawing, filled, kept
from satupintu.forms.document import Form, Question
from satupintu.forms.given import Controls, Everything, Sentences
from satupintu.forms.questions.kinds import ACT, Typed
from satupintu.forms.structure.answer import read_held
from satupintu.forms.structure.leaves import Leaf, plain, required
from satupintu.forms.structure.names import beside, escaped
from satupintu.forms.structure.places import Place
from satupintu.forms.structure.schema import MISSING, structure_of
from satupintu.forms.structure.titles import help_of, title_of
from satupintu.words import pick

FEW = 7
"""Alternatives up to which all stand in sight."""

BASE = Scope(html=filled("base"), expression=Markup("base"))


@dataclass(frozen=True)
class Whole:
    """Draws the whole answers of one page; called by its template with name and control name."""

    form: Form
    language: str
    zone: ZoneInfo
    zone_word: str
    """The zone as people write it."""
    held: Typed
    values: Mapping[str, Json]
    """Answers by control name, as far as they are known."""
    problems: tuple[Problem, ...]
    files: AttachedFiles

    def __call__(self, name: str, control: str) -> Markup:
        """Return every place of one question, without the question's own title."""
        question = self.form.questions[name]
        path = tuple(int(s) if s.isdigit() else s for s in control.split("."))
        root = read_held(question, self.held, control, self.zone, self.values.get(control), path)
        told = _told(root, self.problems, self.language)
        drawn = _Drawing(
            self.form, self.language, self.zone, self.zone_word, self.held, told, question.name,
            self.files,
        )  # fmt: skip
        template = drawing.get_template("structure_places.html")
        return Markup(template.render(root=root, d=drawn))  # noqa: S704 - the template escapes


@dataclass(frozen=True)
class _Drawing:
    """What the template asks for: texts in one language, and the controls of single questions."""

    form: Form
    language: str
    zone: ZoneInfo
    zone_word: str
    held: Typed
    told: Mapping[str, list[str]]
    name: str
    files: AttachedFiles

    def say(self, key: str, **params: object) -> str:
        return words.say(key, self.language, **params)

    def title(self, place: Place) -> str:
        return pick(place.title, self.language)

    def help(self, place: Place) -> str:
        """Return the help, with examples and what an empty answer stands for."""
        said = help_of(place.view)
        found = [pick(said, self.language)] if said is not None else []
        examples = place.view.get("examples")
        if isinstance(examples, list) and examples:
            several = (self.shown(place, one) for one in examples[: about.FEW])
            found += about.examples_said([one for one in several if one], self.language)
        default = place.view.get("default", MISSING)
        if not place.needed and default is not MISSING and (told := self.shown(place, default)):
            found.append(self.say("questions.default", default=told))
        if place.view.get("deprecated") is True:
            found.append(self.say("questions.deprecated"))
        return " ".join(found)

    def shown(self, place: Place, value: Json) -> str:
        """Return a value as its place writes answers; nothing of what holds other places."""
        if place.leaf is None:
            return "" if isinstance(value, dict | list) else self.plain(value)
        question, answer = place.leaf.question, place.leaf.encoded(value)
        if question.options and answer not in [option.const for option in question.options]:
            return self.plain(value)
        kind = questions.of(question.kind)
        return kind.shown(question, answer, self.language, self.zone).replace("\n", ", ")

    def plain(self, value: Json) -> str:
        return pick(plain(value), self.language)

    def beside(self, place: Place, what: str) -> str:
        return beside(place.control, what)

    def anchor(self, place: Place) -> str:
        """Return the id where the summary of problems leads: by its place, not by its control."""
        return "q-" + anchor_of(place.path)

    def errors(self, place: Place) -> list[str]:
        return self.told.get(pointer(place.path), [])

    def alternatives(self, branches: Iterable[Json]) -> list[tuple[str, str, str]]:
        """Return number, title and description of each alternative that may be chosen."""
        found = []
        for number, branch in enumerate(branches):
            if branch is False:
                continue
            view = self.of_branch(branch)
            title = title_of(view) if view else None
            said = pick(title, self.language) if title else ""
            about = title_of(view, "description") if view else None
            found.append(
                (str(number), said or self.unnamed(branch, number),
                 pick(about, self.language) if about else "")
            )  # fmt: skip
        return found

    def of_branch(self, branch: Json) -> Mapping[str, Json] | None:
        if isinstance(branch, Mapping) and "title" not in branch and "$ref" in branch:
            target = structure_of(self.form.questions[self.name].schema).target(branch["$ref"])
            return target if isinstance(target, Mapping) else None
        return branch if isinstance(branch, Mapping) else None

    def unnamed(self, branch: Json, number: int) -> str:
        """Return what to call an alternative that the document does not name."""
        type_ = branch.get("type") if isinstance(branch, Mapping) else None
        if isinstance(branch, Mapping):
            for key, inner in branch.get("properties", {}).items():
                if isinstance(inner, Mapping) and "const" in inner:
                    return (
                        f"{pick(title_of(inner) or {'id': key}, self.language)}: {inner['const']}"
                    )
            if "const" in branch:
                return self.plain(branch["const"])
        if isinstance(type_, str):
            return self.type(type_)
        return self.say("questions.alternative", number=number + 1)

    def type(self, name: str) -> str:
        return self.say(f"questions.type_{name}")

    def types(self, place: Place) -> list[tuple[str, str, str]]:
        """Return name and title of each type that an answer may have."""
        return [(name, self.type(name), "") for name in place.kinds]

    def number(self, row: Place) -> str:
        return row.control.rpartition(".")[2]

    def held_text(self, control: str) -> str:
        text = self.held.get(control, "")
        return text if isinstance(text, str) else ""

    def hidden(self, place: Place) -> bool:
        return bool(place.view.get("x-ui", {}).get("widget") == "hidden")

    def constant(self, place: Place) -> str:
        return self.plain(place.value)

    def few(self, several: Iterable[object]) -> bool:
        return len(list(several)) <= FEW

    def leaf(self, place: Place, leaf: Leaf, help_text: str = "") -> Markup:
        """Return the controls of a place that one question type asks, with help where nothing
        around it says that.
        """
        question = _asked(place, leaf)
        if help_text:
            question = replace(question, help={self.language: help_text})
        composer = Composer(self.form, self.language, frozenset(("",)), self.zone)
        template = kept(
            ("structure", _key(leaf), self.language, str(place.needed), help_text),
            lambda: composer.one(question, BASE),
        )
        html = template.render(
            t=Controls(self.held),
            s=Controls(),
            f=self.files,
            e=Sentences({place.control: self.errors(place)}),
            asked=Everything(),
            required=(),
            base=place.control,
            zone=self.zone_word,
            whole=None,
        )
        if self.anchor(place) != f"q-{place.control}":  # under a key that a person wrote herself
            html = f'<span id="{escape(self.anchor(place))}" tabindex="-1"></span>{html}'
        return Markup(html)  # noqa: S704 - the template escapes

    @property
    def act(self) -> str:
        return ACT


def anchor_of(path: tuple[str | int, ...]) -> str:
    """Return where a place stands on its page, as a control name of a question would."""
    return ".".join(str(path[0]) if n == 0 else escaped(str(p)) for n, p in enumerate(path))


def _asked(place: Place, leaf: Leaf) -> Question:
    return replace(required(leaf, place.needed), name="")


def _key(leaf: Leaf) -> str:
    q = leaf.question
    return content_hash([dict(q.schema), dict(q.title), q.kind, [o.const for o in q.options],
                         [dict(o.title) for o in q.options]])  # fmt: skip


def _told(root: Place, problems: Iterable[Problem], language: str) -> Mapping[str, list[str]]:
    """Return the sentences of problems by the pointer of the place each is shown at."""
    places = {pointer(place.path) for place in root.all()}
    top = pointer(root.path)
    found: dict[str, list[str]] = defaultdict(list)
    for problem in problems:
        where = problem.pointer
        if where == top or not f"{where}/".startswith(f"{top}/"):
            continue
        while where not in places and where != top:
            where = where.rpartition("/")[0]
        said = problem.sentence(language)
        if said not in found[where]:
            found[where].append(said)
    return found
