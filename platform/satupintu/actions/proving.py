"""Proofs in a child process with a time limit: they hold up no page and no transaction."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Iterator
from importlib import import_module

from satupintu.documents import Json, canonical
from satupintu.errors import Problem, Unavailable
from satupintu.forms import reading as form_reading
from satupintu.rules import reading as rule_reading

SECONDS = 60.0
"""How long the guarantees of one rule set may take together."""
GRACE = 30.0
"""For a child to start, read the documents and write its report."""


def in_child(rule_set: Json, form: Json, *, seconds: float = SECONDS) -> Json:
    """Return the report of ``rules.readings.prove`` on two documents. Raises Unavailable."""
    command = [sys.executable, "-m", __name__]
    given = canonical({"rule_set": rule_set, "form": form, "seconds": seconds})
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=given, capture_output=True, timeout=seconds + GRACE, check=False
        )
    except subprocess.TimeoutExpired as e:
        raise Unavailable(Problem("gates.proof_too_long", {"seconds": int(seconds)})) from e
    if done.returncode != 0:
        raise Unavailable(Problem("gates.proof_broke"))
    return json.loads(done.stdout)


def problems(report: Json) -> Iterator[Problem]:
    """Yield what a report leaves open: a guarantee without its proof, a case without an agency."""
    for verdict in report["guarantees"]:
        if verdict["verdict"] != "proved":
            yield Problem(f"gates.{verdict['verdict']}", {"guarantee": verdict["id"]})
    if report.get("unrouted") is not None:
        yield Problem("gates.unrouted")


def given_up(problem: Problem, names: Collection[str]) -> bool:
    """Tell whether a problem is a refuted guarantee that somebody gave up by name."""
    return problem.key == "gates.refuted" and problem.params.get("guarantee") in names


def main() -> None:
    """Prove what stdin holds; write the report to stdout."""
    prove = import_module("satupintu.rules.readings.prove").prove
    given = json.load(sys.stdin)
    form = form_reading.read(given["form"])
    rule_set = rule_reading.read(given["rule_set"], form.facts)
    report = prove(rule_set, form, seconds=given["seconds"])
    sys.stdout.write(json.dumps(report.to_json()))


if __name__ == "__main__":
    main()
