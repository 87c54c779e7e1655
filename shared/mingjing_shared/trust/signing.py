"""Keys that sign notes and co-sign checkpoints: Ed25519 and ML-DSA-44, and how each is checked.

The log signs as an Ed25519 key of signed-note; a witness co-signs with a key of each kind of
tlog-cosignature: ``cosignature/v1`` (Ed25519, what verifiers of today know) and ``subtree/v1``
(ML-DSA-44, what the specification wants of new deployments). How a log signs with SM2 as well
stands in ``sm2``.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from mingjing_shared.trust.checkpoint import checkpoint_of
from mingjing_shared.trust.note import BadNote, Signature, key_id, parts_of_vkey, vkey
from mingjing_shared.trust.sm2 import SM2, sm2_key

if TYPE_CHECKING:
    from mingjing_shared.trust.note import Verifier

ED25519, COSIGNATURE, ML_DSA_44 = b"\x01", b"\x04", b"\x06"
ED25519_BYTES = 32
_TIME_BYTES = 8
_TIME_MAX = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class LogKey:
    """The public key of a log."""

    algorithm: ClassVar[str] = "Ed25519"
    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes that name it in a line."""
        return key_id(self.name, ED25519, self.public)

    @property
    def vkey(self) -> str:
        """The line by which it is handed on."""
        return vkey(self.name, ED25519, self.public)

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether this key signed the text."""
        return _ed25519(self.public, signature, text.encode())


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """A public key of a witness; ``kind`` says how it co-signs."""

    name: str
    kind: bytes
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes that name it in a line."""
        return key_id(self.name, self.kind, self.public)

    @property
    def vkey(self) -> str:
        """The line by which it is handed on."""
        return vkey(self.name, self.kind, self.public)

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether this key co-signed a checkpoint with this text."""
        at = time_of(signature)
        if at is None:
            return False
        if self.kind == COSIGNATURE:
            return _ed25519(self.public, signature[_TIME_BYTES:], cosigned(text, at))
        try:
            message = subtree_message(self.name, text, at)
            MLDSA44PublicKey.from_public_bytes(self.public).verify(signature[_TIME_BYTES:], message)
        except (InvalidSignature, ValueError):
            return False
        return True


def time_of(signature: bytes) -> int | None:
    """When a co-signature was made, in seconds since the epoch; None: it cannot be one."""
    if len(signature) <= _TIME_BYTES:
        return None
    at = int.from_bytes(signature[:_TIME_BYTES])
    return at if at <= _TIME_MAX else None


def cosigned(text: str, at: int) -> bytes:
    """The message of ``cosignature/v1`` over a checkpoint's text."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def subtree_message(name: str, text: str, at: int) -> bytes:
    """The message of ``subtree/v1`` over a checkpoint: the tree from its first leaf on.

    Raises:
        BadNote: the text is no checkpoint.
    """
    head = checkpoint_of(text)
    cosigner, origin = name.encode(), head.origin.encode()
    return (
        b"subtree/v1\n\x00"
        + struct.pack("B", len(cosigner)) + cosigner
        + struct.pack(">Q", at)
        + struct.pack("B", len(origin)) + origin
        + struct.pack(">QQ", 0, head.size)
        + head.root
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogSigner:
    """The secret key of a log."""

    name: str
    key: Ed25519PrivateKey

    @property
    def verifier(self) -> LogKey:
        """Its public half."""
        return LogKey(self.name, self.key.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        """A line that signs a text."""
        return Signature(self.name, self.verifier.key_id, self.key.sign(text.encode()))


@dataclass(frozen=True, slots=True)
class WitnessSigner:
    """The two secret keys of a witness."""

    name: str
    key: Ed25519PrivateKey
    ml_dsa: MLDSA44PrivateKey

    @property
    def verifiers(self) -> tuple[WitnessKey, WitnessKey]:
        """Their public halves: Ed25519, then ML-DSA-44."""
        return (
            WitnessKey(self.name, COSIGNATURE, self.key.public_key().public_bytes_raw()),
            WitnessKey(self.name, ML_DSA_44, self.ml_dsa.public_key().public_bytes_raw()),
        )

    def cosign(self, text: str, at: int) -> tuple[Signature, Signature]:
        """The two lines by which the witness says, at this second, what it saw."""
        ours, new = self.verifiers
        stamp = at.to_bytes(_TIME_BYTES)
        return (
            Signature(self.name, ours.key_id, stamp + self.key.sign(cosigned(text, at))),
            Signature(
                self.name,
                new.key_id,
                stamp + self.ml_dsa.sign(subtree_message(self.name, text, at)),
            ),
        )


def verifier_of(text: str) -> Verifier:
    """The public key that a line says.

    Raises:
        BadNote: it is none, or of a kind that is not known here.
    """
    name, whole = parts_of_vkey(text)
    if whole.startswith(SM2):
        return sm2_key(name, whole[len(SM2) :])
    kind, public = whole[:1], whole[1:]
    if kind == ED25519 and len(public) == ED25519_BYTES:
        return LogKey(name, public)
    if kind == COSIGNATURE and len(public) == ED25519_BYTES:
        return WitnessKey(name, kind, public)
    if kind == ML_DSA_44 and len(public) == ML_DSA_44_BYTES:
        return WitnessKey(name, kind, public)
    raise BadNote("不认识这种验证公钥")


ML_DSA_44_BYTES = 1312


def _ed25519(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
