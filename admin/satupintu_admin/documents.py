"""The documents in force, to be read: what the city's door, forms, rules and agencies say now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, abort, render_template

from satupintu import words
from satupintu.actions import documents as actions
from satupintu.actions.documents import Listed
from satupintu.forms.document import Form
from satupintu.forms.vocabulary import FormVocabulary
from satupintu.people.roles import Role
from satupintu.rules.document import RuleSet
from satupintu.rules.vocabulary import RuleVocabulary
from satupintu.web import frame
from satupintu.web.guard import guarded_by
from satupintu.web.opening_hours import hours_in_words
from satupintu.web.section import NavItem, Section
from satupintu_admin.saying import Saying, cite, promises, service_name

READERS: frozenset[Role] = frozenset({"administrator", "policy_owner", "auditor"})

documents = Blueprint("documents", __name__)
section = Section(documents, (NavItem("documents.listed", "admin.documents", READERS),))


@dataclass(frozen=True)
class Row:
    """One line of the list: the document in force and what it calls itself."""

    listed: Listed
    title: str


@documents.get("/dokumen")
@guarded_by("documents.list")
def listed() -> str:
    """List what is in force, by kind."""
    found = actions.in_force(frame.platform(), frame.who())
    rows = [Row(one, _title(one)) for one in found]
    return render_template("documents/listed.html", rows=rows)


@documents.get("/dokumen/<kind>/<document_id>")
@guarded_by("documents.list")
def one(kind: str, document_id: str) -> str:
    """Show one document so that a person can read it."""
    found = _find(kind, document_id)
    now = frame.documents()
    values: dict[str, object]
    match found.publication.kind:
        case "form":
            form = now.form(document_id)
            values = {"form": form, "said": Saying(FormVocabulary(form))}
        case "rule_set":
            rules, form = _rule_set(found)
            values = {
                "rules": rules,
                "form": form,
                "said": Saying(RuleVocabulary(rules, FormVocabulary(form))),
                "promise": partial(promises, agencies=now.agencies(), flags=rules.flags),
                "service_name": partial(service_name, now.agencies()),
                "cite": cite,
            }
        case "agencies":
            values = {"agencies": now.agencies(), "hours": hours_in_words}
        case "legal_basis":
            values = {"laws": now.laws()}
        case "service":
            values = {"door": now.service()}
    return render_template(
        f"documents/{found.publication.kind}.html", listed=found, title=_title(found), **values
    )


@documents.get("/dokumen/<kind>/<document_id>/berkas")
@guarded_by("documents.list", "documents.read")
def file(kind: str, document_id: str) -> Response:
    """Give the document byte for byte as it was imported."""
    found = _find(kind, document_id)
    spelling = actions.read(frame.platform(), frame.who(), found.version.hash)
    response = Response(spelling.data, content_type="application/json; charset=utf-8")
    name = spelling.file.rpartition("/")[2]
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _find(kind: str, document_id: str) -> Listed:
    for found in actions.in_force(frame.platform(), frame.who()):
        if (found.publication.kind, found.publication.document_id) == (kind, document_id):
            return found
    abort(404)


def _title(found: Listed) -> str:
    now, language = frame.documents(), frame.page_language()
    match found.publication.kind:
        case "form":
            return words.pick(now.form(found.publication.document_id).title, language)
        case "rule_set":
            return words.pick(_rule_set(found)[0].title, language)
        case "service":
            return words.pick(now.service().name, language)
        case kind:
            return words.say(f"admin.kind_{kind}", language)


def _rule_set(found: Listed) -> tuple[RuleSet, Form]:
    now = frame.documents()
    form = now.form(now.content.json(found.version.hash)["form"])
    return now.content.rule_set_version(found.version.hash, form.hash), form
