"""Which schema stands at which address, among the documents at hand; nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from jsonschema_specifications import REGISTRY

from satupintu.documents import Json
from satupintu.forms.any_schema import parts

STANDARD: Mapping[str, Json] = {
    address: REGISTRY.contents(address) for address in REGISTRY if "/draft/2020-12/" in address
}
"""The meta-schema of 2020-12 and its vocabularies, which every schema may refer to."""


class NotThere(Exception):
    """A reference leads to no schema of the documents at hand; ``key`` names the sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Addresses:
    """Every schema of one document, and of those that it leads to, by address (RFC 3986)."""

    def __init__(self, root: Json, beside: Mapping[str, Json]) -> None:
        self.documents: list[Json] = []
        """The documents that were needed so far, in the order they were needed."""
        self._at_hand = {**STANDARD, **beside}
        self._bases: dict[int, str] = {}
        self._resources: dict[str, Json] = {}
        self._anchors: dict[tuple[str, str], Json] = {}
        self._dynamic: dict[tuple[str, str], Json] = {}
        self._followed: dict[tuple[str, str], Json] = {}
        self._add(root, "")

    def base(self, schema: Json) -> str:
        """Return the address that the references of a schema start from."""
        return self._bases[id(schema)]

    def follow(self, base: str, ref: str) -> Json:
        """Return the schema that a reference leads to. Raises NotThere."""
        found = self._followed.get((base, ref))
        if found is None:
            found = self._followed[base, ref] = self._find(*address_of(base, ref))
        return found

    def follow_dynamic(self, scope: tuple[str, ...], ref: str) -> Json:
        """Return where ``$dynamicRef`` leads: an anchor of the outermost document in the scope, if
        it has one of that name and the reference starts at one. Raises NotThere.
        """
        found = self.follow(scope[-1], ref)
        address, name = address_of(scope[-1], ref)
        if (self._canonical(address), name) in self._dynamic:
            for base in scope:
                if (base, name) in self._dynamic:
                    return self._dynamic[base, name]
        return found

    def _find(self, address: str, fragment: str) -> Json:
        if address not in self._resources:
            if address not in self._at_hand:
                raise NotThere("schemas.ref_remote")
            self._add(self._at_hand[address], address)
        base = self._canonical(address)
        if not fragment or fragment.startswith("/"):
            return self._pointed(self._resources[address], base, fragment)
        if (base, fragment) not in self._anchors:
            raise NotThere("schemas.ref_nowhere")
        return self._anchors[base, fragment]

    def _canonical(self, address: str) -> str:
        """Return the address that a document gives itself, which may be another than it lies at."""
        return self._bases.get(id(self._resources[address]), address)

    def _pointed(self, here: Json, base: str, fragment: str) -> Json:
        for step in fragment.split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            if isinstance(here, list) and key.isascii() and key.isdigit() and int(key) < len(here):
                here = here[int(key)]
            elif isinstance(here, dict) and key in here:
                here = here[key]
            else:
                raise NotThere("schemas.ref_nowhere")
            base = self._bases.get(id(here), base)
        if not isinstance(here, dict | bool):
            raise NotThere("schemas.ref_not_a_schema")
        if isinstance(here, dict) and id(here) not in self._bases:
            self._add(here, base)  # it stands under a keyword that nobody defined
        return here

    def _add(self, document: Json, address: str) -> None:
        self.documents.append(document)
        self._resources.setdefault(address, document)
        pending = [(document, address)]
        while pending:
            schema, base = pending.pop()
            if not isinstance(schema, dict):
                continue
            if isinstance(schema.get("$id"), str):
                with suppress(NotThere):  # whoever reads the schema is told so
                    base = address_of(base, schema["$id"])[0]
                    self._resources[base] = schema
            self._bases[id(schema)] = base
            for keyword in ("$anchor", "$dynamicAnchor"):
                name = schema.get(keyword)
                if isinstance(name, str):
                    self._anchors[base, name] = schema
                    if keyword == "$dynamicAnchor":
                        self._dynamic[base, name] = schema
            pending.extend((part, base) for _, part in parts.below(schema))


def address_of(base: str, ref: str) -> tuple[str, str]:
    """Return a reference as a whole address and its fragment. Raises NotThere."""
    try:
        urlsplit(ref)  # which urljoin leaves out where there is no base
        address, fragment = urldefrag(base + ref if ref.startswith("#") else urljoin(base, ref))
    except ValueError as e:
        raise NotThere("schemas.ref_not_an_address") from e
    return address, unquote(fragment)
