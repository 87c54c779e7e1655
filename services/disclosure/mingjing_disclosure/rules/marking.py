"""Original and public text side by side: what was taken, what stands instead, what must stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking import RULES, kept_marks, mask
from mingjing_shared.privacy.masking_diff import compare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.privacy.masking import Known, Masked
    from mingjing_shared.privacy.masking_diff import Piece
    from mingjing_shared.privacy.masking_form import Mark

Line = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Hidden:
    """One thing that masking hides, as officers read it."""

    text: str
    instead: str
    rule: str
    found_by: str
    source: str

    @property
    def why(self) -> str:
        """Rule, how it was found, and where the rule stands, in one line."""
        return f"{self.rule}：{self.found_by}；依据{self.source}"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both texts as lines of (mark, words, why); a mark is same, taken, put or keep.

    Attributes:
        hidden: everything that masking hides, in order: what, what stands instead, by which
            rule, how it was found and where the rule stands.
    """

    original: list[Line]
    public: list[Line]
    changes: int
    hidden: list[Hidden]


def side_by_side(original: str, public_text: str, known: Known, masked: Masked) -> SideBySide:
    """Both texts with every difference and everything that must stay marked."""
    found = compare(original, public_text, masked.words)
    hidden = [_hidden(mark) for mark in masked.hidden]
    why = {one.text: one.why for one in hidden}
    return SideBySide(
        [_line(pieces, known, why) for pieces in found.original],
        [_line(pieces, known, {}) for pieces in found.public],
        found.changes,
        hidden,
    )


def suggestion(original: str, known: Known) -> Masked:
    """What masking makes of the original: where an editor begins."""
    return mask(original, known)


def _hidden(mark: Mark) -> Hidden:
    return Hidden(mark.text, mark.instead, RULES[mark.rule], mark.found_by, mark.source)


def _line(pieces: Sequence[Piece], known: Known, why: Mapping[str, str]) -> Line:
    line: Line = []
    for piece in pieces:
        if piece.kind != "same":
            line.append((piece.kind, piece.text, why.get(piece.text, "")))
            continue
        at = 0
        for mark in kept_marks(piece.text, known):
            if mark.start > at:
                line.append(("same", piece.text[at : mark.start], ""))
            line.append(("keep", mark.text, ""))
            at = mark.end
        if at < len(piece.text):
            line.append(("same", piece.text[at:], ""))
    return line
