"""Every code that review's pages show, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.rules import hearing, transfer
from mingjing_review.rules.materials import MATERIALS
from mingjing_review.rules.progress import STEP_NAMES
from mingjing_review.rules.state import STATE_NAMES
from mingjing_shared.events.codes import (
    AdviserKind,
    BypassHow,
    CaseKind,
    CheckResult,
    DecisionKind,
    Mode,
    Opinion,
    PartyKind,
    PartyRole,
    PenaltyKind,
    Procedure,
    QualificationLevel,
    names_of,
)
from mingjing_shared.web.lists import Word
from mingjing_shared.web.own_log import LogWords, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_TONES = {
    "bypassed": "late",
    "review_required": "soon",
    "submitted": "act",
    "incomplete": "soon",
    "in_review": "act",
    "returned": "soon",
    "opinion_given": "soon",
    "resubmitted": "act",
    "coordinating": "soon",
    "discussion": "soon",
    "transferred": "soon",
    "cleared": "good",
}
STATES: Mapping[str, Word] = {
    code: Word(name, _TONES.get(code, "")) for code, name in STATE_NAMES.items()
}
_HEARING_TONES = {
    "to_tell": "soon",
    "told": "",
    "requested": "act",
    "accepted": "act",
    "noticed": "act",
    "held": "act",
    "reported": "good",
}
HEARING_STATES: Mapping[str, Word] = {
    code: Word(name, _HEARING_TONES.get(code, "")) for code, name in hearing.STATE_NAMES.items()
}
_TRANSFER_TONES = {"to_approve": "soon", "to_hand_over": "soon", "transferred": "good"}
TRANSFER_STATES: Mapping[str, Word] = {
    code: Word(name, _TRANSFER_TONES.get(code, "")) for code, name in transfer.STATE_NAMES.items()
}
LIMIT_STATES: Mapping[str, Word] = {
    "running": Word("在期限内", "act"),
    "standing": Word("停止计算", "soon"),
    "ended": Word("已结束", "good"),
    "no_rule": Word("无适用规则"),
}
HOW = {code: Word(name) for code, name in names_of(BypassHow).items()}
KINDS = {code: Word(name) for code, name in names_of(DecisionKind).items()}
MODES = {code: Word(name) for code, name in names_of(Mode).items()}
OPINIONS = names_of(Opinion)
RESULTS = names_of(CheckResult)
PENALTIES = names_of(PenaltyKind)
CASE_KINDS = names_of(CaseKind)
PROCEDURES = names_of(Procedure)
PARTY_KINDS = names_of(PartyKind)
PARTY_ROLES = names_of(PartyRole)
STEPS = STEP_NAMES
LEVELS = names_of(QualificationLevel)
ADVISER_KINDS = names_of(AdviserKind)
ADVICE = {"supports": "赞同拟处理意见", "doubts": "有不同意见", "other": "其他意见"}
ASSIGNED = {
    "proposed": "按规则分派",
    "absence": "不在岗，按规则改派",
    "reassigned": "改派",
}
STANDINGS: Mapping[str, Word] = {
    "over": Word("资格已过期", "late"),
    "unqualified": Word("没有资格", "late"),
    "close": Word("即将到期", "soon"),
    "near": Word("临近到期", "soon"),
    "valid": Word("资格有效", "good"),
    "open": Word("长期有效", "good"),
    "unknown": Word("名录未载", "soon"),
}
"""How a qualification stands, by how near its end is."""
CONTRACTS: Mapping[str, Word] = {
    "over": Word("聘期已满", "late"),
    "close": Word("即将期满", "soon"),
    "near": Word("临近期满", "soon"),
    "valid": Word("在聘", "good"),
    "open": Word("在聘，无期限", "good"),
    "ahead": Word("尚未开始", ""),
}
MISSING = {
    **{code: dated.versions[-1].title for code, dated in MATERIALS.items()},
    "other": "其他（见说明）",
}
DONE = {
    "submitted": "已送审，等待法制部门受理。",
    "resubmitted": "已再次送审，等待复审。",
    "supplemented": "补正材料已送达，法制部门继续审核。",
    "accepted": "已受理，请逐项审核。",
    "incomplete": "已告知材料不齐，期限自补齐之日的次日起算。",
    "returned": "已退回补正，审核期限停表。",
    "agree": "已出具“同意”意见，该文本可以作出决定，放行凭证已签发。",
    "correct": "已出具“纠正”意见，等待承办单位改正后再次送审。",
    "transfer": "已出具“移送”意见。",
    "extension_asked": "已申请延长审核期限，等待负责人批准；批准之前期限不变。",
    "extended": "已批准延长审核期限。",
    "extension_refused": "已记录：不批准延长，期限不变。",
    "disagreed": "已提出异议，等待其他审核人员复审。",
    "re_reviewed": "已记录复审结果。",
    "coordinated": "已记录协调情况。",
    "discussed": "已记录讨论结论。",
    "reassigned": "已改派，对方的待办中已列出。",
    "engaged": "已登记咨询，收到答复后请在本页记录。",
    "answered": "已记录答复，列入案件审核过程。",
    "absent": "已登记不在岗，尚未受理的送审已按规则改派。",
    "back": "已登记返岗，今天起恢复分派。",
    "registered": "已登记此前从事审核。",
}
LOG = LogWords(
    heading="审核",
    hint="送审、受理、审核意见、放行",
    subjects={
        "decision": SubjectKind("决定", "/review/cases/{id}"),
        "finding": SubjectKind("矛盾", "/review/contradictions/{id}"),
        "reviewer": SubjectKind("审核人员", "/review/reviewers/{id}"),
        "adviser": SubjectKind("法律顾问", "/review/advisers/{id}", shows_id=False),
        "advisers": SubjectKind("法律顾问和公职律师库", "/review/advisers", shows_id=False),
        "unit": SubjectKind("单位审核力量", "/review/staffing/{id}"),
        "case_limit": SubjectKind("办案期限", "/review/limits/{id}"),
        "reminder": SubjectKind("期限提醒", "/review/board"),
        "catalogue": SubjectKind("目录清单", "/review/catalogue/{id}"),
        "law": SubjectKind("法律变更", "/review/catalogue"),
    },
    reason={
        "conflict-of-interest": "本人承办的案件不得由本人审核",
        "overtaken": "他人已先办理",
        "not-now": "审核所处状态不允许",
        "checks-open": "意见与逐项审核结果不符",
        "not-cleared": "尚未放行",
        "may-not-begin": "初次从事审核，没有法律职业资格",
        "not-for-this-desk": "不由本人决定",
        "unsuitable": "所选人员不能承担",
        "decision-unknown": "没有这个决定",
        "own-draft": "本人起草的目录不得由本人指导或者审批",
        "catalogue-unknown": "没有这一版目录",
    }.get,
)
