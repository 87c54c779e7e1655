"""Query codes as JSON, for publishers' systems that print documents; for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from fastapi import APIRouter, Request

from mingjing_disclosure.acts.query_code import query_codes
from mingjing_shared.errors import NotAllowed
from mingjing_shared.events.values import DecisionId  # noqa: TC001 - msgspec reads it
from mingjing_shared.web.json_body import read_json
from mingjing_shared.web.officer import Caller

if TYPE_CHECKING:
    from mingjing_shared.database import Database

PATH = "/disclosure/api/query-codes"
BODY_BYTES_MAX = 64 * 1024
IDS_MAX = 100
_WAY_OUT = f'请求应为 {{"decision_ids": [决定编号，1 至 {IDS_MAX} 个]}}。'
_NOT_TOLD = {
    "status": 404,
    "detail": "没有收到贵系统报送的这件决定。请先发送“决定作出”事件；刚发送的，请几秒后再试。",
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Of which decisions the codes are asked."""

    decision_ids: Annotated[tuple[DecisionId, ...], msgspec.Meta(min_length=1, max_length=IDS_MAX)]


_DESCRIBED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
        "description": _WAY_OUT,
    },
    "responses": {
        "200": {
            "description": "逐件作答，顺序与请求相同：query_code 为查询码（XXXX-XXXX-XXXX），"
            "或 status 404：贵系统没有报送过这件决定"
        },
        "400": {"description": "请求不合要求，逐处说明"},
        "403": {"description": "只供发布系统以其密钥调用"},
    },
}


def routes(database: Database) -> APIRouter:
    """The codes of a publisher's own decisions."""
    router = APIRouter(prefix="/disclosure/api", tags=["query codes"])

    @router.post("/query-codes", summary="本系统所报决定的当事人查询码", openapi_extra=_DESCRIBED)
    async def codes(request: Request) -> dict[str, Any]:
        caller = _caller(request)
        asked = await read_json(request, Asked, BODY_BYTES_MAX, _WAY_OUT)
        async with database.transaction() as tx:
            found = await query_codes(tx, caller, asked.decision_ids, request.state.request_id)
        return {"query_codes": [_answer(one, found.get(one)) for one in asked.decision_ids]}

    return router


def _answer(decision_id: str, code: str | None) -> dict[str, Any]:
    said = _NOT_TOLD if code is None else {"query_code": code}
    return {"decision_id": decision_id, **said}


def _caller(request: Request) -> Caller:
    who = request.state.who
    if not isinstance(who, Caller):
        raise NotAllowed(
            "查询码只供发布系统以其密钥索取。", "民警办案所需的查询码由办案系统印在决定书上。"
        )
    return who
