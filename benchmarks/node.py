"""Packages of Node for a comparison, where there is a Node and npm can have them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path("var/benchmarks/node")


def installed(*packages: str) -> bool:
    """Install packages (``name@version``) once; say on stderr why they are left out."""
    names = [package.rpartition("@")[0] for package in packages]
    if shutil.which("node") is None or shutil.which("npm") is None:
        print(f"{names[0]} is left out: there is no Node here", file=sys.stderr)
        return False
    if all((FOLDER / "node_modules" / name).is_dir() for name in names):
        return True
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not (FOLDER / "package.json").exists():
        (FOLDER / "package.json").write_text('{"private": true}\n')
    done = subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund", *packages],
        cwd=FOLDER,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        print(f"{names[0]} is left out: npm could not install it", file=sys.stderr)
    return done.returncode == 0
