"""Several files that are attached; the answer is a list of their ids."""

from __future__ import annotations

from satupintu.forms import described
from satupintu.forms.questions import file
from satupintu.forms.questions.kinds import QuestionType

TYPE = QuestionType(
    "files", file.suits_several, file.fact_type, file.read_several, file.shown, file.typed,
    file.parts, files=file.ids_in, check=described.files, paper=file.paper, silence=[],
)  # fmt: skip
