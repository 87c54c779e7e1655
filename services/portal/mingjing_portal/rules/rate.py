"""So many a minute, for the whole process: whoever floods the form meets its end, not ours."""

from __future__ import annotations

from dataclasses import dataclass

A_MINUTE_SECONDS = 60.0


@dataclass(slots=True)
class Bucket:
    """Refills evenly; empty, it says after how many seconds to come again."""

    per_minute_max: int
    left: float = 0.0
    filled_at: float | None = None

    def take(self, now: float) -> float:
        """Take one: 0 when there was one, else the seconds until there will be."""
        if self.filled_at is None:
            self.left = self.per_minute_max
        else:
            gained = (now - self.filled_at) / A_MINUTE_SECONDS * self.per_minute_max
            self.left = min(self.per_minute_max, self.left + gained)
        self.filled_at = now
        if self.left >= 1:
            self.left -= 1
            return 0.0
        return (1 - self.left) / self.per_minute_max * A_MINUTE_SECONDS
