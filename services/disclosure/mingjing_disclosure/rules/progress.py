"""How far a publication is: one state from what the facts say and what people have done.

The order (law.md §13b): text masked, checked by a second person, approved by the head of the
unit that made the decision, handed to the public face, seen there. One person never does two of
the first three for one version.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

OPEN_STATES = ("to_mask", "to_check", "to_approve", "publishing", "withdrawing")
BY_STAGE = {
    "none": "to_mask",
    "drafting": "to_mask",
    "to_check": "to_check",
    "to_approve": "to_approve",
    "approved": "publishing",
}


@dataclass(frozen=True, slots=True)
class Work:
    """What people have done for a decision's publication; the first one is nothing yet."""

    stage: str = "none"
    version: int = 0
    public_version: int | None = None
    editors: tuple[str, ...] = ()
    checkers: tuple[str, ...] = ()
    withheld: Mapping[str, Any] | None = None
    released: Mapping[str, Any] | None = None
    withdrawal: Mapping[str, Any] | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        """Whether the public sees a version of it now."""
        return self.public_version is not None and self.stage != "withdrawn"

    @property
    def is_correcting(self) -> bool:
        """Whether a later version is being worked on while an earlier one is public."""
        return self.is_public and self.version > (self.public_version or 0)


NOTHING_YET = Work()


def was_public(work: Work) -> bool:
    """Whether the public sees it, or what stands in its place."""
    return work.public_version is not None


def state_of(standing: str, work: Work) -> str:
    """The state on screen: one word, of facts and acts together."""
    if work.stage in ("withdrawing", "withdrawn"):
        return work.stage
    if work.is_public:
        if work.is_correcting:
            return BY_STAGE[work.stage]
        return "corrected" if (work.public_version or 0) > 1 else "published"
    if standing in ("waiting_case", "withheld"):
        return standing
    if standing == "no_clock" and work.stage == "none":
        return "no_clock"
    return BY_STAGE[work.stage]


def must_withdraw(standing: str, work: Work) -> bool:
    """Whether something is public that must not be: the facts have changed under it."""
    return work.is_public and work.stage != "withdrawing" and standing == "withheld"


def is_same_person(work: Work, persons: frozenset[str], *, for_approval: bool) -> bool:
    """Whether one of these already worked on this version, where a further person is needed.

    ``persons`` are the officer and whoever the officer stands in for: a deputy is no second pair
    of eyes on the work of whom the deputy stands in for.
    """
    before = {*work.editors, *(work.checkers if for_approval else ())}
    return not before.isdisjoint(persons)
