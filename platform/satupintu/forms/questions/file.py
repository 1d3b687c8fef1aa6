"""A file that is attached; the answer is its id, the content is kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import FactType, Text
from satupintu.documents import Json
from satupintu.forms import uploads
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank, Boxes, Tick
from satupintu.forms.questions.kinds import (
    Posted,
    QuestionType,
    Read,
    Schema,
    suits_type,
)


def suits(schema: Schema) -> int:
    """Return 6 for texts with the format ``uuid``."""
    return 6 if suits_type(schema, "string") and schema.get("format") == "uuid" else 0


def fact_type(_schema: Schema) -> FactType:
    """Return free text: a file is never a fact."""
    return Text()


def read(question: Question, posted: Posted) -> Read:
    """Return the id of the file that was sent, else of the one kept from before."""
    kept = posted.one("kept")
    before = kept if kept in posted.kept_files else None
    if not posted.all("kept") and posted.control == posted.name:
        before = posted.before
    if "true" in posted.all("remove"):
        before = None
    chosen = posted.file()
    if chosen is None:
        return Read(before)
    result = uploads.accept(
        chosen, accepted_types(question), most_megabytes(question), posted.pointer
    )
    if isinstance(result, uploads.Upload):
        return Read(result.id, uploads={posted.name: result})
    return Read(before, problems=(result,))


def accepted_types(question: Question) -> tuple[str, ...]:
    """Return the media types the document allows, else every one that can be recognised."""
    return tuple(question.ui.get("accept", uploads.RECOGNISED))


def most_megabytes(question: Question) -> int:
    """Return how large the file may be."""
    return int(question.ui.get("maxMegabytes", uploads.MEGABYTES))


def shown(_question: Question, _value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return that a file is attached; its name belongs to the file, not to the answers."""
    return words.say("questions.file_attached", language)


def parts(question: Question, language: str) -> Mapping[str, object]:
    """Return what may be attached, for the browser and in words."""
    accepted, most = accepted_types(question), most_megabytes(question)
    return {
        "accept": ",".join(accepted),
        "rule": words.say(
            "questions.file_rule", language, types=uploads.names_of(accepted), limit=most
        ),
    }


def paper(_question: Question, language: str) -> tuple[Blank, ...]:
    """Return a box to tick where something is fastened to the paper."""
    return (Boxes((Tick(words.say("paper.fastened", language)),)),)


TYPE = QuestionType(
    "file", suits, fact_type, read, shown, parts=parts, acts=frozenset({"remove"}), paper=paper
)
