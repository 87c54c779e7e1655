"""Which act a recording shows, and to which case it belongs.

What an officer decided holds. Else a recording that names its case shows the acts of that case
with which it has time in common, and belongs to the case even when it shows none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_recording.rules.coverage import Span, overlaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

LINKED_BY_CASE = "rule:recording.link_by_case"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decided about a recording and an act."""

    action_id: str
    is_linked: bool
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class KnownAct:
    """An act, as far as links ask."""

    action_id: str
    case_key: str
    case_number: str
    span: Span


@dataclass(frozen=True, slots=True)
class Belonging:
    """Case (key and number) of a recording, and by whom it was linked to which act."""

    case: tuple[str, str] | None
    links: Mapping[str, str]


def belonging_of(
    span: Span,
    named: tuple[str, str] | None,
    decisions: Iterable[Decision],
    acts: Iterable[KnownAct],
) -> Belonging:
    """Where a recording of this time belongs, which names this case (key and number) or none."""
    known = {act.action_id: act for act in acts}
    decided = {one.action_id: one for one in decisions if one.action_id in known}
    chosen = [one for one in decided.values() if one.is_linked]
    case = _case_of(chosen, known) or named
    links = {one.action_id: one.decided_by for one in chosen}
    for act in known.values():
        if act.action_id in decided or case is None or act.case_key != case[0]:
            continue
        if named is not None and named[0] == case[0] and overlaps(span, act.span):
            links[act.action_id] = LINKED_BY_CASE
    return Belonging(case, links)


def _case_of(chosen: Sequence[Decision], known: Mapping[str, KnownAct]) -> tuple[str, str] | None:
    """The case of the act that was decided on last."""
    if not chosen:
        return None
    last = max(chosen, key=lambda one: (one.decided_at, one.action_id))
    act = known[last.action_id]
    return act.case_key, act.case_number
