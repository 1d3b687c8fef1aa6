"""Judge the public JSON Schema Test Suite as `satupintu validate --schema` judges answers.

`conformance.py [FOLDER]`: the suite lies in FOLDER, else it is taken from the source distribution
of the locked jsonschema. Every required case of draft 2020-12 is run, with the suite's own remote
documents at hand and, as the command has it, without any. The required cases of older drafts are
run over the schemas that `satupintu import schema` raises. Ends with 0 only where the tables of
docs/conformance.md say exactly what was found.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from satupintu.errors import BadDocument
from satupintu.forms.any_schema.reading import read
from satupintu.forms.importing.raising import raised

ROOT = Path(__file__).parents[1]
DRAFT = "draft2020-12"
REMOTES = "http://localhost:1234"
"""Where the suite says that its remote documents lie."""

REASONS = {
    "schemas.other_draft": "a meta-schema of somebody's own that is not at hand",
    "schemas.ref_remote": "a document that is not at hand; nothing is ever fetched",
}
"""Why a schema may be refused on purpose; any other refusal is a wrong verdict."""

OLDER = {"draft4": "04", "draft6": "06", "draft7": "07", "draft2019-09": "2019-09"}
TOLD = ("imports.ref_lost", "imports.ref_dynamic")
"""The notes that say that a raised schema may judge otherwise: nothing is promised then."""


@dataclass
class Found:
    """What one run over the suite came to."""

    cases: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """Return the run as a row of the page."""
        refused = self.refused.total()
        right = self.cases - refused - len(self.wrong)
        return f"| {name} | {self.cases} | {right} | {len(self.wrong)} | {refused} |"


def run(suite: Path, beside: Mapping[str, Any]) -> Found:
    """Judge every required case."""
    found = Found()
    for file in sorted((suite / "tests" / DRAFT).glob("*.json")):
        for group in json.loads(file.read_bytes()):
            for case in group["tests"]:
                found.cases += 1
                name = f"{file.stem}: {group['description']}: {case['description']}"
                try:
                    valid = not read(group["schema"], beside).problems(case["data"])
                except BadDocument as e:
                    if all(p.key in REASONS for p in e.problems):
                        found.refused[e.problems[0].key] += 1
                    else:
                        found.wrong.append(name)
                else:
                    if valid is not case["valid"]:
                        found.wrong.append(name)
    return found


def run_older(suite: Path, draft: str) -> Found:
    """Judge every required case of an older draft by its raised schema."""
    found = Found()
    for file in sorted((suite / "tests" / draft).glob("*.json")):
        for group in json.loads(file.read_bytes()):
            names_one = isinstance(group["schema"], dict) and "$schema" in group["schema"]
            try:
                made = raised(group["schema"], None if names_one else OLDER[draft])
                told = [n.key for n in made.notes if n.key in TOLD]
                judge = read(made.schema)
            except BadDocument as e:
                told = [e.problems[0].key]
            for case in group["tests"]:
                found.cases += 1
                if told:
                    found.refused[told[0]] += 1
                elif bool(judge.problems(case["data"])) is case["valid"]:
                    found.wrong.append(f"{draft} {file.stem}: {case['description']}")
    return found


def remotes(suite: Path) -> dict[str, Any]:
    """Return the suite's remote documents of this draft, and of no draft in particular."""
    folder = suite / "remotes"
    return {
        f"{REMOTES}/{path}": json.loads((folder / path).read_bytes())
        for path in sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.json"))
        if not path.startswith("draft") or path.startswith(f"{DRAFT}/")
    }


def rows(suite: Path) -> Iterator[str]:
    """Yield the rows that the page must have."""
    with_remotes, alone = run(suite, remotes(suite)), run(suite, {})
    yield with_remotes.row("the suite's remote documents")
    yield alone.row("none, as in the command")
    for key, count in sorted(alone.refused.items()):
        yield f"| `{key}` | {count} | {REASONS[key]} |"
    older = {draft: run_older(suite, draft) for draft in OLDER}
    for draft, found in older.items():
        yield found.row(f"{draft}, raised")
    wrong = [name for found in older.values() for name in found.wrong]
    for name in (*with_remotes.wrong, *alone.wrong, *wrong):
        yield f"| {name} | wrong |"


def fetched(folder: Path) -> Path:
    """Return the suite out of the locked source distribution, whose hash pip checks."""
    only = [sys.executable, str(ROOT / ".ci" / "only.py"), str(ROOT / "requirements.lock")]
    locked = subprocess.run([*only, "jsonschema"], check=True, capture_output=True).stdout
    (folder / "locked.txt").write_bytes(locked)
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--no-binary", "jsonschema", "--require-hashes"),
            *("--dest", str(folder), "--requirement", str(folder / "locked.txt")),
        ],
        check=True,
    )
    (archive,) = folder.glob("jsonschema-*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz") / "json"


def main() -> int:
    """Run the suite, print the rows, and compare them with the page."""
    with tempfile.TemporaryDirectory() as folder:
        suite = Path(sys.argv[1]) if len(sys.argv) > 1 else fetched(Path(folder))
        found = list(rows(suite))
    print("\n".join(found))
    page = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
    written = [line for line in page.splitlines() if line.startswith("| ") and "---" not in line]
    told = [line for line in written if not line.startswith(("| documents", "| code", "| draft |"))]
    if told != found:
        print(
            "docs/conformance.md says otherwise; its tables must hold these rows.", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
