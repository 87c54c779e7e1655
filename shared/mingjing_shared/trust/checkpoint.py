"""Checkpoints (C2SP tlog-checkpoint): what a log says it is: its name, size and root. Pure."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from mingjing_shared.trust.merkle import HASH_BYTES
from mingjing_shared.trust.note import BadNote, is_name, strict_base64, strict_decimal

_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log at one moment."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def checkpoint_of(text: str) -> Checkpoint:
    """The checkpoint that the text of a note says; further lines are not taken.

    Raises:
        BadNote: it says none.
    """
    lines = text.split("\n")
    if len(lines) != _LINES + 1 or lines[-1]:
        raise BadNote("检查点应为三行")
    origin, size, root = lines[:_LINES]
    if not is_name(origin):
        raise BadNote("检查点的日志名称有误")
    hashed = strict_base64(root)
    if len(hashed) != HASH_BYTES:
        raise BadNote("检查点的根散列长度有误")
    return Checkpoint(origin, strict_decimal(size), hashed)
