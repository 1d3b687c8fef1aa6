"""A file that is attached; the answer is its id, the content is kept apart.

The other types of attachment (``files``, ``photo``) are read and shown as this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from satupintu import words
from satupintu.conditions.types import FactType, Text
from satupintu.documents import Json
from satupintu.errors import Problem
from satupintu.forms import described, uploads
from satupintu.forms.document import Question
from satupintu.forms.paper.blanks import Blank, Boxes, Tick
from satupintu.forms.pictures import FORMATS, LONGEST_SIDE
from satupintu.forms.questions.kinds import (
    ACT,
    Posted,
    QuestionType,
    Read,
    Schema,
    suits_type,
)


def suits(schema: Schema) -> int:
    """Return 6 for texts with the format ``uuid``."""
    return 6 if suits_type(schema, "string") and schema.get("format") == "uuid" else 0


def suits_several(schema: Schema) -> int:
    """Return 6 for lists of texts with the format ``uuid``."""
    items = schema.get("items")
    return 6 if suits_type(schema, "array") and isinstance(items, Mapping) and suits(items) else 0


def fact_type(_schema: Schema) -> FactType:
    """Return free text: a file is never a fact."""
    return Text()


def read(question: Question, posted: Posted) -> Read:
    """Return the id of the file that was sent, else of the one kept from before."""
    result = read_several(question, posted)
    if isinstance(result.value, list) and not is_several(question):
        return replace(result, value=result.value[-1] if result.value else None)
    return result


def read_several(question: Question, posted: Posted) -> Read:
    """Return the ids of the files kept from before and not removed, then of those just chosen.

    Where one file at most may be there, one just chosen takes its place. Each file that cannot be
    taken is told by its name; so is that there are too many, and those past the bound are left.
    """
    kept = list(_kept(question, posted))
    most = most_files(question)
    new: dict[str, uploads.Upload] = {}
    problems: list[Problem] = []
    for chosen in posted.chosen():
        result = uploads.accept(chosen, limits_of(question), posted.pointer)
        if isinstance(result, uploads.Upload):
            new[result.id] = result
        else:
            problems.append(_named(result, chosen, question))
    room = most if most == 1 else max(0, most - len(kept))
    if len(new) > room:
        said = {"limit": most, "left": len(new) - room}
        problems.append(Problem("questions.too_many_files", said, posted.pointer))
        new = dict(list(new.items())[:room])
    ids = [*(() if new and most == 1 else kept), *new]
    names = [
        posted.name if not is_several(question) else f"{posted.name}.{ids.index(i)}" for i in new
    ]
    # What was refused counts as a text that could not be read, so that it is still told after the
    # page was drawn anew.
    again = {posted.name: tuple(ids)} if problems else {}
    held = dict(zip(names, new.values(), strict=True))
    if not ids and question.schema.get("minItems") and question.may_be_left:
        return Read(typed=again, problems=tuple(problems))
    return Read(ids, typed=again, problems=tuple(problems), uploads=held)


def _kept(question: Question, posted: Posted) -> Iterator[str]:
    """Yield the ids of files that stood on the page, but for those that were to be removed."""
    start = f"rows:{posted.control}:remove:"
    removed = {act.removeprefix(start) for act in posted.texts.getlist(ACT)}
    stood = posted.all("kept")
    if not stood and posted.control == posted.name:
        stood = list(ids_in(question, posted.before))
    for one in dict.fromkeys(stood):
        known = one in posted.kept_files or one in ids_in(question, posted.before)
        if known and one not in removed:
            yield one


def _named(problem: Problem, chosen: uploads.File, question: Question) -> Problem:
    """Return a problem that tells which of several files it is about."""
    if not is_several(question):
        return problem
    name = uploads.plain_name(chosen.filename or "")[: uploads.LONGEST_NAME]
    said = {
        language: words.say(
            "questions.of_file", language, name=name, problem=problem.sentence(language)
        )
        for language in words.LANGUAGES
    }
    return replace(problem, text=said)


def ids_in(_question: Question, value: Json) -> Iterator[str]:
    """Yield the ids of the files in an answer."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one


def is_several(question: Question) -> bool:
    """Return whether the answer is a list of files."""
    return suits_type(question.schema, "array")


def most_files(question: Question) -> int:
    """Return how many files may be attached."""
    most = question.schema.get("maxItems", described.MOST_FILES) if is_several(question) else 1
    return int(most)


def limits_of(question: Question) -> uploads.Limits:
    """Return what the document lets its files be; of several, ``items`` may say it too."""
    items = question.schema.get("items")
    below = items.get("x-ui", {}) if isinstance(items, Mapping) else {}
    ui = {**below, **question.ui}
    usual = FORMATS if question.kind == "photo" else uploads.RECOGNISED
    return uploads.Limits(
        tuple(ui.get("accept", usual)),
        int(ui.get("maxMegabytes", uploads.MEGABYTES)),
        int(ui.get("longestSide", LONGEST_SIDE)),
    )


def shown(question: Question, value: Json, language: str, _zone: ZoneInfo) -> str:
    """Return that files are attached; their names belong to the files, not to the answers."""
    count = sum(1 for _ in ids_in(question, value))
    if not is_several(question):
        return words.say("questions.file_attached", language)
    return words.say("questions.files_attached", language, count=count)


def typed(
    question: Question, value: Json, name: str, _zone: ZoneInfo
) -> Mapping[str, tuple[str, ...]]:
    """Return the ids, which the page carries beside the control."""
    return {name: tuple(ids_in(question, value))}


def parts(question: Question, language: str) -> Mapping[str, object]:
    """Return what may be attached, for the browser and in words."""
    limits, most = limits_of(question), most_files(question)
    rule = words.say(
        "questions.file_rule",
        language,
        types=uploads.names_of(limits.accepted),
        limit=limits.megabytes,
    )
    if is_several(question):
        rule += " " + words.say("questions.files_rule", language, count=most)
    any_picture = question.kind == "photo" and set(limits.accepted) == set(FORMATS)
    return {
        "accept": "image/*" if any_picture else ",".join(limits.accepted),
        "capture": question.ui.get("capture"),
        "several": is_several(question),
        "most": most,
        "rule": rule,
    }


def paper(_question: Question, language: str) -> tuple[Blank, ...]:
    """Return a box to tick where something is fastened to the paper."""
    return (Boxes((Tick(words.say("paper.fastened", language)),)),)


TYPE = QuestionType(
    "file",
    suits,
    fact_type,
    read,
    shown,
    typed,
    parts,
    files=ids_in,
    check=described.files,
    paper=paper,
)
