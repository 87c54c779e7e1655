"""When a warning stands: for each kind, one function of what was told of its subject.

What a department says last counts: a bypass, a gap or a missed day stands until the same
department says that it was made good, need not be, or that another day holds. So a warning is
cleared by facts and by nothing else; people take it, explain it, and close what cannot be undone.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from mingjing_shared.directory.tree import UnitTree

_IDS = uuid.UUID("3d0c7c5e-7a55-5f6c-9b1e-2c8b2f1f6a11")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of warning: what raises it, what clears it, who must act.

    ``moving`` are words that name another day: a later one clears what was raised for an
    earlier. ``topic`` says of what kind of subject it is told.
    """

    code: str
    topic: str
    owner_role: str
    severity: str
    raising: frozenset[str]
    clearing: frozenset[str]
    moving: frozenset[str] = frozenset()


KINDS = {
    kind.code: kind
    for kind in (
        # 行政处罚法 §58: without legal review, or without passing it, no decision may be made.
        Kind(
            "decision_without_review",
            "review",
            "unit_head",
            "high",
            frozenset({"bypassed"}),
            frozenset({"cleared", "not_required"}),
        ),
        Kind(
            "review_overdue",
            "review",
            "legal_reviewer",
            "medium",
            frozenset({"overdue"}),
            frozenset({"opinion", "returned", "cleared", "not_required"}),
            frozenset({"required", "submitted"}),
        ),
        Kind(
            "footage_missing",
            "gap",
            "unit_head",
            "medium",
            frozenset({"found"}),
            frozenset({"explained", "closed"}),
        ),
        Kind(
            "publication_overdue",
            "publication",
            "disclosure_editor",
            "high",
            frozenset({"overdue"}),
            frozenset({"published", "withheld"}),
            frozenset({"due"}),
        ),
        Kind(
            "casefile_overdue",
            "casefile",
            "unit_head",
            "high",
            frozenset({"overdue"}),
            frozenset({"archived"}),
            frozenset({"due"}),
        ),
        Kind(
            "withdrawal_overdue",
            "annulment",
            "disclosure_editor",
            "high",
            frozenset({"overdue"}),
            frozenset({"withdrawn"}),
        ),
    )
}
LETTERS = Kind("dead_letters", "letters", "operator", "medium", frozenset(), frozenset())
SILENCE = Kind("publisher_silent", "silence", "operator", "high", frozenset(), frozenset())
DOUBTED_LOG = Kind("log_refused", "log", "inspector", "high", frozenset(), frozenset())
ALL_KINDS = {**KINDS, **{kind.code: kind for kind in (LETTERS, SILENCE, DOUBTED_LOG)}}
DECISION_WITHOUT_REVIEW = KINDS["decision_without_review"]
KIND, SEVERITY = DECISION_WITHOUT_REVIEW.code, DECISION_WITHOUT_REVIEW.severity


@dataclass(frozen=True, slots=True)
class Said:
    """What was told of a subject; ``day`` is a day that it names, ``rank`` which computing."""

    what: str
    source: str
    event_id: str
    happened_at: datetime
    day: date | None = None
    rank: int = 0

    @property
    def newness(self) -> tuple[datetime, str, str]:
        """Orders what was said; the same for everybody, whenever it came."""
        return (self.happened_at, self.event_id, self.source)

    @property
    def identity(self) -> tuple[str, str]:
        """The event that said it."""
        return (self.source, self.event_id)

    @property
    def name(self) -> str:
        """The event that said it, in one word."""
        return f"{self.source}#{self.event_id}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The newest word that raises it, and what refutes that, if anything does."""

    bypass: Said
    refutation: Said | None

    @property
    def state(self) -> str:
        """Raised or cleared."""
        return "raised" if self.refutation is None else "cleared"


def kinds_of(topic: str) -> list[Kind]:
    """The kinds of warning that may be about a topic's subjects."""
    return [kind for kind in KINDS.values() if kind.topic == topic]


def warning_id_of(subject: str, kind: str = KIND) -> str:
    """The id of the warning: one subject, one warning of a kind."""
    return str(uuid.uuid5(_IDS, f"{kind}/{subject}"))


def verdict_of(said: Iterable[Said], kind: Kind = DECISION_WITHOUT_REVIEW) -> Verdict | None:
    """Whether the warning stands; None when nothing ever raised it."""
    known = list(said)
    raised = [item for item in known if item.what in kind.raising]
    if not raised:
        return None
    newest = max(raised, key=lambda item: item.newness)
    moved = _moved(newest, [item for item in known if item.what in kind.moving])
    words = kind.raising | kind.clearing
    last = max((i for i in known if i.what in words), key=lambda item: item.newness)
    return Verdict(newest, last if last != newest else moved)


def _moved(raised: Said, days: list[Said]) -> Said | None:
    """The day that holds now, if it is later than the one that was missed."""
    if raised.day is None or not days:
        return None
    holding = max(days, key=lambda item: (item.rank, item.newness))
    return holding if holding.day is not None and holding.day > raised.day else None


def top_unit(tree: UnitTree) -> str | None:
    """The unit that nobody known is above: of a bureau's directory the superior may not be told.

    None while the directory is empty.
    """
    known = tree.units
    tops = (unit.code for unit in known.values() if unit.parent not in known)
    return min(tops, default=None)
