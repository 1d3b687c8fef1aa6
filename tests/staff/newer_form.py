"""A newer assessment form in force over older cases, for the tests of what becomes of answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from intake import newer_form
from satupintu.actions.platform import Platform
from satupintu.documents import Json, content_hash
from satupintu.forms.document import Form

GONE, OLD, NEW = "korban_alamat", "catatan_risiko", "catatan_bahaya"
TITLE = "Catatan bahaya"
SECRET = "Jalan Peragaan 7"
WHY = {"id": "Alamat tidak lagi ditanyakan.", "en": "The address is no longer asked."}


def publish(platform: Platform, folder: Path, change: Callable[[Json], None]) -> Form:
    """Put a changed assessment form in force, as the operator of the machine may."""
    return newer_form.publish(platform, "assessment", folder, change)


def without_address(document: Any) -> None:
    """Drop one question and call another one otherwise, which its x-id tells."""
    before = content_hash(document)
    for schema in objects(document):
        schema["properties"].pop(GONE, None)
        if OLD in schema["properties"]:
            schema["properties"][NEW] = {**schema["properties"].pop(OLD), "title": TITLE}
        if "required" in schema:
            schema["required"] = [
                NEW if name == OLD else name for name in schema["required"] if name != GONE
            ]
    for page in document["x-pages"]:
        names = (NEW if name == OLD else name for name in page["questions"])
        page["questions"] = [name for name in names if name != GONE]
    steps = [{"drop": GONE, "why": WHY}]
    document["x-form"]["migrations"] = [{"from": before, "steps": steps}]


def objects(value: Any) -> list[Any]:
    found = [value] if isinstance(value, dict) and isinstance(value.get("properties"), dict) else []
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return found + [one for item in below for one in objects(item)]
