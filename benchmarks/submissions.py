"""Submissions a second over HTTP, as a ratio to a bare Flask and SQLAlchemy insert.

    python -m benchmarks.submissions [--quick] [--json]

A submission is the final POST of a complete assessment by a member of staff, everything on:
session, token, permission, validation, both engines, encryption, case, referrals, messages, audit
entry, one commit on disk. The bare insert keeps the same answers in one row (``benchmarks.bare``).
Both run under gunicorn with as many workers and threads, on the same disk with the same SQLite
settings, in turns.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from uuid import uuid4

from benchmarks import bare
from benchmarks.load import Line, environment, per_second, request, serving

from satupintu import clock
from satupintu.actions import demonstration, stories
from satupintu.actions.demonstration_cases import FILE
from satupintu.actions.folder import File
from satupintu.actions.platform import Platform
from satupintu.config import Settings
from satupintu.documents import Json
from satupintu.forms.answers import with_computed
from satupintu.people.demonstration import PASSWORD
from satupintu.store import drafts, people
from satupintu.store.drafts import Draft

CONNECTIONS = 8
REACH = 0.4
SEE_OTHER = 303
_TOKEN = re.compile(rb'name="([^"]+)" value="([^"]+)"')


@dataclass(frozen=True)
class Round:
    """One turn of each, a second."""

    bare: float
    submissions: float

    @property
    def ratio(self) -> float:
        """How many submissions there are for one bare insert."""
        return self.submissions / self.bare


class Desk:
    """An installation of its own, with drafts that only wait to be sent."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        made = demonstration.fill(platform)
        self.login = next(person.login for person in made.people if person.role == "staff")
        now = platform.content.in_force(clock.now())
        self._form = now.form_for("assessment")
        told = stories.read(File.read(platform.settings.content / FILE).document)
        zone = now.service().zone
        self.answers: list[dict[str, Json]] = [
            with_computed(self._form, story.told(self._form, zone)) for story in told
        ]

    def drafts(self, count: int) -> list[str]:
        """Keep complete drafts of the member of staff; return their ids."""
        now, ids = clock.now(), [str(uuid4()) for _ in range(count)]
        sent = [page.id for page in self._form.pages]
        with self.platform.store.writing() as tx:
            account = people.by_login(tx, self.login)
            assert account is not None
            for draft_id, answers in zip(ids, cycle(self.answers), strict=False):
                draft = Draft(
                    id=draft_id,
                    kind=self._form.purpose,
                    form_hash=self._form.hash,
                    language="id",
                    body={"answers": answers, "typed": {}, "sent": sent},
                    created_at=now,
                    updated_at=now,
                    expires_at=now + timedelta(days=1),
                    account=account.id,
                )
                drafts.add(tx, draft)
        return ids


class Browser:
    """Logs in as people do, and knows what a form of theirs carries."""

    def __init__(self, port: int, login: str) -> None:
        self._line = Line(port)
        self._cookies: dict[str, str] = {}
        self._fields = self._token("/masuk")
        answer = self._ask("POST", "/masuk", {"login": login, "password": PASSWORD})
        if answer != SEE_OTHER:
            raise RuntimeError(f"log-in answered {answer}")

    def sending(self, draft_id: str) -> bytes:
        """Return the final POST of a draft."""
        path = f"/asesmen/{draft_id}/periksa"
        return request("POST", path, {**self._fields, "told": "yes"}, self._cookies)

    def look(self, draft_id: str) -> None:
        """Open the page that this POST is sent from, and take its token."""
        self._fields = self._token(f"/asesmen/{draft_id}/periksa")

    def _ask(self, method: str, path: str, fields: dict[str, str]) -> int:
        answer = self._line.ask(request(method, path, self._fields | fields, self._cookies))
        self._cookies |= answer.cookies
        return answer.status

    def _token(self, path: str) -> dict[str, str]:
        answer = self._line.ask(request("GET", path, cookies=self._cookies))
        self._cookies |= answer.cookies
        hidden = next(m for m in _TOKEN.finditer(answer.body) if b"token" in m[1])
        return {hidden[1].decode(): hidden[2].decode()}


def measure(rounds: int, count: int) -> Iterator[Round]:
    """Yield each round: ``count`` submissions, and twice as many bare inserts."""
    with tempfile.TemporaryDirectory(dir=on_disk()) as folder:
        var = Path(folder).absolute()
        yield from _measure(Settings.read(environment(var)), var, rounds, count)


def _measure(settings: Settings, var: Path, rounds: int, count: int) -> Iterator[Round]:
    demonstration.make_key(settings)
    with closing(Platform.open(settings)) as platform:
        desk = Desk(platform)
        bare.open_engine(f"sqlite:///{var / bare.FILE}").dispose()
        with serving("satupintu.app", var) as real, serving("benchmarks.bare", var) as plain:
            ready = desk.drafts(4 * CONNECTIONS)
            browser = Browser(real, desk.login)
            browser.look(ready[0])
            kept = request("POST", "/", {"answers": json.dumps(desk.answers[0])})
            per_second(real, [browser.sending(i) for i in ready], CONNECTIONS, SEE_OTHER)
            per_second(plain, [kept] * len(ready), CONNECTIONS, SEE_OTHER)
            for _ in range(rounds):
                sendings = [browser.sending(i) for i in desk.drafts(count)]
                inserts = list(islice(cycle([kept]), 2 * count))
                yield Round(
                    bare=per_second(plain, inserts, CONNECTIONS, SEE_OTHER),
                    submissions=per_second(real, sendings, CONNECTIONS, SEE_OTHER),
                )


def on_disk() -> Path:
    """Return a folder on a real disk: a commit into memory would say nothing."""
    folder = Path("var")
    folder.mkdir(exist_ok=True)
    return folder


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Submissions a second, beside a bare insert.")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args()
    rounds, count = (3, 150) if chosen.quick else (7, 400)
    done = list(measure(rounds, count))
    rows = [
        {"what": "bare insert", "per_second": median(r.bare for r in done), "ratio": 1.0},
        {
            "what": "submission",
            "per_second": median(r.submissions for r in done),
            "ratio": median(r.ratio for r in done),
        },
    ]
    if chosen.json:
        print(json.dumps({"rows": rows, "rounds": [vars(r) for r in done], "reach": REACH}))
        return
    print(f"{'':<14}{'a second':>10}{'ratio':>8}   ({rounds} rounds of {count}, medians)")
    for row in rows:
        print(f"{row['what']:<14}{row['per_second']:>10.0f}{row['ratio']:>8.2f}")
    print(f"reach: {REACH}")


if __name__ == "__main__":
    main()
