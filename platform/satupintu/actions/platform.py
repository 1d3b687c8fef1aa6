"""What the actions work on: one store, the documents in it, the engines that run its rule sets."""

from __future__ import annotations

from dataclasses import dataclass, field

from satupintu.actions.content import Content
from satupintu.actions.engines import Engines
from satupintu.actions.proving import Standby
from satupintu.config import Settings
from satupintu.store import migrations
from satupintu.store.keys import Keyring
from satupintu.store.open import Store


@dataclass(frozen=True)
class Platform:
    """Everything one process needs; open it once, threads share it."""

    settings: Settings
    store: Store
    content: Content
    engines: Engines = field(default_factory=Engines)
    prover: Standby = field(default_factory=Standby)

    @classmethod
    def open(cls, settings: Settings) -> Platform:
        """Return the platform of an installation. Raises Unavailable without its master key."""
        store = Store.open(settings.database_url, Keyring.read(settings))
        return cls(settings, store, Content(store))

    def prepare(self) -> None:
        """Bring the database to what this version of the code needs."""
        migrations.upgrade(self.store)

    def signing_key(self, purpose: str) -> bytes:
        """Return the secret that signs cookies for one purpose, the same in every process."""
        return self.store.keyring.mac(f"signing/{purpose}", b"")

    def close(self) -> None:
        """Let go of the database and stop the engines."""
        self.engines.close()
        self.prover.close()
        self.store.close()
