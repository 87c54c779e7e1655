"""How a hearing goes, a limit is extended, what may be a crime is handed over: in every state."""

from datetime import date, timedelta

from mingjing_deploy.demo.thread import Thread
from mingjing_shared.law.calendar import published_calendar

_NOTICE_DAYS = 7  # working days between the notice and the hearing
_LEGAL = "legal_reviewer"


def hearing_requested(thread: Thread, _day: int) -> None:
    """The party asks on the last day but one; nobody has answered yet."""
    _asked(thread, 31)


def hearing_refused(thread: Thread, day: int) -> None:
    """The request is refused, with its reason."""
    _asked(thread, day)
    _step(thread, day + 3, _LEGAL, "refused", reason="申请人不是本案违法嫌疑人。")


def hearing_waived(thread: Thread, day: int) -> None:
    """The party renounces."""
    _told(thread, day)
    _step(thread, day + 2, thread.handler, "waived", note="当事人书面放弃听证。")


def hearing_accepted(thread: Thread, _day: int) -> None:
    """Accepted; the notice is not served yet."""
    _asked(thread, 30)
    _step(thread, 33, _LEGAL, "accepted")


def hearing_called(thread: Thread, _day: int) -> None:
    """The notice was served; the day of the hearing is to come."""
    _called(thread, 29)


def hearing_withdrawn(thread: Thread, day: int) -> None:
    """The party takes its request back before the hearing."""
    _called(thread, day)
    _step(thread, day + 4, thread.handler, "withdrawn", note="当事人撤回听证申请。")


def hearing_no_show(thread: Thread, _day: int) -> None:
    """The party does not come, and gives no reason."""
    on = _called(thread, 5)
    _step(thread, on, _LEGAL, "no_show", reason="等候三十分钟，申请人未到且未说明理由。")


def hearing_held(thread: Thread, _day: int) -> None:
    """Held; the chair has not reported yet."""
    _held(thread, 12)


def hearing_reported(thread: Thread, _day: int) -> None:
    """Held and reported: the way is free for the review."""
    on = _held(thread, 6)
    _step(
        thread, on + 1, _LEGAL, "reported", conclusion="as_proposed",
        facts="申请人对事实无异议，对幅度提出异议。", finding="幅度符合裁量基准，建议维持。",
    )  # fmt: skip
    thread.submitted(on + 1, "已举行听证，报告书在卷。")


def limit_asked(thread: Thread, _day: int) -> None:
    """An extension is asked for, and not decided."""
    thread.opened(6)
    thread.documented(6)
    _extension(thread, 30, thread.handler, "ask_extension", "涉案人员多，需外地取证。")


def limit_extended(thread: Thread, _day: int) -> None:
    """The superior extends the limit."""
    thread.opened(3)
    thread.documented(3)
    _extension(thread, 26, thread.handler, "ask_extension", "案情复杂，等待检验结果。")
    _extension(thread, 27, "bureau_leader", "decide_extension", "情况属实，同意延长。")


def transfer_to_approve(thread: Thread, _day: int) -> None:
    """The opinion says: hand it over; the head has not decided."""
    _to_transfer(thread, 32)


def transfer_done(thread: Thread, day: int) -> None:
    """The leader approves, and the case goes to the criminal police."""
    _to_transfer(thread, day)
    _approve(thread, day + 3, "approved", "同意移送刑侦部门。")
    on = thread.case.at(day + 4, "09:00").date().isoformat()
    data = {"to": "刑侦大队", "reason": "涉嫌犯罪", "on": on}
    thread.tell(day + 4, "case.transferred", "09:00", data)


def transfer_declined(thread: Thread, day: int) -> None:
    """The leader does not approve, with the reasons."""
    _to_transfer(thread, day)
    _approve(thread, day + 3, "declined", "数额未达立案标准，按行政案件继续办理。")


def _told(thread: Thread, day: int) -> None:
    thread.opened(day)
    thread.proposed(day + 1)


def _asked(thread: Thread, day: int) -> None:
    _told(thread, day)
    _step(thread, day + 2, thread.handler, "requested", note="当事人书面要求听证。")


def _called(thread: Thread, day: int) -> int:
    """Called for the first day that the notice allows; that day."""
    _asked(thread, day)
    _step(thread, day + 3, _LEGAL, "accepted")
    served = _date(thread, day + 3)
    calendar, on, left = published_calendar(), served, _NOTICE_DAYS
    while left:
        on += timedelta(days=1)
        left -= calendar.is_working_day(on)
    _step(thread, day + 3, _LEGAL, "noticed", planned_on=on.isoformat())
    return (on - thread.case.first).days


def _held(thread: Thread, day: int) -> int:
    on = _called(thread, day)
    _step(thread, on, _LEGAL, "held", record="办案民警举证，申请人质证、申辩并作最后陈述。")
    return on


def _to_transfer(thread: Thread, day: int) -> None:
    _told(thread, day)
    thread.submitted(day + 1)
    thread.taken(day + 1)
    thread.judged(day + 2, "transfer", "crime", "涉嫌犯罪，应当移送。")


def _step(thread: Thread, day: int, who: str, step: str, **words: str) -> None:
    on = _date(thread, day).isoformat()
    thread.act(day, who, "hearing", decision_id=thread.case.decision_id, step=step, on=on, **words)


def _extension(thread: Thread, day: int, who: str, what: str, reason: str) -> None:
    thread.act(day, who, what, case_number=thread.case.number, reason=reason)


def _approve(thread: Thread, day: int, decision: str, reason: str) -> None:
    given = {"decision_id": thread.case.decision_id, "decision": decision, "reason": reason}
    thread.act(day, "bureau_leader", "transfer", **given)


def _date(thread: Thread, day: int) -> date:
    return thread.case.at(day, "09:00").date()
