"""Errors as answers: ``application/problem+json`` for machines, a Chinese page for people.

Nothing that was sent is repeated, and no stack trace leaves the process: the request's id ties
an answer to the log.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from starlette.responses import Response

from mingjing_shared.audit.purpose import STATED
from mingjing_shared.errors import InvalidInput, MingjingError, Unavailable
from mingjing_shared.web.forms import Form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException
    from starlette.requests import Request

    from mingjing_shared.web.shell import Shell

PROBLEM = "application/problem+json; charset=utf-8"
_FOR_MACHINES = re.compile(r"^(?:/[a-z]+)?/api(?:/|$)|^/intake(?:/|$)")
_TITLES = {
    400: "所提交的内容有误",
    401: "需要登录",
    403: "没有权限",
    404: "没有这个页面",
    405: "不支持的操作",
    409: "与现有内容冲突",
    413: "内容过大",
    415: "内容类型不符",
    422: "所提交的内容有误",
    428: "需要填写查看事由",
    429: "请求过于频繁",
    500: "内部错误",
    503: "暂时不可用",
}
_WRONG_BY_KIND = {
    "missing": "缺少此项。",
    "int_parsing": "应为整数。",
    "date_from_datetime_parsing": "应为 YYYY-MM-DD 格式的日期。",
    "date_parsing": "应为 YYYY-MM-DD 格式的日期。",
    "enum": "不在允许的取值之内。",
    "literal_error": "不在允许的取值之内。",
    "string_too_long": "过长。",
    "string_too_short": "过短。",
    "json_invalid": "不是合法的 JSON。",
}


class NotFound(MingjingError):
    """Nothing is at this address."""

    status = 404
    code = "not-found"


class MethodNotAllowed(MingjingError):
    """The address is there, but not for this."""

    status = 405
    code = "method-not-allowed"


class PurposeNeeded(MingjingError):
    """Who may look and is not on duty with it says why first; ``action`` takes the answer."""

    status = 428
    code = "purpose-needed"

    def __init__(self, what: str, action: str, then: str = "") -> None:
        super().__init__(f"{what}，请先填写查看事由。", "填写后一日内不再询问。")
        self.action = action
        self.then = then


class Internal(MingjingError):
    """We failed; the log says how, under the request's id."""

    status = 500
    code = "internal"


def internal() -> Internal:
    """What a reader is told when we failed for a reason that is none of his business."""
    return Internal(
        "系统内部出错，本次操作没有完成。", "请稍后重试；仍不行，请把请求编号告诉管理员。"
    )


def unavailable() -> Unavailable:
    """What a reader is told while the database is away."""
    return Unavailable(
        "数据库暂时不可用，本次操作没有完成。", "请稍后重试。", retry_after_seconds=5
    )


def problem(request: Request, error: MingjingError) -> Response:
    """An error as a problem document."""
    request_id = request.state.request_id
    body: dict[str, Any] = {
        "type": f"urn:mingjing:problem:{error.code}",
        "title": title_of(error.status),
        "status": error.status,
        "detail": error.message + error.way_out,
        "way_out": error.way_out,
        "instance": f"urn:uuid:{request_id}",
        **error.details,
    }
    content = orjson.dumps(body, default=str)
    return Response(content, error.status, _headers(error), media_type=PROBLEM)


def is_for_machines(request: Request) -> bool:
    """Whether, by its address, a machine asks."""
    return _FOR_MACHINES.match(request.url.path) is not None


def render(shell: Shell, request: Request, error: MingjingError) -> Response:
    """An error for whoever asked: by the address, a machine or a person."""
    if is_for_machines(request):
        return problem(request, error)
    if isinstance(error, PurposeNeeded):
        return ask_purpose(shell, request, error, Form())
    return shell.page(
        request,
        "problem.html",
        status=error.status,
        headers=_headers(error),
        code=error.status,
        name=title_of(error.status),
        message=error.message,
        way_out=error.way_out,
    )


def ask_purpose(
    shell: Shell,
    request: Request,
    needed: PurposeNeeded,
    form: Form,
    wrong: MingjingError | None = None,
) -> Response:
    """The page that asks why somebody looks; with what was typed, when that was wrong."""
    here = request.url.path if request.method == "GET" else ""
    return shell.page(
        request,
        "purpose_asked.html",
        status=(wrong or needed).status,
        headers=_headers(needed),
        message=needed.message,
        action=needed.action,
        then=form.values.get("then", needed.then or here),
        purposes=STATED,
        form=form,
        error=wrong,
    )


def title_of(status: int) -> str:
    """A status in words."""
    return _TITLES.get(status) or _TITLES[400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500]


def from_http(error: HTTPException) -> MingjingError:
    """What the framework itself refuses: an address or a method that is not there."""
    if error.status_code == HTTPStatus.NOT_FOUND:
        return NotFound("这个地址没有内容。", "请检查地址，或从上方各部门进入。")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return MethodNotAllowed("这个地址不支持所用的请求方法。", "请查阅接口说明。")
    refused = InvalidInput("请求无法处理。", "请检查后重新提交。")
    refused.status = error.status_code  # type: ignore[misc]
    return refused


def from_validation(error: RequestValidationError) -> InvalidInput:
    """Parameters of the wrong form, each with its place and what is wanted."""
    found = error.errors()
    return InvalidInput(
        f"有 {len(found)} 处参数不合要求：{_places(found)}。",
        "请按接口说明修改后重试。",
        errors=[
            {
                "path": _path(one),
                "message": _WRONG_BY_KIND.get(one["type"], "取值不合要求。"),
                "rule": one["type"],
            }
            for one in found
        ],
    )


def _places(found: Sequence[Mapping[str, Any]]) -> str:
    return "、".join(dict.fromkeys(_path(one) for one in found))


def _path(one: Mapping[str, Any]) -> str:
    """Where it is, by our own names only: parts of the address or names of parameters."""
    return ".".join(str(part) for part in one["loc"][1:2]) or str(one["loc"][0])


def retry_after(*errors: MingjingError | None) -> dict[str, str]:
    """The header that says when to ask again: the longest wait that any of these asks for."""
    asked = [error.details.get("retry_after_seconds") for error in errors if error is not None]
    waits = [seconds for seconds in asked if seconds]
    return {"Retry-After": str(max(waits))} if waits else {}


def _headers(error: MingjingError) -> dict[str, str]:
    headers = {"Cache-Control": "no-store", **retry_after(error)}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return headers
