"""How much one publisher may send: a bucket that fills steadily and empties by use."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Bucket:
    """One publisher's share, by a clock that the caller reads (seconds, only ever growing)."""

    per_second: float
    most: float
    full_at: float = 0.0
    debt: float = field(default=0.0)

    def take(self, count: float, now: float) -> float:
        """Take ``count``; 0 when they were there, else the seconds until they will be.

        More than the bucket holds is taken from a full one, so that a large batch is slow and
        not impossible. Nothing is taken when the answer is not 0.
        """
        self.debt = max(0.0, self.debt - (now - self.full_at) * self.per_second)
        self.full_at = now
        room = self.most - self.debt
        if room >= min(count, self.most):
            self.debt += count
            return 0.0
        return (min(count, self.most) - room) / self.per_second
