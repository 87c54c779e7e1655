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
from mingjing_review.rules.checks import CHECKS, CODES
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
    "wordings": "意见常用写法",
    "hearing_rights": "听证权利",
    "hearing_periods": "听证期限",
    "case_limits": "办案期限",
    "extensions": "办案期限的延长",
    "limit_pauses": "不计入办案期限的时间",
    "transfer": "移送期限",
    "reminders": "期限提醒",
    "assignment": "分派规则",
    "reviewer_entry": "审核人员资格",
    "reviewer_posts": "审核岗位",
    "reviewer_share": "审核人员占比",
    "expiry_warnings": "资格到期提醒",
}
UNITS = {"working_day": "个工作日", "day": "日", "hour": "小时", "month": "个月", "yuan": "元"}
FIELDS = {
    "count": "期限", "at_least": "达到", "at_most": "不超过", "flag": "情形", "flags": "情形",
    "penalty_kind": "处罚种类", "fine_at_least": "罚款达到", "decision_kinds": "决定种类",
    "case_kinds": "领域", "except_case_kinds": "除外领域", "major_rights": "重大权益（处罚种类）",
    "start_event": "起算", "roll": "遇节假日", "national": "全国统一", "level": "程度",
    "people": "人数", "number": "序号", "asks": "审什么", "when": "何时需要", "needed": "必备",
    "kinds": "名称", "hours": "小时", "minutes": "分钟", "begins": "开始的文书",
    "ends": "结束的文书", "fields": "领域", "like_fine": "参照罚款数额", "each": "每件计",
    "urgent": "紧急的每件计", "urgent_within_working_days": "剩余工作日不多于即为紧急",
    "by": "批准机关", "times": "最多次数", "days": "日", "percent_at_least": "占比不低于（%）",
    "levels": "单位级别", "check": "所属审核项", "age": "年龄", "words": "岗位名称含有",
    "text": "写法",
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
    "action.performed.notice": "告知", "review.disagreement_raised": "提出异议",
    "case.accepted": "受案（立案）", "hearing.requested": "当事人要求听证",
    "hearing.noticed": "送达听证通知", "transfer.approved": "批准移送",
    "superior": "上级公安机关", "own": "本级公安机关", "penalty": "行政处罚",
    "city": "市局", "city_bureau": "市局", "county": "县局", "county_bureau": "县局",
    "district": "分局", "district_branch": "分局",
    **{code: CHECKS[code].versions[-1].title for code in CODES},
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
