"""A newer version of a form of an installation, put in force by the operator of the machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from satupintu import clock
from satupintu.actions import documents, importing
from satupintu.actions.platform import Platform
from satupintu.documents import Json
from satupintu.forms.document import Form, Purpose
from satupintu.people.actor import SYSTEM


def in_force(platform: Platform, purpose: Purpose) -> Form:
    """Return the form that the service uses now."""
    return platform.content.in_force(clock.now()).form_for(purpose)


def publish(
    platform: Platform, purpose: Purpose, folder: Path, change: Callable[[Json], None]
) -> Form:
    """Put a changed version of a form in force; return it."""
    form = in_force(platform, purpose)
    document = json.loads(json.dumps(form.schema))
    change(document)
    file = folder / "schemas" / "forms" / f"{form.id}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    new = importing.from_files([file])
    documents.import_documents(platform, SYSTEM, new, in_force=True, reason="uji coba")
    return in_force(platform, purpose)
