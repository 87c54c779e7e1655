"""Names that a line break or blanks run through, of persons whom nobody named to us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_called import called_of
from mingjing_shared.privacy.masking_context import AFTERWARDS, MARKS
from mingjing_shared.privacy.masking_form import DOTS
from mingjing_shared.privacy.masking_likely import likely_over, may_begin
from mingjing_shared.privacy.masking_people import Found
from mingjing_shared.privacy.masking_roles import AFTER
from mingjing_shared.privacy.masking_shape import is_han
from mingjing_shared.privacy.masking_words import (
    is_noun,
    is_very_common_word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = "[\u4e00-\u9fff]"
# Blanks between two signs, and further ones as long as single signs stand between: 沈 水 娥.
_BREAK = re.compile(rf"(?<={_HAN})[ \n]+(?:{_HAN}[ \n]+){{0,2}}(?={_HAN})")
_PAIR_APART = re.compile(rf"[、:(,和与]({_HAN} {{1,4}}{_HAN})(?! {_HAN} )")
_BLANK = re.compile(r"[ \n]+")
_BEFORE, _BEHIND = 24, 14
_DOT_SIGNS = frozenset(DOTS)
_LIKELY, _LIKELY_SPREAD = -1.0, -4.0
_SPREAD_OUT = re.compile(rf"{_HAN}(?:[ ]+{_HAN})+$")


def across_breaks(flat: str) -> Iterator[Found]:
    """Whoever is found when a break between two signs is closed, and lies across it."""
    yield from _spread_pairs(flat)
    dotted = not _DOT_SIGNS.isdisjoint(flat)
    for gap in _BREAK.finditer(flat):
        if not dotted and not may_begin(flat, gap.start()):
            continue
        first = max(gap.start() - _BEFORE, 0)
        before = flat[first : gap.start()]
        within = _BLANK.sub("", gap.group())
        closed = before + within + flat[gap.end() : gap.end() + _BEHIND]
        cut, behind = len(before), len(before) + len(within)
        for found in _found(closed, cut, spread="\n" not in gap.group()):
            if found.start < cut < found.end:
                begin, end = first + found.start, found.end
                if end > behind:
                    end = gap.end() + end - behind
                elif end == behind:
                    end = gap.end()
                    while flat[end - 1] in " \n":
                        end -= 1
                else:
                    continue
                if "\n" in gap.group() or _is_spread(flat, begin, end):
                    yield found._replace(start=begin, end=end)


def _spread_pairs(flat: str) -> Iterator[Found]:
    """签收:桂 香, 、但 愿当场指认: two signs that stand apart where a name may stand."""
    for found in _PAIR_APART.finditer(flat):
        signs = found[1][0] + found[1][-1]
        behind = flat[found.end(1) : found.end(1) + 2]
        ends = not behind or behind[0] in ",。;、)(\n" or behind in AFTER
        ends = ends or (behind[0] == " " and not is_han(behind[1:]))
        if ends and not (is_noun(signs) and is_very_common_word(signs)):
            yield Found(*found.span(1), "断开的姓名", is_sure=True)


def _is_spread(flat: str, start: int, end: int) -> bool:
    """Whether blanks stand between all signs of it, and a mark or a verb behind: 但 愿当场指认."""
    name, behind = flat[start:end], flat[end : end + 2]
    if not _DOT_SIGNS.isdisjoint(name):
        return True
    ends = not behind or behind[0] in MARKS or behind in AFTER or behind[0] in AFTERWARDS
    return _SPREAD_OUT.match(name) is not None and ends and behind[:1] != ":"


def _found(closed: str, cut: int, *, spread: bool) -> Iterator[Found]:
    """Whoever is named across a place of this stretch; ``spread``: blanks were put between."""
    for one in likely_over(closed, cut, _LIKELY_SPREAD if spread else _LIKELY):
        yield Found(one.start, one.end, "断开的姓名", is_sure=spread)
    if not _DOT_SIGNS.isdisjoint(closed):
        yield from called_of(closed)
