"""Whose duty it is to read what lies before legal review, as it now stands."""

from __future__ import annotations

from mingjing_shared.audit.purpose import APPROVAL, CASE_HANDLING, LEGAL_REVIEW

BY_REVIEWERS = frozenset({"accepted", "incomplete", "returned", "opinion", "re_reviewed"})
"""Steps of a review by which somebody took it on for the legal department."""

_FOR_ANY_REVIEWER = frozenset({"submitted", "resubmitted", "coordinating"})
_REVIEWERS = frozenset({"legal_reviewer", "case_manager"})
_DECIDE = frozenset({"case_manager", "bureau_leader"})
_LEADERS = frozenset({"unit_head", "bureau_leader"})


def duty_to_read(
    role: str,
    state: str,
    *,
    waits_for: str | None,
    is_asked: bool,
    is_reviewer: bool,
    is_decided: bool,
) -> str | None:
    """The duty by which a role reads text and materials; none: whoever may look says why first.

    Who handles the case always has it. A reviewer has it who took the review on; before anybody
    did, whoever may take it on; of a disagreement, whoever may look at it again. A head has it
    while the unit must hand in or correct, and leaders while a text that passed waits for their
    decision, or they are asked for one (``is_asked``, or it waits for a leader).
    """
    if role == "case_handler":
        return CASE_HANDLING
    if role == "unit_head" and waits_for == "unit":
        return APPROVAL
    if role in _DECIDE and (is_asked or waits_for == "leader"):
        return APPROVAL
    if role in _REVIEWERS:
        return LEGAL_REVIEW if is_reviewer or state in _FOR_ANY_REVIEWER else None
    if role in _LEADERS and state == "cleared" and not is_decided:
        return APPROVAL
    return None
