"""Whether what the public reads still says what the decision says.

公安机关执法公开规定 (公通字〔2018〕26号) §7: what is wrong or has changed is corrected at once. The
law names no number of days; the day that is shown is our own (law/publication.toml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.rules.publication import RULES
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.errors import NoRuleInForce

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from mingjing_shared.law.calendar import WorkingCalendar

IN_OTHER_WORDS = "公开之后，来源系统更正了这件决定"
MORE_PARTIES = "公开之后，本案又登记了当事人"


def made_from(told_by: str, parties: Sequence[str]) -> dict[str, Any]:
    """What a public text was made from: which telling of the decision, and which parties."""
    return {"original": told_by, "parties": sorted(set(parties))}


def what_changed(shown_from: Mapping[str, Any] | None, now: Mapping[str, Any]) -> str | None:
    """Why the public text may be wrong by now; nothing while it stands on what it was made from."""
    if shown_from is None:
        return None
    if shown_from["original"] != now["original"]:
        return IN_OTHER_WORDS
    return MORE_PARTIES if set(now["parties"]) - set(shown_from["parties"]) else None


def correction_day(since: date, calendar: WorkingCalendar) -> date | None:
    """The last day of our own term for correcting; none where it is provisional."""
    try:
        due = deadline(RULES["correction"], since, calendar)
    except NoRuleInForce:
        return None
    return None if due.provisional else due.due_on


def correction_says(changed: str, by_day: date | None) -> str:
    """Why it must be corrected, and by when, one Chinese sentence."""
    when = f"，内控期限 {by_day}" if by_day else ""
    return (
        f"{changed}，公开文本可能有误：应立即更正，或者由审批人确认无须更正"
        f"（公安机关执法公开规定§7{when}）。"
    )
