"""A draft with its form, as actions and pages look at it: what stands where, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from satupintu.actions.provisional import Headline
from satupintu.documents import Json, content_hash
from satupintu.errors import Conflict, NotFound, Problem
from satupintu.forms import row_page
from satupintu.forms.answers import pages_to_ask, with_computed, without_hidden
from satupintu.forms.attached import Attached
from satupintu.forms.beginning import begun, with_default
from satupintu.forms.binding import Bound
from satupintu.forms.compiling import on_page
from satupintu.forms.document import Form, Page
from satupintu.forms.questions.kinds import Texts, Typed
from satupintu.forms.rendering import place_of
from satupintu.forms.row_page import RowPage
from satupintu.forms.to_do import to_do
from satupintu.store.drafts import Draft
from satupintu.words import Text


@dataclass(frozen=True)
class Opened:
    """A draft with its form. ``typed`` is what could not be read, to be shown again as it was.

    ``superseded`` says that another version of the form is in force now.
    """

    draft: Draft
    form: Form
    case_number: str | None = None
    headline: Headline | None = None
    superseded: bool = False
    attached: Mapping[str, Attached] = field(default_factory=dict)
    """What to tell of the files that its answers name, by id."""

    @property
    def answers(self) -> Mapping[str, Json]:
        """The answers so far, hidden ones included."""
        answers: Mapping[str, Json] = self.draft.body["answers"]
        return answers

    @property
    def typed(self) -> Typed:
        """What was typed and could not be read, by control name."""
        return {
            k: tuple(v) if isinstance(v, list) else v for k, v in self.draft.body["typed"].items()
        }

    @property
    def unread(self) -> tuple[Problem, ...]:
        """What to do about each text that could not be read."""
        return tuple(Problem(**p) for p in self.draft.body.get("unread", ()))

    @property
    def left_behind(self) -> tuple[tuple[Text, Text], ...]:
        """What of older answers did not come along into this draft: the question, and why."""
        return tuple((title, why) for title, why in self.draft.body.get("left_behind", ()))

    @property
    def sent(self) -> frozenset[str]:
        """The pages that were sent at least once."""
        return frozenset(self.draft.body["sent"])

    @property
    def met(self) -> frozenset[str]:
        """The questions with a default that stood on a page that was saved, by name; of a
        correction all, as its answers are those that were sent.
        """
        if "corrects" in self.draft.body:
            return frozenset(self.form.questions)
        return frozenset(self.draft.body.get("met", ()))

    def begun(self, page: Page) -> Mapping[str, Json]:
        """Return the answers with the defaults that a page is drawn with."""
        return begun(self.form, on_page(self.form, page), self.answers, self.met)

    @property
    def left(self) -> frozenset[str]:
        """The pages that ask something and were not sent yet, or still need something."""
        wrong = {_top(p.pointer) for p in all_problems(self)}
        return frozenset(
            page.id
            for page in pages_to_ask(self.form, self.answers)
            if page.id not in self.sent or wrong.intersection(page.questions)
        )

    @property
    def was_gone_through(self) -> bool:
        """Whether every page that asks something was sent at least once."""
        return all(page.id in self.sent for page in pages_to_ask(self.form, self.answers))

    def page(self, page_id: str) -> Page:
        """Return a page by its id. Raises NotFound."""
        for page in self.form.pages:
            if page.id == page_id:
                return page
        raise NotFound(Problem("drafts.no_page"))

    def seen(self, page: Page) -> str:
        """Return the token of what stands on a page now: a save says what its writer had seen."""
        return content_hash(self._standing(page, self.answers, self.typed))[:16]

    def stands(self, page: Page, answers: Mapping[str, Json], typed: Typed) -> bool:
        """Tell whether exactly this stands on a page already."""
        stands: bool = self._standing(page, answers, typed) == self._standing(
            page, self.answers, self.typed
        )
        return stands

    def may_follow(self, page: Page, bound: Bound, seen: str, view: str) -> bool:
        """Tell whether a page that was read may take the place of what stands there.

        Its writer had seen that (``seen``), or changed it last by a quiet save of the same drawn
        page (``view``), or both say the same.
        """
        own = bool(view) and self.draft.body.get("views", {}).get(page.id) == view
        return own or seen == self.seen(page) or self.stands(page, bound.answers, bound.unread)

    def _standing(self, page: Page, answers: Mapping[str, Json], typed: Typed) -> Json:
        here = {q.key for q in on_page(self.form, page)}
        answered = {k: v for k, v in answers.items() if k in here}
        texts = {k: list(v) if isinstance(v, tuple) else v for k, v in typed.items()}
        return [answered, {k: v for k, v in texts.items() if _belongs(k, here)}]


@dataclass(frozen=True)
class Saved:
    """A page that was saved; ``opened`` is the draft after it.

    ``problems`` are those of reading it; ``new`` names the questions that it asks only now, because
    of what was answered.
    """

    opened: Opened
    page: Page
    problems: tuple[Problem, ...]
    new: frozenset[str]

    @property
    def to_do(self) -> tuple[Problem, ...]:
        """What to show at the questions of the page; nobody has seen the new ones yet."""
        read = {p.pointer for p in self.problems}
        found = (*self.problems, *page_problems(self.opened, self.page))
        return tuple(
            p
            for n, p in enumerate(found)
            if (n < len(self.problems) or p.pointer not in read)
            and place_of(self.opened.form, p.pointer)[1] not in self.new
        )

    @property
    def stays(self) -> bool:
        """Tell whether the page asks for more before the next one comes."""
        return bool(self.new or self.to_do)

    def row(self, posted: Texts) -> RowPage | None:
        """Return the row to show next on a page of its own, None where it is the whole page."""
        form, answers, open_now = self.opened.form, self.opened.answers, row_page.posted_row(posted)
        row = row_page.named(form, self.page, answers, open_now)
        stays = row is not None and bool(row_page.within(row, self.to_do))
        return row_page.pressed(form, self.page, answers, posted, stays=stays)


class SomebodyElse(Conflict):
    """The same page was changed by somebody else meanwhile: nothing was saved yet.

    ``theirs`` is the draft as they left it, ``ours`` the answers with this page applied, ``page``
    where they differ.
    """

    def __init__(self, theirs: Opened, ours: Mapping[str, Json], page: Page) -> None:
        self.theirs = theirs
        self.ours = ours
        self.page = page
        super().__init__(Problem("drafts.changed"))


def with_page(opened: Opened, page: Page, bound: Bound) -> dict[str, Json]:
    """Return the draft's body with what was read of a page."""
    here = {q.key for q in on_page(opened.form, page)}
    body = opened.draft.body

    def stays(control: str) -> bool:
        return not _belongs(control, here) or not bound.covers(control)

    typed = {k: v for k, v in body["typed"].items() if stays(k)}
    unread = [p for p in body.get("unread", ()) if stays(".".join(p["pointer"].split("/")[1:]))]
    still = {name.partition(".")[0] for name in bound.unread}
    unread += [kept_problem(p) for p in bound.problems if _top(p.pointer) in still]
    texts = {k: list(v) if isinstance(v, tuple) else v for k, v in bound.unread.items()}
    views = {k: v for k, v in body.get("views", {}).items() if k != page.id}
    return {
        **body,
        "answers": bound.answers,
        "typed": typed | texts,
        "unread": unread,
        "views": views,
        **_met(opened, page, bound),
    }


def meets(opened: Opened, page: Page, bound: Bound) -> frozenset[str]:
    """Return the questions with a default that stood on a page, and on none that was saved yet."""
    return (bound.stood & with_default(on_page(opened.form, page))) - opened.met


def _met(opened: Opened, page: Page, bound: Bound) -> dict[str, Json]:
    new = meets(opened, page, bound)
    return {"met": sorted(new.union(opened.draft.body.get("met", ())))} if new else {}


def kept_problem(problem: Problem) -> Json:
    """Return a problem of reading a page as a draft keeps it: ``Problem(**kept)`` is it again."""
    return {
        "key": problem.key,
        "params": dict(problem.params),
        "pointer": problem.pointer,
        "text": None if problem.text is None else dict(problem.text),
    }


def without(opened: Opened, bound: Bound, theirs: Collection[str]) -> Bound:
    """Return what was read without some questions: those stay as somebody else left them."""
    answers = {k: v for k, v in bound.answers.items() if k not in theirs}
    answers |= {k: v for k, v in opened.answers.items() if k in theirs}
    return replace(
        bound,
        answers=with_computed(opened.form, answers),
        unread={k: v for k, v in bound.unread.items() if not _belongs(k, theirs)},
        uploads={k: v for k, v in bound.uploads.items() if not _belongs(k, theirs)},
        problems=tuple(p for p in bound.problems if _top(p.pointer) not in theirs),
    )


def page_problems(opened: Opened, page: Page) -> tuple[Problem, ...]:
    """Return what is still to be done about the questions of one page."""
    here = {q.key for q in on_page(opened.form, page)}
    return tuple(p for p in all_problems(opened) if _top(p.pointer) in here)


def all_problems(opened: Opened, told: Mapping[str, Json] | None = None) -> tuple[Problem, ...]:
    """Return what stands in the way of sending: texts not read, and what the schema refuses.

    ``told`` are the answers without the hidden ones, where the caller has them already.
    """
    answers = without_hidden(opened.form, opened.answers)[0] if told is None else told
    return to_do(opened.form, answers, opened.unread)


def _top(pointer: str) -> str:
    return pointer.removeprefix("/").partition("/")[0]


def _belongs(control: str, questions: Collection[str]) -> bool:
    """Tell whether a control is one of a question's: ``waktu.jam`` is one of ``waktu``'s."""
    return any(control == name or control.startswith(f"{name}.") for name in questions)
