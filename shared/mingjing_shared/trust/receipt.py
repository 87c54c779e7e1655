"""Receipts (C2SP tlog-proof): that an event is in a log, and what it says. Pure functions.

The extra line of the format is not authenticated. Here it holds the salt and the canonical
event, and nothing of it is believed before the leaf was made anew from it: salt and event give
the commitment, the commitment and what the event says of itself give the entry, the entry gives
the leaf that the proof must lead from.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mingjing_shared.messaging.commitment import SALT_BYTES, commitment
from mingjing_shared.messaging.strict_json import MalformedJson, strict_loads
from mingjing_shared.trust.checkpoint import Checkpoint, checkpoint_of
from mingjing_shared.trust.merkle import is_included, leaf_hash
from mingjing_shared.trust.note import (
    BadNote,
    Note,
    note_of,
    signed_by,
    strict_base64,
    strict_decimal,
)
from mingjing_shared.trust.signing import LogKey, WitnessKey, time_of
from mingjing_shared.trust.sm2 import Sm2Key
from mingjing_shared.trust.submission import PROOF_MAX, hash_lines, hashes_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIRST = "c2sp.org/tlog-proof@v1"
RECEIPT_BYTES_MAX = 1 << 21
SUFFIX = ".tlog-proof"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says; nothing of it is checked yet.

    Attributes:
        salt: the salt of the commitment.
        content: the canonical event, or row of the audit.
        index: its place in the log.
        proof: the hashes from its leaf's sibling up.
        note: the checkpoint with its signatures.
    """

    salt: bytes
    content: bytes
    index: int
    proof: tuple[bytes, ...]
    note: Note

    @property
    def raw(self) -> bytes:
        """The receipt as it is handed on."""
        extra = base64.b64encode(self.salt.hex().encode() + b"\n" + self.content).decode()
        head = f"{FIRST}\nextra {extra}\nindex {self.index}\n{hash_lines(self.proof)}\n"
        return head.encode() + self.note.raw


@dataclass(frozen=True, slots=True)
class Proved:
    """What a receipt proves, and by whose word.

    Attributes:
        said: the event (its attributes and ``data``), or the row of the audit.
        head: the head of the log that it is in.
        index: its place.
        keys: those keys of the log whose signatures hold; one at least.
        witnesses: the names of those who co-signed the head, with the time of each.
    """

    said: Mapping[str, Any]
    head: Checkpoint
    index: int
    keys: tuple[LogKey | Sm2Key, ...]
    witnesses: Mapping[str, datetime]


def entry_of(event_id: str, kind: str, time: str, digest: bytes) -> bytes:
    """The entry of a log: four lines."""
    return f"{event_id}\n{kind}\n{time}\n{digest.hex()}\n".encode()


def receipt_of(raw: bytes) -> Receipt:
    """The receipt that bytes say.

    Raises:
        BadNote: they are none, or written in another way than there is one.
    """
    if len(raw) > RECEIPT_BYTES_MAX:
        raise BadNote("存证凭证过大")
    head, gap, rest = raw.partition(b"\n\n")
    if not gap:
        raise BadNote("存证凭证不完整")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise BadNote("存证凭证含有非 ASCII 字符") from None
    if len(lines) < 3 or lines[0] != FIRST:
        raise BadNote("不是存证凭证")
    if not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise BadNote("存证凭证缺少内容或序号")
    salt, content = _extra(strict_base64(lines[1].removeprefix("extra ")))
    return Receipt(
        salt,
        content,
        strict_decimal(lines[2].removeprefix("index ")),
        hashes_in(lines[3:], PROOF_MAX),
        note_of(rest),
    )


def proved_by(
    receipt: Receipt, logs: Iterable[LogKey | Sm2Key], witnesses: Iterable[WitnessKey] = ()
) -> Proved:
    """What a receipt proves to somebody who trusts these keys.

    Raises:
        BadNote: it proves nothing: says why, in Chinese.
    """
    head = checkpoint_of(receipt.note.text)
    keys = [key for key in logs if key.name == head.origin]
    if not keys:
        raise BadNote(f"没有日志 {head.origin} 的公钥")
    cosigners = list(witnesses)
    signers = signed_by(receipt.note, [*keys, *cosigners])
    own = tuple(key for key in signers if isinstance(key, LogKey | Sm2Key))
    if not own:
        raise BadNote(f"检查点没有日志 {head.origin} 的有效签名")
    said = _said(receipt.content)
    digest = commitment(receipt.salt, receipt.content)
    entry = entry_of(said["id"], said["type"], said["time"], digest)
    if not is_included(leaf_hash(entry), receipt.index, head.size, receipt.proof, head.root):
        raise BadNote("证明不成立：日志中该序号处不是这一内容")
    names = {key.name for key in signers if isinstance(key, WitnessKey)}
    return Proved(said, head, receipt.index, own, _times(receipt.note, names, cosigners))


def _extra(raw: bytes) -> tuple[bytes, bytes]:
    salt, gap, content = raw.partition(b"\n")
    try:
        found = bytes.fromhex(salt.decode("ascii"))
    except ValueError:
        raise BadNote("凭证中的盐值有误") from None
    if not gap or len(found) != SALT_BYTES or found.hex().encode() != salt:
        raise BadNote("凭证中的盐值有误")
    return found, content


def _said(content: bytes) -> dict[str, Any]:
    """What the content says, when it is written in the one canonical way."""
    try:
        said, plain = strict_loads(content)
    except MalformedJson as error:
        raise BadNote(f"凭证内容有误：{error.reason}") from None
    if plain != content or not isinstance(said, dict):
        raise BadNote("凭证内容不是规范形式")
    if "outcome" in said and "type" not in said:  # a row of the audit
        said = {**said, "type": f"audit.{said['outcome']}", "time": said.get("at")}
    if not all(isinstance(said.get(name), str) for name in ("id", "type", "time")):
        raise BadNote("凭证内容缺少编号、类型或时间")
    if any("\n" in said[name] for name in ("id", "type", "time")):
        raise BadNote("凭证内容的编号、类型或时间有误")
    return said


def _times(note: Note, names: set[str], cosigners: Iterable[WitnessKey]) -> dict[str, datetime]:
    ids = {(key.name, key.key_id) for key in cosigners if key.name in names}
    times = {
        one.name: time_of(one.signature) for one in note.signatures if (one.name, one.key_id) in ids
    }
    return {name: datetime.fromtimestamp(at, UTC) for name, at in times.items() if at is not None}
