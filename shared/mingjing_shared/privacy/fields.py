"""Personal data at rest: encrypted field by field with AES-256-GCM.

A sealed value is ``version byte | key id length | key id | 12-byte nonce | ciphertext and tag``.
The place where a value belongs (table, column, row) is bound in as associated data: a value
copied to another row does not open. Keys come from a file, never from the database.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingjing_shared.errors import Misconfigured

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 1
_NONCE_BYTES = 12
_KEY_BYTES = 32
_TAG_BYTES = 16


class CannotOpen(Exception):
    """A sealed value does not open: another key, another place, or changed bytes."""


@dataclass(frozen=True)
class KeyRing:
    """The keys of one service: all that may still be read with, and the one to write with."""

    current: str
    keys: dict[str, AESGCM]

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt under the current key for exactly this place."""
        nonce = os.urandom(_NONCE_BYTES)
        name = self.current.encode()
        sealed = self.keys[self.current].encrypt(nonce, plain, place.encode())
        return bytes((_VERSION, len(name))) + name + nonce + sealed

    def seal_text(self, plain: str | None, place: str) -> bytes | None:
        """Encrypt a text; nothing stays nothing."""
        return None if plain is None else self.seal(plain.encode(), place)

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt a value that was sealed for this place.

        Raises:
            CannotOpen: the key is not in the ring, the place differs, or bytes were changed.
        """
        end = 2 + sealed[1] if len(sealed) > 1 else 0
        if sealed[:1] != bytes((_VERSION,)) or len(sealed) < end + _NONCE_BYTES + _TAG_BYTES:
            raise CannotOpen("unknown form of sealed value")
        name = sealed[2:end].decode("ascii", "replace")
        key = self.keys.get(name)
        if key is None:
            raise CannotOpen(f"key {name} is not in the ring")
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
    return KeyRing(current, {name: AESGCM(key) for name, key in raw.items()})
