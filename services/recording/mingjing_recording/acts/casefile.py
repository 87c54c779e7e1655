"""Archiving a case file: everything of the case in one package with the hashes of all of it."""

from __future__ import annotations

import asyncio
import sys
import zipfile
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_recording.errors import Incomplete, NotNow
from mingjing_recording.rules.media import SUFFIXES
from mingjing_recording.store import blob as blob_store
from mingjing_recording.store import case as case_store
from mingjing_recording.store import casefile as store
from mingjing_recording.store.contents import contents_of_case
from mingjing_recording.store.reach import about
from mingjing_recording.store.sealed import LACKING
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import SHANGHAI, legal_now
from mingjing_shared.events.recording import CasefileArchived
from mingjing_shared.events.values import CaseNumber, Sha256
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.web.problems import NotFound

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_recording.acts.keeping import Held, Intake, Vault
    from mingjing_recording.rules.contents import Contents
    from mingjing_shared.database import Transaction
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import Officer

ACT = "recording.archive"
MANIFEST, SUMS = "manifest.json", "sha256sums.txt"


async def ready_to_archive(
    tx: Transaction, case_ref: str, lacking: str
) -> tuple[Row[Any], Contents]:
    """The case and what its file holds, when it may be archived as it is.

    Raises:
        NotFound: the case is not known.
        NotNow: it has not ended, or nothing changed since it was archived.
        Incomplete: a gap is not explained, or something lacks and it is not said why.
    """
    case = await _case(tx, case_ref)
    key = case.case_key
    if key not in await store.ends_that_hold(tx, [key]):
        raise NotNow("执法行为尚未终结，案卷还不能归档。", "收到办案系统的“办结”事件后再归档。")
    contents = await contents_of_case(tx, key)
    package = (await store.packages(tx, [key])).get(key)
    if package is not None and package.contents == contents.digest:
        raise NotNow("案卷已经归档，此后没有新的材料。", "有新材料入库后可以补充归档。")
    if contents.gaps:
        acts = "、".join(lack.id for lack in contents.gaps)
        raise Incomplete(
            f"有 {len(contents.gaps)} 次执法行为缺录而未说明：{acts}。",
            "请先补传录像，或者在执法行为页作出缺录说明。",
        )
    if contents.lacks and not lacking.strip():
        raise Incomplete(
            f"案卷缺 {len(contents.lacks)} 件材料。",
            "请补齐；确实无法补齐的，在“缺件说明”中写明后归档。",
        )
    if not contents.items:
        raise Incomplete("案卷中没有任何材料，不能归档。", "请先上传文书和音视频。")
    return case, contents


async def build_package(
    vault: Vault, officer: Officer, case: Row[Any], contents: Contents, lacking: str
) -> Held:
    """The package of a case file, whole and encrypted, not kept yet.

    Files are proved as they are read; the manifest comes first and names the hash of each.

    Raises:
        CannotReachStore: the object store does not answer.
        Damaged: a file is not what was kept.
    """
    intake = vault.intake(sys.maxsize)
    try:
        paths = {item: _path(place, item) for place, item in enumerate(contents.items, 1)}
        with zipfile.ZipFile(_Sink(intake), "w", zipfile.ZIP_STORED) as package:
            manifest = {
                "case_number": case.case_number,
                "archived_at": legal_now().astimezone(SHANGHAI).isoformat(timespec="seconds"),
                "archived_by": officer.number,
                "items": [{"path": path, **asdict(item)} for item, path in paths.items()],
                "lacks": [asdict(lack) for lack in contents.lacks],
                "lacking": lacking.strip() or None,
            }
            package.writestr(MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
            sums = "".join(f"{item.sha256}  {path}\n" for item, path in paths.items())
            package.writestr(SUMS, sums)
            for item, path in paths.items():
                await _add(vault, package, path, item.sha256)
        return intake.finish()
    except BaseException:
        intake.close()
        raise


async def _add(vault: Vault, package: zipfile.ZipFile, path: str, sha256: str) -> None:
    blob = await blob_store.blob_of(vault.database, sha256)
    assert blob is not None
    info = zipfile.ZipInfo(path)
    info.file_size = blob.size
    with package.open(info, "w") as entry:
        async for piece in vault.plain(blob, 0, blob.size):
            await asyncio.to_thread(entry.write, piece)


async def archive_casefile(
    desk: Desk, case_ref: str, *, package: dict[str, Any], built_from: str, lacking: str
) -> None:
    """Record that a case file is archived as this kept package, and tell it.

    Raises:
        NotAllowed: the officer may not archive this case.
        NotNow, Incomplete: as when it was built; also when something came in since.
    """
    case = await _case(desk.tx, case_ref)
    key, number = case.case_key, case.case_number
    await desk.tx.lock([key])
    await desk.permit(ACT, Subject("casefile", number, number), about(case))
    _, contents = await ready_to_archive(desk.tx, case_ref, lacking)
    if contents.digest != built_from:
        raise NotNow("归档过程中案卷的材料有变化，没有归档。", "请核对材料后重新归档。")
    sha256 = package["sha256"]
    words = (lacking.strip() or None) if contents.lacks else None
    await blob_store.add_blob(desk.tx, package)
    await store.add_package(
        desk.tx,
        {
            "case_key": key,
            "sha256": sha256,
            "case_number": number,
            "items": len(contents.items),
            "contents": contents.digest,
            "lacking": desk.tx.installation.keys.seal_text(words, LACKING.place(sha256=sha256)),
            "archived_by": desk.officer.number,
            "archived_at": legal_now(),
        },
    )
    event = CasefileArchived(
        case_number=CaseNumber(number), package_sha256=Sha256(sha256), items=len(contents.items)
    )
    outbox.add(desk.tx, [Outgoing(event)])
    await bring_up_to_date(desk.tx, Touched(casefiles={key}))


async def _case(tx: Transaction, case_ref: str) -> Row[Any]:
    case = await case_store.case_by_ref(tx, case_ref)
    if case is None:
        raise NotFound("没有这个案件的案卷。", "请从案卷列表进入。")
    return case


def _path(place: int, item: Any) -> str:
    """A path in the package that every system can unpack, whatever the number is."""
    safe = "".join(c if c.isalnum() or c in "-_.()〔〕" else "_" for c in item.id)
    suffix = SUFFIXES.get(item.media_type, "bin")
    return f"data/{item.kind}/{place:03}-{safe[:80]}.{suffix}"


class _Sink:
    """What a package is written to: the intake of a file."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def write(self, data: bytes) -> int:
        self._intake.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Who holds the intake closes it."""
