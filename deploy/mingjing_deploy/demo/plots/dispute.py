"""Units that do not agree with an opinion, and terms that are extended: in every state."""

from mingjing_deploy.demo.thread import Thread

_MANAGER, _LEADER, _LEGAL = "case_manager", "bureau_leader", "legal_reviewer"


def disputed(thread: Thread, _day: int) -> None:
    """The unit disputes the opinion; nobody has looked at it again yet."""
    _dispute(thread, 30)


def looked_at_again(thread: Thread, _day: int) -> None:
    """Another reviewer maintains the opinion; both sides have not met yet."""
    _look_again(thread, 29)


def to_discuss(thread: Thread, _day: int) -> None:
    """They met and did not agree: it waits for the leader."""
    _meet(thread, 28)


def settled_for_the_unit(thread: Thread, day: int) -> None:
    """The discussion has it reviewed anew; the reviewer agrees."""
    end = _meet(thread, day)
    _step(
        thread, end + 1, _LEADER, "discussed", forum="collective", outcome="reopened",
        note="权利告知已在现场录像中完成，请重新审核。", **_met(thread, end + 1),
    )  # fmt: skip
    thread.judged(end + 2, "agree", reasons="经核对录像，告知已完成，同意。")
    thread.made(end + 3)
    thread.ended(end + 5)


def opinion_stood(thread: Thread, day: int) -> None:
    """The head has the opinion stand; the unit corrects, and passes."""
    end = _meet(thread, day)
    _step(
        thread, end + 1, _LEADER, "discussed", forum="head", outcome="opinion_stands",
        note="应当补充告知后再作决定。", **_met(thread, end + 1),
    )  # fmt: skip
    thread.submitted(end + 2, "已按审核意见补充告知。")
    thread.judged(end + 3, "agree", reasons="已改正，同意。")
    thread.made(end + 4)
    thread.ended(end + 6)


def longer_asked(thread: Thread, _day: int) -> None:
    """The reviewer asks for more time; the leader has not answered."""
    _ask_longer(thread, 31)


def longer_granted(thread: Thread, _day: int) -> None:
    """The leader gave five working days more."""
    _ask_longer(thread, 30)
    _extend(thread, 33, _LEADER, answer="granted", note="案情疑难，同意延长。")


def longer_refused(thread: Thread, _day: int) -> None:
    """The leader did not."""
    _ask_longer(thread, 30)
    _extend(thread, 33, _LEADER, answer="refused", note="案情不复杂，应当在期限内完成。")


def _corrected(thread: Thread, day: int) -> None:
    thread.opened(day)
    thread.proposed(day + 1)
    thread.submitted(day + 1)
    thread.taken(day + 1)
    thread.judged(day + 2, "correct", "procedure", "未见听证权利告知。")


def _dispute(thread: Thread, day: int) -> int:
    _corrected(thread, day)
    note = "现场录像中已告知，见第三段录像。"
    _step(thread, day + 3, thread.handler, "disagreed", checks="procedure", note=note)
    return day + 3


def _look_again(thread: Thread, day: int) -> int:
    end = _dispute(thread, day) + 1
    note = "录像中没有完整告知听证权利，维持。"
    _step(thread, end, _MANAGER, "re_reviewed", outcome="maintained", note=note)
    return end


def _meet(thread: Thread, day: int) -> int:
    end = _look_again(thread, day) + 1
    _step(
        thread, end, _MANAGER, "coordinated", outcome="not_agreed",
        note="双方对告知是否完整认识不一致。", **_met(thread, end),
    )  # fmt: skip
    return end


def _met(thread: Thread, day: int) -> dict[str, str]:
    return {
        "on": thread.case.on(day),
        "people": f"{thread.handler}、法制支队审核人员",
        "unit_says": "现场已口头告知并录像。",
        "reviewers_say": "告知内容不完整，缺少听证期限。",
    }


def _step(thread: Thread, day: int, who: str, step: str, **typed: str) -> None:
    decision = thread.case.decision_id
    thread.act(day, who, "dispute", decision_id=decision, typed={"step": step, **typed})


def _ask_longer(thread: Thread, day: int) -> None:
    thread.opened(day)
    thread.proposed(day + 1)
    thread.submitted(day + 1)
    thread.taken(day + 2)
    _extend(thread, day + 2, _LEGAL, note="需要核对鉴定意见，五个工作日内不能完成。")


def _extend(thread: Thread, day: int, who: str, **typed: str) -> None:
    thread.act(day, who, "longer", decision_id=thread.case.decision_id, typed=typed)
