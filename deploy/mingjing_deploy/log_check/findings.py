"""What a check can end with besides success.

Differs        something is not what the rest says it must be; the first such thing
CannotCheck    the check could not be made: no database, no keys, no right
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class Differs(Exception):
    """The first thing found that differs, in one sentence.

    Attributes:
        kind: which sort of thing, a word for machines.
        sentence: where, what was expected, what is there.
        index: the place in the log, where one can be named.
        path: the tile or bundle, as it is served.
        row: the row of the database.
    """

    kind: str
    sentence: str
    index: int | None = None
    path: str | None = None
    row: str | None = None

    def __str__(self) -> str:
        """Give the sentence."""
        return self.sentence


class CannotCheck(Exception):
    """Why nothing can be said of a log, in one sentence."""
