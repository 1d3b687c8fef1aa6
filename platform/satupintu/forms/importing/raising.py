"""A JSON Schema of draft-04, 06, 07 or 2019-09, raised to 2020-12 without changing a verdict.

What 2020-12 would read otherwise than the document's own draft is set aside under a name that
nobody reads (``import:const`` in a draft-04 document), so that nothing is lost and nothing judged
anew. Every definition moves to the root's ``$defs``, and every reference leads there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator

from satupintu.conditions.nearest import shown
from satupintu.documents import Json, pointer
from satupintu.errors import BadDocument, Problem
from satupintu.forms.importing.addresses import ANCHORS, Addresses, Steps
from satupintu.forms.importing.bounds import Names
from satupintu.forms.importing.drafts import (
    DEFINITIONS,
    IN_PLACE,
    JUDGING,
    LISTED,
    NAMED,
    NEWEST,
    Draft,
    draft_of,
)
from satupintu.forms.importing.options import titled

META = Draft202012Validator(Draft202012Validator.META_SCHEMA)
MOST_PROBLEMS = 20

ASIDE = "import:"
"""What comes before the name of a keyword that is kept and not read."""

_NAMES = frozenset({"$schema", "id", "$id", *ANCHORS, "$recursiveAnchor", "$vocabulary"})
_ABOUT: Mapping[str, type] = {
    **dict.fromkeys(("title", "description", "$comment"), str),
    **dict.fromkeys(("deprecated", "readOnly", "writeOnly"), bool),
    "examples": list,
}
"""What a keyword that judges nothing must be; as anything else it is kept and not read."""
_BOUNDS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
_FORMATS = {"datetime": "date-time", "dateTime": "date-time", "host-name": "hostname"}
_FORMATS |= {"ip-address": "ipv4", "e-mail": "email"}


@dataclass(frozen=True)
class Raised:
    """A schema in 2020-12 with its definitions in ``$defs``, and what could not be carried."""

    schema: dict[str, Json]
    notes: tuple[Problem, ...]


def raised(document: Json, draft: str | None = None) -> Raised:
    """Return a document in 2020-12. Raises BadDocument where it is no schema."""
    work = _Raising(document, draft_of(document, draft))
    root = work.schema(document, ())
    if not isinstance(root, dict):
        root = {} if root else {"not": {}}
    definitions = work.definitions()
    root = {"$schema": NEWEST, **root, **({"$defs": definitions} if definitions else {})}
    BadDocument.raise_if(_misused(root))
    return Raised(root, tuple(work.notes))


def _misused(schema: Mapping[str, Json]) -> Iterator[Problem]:
    """Yield the keywords whose value is none that the standard knows."""
    errors = META.iter_errors(schema)
    for error in islice(errors, MOST_PROBLEMS):
        keyword = next((p for p in reversed(error.absolute_path) if isinstance(p, str)), "")
        where = pointer(list(error.absolute_path))
        yield Problem("imports.keyword_wrong", {"keyword": shown(keyword)}, where)


@dataclass
class _Raising:
    document: Json
    draft: Draft
    notes: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.addresses = Addresses(self.document, self.draft)
        self.named: dict[Steps, str] = {}
        self.names = Names()
        for steps in sorted(self.addresses.defined, key=len):
            self.name(steps, str(steps[-1]))
        # 2020-12 counts what `contains` accepts as evaluated, 2019-09 does not.
        self.uncounted = self.draft.name == "2019-09" and any(
            isinstance(self.addresses.at(s), Mapping) and "unevaluatedItems" in self.addresses.at(s)
            for s in self.addresses.bases
        )

    def definitions(self) -> dict[str, Json]:
        """Return every definition; raising one may find others that references lead to."""
        found: dict[str, Json] = {}
        while len(found) < len(self.named):
            for steps, name in list(self.named.items()):
                if name not in found:
                    made = self.schema(self.addresses.at(steps), steps)
                    # References of a form lead to objects.
                    found[name] = made if isinstance(made, dict) else {} if made else {"not": {}}
        return found

    def name(self, steps: Steps, wanted: str) -> str:
        """Return the definition that a place becomes; its name is free of what pointers escape."""
        if steps not in self.named:
            plain = re.sub(r"[^\w.-]+", "-", wanted, flags=re.ASCII).strip("-")[:80] or "part"
            self.named[steps] = self.names.free(plain)
        return self.named[steps]

    def note(self, key: str, steps: Steps, **params: object) -> None:
        self.notes.append(Problem(key, params, pointer(steps), level="note"))

    def schema(self, schema: Json, steps: Steps) -> Json:
        """Return one schema raised."""
        if isinstance(schema, bool):
            return schema
        if not isinstance(schema, Mapping):
            raise BadDocument(Problem("imports.not_a_schema", {}, pointer(steps)))
        hides = self.draft.alone and isinstance(schema.get("$ref"), str)
        out: dict[str, Any] = {}
        for key, value in schema.items():
            at = (*steps, key)
            if key in DEFINITIONS and isinstance(value, Mapping):
                continue
            if key in _ABOUT and not isinstance(value, _ABOUT[key]):
                out[ASIDE + key] = value
            elif key == "type" and value == "any":  # as draft-03 said that any will do
                out[ASIDE + key] = value
                self.note("imports.without_effect", at, keyword=key)
            elif key in _NAMES:
                if key != "$schema" and key not in ANCHORS:
                    out[ASIDE + key] = value
            elif key in JUDGING and hides and key != "$ref":
                out[ASIDE + key] = value
                self.note("imports.beside_ref", at, keyword=key)
            elif key in JUDGING and key not in self.draft.judging:
                out[ASIDE + key] = value
                self.note("imports.not_in_draft", at, keyword=key, draft=self.draft.name)
            else:
                self.keyword(key, value, schema, at, out)
        if schema.get("nullable") is True and isinstance(out.get("type"), str):
            out["type"] = [out["type"], "null"]
            if isinstance(out.get("enum"), list) and None not in out["enum"]:
                out["enum"] = [*out["enum"], None]
            self.note("imports.nullable", (*steps, "nullable"))
        if self.uncounted and "contains" in out:
            moved = {k: out.pop(k) for k in ("contains", "minContains", "maxContains") if k in out}
            out["allOf"] = [*out.get("allOf", ()), {"not": {"not": moved}}]
        names = schema.get("enumNames", schema.get("x-enumNames"))
        return out if names is None else self.titled(out, names, steps)

    def keyword(
        self, key: str, value: Json, schema: Mapping[str, Json], at: Steps, out: dict[str, Any]
    ) -> None:
        """Put one keyword into ``out`` as 2020-12 writes it."""
        match key:
            case "$ref" if isinstance(value, str):
                self.reference(self.addresses.resolve(value, at[:-1]), value, at, out)
            case "$recursiveRef" | "$dynamicRef" if isinstance(value, str):
                self.dynamic(key, value, at, out)
            case "items" if isinstance(value, list):
                if value:
                    out["prefixItems"] = [self.schema(s, (*at, n)) for n, s in enumerate(value)]
            case "additionalItems":
                if isinstance(schema.get("items"), list):
                    out["items"] = self.schema(value, at)
                else:
                    out[ASIDE + key] = value
                    self.note("imports.without_effect", at, keyword=key)
            case "dependencies" if isinstance(value, Mapping):
                for name, one in value.items():
                    if isinstance(one, str | list):
                        names = [one] if isinstance(one, str) else _once(one)
                        out.setdefault("dependentRequired", {})[name] = names
                    else:
                        raised = self.schema(one, (*at, name))
                        out.setdefault("dependentSchemas", {})[name] = raised
            case "dependentRequired" | "dependentSchemas" if isinstance(value, Mapping):
                many = key == "dependentSchemas"
                made = {n: self.schema(s, (*at, n)) if many else s for n, s in value.items()}
                out.setdefault(key, {}).update(made)
            case "exclusiveMinimum" | "exclusiveMaximum" if isinstance(value, bool):
                if value and _BOUNDS[key] in schema:
                    out[key] = schema[_BOUNDS[key]]
            case "minimum" | "maximum" if schema.get(f"exclusive{key.capitalize()}") is True:
                return
            case "required" if isinstance(value, bool):
                self.note("imports.required_moved", at)
            case "properties" if isinstance(value, Mapping):
                out[key] = {n: self.schema(s, (*at, n)) for n, s in value.items()}
                needed = [
                    n
                    for n, s in value.items()
                    if isinstance(s, Mapping) and s.get("required") is True
                ]
                known = out.get("required", schema.get("required"))
                if needed:
                    listed = known if isinstance(known, list) else []
                    out["required"] = _once([*listed, *needed])
            case "required" if isinstance(value, list):
                out[key] = _once([*value, *out.get(key, ())])
            case "format" if isinstance(value, str):
                out[key] = _FORMATS.get(value, value)
            case "enumNames" | "x-enumNames" | "nullable":
                return
            case _ if key in LISTED and isinstance(value, list):
                out[key] = [self.schema(s, (*at, n)) for n, s in enumerate(value)]
            case _ if key in NAMED and isinstance(value, Mapping):
                out[key] = {n: self.schema(s, (*at, n)) for n, s in value.items()}
            case _ if key in IN_PLACE or key == "items":
                out[key] = self.schema(value, at)
            case _:
                out[key] = value

    def reference(self, found: Steps | None, said: str, at: Steps, out: dict[str, Any]) -> None:
        """Write a reference to the definition that the place it leads to becomes."""
        if found is None or not isinstance(self.addresses.at(found), Mapping | bool):
            out[ASIDE + str(at[-1])] = said
            self.note("imports.ref_lost", at, ref=shown(said))
            return
        out["$ref"] = f"#/$defs/{self.name(found, str(found[-1]) if found else 'root')}"

    def dynamic(self, key: str, said: str, at: Steps, out: dict[str, Any]) -> None:
        """Write a reference that depends on the way to it as a plain one."""
        target = self.addresses.resolve(said, at[:-1])
        many = self.addresses.dynamic.get(said.rpartition("#")[2], [])
        if key == "$recursiveRef":
            target, many = self.addresses.root_of(at[:-1]), self.addresses.recursive
        if len(many) > 1 and target in many:
            self.note("imports.ref_dynamic", at, keyword=key)
        self.reference(target, said, at, out)

    def titled(self, out: dict[str, Any], names: Json, steps: Steps) -> dict[str, Any]:
        """Return a schema whose listed values have the titles that stood beside them."""
        made = titled(out, names)
        if made is None:
            self.note("imports.titles_lost", (*steps, "enumNames"))
            return {**out, ASIDE + "enumNames": names}
        return made


def _once(names: list[Json]) -> list[Json]:
    """Return a list without repeats, where it has none but texts; else as it is."""
    return list(dict.fromkeys(names)) if all(isinstance(n, str) for n in names) else names
