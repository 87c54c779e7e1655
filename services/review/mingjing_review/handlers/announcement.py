"""What others are told when a review stands elsewhere than before.

The last word on a decision is what holds: as long as review is bypassed, ``review.bypassed``
comes after whatever else is told of the same decision; when the bypass is refuted, the clearance
that fits is told (again).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import legal_now
from mingjing_shared.events.review import (
    ReviewBypassed,
    ReviewCleared,
    ReviewNotRequired,
    ReviewRequired,
)
from mingjing_shared.events.values import (
    CaseNumber,
    ClearanceId,
    DecisionId,
    ReviewId,
    ReviewReason,
    Sha256,
)
from mingjing_shared.facts.store import cause_of
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_review.rules.standing import Clearance, Standing
    from mingjing_review.store.standing import Change, Said

_ONE_AFTER_THE_OTHER = timedelta(microseconds=1)


def announcements(change: Change) -> list[Outgoing]:
    """The events that this change causes, in the order in which they are to be understood."""
    said, standing, row = change.said, change.standing, change.row
    old, fresh = change.old, change.fresh
    name = str(row["revision"])
    told = _required(said, standing, row, old)
    told += [_not_required(said, row, clearance) for clearance in fresh]
    if standing.state == "bypassed":
        if told or old is None or _bypass(row) != _bypass(old):
            told.append(_bypassed(said, row))
    elif old is not None and old["state"] == "bypassed":
        told += _refutation(said, row, standing, fresh)
    return [replace(item, name=name) for item in told]


def in_order(outgoing: Sequence[Outgoing]) -> list[Outgoing]:
    """The events, each an instant after the one before it: their times tell their order."""
    now = legal_now()
    return [
        replace(item, at=now + place * _ONE_AFTER_THE_OTHER) for place, item in enumerate(outgoing)
    ]


def _required(
    said: Said, standing: Standing, row: Mapping[str, Any], old: Mapping[str, Any] | None
) -> list[Outgoing]:
    text = standing.proposed
    if said.newest is None or text is None or text.opinion is None:
        return []
    if old is not None and _review(row) == _review(old):
        return []
    event = ReviewRequired(
        case_number=CaseNumber(said.newest.case_number),
        review_id=ReviewId(row["review_id"]),
        decision_id=DecisionId(row["decision_id"]),
        draft_sha256=Sha256(text.draft_sha256),
        reasons=tuple(ReviewReason(**reason) for reason in row["reasons"]),
        decide_by=text.opinion.due_on,
        provisional=text.opinion.provisional,
    )
    return [Outgoing(event, cause_of(said.newest))]


def _not_required(said: Said, row: Mapping[str, Any], clearance: Clearance) -> Outgoing:
    fact = said.by_text[clearance.draft_sha256]
    event = ReviewNotRequired(
        case_number=CaseNumber(fact.case_number),
        clearance_id=ClearanceId(clearance.clearance_id),
        decision_id=DecisionId(row["decision_id"]),
        draft_sha256=Sha256(clearance.draft_sha256),
        reason_codes=("not_in_catalogue",),
    )
    return Outgoing(event, cause_of(fact))


def _bypassed(said: Said, row: Mapping[str, Any]) -> Outgoing:
    clearance_id = row["clearance_id"]
    event = ReviewBypassed(
        case_number=CaseNumber(row["case_number"]),
        decision_id=DecisionId(row["decision_id"]),
        how=row["how"],
        draft_sha256=Sha256(row["decided_sha256"]),
        clearance_id=None if clearance_id is None else ClearanceId(clearance_id),
    )
    return Outgoing(event, cause_of(said.leading))


def _refutation(
    said: Said, row: Mapping[str, Any], standing: Standing, fresh: Sequence[Clearance]
) -> list[Outgoing]:
    """Tell the clearance that fits, unless it was just told.

    Where the decision itself went away, that of the proposed text.
    """
    fitting = standing.clearance or _of_the_proposed(standing)
    if fitting is None or fitting.clearance_id in {c.clearance_id for c in fresh}:
        return []
    if fitting.kind == "not_required":
        return [_not_required(said, row, fitting)]
    if fitting.valid_until is None:
        return []
    event = ReviewCleared(
        case_number=CaseNumber(row["case_number"]),
        clearance_id=ClearanceId(fitting.clearance_id),
        decision_id=DecisionId(row["decision_id"]),
        draft_sha256=Sha256(fitting.draft_sha256),
        valid_until=fitting.valid_until,
    )
    return [Outgoing(event, cause_of(said.leading))]


def _of_the_proposed(standing: Standing) -> Clearance | None:
    text = standing.proposed
    if standing.state != "not_required" or text is None:
        return None
    fitting = (c for c in standing.clearances if c.draft_sha256 == text.draft_sha256)
    return next(fitting, None)


def _review(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("proposed_sha256", "reasons", "decide_by", "provisional"))


def _bypass(row: Mapping[str, Any]) -> tuple[Any, ...]:
    names = ("state", "how", "decided_sha256", "clearance_id")
    return tuple(row[name] for name in names)
