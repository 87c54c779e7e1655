"""SM2 with SM3 (GB/T 32918.2, 32918.5): a log's second signature, by national algorithms.

The arithmetic is GmSSL's (ADR 0018). A key is of a type that signed-note leaves to whoever needs
one: 0xff and a long identifier. Its public half is 0x04, x, y; what stands in a line is r, s;
each number is 32 bytes, big endian. The signer's id is the one that GM/T 0009 sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from mingjing_shared.errors import Misconfigured
from mingjing_shared.trust.note import BadNote, Signature, key_id, vkey

try:
    import gmssl_pyx
except ImportError:  # no wheel for this kind of machine
    gmssl_pyx = None

SM2 = b"\xff" + b"mingjing/sm2-with-sm3/v1"
SIGNER_ID = b"1234567812345678"
NUMBER_BYTES = 32
PUBLIC_BYTES = 1 + 2 * NUMBER_BYTES
PAIR_BYTES = 3 * NUMBER_BYTES  # what a key file holds: the secret number, then x and y
_SIGNATURE_BYTES = 2 * NUMBER_BYTES
_UNCOMPRESSED = b"\x04"


@dataclass(frozen=True, slots=True)
class Sm2Key:
    """The public key by which a log signs with SM2."""

    algorithm: ClassVar[str] = "国密 SM2"
    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes that name it in a line."""
        return key_id(self.name, SM2, self.public)

    @property
    def vkey(self) -> str:
        """The line by which it is handed on."""
        return vkey(self.name, SM2, self.public)

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether this key signed the text."""
        if len(signature) != _SIGNATURE_BYTES:
            return False
        r, s = (int.from_bytes(half) for half in _halves(signature))
        whole = encode_dss_signature(r, s)
        return bool(_library().sm2_verify(self.public[1:], text.encode(), whole, SIGNER_ID))


@dataclass(frozen=True, slots=True)
class Sm2Signer:
    """The secret key by which a log signs with SM2."""

    verifier: Sm2Key
    secret: bytes

    def sign(self, text: str) -> Signature:
        """A line that signs a text; another one each time."""
        whole = _library().sm2_sign(self.secret, self.verifier.public[1:], text.encode(), SIGNER_ID)
        r, s = decode_dss_signature(whole)
        signature = r.to_bytes(NUMBER_BYTES) + s.to_bytes(NUMBER_BYTES)
        return Signature(self.verifier.name, self.verifier.key_id, signature)


def is_available() -> bool:
    """Whether this machine has the library."""
    return gmssl_pyx is not None


def new_pair() -> bytes:
    """A new key, as its file holds it.

    Raises:
        Misconfigured: this machine has no library for it.
    """
    public, secret = _library().sm2_key_generate()
    return bytes(secret + public)


def public_of(name: str, pair: bytes) -> Sm2Key:
    """The public half of a key as its file holds it."""
    return Sm2Key(name, _UNCOMPRESSED + pair[NUMBER_BYTES:])


def signer_of(name: str, pair: bytes) -> Sm2Signer:
    """The secret key as its file holds it; it has signed something that its public half verifies.

    Raises:
        BadNote: the halves do not belong together.
        Misconfigured: this machine has no library for it.
    """
    signer = Sm2Signer(public_of(name, pair), pair[:NUMBER_BYTES])
    try:
        is_whole = signer.verifier.verifies(name, signer.sign(name).signature)
    except _library().InvalidValueError:
        is_whole = False
    if not is_whole:
        raise BadNote("SM2 私钥与公钥不符")
    return signer


def sm2_key(name: str, public: bytes) -> Sm2Key:
    """The public key that a verifier key says.

    Raises:
        BadNote: it is no point of the curve, or written in another way than there is one.
        Misconfigured: this machine has no library to look at it.
    """
    if len(public) != PUBLIC_BYTES or not public.startswith(_UNCOMPRESSED):
        raise BadNote("SM2 公钥应为 04、x、y，共 65 字节")
    try:
        _library().normalize_sm2_public_key(public)
    except _library().InvalidValueError:
        raise BadNote("SM2 公钥不在曲线上") from None
    return Sm2Key(name, public)


def _halves(signature: bytes) -> tuple[bytes, bytes]:
    return signature[:NUMBER_BYTES], signature[NUMBER_BYTES:]


def _library() -> Any:
    if gmssl_pyx is None:
        raise Misconfigured(
            "本机没有国密算法库（gmssl-pyx 只有 x86-64 版本），不能用 SM2 签名或验证。",
            "用 x86-64 的机器，或以 MINGJING_SM2=off 关闭 SM2 签名。",
        )
    return gmssl_pyx
