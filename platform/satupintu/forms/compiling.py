"""A form's questions as templates that hold every constant already: drawing a page only fills in
answers.

Two passes, two delimiters. What a document says (titles, help, options) stands in ``<%= ... %>``
and is filled in once for each form version and language; what differs from one person to the next
stands in ``{{ ... }}`` and ``{% ... %}``, and is filled in each time a page is drawn. A text of a
document can be no instruction of the second pass: ``constant`` leaves it no brace.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from satupintu import words
from satupintu.conditions.ast import TRUE, And, Condition
from satupintu.conditions.names import facts_of
from satupintu.forms import questions
from satupintu.forms.about import about
from satupintu.forms.because import END, START, in_words, said_once
from satupintu.forms.document import SENSITIVITIES, Form, Option, Page, Question
from satupintu.forms.narrowing import first, headings
from satupintu.forms.questions.kinds import QuestionType
from satupintu.forms.ready import NOTHING, Asked, Cell, Choosable, Listed

FOLDER = Path(__file__).parent
KEPT = 1024
"""Compiled templates that are kept; the one used longest ago goes first."""

AT_ONCE = 200
"""Options up to which a list that hangs on another answer is shown before that is given."""

drawing = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)
"""The second pass."""


@cache
def composing() -> Environment:
    """Return the first pass: its variables are constants, and stay constants in the second."""
    folders = [*map(str, questions.__path__), str(FOLDER / "templates")]
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=constant,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<%=",
        variable_end_string="%>",
        comment_start_string="<%#",
        comment_end_string="%>",
        trim_blocks=True,
    )


def constant(text: object) -> Markup:
    """Return a text as HTML that the second pass takes as it is; Markup is our own and passes
    through.
    """
    if isinstance(text, Markup):
        return text
    return Markup(str(escape(text)).replace("{", "&#123;"))  # noqa: S704 - escaped just before


def literal(text: str) -> Markup:
    """Return a text as a string literal of the second pass, whatever letters it has."""
    plain = (c if c.isascii() and (c.isalnum() or c in "_-. ") else _code(c) for c in text)
    return Markup('"' + "".join(plain) + '"')  # noqa: S704 - nothing but letters and escapes is left


def filled(expression: str) -> Markup:
    """Return where the second pass fills in the value of an expression of ours."""
    return Markup("{{ " + expression + " }}")  # noqa: S704 - never a text of a document


def _code(letter: str) -> str:
    return f"\\U{ord(letter):08x}"


@dataclass(frozen=True)
class Composer:
    """Composes the template of some questions of one form in one language."""

    form: Form
    language: str
    watched: frozenset[str]
    """Questions whose answer changes what the page asks or works out."""
    zone: ZoneInfo
    """The zone in which an example is told that is a moment."""

    def sequence(self, asked: Iterable[Question], scope: Scope) -> Markup:
        """Return questions in order, each followed by those that hang on its answer."""
        following: dict[str, list[Question]] = {}
        first: list[Question] = []
        seen: list[str] = []
        for question in asked:
            causes = facts_of(question.cause) if question.cause is not None else frozenset()
            anchor = [
                n
                for n in seen
                if (n in causes or any(c.startswith(n + ".") for c in causes))
                and self._asked_beside(question, n)
            ]
            (following.setdefault(anchor[-1], []) if anchor else first).append(question)
            seen.append(question.name)
        return Markup("\n").join(
            self._with_following(q, following, scope, again=again)
            for q, again in said_once(first, following)
        )

    def _asked_beside(self, question: Question, name: str) -> bool:
        """Tell whether another question is surely asked wherever this one is.

        What is also asked without it may not stand inside its branch of the page.
        """
        other = self.form.questions[name].asked_when
        return other == TRUE or set(_parts(other)) <= set(_parts(question.asked_when))

    def _with_following(
        self,
        question: Question,
        following: Mapping[str, list[Question]],
        scope: Scope,
        *,
        again: bool,
    ) -> Markup:
        """Return a question and what hangs on it; ``again`` where its reason was just said."""
        html = self.one(question, replace(scope, cause=question.cause) if again else scope)
        html += Markup("").join(
            Markup("\n") + self._with_following(q, following, scope, again=same)
            for q, same in said_once(following.get(question.name, ()), following)
        )
        always = question.asked_when == TRUE and question.cause is None
        if always and not question.lapsed:
            return html
        key = scope.key(question)
        asked, end = Markup("{% if ") + key + Markup(" in asked %}"), Markup("{% endif %}")
        if always or (question.cause == scope.cause and not following.get(question.name)):
            return asked + html + end
        opening = Markup('<div class="branch{}">').format(" branch--same" if again else "")
        return asked + opening + html + Markup("</div>") + end

    def one(self, question: Question, scope: Scope) -> Markup:
        """Return one question through its type's template."""
        kind = questions.of(question.kind)
        template = composing().get_template(kind.template)
        inner = self.inside(question, scope)
        asked = Asked(
            name=scope.name(question),
            key=scope.key(question),
            title=self._text(question.title) + scope.of,
            help=self._help(question, kind),
            cause=None if question.cause == scope.cause else self._cause(question),
            level=SENSITIVITIES.index(question.sensitivity) + 1,
            level_word=constant(self.say(f"questions.sensitivity_{question.sensitivity}")),
            optional=optional(question, scope),
            redraw=question.name in self.watched,
            options=self._options(question.options, kind.parts(question, self.language)),
            narrowed=bool(question.narrowed),
            lists=self._lists(question) if question.narrowed else (),
            waits_for=self._waits_for(question) if question.narrowed else None,
            entry=_entry(question, kind.entry),
            parts=kind.parts(question, self.language),
            below=NOTHING
            if kind.columns or kind.by_page
            else self.sequence(question.children, inner),
            cells=tuple(self._cells(question, inner)) if kind.columns else (),
            row=inner.row,
            around=scope.around,
        )
        return Markup(  # noqa: S704 - the first pass escapes
            template.render(q=asked, say=self.say, say_with=self.say_with)
        )

    def inside(self, question: Question, scope: Scope) -> Scope:
        """Return where the questions of a group or of a row stand; a row says which one it is."""
        inner = replace(scope.below(question), cause=question.cause)
        if not question.is_rows:
            return inner
        number = filled(f"{inner.row}|int + 1")
        row = self.say("questions.row", title=self._text(question.title), number=number)
        return replace(inner, around=Markup(", {}{}").format(constant(row), scope.around))

    def _cells(self, rows: Question, scope: Scope) -> Iterator[Cell]:
        """Yield what stands in each column of a row; each title says of which row it is."""
        named = replace(scope, of=Markup('<span class="vh">{}</span>').format(scope.around))
        for child in rows.children:
            yield Cell(self._text(child.title), self.sequence((child,), named))

    def say(self, key: str, **params: object) -> str:
        """Return one of the platform's sentences; what stands in Markup stays as it is."""
        safe = {n: str(p) if isinstance(p, Markup) else p for n, p in params.items()}
        said = words.say(key, self.language, **safe)
        marked = any(isinstance(p, Markup) for p in params.values())
        return Markup(said) if marked else said  # noqa: S704 - our words around escaped ones

    def say_with(self, key: str, **params: str | Markup) -> Markup:
        """Return a sentence where plain parameters are expressions of the second pass."""
        said = {n: p if isinstance(p, Markup) else filled(p) for n, p in params.items()}
        return constant(self.say(key, **said))

    def _help(self, question: Question, kind: QuestionType) -> Markup | None:
        said = [words.pick(question.help, self.language)] if question.help else []
        if kind.asks:
            said += about(question, self.language, self.zone)
        return constant(" ".join(said)) if said else None

    def _text(self, text: words.Text) -> Markup:
        return constant(words.pick(text, self.language))

    def _cause(self, question: Question) -> Markup | None:
        if question.cause is None:
            return None
        because = in_words(self.form, question.cause, self.language)
        said = constant(self.say("questions.cause", cause=because))
        return said.replace(START, Markup("<b>")).replace(END, Markup("</b>"))

    def _lists(self, question: Question) -> tuple[Listed, ...]:
        return tuple(
            Listed(self._text(one.title) if one.title else None, self._options(one.options, {}))
            for one in headings(self.form, question)
        )

    def _waits_for(self, question: Question) -> Markup | None:
        cause = first(self.form, question)
        many = len(question.options) > AT_ONCE
        return self._text(cause.title) if cause is not None and many else None

    def _options(
        self, options: tuple[Option, ...], parts: Mapping[str, object]
    ) -> tuple[Choosable, ...]:
        described = parts.get("descriptions", {})
        found = described if isinstance(described, Mapping) else {}
        return tuple(
            Choosable(
                constant(o.const),
                literal(o.const),
                self._text(o.title),
                constant(found[o.const]) if o.const in found else None,
            )
            for o in options
        )


@dataclass(frozen=True)
class Scope:
    """Where questions stand: at the top, in a group, or in a row whose number is known only when
    drawn.
    """

    html: Markup = NOTHING
    expression: Markup = NOTHING
    depth: int = 0
    row: Markup = NOTHING
    of: Markup = NOTHING
    """What the titles in it end with: the row they stand in, where the eye sees it by itself."""
    around: Markup = NOTHING
    """The rows it stands in, the innermost first, each after a comma."""
    cause: Condition | None = None
    """Why all of it is asked, which is said once, where it begins."""

    def name(self, question: Question) -> Markup:
        """Return the control name as HTML of the second pass."""
        return self.html + constant(question.key)

    def key(self, question: Question) -> Markup:
        """Return the control name as an expression of the second pass."""
        own = literal(question.key)
        return Markup("({} ~ {})").format(self.expression, own) if self.expression else own

    def below(self, question: Question) -> Scope:
        """Return where the questions of a group or of a row stand."""
        html, key = self.name(question), self.key(question)
        if not question.is_rows:
            return replace(self, html=html + ".", expression=Markup('{} ~ "."').format(key))
        row = Markup(f"row{self.depth}")  # noqa: S704 - a number
        return Scope(
            html + Markup(".{{ ") + row + Markup(" }}."),
            Markup('{} ~ "." ~ {} ~ "."').format(key, row),
            self.depth + 1,
            row,
        )


def optional(question: Question, scope: Scope) -> bool | Markup | None:
    """Return whether a question may be left, or the expression that tells where answers decide.

    None is for what only holds questions, or is worked out.
    """
    if question.computed is not None or question.children:
        return None
    if question.kind == "checkboxes" and not question.schema.get("minItems"):
        return True
    if question.required_when is None:
        return True
    if not question.may_be_left:
        return False
    return Markup("{} not in required").format(scope.key(question))


def _entry(question: Question, usual: Mapping[str, str]) -> tuple[tuple[str, Markup], ...]:
    said = {**usual, **question.ui}
    return tuple((n, constant(said[n])) for n in ("inputmode", "autocomplete") if n in said)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.conditions if isinstance(condition, And) else (condition,)


def watched(asked: Iterable[Question]) -> frozenset[str]:
    """Return the names of the facts that decide what is asked, required or worked out among
    questions.
    """
    names: set[str] = set()
    for question in asked:
        names |= facts_of(question.asked_when)
        names |= facts_of(question.required_when) if question.required_when is not None else set()
        names |= {name for one in question.narrowed for name in facts_of(one.when)}
        names |= question.computed.reads() if question.computed is not None else set()
        names |= watched(question.children)
    return frozenset(names)


def on_page(form: Form, page: Page) -> tuple[Question, ...]:
    """Return the questions of a page, in order; a group or repeated group counts as one."""
    return tuple(form.questions[name] for name in page.questions)


_kept: OrderedDict[tuple[str, ...], Template] = OrderedDict()
_keeping = Lock()


def template_for(form: Form, page: Page, language: str, zone: ZoneInfo) -> Template:
    """Return the template of a page of one form version in one language and zone, composed at its
    first use.
    """
    asked = on_page(form, page)

    def compose() -> Markup:
        return Composer(form, language, watched(asked), zone).sequence(asked, Scope())

    return kept((form.hash, f"/{page.id}", language, zone.key), compose)


def template_for_row(form: Form, rows: Question, language: str, zone: ZoneInfo) -> Template:
    """Return the template of one row of a repeated group, whose number is ``row0``; of a list
    inside another's row ``row1``, and so on.
    """

    def compose() -> Markup:
        composer, scope = Composer(form, language, watched(rows.children), zone), Scope()
        for name in accumulate(rows.name.split("."), "{}.{}".format):
            scope = composer.inside(form.questions[name], scope)
        return composer.sequence(rows.children, scope)

    return kept((form.hash, f"{rows.name}/", language, zone.key), compose)


def template_of(form: Form, question: Question, language: str, zone: ZoneInfo) -> Template:
    """Return the template of one question by itself."""

    def compose() -> Markup:
        composer = Composer(form, language, watched(form.questions.values()), zone)
        return composer.one(question, Scope())

    return kept((form.hash, question.name, language, zone.key), compose)


def kept(key: tuple[str, ...], compose: Callable[[], Markup]) -> Template:
    """Return the template of a key, composed at its first use."""
    with _keeping:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    template = drawing.from_string(str(compose()))
    with _keeping:
        _kept[key] = template
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return template
