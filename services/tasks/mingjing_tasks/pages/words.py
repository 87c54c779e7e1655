"""Every code that tasks' pages show, in Chinese."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import SHANGHAI
from mingjing_shared.events import event_class, schema_of
from mingjing_shared.events.codes import CaseKind, Mode, Procedure, names_of
from mingjing_shared.events.field_names import FIELD_NAMES
from mingjing_shared.web.lists import Word
from mingjing_shared.web.officer import ROLES
from mingjing_shared.web.own_log import LogWords, SubjectKind
from mingjing_tasks.pages.words_reason import REASON_CODES
from mingjing_tasks.pages.words_rule import RULES
from mingjing_tasks.rules.warning import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WARNING_STATES: Mapping[str, Word] = {
    "raised": Word("未消除", "late"),
    "closed": Word("已核销"),
    "cleared": Word("已消除", "good"),
}
WARNING_KINDS: Mapping[str, Word] = {
    "decision_without_review": Word("未审先决"),
    "footage_missing": Word("录音录像缺失"),
    "review_overdue": Word("审核超期"),
    "publication_overdue": Word("公示超期"),
    "casefile_overdue": Word("归档超期"),
    "withdrawal_overdue": Word("撤回超期"),
    "dead_letters": Word("消息被隔离"),
    "publisher_silent": Word("发布方静默"),
    "log_refused": Word("存证日志异常"),
}
LOG = LogWords(
    heading="任务",
    hint="任务、预警、案件全景、运行",
    subjects={
        "case": SubjectKind("案件", "/tasks/cases/{case_ref}"),
        "timeline": SubjectKind("导出的案件时间线", "/tasks/cases/{case_ref}"),
        "warning": SubjectKind("预警", "/tasks/warnings/{id}"),
        "task": SubjectKind("任务"),
        "page": SubjectKind("页面", shows_id=False),
        "notice": SubjectKind("通知"),
    },
    reason={
        "tasks-cannot-backfill": "不能补发",
        "tasks-damaged-notice": "通知文本有误",
        "tasks-archive-changed": "归档事件校验不符",
        "tasks-cannot-seal": "该月不能封存",
        "tasks-sealed-otherwise": "与已封存内容不符",
    }.get,
)
WARNING_SAYS: Mapping[str, str] = {
    "decision_without_review": "决定应当经过法制审核，作出时没有审核通过。",
    "footage_missing": "应当录音录像的执法行为，上传期限届满仍无录像或录像不完整。",
    "review_overdue": "送审材料齐备后，审核期限届满仍未出具意见。",
    "publication_overdue": "应当公示的决定，期限届满仍未向社会公开。",
    "casefile_overdue": "执法行为终结后，归档期限届满仍未归档。",
    "withdrawal_overdue": "已公开的决定被撤销、变更或确认违法，期限届满仍未撤下。",
    "dead_letters": "有事件任务部门无法接收，已隔离保存，等待处理。",
    "log_refused": "其他部门拒绝见证该部门的存证日志：比见证过的少、与见证过的不一致，或签名不符。",
    "publisher_silent": (
        "该发布方早应有事件到达，却一件未到：与对方约定了静默时限的，已超过约定；没有约定的，"
        "按往周同一时段的通常数量判断。"
    ),
}
WARNING_CLEARS: Mapping[str, str] = {
    "decision_without_review": (
        "审核部门认定已审核或无需审核后自动消除；确系未审先决的，说明后由督察核销。"
    ),
    "footage_missing": "补传录像，或在“记录”中作出缺录说明后自动消除。",
    "review_overdue": "出具审核意见或退回补正后自动消除。",
    "publication_overdue": "公开并经查见，或依法登记不予公开后自动消除。",
    "casefile_overdue": "案卷归档后自动消除。",
    "withdrawal_overdue": "撤下并公开理由后自动消除。",
    "dead_letters": "任务部门的隔离消息全部重放或丢弃后自动消除。",
    "log_refused": "拒绝过的见证重新签名后自动消除；恢复前该部门不再发出事件。",
    "publisher_silent": "该发布方的下一件事件到达后自动消除。",
}
OWNER_ROLES: Mapping[str, str] = dict(ROLES)
HANDLING: Mapping[str, Word] = {
    "waiting": Word("待签收", "late"),
    "taken": Word("办理中", "act"),
    "explained": Word("已说明", "soon"),
}
REASONS: Mapping[str, str] = {
    "data_late": "数据迟到，事实已经办妥",
    "system_fault": "系统或设备故障",
    "oversight": "工作疏漏，已经纠正",
    "allowed_by_law": "依法可以，附依据",
    "other": "其他",
}
SEVERITIES: Mapping[str, Word] = {"high": Word("高", "late"), "medium": Word("中", "soon")}
TASK_STATES: Mapping[str, Word] = {
    "waiting": Word("待签收"),
    "doing": Word("办理中", "act"),
    "data_met": Word("数据达标", "good"),
    "to_verify": Word("待核验", "soon"),
    "verified": Word("核验通过", "good"),
    "downgraded": Word("数据不符（降级）", "late"),
    "overdue": Word("超期", "late"),
}
TASK_ACTS: Mapping[str, Word] = {
    "accepted": Word("签收", "act"),
    "reported": Word("上报进展", "act"),
    "verified": Word("核验通过", "good"),
    "rejected": Word("核验退回", "late"),
}
WAYS: Mapping[str, str] = {
    "data": "数据自动证明",
    "workflow": "流程办理",
    "registry": "登记台账",
    "manual": "人工上报",
}
DUTY_STATES: Mapping[str, Word] = {
    "open": Word("未完成"),
    "done": Word("已完成", "good"),
    "missed": Word("未做到", "late"),
    "void": Word("依法无需"),
}
PARTS: Mapping[str, str] = {
    "counted": "应当做到",
    "met": "按时做到",
    "missed": "没有按时做到",
    "ahead": "尚未到期",
}
PARTS_OF_UNITS: Mapping[str, str] = {
    "counted": "应当达到",
    "met": "达到",
    "missed": "未达到",
    "ahead": "尚未到期",
}
LETTER_STATES: Mapping[str, Word] = {
    "open": Word("待处理", "late"),
    "replayed": Word("已重放", "good"),
    "discarded": Word("已丢弃"),
}
CASE_KINDS = {code: Word(name) for code, name in names_of(CaseKind).items()}
PROCEDURES = {code: Word(name) for code, name in names_of(Procedure).items()}
MODES = {code: Word(name) for code, name in names_of(Mode).items()}
HOMES: Mapping[str, Word] = {
    "inbound": Word("外部系统", "cas"),
    "disclosure": Word("公示", "dis"),
    "recording": Word("记录", "rec"),
    "review": Word("审核", "rev"),
    "tasks": Word("任务", "act"),
}
# Our own long ids and counters, which tell an officer nothing.
_NOT_ON_PAGES = frozenset(
    {"item_id", "review_id", "clearance_id", "warning_id", "revision", "handover_id", "hold_id"}
)
_YES_NO = {True: "是", False: "否"}
_UNITS = frozenset({"unit", "owner_unit", "to_unit"})
_METHODS: Mapping[str, Word] = {
    "direct": Word("直接送达"),
    "left": Word("留置送达"),
    "mail": Word("邮寄送达"),
    "announcement": Word("公告送达"),
    "electronic": Word("电子送达"),
}
_CODES_OF_FIELDS: Mapping[str, Mapping[str, Word]] = {
    "severity": SEVERITIES,
    "method": _METHODS,
    "reason": REASON_CODES,
    "reason_code": REASON_CODES,
    "owner_role": {code: Word(name) for code, name in ROLES.items()},
    "rule": {code: Word(name) for code, name in RULES.items()},
}


def label_of(event_type: str) -> Word:
    """An event type in words, with the tone of the department that sends it."""
    found = event_class(event_type)
    if found is None:
        return Word(event_type)
    return Word(found.label, HOMES.get(found.home, Word("")).tone)


def about_of(kind: str, subject: str) -> str:
    """What a warning is about where no case or decision is: a department by its name."""
    if kind == LETTERS.code and subject in HOMES:
        return f"{HOMES[subject].name}部门"
    return subject


def source_of(source: str) -> str:
    """Who said it: a department by its name, another system by its source."""
    home = source.removeprefix("/mingjing/")
    return HOMES[home].name if home != source and home in HOMES else source


def said(
    event_type: str, codes: Mapping[str, Any], unit_name: Callable[[str], str] = str
) -> list[tuple[str, str]]:
    """The codes of an event in words, field and value, in the order of the contract.

    A day that may still move says so; one that may not says nothing.
    """
    return [
        (FIELD_NAMES.get(name, name), _value(event_type, name, codes[name], unit_name))
        for name in (*_fields(event_type), *sorted(codes.keys() - _fields(event_type).keys()))
        if name in codes
        and name not in _NOT_ON_PAGES
        and not (name == "provisional" and codes[name] is False)
    ]


def unit_codes(codes: Mapping[str, Any], unit_name: Callable[[str], str]) -> dict[str, str]:
    """The codes of the units that an event names, by the names that ``said`` gives them."""
    units = [str(value) for name, value in codes.items() if name in _UNITS]
    return {unit_name(code): code for code in units if unit_name(code) != code}


def _value(event_type: str, name: str, value: Any, unit_name: Callable[[str], str]) -> str:
    if isinstance(value, bool):
        return _YES_NO[value]
    text = str(value)
    if name in _UNITS:
        return unit_name(text)
    if name == "kind" and text in WARNING_KINDS:
        return WARNING_KINDS[text].name
    if name in _CODES_OF_FIELDS and text in _CODES_OF_FIELDS[name]:
        return _CODES_OF_FIELDS[name][text].name
    return names_of_field(event_type, name).get(text) or _time(text)


def _time(text: str) -> str:
    """An instant in Asia/Shanghai, anything else as it is."""
    if len(text) <= len("2026-11-27") or not text[:4].isdigit():
        return text
    try:
        return datetime.fromisoformat(text).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text


@cache
def _fields(event_type: str) -> Mapping[str, Any]:
    return (schema_of(event_type) or {"properties": {}})["properties"]  # type: ignore[no-any-return]


def names_of_field(event_type: str, name: str) -> Mapping[str, str]:
    """The Chinese of every code that a field of an event may hold; none for free ones."""
    field = _fields(event_type).get(name, {})
    names: Mapping[str, str] = field.get("x-names") or field.get("x-known") or {}
    return names
