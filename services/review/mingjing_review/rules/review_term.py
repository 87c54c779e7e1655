"""The term that a review itself runs: handing in, supplementing, speaking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.rules.opinion import RULES
from mingjing_review.rules.term import Term, end_of, without_day
from mingjing_shared.clock import local_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

_SUPPLEMENTS = {"incomplete": "supplement", "returned": "supplement", "opinion_given": "correct"}
_BEGINS = frozenset({"submitted", "resubmitted", "reopened"})
_DISPUTES = {"coordinating": "coordinate", "discussion": "discuss"}


def review_term(
    *,
    state: str,
    waits_for: str | None,
    changed: bool,
    due: tuple[date | None, bool, str | None],
    proposed_at: datetime | None,
    steps: Sequence[tuple[str, datetime]],
) -> Term | None:
    """The term of a review as it stands; none while it waits for nobody.

    ``due`` is its last day, whether that is provisional, and how it was found; ``steps`` are
    kind and time of what was done, oldest first; one that opened a further round is ``reopened``.
    The term of a disagreement is assumed and binds nobody.
    """
    due_on, provisional, due_says = due
    if waits_for is None:
        return None
    started = _started(proposed_at, steps)
    if changed or state in _SUPPLEMENTS:
        task = "submit" if changed else _SUPPLEMENTS[state]
        return without_day("supplement", task, waits_for, started, due_says or "")
    disputed = state in _DISPUTES
    task = _DISPUTES.get(state, "submit" if waits_for == "unit" else "opinion")
    if disputed:
        started = next(
            (local_date(at) for kind, at in reversed(steps) if kind == "disagreed"), None
        )
    if due_on is None or started is None:
        return without_day("opinion", task, waits_for, started, due_says or "")
    rule = RULES["review.coordination" if disputed else "review.opinion"]
    version = rule.in_force_on(started) if rule.is_in_force_on(started) else None
    return Term(
        kind="opinion",
        task=task,
        waits_for=waits_for,
        started_on=started,
        due_on=due_on,
        due_at=end_of(due_on),
        provisional=provisional,
        binding=not provisional and not disputed and bool(steps),
        rule=version.id if version else None,
        source=version.source if version else "",
        says=due_says or "",
    )


def _started(proposed_at: datetime | None, steps: Sequence[tuple[str, datetime]]) -> date | None:
    """The day from which the term is counted: the material was complete, or it was proposed."""
    started = None if proposed_at is None else local_date(proposed_at)
    incomplete = False
    for kind, at in steps:
        if kind in _BEGINS or (kind == "supplemented" and incomplete):
            started = local_date(at)
        incomplete = kind == "incomplete"
    return started
