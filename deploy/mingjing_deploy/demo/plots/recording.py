"""How recordings, documents and case files go: in time, late, never."""

from mingjing_deploy.demo.thread import Thread


def footage_late(thread: Thread, day: int) -> None:
    """The recording comes days after its term: a gap, a warning, and then it is closed."""
    thread.accepted(day)
    thread.acted(day)
    thread.warned(day + 2, "case_manager", "footage_missing")
    thread.filmed(day, day + 4)
    thread.proposed(day + 4)
    thread.made(day + 5)
    thread.published(day + 6)
    thread.ended(day + 6)
    thread.archived(day + 8)


def footage_explained(thread: Thread, day: int) -> None:
    """No recording at all: the handler says why."""
    thread.accepted(day)
    thread.acted(day, "search")
    thread.act(
        day + 2, thread.handler, "explain", action_id=thread.case.action_id, reason="battery",
        words="执法记录仪电量耗尽，备用机尚未配发，已报单位负责人。",
    )  # fmt: skip
    thread.proposed(day + 3)
    thread.made(day + 4)
    thread.published(day + 5)
    thread.ended(day + 6)


def footage_never(thread: Thread, day: int) -> None:
    """No recording, and no word: the warning stands."""
    thread.accepted(day)
    thread.acted(day, "seizure")
    thread.warned(day + 3, "case_manager", "footage_missing")
    thread.proposed(day + 4)
    thread.made(day + 5)
    thread.ended(day + 6)


def footage_waits(thread: Thread, _day: int) -> None:
    """An act of today: its recording may still come."""
    thread.accepted(34)
    thread.acted(34)


def footage_loose(thread: Thread, _day: int) -> None:
    """The recorder does not know the case: somebody links recording and act."""
    thread.accepted(27)
    thread.acted(27)
    thread.filmed(27, named=False)
    thread.proposed(28)
    thread.made(29)
    thread.published(30)


def casefile_overdue(thread: Thread, _day: int) -> None:
    """Ended at the beginning, never archived: thirty days are over."""
    thread.opened(0)
    thread.proposed(0, "10:30")
    thread.made(1)
    thread.published(2)
    thread.ended(2)


def document_missing(thread: Thread, day: int) -> None:
    """A record was made on site, and its file never came."""
    thread.opened(day)
    thread.documented(day, uploaded=False)
    thread.proposed(day + 1)
    thread.made(day + 2)
    thread.published(day + 3)
    thread.ended(day + 4)


def criminal(thread: Thread, day: int) -> None:
    """A criminal case: questioned in the case area, recorded whole."""
    thread.accepted(day)
    thread.acted(day, "questioning", "case_area")
    thread.filmed(day)
    entered = {"person_ref": f"PR-{thread.case.serial}", "room": "讯问室2"}
    for clock, what in (("09:00", "entered"), ("11:00", "left")):
        at = thread.case.at(day, clock).isoformat()
        thread.tell_by("recorders", day, f"case_area.{what}", clock, {**entered, "at": at})
    thread.ended(day + 12, "turned_criminal")


def mediated(thread: Thread, day: int) -> None:
    """Mediated: no decision at all."""
    thread.opened(day)
    thread.documented(day, paper=True)
    thread.ended(day + 2, "mediated")
    thread.archived(day + 4)
