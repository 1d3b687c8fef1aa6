"""The survey sheet as a tree of questions, groups and repeated groups; what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from satupintu.conditions.nearest import or_nearest, shown
from satupintu.errors import BadDocument, Problem
from satupintu.forms.xlsform import xpath
from satupintu.forms.xlsform.columns import Record, Table

GROUP, REPEAT = "group", "repeat"
EXPRESSIONS = (
    *("relevant", "required", "constraint", "calculation", "choice_filter", "repeat_count"),
)
"""The columns that hold XPath; a default may too, but need not."""
READERS = frozenset(
    {*EXPRESSIONS, "label", "hint", "required_message", "constraint_message", "default"}
)
"""The columns in which ``${name}`` is an answer; in any other it is what somebody noted."""
TYPE_ALIASES: Mapping[str, str] = {
    "string": "text", "int": "integer", "add text prompt": "text", "add integer prompt": "integer",
    "add decimal prompt": "decimal", "add note prompt": "note", "add date prompt": "date",
    "add date time prompt": "datetime", "date time": "datetime", "add image prompt": "image",
    "add photo prompt": "image", "photo": "image", "add audio prompt": "audio",
    "add video prompt": "video", "add file prompt": "file", "trigger": "acknowledge",
    "add acknowledge prompt": "acknowledge", "calculation": "calculate",
    "add calculate prompt": "calculate", "location": "geopoint", "gps": "geopoint",
    "add location prompt": "geopoint", "add barcode prompt": "barcode", "q string": "text",
    "device id": "deviceid", "start time": "start", "end time": "end", "imei": "deviceid",
    "subscriber id": "subscriberid", "sim serial": "simserial", "phone number": "phonenumber",
    "sim id": "simserial", "picture": "image",
    "number of days in last month": "days_of_month", "calculate_here": "calculate",
    "number of days in last six months": "days_of_half_year",
    "number of days in last year": "days_of_year", "text audit": "audit", "audio audit": "audit",
}  # fmt: skip
_WRAPPED = re.compile(r"(?:q|get|uri:|add) ?(.+?)(?: prompt)?$")
"""Older sheets wrote ``q text``, ``get today`` and ``add image prompt``."""
SELECTS: Mapping[str, str] = {
    "select_one": "select_one", "select one": "select_one", "select1": "select_one",
    "select one from": "select_one", "add select one prompt using": "select_one",
    "select_multiple": "select_multiple", "select multiple": "select_multiple",
    "select all that apply from": "select_multiple",
    "add select multiple prompt using": "select_multiple", "rank": "rank",
    "select_one_from_file": "select_one_from_file",
    "select one from file": "select_one_from_file",
    "select_multiple_from_file": "select_one_from_file",
    "select multiple from file": "select_one_from_file",
    "select_one_external": "select_one_from_file", "select one external": "select_one_from_file",
    "select multiple from": "select_multiple", "select one using": "select_one",
    "select all that apply": "select_multiple", "select multiple using": "select_multiple",
}  # fmt: skip
_ENDS = re.compile(
    r"(begin|end)[ _](group|repeat|lgroup|loop|looped group)(?:\s+over)?(?:\s+\S+)?$", re.IGNORECASE
)
_ELSEWHERE = re.compile(
    r"(?P<cascading>cascading[ _]select)|(?P<include>include)|(?P<loop>begin[ _]loop)"
    r"|(?P<kobo>begin_(?:kobomatrix|score|rank))|(?P<of_kobo>end_(?:kobomatrix|score|rank)"
    r"|score__row|rank__level)",
    re.IGNORECASE,
)
"""What others read or once read, and nobody can be asked here; each has a way out of its own."""
_OTHER = re.compile(r"\s+(?:or_other|or specify other)$", re.IGNORECASE)
UNNAMED = frozenset({"note", "audit"})
"""What nobody answers needs no name."""
NAME = re.compile(r"[^\W\d][\w.-]*$")


@dataclass(eq=False)
class Item:
    """One row of the survey: a question, or a group with what stands in it."""

    record: Record
    type: str
    """As the table of types has it; ``group`` or ``repeat`` with children."""
    name: str
    listed: str = ""
    """The list of choices of a question that has one."""
    or_other: bool = False
    children: list[Item] = field(default_factory=list)
    parent: Item | None = None

    def around(self) -> Iterator[Item]:
        """Yield the groups around it, the innermost first."""
        here = self.parent
        while here is not None:
            yield here
            here = here.parent

    def all(self) -> Iterator[Item]:
        """Yield everything in it, in the order of the sheet."""
        for child in self.children:
            yield child
            yield from child.all()

    def children_of(self) -> Iterator[Item]:
        """Yield everything in it that is no group."""
        return (item for item in self.all() if item.type != GROUP)


def read(
    table: Table, types: frozenset[str], lists: frozenset[str]
) -> tuple[Item, tuple[Problem, ...]]:
    """Return the survey as one group of everything, and a remark for each row that is passed over.

    Raises BadDocument with all that is wrong.
    """
    found = _Reading(table, types, lists)
    BadDocument.raise_if(found.problems)
    return found.root, tuple(found.remarks)


class _Reading:
    def __init__(self, table: Table, types: frozenset[str], lists: frozenset[str]) -> None:
        self.table = table
        self.types = types
        self.lists = lists
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self.rows: list[Record] = []
        """The rows that mean something."""
        self.root = Item(Record(table.name, table.row, "", {}, {}), GROUP, "")
        self.here = self.root
        known = {header.key for header in table.headers}
        for key in ("type", "name"):
            if key not in known:
                where = f"{table.name}!{table.row}"
                self.problems.append(Problem("xlsform.column_missing", {"column": key}, where))
        if not self.problems:
            for record in table.records:
                self.row(record)
            for item in (self.here, *self.here.around()):
                if item is not self.root:
                    self.refuse(item.record, "type", "never_ended", name=item.name)
            self.references()
            self.expressions()

    def refuse(self, record: Record, column: str, key: str, **params: object) -> None:
        self.problems.append(Problem(f"xlsform.{key}", params, record.at(column)))

    def remark(self, key: str, where: str) -> None:
        self.remarks.append(Problem(f"xlsform.{key}", {}, where, level="warning"))

    def row(self, record: Record) -> None:
        written = " ".join(record.text("type").split())
        if record.text("disabled").strip().lower() in ("yes", "true", "true()", "1"):
            self.remark("row_disabled", record.at("disabled"))
            return
        if not written:
            if record.text("name") or record.text("label"):
                self.refuse(record, "type", "type_missing")
            elif record.cells:
                self.remark("row_left", record.at(next(iter(record.cells)).key))
            return
        self.rows.append(record)
        elsewhere = _ELSEWHERE.match(written)
        if elsewhere is not None and elsewhere.lastgroup != "of_kobo":
            self.refuse(record, "type", f"type_{elsewhere.lastgroup}", name=written)
        if elsewhere is not None and elsewhere.lastgroup != "loop":
            return
        ends = _ENDS.match(written)
        if ends:
            of = GROUP if ends[2].lower() == "group" else REPEAT
            self.end(record, of) if ends[1].lower() == "end" else self.begin(record, of)
            return
        item = self.question(record, written)
        if item is not None and self.named(item):
            self.here.children.append(item)

    def begin(self, record: Record, of: str) -> None:
        item = Item(record, of, record.text("name"), parent=self.here)
        if self.named(item):
            self.here.children.append(item)
        self.here = item

    def end(self, record: Record, of: str) -> None:
        if self.here is self.root:
            self.refuse(record, "type", "never_begun", of=of)
        elif self.here.type != of:
            begun = self.here.record
            params = {"of": of, "other": self.here.type, "row": begun.number}
            self.refuse(record, "type", "ends_another", **params)
            self.here = self.here.parent or self.root
        else:
            self.here = self.here.parent or self.root

    def question(self, record: Record, written: str) -> Item | None:
        or_other = bool(_OTHER.search(written))
        plain = _OTHER.sub("", written)
        for spelled in sorted(SELECTS, key=len, reverse=True):
            if plain.lower() == spelled or plain.lower().startswith(spelled + " "):
                listed = plain[len(spelled) :].strip()
                item = Item(record, SELECTS[spelled], record.text("name"), listed, or_other)
                item.parent = self.here
                if item.type != "select_one_from_file":
                    self.look_up(item)
                return item
        of = self.plain_type(plain.lower())
        if of not in self.types:
            key, params = or_nearest("xlsform.type_unknown", written, sorted(self.types))
            self.problems.append(Problem(key, params, record.at("type")))
            return None
        return Item(record, of, record.text("name"), parent=self.here)

    def plain_type(self, written: str) -> str:
        """Return a type as the table of types has it; what older sheets wrote around it is left."""
        inner = _WRAPPED.match(written)
        first = written.partition(" ")[0]  # an ``osm`` may name a list of tags
        known = (written, *([inner[1]] if inner else []), *([first] if first == "osm" else []))
        spelled = (TYPE_ALIASES.get(one, one) for one in known)
        return next((one for one in spelled if one in self.types), written)

    def look_up(self, item: Item) -> None:
        if not item.listed:
            self.refuse(item.record, "type", "list_unnamed")
        elif item.listed not in self.lists:
            key, params = or_nearest("xlsform.list_unknown", item.listed, sorted(self.lists))
            self.problems.append(Problem(key, params, item.record.at("type")))

    def named(self, item: Item) -> bool:
        name = item.name
        if not name and item.type in UNNAMED:
            name = item.name = f"{item.type}_{item.record.number}"
        if not name:
            self.refuse(item.record, "name", "name_missing")
            return item.type in (GROUP, REPEAT)
        if not NAME.match(name):
            self.refuse(item.record, "name", "name_bad", name=shown(name))
            return True
        for other in self.here.children:
            if other.name.lower() == name.lower():
                row = other.record.number
                self.refuse(item.record, "name", "name_twice", name=name, row=row)
                return False
        return True

    def references(self) -> None:
        """Refuse what reads a question that does not exist, in any column of any row."""
        known = {item.name for item in self.root.all()}
        for record in self.rows:
            for header, text in record.cells.items():
                if header.key not in READERS:
                    continue
                for name in xpath.names_in(text):
                    plain = name.removeprefix("last-saved#")
                    if plain not in known:
                        key, params = or_nearest("xlsform.reference_unknown", plain, sorted(known))
                        self.problems.append(Problem(key, params, record.at(header.key)))

    def expressions(self) -> None:
        """Refuse what is no expression at all; what none of ours can say is told later."""
        for record in self.rows:
            for column in EXPRESSIONS:
                try:
                    xpath.parse(record.text(column) or "1")
                except BadDocument as e:
                    self.problems.extend(p.under(record.at(column)) for p in e.problems)
                except xpath.Unsayable:
                    continue
