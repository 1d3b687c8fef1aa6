"""What the rows of a survey make of each other: calculations, conditions, constraints, filters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from satupintu.conditions.ast import TRUE, Condition
from satupintu.conditions.cel import write as write_condition
from satupintu.conditions.normal import all_of
from satupintu.conditions.types import Choice, FactType, Many, Rows, Text
from satupintu.documents import Json
from satupintu.errors import BadDocument
from satupintu.forms import questions
from satupintu.forms.xlsform import filtering, kinds, xpath
from satupintu.forms.xlsform.asking import NO, OTHER, Asking
from satupintu.forms.xlsform.calculating import calculated
from satupintu.forms.xlsform.columns import words
from satupintu.forms.xlsform.conditions import Answer, Reading
from satupintu.forms.xlsform.constraining import Tightening, constrained, merged
from satupintu.forms.xlsform.layout import Layout
from satupintu.forms.xlsform.placing import Branch, Placing
from satupintu.forms.xlsform.survey import GROUP, REPEAT, Item
from satupintu.forms.xlsform.two_valued import tidy
from satupintu.forms.xlsform.xpath import Node, Unsayable

YES = frozenset({"yes", "true", "true()", "1"})


@dataclass
class Connecting:
    """Holds the subschemas by item while they are connected; ``schemas`` lacks what was left out.

    ``placings`` has the branches of each object by the item that holds it.
    """

    layout: Layout
    asking: Asking
    schemas: dict[Item, dict[str, Json]]
    types: dict[Item, FactType] = field(default_factory=dict)
    placings: dict[Item, Placing] = field(default_factory=dict)
    wider: set[Item] = field(default_factory=set)
    """Questions that are asked more often than the workbook says; they may be left."""
    _conditions: dict[Item, list[Condition]] = field(default_factory=dict)

    def connect(self) -> None:
        """Connect everything; what cannot be said is remarked on."""
        for item, schema in self.schemas.items():
            if item.type not in (GROUP, REPEAT):
                self.types[item] = questions.for_schema(schema).fact_type(schema)
        self.count_rows()
        self.calculate()
        order = self.ordered()
        for scope in (self.layout.root, *self.schemas):
            if scope.type in (GROUP, REPEAT):
                name = self.layout.names.get(scope)
                self.placings[scope] = Placing(f"{name}." if name else "")
        for item in order:
            self.place(item)
        for item in order:
            self.require(item)
            self.constrain(item)
            self.filter(item)
        for schema in self.schemas.values():
            kinds.bound(schema)

    def count_rows(self) -> None:
        """Give the repeated groups a type, so that they can be counted; but for those in rows."""
        for item in self.schemas:
            if item.type == REPEAT:
                inside = self.layout.rows(item) is not None
                most = self.schemas[item]["maxItems"]
                self.types[item] = Text(listed=True) if inside else Rows({}, most)

    def names(self, reader: Item, name: str, *, around: bool = False) -> Answer:
        """Return what a name stands for, read from an item; in a list inside a row also what stands
        in the rows ``around`` it, which no condition sees. Raises Unsayable.
        """
        if name in ("today()", "now()"):
            days = [i for i in self.schemas if i.type == "today"]
            if not days:
                raise Unsayable("today")
            return Answer(self.layout.names[days[0]], self.types[days[0]])
        found = self.layout.found(name, reader)
        if len(found) > 1:
            raise Unsayable("ambiguous", name=name)
        if not found or found[0] not in self.types:
            raise Unsayable("left_out", name=name)
        rows = self.layout.rows(found[0])
        inside = (reader, *reader.around()) if around else (reader, self.layout.rows(reader))
        if rows is not None and rows not in inside:
            raise Unsayable("in_rows", name=name)
        return Answer(self.layout.names[found[0]], self.types[found[0]])

    def reading(self, reader: Item, *, compares: bool = False) -> Reading:
        """Return what reads the expressions of an item; a calculation ``compares`` answers."""
        return Reading(lambda name: self.names(reader, name, around=compares), compares=compares)

    def parsed(self, item: Item, column: str) -> Node:
        """Return the expression of a cell. Raises Unsayable, and BadDocument with its place."""
        try:
            return xpath.parse(item.record.text(column))
        except BadDocument as e:
            raise BadDocument(*(p.under(item.record.at(column)) for p in e.problems)) from e

    # Calculations. ------------------------------------------------------------------------------

    def calculate(self) -> None:
        """Work out which calculations can be said, one after another as they read each other."""
        waiting = {i: None for i in self.layout.names if self.is_calculated(i)}
        for item in waiting:
            self.types.pop(item, None)
        while waiting:
            why: dict[Item, Unsayable] = {}
            before = len(waiting)
            for item in list(waiting):
                try:
                    self.computed(item)
                    waiting.pop(item)
                except Unsayable as e:
                    why[item] = e
            if len(waiting) == before and not self.asked_instead(waiting, why):
                return

    def asked_instead(self, waiting: dict[Item, None], why: dict[Item, Unsayable]) -> bool:
        """Let a person answer what cannot be worked out; tell whether that may help the others.

        What nobody could be asked is left out.
        """
        for item in list(waiting):
            column = "calculation" if item.record.text("calculation") else "default"
            if item in self.schemas:
                self.asking.why(item, column, "calculation_asked", why[item])
                self.types[item] = questions.for_schema(self.schemas[item]).fact_type(
                    self.schemas[item]
                )
                waiting.pop(item)
                return True
        for item in waiting:
            column = "calculation" if item.record.text("calculation") else "default"
            self.asking.why(item, column, "calculation_left", why[item])
        return False

    def is_calculated(self, item: Item) -> bool:
        """Tell whether an item's value comes from others, or is always the same."""
        if item.type in (GROUP, REPEAT):
            return False
        return item.type in ("calculate", "hidden") or bool(item.record.text("calculation"))

    def computed(self, item: Item) -> None:
        """Make an item a computed answer. Raises Unsayable."""
        if item.record.text("calculation"):
            node = self.parsed(item, "calculation")
        elif item.record.text("default"):
            text = item.record.text("default")
            number = xpath.Number(text)
            node = xpath.Text(text) if number.whole is None else number
        else:
            raise Unsayable("nothing")
        found = calculated(node, self.reading(item, compares=True))
        made = dict(found.schema)
        known = self.schemas.get(item) or self.asking.worded(item, {})
        if "enum" in made:
            made["oneOf"] = [{"const": o, "title": o} for o in made.pop("enum")]
        elif "type" in known and known["type"] != made["type"]:
            raise Unsayable("kinds_mixed")
        about = {k: v for k, v in known.items() if k not in ("type", "format", "oneOf", "default")}
        self.schemas[item] = {**about, **made, "x-computed": found.computed}
        self.types[item] = questions.for_schema(self.schemas[item]).fact_type(self.schemas[item])

    # Conditions. --------------------------------------------------------------------------------

    def ordered(self) -> list[Item]:
        """Return the items so that each comes after those that its conditions read."""
        waiting = dict.fromkeys(self.schemas)
        needs = {item: self.read_around(item) for item in waiting}
        found: list[Item] = []
        while waiting:
            ready = [i for i in waiting if not any(n in waiting for n in needs[i])]
            for item in ready or list(waiting)[:1]:  # a circle: told where its condition is read
                found.append(item)
                waiting.pop(item)
        return found

    def read_around(self, item: Item) -> frozenset[Item]:
        """Return the items that decide whether an item is asked, with the groups around them."""
        around = (item, *self.layout.loosened(item))
        names = {n for i in around for n in xpath.names_in(i.record.text("relevant"))}
        if item.type == "other":
            names.add(item.listed)
        read = [i for name in names for i in self.layout.found(name, item)]
        found = {a for i in read for a in (i, *i.around())} - {item, *item.around()}
        scope = self.layout.scope(item)
        return frozenset(found if scope is self.layout.root else found | {scope})

    def condition(self, item: Item) -> Condition:
        """Return where an item's own cell has it asked; what cannot be said is remarked on once."""
        if item not in self._conditions:
            self._conditions[item] = list(self._conjuncts(item))
        return tidy(all_of(self._conditions[item]))

    def _conjuncts(self, item: Item) -> Iterator[Condition]:
        if item.type == "other":
            of = item.listed
            yield self.reading(item).condition(
                xpath.Call("selected", (xpath.Ref(of), xpath.Text(OTHER)))
            )
            return
        if not item.record.text("relevant"):
            return
        try:
            parts = [*xpath.conjuncts(self.parsed(item, "relevant"))]
        except Unsayable as e:
            self.widen(item, e)
            return
        for part in parts:
            try:
                yield self.reading(item).condition(part)
            except Unsayable as e:
                self.widen(item, e)

    def widen(self, item: Item, why: Unsayable) -> None:
        """Let an item be asked more often, as its condition cannot be said."""
        self.asking.why(item, "relevant", "relevant_left", why)
        self.wider |= {item, *item.all()}

    def place(self, item: Item) -> None:
        """Put an item where its condition and those of the groups around it hold."""
        placing = self.placings[self.layout.scope(item)]
        around = [self.condition(group) for group in self.layout.loosened(item)]
        chain = [*around, self.condition(item)]
        homes: list[Branch] = []
        told = False
        while not homes:
            try:
                homes = placing.homes_of(chain)
                if not homes:
                    raise Unsayable("never")
            except Unsayable as e:
                if not told:
                    self.widen(item, e)
                told = True
                chain = chain[:-1]
        name = self.layout.names[item]
        placing.declare(name, self.schemas[item], homes)
        if item in self.placings:
            deepest = max(len([*home.within()]) for home in homes)
            self.placings[item].outer = placing.outer + deepest

    def tell_order(self, scope: Item) -> None:
        """Remark where questions of a group or a row come in another order than in the sheet."""
        placing = self.placings[scope]
        names = [self.layout.names[i] for i in scope.all() if i in self.schemas]
        always = [placing.homes[n] == [placing.root] for n in names if n in placing.homes]
        if always != sorted(always, reverse=True):
            self.asking.remark(scope, "type", "order_left")

    def require(self, item: Item) -> None:
        """Let an item need an answer where the workbook says so."""
        written = item.record.text("required").strip()
        if item.type in (GROUP, REPEAT):
            if (item.type == GROUP and self.needs(item)) or self.schemas[item].get("minItems"):
                self.demand(item, TRUE)
            return
        if written.lower() in NO or "x-computed" in self.schemas[item]:
            return
        if item in self.wider:
            self.asking.remark(item, "required", "required_left")
            return
        try:
            condition = (
                TRUE
                if written.lower() in YES
                else self.reading(item).condition(self.parsed(item, "required"))
            )
            self.demand(item, condition)
            if isinstance(self.types.get(item), Many):  # no box ticked is no answer to ODK
                self.one_at_least(item, condition)
        except Unsayable as e:
            self.asking.why(item, "required", "required_unsaid", e)
            return
        message, others = words(self.asking.plain(item, "required_message"), self.asking.default)
        if message:
            schema = self.schemas[item]
            ticked = ["const"] if schema.get("const") is True else []
            ticked += ["minItems"] if isinstance(self.types.get(item), Many) else []
            self.message(schema, ["required", *ticked], message, others)

    def needs(self, group: Item) -> bool:
        """Tell whether anything in a group must be answered."""
        inside = (i for i in group.all() if i in self.schemas and i not in self.wider)
        return any(i.record.text("required").strip().lower() not in NO for i in inside)

    def demand(self, item: Item, condition: Condition) -> None:
        """Require an answer where a condition holds. Raises Unsayable."""
        self.placings[self.layout.scope(item)].require(self.layout.names[item], condition)

    def one_at_least(self, item: Item, condition: Condition) -> None:
        """Let a list of boxes need a tick where a condition holds. Raises Unsayable."""
        if condition == TRUE:
            merged(self.schemas[item], {"minItems": 1})
        else:
            self.tighten(item, {"minItems": 1}, condition)

    def constrain(self, item: Item) -> None:
        """Narrow an item's answer as its constraint does."""
        if not item.record.text("constraint") or item.type in (GROUP, REPEAT):
            return
        schema = self.schemas[item]
        itself = Answer(self.layout.names[item], self.types.get(item, Text()))
        message, others = words(self.asking.plain(item, "constraint_message"), self.asking.default)
        try:
            node = self.parsed(item, "constraint")
        except Unsayable as e:
            self.asking.why(item, "constraint", "constraint_left", e)
            return
        for found in constrained(node, self.reading(item), itself):
            try:
                if not isinstance(found, Tightening):
                    raise found
                keywords = dict(found.keywords)
                if found.condition == TRUE:
                    merged(schema, keywords)
                    if message:
                        self.message(schema, [*keywords], message, others)
                else:
                    if message:
                        self.message(keywords, [*keywords], message, others)
                    self.tighten(item, keywords, found.condition)
            except Unsayable as e:
                self.asking.why(item, "constraint", "constraint_left", e)

    def tighten(self, item: Item, keywords: dict[str, Json], condition: Condition) -> None:
        """Narrow an answer where a condition holds. Raises Unsayable."""
        placing = self.placings[self.layout.scope(item)]
        placing.tighten(self.layout.names[item], keywords, condition)

    @staticmethod
    def message(
        schema: dict[str, Json], keywords: list[str], text: str, others: dict[str, str]
    ) -> None:
        """Let a schema say a text of its own where one of these keywords refuses."""
        schema["x-errors"] = {**schema.get("x-errors", {}), **dict.fromkeys(keywords, text)}
        i18n: dict[str, Json] = {c: dict(t) for c, t in schema.get("x-i18n", {}).items()}
        for code, said in others.items():
            known = i18n.setdefault(code, {})
            known["errors"] = {**known.get("errors", {}), **dict.fromkeys(keywords, said)}
        if i18n:
            schema["x-i18n"] = i18n

    def filter(self, item: Item) -> None:
        """Narrow a list as its choice filter does: for each answer before it, what it leaves."""
        if not item.record.text("choice_filter") or not item.listed:
            return
        if item.listed not in self.asking.lists:
            return
        of = self.types.get(item)
        nothing: list[str] = []
        try:
            node = self.parsed(item, "choice_filter")
            among = filtering.kept(node, self.asking.lists[item.listed])
            if not isinstance(of, Choice | Many):
                raise Unsayable("filter")
            for where, left in filtering.narrowings(node, among, self.reading(item)):
                if left or item.or_other:
                    self.leave(item, of, where, left)
                else:
                    nothing.append(write_condition(where))
        except Unsayable as e:
            self.asking.why(item, "choice_filter", "filter_left", e)
        if nothing:
            said = "; ".join(nothing[:3]) + ("; …" if len(nothing) > 3 else "")
            self.asking.remark(item, "choice_filter", "filter_nothing", where=said)

    def leave(
        self, item: Item, of: Choice | Many, condition: Condition, names: tuple[str, ...]
    ) -> None:
        """Leave of an item's options only some where a condition holds. Raises Unsayable."""
        if item.or_other:
            names = (*names, OTHER)
        if set(names) == set(of.options):
            return
        once = list(dict.fromkeys(names))
        among: dict[str, Json] = {"enum": once} if len(once) > 1 else {"const": once[0]}
        self.tighten(item, among if isinstance(of, Choice) else {"items": among}, condition)
