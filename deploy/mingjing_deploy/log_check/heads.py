"""Signed heads of a log: C2SP signed-note, tlog-checkpoint and tlog-cosignature, strictly; pure.

A log may sign by SM2 too: type 0xff and the label below, key 04 x y, signature r s
(docs/verify.md).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from mingjing_deploy.log_check.findings import CannotCheck, Differs

try:
    import gmssl_pyx
except ImportError:  # no wheel for this kind of machine
    gmssl_pyx = None

if TYPE_CHECKING:
    from collections.abc import Callable

LOG, COSIGNER, COSIGNER_ML_DSA = b"\x01", b"\x04", b"\x06"
LOG_SM2 = b"\xffmingjing/sm2-with-sm3/v1"
KEY_BYTES = {LOG: 32, COSIGNER: 32, COSIGNER_ML_DSA: 1312, LOG_SM2: 65}
ALGORITHMS = {LOG: "Ed25519", LOG_SM2: "SM2"}
COVERED_BY = 3  # witnesses with which a head counts as covered
HASH_BYTES = 32
HEAD_LINES = 3
SM2_SIGNATURE_BYTES = 64
_ID_BYTES, _TIME_BYTES = 4, 8
_TIME_MAX = 2**63 - 1
_NOTE_BYTES_MAX = 1_000_000
_VKEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)")
_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)")
_SIZE = re.compile(r"0|[1-9][0-9]*")


@dataclass(frozen=True)
class Key:
    """One public key of the list."""

    name: str
    id: bytes
    kind: bytes
    public: bytes


Keys = dict[tuple[str, bytes], Key]


@dataclass(frozen=True)
class Head:
    """A head whose signatures hold.

    Attributes:
        size: entries of the tree.
        root: what its note says is the tree's root.
        witnesses: names of those who co-signed it, each once.
        signed_by: by which algorithms the log itself signed it.
    """

    size: int
    root: bytes
    witnesses: frozenset[str]
    signed_by: tuple[str, ...] = ()


def read_keys(text: str) -> Keys:
    """Read the list of public keys, one a line.

    Raises:
        CannotCheck: a line is none, or its key id is not that of its key.
    """
    keys: Keys = {}
    for line in text.splitlines():
        found = _VKEY.fullmatch(line)
        raw = (_base64(found[3]) if found else None) or b""
        kind = _kind_of(raw)
        if found is None or kind is None:
            raise CannotCheck(f"the list of public keys holds {line[:60]!r}, which is no key.")
        key_id = hashlib.sha256(found[1].encode() + b"\n" + raw).digest()[:_ID_BYTES]
        if key_id.hex() != found[2]:
            raise CannotCheck(f"the key {found[1]} has the id {found[2]}, expected {key_id.hex()}.")
        keys[found[1], key_id] = Key(found[1], key_id, kind, raw[len(kind) :])
    return keys


def read_head(note: bytes, origin: str, keys: Keys, *, where: str) -> Head:
    """Read a signed head and prove its signatures.

    Raises:
        Differs: it is no strict note, is of another log, is not signed by the log's key, or a
            signature of a known key fails; ``where`` begins the sentence.
    """

    def wrong(says: str) -> Differs:
        return Differs("checkpoint", f"{where}: {says}.")

    text, signatures = _parts(note, wrong)
    size, root = _head_lines(text, origin, wrong)
    witnesses, signed_by = set(), set()
    for name, raw in signatures:
        key = keys.get((name, raw[:_ID_BYTES]))
        if key is None:
            continue
        if not _holds(key, raw[_ID_BYTES:], text, (origin, size, root)):
            raise wrong(f"the signature of {name}+{key.id.hex()} does not hold")
        if key.kind in ALGORITHMS:
            if name == origin:
                signed_by.add(ALGORITHMS[key.kind])
        elif not name.startswith(f"{origin}/"):
            witnesses.add(name)
    if ALGORITHMS[LOG] not in signed_by:
        raise wrong(f"expected a signature of the log's key {origin}, there is none")
    return Head(size, root, frozenset(witnesses), tuple(sorted(signed_by)))


def _kind_of(raw: bytes) -> bytes | None:
    """The type with which a key of a list begins, when what follows has its length."""
    for kind, length in KEY_BYTES.items():
        if raw.startswith(kind) and len(raw) == len(kind) + length:
            return kind
    return None


def _parts(note: bytes, wrong: Callable[[str], Differs]) -> tuple[str, list[tuple[str, bytes]]]:
    if len(note) > _NOTE_BYTES_MAX:
        raise wrong(f"the note has {len(note)} bytes")
    try:
        whole = note.decode()
    except UnicodeDecodeError:
        raise wrong("the note is not UTF-8") from None
    if stray := next((sign for sign in whole if sign < " " and sign != "\n"), None):
        raise wrong(f"the note holds the control character {stray!r}, expected lines ended by LF")
    text, gap, below = whole.rpartition("\n\n")
    if not gap or not below.endswith("\n"):
        raise wrong("expected a text, an empty line and lines of signatures, each ended by LF")
    signatures = []
    for line in below.removesuffix("\n").split("\n"):
        found = _SIGNATURE.fullmatch(line)
        raw = _base64(found[2]) if found else None
        if found is None or raw is None or len(raw) <= _ID_BYTES:
            raise wrong(f"{line[:60]!r} is no line of a signature")
        signatures.append((found[1], raw))
    return text + "\n", signatures


def _head_lines(text: str, origin: str, wrong: Callable[[str], Differs]) -> tuple[int, bytes]:
    lines = text.removesuffix("\n").split("\n")
    if len(lines) != HEAD_LINES:
        raise wrong(f"the text has {len(lines)} lines, expected origin, size and root")
    if lines[0] != origin:
        raise wrong(f"its origin is {lines[0]!r}, expected {origin!r}")
    if not _SIZE.fullmatch(lines[1]) or not lines[1].isascii():
        raise wrong(f"its size is {lines[1]!r}, expected a decimal without leading zeros")
    root = _base64(lines[2])
    if root is None or len(root) != HASH_BYTES:
        raise wrong(f"its root is {lines[2]!r}, expected {HASH_BYTES} bytes in strict base64")
    return int(lines[1]), root


def _base64(text: str) -> bytes | None:
    """Decode strictly: what would be encoded in another way is none."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == text else None


def _holds(key: Key, signature: bytes, text: str, head: tuple[str, int, bytes]) -> bool:
    if key.kind in ALGORITHMS:
        return _verifies(key, signature, text.encode())
    time, signature = int.from_bytes(signature[:_TIME_BYTES]), signature[_TIME_BYTES:]
    if time > _TIME_MAX:
        return False
    if key.kind == COSIGNER:
        return _verifies(key, signature, f"cosignature/v1\ntime {time}\n{text}".encode())
    return _verifies(key, signature, _cosigned(key.name, time, *head))


def _cosigned(cosigner: str, time: int, origin: str, size: int, root: bytes) -> bytes:
    """Lay out the message that an ML-DSA-44 co-signature signs (a whole tree starts at 0)."""
    return b"".join(
        (
            b"subtree/v1\n\0",
            len(cosigner.encode()).to_bytes(1),
            cosigner.encode(),
            time.to_bytes(8),
            len(origin.encode()).to_bytes(1),
            origin.encode(),
            (0).to_bytes(8),
            size.to_bytes(8),
            root,
        )
    )


def _verifies(key: Key, signature: bytes, message: bytes) -> bool:
    if key.kind == LOG_SM2:
        return _verifies_sm2(key, signature, message)
    try:
        if key.kind == COSIGNER_ML_DSA:
            MLDSA44PublicKey.from_public_bytes(key.public).verify(signature, message)
        else:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _verifies_sm2(key: Key, signature: bytes, message: bytes) -> bool:
    """Ask GmSSL, by the signer's id that GM/T 0009 sets.

    Raises:
        CannotCheck: it is not there, or the key is no point of the curve.
    """
    if gmssl_pyx is None:
        raise CannotCheck("SM2 signatures need gmssl-pyx, which is for x86-64 only.")
    if len(signature) != SM2_SIGNATURE_BYTES:
        return False
    middle = SM2_SIGNATURE_BYTES // 2
    r, s = int.from_bytes(signature[:middle]), int.from_bytes(signature[middle:])
    try:
        whole = encode_dss_signature(r, s)
        return bool(gmssl_pyx.sm2_verify(key.public[1:], message, whole, b"1234567812345678"))
    except gmssl_pyx.InvalidValueError:
        raise CannotCheck(f"the SM2 key of {key.name} is no point of the curve.") from None
