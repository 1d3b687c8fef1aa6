"""What differs between two form versions around the questions: conditions, tightenings, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from satupintu.changes import Change, gone_and_come, same
from satupintu.documents import Json
from satupintu.forms.declarations import Declarations, Under, declarations
from satupintu.forms.document import Form
from satupintu.forms.references import resolve
from satupintu.forms.shape import ANNOTATIONS

KEYWORDS = frozenset(
    {
        "properties", "required", "allOf", "if", "then", "dependentRequired", "dependentSchemas",
    }
)  # fmt: skip
"""The keywords that say where a question stands, when it is asked and when it must be answered."""
_OWN = KEYWORDS - {"allOf", "properties", "required"}


@dataclass(frozen=True)
class Conditions:
    """As the document has them: the conditions around each question, and around its demand."""

    asked: Mapping[str, list[Json]]
    required: Mapping[str, list[Json]]


def conditions_of(form: Form) -> Conditions:
    """Return what stands around every question, by name; a question may stand more than once."""
    found = _declared(form)
    asked: dict[str, list[Json]] = {}
    for one in found.declared:
        asked.setdefault(one.name, []).append(_around(one.under))
    required: dict[str, list[Json]] = {}
    for needed in found.required:
        required.setdefault(needed.name, []).append(_around(needed.under))
    return Conditions(asked, required)


def between(old: Form, new: Form, told: Iterable[Change]) -> Iterator[Change]:
    """Yield tightenings and notes that differ, and conditions whose change touches no question.

    ``told`` are the changes of the questions: what they tell of is not told again.
    """
    told = list(told)
    tightened = list(_tightened(old, new))
    yield from tightened
    names = {c.id for c in (*told, *tightened)}
    names |= {str(c.after) for c in told if c.kind == "renamed"}
    yield from _notes(old, new)
    yield from _untold(old, new, names)
    yield from _reordered(old, new)


def _declared(form: Form) -> Declarations:
    root, _ = resolve(form.schema)
    return declarations(root)


def _around(under: tuple[Under, ...]) -> list[Json]:
    return [one.condition for one in under]


def _tightened(old: Form, new: Form) -> Iterator[Change]:
    before, after = (_tightenings(form) for form in (old, new))
    gone, come = gone_and_come([t for t, _ in before], [t for t, _ in after])
    places = [(t, where) for t, where in before] + [(t, where) for t, where in after]
    for item in gone:
        twin = next((t for t in come if _as(t) == _as(item)), None)
        where = next(w for t, w in places if same(t, twin or item))
        if twin is not None:
            come.remove(twin)
            yield Change("changed", "tightening", item["name"], "", where, item["part"],
                         twin["part"])  # fmt: skip
        else:
            yield Change("removed", "tightening", item["name"], "", where, item["part"], None)
    for item in come:
        where = next(w for t, w in places if same(t, item))
        yield Change("added", "tightening", item["name"], "", where, None, item["part"])


def _as(tightening: Json) -> str:
    return str(tightening["name"])


def _tightenings(form: Form) -> list[tuple[Json, str]]:
    return [
        ({"name": t.name, "under": _around(t.under), "part": dict(t.part)}, t.part.where)
        for t in _declared(form).tightened
    ]


def _notes(old: Form, new: Form) -> Iterator[Change]:
    """Yield notes for whoever edits the document, outside the questions."""
    before, after = (list(_annotations(form.schema, root=True)) for form in (old, new))
    gone, come = gone_and_come(before, after)
    for note in gone:
        yield Change("removed", "note", note["key"], "", "", note["value"], None, "spelling")
    for note in come:
        yield Change("added", "note", note["key"], "", "", None, note["value"], "spelling")


def _annotations(schema: Json, *, root: bool = False) -> Iterator[Json]:
    if isinstance(schema, list):
        for item in schema:
            yield from _annotations(item)
    elif isinstance(schema, Mapping):
        question = "x-id" in schema
        for key, value in schema.items():
            if key in KEYWORDS or key == "items":
                below = value.values() if key == "properties" else [value]
                for one in below:
                    yield from _annotations(one)
            elif key in ANNOTATIONS and not question and not root:
                yield {"key": key, "value": value}


def _untold(old: Form, new: Form, told: set[str]) -> Iterator[Change]:
    """Yield branches that differ and hold nothing of what was told."""
    before, after = (list(_branches(form.schema, "", "")) for form in (old, new))
    gone, come = gone_and_come([b for b, _, _ in before], [b for b, _, _ in after])
    for kind, branches, known in (("removed", gone, before), ("added", come, after)):
        for branch in branches:
            _, where, names = next(one for one in known if same(one[0], branch))
            if names & told:
                continue
            if kind == "removed":
                yield Change("removed", "branch", where, "", where, branch, None, "spelling")
            else:
                yield Change("added", "branch", where, "", where, None, branch, "spelling")


def _reordered(old: Form, new: Form) -> Iterator[Change]:
    """Yield lists of demands and of branches that only stand in another order."""
    gone, come = gone_and_come(list(_demands(old.schema)), list(_demands(new.schema)))
    for names in gone:
        twin = next((other for other in come if sorted(other) == sorted(names)), None)
        if twin is not None:
            come.remove(twin)
            yield Change("moved", "form", new.id, "required", "", names, twin, "spelling")
    before, after = (_bare(form.schema.get("allOf", [])) for form in (old, new))
    gone, come = gone_and_come(before, after)
    if not gone and not come and not same(before, after):
        yield Change("moved", "form", new.id, "allOf", "/allOf", before, after, "spelling")


def _demands(schema: Json) -> Iterator[list[str]]:
    if isinstance(schema, list):
        for item in schema:
            yield from _demands(item)
    elif isinstance(schema, Mapping):
        if len(schema.get("required", ())) > 1:
            yield list(schema["required"])
        for key in [*sorted(KEYWORDS - {"required", "if"}), "items"]:
            below = schema.get(key)
            named = key in ("properties", "dependentSchemas") and isinstance(below, Mapping)
            yield from _demands(list(below.values()) if named and below else below)


def _branches(schema: Json, where: str, prefix: str) -> Iterator[tuple[Json, str, frozenset[str]]]:
    """Yield the parts around questions, without the questions: what is compared, place, names."""
    if not isinstance(schema, Mapping):
        return
    for n, branch in enumerate(schema.get("allOf", ())):
        place = f"{where}/allOf/{n}"
        yield _bare(branch), place, frozenset(_names(branch, prefix))
    own = {k: _bare(schema[k]) for k in sorted(_OWN) if k in schema}
    if own:
        yield own, where, frozenset(_names({k: schema[k] for k in own}, prefix))
    for name, below in schema.get("properties", {}).items():
        if isinstance(below, Mapping) and "x-id" in below:
            inner = below.get("items", below)
            step = "/items" if "items" in below else ""
            yield from _branches(inner, f"{where}/properties/{name}{step}", f"{prefix}{name}.")


def _bare(schema: Json) -> Json:
    """Return a part with each question in it cut down to its ``x-id``."""
    if isinstance(schema, list):
        return [_bare(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "x-id" in schema:
        return {"x-id": schema["x-id"]}
    bare = {k: _bare(v) for k, v in schema.items() if k not in ANNOTATIONS}
    return {**bare, "required": sorted(bare["required"])} if "required" in bare else bare


def _names(schema: Json, prefix: str) -> Iterator[str]:
    """Yield the full names of whatever stands, is tightened or is required in a part."""
    if isinstance(schema, list):
        for item in schema:
            yield from _names(item, prefix)
    elif isinstance(schema, Mapping):
        for name, below in schema.get("properties", {}).items():
            yield prefix + name
            yield from _names(below, f"{prefix}{name}.")
        yield from (prefix + name for name in schema.get("required", ()))
        for cause, names in schema.get("dependentRequired", {}).items():
            yield from (prefix + name for name in (cause, *names))
        for key in ("then", "allOf", "items"):
            if key in schema:
                yield from _names(schema[key], prefix)
        for below in schema.get("dependentSchemas", {}).values():
            yield from _names(below, prefix)
