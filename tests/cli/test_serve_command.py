from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

SERVE = [sys.executable, "-c", "from satupintu.cli import main; main()", "serve"]
FREE = ["--port", "0", "--admin-port", "0"]


@contextmanager
def serving(var: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The real command, with what it printed until it said how to stop it."""
    process = subprocess.Popen(
        [*SERVE, *FREE, *options], env=_environment(var), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    lines = []
    try:
        for line in process.stdout:
            lines.append(line.rstrip())
            if "Ctrl+C" in line:
                break
        yield process, lines
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)
        process.stdout.close()


def test_one_command_makes_the_demonstration_and_serves_both_processes(tmp_path: Path) -> None:
    with serving(tmp_path, "--demonstration") as (process, lines):
        printed = "\n".join(lines)
        pages, admin = re.findall(r"http://[0-9.:]+", printed)
        assert str(tmp_path / "master.key") in printed
        assert (tmp_path / "master.key").stat().st_mode & 0o777 == 0o600
        assert re.search(r"^ +auditor ", printed, re.MULTILINE)
        assert _get(f"{pages}/sehat") == 200
        assert _get(f"{admin}/sehat") == 200
        assert _get(f"{pages}/") == 200
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(children) >= 4
    assert process.returncode == 0
    psutil.wait_procs(children, timeout=5)
    assert not [child for child in children if child.is_running()]


def test_a_taken_port_is_said_in_one_clear_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*SERVE, "--port", port], env=_environment(tmp_path), capture_output=True, text=True
        )
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"127.0.0.1:{port} sedang dipakai" in done.stderr
    assert "is in use" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_master_key_the_command_says_where_to_put_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [*SERVE, *FREE, "--lang", "en"], env=_environment(tmp_path), capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "There is no master key" in done.stderr
    assert done.stderr.count("\n") == 1


def test_when_one_process_dies_the_others_are_stopped_too(tmp_path: Path) -> None:
    with serving(tmp_path, "--demonstration") as (process, lines):
        for address in re.findall(r"http://[0-9.:]+", "\n".join(lines)):
            assert _get(f"{address}/sehat") == 200
        children = psutil.Process(process.pid).children()
        next(c for c in children if "satupintu_admin.app" in c.cmdline()).terminate()
        assert process.wait(40) == 2
        assert not [child for child in children if child.is_running()]


def test_the_worker_runs_beside_the_pages_and_seals_what_they_did(tmp_path: Path) -> None:
    with serving(tmp_path, "--demonstration") as (process, _):
        deadline = time.monotonic() + 60
        while not _sealed(tmp_path) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert _sealed(tmp_path)
        children = psutil.Process(process.pid).children()
        [worker] = [c for c in children if "satupintu.cli._worker" in c.cmdline()]
    assert process.returncode == 0
    assert not worker.is_running()


def test_a_worker_that_is_told_to_stop_ends_by_itself_in_good_order(tmp_path: Path) -> None:
    with serving(tmp_path, "--demonstration"):
        pass
    worker = subprocess.Popen(
        [sys.executable, "-m", "satupintu.cli._worker"], env=_environment(tmp_path)
    )
    deadline = time.monotonic() + 60
    while not _sealed(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.2)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(40) == 0


def test_a_worker_without_a_key_says_so_by_its_end(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "satupintu.cli._worker"],
        env=_environment(tmp_path),
        capture_output=True,
        timeout=40,
    )
    assert done.returncode == 1


def _sealed(var: Path) -> bool:
    with closing(sqlite3.connect(var / "satupintu.sqlite3")) as database:
        found = database.execute("SELECT count(*) FROM audit WHERE sequence IS NOT NULL")
        return int(found.fetchone()[0]) > 0


def _get(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as e:
        with e:
            return e.code


def _environment(var: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SATUPINTU_", "DATABASE_"))}
    return {**kept, "SATUPINTU_VAR": str(var), "SATUPINTU_WORKERS": "1"}
