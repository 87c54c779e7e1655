"""Whose duty it is to read the original of a decision, as its publication now stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.rules.progress import OPEN_STATES
from mingjing_shared.audit.purpose import APPROVAL, PROOFREADING

if TYPE_CHECKING:
    from collections.abc import Mapping

IN_WORK = frozenset({*OPEN_STATES, "no_clock"})
_DUTIES: Mapping[str, str] = {
    "disclosure_editor": PROOFREADING,
    "disclosure_checker": PROOFREADING,
    "unit_head": APPROVAL,
    "bureau_leader": APPROVAL,
}


def duty_to_read(role: str, state: str, *, waits_for_word: bool) -> str | None:
    """The duty by which a role reads the original; none: whoever may look says why first.

    While an item is being worked on it is everybody's duty who masks, checks or approves; so it is
    when something that came later waits for their word (correct, withdraw, release).
    """
    return _DUTIES.get(role) if state in IN_WORK or waits_for_word else None
