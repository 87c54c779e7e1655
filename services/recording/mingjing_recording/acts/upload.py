"""Bringing the file of a recording or of a document.

A file brought for an act shows it. A new recording is new material of the act's case, also when
the case file is archived already; a known one is linked as an officer links it, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import uuid_utils

from mingjing_recording.acts.link import ACT as LINK
from mingjing_recording.acts.link import (
    decide_link,
    refuse_if_archived,
    refuse_without_overlap,
)
from mingjing_recording.errors import NotTaken
from mingjing_recording.rules.coverage import Span
from mingjing_recording.rules.document import document_key
from mingjing_recording.store import action as action_store
from mingjing_recording.store import blob as blob_store
from mingjing_recording.store import case as case_store
from mingjing_recording.store import document as document_store
from mingjing_recording.store import footage as footage_store
from mingjing_recording.store import record as record_store
from mingjing_recording.store.reach import about
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now
from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import Officer

ACT = "recording.upload"
Outcome = Literal["kept", "again"]


@dataclass(frozen=True, slots=True)
class FootageTarget:
    """The recording that a file is brought for: one that is known, or a new one.

    Attributes:
        act: the act that it shall be linked to, as it stands; none where nothing is to link.
        began_at: when it began, as far as that is known before the file comes.
        started_at: when it began, as the officer said it of a new one.
        linking: what else is asked to link a known one: act, what for, about what.
    """

    footage_id: str
    is_new: bool
    act: Row[Any] | None
    case_key: str | None
    case_number: str | None
    started_at: datetime | None
    told_sha256: str | None
    about: About
    began_at: datetime | None = None
    linking: tuple[tuple[str, Subject, About], ...] = ()

    @property
    def case_keys(self) -> set[str]:
        """The cases of the recording and of the act."""
        return {key for key in (self.case_key, self.act and self.act.case_key) if key}

    @property
    def subject(self) -> Subject:
        """The recording, for the audit."""
        return Subject("footage", self.footage_id, self.case_number)


@dataclass(frozen=True, slots=True)
class DocumentTarget:
    """The document that a file is brought for."""

    document_key: str
    document_number: str
    case_key: str
    case_number: str
    told_sha256: str | None
    about: About

    @property
    def subject(self) -> Subject:
        """The document, for the audit."""
        return Subject("document", self.document_number, self.case_number)


async def footage_target(
    tx: Transaction,
    officer: Officer,
    *,
    footage_id: str | None,
    action_id: str | None,
    started_at: datetime | None,
) -> FootageTarget:
    """The recording that a file is brought for, by its id, or for an act, or just the officer's.

    Raises:
        InvalidInput: there is no such recording or act, or it began in the future.
    """
    act, of_act = None, About(officer.unit, frozenset({officer.number}))
    if action_id:
        act = (await action_store.actions(tx, [action_id])).get(action_id)
        of_act = await _about_act(tx, action_id)
    if footage_id:
        return await _known_footage(tx, footage_id, act, of_act)
    if started_at is not None and started_at > legal_now():
        raise InvalidInput("录像开始时间在将来。", "按录像画面上的时间填写。")
    return FootageTarget(
        footage_id=f"U-{uuid_utils.uuid7()}",
        is_new=True,
        act=act,
        case_key=act.case_key if act else None,
        case_number=act.case_number if act else None,
        started_at=started_at,
        told_sha256=None,
        about=of_act,
        began_at=started_at,
    )


async def _about_act(tx: Transaction, action_id: str) -> About:
    """What an act is about, as it stands.

    Raises:
        InvalidInput: there is no such act.
    """
    record = (await record_store.records(tx, [action_id])).get(action_id)
    if record is None:
        raise InvalidInput(f"没有编号为 {action_id[:64]} 的执法行为。", "请从执法行为页上传。")
    return about(record)


async def _known_footage(
    tx: Transaction, footage_id: str, act: Row[Any] | None, of_act: About
) -> FootageTarget:
    row = (await footage_store.footage(tx, [footage_id])).get(footage_id)
    if row is None:
        raise InvalidInput(
            f"没有编号为 {footage_id[:64]} 的音视频登记。", "采集登记到达后再上传，或不填编号。"
        )
    fact = (await footage_store.footage_that_holds(tx, [footage_id])).get(footage_id)
    linking: tuple[tuple[str, Subject, About], ...] = ()
    if act and (footage_id, act.action_id) in await footage_store.links(tx, [footage_id]):
        act = None
    if act:
        linking = (
            (LINK, Subject("footage", footage_id, act.case_number), about(row)),
            (LINK, Subject("action", act.action_id, act.case_number), of_act),
        )
    return FootageTarget(
        footage_id=footage_id,
        is_new=False,
        act=act,
        case_key=row.case_key,
        case_number=row.case_number,
        started_at=None,
        told_sha256=fact.sha256 if fact else None,
        about=about(row),
        began_at=row.started_at,
        linking=linking,
    )


async def document_target(
    tx: Transaction, *, case_ref: str, document_number: str
) -> DocumentTarget:
    """The document that a file is brought for.

    Raises:
        InvalidInput: the case is not known.
    """
    case = await case_store.case_by_ref(tx, case_ref)
    if case is None:
        raise InvalidInput("没有这个案件，或者它的受案信息尚未到达。", "请从案卷页上传文书。")
    key = document_key(case.case_key, document_number)
    fact = (await document_store.documents_that_hold(tx, [key])).get(key)
    return DocumentTarget(
        document_key=key,
        document_number=fact.document_number if fact else document_number,
        case_key=case.case_key,
        case_number=case.case_number,
        told_sha256=fact.sha256 if fact else None,
        about=about(case),
    )


def begun_at(target: FootageTarget, said_by_file: datetime | None) -> FootageTarget:
    """The same target; a new recording of which nobody said when it began asks its file.

    Raises:
        NotTaken: the file does not say it either, or names a time to come.
    """
    if not target.is_new or target.started_at is not None:
        return target
    if said_by_file is None or said_by_file > legal_now():
        raise NotTaken(
            "没有填写录像开始时间，文件里也没有可用的拍摄时间，没有保存。",
            "按录像画面上的时间填写后重新上传。",
        )
    return replace(target, started_at=said_by_file, began_at=said_by_file)


async def refuse_late_link(database: Database, target: FootageTarget) -> None:
    """Go on only when a known recording may still be linked, before its file is read.

    Raises:
        NotNow: a case file that it would change is archived.
    """
    if target.linking:
        await refuse_if_archived(database, target.case_keys)


def refuse_other_time(target: FootageTarget, duration_ms: int | None) -> None:
    """Go on only when a recording of this length shows some of the act that it is brought for.

    Raises:
        NotNow: they have no time in common.
    """
    if target.act is not None and target.began_at is not None:
        end = target.began_at + timedelta(milliseconds=duration_ms or 0)
        refuse_without_overlap(Span(target.began_at, end), target.act)


async def add_footage_file(
    desk: Desk, target: FootageTarget, sha256: str, blob: dict[str, Any] | None
) -> Outcome:
    """Record that a kept file is that of a recording; link it to the act it was brought for.

    ``blob`` is the row of a file that is new here. The same file again changes nothing.

    Raises:
        NotAllowed: the officer may not bring files here, or not link it to the act.
        NotTaken: it is not the file that the recorder told of, or another one is here already.
        NotNow: it has no time in common with the act, or a known one's case file is archived.
    """
    await desk.tx.lock([target.footage_id, *target.case_keys])
    await desk.permit(ACT, target.subject, await _about_now(desk.tx, target))
    refuse_other_file(target.told_sha256, sha256)
    if blob is not None:
        await blob_store.add_blob(desk.tx, blob)
    owners = [row for row in await blob_store.owners_of(desk.tx, sha256) if row.kind == "footage"]
    if any(row.id == target.footage_id for row in owners):
        return "again"
    if owners:
        raise NotTaken(
            "同一个文件已经作为另一段音视频入库，没有重复保存。",
            "请到“音视频”中查找已入库的那一段，需要时改挂。",
        )
    if target.footage_id in await footage_store.files_that_hold(desk.tx, [target.footage_id]):
        raise NotTaken("这段音视频已经有入库文件，原始文件不能替换。", "请核对音视频编号。")
    await footage_store.add_file(
        desk.tx,
        {
            "footage_id": target.footage_id,
            "sha256": sha256,
            "case_key": target.case_key,
            "case_number": target.case_number,
            "started_at": target.started_at,
            "kept_by": desk.officer.number,
            "kept_at": legal_now(),
        },
    )
    if target.is_new and target.act is not None:
        await _show(desk, target, target.act.action_id)
    await bring_up_to_date(desk.tx, Touched(footage={target.footage_id}))
    if not target.is_new and target.act is not None:
        await decide_link(desk, target.footage_id, target.act.action_id, is_linked=True)
    return "kept"


async def _about_now(tx: Transaction, target: FootageTarget) -> About:
    """What the recording is about, as it stands: the own one, or the act's for a new one.

    Raises:
        InvalidInput: the recording or the act went since.
    """
    if not target.is_new:
        row = (await footage_store.footage(tx, [target.footage_id])).get(target.footage_id)
        if row is None:
            raise InvalidInput("这段音视频的登记刚刚被撤销。", "请刷新页面后重新选择。")
        return about(row)
    return await _about_act(tx, target.act.action_id) if target.act else target.about


async def _show(desk: Desk, target: FootageTarget, action_id: str) -> None:
    """A new recording shows the act that it was brought for."""
    file = (await footage_store.files_that_hold(desk.tx, [target.footage_id]))[target.footage_id]
    act = (await action_store.actions(desk.tx, [action_id]))[action_id]
    refuse_other_time(replace(target, act=act), file.duration_ms)
    await footage_store.decide(
        desk.tx,
        {
            "footage_id": target.footage_id,
            "action_id": action_id,
            "is_linked": True,
            "decided_by": desk.officer.number,
            "decided_at": legal_now(),
        },
    )


async def add_document_file(
    desk: Desk, target: DocumentTarget, sha256: str, blob: dict[str, Any] | None
) -> Outcome:
    """Record that a kept file is that of a document. The same file again changes nothing.

    Raises:
        NotAllowed: the officer may not bring files of this case.
        NotTaken: it is not the file that casework told of.
    """
    await desk.tx.lock([target.case_key])
    await desk.permit(ACT, target.subject, target.about)
    refuse_other_file(target.told_sha256, sha256)
    if blob is not None:
        await blob_store.add_blob(desk.tx, blob)
    is_new = await document_store.add_file(
        desk.tx,
        {
            "document_key": target.document_key,
            "sha256": sha256,
            "case_key": target.case_key,
            "case_number": target.case_number,
            "document_number": target.document_number,
            "kept_by": desk.officer.number,
            "kept_at": legal_now(),
        },
    )
    await bring_up_to_date(desk.tx, Touched(documents={target.document_key}))
    return "kept" if is_new else "again"


def refuse_other_file(told: str | None, sha256: str) -> None:
    """Take only the file that was told of, where one was.

    Raises:
        NotTaken: the content is another.
    """
    if told is not None and told != sha256:
        raise NotTaken(
            f"文件内容与登记的不同（登记的 SHA-256 以 {told[:8]} 开头，"
            f"所传的以 {sha256[:8]} 开头），没有保存。",
            "请上传登记的那个原始文件；登记有误的，由来源系统更正后再传。",
        )
