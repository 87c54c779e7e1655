"""纠错与隐私举报: a form without sign-in, sealed before it is stored."""

import re
from typing import Any

from fastapi import APIRouter, Request, Response

from mingjing_portal.acts.feedback import CONTACT_CHARS_MAX, KINDS, TEXT_CHARS_MAX, Spool
from mingjing_portal.pages.answer import Face
from mingjing_shared.errors import MingjingError, Unavailable
from mingjing_shared.web.forms import Form, read_open_form
from mingjing_shared.web.problems import retry_after
from mingjing_shared.web.signed_in import refuse_foreign_origin

_ITEM = re.compile(r"^[A-Za-z0-9_.:-]{1,64}$")


def routes(face: Face, spool: Spool | None) -> APIRouter:
    """The form, and what it says when it was taken."""
    router = APIRouter(include_in_schema=False)

    def page(request: Request, form: Form, error: Any = None, number: str = "") -> Response:
        response = face.uncached(
            request,
            "feedback.html",
            status=error.status if error else 200,
            form=form,
            error=error,
            number=number,
            kinds=KINDS,
            text_max=TEXT_CHARS_MAX,
            contact_max=CONTACT_CHARS_MAX,
            is_open=spool is not None,
        )
        response.headers.update(retry_after(error))
        return response

    @router.get("/feedback")
    async def empty(request: Request, item: str = "", kind: str = "") -> Response:
        given = {"item": item if _ITEM.match(item) else "", "kind": kind if kind in KINDS else ""}
        return page(request, Form(values=given))

    @router.post("/feedback")
    async def sent(request: Request) -> Response:
        refuse_foreign_origin(request)
        form = await read_open_form(request)
        try:
            number = await _take(form, spool)
        except MingjingError as error:
            return page(request, form, error)
        return page(request, Form(), number=number)

    return router


async def _take(form: Form, spool: Spool | None) -> str:
    if spool is None:
        raise Unavailable("暂时不能在线提交。", "请向作出决定的公安机关办事窗口反映。")
    kind = form.choice("kind", "要反映的情况", KINDS)
    text = form.text("text", "具体内容", chars_max=TEXT_CHARS_MAX)
    contact = form.text("contact", "联系方式", required=False, chars_max=CONTACT_CHARS_MAX)
    item_id = form.values.get("item", "").strip()
    if item_id and not _ITEM.match(item_id):
        form.problems["item"] = "公示编号不对，请从该公示页面进入本表，或留空。"
    form.refuse_if_wrong()
    return await spool.put(kind=kind, item_id=item_id or None, text=text, contact=contact)
