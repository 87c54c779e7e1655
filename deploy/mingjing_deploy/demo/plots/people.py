"""A review on which an adviser was asked: answered and agreed, or still awaited."""

from mingjing_deploy.demo.thread import Thread


def advised(thread: Thread, day: int) -> None:
    """The reviewer asks an adviser, records the answer, and then agrees."""
    thread.opened(day)
    thread.proposed(day + 1)
    thread.submitted(day + 1)
    thread.taken(day + 1)
    _asked(thread, day + 1)
    thread.act(
        day + 2,
        "legal_reviewer",
        "record_advice",
        decision_id=thread.case.decision_id,
        advice="supports",
        answer="违法行为有连续状态，未超过处罚时效，赞同拟处理意见。",
    )
    thread.judged(day + 2, "agree", reasons="已咨询法律顾问，事实清楚，同意。")
    thread.made(day + 3)
    thread.published(day + 4)
    thread.ended(day + 5)
    thread.archived(day + 7)


def advice_awaited(thread: Thread, _day: int) -> None:
    """An adviser was asked at the end of the month, and has not answered yet."""
    thread.opened(31)
    thread.proposed(32)
    thread.submitted(32)
    thread.taken(33)
    _asked(thread, 33)


def _asked(thread: Thread, day: int) -> None:
    thread.act(
        day,
        "legal_reviewer",
        "ask_adviser",
        decision_id=thread.case.decision_id,
        question="违法行为有无连续或者继续状态，是否已过处罚时效？",
    )
