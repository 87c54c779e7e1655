"""Original and public text side by side: what was taken, what stands instead, what must stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking import kept_marks, mask
from mingjing_shared.privacy.masking_diff import compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.privacy.masking import Known, Masked
    from mingjing_shared.privacy.masking_diff import Piece

Line = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both texts as lines of (mark, words); a mark is same, taken, put or keep."""

    original: list[Line]
    public: list[Line]
    changes: int


def side_by_side(original: str, public_text: str, known: Known, masked: Masked) -> SideBySide:
    """Both texts with every difference and everything that must stay marked."""
    found = compare(original, public_text, masked.words)
    return SideBySide(
        [_line(pieces, known) for pieces in found.original],
        [_line(pieces, known) for pieces in found.public],
        found.changes,
    )


def suggestion(original: str, known: Known) -> Masked:
    """What masking makes of the original: where an editor begins."""
    return mask(original, known)


def _line(pieces: Sequence[Piece], known: Known) -> Line:
    line: Line = []
    for piece in pieces:
        if piece.kind != "same":
            line.append((piece.kind, piece.text))
            continue
        at = 0
        for mark in kept_marks(piece.text, known):
            if mark.start > at:
                line.append(("same", piece.text[at : mark.start]))
            line.append(("keep", mark.text))
            at = mark.end
        if at < len(piece.text):
            line.append(("same", piece.text[at:]))
    return line
