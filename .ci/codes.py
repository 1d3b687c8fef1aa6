"""Print docs/checks.md: every code that `satupintu check` can give, from the code and its texts.

A code is the key of its sentence. It is listed where a module behind the command names it, with the
level that it is given there.
"""

import ast
import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLATFORM = ROOT / "platform" / "satupintu"
ROOMS = {
    "documents": ("Setiap dokumen / any document", "documents.py"),
    "texts": ("Terjemahan / translations", "translations.py"),
    "folder": (
        "Folder isi / the content folder",
        "actions/checking.py actions/folder.py actions/stories.py actions/unreferred.py",
    ),
    "conditions": (
        "Syarat / conditions",
        "conditions/cel/*.py conditions/computed.py conditions/doubts.py conditions/normal.py "
        "conditions/schema.py conditions/values.py",
    ),
    "forms": (
        "Formulir / forms",
        "forms/check.py forms/declarations.py forms/limits.py forms/reading.py "
        "forms/references.py forms/scope.py forms/shape.py forms/when.py "
        "forms/wording.py actions/stories.py",
    ),
    "migrating": (
        "Pindahan jawaban / migrations of answers",
        "actions/older_versions.py forms/migrating/checking.py forms/migrating/comparing.py",
    ),
    "questions": ("Pertanyaan / questions", "forms/questions/__init__.py forms/described.py"),
    "agencies": (
        "Instansi, dasar hukum, layanan / agencies, legal basis, service",
        "agencies/directory.py agencies/laws.py agencies/service.py agencies/shape.py",
    ),
    "people": ("Akun peragaan / demonstration accounts", "people/demonstration.py"),
    "rules": (
        "Perangkat aturan / rule sets",
        "rules/check.py rules/claims.py rules/contradictions.py rules/reading.py "
        "rules/references.py rules/shape.py rules/unused.py",
    ),
}
"""Each catalogue with what it is about, and the modules that speak from it while checking."""

NO_PROBLEMS = {"agencies.cite"}
HEAD = """# What `satupintu check` says

Setiap masalah punya kode yang tetap, tingkat, berkas, letak (JSON Pointer), dan kalimat dengan
jalan keluarnya; `--json` memberi semuanya. `error` menghalangi pemakaian dokumen (keluar dengan 2);
`warning` patut dilihat (keluar dengan 0, atau 1 dengan `--strict`); `note` hanya dikatakan dengan
`--notes` dan tidak mengubah kode keluar.

Each problem has a stable code, a level, a file, a place (JSON Pointer) and a sentence with the way
out; `--json` gives all of them. An `error` stands in the way of using the document (exit 2); a
`warning` deserves a look (exit 0, or 1 with `--strict`); a `note` is told only with `--notes` and
does not change the exit code. Doubts about conditions look at the types of facts alone; what the
form or the other rules rule out is for `satupintu prove`.

`make codes` writes this page from the code and its texts.
"""


def page() -> str:
    """Return the page: a table for each room."""
    parts = [HEAD]
    for room, (about, modules) in ROOMS.items():
        sentences = [_catalogue(room, language) for language in ("id", "en")]
        levels = _levels(room, modules.split())
        parts.append(f"\n## {about}\n\n| kode / code | tingkat / level | Indonesia | English |\n")
        parts.append("|---|---|---|---|\n")
        for code in sorted(levels.keys() - NO_PROBLEMS):
            cells = [f"`{code}`", " / ".join(sorted(levels[code]))]
            cells += [_cell(catalogue[code]) for catalogue in sentences]
            parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts)


def _levels(room: str, modules: list[str]) -> dict[str, set[str]]:
    """Return the levels of each code of a room that these modules name."""
    known = _catalogue(room, "en")
    found: dict[str, set[str]] = {}
    for path in (path for module in modules for path in sorted(PLATFORM.glob(module))):
        for key, level in _named(path):
            if room == "conditions" and key.isidentifier():  # how its modules say it, for short
                key = f"{room}.{key}"
            ours = key.startswith(f"{room}.") and key != f"{room}.*"
            for code in known:
                plain = code.removesuffix("_nearest").removesuffix("_near")
                if code == key or (ours and fnmatchcase(plain, key)):
                    found.setdefault(code, set()).update(level)
    return found


def _named(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield every text of a module that may be a key, ``*`` for what is filled in, with levels."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    usual = {"warning"} if path.stem == "doubts" else {"error"}
    beside: dict[ast.AST, set[str]] = {}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and call.args:
            level = next((_texts(k.value) for k in call.keywords if k.arg == "level"), usual)
            if isinstance(call.func, ast.Name) and call.func.id == "_warning":
                level = {"warning"}
            beside |= dict.fromkeys(ast.walk(call.args[0]), level)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (p.value if isinstance(p, ast.Constant) else "*" for p in node.values)
            yield "".join(map(str, parts)), beside.get(node, usual)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, beside.get(node, usual)


def _texts(node: ast.AST) -> set[str]:
    """Return the texts that stand in an expression: the levels that it may come to."""
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and n.value is not True}


def _catalogue(room: str, language: str) -> dict[str, object]:
    path = PLATFORM / "texts" / language / f"{room}.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _cell(sentence: object) -> str:
    text = sentence["other"] if isinstance(sentence, dict) else str(sentence)
    return text.replace("{{", "{").replace("}}", "}").replace("|", "\\|")


if __name__ == "__main__":
    print(page(), end="")
