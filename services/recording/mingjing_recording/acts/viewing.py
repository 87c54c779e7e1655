"""Looking at a kept file, reading what people wrote: only who may, and every look is noted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mingjing_recording.store import blob as store
from mingjing_recording.store.reach import about
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import machine_now
from mingjing_shared.events.recording import FootageAccessed
from mingjing_shared.events.values import CaseNumber, FootageId, PoliceNumber
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.web.permissions import allowing_role
from mingjing_shared.web.problems import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import HeldRole
    from mingjing_shared.web.permissions import About

ACT = "recording.view"
# A player asks for a file in pieces, with pauses: what is asked within this time is one look.
LOOK_ENDS_AFTER = timedelta(minutes=15)
# However steadily it is asked for: after this time it is another look.
LOOK_LASTS_AT_MOST = timedelta(hours=1)
NOTED_EVERY = timedelta(minutes=1)
PURPOSES = {
    "case_handler": "case_handling",
    "unit_head": "unit_oversight",
    "legal_reviewer": "legal_review",
    "case_manager": "case_management",
    "inspector": "inspection",
    "bureau_leader": "leadership",
}


async def look_at(desk: Desk, sha256: str) -> Row[Any]:
    """The kept file with this content, for an officer who may see something it belongs to.

    The first request of a look is noted in the audit and told; those that follow are not. A look
    lasts an hour at most, and is another one under another role.

    Raises:
        NotFound: there is no such file, or nothing here has it any more.
        NotAllowed: the officer may see nothing that it belongs to; noted every time.
    """
    blob = await store.blob_of(desk.tx, sha256)
    owners = await store.owners_of(desk.tx, sha256) if blob else []
    if blob is None or not owners:
        raise NotFound("没有这个文件。", "请从执法行为、音视频或案卷页打开。")
    owner, role = await _within_reach(desk, owners)
    subject = Subject(owner.kind, owner.id, owner.case_number)
    if role is None:
        await desk.permit(ACT, subject, about(owner))
        raise AssertionError("what no role allows was permitted")
    now, me = machine_now(), desk.officer.number
    purpose = _purpose(role)
    began = await store.begin_viewing(
        desk.tx,
        {"officer": me, "sha256": sha256, "now": now, "looks_as": _held(role)},
        idle_since=now - LOOK_ENDS_AFTER,
        begun_before=now - LOOK_LASTS_AT_MOST,
    )
    if began:
        await desk.saw(ACT, subject, about(owner), purpose)
        if owner.kind == "footage":
            outbox.add(desk.tx, [Outgoing(_accessed(owner, me, purpose))])
    else:
        await store.go_on_viewing(desk.tx, me, sha256, now, now - NOTED_EVERY)
    return blob


async def read_words(desk: Desk, subject: Subject, what: About) -> bool:
    """Whether an officer may read words that people wrote about this; if so, it is noted.

    Words may name somebody: they are for who may look at files.
    """
    role = allowing_role(desk.officer, ACT, what, await desk.tree())
    if role is None:
        return False
    await desk.saw(ACT, subject, what, _purpose(role))
    return True


async def _within_reach(desk: Desk, owners: Sequence[Row[Any]]) -> tuple[Row[Any], HeldRole | None]:
    """What the file belongs to that the officer may see; else the first of all, and no role."""
    tree = await desk.tree()
    for owner in owners:
        role = allowing_role(desk.officer, ACT, about(owner), tree)
        if role is not None:
            return owner, role
    return owners[0], None


def _purpose(role: HeldRole) -> str:
    return PURPOSES.get(role.code, role.code)


def _held(role: HeldRole) -> str:
    """By what an officer looks: role, unit, and in whose place."""
    return " ".join((role.code, role.unit, role.instead_of or "")).rstrip()


def _accessed(owner: Row[Any], officer: str, purpose: str) -> FootageAccessed:
    return FootageAccessed(
        footage_id=FootageId(owner.id),
        case_number=CaseNumber(owner.case_number) if owner.case_number else None,
        by=PoliceNumber(officer),
        purpose=purpose,
    )
