"""What the XForm that pyxform makes of a workbook asks, worked out by an XPath engine of others."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

from lxml import etree
from pyxform.xls2xform import convert

from forms.answering import Answers
from satupintu.documents import Json
from satupintu.forms.document import Form
from satupintu.forms.facts import at

XF = "{http://www.w3.org/2002/xforms}"


@cache
def xform(book: bytes) -> bytes:
    return str(convert(io.BytesIO(book), validate=False, file_type=".xlsx").xform).encode()


def asked_by_pyxform(book: bytes, form: Form, answers: Answers) -> dict[str, bool]:
    """Tell of each question outside rows whether the XForm has it relevant."""
    root = etree.fromstring(xform(book))
    data = _plain(next(root.iter(f"{XF}instance"))[0])
    binds = {b.get("nodeset"): b.get("relevant") for b in root.iter(f"{XF}bind")}
    by_key = {q.key: q for q in form.questions.values()}
    nodes = dict(_paths(data, f"/{data.tag}"))
    for node in nodes.values():
        question = by_key.get(node.tag)
        if question is not None and len(node) == 0 and not _in_rows(form, question.name):
            node.text = _text(form, question.name, at(answers, question.name))
    found = {}
    for path, node in nodes.items():
        question = by_key.get(node.tag)
        if question is None or _in_rows(form, question.name) or question.computed is not None:
            continue
        steps = path.split("/")
        around = ["/".join(steps[:n]) for n in range(2, len(steps) + 1)]
        found[question.name] = all(holds(binds.get(p), nodes[p]) for p in around)
    return found


def holds(expression: str | None, here: Any) -> bool:
    """Evaluate an expression of an XForm, with the functions that ODK adds to XPath 1.0."""
    if expression is None:
        return True
    return bool(etree.XPath(f"boolean({expression})", extensions=ODK)(here))


def _string(value: Any) -> str:
    if isinstance(value, list):
        return str(value[0].text or "") if value else ""
    return str(value)


ODK: Mapping[tuple[None, str], Any] = {
    (None, "selected"): lambda _, asked, option: _string(option) in _string(asked).split(),
    (None, "count-selected"): lambda _, asked: float(len(_string(asked).split())),
    (None, "if"): lambda _, when, first, second: first if when else second,
    (None, "coalesce"): lambda _, first, second: _string(first) or _string(second),
}


def _in_rows(form: Form, name: str) -> bool:
    above = name.rpartition(".")[0]
    return bool(above) and form.questions[above].kind == "rows"


def _text(form: Form, name: str, value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        ticked = form.questions[name].schema.get("const") is True
        return "OK" if ticked else str(value).lower()
    return str(value)


def _plain(node: Any) -> Any:
    made = etree.Element(etree.QName(node).localname)
    made.extend(_plain(child) for child in node)
    return made


def _paths(node: Any, path: str) -> list[tuple[str, Any]]:
    found = [(path, node)]
    for child in node:
        found += _paths(child, f"{path}/{child.tag}")
    return found
