"""Names that a line break or a blank runs through, of persons whom nobody named to us."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_called import called_of
from mingjing_shared.privacy.masking_people import people_of
from mingjing_shared.privacy.masking_shape import opening
from mingjing_shared.privacy.masking_words import SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingjing_shared.privacy.masking_people import Found

_BREAK = re.compile(r"(?<=[\u4e00-\u9fff])[ \n]+(?=[\u4e00-\u9fff])")
_BEFORE, _BEHIND = 24, 14
_SURNAME_WITHIN = 3


def across_breaks(flat: str) -> Iterator[Found]:
    """Whoever is found when a break between two signs is closed, and lies across it."""
    for gap in _BREAK.finditer(flat):
        at = gap.start()
        if not any(
            flat[begin] in SURNAMES and opening(flat[max(begin - _BEFORE, 0) : begin])
            for begin in range(max(at - _SURNAME_WITHIN, 0), at)
        ):
            continue
        first = max(at - _BEFORE, 0)
        cut = at - first
        closed = flat[first:at] + flat[gap.end() : gap.end() + _BEHIND]
        for found in (*people_of(closed), *called_of(closed)):
            if found.start < cut < found.end:
                yield replace(found, start=first + found.start, end=gap.end() + found.end - cut)
