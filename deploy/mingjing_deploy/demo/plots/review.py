"""How the legal review of a decision goes: agreed, corrected, returned, late, passed by."""

from mingjing_deploy.demo.thread import Thread


def grave(thread: Thread, day: int) -> None:
    """A grave decision, reviewed and agreed at once; the gate is asked before it is made."""
    thread.opened(day)
    thread.documented(day)
    thread.kept(day + 1)
    thread.proposed(day + 1)
    thread.reviewed(day + 1)
    thread.gate_asked(day + 2)
    thread.made(day + 3)
    thread.published(day + 4)
    thread.paid(day + 5)
    thread.kept(day + 5, "returned")
    thread.ended(day + 5)
    thread.archived(day + 7)


def corrected_then_agreed(thread: Thread, day: int) -> None:
    """The reviewer finds a fault, the handler mends it, the second round is agreed."""
    thread.accepted(day)
    thread.acted(day)
    thread.brought(day)
    thread.proposed(day + 1)
    thread.submitted(day + 1)
    thread.taken(day + 1)
    thread.judged(day + 2, "correct", "procedure", "未见听证权利告知，补充后再送审。")
    thread.submitted(day + 3, "已补充听证权利告知。")
    thread.judged(day + 4, "agree", reasons="同意。")
    thread.made(day + 5)
    thread.published(day + 6)
    thread.ended(day + 6)


def supplemented(thread: Thread, day: int) -> None:
    """Material incomplete, then complete; returned once, the clock stops; then agreed."""
    thread.opened(day)
    thread.proposed(day + 1)
    thread.submitted(day + 1)
    thread.handed_back(day + 1, "缺少送达回证。")
    thread.submitted(day + 2, "已补齐送达回证。")
    thread.taken(day + 3)
    thread.handed_back(day + 3, "补充检测报告原件。")
    thread.submitted(day + 4, "已补充检测报告。")
    thread.judged(day + 5, "agree", reasons="材料补正齐全，同意。")
    thread.made(day + 6)
    thread.published(day + 7)
    thread.paid(day + 7)
    thread.ended(day + 8)


def incomplete(thread: Thread, _day: int) -> None:
    """Handed in, found incomplete, and nothing more yet."""
    thread.opened(30)
    thread.proposed(31)
    thread.submitted(31)
    thread.handed_back(32, "缺少陈述申辩笔录。")


def returned(thread: Thread, _day: int) -> None:
    """Taken, then returned for a supplement: the clock stands still."""
    thread.opened(29)
    thread.proposed(30)
    thread.submitted(30)
    thread.taken(31)
    thread.handed_back(32, "补充现场照片制作说明。")


def to_correct(thread: Thread, _day: int) -> None:
    """An opinion that asks for correction; the unit has not answered yet."""
    thread.opened(29)
    thread.proposed(30)
    thread.submitted(30)
    thread.taken(31)
    thread.judged(32, "correct", "law", "裁量幅度与基准不符，请说明理由。")


def resubmitted(thread: Thread, _day: int) -> None:
    """Corrected and handed in again: waits for the second look."""
    thread.opened(28)
    thread.proposed(29)
    thread.submitted(29)
    thread.taken(30)
    thread.judged(31, "correct", "documents", "文书引用条款不完整。")
    thread.submitted(33, "已补全引用条款。")


def in_review(thread: Thread, _day: int) -> None:
    """Taken these days, under review."""
    thread.opened(31)
    thread.proposed(32)
    thread.submitted(32)
    thread.taken(33)


def to_take(thread: Thread, _day: int) -> None:
    """Handed in, nobody has taken it."""
    thread.opened(32)
    thread.proposed(33)
    thread.submitted(34)


def to_submit(thread: Thread, _day: int) -> None:
    """Proposed, not handed in."""
    thread.opened(33)
    thread.proposed(34)


def transferred(thread: Thread, day: int) -> None:
    """The reviewer sees a crime: the case goes to another authority."""
    thread.opened(day)
    thread.proposed(day + 1, crime_suspected=True)
    thread.submitted(day + 1)
    thread.taken(day + 1)
    thread.judged(day + 2, "transfer", "crime", "涉嫌犯罪，应当移送。")
    reason = {"to": "检察机关", "reason": "涉嫌犯罪", "on": thread.case.on(day + 4)}
    thread.tell(day + 4, "case.transferred", "10:00", reason)
    thread.ended(day + 4, "turned_criminal")


def review_late(thread: Thread, _day: int) -> None:
    """Taken, and no word for weeks: overdue; then the opinion after all."""
    thread.opened(2)
    thread.proposed(3)
    thread.submitted(3)
    thread.taken(4)
    thread.warned(26, "legal_reviewer", "review_overdue", explained="oversight")
    thread.judged(28, "agree", reasons="同意。")
    thread.made(29)
    thread.published(30)


def review_overdue(thread: Thread, _day: int) -> None:
    """Handed in at the beginning, and still nobody has spoken."""
    thread.opened(1)
    thread.proposed(2)
    thread.submitted(2)
    thread.taken(3)
    thread.warned(28, "legal_reviewer", "review_overdue")


def bypassed(thread: Thread, day: int) -> None:
    """A grave decision made without review: stored, warned of, explained, never published."""
    thread.opened(day)
    thread.made(day + 2)
    thread.warned(day + 3, "case_manager", "decision_without_review", explained="oversight")
    thread.ended(day + 4)


def bypassed_closed(thread: Thread, day: int) -> None:
    """The same, and the inspector closes what cannot be undone."""
    bypassed(thread, day)
    thread.act(
        day + 6, "inspector", "close_warning", kind="decision_without_review",
        case_number=thread.case.number, words="已查明责任，约谈承办单位负责人，决定依法处理。",
    )  # fmt: skip
