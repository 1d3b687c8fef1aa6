"""What stands in the controls of a whole answer, place by place: the inverse of reading them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from satupintu.documents import Json
from satupintu.forms.document import Question
from satupintu.forms.questions.kinds import Typed
from satupintu.forms.structure.free_keys import asked_keys, free_keys
from satupintu.forms.structure.leaves import choices_of, leaf_of
from satupintu.forms.structure.names import below, beside
from satupintu.forms.structure.places import again, ids, is_constant, needed_keys, typed_as
from satupintu.forms.structure.schema import Structure, View

ForLeaf = Callable[[Question, Json, str], Typed]
"""What one question type holds for an answer: question, answer, control name."""


def controls(of: Structure, value: Json, control: str, leaf: ForLeaf, *, needed: bool) -> Typed:
    """Return what the controls hold for an answer; what has no control is left out.

    Nobody is asked for a constant that is ``needed``.
    """
    writing = _Writing(of, leaf, {})
    writing.place(of.root, value, control, needed=needed)
    return writing.held


class _Writing:
    def __init__(
        self, of: Structure, leaf: ForLeaf, held: dict[str, str | tuple[str, ...]]
    ) -> None:
        self.of = of
        self.leaf = leaf
        self.held = held
        self.around: tuple[int, ...] = ()

    def place(self, schema: Json, value: Json, control: str, *, needed: bool) -> None:
        view = self.of.view(schema, value, self.of.by_value(value))
        around, opened = self.around, again(self.of, view, self.around, needed)
        if opened:
            self.held[beside(control, "there")] = "true"
        self.around = around + ids(view)
        self.inside(view, value, control, needed)
        self.around = around

    def afresh(self, schema: Json, value: Json, control: str) -> None:
        around, self.around = self.around, ()
        self.place(schema, value, control, needed=True)
        self.around = around

    def inside(self, view: View, value: Json, control: str, needed: bool) -> None:
        for fork in view.forks:
            if fork.chosen is not None:
                self.held[beside(control, fork.id)] = str(fork.chosen)
        types = view.types
        choices = tuple(choices_of(view))
        if is_constant(view, choices, needed):
            return
        if not choices and "null" in types:
            types = tuple(t for t in types if t != "null")
            if value is None:
                self.held[beside(control, "null")] = "true"
                return
        if not choices and len(types) > 1:
            kind = typed_as(value, types)
            self.held[beside(control, "type")] = kind or ""
        else:
            kind = types[0] if types else None
        if not choices and kind is None:
            return
        leaf = leaf_of(self.of, view, kind, {})
        if leaf is not None:
            if value is not None or choices:
                self.held |= self.leaf(leaf.question, leaf.encoded(value), control)
        elif isinstance(value, dict | list) and kind in ("object", "array"):
            before = frozenset(self.held)
            if isinstance(value, dict):
                self.object(view, value, control)
            else:
                self.array(view, value, control)
            asked = any(self.held[control] != () for control in self.held.keys() - before)
            if value and not asked and not needed:  # of constants alone
                self.held[beside(control, "there")] = "true"

    def object(self, view: View, value: Mapping[str, Json], control: str) -> None:
        needed = needed_keys(view, value)
        known = asked_keys(self.of, view, needed)
        for key, schemas in known.items():
            if key in value:
                schema = self.of.joined(schemas)
                self.place(schema, value[key], below(control, key), needed=key in needed)
        free = free_keys(view)
        if free is not None:
            extra = [key for key in value if key not in known]
            self.held[beside(control, "keys")] = tuple(str(n) for n in range(len(extra)))
            for number, key in enumerate(extra):
                self.held[beside(control, f"key-{number}")] = key
                schema = free.schema(self.of, key)
                self.afresh(schema, value[key], beside(control, str(number)))

    def array(self, view: View, value: list[Json], control: str) -> None:
        prefix = [schema for schemas in view.all("prefixItems") for schema in schemas]
        for number, schema in enumerate(prefix[: len(value)]):
            least = int(view.get("minItems", 0))
            self.place(schema, value[number], below(control, number), needed=number < least)
        items = list(view.rows(bool(prefix)))
        if items and False not in items:
            schema = self.of.joined(tuple(items))
            rows = range(len(prefix), len(value))
            self.held[control] = tuple(map(str, rows))
            for number in rows:
                self.afresh(schema, value[number], below(control, number))
