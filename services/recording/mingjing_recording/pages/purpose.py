"""事由: why somebody looks who has no duty with the case; stated once, it holds for a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from mingjing_recording.acts.viewing import ACT as VIEW
from mingjing_recording.store.case import case_by_ref
from mingjing_recording.store.page.footage import footage_of
from mingjing_recording.store.reach import about
from mingjing_shared.audit.note import Subject
from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import read_form
from mingjing_shared.web.problems import NotFound, PurposeNeeded, ask_purpose
from mingjing_shared.web.purpose import state_purpose, then_in

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.permissions import About
    from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database) -> APIRouter:
    """Where purposes are stated: of a recording, of a case."""
    router = APIRouter(include_in_schema=False)

    @router.post("/recording/footage/{footage_id}/purpose")
    async def of_footage(request: Request, footage_id: str) -> Response:
        row = await footage_of(database, footage_id)
        if row is None:
            raise NotFound("没有这段音视频。", "请从音视频清单进入。")
        subject = Subject("footage", footage_id, row.case_number)
        return await _state(request, subject, about(row), f"/recording/footage/{footage_id}")

    @router.post("/recording/casefiles/{case_ref}/purpose")
    async def of_case(request: Request, case_ref: str) -> Response:
        case = await case_by_ref(database, case_ref)
        if case is None:
            raise NotFound("没有这个案件的案卷。", "案件可能尚未受案，或地址不完整。")
        subject = Subject("casefile", case.case_number, case.case_number)
        return await _state(request, subject, about(case), f"/recording/casefiles/{case_ref}")

    async def _state(request: Request, subject: Subject, what: About, page: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await state_purpose(desk, VIEW, subject, what, form)
        except InvalidInput as error:
            needed = PurposeNeeded("您不是本案现在的经办人员", request.url.path, page)
            return ask_purpose(shell, request, needed, form, error)
        return RedirectResponse(then_in(form, f"{page}?done=purpose"), 303)

    return router
