"""Catalogues in Chinese: states, steps, and what an item asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.pages.words import CASE_KINDS, KINDS, PENALTIES
from mingjing_review.rules.item import FLAGS
from mingjing_review.rules.law_change import DUTY_NAMES
from mingjing_review.rules.versions import STATE_NAMES, STEP_NAMES
from mingjing_shared.web.lists import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingjing_review.rules.item import Item

_TONES = {
    "drafted": "soon",
    "asked": "act",
    "guided": "act",
    "approved": "act",
    "announced": "good",
    "in_force": "good",
}
STATES: Mapping[str, Word] = {
    code: Word(name, _TONES.get(code, "")) for code, name in STATE_NAMES.items()
}
DUTY_TONES = {"overdue": "late", "open": "soon", "adjusted": "good", "checked": "good"}
DUTIES = {code: Word(name, DUTY_TONES.get(code, "")) for code, name in DUTY_NAMES.items()}
STEPS = STEP_NAMES
DIFFERENCES = {
    "added": Word("新增", "good"),
    "changed": Word("修改", "soon"),
    "struck": Word("删除", "late"),
    "kept": Word("不变"),
}
LEVELS = {
    "city": "市局",
    "city_bureau": "市局",
    "department": "支队",
    "county": "分局、县局",
    "district_branch": "分局、县局",
    "station": "派出所、大队",
    "police_station": "派出所",
}
"""Levels of units that the directory is known to use; another one stands for itself."""

DECISION_KINDS = {code: word.name for code, word in KINDS.items()}
CONFIDENCE = {"verified": "已核对原文", "secondary": "转引", "assumed": "推定"}
DONE = {
    "begun": "已起草新版，请修改条目后报请指导。",
    "items": "条目已保存。",
    "strike": "条目已删除。",
    "ask": "已报请上级单位法制部门指导。",
    "guide": "指导意见已出具。",
    "outside": "上级机关指导情况已记录。",
    "back": "已退回修改。",
    "approve": "已审批，可以公布。",
    "publish": "已公布，自施行日起按这一版判断。",
    "check": "已记录：核对后无需调整。",
    "change": "法律变更已登记并通知各部门，目录调整期限开始计算。",
}
_LISTS = (
    ("decision_kinds", "决定种类", DECISION_KINDS),
    ("case_kinds", "领域", CASE_KINDS),
    ("levels", "层级", LEVELS),
    ("penalty_kinds", "处罚种类", PENALTIES),
    ("flags", "情形", FLAGS),
)


def conditions(item: Item) -> list[str]:
    """What an item asks for, condition by condition: all of it must hold."""
    said = [
        f"{label}：{_named(getattr(item, field), words, '且' if field == 'flags' else '或')}"
        for field, label, words in _LISTS
        if getattr(item, field)
    ]
    if item.fine_at_hearing:
        said.append("罚款达到听证数额")
    amounts = [
        f"{who} {_sum(amount)} 元以上"
        for who, amount in (("个人", item.fine_person), ("单位", item.fine_organisation))
        if amount
    ]
    if amounts:
        said.append(f"罚款：{'，'.join(amounts)}")
    if item.confiscated:
        said.append(f"没收：{_sum(item.confiscated)} 元以上")
    if item.detention_days:
        said.append(f"行政拘留：{item.detention_days} 日以上")
    return said


def _sum(amount: str) -> str:
    whole, point, part = amount.partition(".")
    return f"{int(whole):,}{point}{part}"


def _named(codes: Iterable[str], words: Mapping[str, str], between: str) -> str:
    return between.join(words.get(code, code) for code in codes)
