"""By when a task is to be done, as a notice says it: a day, the end of a month, standing, nothing.

``2019年9月18日前`` names the last day; ``2019年8月底`` (with or without 前) is the last day of that
month; ``长期`` has no end; an empty cell says nothing, and no day is made up for it. A day before
the notice's own is as good as any: such a task is overdue on arrival.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

STANDING = "长期"
_DAY = re.compile(r"([0-9]{4})年([0-9]{1,2})月(?:([0-9]{1,2})日|底)前?")


@dataclass(frozen=True, slots=True)
class Due:
    """A due text and what it means; ``on`` is the last day in time, if there is one."""

    text: str
    on: date | None
    standing: bool


def read_due(text: str) -> Due | None:
    """What a due text means; None when it means nothing that we can read."""
    plain = text.strip()
    if plain in ("", STANDING):
        return Due(plain, None, plain == STANDING)
    found = _DAY.fullmatch(plain)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(int(year or 0), int(month or 0), 1)
        last = calendar.monthrange(first.year, first.month)[1]
        return Due(plain, first.replace(day=last if day is None else day), standing=False)
    except ValueError:
        return None
