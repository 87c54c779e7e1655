"""Signed notes (C2SP signed-note): a text and lines that sign it. Pure functions.

Read as strictly as they are written: what two readers could take two ways is no note.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOTE_BYTES_MAX = 1 << 20
SIGNATURES_MAX = 64  # the specification wants 16 at least
_DASH = "\u2014 "
_VKEY = re.compile(r"(?P<name>[^+\s]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]+=*)")


class BadNote(ValueError):
    """The bytes are no signed note, or one that must not be believed; says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who says so, by which key, and what stands behind the key's id."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """The line, with its end."""
        whole = base64.b64encode(self.key_id + self.signature).decode()
        return f"{_DASH}{self.name} {whole}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text (it ends with a line's end) and its signatures, none of them checked."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def raw(self) -> bytes:
        """The note as it is handed on."""
        return f"{self.text}\n{''.join(one.line for one in self.signatures)}".encode()


class Verifier(Protocol):
    """A public key that can say whether a line of its own signs a text."""

    @property
    def name(self) -> str:
        """Who it is."""

    @property
    def key_id(self) -> bytes:
        """The four bytes that name it in a line."""

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether what stands behind its id signs a text."""


def key_id(name: str, kind: bytes, public: bytes) -> bytes:
    """The four bytes that name a key in a line; ``kind`` is the type of the signature."""
    return hashlib.sha256(name.encode() + b"\n" + kind + public).digest()[:4]


def vkey(name: str, kind: bytes, public: bytes) -> str:
    """The line by which a public key is handed on."""
    shown = base64.b64encode(kind + public).decode()
    return f"{name}+{key_id(name, kind, public).hex()}+{shown}"


def parts_of_vkey(text: str) -> tuple[str, bytes]:
    """The name and the key (type, then public key) of such a line.

    Raises:
        BadNote: it is none, or its id is not that of its key.
    """
    found = _VKEY.fullmatch(text)
    if found is None:
        raise BadNote("不是验证公钥：应为“名称+编号+公钥”")
    whole = strict_base64(found["key"])
    identified = hashlib.sha256(found["name"].encode() + b"\n" + whole).digest()[:4]
    if identified.hex() != found["id"]:
        raise BadNote("验证公钥的编号与公钥不符")
    return found["name"], whole


def strict_base64(text: str) -> bytes:
    """What a base64 text says, when it is written in the one way in which it would be.

    Raises:
        BadNote: it is not.
    """
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("base64 编码有误") from None
    if base64.b64encode(found).decode() != text:
        raise BadNote("base64 编码不规范")
    return found


def strict_decimal(text: str) -> int:
    """What a decimal number says: no sign, no blank, no zero in front, digits of ASCII.

    Raises:
        BadNote: it is not written so.
    """
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text, re.ASCII):
        raise BadNote("数字书写不规范")
    return int(text)


def note_of(raw: bytes) -> Note:
    """The note that bytes say.

    Raises:
        BadNote: they are none.
    """
    if len(raw) > NOTE_BYTES_MAX:
        raise BadNote("签名文本过长")
    try:
        whole = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadNote("签名文本不是 UTF-8") from None
    if any(sign < " " and sign != "\n" for sign in whole):
        raise BadNote("签名文本含有控制字符")
    head, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise BadNote("签名文本没有签名行")
    lines = tail[:-1].split("\n")
    if len(lines) > SIGNATURES_MAX:
        raise BadNote("签名行过多")
    return Note(head + "\n", tuple(signature_of(line) for line in lines))


def signature_of(line: str) -> Signature:
    """The signature that a line (without its end) says.

    Raises:
        BadNote: it says none.
    """
    name, gap, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap or not is_name(name):
        raise BadNote("签名行书写有误")
    whole = strict_base64(encoded)
    if len(whole) <= 4:
        raise BadNote("签名行过短")
    return Signature(name, whole[:4], whole[4:])


def is_name(name: str) -> bool:
    """Whether a key may be called so."""
    return bool(name) and "+" not in name and not any(sign.isspace() for sign in name)


def signed_by(note: Note, known: Iterable[Verifier]) -> list[Verifier]:
    """Those of the known keys that sign a note, in their order.

    Raises:
        BadNote: a line of one of them does not sign it: the whole note is spoilt.
    """
    keys = {(key.name, key.key_id): key for key in known}
    found: dict[tuple[str, bytes], Verifier] = {}
    for one in note.signatures:
        place = (one.name, one.key_id)
        key = keys.get(place)
        if key is None:
            continue
        if not key.verifies(note.text, one.signature):
            raise BadNote(f"{one.name} 的签名不成立")
        found[place] = key
    return [key for place, key in keys.items() if place in found]


def with_signatures(note: Note, more: Sequence[Signature]) -> Note:
    """A note with further lines; of two lines of one key the newer stays."""
    ours = {(one.name, one.key_id): one for one in (*note.signatures, *more)}
    return Note(note.text, tuple(ours.values()))
