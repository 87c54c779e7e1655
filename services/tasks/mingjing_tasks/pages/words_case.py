"""Stages, clocks and outcomes of a case, in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from mingjing_shared.events.codes import Opinion, PenaltyKind, names_of
from mingjing_tasks.pages.words_rule import RULES

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Row

    from mingjing_tasks.rules.clock import CaseClock
    from mingjing_tasks.rules.stage import Stage

STAGES = {
    "accepted": "受案",
    "investigation": "调查取证",
    "review": "法制审核",
    "decision": "决定",
    "publication": "公示",
    "casefile": "归档",
}
STANDINGS = {"done": "已完成", "now": "进行中", "late": "已超期", "void": "无需", "todo": "未开始"}
CLOCKS = {
    "publication": "决定公开",
    "casefile": "案卷归档",
    "review": "出具审核意见",
    "deciding": "案件办结",
    "reconsideration": "当事人申请复议",
}
STARTS = {"deciding": "受案", "reconsideration": "送达"}
_OPINIONS = names_of(Opinion)
_PENALTIES = names_of(PenaltyKind)


@dataclass(frozen=True, slots=True)
class StageWords:
    """A stage as the bar shows it."""

    name: str
    standing: str
    state: str
    said: str


@dataclass(frozen=True, slots=True)
class ClockWords:
    """A clock as the list of terms shows it."""

    name: str
    tone: str
    number: str
    unit: str
    due_on: date | None
    provisional: bool
    why: str
    long_why: str | None
    task: int | None


def opinion_word(code: object) -> str | None:
    """An opinion of review in words."""
    return _OPINIONS.get(str(code)) if code else None


def stage_words(stage: Stage) -> StageWords:
    """A stage in words: its name, how it stands, and one thing more."""
    said = {
        "accepted": _day(stage.on),
        "investigation": f"{stage.said.get('acts', 0)} 次执法行为",
        "review": _review(stage),
        "decision": _decision(stage),
        "publication": _publication(stage),
        "casefile": _casefile(stage),
    }[stage.code]
    state = STANDINGS[stage.standing]
    return StageWords(STAGES[stage.code], stage.standing, state, said or state)


def clock_words(clock: CaseClock) -> ClockWords:
    """A clock in words: how much is left, of what, and why."""
    number = "—" if clock.left is None else str(abs(clock.left))
    unit = "工作日" if clock.working else "日"
    if clock.left is None:
        unit = "无期限" if clock.due_on is None else ""
    elif clock.left < 0:
        unit = f"{unit}，已逾期"
    return ClockWords(
        name=CLOCKS[clock.code],
        tone=clock.tone,
        number=number,
        unit="未起算" if clock.tone == "none" and clock.due_on is None else unit,
        due_on=clock.due_on,
        provisional=clock.provisional,
        why=_told(clock),
        long_why=clock.why,
        task=clock.task,
    )


def outcome_words(decision: Row[Any]) -> list[tuple[str, str]]:
    """What a decision says: its number, kinds and sums."""
    outcome = decision.outcome or {}
    parts = [_PENALTIES.get(kind, kind) for kind in outcome.get("kinds", ())]
    for field, name in (("fine", "罚款"), ("confiscated", "没收")):
        if amount := outcome.get(field):
            parts = [part for part in parts if part != name] + [f"{name} {_yuan(amount)} 元"]
    if days := outcome.get("detention_days"):
        parts = [part for part in parts if part != "行政拘留"] + [f"行政拘留 {days} 日"]
    found = [("文书字号", decision.document_number)] if decision.document_number else []
    return [*found, *([("处理", "、".join(parts))] if parts else [])]


def _told(clock: CaseClock) -> str:
    if clock.from_on is not None:
        return f"{STARTS[clock.code]} {_day(clock.from_on)} 起算 · {clock.source}"
    if clock.due_on is None and clock.tone == "none":
        return "执法行为终结后起算"
    rule = RULES.get(clock.rule or "", clock.rule or "")
    department = {"publication": "公示", "casefile": "记录", "review": "审核"}[clock.code]
    text = f"由{department}部门按规则计算" + (f"（{rule}）" if rule else "")
    return text + ("，放假安排未公布，暂定" if clock.provisional else "")


def _review(stage: Stage) -> str:
    said = stage.said
    if said.get("bypassed"):
        return "未审先决"
    if stage.standing == "void":
        return "无需审核"
    rounds, opinion = said.get("rounds") or 0, opinion_word(said.get("opinion"))
    if stage.standing == "done":
        return f"{rounds} 轮 · {opinion}" if rounds and opinion else "审核通过"
    if stage.standing not in ("now", "late"):
        return ""
    return _in_review(stage, rounds, opinion)


def _in_review(stage: Stage, rounds: int, opinion: str | None) -> str:
    if stage.said.get("returned"):
        return "退回补正，停表"
    if opinion in ("纠正", "移送"):
        return f"第 {rounds} 轮 · {opinion}"
    if not stage.said.get("submitted"):
        return "待送审"
    return f"应于 {_day(stage.on)} 前出具意见" if stage.on else "审核中"


def _decision(stage: Stage) -> str:
    if stage.standing == "done":
        fallen = stage.said.get("fallen") or 0
        return f"{_day(stage.on)}{'，后被撤销' if fallen else ''}"
    return "待作出" if stage.standing == "now" else ""


def _publication(stage: Stage) -> str:
    if stage.said.get("withdrawn"):
        return f"{_day(stage.on)} 已撤回"
    if stage.standing == "void":
        return "不予公开"
    if stage.standing == "done":
        return f"{_day(stage.on)} 已公示"
    if stage.standing == "late":
        return f"{_day(stage.on)} 已到期"
    if stage.standing == "now":
        provisional = "（暂定）" if stage.said.get("provisional") else ""
        return f"应于 {_day(stage.on)} 前公开{provisional}" if stage.on else "待公示，无期限"
    return ""


def _casefile(stage: Stage) -> str:
    if stage.standing == "done":
        return f"{_day(stage.on)} 已归档"
    if stage.standing == "late":
        return f"{_day(stage.on)} 已到期"
    if stage.standing == "now" and stage.on:
        return f"应于 {_day(stage.on)} 前归档"
    return "待归档" if stage.said.get("ended") else "结案后起算"


def _day(day: date | None) -> str:
    return day.strftime("%m-%d") if day else ""


def _yuan(amount: object) -> str:
    try:
        value = Decimal(str(amount))
    except InvalidOperation:
        return str(amount)
    return f"{value:,.2f}".removesuffix(".00")
