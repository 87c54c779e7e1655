"""Whose duty it is to look at what belongs to a case, as the case now stands."""

from __future__ import annotations

from mingjing_shared.audit.purpose import ARCHIVING, CASE_HANDLING, LEGAL_REVIEW

_REVIEWERS = frozenset({"legal_reviewer", "case_manager"})
_ARCHIVISTS = frozenset({"unit_head", "case_manager"})
_AWAITED = frozenset({"open", "warned", "overdue"})


def duty_to_look(role: str, *, is_reviewer: bool, casefile: str | None) -> str | None:
    """The duty by which a role looks; none: whoever may look says why first.

    Who handles the case always has it; a reviewer who took on its legal review; who may archive
    it while enforcement has ended and its file (``casefile``: the file's state) is awaited.
    """
    if role == "case_handler":
        return CASE_HANDLING
    if role in _REVIEWERS and is_reviewer:
        return LEGAL_REVIEW
    if role in _ARCHIVISTS and casefile in _AWAITED:
        return ARCHIVING
    return None
