"""How far each partition is read, and whether what was there at the start is all read.

The truth is where the window begins, not what a group committed: a process that starts reads the
last hours again, whatever became of the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Place: TypeAlias = tuple[str, int]
"""Topic and partition."""


@dataclass
class Places:
    """Where reading goes on in each partition.

    Attributes:
        begin_ms: records that the broker took in before this are not read.
        next: the offset to be read next.
        first: where reading began.
        ends: where the partition ended when it was given to us.
    """

    begin_ms: int
    next: dict[Place, int] = field(default_factory=dict)
    first: dict[Place, int] = field(default_factory=dict)
    ends: dict[Place, int] = field(default_factory=dict)

    def assigned(self, starts: Mapping[Place, int], ends: Mapping[Place, int]) -> None:
        """These partitions are ours now; ``starts`` holds the ones that were not before.

        A partition that was read before goes on where it was.
        """
        gone = self.next.keys() - ends.keys()
        for known in (self.next, self.first, self.ends):
            for place in gone & known.keys():
                del known[place]
        for place, start in starts.items():
            self.next.setdefault(place, start)
            self.first.setdefault(place, start)
        self.ends.update({place: end for place, end in ends.items() if place not in self.ends})

    def take(self, place: Place, offset: int) -> bool:
        """Whether this record is one not read yet; from then on it is read."""
        if offset < self.next.get(place, 0):
            return False
        self.next[place] = offset + 1
        return True

    @property
    def is_behind(self) -> bool:
        """Whether something of what was there at the start is not read yet, or nothing is ours."""
        return not self.ends or any(self.next[one] < end for one, end in self.ends.items())

    @property
    def share(self) -> float:
        """How much of what was there at the start is read, from 0 to 1."""
        whole = sum(max(0, end - self.first[one]) for one, end in self.ends.items())
        read = sum(min(self.next[one], self.ends[one]) - self.first[one] for one in self.ends)
        if not self.ends:
            return 0.0
        return 1.0 if whole == 0 else read / whole
