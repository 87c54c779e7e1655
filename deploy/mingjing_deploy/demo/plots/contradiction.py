"""Cases in which something contradicts itself: to be found, and judged by people."""

from typing import Any

from mingjing_deploy.demo.thread import Thread

_TOLD = {"certificate_shown": True, "reason": True, "basis": True, "rights": True}


def acts_at_odds(thread: Thread, _day: int) -> None:
    """Acts at once, by one officer, too early, too long, without a certificate shown."""
    day = 29
    thread.opened(day)
    begins, ends = thread.case.site_clock
    _act(thread, day, "twice search", (begins, ends))
    _act(thread, day, "alone inspection", ("11:00", "11:20"), officers=1)
    _act(thread, day, "early questioning", ("07:10", "07:50"), place_kind="case_area")
    _act(thread, day, "long questioning", ("12:00", "21:30"), place_kind="case_area")
    unseen = {**_TOLD, "certificate_shown": False}
    _act(thread, day, "unseen inspection", ("22:00", "22:20"), told=unseen)
    thread.proposed(day + 1)
    thread.submitted(day + 1)
    thread.taken(day + 2)
    _judge(thread, day + 3, "questioned_too_long", "holds", "核对录像，确系一次询问超过八小时。")
    _judge(thread, day + 3, "not_shown", "explained", "录像显示已出示证件，系录入遗漏。")


def papers_at_odds(thread: Thread, _day: int) -> None:
    """A record before its act, one number twice, a seizure without a list, goods out before in."""
    day = 14
    thread.accepted(day)
    thread.documented(day)
    thread.tell(
        day, "document.made", "15:00",
        {"document_number": thread.case.record, "kind": "询问笔录", "title": "询问笔录",
         "made_at": thread.case.at(day, "15:00").isoformat(), "on_paper_only": True},
    )  # fmt: skip
    _act(thread, day, "recorded inspection", ("13:00", "13:30"), documents=[thread.case.record])
    _act(thread, day, "seized seizure", ("14:00", "14:20"))
    property_id = f"P-{thread.case.serial}-2"
    for hour, what in (("14:30", "returned"), ("16:00", "registered")):
        at = thread.case.at(day, hour).isoformat()
        data = {"property_id": property_id, "at": at, "keeper": "涉案财物管理中心"}
        thread.tell_by("property", day, f"property.{what}", hour, data)
    thread.proposed(day + 1)
    thread.submitted(day + 1)
    _judge(thread, day + 4, "number_twice", "holds", "两份笔录用了同一文号，已通知更正。")


def custody_at_odds(thread: Thread, _day: int) -> None:
    """Somebody in two rooms at once, and kept for longer than a day; an act that ends too early."""
    day = 27
    thread.opened(day)
    person = f"p-{thread.case.serial}"
    stays = (("等候室", day, "08:50", day + 1, "10:30"), ("询问室一", day, "09:30", day, "10:00"))
    for room, first, begins, last, ends in stays:
        for what, on, clock in (("entered", first, begins), ("left", last, ends)):
            at = thread.case.at(on, clock).isoformat()
            data = {"person_ref": person, "at": at, "room": room}
            thread.tell_by("recorders", on, f"case_area.{what}", clock, data)
    _act(thread, day + 1, "backwards identification", ("11:00", "10:40"))
    thread.proposed(day + 2)
    thread.submitted(day + 2)


def decided_at_odds(thread: Thread, _day: int) -> None:
    """Passed, then decided by its own handler, too late, served and paid before."""
    day = 16
    case = thread.case
    thread.opened(day)
    thread.documented(day)
    thread.proposed(day + 1)
    thread.reviewed(day + 1)
    thread.gate_asked(day + 2)
    thread.made(day + 4, served=False, approved_by=thread.handler, offence_from=case.on(-1200))
    thread.served(day + 3)
    paid = {"decision_id": case.decision_id, "amount": "999999.00", "paid_on": case.on(day + 3),
            "bank_ref": f"BK{case.serial}-2"}  # fmt: skip
    thread.tell_by("finance", day + 4, "fine.paid", "16:00", paid)
    thread.ended(day + 3)


def _act(thread: Thread, day: int, named: str, hours: tuple[str, str], **changes: Any) -> None:
    """An act beside the one on site: its name and kind; ``officers``: how many of the handlers."""
    case, (name, kind), (begins, ends) = thread.case, named.split(), hours
    count = changes.pop("officers", 2)
    data = {
        "action_id": f"{case.action_id}-{name}",
        "kind": kind,
        "place_kind": "on_site",
        "started_at": case.at(day, begins).isoformat(),
        "ended_at": case.at(day, ends).isoformat(),
        "officers": list(case.unit.handlers[:count]),
        "told": _TOLD,
        **changes,
    }
    thread.tell(day, "action.performed", max(begins, ends), data)


def _judge(thread: Thread, day: int, kind: str, verdict: str, note: str) -> None:
    thread.act(
        day, "legal_reviewer", "judge_finding", kind=kind, case_number=thread.case.number,
        verdict=verdict, note=note,
    )  # fmt: skip
