"""What is still to be done before answers can be sent, each place told once."""

from __future__ import annotations

from collections.abc import Iterable

from satupintu.errors import Problem
from satupintu.forms.answers import problems
from satupintu.forms.document import Form
from satupintu.forms.facts import Answers


def to_do(form: Form, told: Answers, unread: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the texts that could not be read and are asked, and what the schema refuses besides.

    ``told`` are the answers without the hidden ones. A text that was not read is no answer, so the
    schema would miss it too: of such a place only the first is told.
    """
    asked = {q.key for q in form.outside_rows if "." not in q.name}
    not_read = [p for p in unread if p.pointer.removeprefix("/").partition("/")[0] in asked]
    refused = problems(form, told)
    return (*not_read, *(p for p in refused if not any(touch(p, other) for other in not_read)))


def touch(one: Problem, other: Problem) -> bool:
    """Tell whether two problems are about one place, or one about what the other stands in."""
    here, there = f"{one.pointer}/", f"{other.pointer}/"
    return here.startswith(there) or there.startswith(here)
