"""The installed command as a shell runs it: its own process, pipes, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from satupintu import config

SHIPPED = config.content_folder()
COMMAND = Path(sys.executable).parent / "satupintu"


def satupintu(*arguments: object, stdin: str = "", cwd: Path | None = None):
    """Run the installed command with nothing of this process's settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SATUPINTU_", "DATABASE_"))}
    return subprocess.run(
        [COMMAND, *(str(a) for a in arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=cwd,
        env=kept,
        check=False,
    )


def test_check_needs_no_database_key_or_seed_and_writes_nothing(tmp_path):
    done = satupintu("check", SHIPPED / "rules/rujukan.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_decide_reads_a_pipe_and_prints_only_its_json(tmp_path):
    example = json.loads((SHIPPED / "rules/rujukan.json").read_bytes())["examples"][0]
    done = satupintu(
        "decide",
        "--rules",
        SHIPPED / "rules/rujukan.json",
        "--facts",
        "-",
        stdin=json.dumps(example["facts"]),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["agrees"] is True
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_ends_with_two_and_no_traceback(tmp_path):
    done = satupintu("test", tmp_path / "tiada.json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "tiada.json" in done.stderr
