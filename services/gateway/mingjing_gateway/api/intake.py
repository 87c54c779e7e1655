"""``POST /intake/events`` and its dry run ``POST /intake/validate``."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from mingjing_gateway.acts.intake import ANSWERS
from mingjing_gateway.acts.judging import Incoming, Judge, Refused
from mingjing_gateway.api.body import read_body
from mingjing_gateway.rules.binding import (
    BATCH_EVENTS_MAX,
    BODY_BYTES_MAX,
    Form,
    form_of,
    id_in,
    read_binary,
    read_structured,
    split_batch,
    trace_in,
)
from mingjing_shared.clock import legal_now, machine_now
from mingjing_shared.errors import MingjingError, TooMuch
from mingjing_shared.telemetry.tracing import trace_headers
from mingjing_shared.web.problems import retry_after, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_gateway.acts.intake import Door
    from mingjing_gateway.api.body import Room
    from mingjing_gateway.store.publisher import Registration

ACCEPTED = 202
MULTI_STATUS = 207
_AHEAD = timedelta(hours=24)
_JUDGED_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Submission:
    """What one request brought: its events in order, each judged."""

    publisher: Registration
    is_batch: bool
    judged: Sequence[Incoming | Refused]

    @property
    def fit(self) -> list[Incoming]:
        """Those that may be taken."""
        return [event for event in self.judged if isinstance(event, Incoming)]

    def errors(self, outcomes: Sequence[MingjingError | None]) -> list[MingjingError | None]:
        """For every event why it was not taken; ``outcomes`` are those of the fit ones."""
        rest = iter(outcomes)
        return [item.error if isinstance(item, Refused) else next(rest) for item in self.judged]


def routes(door: Door, room: Room) -> APIRouter:
    """The door's two addresses."""
    router = APIRouter(prefix="/intake", tags=["intake"])

    @router.post("/events", status_code=ACCEPTED, summary="发送事件（单条或批量）")
    async def events(request: Request) -> Response:
        """CloudEvents in binary, structured or batch form; 202 only after Kafka acked."""
        try:
            with room.held_for(request, BODY_BYTES_MAX):
                submission = await _submission(door, request, dry=False)
                outcomes = await door.take(submission.publisher, submission.fit)
        except MingjingError as error:
            ANSWERS.labels(error.status).inc()
            raise
        errors = submission.errors(outcomes)
        for outcome in errors:
            ANSWERS.labels(ACCEPTED if outcome is None else outcome.status).inc()
        return _answer(submission, errors, ACCEPTED, lambda event: {"id": event.event_id})

    @router.post("/validate", status_code=200, summary="试验事件（不保存、不发送）")
    async def validate(request: Request) -> Response:
        """The same checks; names unknown fields; nothing is stored or sent."""
        with room.held_for(request, BODY_BYTES_MAX):
            submission = await _submission(door, request, dry=True)
            outcomes = await door.compare(submission.publisher, submission.fit)
        return _answer(submission, submission.errors(outcomes), 200, _verdict)

    return router


async def _submission(door: Door, request: Request, *, dry: bool) -> Submission:
    """Who sends what; every event read and judged."""
    publisher = await door.publisher(request.headers.get("authorization"))
    if not dry:
        door.require_door(publisher)
    headers = request.headers
    form = form_of(headers.get("content-type"), headers.get("content-encoding"))
    body = await read_body(request, BODY_BYTES_MAX)
    judge = Judge(
        publisher,
        request.app.state.database.installation.references,
        max(legal_now(), machine_now()) + _AHEAD,
        trace_headers().get("traceparent") or trace_in(headers.get("traceparent")),
    )
    if form is Form.BATCH:
        texts = split_batch(body)
        if len(texts) > BATCH_EVENTS_MAX:
            raise TooMuch(
                f"一批至多 {BATCH_EVENTS_MAX:,} 条事件，实为 {len(texts):,} 条。",
                "请分批发送；没有收下任何一条。",
            )
        door.require_share(publisher, len(texts))
        return Submission(publisher, is_batch=True, judged=await _judge_all(judge, texts))
    door.require_share(publisher, 1)
    read = (
        partial(read_structured, body)
        if form is Form.STRUCTURED
        else partial(read_binary, headers.raw, body)
    )
    judged = judge.judge(None, read)
    return Submission(publisher, is_batch=False, judged=[judged])


async def _judge_all(judge: Judge, texts: Sequence[bytes]) -> list[Incoming | Refused]:
    """Each event of a batch on its own; others are served in between."""
    judged: list[Incoming | Refused] = []
    for place, text in enumerate(texts):
        if place % _JUDGED_AT_ONCE == _JUDGED_AT_ONCE - 1:
            await asyncio.sleep(0)
        judged.append(judge.judge(None, partial(read_structured, text)))
    return [
        Refused(id_in(text), item.error) if isinstance(item, Refused) else item
        for item, text in zip(judged, texts, strict=True)
    ]


def _verdict(event: Incoming) -> dict[str, Any]:
    """What the dry run says of an event that would be taken."""
    return {
        "id": event.event_id,
        "valid": True,
        "type": event.record.attributes["type"],
        "partitionkey": event.record.key,
        "topic": event.record.topic,
        "unknown_fields": event.unknown_fields(),
    }


def _answer(
    submission: Submission,
    errors: Sequence[MingjingError | None],
    good: int,
    said: Any,
) -> Response:
    """One problem for one event; for a batch a list in which each event has its own answer."""
    if not submission.is_batch:
        if errors[0] is not None:
            raise errors[0]
        event = submission.judged[0]
        return _json({**said(event), "status": good}, good)
    answers: list[dict[str, Any]] = []
    for index, (item, error) in enumerate(zip(submission.judged, errors, strict=True)):
        if error is None:
            answers.append({"index": index, **said(item), "status": good})
        else:
            own = {"index": index, "id": item.event_id, "status": error.status}
            answers.append({**own, "problem": problem_of(error)})
    return _json(answers, good if not any(errors) else MULTI_STATUS, retry_after(*errors))


def problem_of(error: MingjingError) -> Mapping[str, Any]:
    """An error as the problem document of one event of a batch."""
    return {
        "type": f"urn:mingjing:problem:{error.code}",
        "title": title_of(error.status),
        "status": error.status,
        "detail": error.message + error.way_out,
        "way_out": error.way_out,
        **error.details,
    }


def _json(content: Any, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        orjson.dumps(content), status, dict(headers or {}), media_type="application/json"
    )
