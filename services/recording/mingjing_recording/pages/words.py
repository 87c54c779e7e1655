"""Every code that recording's pages show, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_recording.rules.access import STATE_NAMES
from mingjing_recording.rules.gap import EXPLANATIONS
from mingjing_shared.audit.purpose import in_words
from mingjing_shared.events.codes import (
    ACTION_NAMES,
    CaseKind,
    EndReason,
    GapEffect,
    GapKind,
    Mode,
    PlaceKind,
    RecordingLevel,
    names_of,
)
from mingjing_shared.web.lists import Word
from mingjing_shared.web.own_log import LogWords, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS: Mapping[str, Word] = {
    **{code: Word(name) for code, name in names_of(RecordingLevel).items()},
    "full": Word(names_of(RecordingLevel)["full"], "act"),
    "nothing": Word("无音像要求"),
}
RECORD_STATES: Mapping[str, Word] = {
    "gap_open": Word("缺录待说明", "late"),
    "unlinked": Word("未关联", "soon"),
    "linked": Word("已关联", "good"),
    "gap_explained": Word("已说明"),
    "archived": Word("已归档", "good"),
    "nothing": Word("无音像要求"),
}
FOOTAGE_STATES: Mapping[str, Word] = {
    "unlinked": Word("未关联", "soon"),
    "linked": Word("已关联", "good"),
    "archived": Word("已归档", "good"),
}
DOCUMENT_STATES: Mapping[str, Word] = {
    "held": Word("已入库", "good"),
    "awaited": Word("待上传", "soon"),
    "missing": Word("逾期未传", "late"),
    "paper": Word("仅有纸质"),
}
CASEFILE_STATES: Mapping[str, Word] = {
    "overdue": Word("逾期未归档", "late"),
    "warned": Word("临近期限", "soon"),
    "open": Word("待归档", "act"),
    "archived": Word("已归档", "good"),
    "no_clock": Word("无期限"),
}
LACKS = {
    "gap": "缺录未说明的执法行为",
    "decision": "没有电子件的决定",
    "document": "没有电子件的文书",
    "footage": "没有入库文件的音视频",
    "differs": "与登记不符的文件",
}
ACTIONS = {code: Word(name) for code, name in ACTION_NAMES.items()}
PLACES = {code: Word(name) for code, name in names_of(PlaceKind).items()}
CASE_KINDS = {code: Word(name) for code, name in names_of(CaseKind).items()}
GAP_KINDS = {code: Word(name) for code, name in names_of(GapKind).items()}
GAP_EFFECTS = {
    code: Word(name, "late" if code == "blocking" else "soon")
    for code, name in names_of(GapEffect).items()
}
REASONS = {code: Word(name) for code, name in EXPLANATIONS.items()}
END_REASONS = {code: Word(name) for code, name in names_of(EndReason).items()}
MODES = {code: Word(name) for code, name in names_of(Mode).items()}
ACCESS_STATES: Mapping[str, Word] = {
    "asked": Word(STATE_NAMES["asked"], "act"),
    "open": Word(STATE_NAMES["open"], "good"),
    "over": Word(STATE_NAMES["over"]),
    "refused": Word(STATE_NAMES["refused"], "late"),
}
LOG = LogWords(
    heading="记录",
    hint="音视频、文书、案卷",
    subjects={
        "action": SubjectKind("执法行为", "/recording/actions/{id}"),
        "footage": SubjectKind("音视频", "/recording/footage/{id}"),
        "document": SubjectKind("文书", "/recording/casefiles/{case_ref}"),
        "casefile": SubjectKind("案卷", "/recording/casefiles/{case_ref}"),
        "upload": SubjectKind("上传", shows_id=False),
        "access_request": SubjectKind("调阅申请", "/recording/access/{id}", shows_id=False),
    },
    reason={
        "recording-not-taken": "文件不符合要求",
        "recording-out-of-range": "超出文件范围",
        "recording-incomplete": "案卷缺少应有内容",
        "recording-own-request": "不能审批本人的申请",
        "recording-not-now": "所处状态不允许",
        "recording-too-large": "文件过大",
        "recording-damaged": "存储内容校验不符",
    }.get,
)
DONE = {
    "kept": "文件已入库：内容已校验、加密并锁定保存。",
    "again": "这个文件先前已经入库，内容完全相同，没有重复保存。",
    "linked": "已关联。",
    "unlinked": "已取消关联。",
    "explained": "缺录说明已登记。",
    "archived": "案卷已归档：归档包已锁定保存。",
    "purpose": "事由已记录，一日内查看本案不再询问。",
    "asked": "已提交申请，等待音视频所属单位负责人审批。",
    "approved": "已批准，申请人现在可以调阅。",
    "refused": "已登记不批准，申请人可见理由。",
}


def purpose_name(said: str | None) -> str:
    """Why somebody looked, without that officer's own words: those are for the inspectorate."""
    return in_words(said or "", whole=False) or "—"


LINKED_BY_RULE = "按案件编号自动关联"


def linked_by(who: str) -> str:
    """By whom a link was made: an officer's number, or the rule."""
    return LINKED_BY_RULE if who.startswith("rule:") else f"民警 {who}"


def size_of(size: int | None) -> str:
    """A length in bytes for reading."""
    if size is None:
        return "—"
    amount, unit = float(size), "字节"
    for larger in ("KB", "MB", "GB"):
        if amount < 1000:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:.0f} {unit}" if unit == "字节" else f"{amount:.1f} {unit}"


def length_of(seconds: int) -> str:
    """A time span for reading."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "小时"), (minutes, "分"), (rest if not hours else 0, "秒")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 秒"
