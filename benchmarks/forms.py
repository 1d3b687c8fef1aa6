"""Forms drawn, judged and grown: ``python -m benchmarks.forms [--quick] [--json]``; see README."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.node import FOLDER, installed

from satupintu.config import content_folder
from satupintu.documents import Json
from satupintu.forms import plain, reading
from satupintu.forms.answers import problems, with_computed
from satupintu.forms.document import Form, Page
from satupintu.forms.rendering import page_html

PEER = ("@rjsf/core@6.11.1", "@rjsf/utils@6.11.1", "@rjsf/validator-ajv8@6.11.1", "react@19.3.1",
        "react-dom@19.3.1")  # fmt: skip
SCRIPT = Path(__file__).with_name("rjsf.mjs")
ZONE = ZoneInfo("Asia/Jakarta")
INTAKE = "asesmen-awal"


def typical(work: Callable[[], object], rounds: int) -> float:
    """Return the median seconds of processor time of one run, after a warm one."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


def intake() -> tuple[Form, dict[str, Json]]:
    """Return the shipped intake with answers that it accepts, as many as one example has."""
    folder = content_folder()
    form = reading.read(json.loads((folder / f"schemas/forms/{INTAKE}.json").read_bytes()))
    cases = json.loads((folder / "seed/cases.json").read_bytes())
    answers = max(_answers(cases), key=len)
    return form, with_computed(form, {k: v for k, v in answers.items() if k in form.questions})


def _answers(value: Json) -> list[dict[str, Json]]:
    if isinstance(value, dict):
        own = [value["answers"]] if isinstance(value.get("answers"), dict) else []
        return own + [a for v in value.values() for a in _answers(v)]
    return [a for v in value for a in _answers(v)] if isinstance(value, list) else []


def generated(count: int) -> tuple[Form, dict[str, Json]]:
    """Return a form of so many questions of six types, on one page, with an answer to each."""
    options = [{"const": f"o{n}", "title": f"Option {n}"} for n in range(5)]
    one = {"type": "string", "oneOf": options}
    kinds: list[tuple[Json, Json]] = [
        ({"type": "string", "maxLength": 80}, "text"),
        ({"type": "integer", "minimum": 0, "maximum": 99}, 7),
        ({"type": "boolean"}, True),
        (one, "o3"),
        ({"type": "array", "uniqueItems": True, "items": one}, ["o1", "o2"]),
        ({"type": "string", "format": "date"}, "2026-11-23"),
    ]  # fmt: skip
    keys = [f"q{n}" for n in range(count)]
    properties = {
        key: {"x-id": key, "title": f"Question {key}", "description": "A line of help.",
              **kinds[n % len(kinds)][0]}
        for n, key in enumerate(keys)
    }  # fmt: skip
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Generated",
        "type": "object",
        "x-form": {"id": "generated", "purpose": "assessment"},
        "x-pages": [
            {"id": f"p{n}", "title": "Page", "questions": keys[n * 500 : n * 500 + 500]}
            for n in range((count + 499) // 500)
        ],
        "properties": properties,
        "unevaluatedProperties": False,
    }
    answers = {key: kinds[n % len(kinds)][1] for n, key in enumerate(keys)}
    return reading.read(document), answers


def rows(count: int) -> tuple[Form, dict[str, Json]]:
    """Return a form of one repeated group with so many rows of three questions."""
    one = {
        "name": {"x-id": "name", "title": "Name", "type": "string", "maxLength": 80},
        "age": {"x-id": "age", "title": "Age", "type": "integer", "minimum": 0, "maximum": 99},
        "home": {"x-id": "home", "title": "At home", "type": "boolean"},
    }
    items = {"type": "object", "properties": one, "unevaluatedProperties": False}
    document = {
        "title": "Rows",
        "type": "object",
        "x-form": {"id": "rows", "purpose": "assessment"},
        "x-pages": [{"id": "p", "title": "Page", "questions": ["rows"]}],
        "properties": {
            "rows": {
                "x-id": "rows",
                "title": "Rows",
                "type": "array",
                "maxItems": 1000,
                "items": items,
            }
        },
        "unevaluatedProperties": False,
    }
    return reading.read(document), {"rows": [{"name": "A", "age": 5, "home": True}] * count}


def whole(count: int) -> tuple[Form, dict[str, Json]]:
    """Return a form of one answer that is asked as a whole, with so many members."""
    schema = {"type": "object", "properties": {f"m{n}": {"type": "string"} for n in range(count)}}
    return plain.as_form(schema), {plain.KEY: {f"m{n}": "text" for n in range(count)}}


def drawn(form: Form, answers: dict[str, Json]) -> str:
    """Return every question of a form as one page."""
    names = tuple(name for page in form.pages for name in page.questions)
    page = Page(id="/all", title=form.title, intro=None, questions=names)
    return str(page_html(form, page, language="en", zone=ZONE, answers=answers))


def for_the_peer(form: Form) -> Json:
    """Return a form as its peer takes it: draft-07's words for definitions, no keyword of ours."""
    plainly = _without_x(form.schema)
    definitions = plainly.pop("$defs", None)
    plainly.pop("$schema", None)
    plainly.pop("unevaluatedProperties", None)
    if definitions is None:
        return plainly
    text = json.dumps({**plainly, "definitions": definitions})
    return json.loads(text.replace("#/$defs/", "#/definitions/"))


def _without_x(value: Json) -> Any:
    if isinstance(value, dict):
        return {k: _without_x(v) for k, v in value.items() if not k.startswith("x-")}
    return [_without_x(v) for v in value] if isinstance(value, list) else value


def against_the_peer(rounds: int) -> dict[str, dict[str, Any]]:
    """Time the drawing of the intake and of 300 questions, and the peer's of the same schemas."""
    forms = {"intake": intake(), "300 questions": generated(300)}
    ours = {name: typical(lambda one=one: drawn(*one), rounds) for name, one in forms.items()}  # type: ignore[misc]
    found = {
        name: {
            "milliseconds": round(seconds * 1000, 2),
            "controls": sum(
                drawn(*forms[name]).count(f"<{t}") for t in ("input", "select", "textarea")
            ),
        }
        for name, seconds in ours.items()
    }
    if not installed(*PEER):
        return found
    work = {
        name: {"schema": for_the_peer(form), "formData": answers, "rounds": rounds}
        for name, (form, answers) in forms.items()
    }
    done = subprocess.run(
        ["node", str(SCRIPT.resolve())],
        cwd=FOLDER, input=json.dumps(work), capture_output=True, text=True, check=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "NODE_ENV": "production"},
    )  # fmt: skip
    for name, peer in json.loads(done.stdout).items():
        found[name] |= {
            "peer_milliseconds": round(peer["seconds"] * 1000, 2),
            "peer_controls": peer["controls"],
            "times_faster": round(peer["seconds"] / ours[name], 1),
        }
    return found


def judged(rounds: int) -> dict[str, float]:
    """Time validation with its problems: right answers of the intake, none, and all wrong."""
    form, answers = intake()
    wrong = {name: {"wrong": True} for name in answers}
    return {
        name: round(typical(lambda a=given: problems(form, a), rounds) * 1000, 3)  # type: ignore[misc]
        for name, given in {"right": answers, "none": {}, "wrong": wrong}.items()
    }


def growth(rounds: int, *, quick: bool) -> dict[str, dict[str, dict[str, float]]]:
    """Time drawing and judging as forms and answers grow; ``per_item`` should stay level."""
    sizes = (10, 100) if quick else (10, 100, 1000)
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name, make in {"questions": generated, "rows": rows, "whole answers": whole}.items():
        found[name] = {}
        for size in sizes:
            form, answers = make(size)
            for what, work in {
                "draw": lambda f=form, a=answers: drawn(f, a),
                "judge": lambda f=form, a=answers: problems(f, a),
            }.items():
                per_item = typical(work, rounds) / size
                found[name].setdefault(what, {})[str(size)] = round(per_item * 1e6, 1)
    return found


def main(arguments: list[str]) -> int:
    """Print the figures, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forms", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, up to 100 questions")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    rounds = 15 if options.quick else 51
    told = {
        "drawing": against_the_peer(rounds),
        "judging_milliseconds": judged(rounds),
        "growth_microseconds_per_item": growth(max(5, rounds // 5), quick=options.quick),
    }
    if options.json:
        print(json.dumps(told))
        return 0
    for name, row in told["drawing"].items():
        print(f"drawing {name}: " + ", ".join(f"{key} {value}" for key, value in row.items()))
    print("judging the intake, milliseconds:", told["judging_milliseconds"])
    for name, kinds in told["growth_microseconds_per_item"].items():
        print(f"growth of {name}, microseconds for each:", kinds)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
