"""What the references of an older document lead to, by the names it gives its schemas."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from urllib.parse import unquote, urljoin

from satupintu.documents import Json
from satupintu.forms.importing.drafts import DEFINITIONS, Draft, below

Steps = tuple[str | int, ...]

ANCHORS = ("$anchor", "$dynamicAnchor")


class Addresses:
    """Every schema of a document by address; ``defined`` are the places of its definitions."""

    def __init__(self, document: Json, draft: Draft) -> None:
        self.document = document
        self.draft = draft
        self.resources: dict[str, Steps] = {"": ()}
        self.anchors: dict[tuple[str, str], Steps] = {}
        self.dynamic: dict[str, list[Steps]] = {}
        self.recursive: list[Steps] = []
        self.bases: dict[Steps, str] = {}
        self.defined: list[Steps] = []
        pending: deque[tuple[Steps, Json, str]] = deque([((), document, "")])
        while pending:
            steps, schema, base = pending.popleft()
            if not isinstance(schema, Mapping):
                continue
            base = self._named(schema, steps, base)
            self.bases[steps] = base
            for more, one in below(schema, draft):
                if more[0] in DEFINITIONS:
                    self.defined.append(steps + more)
                pending.append((steps + more, one, base))

    def resolve(self, reference: str, steps: Steps) -> Steps | None:
        """Return the place that a reference at a place leads to, None where it is not here."""
        address, _, fragment = reference.partition("#")
        base = self._base(steps)
        address = _absolute(base, address)
        root = self.resources.get(address)
        if root is None:
            return None
        fragment = unquote(fragment)
        if not fragment:
            return root
        if not fragment.startswith("/"):
            return self.anchors.get((address, fragment))
        found: list[str | int] = list(root)
        value = self.at(root)
        for part in fragment.split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            if isinstance(value, list) and key.isdigit() and int(key) < len(value):
                found.append(int(key))
                value = value[int(key)]
            elif isinstance(value, Mapping) and key in value:
                found.append(key)
                value = value[key]
            else:
                return None
        return tuple(found)

    def root_of(self, steps: Steps) -> Steps:
        """Return the place of the named document that a place stands in."""
        return self.resources[self._base(steps)]

    def at(self, steps: Steps) -> Json:
        """Return what stands at a place."""
        value = self.document
        for step in steps:
            value = value[step]
        return value

    def _base(self, steps: Steps) -> str:
        while steps not in self.bases:
            steps = steps[:-1]
        return self.bases[steps]

    def _named(self, schema: Mapping[str, Json], steps: Steps, base: str) -> str:
        hidden = self.draft.alone and isinstance(schema.get("$ref"), str)
        for key in self.draft.names if not hidden else ():
            name = schema.get(key)
            if isinstance(name, str):
                address, _, anchor = name.partition("#")
                if address:
                    base = _absolute(base, address)
                    self.resources.setdefault(base, steps)
                if anchor:
                    self.anchors.setdefault((base, unquote(anchor)), steps)
                break
        for key in ANCHORS:
            if isinstance(schema.get(key), str) and not hidden:
                self.anchors.setdefault((base, schema[key]), steps)
        if isinstance(schema.get("$dynamicAnchor"), str):
            self.dynamic.setdefault(schema["$dynamicAnchor"], []).append(steps)
        if schema.get("$recursiveAnchor") is True:
            self.recursive.append(steps)
        return base


def _absolute(base: str, address: str) -> str:
    return urljoin(base, address) if address else base
