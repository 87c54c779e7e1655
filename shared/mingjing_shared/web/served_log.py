"""A transparency log over HTTP: head, keys, tiles (C2SP tlog-tiles).

Tiles never change once they are there and are kept by caches; the head is new every few seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from mingjing_shared.trust.store import newest, served_tile
from mingjing_shared.trust.tiles import NoSuchTile, tile_of
from mingjing_shared.web.problems import NotFound

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.trust.keys import KnownKeys

IMMUTABLE = "public, max-age=31536000, immutable"
TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
_NO_TILE = ("没有这一日志分片。", "分片的地址按 C2SP tlog-tiles 书写。")


def log_routes(
    prefix: str, origin: str, log: str, database: Database, known: KnownKeys
) -> APIRouter:
    """``<prefix>/log/checkpoint``, ``vkey``, ``vkey-sm2``, ``witnesses``, ``tile/…`` of a log."""
    router = APIRouter(tags=["log"])

    @router.get(f"{prefix}/log/checkpoint", summary="检查点")
    async def checkpoint() -> Response:
        row = await newest(database, log, covered=True) or await newest(database, log)
        if row is None:
            raise NotFound("日志还没有签名的检查点。", "有内容后几秒内签名，请稍后再试。")
        headers = {"Content-Type": TEXT, "Cache-Control": "no-cache"}
        return Response(bytes(row.note), headers=headers)

    _keys(router, prefix, origin, known)

    @router.get(f"{prefix}/log/{{path:path}}", summary="日志分片")
    async def tile(path: str) -> Response:
        try:
            wanted = tile_of(path)
        except NoSuchTile:
            raise NotFound(*_NO_TILE) from None
        held = await served_tile(database, log, wanted)
        if held is None:
            raise NotFound(*_NO_TILE)
        return Response(held, headers={"Content-Type": BYTES, "Cache-Control": IMMUTABLE})

    return router


def _keys(router: APIRouter, prefix: str, origin: str, known: KnownKeys) -> None:
    @router.get(f"{prefix}/log/vkey", summary="日志公钥")
    async def vkey() -> Response:
        key = known.log(origin)
        if key is None:
            raise NotFound("没有登记本日志的公钥。", "请与信息通信部门联系。")
        return Response(f"{key.vkey}\n", headers={"Content-Type": TEXT})

    @router.get(f"{prefix}/log/vkey-sm2", summary="日志的国密 SM2 公钥")
    async def vkey_sm2() -> Response:
        key = known.sm2(origin)
        if key is None:
            raise NotFound("没有登记本日志的 SM2 公钥。", "请与信息通信部门联系。")
        return Response(f"{key.vkey}\n", headers={"Content-Type": TEXT})

    @router.get(f"{prefix}/log/witnesses", summary="见证公钥")
    async def witnesses() -> Response:
        lines = "".join(f"{key.vkey}\n" for key in known.witnesses)
        return Response(lines, headers={"Content-Type": TEXT})
