"""Looking at a kept file, reading what people wrote: only who may, and every look is noted.

Each look has a purpose: the officer's duty, what the officer stated, or what a leader of the
footage's unit approved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mingjing_recording.rules.duty import duty_to_look
from mingjing_recording.store import blob as store
from mingjing_recording.store.access import duties_at, open_request
from mingjing_recording.store.reach import about
from mingjing_shared.audit.note import Subject
from mingjing_shared.audit.purpose import Purpose
from mingjing_shared.clock import legal_now, machine_now
from mingjing_shared.events.recording import FootageAccessed
from mingjing_shared.events.values import CaseNumber, FootageId, PoliceNumber
from mingjing_shared.law.case_number import case_key
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.web.permissions import allowing_role
from mingjing_shared.web.problems import NotFound, PurposeNeeded
from mingjing_shared.web.purpose import look_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import HeldRole
    from mingjing_shared.web.permissions import About
    from mingjing_shared.web.purpose import Look

ACT = "recording.view"
APPROVED = "recording.view_approved"
# A player asks for a file in pieces, with pauses: what is asked within this time is one look.
LOOK_ENDS_AFTER = timedelta(minutes=15)
# However steadily it is asked for: after this time it is another look.
LOOK_LASTS_AT_MOST = timedelta(hours=1)
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Ground:
    """On what ground a file is looked at: as part of what, by which act and role, and why."""

    owner: Row[Any]
    act: str
    role: HeldRole
    purpose: Purpose
    approved_by: str | None = None


async def look_at(desk: Desk, sha256: str) -> Row[Any]:
    """The kept file with this content, for an officer who may see something it belongs to.

    The first request of a look is noted in the audit and told; those that follow are not. A look
    lasts an hour at most, and is another one under another role or for another purpose.

    Raises:
        NotFound: there is no such file, or nothing here has it any more.
        NotAllowed: the officer may see nothing that it belongs to; noted every time.
        PurposeNeeded: the officer is to say why first.
    """
    blob = await store.blob_of(desk.tx, sha256)
    owners = await store.owners_of(desk.tx, sha256) if blob else []
    if blob is None or not owners:
        raise NotFound("没有这个文件。", "请从执法行为、音视频或案卷页打开。")
    ground = await _ground(desk, owners)
    owner, now, me = ground.owner, machine_now(), desk.officer.number
    began = await store.begin_viewing(
        desk.tx,
        {"officer": me, "sha256": sha256, "now": now, "looks_as": _looks_as(ground)},
        idle_since=now - LOOK_ENDS_AFTER,
        begun_before=now - LOOK_LASTS_AT_MOST,
    )
    if began:
        await desk.saw(
            ground.act,
            _subject(owner),
            about(owner),
            ground.purpose.said,
            by=ground.role,
            approved_by=ground.approved_by,
        )
        if owner.kind == "footage":
            outbox.add(desk.tx, [Outgoing(_accessed(ground, me))])
    else:
        await store.go_on_viewing(desk.tx, me, sha256, now, now - NOTED_EVERY)
    return blob


async def look_here(desk: Desk, subject: Subject, what: About) -> Look | None:
    """How the officer would look at this: by duty or by what was stated; none: may not at all."""
    reviewers, casefile = set[str](), None
    if subject.case_number is not None:
        reviewers, casefile = await duties_at(desk.tx, case_key(subject.case_number))

    def duty_of(role: HeldRole) -> str | None:
        is_reviewer = not reviewers.isdisjoint({desk.officer.number, role.instead_of})
        return duty_to_look(role.code, is_reviewer=is_reviewer, casefile=casefile)

    return await look_of(desk, ACT, subject, what, duty_of)


async def read_words(desk: Desk, subject: Subject, what: About) -> Look | None:
    """How an officer may read words that people wrote about this; with a purpose, it is noted.

    Words may name somebody: they are for who may look at files.
    """
    look = await look_here(desk, subject, what)
    if look is not None and look.purpose is not None:
        await desk.saw(ACT, subject, what, look.purpose.said, by=look.role)
    return look


async def _ground(desk: Desk, owners: Sequence[Row[Any]]) -> _Ground:
    """On what ground the officer looks at a file that belongs to all these.

    Raises:
        NotAllowed: there is none.
        PurposeNeeded: there is one once the officer has said why.
    """
    looks = [(owner, await look_here(desk, _subject(owner), about(owner))) for owner in owners]
    for owner, look in looks:
        if look is not None and look.purpose is not None:
            return _Ground(owner, ACT, look.role, look.purpose)
    waiting = next((owner for owner, look in looks if look is not None), None)
    if waiting is not None:
        raise PurposeNeeded("您不是本案现在的经办人员", _ask_at(desk, waiting))
    approved = await _approved(desk, owners)
    if approved is None:
        await desk.permit(ACT, _subject(owners[0]), about(owners[0]))
        raise AssertionError("what no role allows was permitted")
    return approved


async def _approved(desk: Desk, owners: Sequence[Row[Any]]) -> _Ground | None:
    """What a leader of the footage's unit approved and is still open."""
    footage = {owner.id: owner for owner in owners if owner.kind == "footage"}
    held = await open_request(desk.tx, desk.officer.number, footage, legal_now())
    if held is None:
        return None
    owner = footage[held.looks_at]
    role = allowing_role(desk.officer, APPROVED, about(owner), await desk.tree())
    if role is None:
        return None
    return _Ground(owner, APPROVED, role, Purpose(held.purpose, held.words), held.decided_by)


def _subject(owner: Row[Any]) -> Subject:
    return Subject(owner.kind, owner.id, owner.case_number)


def _ask_at(desk: Desk, owner: Row[Any]) -> str:
    if owner.kind == "footage":
        return f"/recording/footage/{owner.id}/purpose"
    return f"/recording/casefiles/{desk.tx.installation.references.case(owner.case_number)}/purpose"


def _looks_as(ground: _Ground) -> str:
    """By what an officer looks: role, unit, in whose place, why, allowed by whom."""
    role = ground.role
    parts = (role.code, role.unit, role.instead_of, ground.purpose.said, ground.approved_by)
    return " ".join(part or "-" for part in parts)


def _accessed(ground: _Ground, officer: str) -> FootageAccessed:
    owner = ground.owner
    return FootageAccessed(
        footage_id=FootageId(owner.id),
        case_number=CaseNumber(owner.case_number) if owner.case_number else None,
        by=PoliceNumber(officer),
        purpose=ground.purpose.code,
        approved_by=PoliceNumber(ground.approved_by) if ground.approved_by else None,
    )
