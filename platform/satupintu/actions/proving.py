"""Proofs in a child process with a time limit: they hold up no page and no transaction."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Iterator

from satupintu.documents import Json, canonical
from satupintu.errors import BadDocument, Problem, Unavailable
from satupintu.forms import reading as form_reading
from satupintu.rules import reading as rule_reading

SECONDS = 60.0
"""How long the guarantees of one rule set may take together."""
GRACE = 30.0
"""For a child to start, read the documents and write its report."""


def in_child(rule_set: Json, form: Json, before: Json = None, *, seconds: float = SECONDS) -> Json:
    """Return the report of ``rules.readings.prove`` on a rule set and its form.

    With the rule set that is in force ``before``, ``compared`` says what the new one does to every
    case: equivalent, more protective, less protective, mixed.

    Raises BadDocument for what can't be proved, Unavailable where the child says nothing in time.
    """
    command = [sys.executable, "-m", __name__]
    given = canonical({"rule_set": rule_set, "form": form, "before": before, "seconds": seconds})
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=given, capture_output=True, timeout=2 * seconds + GRACE, check=False
        )
    except subprocess.TimeoutExpired as e:
        raise Unavailable(Problem("gates.proof_too_long", {"seconds": int(seconds)})) from e
    if done.returncode != 0:
        raise Unavailable(Problem("gates.proof_broke"))
    report = json.loads(done.stdout)
    if "refused" in report:
        raise BadDocument(*(Problem(*one) for one in report["refused"]))
    return report


def problems(report: Json) -> Iterator[Problem]:
    """Yield what a report leaves open: a guarantee without its proof, a case without an agency."""
    if report["nothing_accepted"]:
        yield Problem("gates.nothing_accepted")
        return
    for verdict in report["guarantees"]:
        if verdict["verdict"] != "proved":
            yield Problem(f"gates.{verdict['verdict']}", {"guarantee": verdict["id"]})
    if report["unrouted"] is not None:
        yield Problem("gates.unrouted")
    elif "unrouted" in report["undetermined"]:
        yield Problem("gates.unrouted_undetermined")


def given_up(problem: Problem, names: Collection[str]) -> bool:
    """Tell whether a problem is a refuted guarantee that somebody gave up by name."""
    return problem.key == "gates.refuted" and problem.params.get("guarantee") in names


def here(rule_set: Json, form: Json, before: Json = None, *, seconds: float = SECONDS) -> Json:
    """Return the report of a proof in this process. Raises BadDocument."""
    from satupintu.rules.readings.prove import compare, prove

    read = form_reading.read(form)
    rules = rule_reading.read(rule_set, read.facts)
    report = prove(rules, read, seconds=seconds).to_json()
    if before is not None:
        old = rule_reading.read(before, read.facts)
        report["compared"] = compare(old, rules, read, seconds=seconds).to_json(())
        report["against"] = old.hash
    return report


def main() -> None:
    """Prove what stdin holds; write the report to stdout, or why there is none."""
    try:
        said: Json = here(**json.load(sys.stdin))
    except BadDocument as e:
        said = {"refused": [(p.key, dict(p.params), p.pointer) for p in e.problems]}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
