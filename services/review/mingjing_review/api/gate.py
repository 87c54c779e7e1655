"""The gate as an API: a signed clearance, or a refusal with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from mingjing_review.acts.gate import Asking, Draft, ask_gate
from mingjing_review.acts.matter import about, subject_of
from mingjing_review.store import review as store
from mingjing_shared.errors import Misconfigured
from mingjing_shared.events.codes import DecisionKind  # noqa: TC001 - msgspec reads it
from mingjing_shared.events.values import (  # noqa: TC001 - msgspec reads them
    DecisionId,
    LegalBasis,
    Outcome,
    Party,
)
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.json_body import read_json
from mingjing_shared.web.officer import Caller

if TYPE_CHECKING:
    from mingjing_review.acts.gate import Answer
    from mingjing_review.acts.signing import Signer
    from mingjing_shared.database import Database

BODY_BYTES_MAX = 256 * 1024
_WAY_OUT = "只需送核种类、当事人、依据和处理结果；字段与“拟作决定”事件相同，见 /intake/catalogue。"
PATH = "/review/api/gate"
KEY_PATH = "/review/api/clearance-key"


class AskedDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The text that is asked about, as in ``decision.proposed``."""

    kind: DecisionKind
    basis: tuple[LegalBasis, ...]
    outcome: Outcome
    parties: tuple[Party, ...] = ()


class GateQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """May this text of this decision be decided today?"""

    decision_id: DecisionId
    draft: AskedDraft


_DESCRIBED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
        "description": "{decision_id, draft: {kind, parties, basis, outcome}}，同“拟作决定”事件",
    },
    "responses": {
        "200": {
            "description": "放行凭证：clearance 为紧凑 JWS（Ed25519）；query_code 为印在决定书上的"
            "当事人查询码，见 /disclosure/openapi.json"
        },
        "404": {"description": "没有收到该决定的提请；发布系统只能核对本系统提请的决定"},
        "409": {"description": "不能作出：reasons 逐条说明；文本不一致的，differs 列出不同的字段"},
    },
}


def routes(database: Database, signer: Signer | None) -> APIRouter:
    """The gate, and the key that its answers are checked with."""
    router = APIRouter(prefix="/review/api", tags=["gate"])

    @router.post("/gate", summary="核对能否作出决定", openapi_extra=_DESCRIBED)
    async def gate(request: Request) -> Response:
        question = await read_json(request, GateQuestion, BODY_BYTES_MAX, _WAY_OUT)
        able = _able(signer)
        who = request.state.who
        if isinstance(who, Caller):
            asking = Asking(who.name, request.state.request_id, who.source)
            async with database.transaction() as tx:
                answer = await ask_gate(tx, asking, question.decision_id, _draft(question))
        else:
            answer = await _asked_by_officer(request, database, question)
        return _rendered(answer, question, able)

    @router.get("/clearance-key", summary="核验放行凭证的公钥")
    async def clearance_key() -> dict[str, Any]:
        return _able(signer).public_keys()

    return router


async def _asked_by_officer(request: Request, database: Database, question: GateQuestion) -> Answer:
    async with at_desk(request, database) as desk:
        review = (await store.reviews(desk.tx, [question.decision_id])).get(question.decision_id)
        if review is not None:
            await desk.permit("review.gate", subject_of(review), about(review))
        asking = Asking(desk.officer.number, request.state.request_id)
        return await ask_gate(desk.tx, asking, question.decision_id, _draft(question))


def _draft(question: GateQuestion) -> Draft:
    draft = question.draft
    return Draft(draft.kind, draft.parties, draft.basis, draft.outcome)


def _able(signer: Signer | None) -> Signer:
    if signer is None:
        raise Misconfigured(
            "本机没有配置放行签名密钥，不能签发放行凭证。",
            "请管理员设置 MINGJING_CLEARANCE_KEY_FILE 后重新启动。",
        )
    return signer


def _rendered(answer: Answer, question: GateQuestion, signer: Signer) -> Response:
    if answer.refusal is not None:
        raise answer.refusal
    clearance = answer.clearance
    if clearance is None:
        raise AssertionError("the gate says either")
    return JSONResponse(
        {
            "decision_id": question.decision_id,
            "clearance_id": clearance.clearance_id,
            "draft_sha256": clearance.draft_sha256,
            "kind": clearance.kind,
            "valid_until": clearance.valid_until.isoformat() if clearance.valid_until else None,
            "clearance": signer.sign(question.decision_id, clearance),
            "query_code": answer.query_code,
        }
    )
