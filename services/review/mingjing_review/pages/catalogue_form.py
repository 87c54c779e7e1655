"""One item of a draft as a form: added or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Request, Response

from mingjing_review.acts.catalogue import DRAFT, put_item
from mingjing_review.errors import NoCatalogue, NotNow
from mingjing_review.pages.catalogue_version import opened, to_version
from mingjing_review.pages.catalogue_words import DECISION_KINDS, LEVELS
from mingjing_review.pages.words import CASE_KINDS, PENALTIES
from mingjing_review.pages.workbench import seen_in
from mingjing_review.rules.item import FLAGS, Item
from mingjing_review.rules.versions import MAY_FOLLOW
from mingjing_shared.audit.note import Subject
from mingjing_shared.errors import InvalidInput, MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_review.store.catalogue import Version
    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

FINES = {"": "不看罚款", "hearing": "达到听证数额", "fixed": "达到固定数额"}
AMOUNTS = {
    "fine_person": "个人罚款数额",
    "fine_organisation": "单位罚款数额",
    "confiscated": "没收数额",
}


def routes(shell: Shell, database: Database) -> APIRouter:
    """The form, and what it sends."""
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request,
        version_id: str,
        code: str,
        form: Form | None = None,
        error: MingjingError | None = None,
    ) -> Response:
        async with at_desk(request, database) as desk:
            found = await _drafting(desk, version_id)
            tree = await desk.tree()
        if error is None and found.state not in MAY_FOLLOW["changed"]:
            raise NotNow(
                "这一版目录不在起草之中，条目不能修改。", "已公布的目录，请在单位页面起草新版。"
            )
        item = next((one for one in found.items if one.code == code), None)
        if code and item is None and form is None:
            raise NoCatalogue("目录中没有这一项。", "请从这一版目录的页面打开。")
        return shell.page(
            request,
            "catalogue_item.html",
            status=error.status if error else 200,
            form=form or _filled(item),
            error=error,
            version=found,
            unit=tree.name_of(found.unit),
            code=code,
            lists=_lists(tree),
            fines=FINES,
            back=f"/review/catalogue/versions/{quote(version_id, safe='')}",
        )

    @router.get("/review/catalogue/versions/{version_id}/items")
    async def item_form(request: Request, version_id: str, code: str = "") -> Response:
        return await page(request, version_id, code)

    @router.post("/review/catalogue/versions/{version_id}/items")
    async def item_sent(request: Request, version_id: str) -> Response:
        form = await read_form(request)
        code = form.values.get("code", "")
        try:
            async with at_desk(request, database) as desk:
                found = await _drafting(desk, version_id)
                item = _item_in(form, code or _free_code(found), await desk.tree())
                await put_item(desk, version_id, item, seen_in(form))
        except MingjingError as error:
            return await page(request, version_id, code, form, error)
        return to_version(version_id, "items")

    return router


async def _drafting(desk: Desk, version_id: str) -> Version:
    """The version, for who may draft it.

    Raises:
        NoCatalogue, NotAllowed: there is none, or it is not the officer's to draft.
    """
    found = await opened(desk, version_id)
    await desk.permit(DRAFT, Subject("catalogue", found.unit), About(found.unit))
    desk.settle()  # noted as done by the act itself
    return found


def _free_code(found: Version) -> str:
    taken = {item.code for item in found.items}
    number = 1
    while f"item_{number}" in taken:
        number += 1
    return f"item_{number}"


def _lists(tree: UnitTree) -> dict[str, tuple[str, str, Mapping[str, str]]]:
    """What can be ticked: label, hint, codes with their words."""
    levels = {unit.level for unit in tree.units.values()}
    words = {level: LEVELS.get(level, level) for level in sorted(levels)}
    return {
        "decision_kinds": ("决定种类", "是其中之一", DECISION_KINDS),
        "case_kinds": ("领域", "案件类别是其中之一", CASE_KINDS),
        "levels": ("作出决定的单位层级", "是其中之一", words),
        "penalty_kinds": ("处罚种类", "含其中之一", PENALTIES),
        "flags": ("情形", "勾选的全部具备", FLAGS),
    }


def _filled(item: Item | None) -> Form:
    """The form of an item as it stands, or an empty one."""
    form = Form()
    if item is None:
        return form
    for name, value in msgspec.to_builtins(item).items():
        if isinstance(value, list | tuple):
            form.many[name] = list(value)
        else:
            form.values[name] = str(value)
    fixed = item.fine_person or item.fine_organisation
    form.values["fine"] = "hearing" if item.fine_at_hearing else "fixed" if fixed else ""
    return form


def _item_in(form: Form, code: str, tree: UnitTree) -> Item:
    """The item as it was filled in.

    Raises:
        InvalidInput: something is missing or wrong; says where.
    """
    given: dict[str, Any] = {
        "code": code,
        "title": form.text("title", "条目名称", chars_max=200),
        "source": form.text("source", "依据", chars_max=200),
    }
    for name, (label, _, words) in _lists(tree).items():
        chosen = tuple(dict.fromkeys(form.many.get(name, ())))
        if not set(chosen) <= set(words):
            form.problems[name] = f"{label}含有清单之外的选项。"
        given[name] = chosen
    fine = form.values.get("fine", "")
    given["fine_at_hearing"] = fine == "hearing"
    for name, label in AMOUNTS.items():
        text = form.text(name, label, required=False, chars_max=13).replace(",", "")
        wanted = name == "confiscated" or fine == "fixed"
        if text and wanted and not _is_amount(text):
            form.problems[name] = f"{label}“{text}”应为数字，单位元，最多两位小数，例如 10000。"
        given[name] = text if text and wanted else None
    if fine == "fixed" and not given["fine_person"] and not given["fine_organisation"]:
        form.problems["fine"] = "选了“达到固定数额”，请至少填写一个数额。"
    days = form.text("detention_days", "拘留日数", required=False, chars_max=3)
    if days and not (days.isdecimal() and days.isascii() and 1 <= int(days) <= 100):
        form.problems["detention_days"] = f"拘留日数“{days}”应为 1 至 100 的整数。"
    elif days:
        given["detention_days"] = int(days)
    form.refuse_if_wrong()
    try:
        return msgspec.convert(given, Item)
    except msgspec.ValidationError as error:
        raise InvalidInput(
            "条目没有任何条件，会列入全部决定。", "请至少勾选或者填写一个条件。"
        ) from error


def _is_amount(text: str) -> bool:
    whole, _, part = text.partition(".")
    digits = whole + part
    return (
        digits.isascii() and digits.isdecimal() and bool(whole)
        and len(whole) <= 10 and len(part) <= 2 and float(text) > 0
    )  # fmt: skip
