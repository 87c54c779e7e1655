"""Personal data at rest: encrypted field by field with AES-256-GCM.

A sealed value is ``version byte | key id length | key id | 12-byte nonce | ciphertext and tag``.
The place where a value belongs (table, column, row) is bound in as associated data: a value
copied to another row does not open. Keys come from a file, never from the database.
"""

from __future__ import annotations

import base64
import json
import os
from typing import TYPE_CHECKING

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingjing_shared.errors import Misconfigured

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 1
_NONCE_BYTES = 12
_KEY_BYTES = 32
_TAG_BYTES = 16
_log = structlog.get_logger()


class CannotOpen(Exception):
    """A sealed value does not open: another key, another place, or changed bytes."""


class KeyRing:
    """The keys of one service: all that may still be read with, and the one to write with.

    A ring that stands in a file is read again when the file was replaced, so that a key can be
    added and made the current one while processes run. A file that cannot be read then changes
    nothing: what is held goes on being used.
    """

    def __init__(self, current: str, keys: dict[str, AESGCM], file: Path | None = None) -> None:
        self._current = current
        self.keys = keys
        self._file = file
        self._seen = _stamp(file)

    @property
    def current(self) -> str:
        """The name of the key to write with, as the file says now."""
        self._look_again()
        return self._current

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt under the current key for exactly this place."""
        name, nonce = self.current, os.urandom(_NONCE_BYTES)
        sealed = self.keys[name].encrypt(nonce, plain, place.encode())
        return key_mark(name) + nonce + sealed

    def seal_text(self, plain: str | None, place: str) -> bytes | None:
        """Encrypt a text; nothing stays nothing."""
        return None if plain is None else self.seal(plain.encode(), place)

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt a value that was sealed for this place.

        Raises:
            CannotOpen: the key is not in the ring, the place differs, or bytes were changed.
        """
        name = key_named(sealed)
        if name is None:
            raise CannotOpen("unknown form of sealed value")
        if name not in self.keys:
            self._look_again()
        key = self.keys.get(name)
        if key is None:
            raise CannotOpen(f"key {name} is not in the ring")
        end = len(key_mark(name))
        nonce, body = sealed[end : end + _NONCE_BYTES], sealed[end + _NONCE_BYTES :]
        try:
            return key.decrypt(nonce, body, place.encode())
        except InvalidTag as error:
            raise CannotOpen("the value does not belong here or was changed") from error

    def open_text(self, sealed: bytes | None, place: str) -> str | None:
        """Decrypt a text; nothing stays nothing.

        Raises:
            CannotOpen: as in ``open``.
        """
        return None if sealed is None else self.open(sealed, place).decode()

    def _look_again(self) -> None:
        stamp = _stamp(self._file)
        if self._file is None or stamp is None or stamp == self._seen:
            return
        self._seen = stamp
        try:
            newer = load_key_ring(self._file)
        except Misconfigured as error:
            _log.error("key ring changed and cannot be read", message=error.message)
            return
        self._current, self.keys = newer.current, newer.keys


def key_mark(name: str) -> bytes:
    """How every value begins that was sealed under this key."""
    return bytes((_VERSION, len(name))) + name.encode("ascii")


def key_named(sealed: bytes) -> str | None:
    """The key under which a value was sealed; nothing when it is no sealed value."""
    end = 2 + sealed[1] if len(sealed) > 1 else 0
    if sealed[:1] != bytes((_VERSION,)) or len(sealed) < end + _NONCE_BYTES + _TAG_BYTES:
        return None
    return sealed[2:end].decode("ascii", "replace")


def _stamp(file: Path | None) -> tuple[int, int] | None:
    try:
        found = file.stat() if file else None
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns) if found else None


def load_key_ring(file: Path) -> KeyRing:
    """The key ring in a file: ``{"current": "k1", "keys": {"k1": "<base64 of 32 bytes>"}}``.

    Raises:
        Misconfigured: the file is missing, malformed, or lacks its current key.
    """
    try:
        content = json.loads(file.read_text(encoding="ascii"))
        raw = {name: base64.b64decode(k, validate=True) for name, k in content["keys"].items()}
        current = content["current"]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise Misconfigured(
            f"读不了密钥环文件 {file}（{type(error).__name__}）。",
            "从备份恢复该文件；有数据时不得重新生成。",
        ) from error
    wrong = [name for name, key in raw.items() if len(key) != _KEY_BYTES]
    if wrong or current not in raw:
        raise Misconfigured(
            f"密钥环文件 {file} 不完整：{'、'.join(wrong) or current} 缺失或长度不是 32 字节。",
            "从备份恢复该文件；有数据时不得重新生成。",
        )
    return KeyRing(current, {name: AESGCM(key) for name, key in raw.items()}, file)
