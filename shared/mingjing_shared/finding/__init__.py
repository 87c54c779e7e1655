"""Finding by any part of a number: its neighbouring signs, two to four at a time, are indexed.

An index of words finds nothing in Chinese, one of three letters nothing in two. What stands in
an index is made by the database itself (``parts_of``, schema/0001.sql); what is looked for is
taken apart here, and both must agree. Whether the signs really follow each other is then asked of
the few rows that have all the parts.
"""

from __future__ import annotations

SIGNS_MIN, SIGNS_MAX = 2, 4


def parts_asked(text: str) -> list[str]:
    """Parts that everything which holds this text must have; none of less than two signs.

    The longest there are: two digits stand in most numbers, four in few. As many as cover the
    text: each costs a look into the index, and those between them say little that is new.
    """
    size = min(len(text), SIGNS_MAX)
    if size < SIGNS_MIN:
        return []
    starts = {*range(0, len(text) - size + 1, size), len(text) - size}
    return sorted({text[at : at + size] for at in starts})
