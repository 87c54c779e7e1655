"""A service's transparency log and receipts over HTTP: for officers, witnesses and the auditor.

Tiles never change once they are there and are kept by caches; the checkpoint is new every few
seconds. Entries name events by id, type and time only: what they say stands in receipts, which
are given to those who may see the case.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003 - FastAPI reads it at run time

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from mingjing_shared.errors import NotAllowed
from mingjing_shared.trust.keys import known_keys, origin_of
from mingjing_shared.trust.proving import logged, receipt_for
from mingjing_shared.trust.receipt import SUFFIX
from mingjing_shared.trust.store import INNER, newest, served_tile
from mingjing_shared.trust.tiles import NoSuchTile, tile_of
from mingjing_shared.web.desk import Desk, at_desk
from mingjing_shared.web.officer import Caller

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.settings import Settings
    from mingjing_shared.trust.keys import KnownKeys
    from mingjing_shared.trust.proving import Logged
    from mingjing_shared.web.reach import Reach

IMMUTABLE = "public, max-age=31536000, immutable"
TEXT = "text/plain; charset=utf-8"
SEES_ALL = ("inspector", "bureau_leader")


@dataclass(frozen=True, slots=True)
class CaseSight:
    """How a service knows whose cases an officer sees: an act, and the table that has them.

    Attributes:
        act: the act of seeing a case here.
        table: a table with a column ``case_ref``.
        unit: its column with the unit's code.
        officers: its column with police numbers, where it has one.
        case: its column with the case's key, where it has not.
        reach: how far an officer reaches with the act, where the service knows more of it.
    """

    act: str
    table: str
    unit: str = "unit"
    officers: str | None = None
    case: str | None = None
    reach: Callable[[Desk, str], Awaitable[Reach]] = Desk.reach

    async def sees(self, desk: Desk, case_ref: str) -> bool:
        """Whether the officer at the desk may see this case."""
        reach = await self.reach(desk, self.act)
        condition, values = reach.condition(self.unit, officers=self.officers, case=self.case)
        row = await desk.tx.first(
            f"SELECT 1 FROM {self.table} WHERE case_ref = :case_ref AND {condition} LIMIT 1",  # noqa: S608 - our own names
            case_ref=case_ref,
            **values,
        )
        return row is not None


def log_paths(service: str) -> tuple[str, ...]:
    """What the auditor's key opens: the log, the receipts."""
    return (f"/{service}/log/", f"/{service}/api/receipts/")


def routes(settings: Settings, database: Database, sight: CaseSight | None) -> APIRouter:
    """``/<service>/log/…`` and ``/<service>/api/receipts/…``.

    Raises:
        Misconfigured: the public keys of the logs cannot be read.
    """
    service, code = settings.service, settings.installation_code
    known = known_keys(settings.log_keys_file)
    router = APIRouter(tags=["log"])
    _log(router, service, code, database, known)

    @router.get(f"/{service}/api/receipts/{{entry_id}}", summary="存证凭证")
    async def receipt(request: Request, entry_id: UUID) -> Response:
        if isinstance(request.state.who, Caller):
            raw = (await receipt_for(database, await logged(database, entry_id))).raw
        else:
            async with at_desk(request, database) as desk:
                found = await logged(desk.tx, entry_id)
                await _refuse_what_is_not_his(desk, found, sight)
                raw = (await receipt_for(desk.tx, found)).raw
        headers = {
            "Content-Type": TEXT,
            "Content-Disposition": f'attachment; filename="{entry_id}{SUFFIX}"',
            "Cache-Control": "no-store",
        }
        return Response(raw, headers=headers)

    return router


def _log(router: APIRouter, service: str, code: str, database: Database, known: KnownKeys) -> None:
    @router.get(f"/{service}/log/checkpoint", summary="检查点")
    async def checkpoint() -> Response:
        row = await newest(database, INNER, covered=True) or await newest(database, INNER)
        if row is None:
            raise HTTPException(404, "日志还没有签名的检查点。")
        headers = {"Content-Type": TEXT, "Cache-Control": "no-cache"}
        return Response(bytes(row.note), headers=headers)

    @router.get(f"/{service}/log/vkey", summary="日志公钥")
    async def vkey() -> Response:
        key = known.log(origin_of(code, service))
        if key is None:
            raise HTTPException(404, "没有登记本日志的公钥。")
        return Response(f"{key.vkey}\n", headers={"Content-Type": TEXT})

    @router.get(f"/{service}/log/witnesses", summary="见证公钥")
    async def witnesses() -> Response:
        lines = "".join(f"{key.vkey}\n" for key in known.witnesses)
        return Response(lines, headers={"Content-Type": TEXT})

    @router.get(f"/{service}/log/{{path:path}}", summary="日志分片")
    async def tile(path: str) -> Response:
        try:
            wanted = tile_of(path)
        except NoSuchTile:
            raise HTTPException(404, "没有这一日志分片。") from None
        held = await served_tile(database, INNER, wanted)
        if held is None:
            raise HTTPException(404, "没有这一日志分片。")
        headers = {"Content-Type": "application/octet-stream", "Cache-Control": IMMUTABLE}
        return Response(held, headers=headers)


async def _refuse_what_is_not_his(desk: Desk, found: Logged, sight: CaseSight | None) -> None:
    """Let through what the officer may see anyway: his own rows, and events of cases he sees.

    Raises:
        NotAllowed: it is neither.
    """
    officer = desk.officer
    if officer.has(*SEES_ALL) or found.officer == officer.number:
        return
    if (
        found.officer is None
        and found.case_ref
        and sight is not None
        and await sight.sees(desk, found.case_ref)
    ):
        return
    raise NotAllowed("您无权查看这条存证记录。", "如因工作需要，请联系督察部门。")
