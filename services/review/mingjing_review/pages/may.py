"""Which acts are offered to who looks at a review, by the table of permissions and the state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingjing_review.acts.matter import about
from mingjing_review.rules.progress import MAY_FOLLOW, progress_of
from mingjing_shared.clock import legal_today
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.web.permissions import allowing_role

if TYPE_CHECKING:
    from mingjing_review.rules.progress import Progress
    from mingjing_review.store.sheet import Sheet
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk

_ACTS = {
    "extension_asked": "review.ask_extension",
    "extended": "review.answer_extension",
    "disagreed": "review.disagree",
    "re_reviewed": "review.re_review",
    "coordinated": "review.coordinate",
    "discussed": "review.discuss",
}


@dataclass(frozen=True, slots=True)
class May:
    """What is offered. ``further``: kinds of steps about extensions and disagreements."""

    accept: bool
    hand_back: bool
    speak: bool
    hand_in: str | None
    further: frozenset[str] = field(default_factory=frozenset)

    @property
    def dispute(self) -> bool:
        """Whether a step about a disagreement is open to who looks."""
        return not self.further.isdisjoint({"disagreed", "re_reviewed", "coordinated", "discussed"})

    @property
    def extend(self) -> bool:
        """Whether an extension may be asked for, or answered."""
        return not self.further.isdisjoint({"extension_asked", "extended"})


def may_of(desk: Desk, sheet: Sheet, tree: UnitTree) -> May:
    """Everything that is open to the officer now."""
    review = sheet.review
    whose = about(review)
    state, open_ = review["state"], review["made_on"] is None and not review["changed"]

    def allowed(act: str, step: str) -> bool:
        role = allowing_role(desk.officer, act, whose, tree)
        return role is not None and open_ and state in MAY_FOLLOW[step]

    progress = progress_of([step.as_rule for step in sheet.steps], published_calendar())
    mine = desk.officer.number
    return May(
        accept=allowed("review.accept", "accepted"),
        hand_back=allowed("review.accept", "incomplete") or allowed("review.return", "returned"),
        speak=allowed("review.opinion", "opinion"),
        hand_in=_hand_in(desk, sheet, tree),
        further=frozenset(
            step
            for step, act in _ACTS.items()
            if allowed(act, step) and progress is not None and _fits(step, progress, mine)
        ),
    )


def _fits(step: str, progress: Progress, officer: str) -> bool:
    """Whether a step about an extension or a disagreement is the next one, and this officer's."""
    fits = {
        "extension_asked": progress.extension is None,
        "extended": progress.extension == "asked" and progress.asked_by != officer,
        "disagreed": not progress.concluded,
        "re_reviewed": not progress.re_reviewed and progress.disputed_by != officer,
        "coordinated": progress.re_reviewed and progress.disputed_by != officer,
        "discussed": officer not in {progress.disputed_by, progress.re_reviewed_by},
    }
    return fits[step]


def _hand_in(desk: Desk, sheet: Sheet, tree: UnitTree) -> str | None:
    """Which way of handing in is open to who looks; none: none is."""
    review = sheet.review
    if allowing_role(desk.officer, "review.submit", about(review), tree) is None:
        return None
    if review["made_on"] is not None or not sheet.texts:
        return None
    if review["state"] in MAY_FOLLOW["supplemented"] and not review["changed"]:
        return "supplemented"
    anew = review["changed"] or (review["state"] == "cleared" and is_expired(sheet))
    if not anew and review["state"] not in MAY_FOLLOW["resubmitted"]:
        return None
    return "resubmitted" if sheet.steps else "submitted"


def is_expired(sheet: Sheet) -> bool:
    """Whether the clearance of the text is over."""
    until = sheet.clearance.valid_until if sheet.clearance else None
    return until is not None and until < legal_today()
