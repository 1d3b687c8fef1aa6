"""One process of pages under gunicorn; ``satupintu serve`` starts one for each application.

Run as ``python -m satupintu.cli._process DOTTED_NAME SOCKET``: a module with ``create_app`` and the
number of a listening socket that the parent opened.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from satupintu.actions.platform import Platform
from satupintu.cli import _logs
from satupintu.config import Settings

THREADS = 8
_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn's heartbeat files, where a disk can't hold them up


class Pages(BaseApplication):  # type: ignore[misc]
    """An application of ours as gunicorn's workers load it, each with a platform of its own."""

    def __init__(self, module: str, socket: int, settings: Settings) -> None:
        self._module = module
        self._socket = socket
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's own choice."""
        options: dict[str, Any] = {
            "bind": f"fd://{self._socket}",
            "worker_class": "gthread",
            "workers": self._settings.workers,
            "threads": THREADS,
            "graceful_timeout": 20,
            "timeout": 60,
            "accesslog": None,  # who asked for which page is nobody's business
            "errorlog": "-",
            "loglevel": "warning",
            "proc_name": self._module,
            "control_socket_disable": True,
        }
        if _MEMORY.is_dir():
            options["worker_tmp_dir"] = str(_MEMORY)
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application, in a worker."""
        _logs.configure(sys.stderr)
        app = import_module(self._module).create_app(Platform.open(self._settings))
        gc.collect()
        gc.freeze()  # what is here stays: the collector need not look at it again and again
        return app


if __name__ == "__main__":
    Pages(sys.argv[1], int(sys.argv[2]), Settings.read()).run()
