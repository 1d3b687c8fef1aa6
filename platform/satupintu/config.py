"""Settings, read once from the environment; each is documented in docs/running.md."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from satupintu import words
from satupintu.errors import Problem, Unavailable

SecondFactorSetting = Literal["off", "offered", "required"]

PACKAGED = Path(__file__).parent / "content"
CHECKOUT = Path(__file__).parents[2]

PASSWORD = "SATUPINTU_PASSWORD"  # noqa: S105 - a name
CODE = "SATUPINTU_CODE"
"""What a script answers the questions of ``--as`` with. Read when a command asks, never kept."""

MOST_DAYS = 365
TEXTS = words.FOLDER
"""``SATUPINTU_TEXTS``, a folder with further languages: ``words`` reads it, below everything."""

_SECOND_FACTOR: tuple[SecondFactorSetting, ...] = ("off", "offered", "required")


def content_folder() -> Path:
    """Return the folder that ships with the product: the checkout's, else the installed
    package's.
    """
    return PACKAGED if (PACKAGED / "schemas").is_dir() else CHECKOUT


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another."""

    content: Path
    """Folder with ``schemas/forms``, ``rules`` and ``seed``: what ``import`` reads and ``export``
    writes.
    """
    var: Path
    """Folder of this installation: the SQLite file and, for the demonstration, the master key."""
    database_url: str
    master_key: str | None
    """Base64 of 32 bytes; None where ``master_key_file`` holds it."""
    master_key_file: Path
    host: str
    port: int
    admin_port: int
    secure_cookies: bool
    """True behind TLS: ``__Host-`` cookies and HSTS."""
    workers: int
    second_factor: SecondFactorSetting
    """Whether accounts may or must switch a second factor on; ``off``: nobody is asked for one."""
    url: str | None
    """Where people find the pages, as links in messages and to them say; None: this host's port."""
    admin_url: str | None
    """Where administrators find theirs."""
    draft_days: int
    """Days after its last save that a draft is kept, where its form does not say."""

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Return the settings of ``environ``, by default the process's own.

        Raises Unavailable where SATUPINTU_SECOND_FACTOR is none of its words, or
        SATUPINTU_DRAFT_DAYS no number of days.
        """
        env = os.environ if environ is None else environ
        var = Path(env.get("SATUPINTU_VAR", "var")).absolute()
        return cls(
            content=Path(env.get("SATUPINTU_CONTENT", str(content_folder()))).absolute(),
            var=var,
            database_url=env.get("DATABASE_URL", f"sqlite:///{var / 'satupintu.sqlite3'}"),
            master_key=env.get("SATUPINTU_MASTER_KEY"),
            master_key_file=Path(env.get("SATUPINTU_MASTER_KEY_FILE", str(var / "master.key"))),
            host=env.get("SATUPINTU_HOST", "127.0.0.1"),
            port=int(env.get("SATUPINTU_PORT", "8080")),
            admin_port=int(env.get("SATUPINTU_ADMIN_PORT", "8081")),
            secure_cookies=env.get("SATUPINTU_SECURE_COOKIES", "") == "1",
            workers=int(env.get("SATUPINTU_WORKERS", "2")),
            second_factor=_second_factor(env.get("SATUPINTU_SECOND_FACTOR") or "offered"),
            url=_address(env.get("SATUPINTU_URL")),
            admin_url=_address(env.get("SATUPINTU_ADMIN_URL")),
            draft_days=_days(env.get("SATUPINTU_DRAFT_DAYS") or "30"),
        )


def _second_factor(text: str) -> SecondFactorSetting:
    for one in _SECOND_FACTOR:
        if one == text:
            return one
    # A misspelt ``required`` must not quietly mean less.
    raise Unavailable(Problem("second_factor.setting", {"value": text}))


def _days(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    raise Unavailable(Problem("drafts.days_setting", {"value": text, "most": MOST_DAYS}))


def _address(text: str | None) -> str | None:
    return text.rstrip("/") if text else None
