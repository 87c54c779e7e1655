"""Every way a case goes: the happy paths, and each fault of the contract's thread (events.md §8).

A plot is a function of a thread and the day it begins on. A month has 35 days, 0 to 34; after
the last the clock is back at now. Terms have room on both sides, whatever holidays there are.
"""

from collections.abc import Callable, Mapping

from mingjing_deploy.demo.case import MINOR_YEARS, one_person
from mingjing_deploy.demo.thread import Thread

DAYS = 35
Plot = Callable[[Thread, int], None]
_NOT_PUBLIC_SECURITY = ("cyber", "traffic", "exit_entry", "narcotics", "firearms_explosives",
                        "security_services")  # fmt: skip


def _opened(thread: Thread, day: int) -> None:
    thread.accepted(day)
    thread.acted(day)
    thread.filmed(day)


def plain(thread: Thread, day: int) -> None:
    """A small fine: no review needed; published, paid, archived."""
    _opened(thread, day)
    thread.documented(day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    thread.published(day + 3)
    thread.paid(day + 4)
    thread.ended(day + 4)
    thread.archived(day + 6)


def grave(thread: Thread, day: int) -> None:
    """A grave decision, reviewed and agreed at once; the gate is asked before it is made."""
    _opened(thread, day)
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
    _opened(thread, day)
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
    _opened(thread, 30)
    thread.proposed(31)
    thread.submitted(31)
    thread.handed_back(32, "缺少陈述申辩笔录。")


def returned(thread: Thread, _day: int) -> None:
    """Taken, then returned for a supplement: the clock stands still."""
    _opened(thread, 29)
    thread.proposed(30)
    thread.submitted(30)
    thread.taken(31)
    thread.handed_back(32, "补充现场照片制作说明。")


def to_correct(thread: Thread, _day: int) -> None:
    """An opinion that asks for correction; the unit has not answered yet."""
    _opened(thread, 29)
    thread.proposed(30)
    thread.submitted(30)
    thread.taken(31)
    thread.judged(32, "correct", "law", "裁量幅度与基准不符，请说明理由。")


def resubmitted(thread: Thread, _day: int) -> None:
    """Corrected and handed in again: waits for the second look."""
    _opened(thread, 28)
    thread.proposed(29)
    thread.submitted(29)
    thread.taken(30)
    thread.judged(31, "correct", "documents", "文书引用条款不完整。")
    thread.submitted(33, "已补全引用条款。")


def in_review(thread: Thread, _day: int) -> None:
    """Taken these days, under review."""
    _opened(thread, 31)
    thread.proposed(32)
    thread.submitted(32)
    thread.taken(33)


def to_take(thread: Thread, _day: int) -> None:
    """Handed in, nobody has taken it."""
    _opened(thread, 32)
    thread.proposed(33)
    thread.submitted(34)


def to_submit(thread: Thread, _day: int) -> None:
    """Proposed, not handed in."""
    _opened(thread, 33)
    thread.proposed(34)


def transferred(thread: Thread, day: int) -> None:
    """The reviewer sees a crime: the case goes to another authority."""
    _opened(thread, day)
    thread.proposed(day + 1, crime_suspected=True)
    thread.submitted(day + 1)
    thread.taken(day + 1)
    thread.judged(day + 2, "transfer", "crime", "涉嫌犯罪，应当移送。")
    reason = {"to": "检察机关", "reason": "涉嫌犯罪", "on": thread.case.on(day + 4)}
    thread.tell(day + 4, "case.transferred", "10:00", reason)
    thread.ended(day + 4, "turned_criminal")


def review_late(thread: Thread, _day: int) -> None:
    """Taken, and no word for weeks: overdue; then the opinion after all."""
    _opened(thread, 2)
    thread.proposed(3)
    thread.submitted(3)
    thread.taken(4)
    thread.warned(26, "legal_reviewer", "review_overdue", explained="oversight")
    thread.judged(28, "agree", reasons="同意。")
    thread.made(29)
    thread.published(30)


def review_overdue(thread: Thread, _day: int) -> None:
    """Handed in at the beginning, and still nobody has spoken."""
    _opened(thread, 1)
    thread.proposed(2)
    thread.submitted(2)
    thread.taken(3)
    thread.warned(28, "legal_reviewer", "review_overdue")


def bypassed(thread: Thread, day: int) -> None:
    """A grave decision made without review: stored, warned of, explained, never published."""
    _opened(thread, day)
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


def published_late(thread: Thread, _day: int) -> None:
    """Nobody masks it in time: overdue, warned of; public weeks later."""
    _opened(thread, 1)
    thread.proposed(2)
    thread.made(3)
    thread.warned(26, "disclosure_editor", "publication_overdue", explained="oversight")
    thread.published(27)
    thread.ended(28)


def publication_overdue(thread: Thread, _day: int) -> None:
    """Nobody masks it at all."""
    _opened(thread, 2)
    thread.proposed(3)
    thread.made(4)
    thread.warned(29, "disclosure_editor", "publication_overdue")


def to_mask(thread: Thread, _day: int) -> None:
    """Made and served these days."""
    _opened(thread, 30)
    thread.proposed(31)
    thread.made(33)


def to_check(thread: Thread, _day: int) -> None:
    """Masked, waits for the second person."""
    _opened(thread, 29)
    thread.proposed(30)
    thread.made(31)
    thread.for_item(33, "disclosure_editor", "mask")


def to_approve(thread: Thread, _day: int) -> None:
    """Checked, sent back once, checked again; waits for the head."""
    _opened(thread, 28)
    thread.proposed(29)
    thread.made(30)
    thread.for_item(31, "disclosure_editor", "mask")
    thread.for_item(32, "disclosure_checker", "send_back", reason="第二段的日期写法不统一。")
    thread.for_item(32, "disclosure_editor", "mask")
    thread.for_item(33, "disclosure_checker", "check")


def not_served(thread: Thread, _day: int) -> None:
    """Made, not served yet: it has no effect and cannot be public."""
    _opened(thread, 31)
    thread.proposed(32)
    thread.made(33, served=False)


def sealed(thread: Thread, day: int) -> None:
    """治安: the record is sealed by the law, nothing is published."""
    _opened(thread, day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    thread.paid(day + 3)
    thread.ended(day + 3)
    thread.archived(day + 5)


def minor(thread: Thread, day: int) -> None:
    """The party was not eighteen: withheld by rule."""
    case = thread.case
    case.parties = [one_person(thread.rng, case.first, "penalised", MINOR_YEARS)]
    thread.accepted(day, sensitive=["minor"])
    thread.acted(day)
    thread.filmed(day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    thread.ended(day + 3)


def age_unknown(thread: Thread, day: int) -> None:
    """Nobody knows how old the party is: withheld, until the bureau's leader has decided."""
    for party in thread.case.parties:
        party.pop("birth_date", None)
        if party["kind"] == "person":
            party["resident_id"] = party["resident_id"][:-1] + "?"
    _opened(thread, day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    note = "已核对户籍，当事人行为时年满十八周岁。"
    thread.for_item(day + 3, "bureau_leader", "release", note=note)
    thread.published(day + 3)


def not_public(thread: Thread, day: int) -> None:
    """The head decides that it is not published."""
    _opened(thread, day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    thread.for_item(
        day + 3, "bureau_leader", "withhold", code="third_party", note="涉及第三方商业秘密。"
    )
    thread.ended(day + 4)


def classified(thread: Thread, day: int) -> None:
    """Of a classified case nothing is told but number, unit and time."""
    case = thread.case
    data = {"unit": case.unit.code, "accepted_at": case.at(day, "08:40").isoformat(),
            "classified": True}  # fmt: skip
    thread.tell(day, "case.accepted", "08:40", data)
    thread.ended(day + 9, "not_executable")


def withdrawn(thread: Thread, day: int) -> None:
    """Published, revoked by a court, withdrawn in time: a tombstone stays."""
    plain(thread, day)
    _revoked(thread, day + 10)
    thread.for_item(
        day + 11, "bureau_leader", "withdraw", code="decision_revoked", note="法院判决撤销。"
    )


def withdrawal_overdue(thread: Thread, _day: int) -> None:
    """Published, revoked, and still there: overdue."""
    plain(thread, 3)
    _revoked(thread, 13)
    thread.warned(31, "disclosure_editor", "withdrawal_overdue")


def _revoked(thread: Thread, day: int) -> None:
    case = thread.case
    filed = {"decision_id": case.decision_id, "kind": "litigation", "filed_on": case.on(day - 2)}
    thread.tell(day - 2, "remedy.recorded", "11:00", filed)
    data = {"decision_id": case.decision_id, "on": case.on(day), "by": "人民法院",
            "reason": "主要证据不足"}  # fmt: skip
    thread.tell(day, "decision.revoked", "15:30", data)


def corrected_public(thread: Thread, day: int) -> None:
    """Published, then corrected: a second version with a word to the public."""
    _opened(thread, day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    thread.published(day + 3)
    thread.for_item(day + 6, "disclosure_editor", "correct", why="更正正文中的标点。")
    thread.published(day + 6)
    thread.ended(day + 7)


def contradicted(thread: Thread, day: int) -> None:
    """A second casework system tells the same decision otherwise; the first one corrects."""
    _opened(thread, day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    told = thread.last("decision.made")
    other = {**told["data"], "outcome": {"kinds": ["warning"]}}
    thread.tell_by("casework-direct", day + 3, "decision.made", "09:00", other)
    thread.corrects(day + 4, told)
    thread.published(day + 5)


def casefile_overdue(thread: Thread, _day: int) -> None:
    """Ended at the beginning, never archived: thirty days are over."""
    _opened(thread, 0)
    thread.proposed(0, "10:30")
    thread.made(1)
    thread.published(2)
    thread.ended(2)


def permit(thread: Thread, day: int) -> None:
    """A permit: applied for, granted, published; the licensing system tells its part."""
    case = thread.case
    about = {"decision_id": case.decision_id, "unit": case.unit.code}
    thread.accepted(day)
    thread.tell_by("licensing", day + 2, "permit.applied", "09:00", about)
    thread.tell_by("licensing", day + 3, "permit.accepted", "09:00", about)
    thread.proposed(day + 4)
    thread.made(day + 5)
    granted = {**about, "document_number": case.document, "on": case.on(day + 5)}
    thread.tell_by("licensing", day + 5, "permit.granted", "11:00", granted)
    thread.published(day + 6)
    thread.ended(day + 7)


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
    _opened(thread, day)
    thread.documented(day, paper=True)
    thread.ended(day + 2, "mediated")
    thread.archived(day + 4)


def document_missing(thread: Thread, day: int) -> None:
    """A record was made on site, and its file never came."""
    _opened(thread, day)
    thread.documented(day, uploaded=False)
    thread.proposed(day + 1)
    thread.made(day + 2)
    thread.published(day + 3)
    thread.ended(day + 4)


GRAVE = frozenset(
    {"grave", "corrected_then_agreed", "supplemented", "incomplete", "returned", "to_correct",
     "resubmitted", "in_review", "to_take", "to_submit", "transferred", "review_late",
     "review_overdue", "bypassed", "bypassed_closed"}
)  # fmt: skip
KINDS_OF: Mapping[str, tuple[str, ...]] = {
    "sealed": ("public_security",),
    "mediated": ("public_security",),
    "minor": ("traffic",),
    "age_unknown": ("traffic",),
    "classified": ("criminal",),
    "criminal": ("criminal",),
    "permit": ("permit",),
    "transferred": ("narcotics", "firearms_explosives"),
}


def kinds_of(plot: str) -> tuple[str, ...]:
    """Which kinds of case go this way."""
    return KINDS_OF.get(plot, _NOT_PUBLIC_SECURITY)


PLOTS: Mapping[str, Plot] = {
    one.__name__: one
    for one in (
        plain, grave, corrected_then_agreed, supplemented, incomplete, returned, to_correct,
        resubmitted, in_review, to_take, to_submit, transferred, review_late, review_overdue,
        bypassed, bypassed_closed, footage_late, footage_explained, footage_never, footage_waits,
        footage_loose, published_late, publication_overdue, to_mask, to_check, to_approve,
        not_served, sealed, minor, age_unknown, not_public, classified, withdrawn,
        withdrawal_overdue, corrected_public, contradicted, casefile_overdue, permit, criminal,
        mediated, document_missing,
    )
}  # fmt: skip

FIRST_OF_ALL = (
    "grave", "footage_never", "bypassed_closed", "footage_explained", "in_review",
    "casefile_overdue", "sealed", "corrected_public", "to_check", "not_public", "minor", "to_mask",
)  # fmt: skip
"""With these alone every list has rows in three states."""
MORE_OFTEN = (
    "plain", "grave", "plain", "sealed", "plain", "grave", "permit", "plain", "sealed", "criminal",
    "corrected_then_agreed", "plain", "grave", "mediated", "plain", "supplemented", "sealed",
    "grave", "plain", "casefile_overdue", "footage_late", "plain", "permit",
)  # fmt: skip
"""What a bureau's month is mostly made of."""

IN_A_DAY = (
    "plain", "grave", "sealed", "corrected_then_agreed", "permit", "bypassed", "not_public",
    "supplemented", "minor", "plain", "corrected_public", "age_unknown",
)  # fmt: skip
"""What can be played from beginning to end within a day: nothing that waits for a term."""


def roster(count: int) -> list[str]:
    """Which way each of so many cases goes: the telling ones, then each once, then the usual."""
    rest = [name for name in PLOTS if name not in FIRST_OF_ALL]
    order = [*FIRST_OF_ALL, *rest, *MORE_OFTEN]
    return [order[n] if n < len(order) else MORE_OFTEN[n % len(MORE_OFTEN)] for n in range(count)]
