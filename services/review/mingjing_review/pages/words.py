"""Every code that review's pages show, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.rules.materials import MATERIALS
from mingjing_review.rules.progress import STEP_NAMES
from mingjing_review.rules.state import STATE_NAMES
from mingjing_shared.events.codes import (
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
    "transferred": "soon",
    "cleared": "good",
}
STATES: Mapping[str, Word] = {
    code: Word(name, _TONES.get(code, "")) for code, name in STATE_NAMES.items()
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
}
LOG = LogWords(
    heading="审核",
    hint="送审、受理、审核意见、放行",
    subjects={
        "decision": SubjectKind("决定", "/review/cases/{id}"),
        "catalogue": SubjectKind("目录清单", "/review/catalogue/{id}"),
        "law": SubjectKind("法律变更", "/review/catalogue"),
    },
    reason={
        "conflict-of-interest": "本人承办的案件不得由本人审核",
        "overtaken": "他人已先办理",
        "not-now": "审核所处状态不允许",
        "checks-open": "意见与逐项审核结果不符",
        "not-cleared": "尚未放行",
        "decision-unknown": "没有这个决定",
        "own-draft": "本人起草的目录不得由本人指导或者审批",
        "catalogue-unknown": "没有这一版目录",
    }.get,
)
