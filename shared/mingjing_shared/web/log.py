"""A service's transparency log and receipts over HTTP: for officers and the auditor.

Entries name events by id, type and time only: what they say stands in receipts, which
are given to those who may see the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003 - FastAPI reads it at run time

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from mingjing_shared.audit.note import Entry, Subject, note
from mingjing_shared.errors import NotAllowed
from mingjing_shared.events import event_class
from mingjing_shared.trust.keys import known_keys, origin_of
from mingjing_shared.trust.proving import events_of_case, logged, receipt_for
from mingjing_shared.trust.receipt import SUFFIX
from mingjing_shared.trust.store import INNER
from mingjing_shared.web.desk import Desk, at_desk
from mingjing_shared.web.officer import Caller
from mingjing_shared.web.own_log import STANDINGS
from mingjing_shared.web.served_log import TEXT, log_routes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.settings import Settings
    from mingjing_shared.trust.proving import Logged
    from mingjing_shared.web.reach import Reach
    from mingjing_shared.web.shell import Shell

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


def routes(
    shell: Shell, settings: Settings, database: Database, sight: CaseSight | None
) -> APIRouter:
    """``/<service>/log/…``, ``/<service>/api/receipts/…``, and the receipts of a case.

    Raises:
        Misconfigured: the public keys of the logs cannot be read.
    """
    service, code = settings.service, settings.installation_code
    known = known_keys(settings.log_keys_file)
    router = APIRouter(tags=["log"])
    router.include_router(
        log_routes(f"/{service}", origin_of(code, service), INNER, database, known)
    )

    @router.get(f"/{service}/api/receipts/{{entry_id}}", summary="存证凭证")
    async def receipt(request: Request, entry_id: UUID) -> Response:
        if isinstance(request.state.who, Caller):
            async with database.transaction() as tx:
                found = await logged(tx, entry_id)
                raw = (await receipt_for(tx, found)).raw
                await _note_download(tx, request, entry_id, found, request.state.who.name)
        else:
            async with at_desk(request, database) as desk:
                found = await logged(desk.tx, entry_id)
                await _refuse_what_is_not_his(desk, found, sight)
                raw = (await receipt_for(desk.tx, found)).raw
                await _note_download(desk.tx, request, entry_id, found, desk.officer.number)
        headers = {
            "Content-Type": TEXT,
            "Content-Disposition": f'attachment; filename="{entry_id}{SUFFIX}"',
            "Cache-Control": "no-store",
        }
        return Response(raw, headers=headers)

    if sight is not None:
        _of_case(router, shell, database, sight)
    return router


def _of_case(router: APIRouter, shell: Shell, database: Database, sight: CaseSight) -> None:
    @router.get(f"/{shell.service}/fragments/receipts", include_in_schema=False)
    async def of_case(request: Request, case_ref: str) -> Response:
        async with at_desk(request, database) as desk:
            is_seen = await sight.sees(desk, case_ref)
            found = await events_of_case(desk.tx, case_ref) if is_seen else []
        rows = [
            {**one, "label": _label(one["type"]), "standing": STANDINGS[one["standing"]]}
            for one in found
        ]
        return HTMLResponse(shell.text("receipts.html", rows=rows, service=shell.service))


def _label(kind: str) -> str:
    known = event_class(kind)
    return kind if known is None else known.label


async def _note_download(
    tx: Transaction, request: Request, entry_id: UUID, found: Logged, who: str
) -> None:
    """A receipt holds what happened, word for word: whoever takes one is noted."""
    subject = Subject("receipt", str(entry_id), case_ref=found.case_ref)
    request_id = request.state.request_id
    await note(tx, [Entry(who, "receipt.download", "seen", subject, request_id=request_id)])


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
