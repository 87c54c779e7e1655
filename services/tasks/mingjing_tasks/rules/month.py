"""The months in which the event archive lies and is sealed, in Asia/Shanghai."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mingjing_shared.clock import SHANGHAI

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month, written ``YYYY-MM``."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @classmethod
    def read(cls, text: str) -> Month | None:
        """The month that is written so; nothing when it is not one."""
        found = _WRITTEN.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def first(self) -> datetime:
        """Its first instant."""
        return datetime(self.year, self.number, 1, tzinfo=SHANGHAI)

    @property
    def following(self) -> Month:
        """The next one."""
        december = self.number == 12
        return Month(self.year + 1, 1) if december else Month(self.year, self.number + 1)

    @property
    def end(self) -> datetime:
        """The first instant after it."""
        return self.following.first

    def is_over(self, moment: datetime) -> bool:
        """Whether it had ended by then."""
        return moment > self.end


FIRST_MONTH = Month(2026, 1)  # the first partition of the archive


def months_over(moment: datetime) -> Iterator[Month]:
    """Every month of the archive that had ended by then."""
    month = FIRST_MONTH
    while month.is_over(moment):
        yield month
        month = month.following
