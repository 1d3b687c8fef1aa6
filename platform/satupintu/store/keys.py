"""Keys: one master key outside the database, one for each case and draft, and keyed hashes.

Sealed values are AES-256-GCM: one version byte, 12 bytes of nonce, the cipher text with its tag.
The associated data names table, row and column, so a value moved to another cell does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from satupintu.config import Settings
from satupintu.documents import Json, canonical
from satupintu.errors import NotFound, Problem, SatuPintuError, Unavailable

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"


class CannotOpen(SatuPintuError):
    """A sealed value was altered, moved to another cell, or sealed under a key that is not here."""


class Erased(NotFound):
    """The key of this case or draft was destroyed on purpose; nothing in it can be read again."""


@dataclass(frozen=True)
class Cell:
    """The one place where a sealed value may stand."""

    table: str
    row: str
    column: str

    def __bytes__(self) -> bytes:
        return f"{self.table}/{self.row}/{self.column}".encode()


@dataclass(frozen=True)
class WrappedKey:
    """A key as the database holds it: sealed by the master key that ``key_id`` names."""

    sealed: bytes
    key_id: str


class DataKey:
    """Seals and opens the values of one case or one draft."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, cell: Cell, value: bytes) -> bytes:
        """Return ``value`` sealed for ``cell`` and for no other place."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, value, bytes(cell))

    def open(self, cell: Cell, sealed: bytes) -> bytes:
        """Return what was sealed for ``cell``. Raises CannotOpen."""
        nonce, text = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            if sealed[:1] != _VERSION:
                raise InvalidTag
            return self._cipher.decrypt(nonce, text, bytes(cell))
        except (InvalidTag, ValueError) as e:
            raise CannotOpen(
                Problem("store.cannot_open", {"table": cell.table, "column": cell.column})
            ) from e

    def seal_json(self, cell: Cell, value: Json) -> bytes:
        """Return a JSON value sealed for ``cell``."""
        return self.seal(cell, canonical(value))

    def open_json(self, cell: Cell, sealed: bytes) -> Json:
        """Return the JSON value sealed for ``cell``. Raises CannotOpen."""
        return json.loads(self.open(cell, sealed))


class Keyring:
    """The master keys, newest first: the first wraps, all of them unwrap.

    Keyed hashes (blind index, codes, tokens, audit chain) come from the oldest key, so that what
    was found before a rotation is found after it.
    """

    def __init__(self, masters: Sequence[bytes]) -> None:
        if not masters or any(len(m) != KEY_BYTES for m in masters):
            raise Unavailable(Problem("store.key_malformed"))
        self._wrapping = {_key_id(m): AESGCM(_derive(m, "wrap")) for m in masters}
        self._oldest = masters[-1]
        self._hashing: dict[str, bytes] = {}
        self.current = _key_id(masters[0])
        """The name of the key that wraps; says nothing about the key itself."""

    @classmethod
    def read(cls, settings: Settings) -> Keyring:
        """Return the keys of the environment, else of the key file. Raises Unavailable without."""
        text = settings.master_key
        if text is None:
            try:
                text = settings.master_key_file.read_text(encoding="ascii")
            except (OSError, UnicodeDecodeError) as e:
                raise Unavailable(
                    Problem("store.no_key", {"file": str(settings.master_key_file)})
                ) from e
        try:
            return cls([base64.b64decode(word, validate=True) for word in text.split()])
        except (binascii.Error, ValueError) as e:
            raise Unavailable(Problem("store.key_malformed")) from e

    def new_key(self, owner: str) -> tuple[DataKey, WrappedKey]:
        """Return a fresh key for ``owner`` (``cases/ID``), open and as the database may hold it."""
        key = secrets.token_bytes(KEY_BYTES)
        return DataKey(key), WrappedKey(self._wrap(key, owner), self.current)

    def unwrap(self, wrapped: WrappedKey, owner: str) -> DataKey:
        """Return the key of ``owner``. Raises CannotOpen: no such master key, or another owner."""
        return DataKey(self._unwrap(wrapped, owner))

    def rewrap(self, wrapped: WrappedKey, owner: str) -> WrappedKey:
        """Return the same key wrapped by the current master key."""
        return WrappedKey(self._wrap(self._unwrap(wrapped, owner), owner), self.current)

    def mac(self, purpose: str, value: bytes) -> bytes:
        """Return the keyed hash (HMAC-SHA256, 32 bytes) of ``value`` for one purpose."""
        key = self._hashing.get(purpose)
        if key is None:
            key = self._hashing[purpose] = _derive(self._oldest, f"hash/{purpose}")
        return hmac.digest(key, value, "sha256")

    def token_hash(self, purpose: str, token: str) -> str:
        """Return how a token or code is stored: the database alone is no help in guessing it."""
        return self.mac(f"token/{purpose}", token.encode()).hex()

    def blind(self, purpose: str, value: str) -> str:
        """Return the token by which the blind index finds an already normalised ``value``."""
        return self.mac(f"blind/{purpose}", value.encode()).hex()[:32]

    def key_of(self, secret: str) -> DataKey:
        """Return a key that only the holder of ``secret`` can have again (with this key ring)."""
        return DataKey(self.mac("secret", secret.encode()))

    def _wrap(self, key: bytes, owner: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._wrapping[self.current].encrypt(nonce, key, owner.encode())

    def _unwrap(self, wrapped: WrappedKey, owner: str) -> bytes:
        cipher = self._wrapping.get(wrapped.key_id)
        if cipher is None:
            raise CannotOpen(Problem("store.key_missing", {"key": wrapped.key_id}))
        try:
            return cipher.decrypt(
                wrapped.sealed[:_NONCE_BYTES], wrapped.sealed[_NONCE_BYTES:], owner.encode()
            )
        except (InvalidTag, ValueError) as e:
            table = owner.partition("/")[0]
            raise CannotOpen(Problem("store.cannot_open", {"table": table, "column": "key"})) from e


def make_demonstration_key(path: Path) -> bool:
    """Write a new master key to ``path``, for its owner only; False where there is one already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
    return True


def _derive(master: bytes, purpose: str) -> bytes:
    info = f"satupintu/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(master)


def _key_id(master: bytes) -> str:
    return hashlib.sha256(_derive(master, "name")).hexdigest()[:12]
