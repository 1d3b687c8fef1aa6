"""Print the named requirements of a lock file with their hashes: `only.py LOCK NAME...`."""

import re
import sys
from pathlib import Path

lock, *names = sys.argv[1:]
blocks = re.split(r"\n(?=\S)", Path(lock).read_text(encoding="utf-8"))
for block in blocks:
    name = re.split(r"[=<>;\[ ]", block, maxsplit=1)[0]
    if name in names:
        print(block)
