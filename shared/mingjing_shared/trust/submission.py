"""What a log hands to a witness (C2SP tlog-witness, ``add-checkpoint``). Pure functions."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.trust.merkle import HASH_BYTES
from mingjing_shared.trust.note import BadNote, Note, note_of, strict_base64, strict_decimal

if TYPE_CHECKING:
    from collections.abc import Sequence

PROOF_MAX = 63
SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True, slots=True)
class Submission:
    """A checkpoint with its signatures, and the proof that it goes on from an older size."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    @property
    def raw(self) -> bytes:
        """The body of the request."""
        return f"old {self.old}\n{hash_lines(self.proof)}\n".encode() + self.note.raw


def submission_of(raw: bytes) -> Submission:
    """The submission that a body says.

    Raises:
        BadNote: it says none.
    """
    head, gap, rest = raw.partition(b"\n\n")
    if not gap:
        raise BadNote("提交缺少空行")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise BadNote("一致性证明含有非 ASCII 字符") from None
    if not first.startswith("old "):
        raise BadNote("第一行应为“old 大小”")
    return Submission(
        strict_decimal(first.removeprefix("old ")), hashes_in(lines, PROOF_MAX), note_of(rest)
    )


def hash_lines(hashes: Sequence[bytes]) -> str:
    """Hashes, one a line."""
    return "".join(base64.b64encode(one).decode() + "\n" for one in hashes)


def hashes_in(lines: Sequence[str], most: int) -> tuple[bytes, ...]:
    """The hashes that lines say.

    Raises:
        BadNote: there are too many, or one is none.
    """
    if len(lines) > most:
        raise BadNote(f"证明超过 {most} 行")
    hashes = tuple(strict_base64(line) for line in lines)
    if any(len(one) != HASH_BYTES for one in hashes):
        raise BadNote("证明中的散列长度有误")
    return hashes
