"""The contract itself: schemas of the types, and the AsyncAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from mingjing_shared.events import asyncapi_document, event_class, schema_of
from mingjing_shared.web.problems import NotFound

if TYPE_CHECKING:
    from mingjing_shared.errors import MingjingError

_FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600"}


def routes() -> APIRouter:
    """``/intake/schemas/<type>/<major>`` and ``/intake/asyncapi.json``."""
    router = APIRouter(prefix="/intake", tags=["contract"])

    @router.get("/schemas/{event_type}/{major}", summary="事件类型的 JSON Schema")
    async def schema(event_type: str, major: str) -> Response:
        """JSON Schema 2020-12 of a type's data."""
        cls, found = event_class(event_type), schema_of(event_type)
        if cls is None or found is None or major != str(cls.major):
            raise _unknown(event_type, major)
        return Response(orjson.dumps(found), 200, _FOR_AN_HOUR, "application/schema+json")

    @router.get("/asyncapi.json", summary="AsyncAPI 3 文档")
    async def asyncapi() -> Response:
        """Every topic, who writes it, and every type on it."""
        return Response(orjson.dumps(asyncapi_document()), 200, _FOR_AN_HOUR, "application/json")

    return router


def _unknown(event_type: str, major: str) -> MingjingError:
    return NotFound(
        f"没有事件类型 {event_type[:80]} 的第 {major[:8]} 版约定。",
        "全部类型见 /intake/catalogue。",
    )
