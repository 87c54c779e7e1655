"""Which term runs in each state of a hearing, and until when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mingjing_review.rules.hearing import accept_by, hold_by, notice_by, request_by
from mingjing_review.rules.term import Term, end_of, term_by, without_day
from mingjing_shared.law.wording import long_date

if TYPE_CHECKING:
    from datetime import date

    from mingjing_review.rules.hearing import Hearing
    from mingjing_shared.law.calendar import WorkingCalendar

_KIND = "hearing"


def hearing_term(now: Hearing, calendar: WorkingCalendar) -> Term | None:
    """The term that runs; none while nobody was told and after the end.

    Raises:
        NoRuleInForce: no version of the rule holds on the day it starts.
    """
    if now.state == "told" and now.told_on is not None:
        return term_by(request_by(now.told_on, calendar), _KIND, "request", "party")
    asked = now.requested_on
    if asked is None:
        return _report(now)
    match now.state:
        case "requested":
            return term_by(accept_by(asked, calendar), _KIND, "accept", "reviewer")
        case "accepted":
            return _until(asked, notice_by(asked, calendar), "notice", calendar)
        case "noticed":
            _, last = hold_by(asked, calendar)
            return _until(asked, now.planned_on or last, "hold", calendar)
    return _report(now)


def _report(now: Hearing) -> Term | None:
    if now.state != "held":
        return None
    says = (
        "听证结束后，听证主持人应当写出听证报告书，连同听证笔录一并报送公安机关负责人"
        "（程序规定§153，未定日数）。"
    )
    source = "公安机关办理行政案件程序规定§153"
    return without_day(_KIND, "report", "reviewer", now.held_on, says, source=source)


def _until(asked: date, due: date, task: str, calendar: WorkingCalendar) -> Term:
    own, last = hold_by(asked, calendar)
    term = term_by(own, _KIND, task, "reviewer")
    words = {
        "notice": f"举行听证通知书最迟{long_date(due)}送达，听证才能在七日通知期满后及时举行。",
        "hold": f"通知的听证日期是{long_date(due)}。",
    }
    later = (
        f"十日期限至{long_date(own.due_on)}，但通知须在七个工作日前送达，"
        f"按上位法顺延至{long_date(last)}（待法制部门确认）。"
        if last > own.due_on
        else ""
    )
    return replace(
        term,
        due_on=due,
        due_at=end_of(due),
        provisional=term.provisional or not _published(asked, due, calendar),
        binding=term.binding and _published(asked, due, calendar),
        says=words[task] + later + own.text(),
    )


def _published(first: date, last: date, calendar: WorkingCalendar) -> bool:
    return all(year in calendar.published_years for year in range(first.year, last.year + 1))
