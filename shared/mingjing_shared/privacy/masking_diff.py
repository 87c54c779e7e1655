"""What differs between an original and its public text, for people who compare the two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from mingjing_shared.privacy.masking import public_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Kind = Literal["same", "taken", "put"]
STANDS_FOR = frozenset("某×*")
_SIGNS_MAX = 4000  # beyond that a changed paragraph is shown as a whole: comparing is quadratic


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: the same in both, taken away from the original, or put in instead."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Original and public text line by line; ``changes`` counts the places that differ."""

    original: tuple[tuple[Piece, ...], ...]
    public: tuple[tuple[Piece, ...], ...]
    changes: int


def compare(original: str, public_text: str, words: Iterable[str] = ()) -> Comparison:
    """Both texts with what differs marked; blanks and empty lines do not count.

    ``words`` are compared as wholes (a name and what stands for it), all else sign by sign.
    """
    before, after = public_form(original).split("\n"), public_form(public_text).split("\n")
    split = _splitter(words)
    left: list[tuple[Piece, ...]] = []
    right: list[tuple[Piece, ...]] = []
    changes = 0
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            left += [(Piece("same", line),) for line in before[a1:a2]]
            right += [(Piece("same", line),) for line in after[b1:b2]]
            continue
        for one, other in zip(before[a1:a2], after[b1:b2], strict=False):
            taken, put, count = _lines(split(one), split(other))
            left.append(taken)
            right.append(put)
            changes += count
        paired = min(a2 - a1, b2 - b1)
        left += [(Piece("taken", line),) for line in before[a1 + paired : a2]]
        right += [(Piece("put", line),) for line in after[b1 + paired : b2]]
        changes += (a2 - a1) + (b2 - b1) - 2 * paired
    return Comparison(tuple(left), tuple(right), changes)


def places_hidden(comparison: Comparison, words: Iterable[str]) -> list[tuple[int, int, int]]:
    """Where the public text has something that stands for what was hidden: line, from, to.

    That is what was put in by masking (one of ``words``), or by a person in the same manner
    (某, ×); other changes hide nothing.
    """
    given = frozenset(words)
    found = []
    for number, line in enumerate(comparison.public):
        at = 0
        for piece in line:
            end = at + len(piece.text)
            if piece.kind == "put" and (piece.text in given or STANDS_FOR & {*piece.text}):
                found.append((number, at, end))
            at = end
    return found


def _splitter(words: Iterable[str]) -> Callable[[str], list[str]]:
    longest_first = sorted({word for word in words if word}, key=lambda w: (-len(w), w))
    form = re.compile("|".join([*map(re.escape, longest_first), "."]), re.DOTALL)
    return form.findall


def _lines(
    one: Sequence[str], other: Sequence[str]
) -> tuple[tuple[Piece, ...], tuple[Piece, ...], int]:
    if len(one) * len(other) > _SIGNS_MAX**2:
        return (Piece("taken", "".join(one)),), (Piece("put", "".join(other)),), 1
    taken: list[Piece] = []
    put: list[Piece] = []
    changes = 0
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        same = tag == "equal"
        changes += not same
        if a2 > a1:
            taken.append(Piece("same" if same else "taken", "".join(one[a1:a2])))
        if b2 > b1:
            put.append(Piece("same" if same else "put", "".join(other[b1:b2])))
    return tuple(taken), tuple(put), changes
