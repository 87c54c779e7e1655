"""When the warning "decided without review" stands: one function of what review said.

行政处罚法 §58: without legal review, or without passing it, no decision may be made. Review alone
judges that, by dates and texts. Its last word on a decision holds: as long as it finds a bypass
it says so after whatever else it says of that decision, and when it learns better (also of a
clearance with an earlier date) it tells the clearance that fits, again if need be.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

KIND = "decision_without_review"
SEVERITY = "high"
_IDS = uuid.UUID("3d0c7c5e-7a55-5f6c-9b1e-2c8b2f1f6a11")


@dataclass(frozen=True, slots=True)
class Said:
    """What review said of a decision: bypassed, not_required or cleared."""

    what: str
    source: str
    event_id: str
    happened_at: datetime

    @property
    def newness(self) -> tuple[datetime, str, str]:
        """Orders what was said; the same for everybody, whenever it came."""
        return (self.happened_at, self.event_id, self.source)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The newest bypass, and the last word if it is another: that refutes it."""

    bypass: Said
    refutation: Said | None

    @property
    def state(self) -> str:
        """Raised or cleared."""
        return "raised" if self.refutation is None else "cleared"


def warning_id_of(decision_id: str) -> str:
    """The id of the warning: one decision, one warning of this kind."""
    return str(uuid.uuid5(_IDS, f"{KIND}/{decision_id}"))


def verdict_of(said: Iterable[Said]) -> Verdict | None:
    """Whether the warning stands; None when no bypass was ever found."""
    known = list(said)
    bypasses = [item for item in known if item.what == "bypassed"]
    if not bypasses:
        return None
    last = max(known, key=lambda item: item.newness)
    bypass = max(bypasses, key=lambda item: item.newness)
    return Verdict(bypass, None if last == bypass else last)
