"""Ed25519 keys in files: base64 of the 32 raw bytes, one key a file."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mingjing_shared.settings import RESTORE_KEY, key_bytes

if TYPE_CHECKING:
    from pathlib import Path


def signing_key_in(file: Path, way_out: str = RESTORE_KEY) -> Ed25519PrivateKey:
    """The key that a file holds, to sign with.

    Raises:
        Misconfigured: the file is missing or holds something else; says ``way_out``.
    """
    return Ed25519PrivateKey.from_private_bytes(key_bytes(file, way_out))


def verifying_key_in(file: Path, way_out: str = RESTORE_KEY) -> Ed25519PublicKey:
    """The public key that a file holds, to check signatures with.

    Raises:
        Misconfigured: the file is missing or holds something else; says ``way_out``.
    """
    return Ed25519PublicKey.from_public_bytes(key_bytes(file, way_out))


def raw_public_half(key: Ed25519PrivateKey) -> bytes:
    """The 32 raw bytes of a signing key's public half."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def public_half(key: Ed25519PrivateKey) -> str:
    """The public half of a signing key, as its file holds it."""
    return base64.b64encode(raw_public_half(key)).decode()
