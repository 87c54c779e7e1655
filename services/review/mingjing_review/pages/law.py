"""法律规则: every dated rule that review uses, and what held on a day."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from mingjing_review.pages.catalogue_words import CONFIDENCE, DECISION_KINDS
from mingjing_review.pages.words import CASE_KINDS, PENALTIES
from mingjing_review.rules.item import FLAGS
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import InvalidInput
from mingjing_shared.law.rules import Version, load_dated
from mingjing_shared.web.desk import officer_of
from mingjing_shared.web.lists import Word
from mingjing_shared.web.reach import reaches, refuse_nothing

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.law.rules import Dated
    from mingjing_shared.web.shell import Shell

PACKAGE = "mingjing_review"
SEE = "review.see"
NAMES = {
    "grounds": "法定审核情形",
    "catalogue": "目录清单（平台首版）",
    "hearing": "听证数额",
    "simple": "当场处罚限额",
    "powers": "派出所权限",
    "periods": "期限",
    "limits": "处罚时效",
    "service": "送达期限",
    "staffing": "执法人数",
    "checks": "八项审核",
    "contradictions": "矛盾检查",
    "materials": "送审材料",
}
UNITS = {"working_day": "个工作日", "day": "日", "hour": "小时", "month": "个月", "yuan": "元"}
FIELDS = {
    "count": "期限", "at_least": "达到", "at_most": "不超过", "flag": "情形", "flags": "情形",
    "penalty_kind": "处罚种类", "fine_at_least": "罚款达到", "decision_kinds": "决定种类",
    "case_kinds": "领域", "except_case_kinds": "除外领域", "major_rights": "重大权益（处罚种类）",
    "start_event": "起算", "roll": "遇节假日", "national": "全国统一", "level": "程度",
    "people": "人数", "number": "序号", "asks": "审什么", "when": "何时需要", "needed": "必备",
    "kinds": "名称", "hours": "小时", "minutes": "分钟",
}  # fmt: skip
STATES = {
    "now": Word("有效", "good"),
    "past": Word("已失效"),
    "future": Word("尚未生效", "soon"),
}
_WORDS = {
    **FLAGS, **DECISION_KINDS, **CASE_KINDS, **PENALTIES,
    "none": "不顺延", "next_working_day": "顺延至下一工作日", "True": "是", "False": "否",
    "hearing.fine": "听证数额", "always": "始终", "hearing_due": "达到听证数额",
    "impossible": "不可能", "unlawful": "违法", "doubtful": "存疑", "offence": "违法行为发生",
    "law.changed": "法律变更施行", "decision.made": "作出决定", "*": "任何材料",
    "review.submitted": "材料齐备", "review.opinion_issued": "出具意见",
    "action.performed.notice": "告知",
}  # fmt: skip


class Anything(Version, frozen=True, kw_only=True, forbid_unknown_fields=False, eq=False):
    """A version of any rule: what the page shows of it comes from the file itself."""


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page; the day stands in the address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/review/law")
    async def law(request: Request, on: str | None = None, file: str | None = None) -> Response:
        officer = officer_of(request)
        refuse_nothing(officer, SEE, (await reaches(database, officer, [SEE]))[SEE])
        day = _day(on)
        known = _files()
        if file and file not in known:
            raise InvalidInput("没有这一组规则。", "请从页面上选择。")
        names = [file] if file else sorted(known, key=_place)
        return shell.page(
            request,
            "law.html",
            day=day,
            on=on or "",
            chosen=file,
            files=[(name, NAMES.get(name, name)) for name in sorted(known, key=_place)],
            groups=[(NAMES.get(name, name), name, _rows(name, day)) for name in names],
        )

    return router


def _day(on: str | None) -> date:
    if not on:
        return legal_today()
    try:
        return date.fromisoformat(on)
    except ValueError as error:
        raise InvalidInput(f"“{on[:20]}”不是日期，应为 年-月-日，例如 2026-01-01。",
                           "请在页面上重新选择日期。") from error  # fmt: skip


def _place(name: str) -> tuple[int, str]:
    order = list(NAMES)
    return (order.index(name) if name in order else len(order), name)


@lru_cache(maxsize=1)
def _files() -> frozenset[str]:
    """The names of our law files."""
    return frozenset(
        entry.name.removesuffix(".toml")
        for entry in files(PACKAGE).joinpath("law").iterdir()
        if entry.name.endswith(".toml")
    )


@lru_cache(maxsize=64)
def _raw(name: str) -> dict[str, Any]:
    """A file as it is written: what its rules say beyond what every version has."""
    return tomllib.loads(files(PACKAGE).joinpath("law", f"{name}.toml").read_text(encoding="utf-8"))


def _rows(name: str, day: date) -> list[dict[str, Any]]:
    """Every version of every rule of a file, and how it stands to the day."""
    tables = _raw(name)
    rows = []
    dated: Dated[Anything]
    for key, dated in load_dated(PACKAGE, name, Anything).items():
        for version, raw in zip(dated.versions, tables[key]["version"], strict=True):
            rows.append(
                {
                    "version": version,
                    "value": _value({**tables[key], **raw}),
                    "state": STATES[_state(version, day)],
                    "confidence": CONFIDENCE[version.confidence],
                    "assumed": version.confidence == "assumed",
                }
            )
    return rows


def _state(version: Version, day: date) -> str:
    if version.covers(day):
        return "now"
    return "future" if version.valid_from > day else "past"


_HEAD = frozenset(
    {"id", "title", "task", "valid_from", "valid_to", "source", "confidence", "version", "unit"}
)


def _value(raw: dict[str, Any]) -> list[tuple[str, str]]:
    """What a version says, field by field, in words."""
    unit = UNITS.get(str(raw.get("unit", "")), "")
    found = []
    for field, value in raw.items():
        if field in _HEAD:
            continue
        said = _said(value)
        if field in {"count", "at_least", "at_most"}:
            said += unit or ("元" if field != "count" else "")
        found.append((FIELDS.get(field, field), said))
    return found


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_said(one) for one in value)
    if isinstance(value, dict):
        return "；".join(f"{key} {_said(one)}" for key, one in value.items())
    return _WORDS.get(str(value), str(value))
