"""Whose duty it is to read what lies before legal review, as it now stands."""

from __future__ import annotations

from mingjing_shared.audit.purpose import APPROVAL, CASE_HANDLING, LEGAL_REVIEW

BY_REVIEWERS = frozenset({"accepted", "incomplete", "returned", "opinion"})
"""Steps of a review by which somebody took it on for the legal department."""

_BEFORE_ANY_REVIEWER = frozenset({"submitted", "resubmitted"})
_REVIEWERS = frozenset({"legal_reviewer", "case_manager"})
_LEADERS = frozenset({"unit_head", "bureau_leader"})


def duty_to_read(
    role: str, state: str, *, waits_for: str | None, is_reviewer: bool, is_decided: bool
) -> str | None:
    """The duty by which a role reads text and materials; none: whoever may look says why first.

    Who handles the case always has it. A reviewer has it who took the review on; before anybody
    did, whoever may take it on. A head has it while the unit must hand in or correct, and leaders
    while a text that passed waits for their decision.
    """
    if role == "case_handler":
        return CASE_HANDLING
    if role in _REVIEWERS:
        return LEGAL_REVIEW if is_reviewer or state in _BEFORE_ANY_REVIEWER else None
    if role == "unit_head" and waits_for == "unit":
        return APPROVAL
    if role in _LEADERS and state == "cleared" and not is_decided:
        return APPROVAL
    return None
