"""When the warning "decided without review" stands: one function of what review said.

行政处罚法 §58: without legal review, or without passing it, no decision may be made. Review says
that it was bypassed; it may learn more later and say of the same text that it needed none or
was cleared, even with an earlier date. Of another text a clearance says nothing: a decision
that differs from what was cleared stays a bypass. But when review found the bypass first and
says then that the decision needs no review, the decision itself was corrected: that newer word
counts.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

KIND = "decision_without_review"
SEVERITY = "high"
_IDS = uuid.UUID("3d0c7c5e-7a55-5f6c-9b1e-2c8b2f1f6a11")


@dataclass(frozen=True, slots=True)
class Said:
    """What review said of a decision: bypassed, not_required or cleared, and of which text."""

    what: str
    source: str
    event_id: str
    happened_at: datetime
    draft_sha256: str | None

    @property
    def newness(self) -> tuple[datetime, str, str]:
        """Orders what was said; the same for everybody, whenever it came."""
        return (self.happened_at, self.event_id, self.source)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The bypass that counts, and what refutes it, if anything does."""

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
    bypass = max(bypasses, key=lambda item: item.newness)
    return Verdict(bypass, _refutation(bypass, known))


def _refutation(bypass: Said, said: Sequence[Said]) -> Said | None:
    return max(
        (item for item in said if _refutes(item, bypass)),
        key=lambda item: item.newness,
        default=None,
    )


def _refutes(said: Said, bypass: Said) -> bool:
    if said.what == "bypassed":
        return False
    if bypass.draft_sha256 is None or said.draft_sha256 == bypass.draft_sha256:
        return True
    return said.what == "not_required" and said.happened_at > bypass.happened_at
