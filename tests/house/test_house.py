from __future__ import annotations

import ast
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

LONGEST = 400
BLURRED = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc"}


def test_the_source_roots_hold_no_init_file(house: Any) -> None:
    for root in ("platform", "admin", "schemas", "rules", "seed", "tests", "benchmarks"):
        assert not (house.root / root / "__init__.py").exists()


def test_no_file_is_named_for_nothing(house: Any) -> None:
    named = (*house.code(), *house.files(".py", below="tests"))
    assert not [p for p in named if BLURRED & {p.stem, *p.relative_to(house.root).parts}]


def test_no_file_is_too_long_to_read(house: Any) -> None:
    long = {
        house.place(path): lines
        for path in house.files(".py", ".html", ".js", ".mjs")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_every_module_says_what_it_is_for(house: Any) -> None:
    written = (p for p in house.code() if p.read_bytes())
    assert not [house.place(p) for p in written if not ast.get_docstring(house.tree(p))]


def test_who_may_import_whom_is_as_drawn(house: Any) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=house.root,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_no_file_tells_of_the_machine_it_was_made_on(house: Any) -> None:
    folders = "/" + "(work|root|home/[a-z]+)/"
    registries = "registry\\." + "npmjs|files\\.python" + "hosted"
    told = re.compile(f"{folders}|{registries}")
    found = []
    for path in house.files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            house.place(path, number)
            for number, line in enumerate(text.splitlines(), 1)
            if told.search(line)
        ]
    assert not found


def test_nothing_is_left_for_later(house: Any) -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")
    found = [
        house.place(path, number)
        for path in (*house.code(), *house.templates(), *house.files(".py", below="tests"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if later.search(line)
    ]
    assert not found


def test_the_built_assets_are_what_the_sources_say(house: Any) -> None:
    web = house.root / "platform" / "satupintu" / "web"
    fingerprint = hashlib.sha256()
    for source in ("app.js", "build.mjs", "package-lock.json", "signature.js", "style.css"):
        fingerprint.update((web / "assets" / source).read_bytes())
    built = web / "static" / "dist"
    said = (built / "sources.sha256").read_text(encoding="ascii").strip()
    assert said == fingerprint.hexdigest(), "the sources changed: make assets"
    for plain, hashed in json.loads((built / "manifest.json").read_bytes()).items():
        digest = hashlib.sha256((built / hashed).read_bytes()).hexdigest()[:16]
        stem, _, suffix = plain.rpartition(".")
        assert hashed == f"{stem}.{digest}.{suffix}"


def test_the_lock_of_the_assets_names_no_address(house: Any) -> None:
    lock = house.root / "platform" / "satupintu" / "web" / "assets" / "package-lock.json"
    assert '"resolved"' not in lock.read_text(encoding="utf-8")
