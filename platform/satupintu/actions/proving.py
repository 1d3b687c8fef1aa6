"""Proofs in a child process with a time limit: they hold up no page and no transaction."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING

from satupintu.documents import Json, canonical
from satupintu.errors import BadDocument, Problem, Unavailable
from satupintu.forms import reading as form_reading
from satupintu.rules import reading as rule_reading

if TYPE_CHECKING:
    from satupintu.rules.readings.prove import Report

SECONDS = 60.0
"""How long the guarantees of one rule set may take together."""
GRACE = 30.0
"""For a child to start, read the documents and write its report."""
COMMAND = (sys.executable, "-m", __name__)


def in_child(rule_set: Json, form: Json, before: Json = None, *, seconds: float = SECONDS) -> Json:
    """Return the report of ``rules.readings.prove`` on a rule set and its form.

    With the rule set that is in force ``before``, ``compared`` says what the new one does to every
    case: equivalent, more protective, less protective, mixed.

    Raises BadDocument for what can't be proved, Unavailable where the child says nothing in time.
    """
    given = _given(rule_set, form, before, seconds)
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            COMMAND, input=given, capture_output=True, timeout=2 * seconds + GRACE, check=False
        )
    except subprocess.TimeoutExpired as e:
        raise Unavailable(Problem("gates.proof_too_long", {"seconds": int(seconds)})) from e
    if done.returncode != 0:
        raise Unavailable(Problem("gates.proof_broke"))
    return _said(done.stdout)


class Standby:
    """A child that stays for the next proof, so that a person who writes is told at once.

    It knows what it proved last. A proof that takes too long ends with its child; the next one
    begins another. Threads take turns, and of one subject only the newest question waits for its
    turn: whoever goes on typing holds up nobody else's page.
    """

    def __init__(self) -> None:
        self._turn = Lock()
        self._newest: dict[str, object] = {}
        self._child: subprocess.Popen[bytes] | None = None

    def prove(
        self, subject: str, rule_set: Json, form: Json, before: Json = None, *, seconds: float
    ) -> Json:
        """Return the report of what ``subject`` names, as ``in_child`` does and with its errors.

        Raises Unavailable also where a newer question about the subject came meanwhile.
        """
        with self._in_turn(subject):
            child = self._running()
            limit = Timer(2 * seconds + GRACE, child.kill)
            limit.start()
            try:
                return _said(_asked(child, _given(rule_set, form, before, seconds)))
            finally:
                limit.cancel()

    @contextmanager
    def _in_turn(self, subject: str) -> Iterator[None]:
        mine = self._newest[subject] = object()
        while not self._turn.acquire(timeout=0.05):
            if self._newest.get(subject) is not mine:
                raise Unavailable(Problem("gates.proof_overtaken"))
        try:
            if self._newest.get(subject) is mine:
                del self._newest[subject]
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self._end()
        if self._child is None:
            self._child = subprocess.Popen(  # noqa: S603 - our own module
                COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


def _asked(child: subprocess.Popen[bytes], given: bytes) -> bytes:
    assert child.stdin is not None  # noqa: S101  both are pipes
    assert child.stdout is not None  # noqa: S101
    try:
        child.stdin.write(given)
        child.stdin.flush()
        line = child.stdout.readline()
    except OSError as e:
        raise Unavailable(Problem("gates.proof_broke")) from e
    if not line:  # killed at its limit, or broken
        child.kill()
        child.wait()
        raise Unavailable(Problem("gates.proof_broke"))
    return line


def _given(rule_set: Json, form: Json, before: Json, seconds: float) -> bytes:
    asked = {"rule_set": rule_set, "form": form, "before": before, "seconds": seconds}
    return canonical(asked) + b"\n"


def _said(line: bytes) -> Json:
    report = json.loads(line)
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


def here(
    rule_set: Json,
    form: Json,
    before: Json = None,
    *,
    seconds: float = SECONDS,
    known: Report | None = None,
) -> Json:
    """Return the report of a proof in this process. Raises BadDocument."""
    return _proof(rule_set, form, before, seconds, known)[1]


def _proof(
    rule_set: Json, form: Json, before: Json, seconds: float, known: Report | None
) -> tuple[Report, Json]:
    from satupintu.rules.readings.prove import compare, prove

    read = form_reading.read(form)
    rules = rule_reading.read(rule_set, read.facts)
    found = prove(rules, read, seconds=seconds, known=known)
    report = found.to_json()
    if before is not None:
        old = rule_reading.read(before, read.facts)
        report["compared"] = compare(old, rules, read, seconds=seconds).to_json(())
        report["against"] = old.hash
    return found, report


def main() -> None:
    """Prove what each line of stdin holds; write the report to stdout, or why there is none.

    What a change cannot touch is not proved again, for as long as this process lives.
    """
    known: Report | None = None
    for line in sys.stdin:
        try:
            known, said = _proof(**json.loads(line), known=known)
        except BadDocument as e:
            said = {"refused": [(p.key, dict(p.params), p.pointer) for p in e.problems]}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
