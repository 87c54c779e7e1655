"""How a publication goes: in time, late, withheld, corrected, withdrawn."""

from mingjing_deploy.demo.case import MINOR_YEARS, one_person
from mingjing_deploy.demo.thread import Thread


def plain(thread: Thread, day: int) -> None:
    """A small fine: no review needed; published, paid, archived."""
    thread.opened(day)
    thread.documented(day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    thread.published(day + 3)
    thread.paid(day + 4)
    thread.ended(day + 4)
    thread.archived(day + 6)


def published_late(thread: Thread, _day: int) -> None:
    """Nobody masks it in time: overdue, warned of; public weeks later."""
    thread.opened(1)
    thread.proposed(2)
    thread.made(3)
    thread.warned(26, "disclosure_editor", "publication_overdue", explained="oversight")
    thread.published(27)
    thread.ended(28)


def publication_overdue(thread: Thread, _day: int) -> None:
    """Nobody masks it at all."""
    thread.opened(2)
    thread.proposed(3)
    thread.made(4)
    thread.warned(29, "disclosure_editor", "publication_overdue")


def to_mask(thread: Thread, _day: int) -> None:
    """Made and served these days."""
    thread.opened(30)
    thread.proposed(31)
    thread.made(33)


def to_check(thread: Thread, _day: int) -> None:
    """Masked, waits for the second person."""
    thread.opened(29)
    thread.proposed(30)
    thread.made(31)
    thread.for_item(33, "disclosure_editor", "mask")


def to_approve(thread: Thread, _day: int) -> None:
    """Checked, sent back once, checked again; waits for the head."""
    thread.opened(28)
    thread.proposed(29)
    thread.made(30)
    thread.for_item(31, "disclosure_editor", "mask")
    thread.for_item(32, "disclosure_checker", "send_back", reason="第二段的日期写法不统一。")
    thread.for_item(32, "disclosure_editor", "mask")
    thread.for_item(33, "disclosure_checker", "check")


def not_served(thread: Thread, _day: int) -> None:
    """Made, not served yet: it has no effect and cannot be public."""
    thread.opened(31)
    thread.proposed(32)
    thread.made(33, served=False)


def sealed(thread: Thread, day: int) -> None:
    """治安: the record is sealed by the law, nothing is published."""
    thread.opened(day)
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
    thread.opened(day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    note = "已核对户籍，当事人行为时年满十八周岁。"
    thread.for_item(day + 3, "bureau_leader", "release", note=note)
    thread.published(day + 3)


def not_public(thread: Thread, day: int) -> None:
    """The head decides that it is not published."""
    thread.opened(day)
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
    thread.opened(day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    thread.published(day + 3)
    thread.for_item(day + 6, "disclosure_editor", "correct", why="更正正文中的标点。")
    thread.published(day + 6)
    thread.ended(day + 7)


def contradicted(thread: Thread, day: int) -> None:
    """A second casework system tells the same decision otherwise; the first one corrects."""
    thread.opened(day)
    thread.proposed(day + 1)
    thread.made(day + 2)
    told = thread.last("decision.made")
    other = {**told["data"], "outcome": {"kinds": ["warning"]}}
    thread.tell_by("casework-direct", day + 3, "decision.made", "09:00", other)
    thread.corrects(day + 4, told)
    thread.published(day + 5)


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
