"""What becomes of the stored answers under another version of a form: how many fit, and why not."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for

from satupintu import words
from satupintu.actions import stored_answers as actions
from satupintu.actions.stored_answers import OlderVersion, StoredAnswers
from satupintu.forms.migrating.telling import step_sentence
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.section import Section

stored_answers = Blueprint("stored_answers", __name__)
section = Section(stored_answers)


@stored_answers.get("/versi/<version>/jawaban")
@guarded_by("documents.stored_answers")
def of_version(version: str) -> str:
    """Show what a version makes of the stored answers."""
    found = actions.of_version(frame.platform(), frame.who(), version)
    return _page(found, url_for("versions.one", version=version))


@stored_answers.get("/draf/<draft>/jawaban")
@guarded_by("documents.stored_answers_of_draft")
def of_draft(draft: str) -> str:
    """Show what a draft, as it was last saved, would make of the stored answers."""
    found = actions.of_draft(frame.platform(), frame.who(), draft)
    return _page(found, url_for("drafting.one", draft=draft))


def _page(found: StoredAnswers, back: str) -> str:
    language = frame.page_language()
    title = words.pick(found.newer.title, language)
    return render_template(
        "versions/stored_answers.html",
        found=found,
        back=back,
        title=title,
        steps=lambda older: _steps(found, older),
    )


def _steps(found: StoredAnswers, older: OlderVersion) -> list[str]:
    """Return what the newest version says of the answers to an older one, in words."""
    language = frame.page_language()
    return [step_sentence(step, older.form, found.newer, language) for step in older.steps]
