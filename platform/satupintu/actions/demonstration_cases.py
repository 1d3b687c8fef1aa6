"""Made-up cases to look around in: filled in page by page and sent, as a member of staff would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args
from zoneinfo import ZoneInfo

from satupintu import clock, documents
from satupintu.actions import drafts, stories
from satupintu.actions.folder import named
from satupintu.actions.platform import Platform
from satupintu.actions.stories import Story
from satupintu.actions.submit import submit
from satupintu.cases.case import CaseState
from satupintu.documents import Json
from satupintu.forms import questions
from satupintu.forms.document import Form, Page
from satupintu.people.actor import Actor
from satupintu.store import cases, people

FILE = "seed/cases.json"


def make(platform: Platform) -> int:
    """Make the cases of ``seed/cases.json`` in the content folder; return how many.

    None where any case exists already, where there is no such file, or nobody who receives
    stories. Raises BadDocument, BadAnswers.
    """
    told = _stories(platform)
    with platform.store.reading() as tx:
        staff = next((a for a in people.listed(tx) if a.role == "staff" and a.may_log_in), None)
        if not told or staff is None or cases.listed(tx, get_args(CaseState), limit=1):
            return 0
    for story in told:
        _send(platform, staff.actor(), story)
    return len(told)


def _stories(platform: Platform) -> tuple[Story, ...]:
    path = platform.settings.content / FILE
    if not path.is_file():
        return ()
    with named(path):
        return stories.read(documents.parse(documents.read(path)))


def _send(platform: Platform, staff: Actor, story: Story) -> None:
    service = platform.content.service(clock.now())
    begun = drafts.start(platform, staff, service.default_language)
    opened = drafts.read(platform, staff, begun.id)
    answers = story.told(opened.form, service.zone)
    for page in opened.form.pages:
        texts = _Texts(dict(_typed(opened.form, page, answers, service.zone)))
        opened = drafts.save_page(
            platform, staff, begun.id, page.id, texts, {}, opened.seen(page)
        ).opened
    submit(platform, staff, begun.id)


def _typed(
    form: Form, page: Page, answers: Mapping[str, Json], zone: ZoneInfo
) -> Iterator[tuple[str, list[str]]]:
    """Yield what the controls of a page hold, by name, for the answers to its questions."""
    for name in page.questions:
        if name in answers:
            question = form.questions[name]
            typed = questions.of(question.kind).typed(question, answers[name], name, zone)
            for control, text in typed.items():
                yield control, [text] if isinstance(text, str) else list(text)


class _Texts(dict[str, list[str]]):
    """Posted texts by control name, as a browser sends them."""

    def getlist(self, key: str) -> list[str]:
        return self.get(key, [])
