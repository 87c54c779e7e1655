"""Every code that disclosure's pages show, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.rules.reasons import WITHDRAWAL, WITHHOLDING
from mingjing_disclosure.rules.withholding import PROVISIONS
from mingjing_shared.events.codes import CaseKind, DecisionKind, Mode, names_of
from mingjing_shared.web.lists import Word
from mingjing_shared.web.own_log import LogWords, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Mapping

STATES: Mapping[str, Word] = {
    "to_mask": Word("待脱敏", "soon"),
    "to_check": Word("待复核", "soon"),
    "to_approve": Word("待审批", "soon"),
    "publishing": Word("发布中", "act"),
    "published": Word("已公示", "good"),
    "withheld": Word("不予公开"),
    "corrected": Word("已更正", "good"),
    "withdrawing": Word("撤回中", "act"),
    "withdrawn": Word("已撤回"),
    "waiting_case": Word("待受案信息"),
    "no_clock": Word("无期限"),
}
VIEWS: Mapping[str, Word] = {
    "open": Word("在办", "act"),
    "overdue": Word("逾期未公示", "late"),
    "must_withdraw": Word("应当撤回", "late"),
    "must_correct": Word("应当更正", "late"),
    "all": Word("全部"),
}
SHOWN_ALWAYS = (
    "to_mask", "to_check", "to_approve", "published", "withheld", "corrected", "withdrawn",
)  # fmt: skip
KINDS = {code: Word(name) for code, name in names_of(DecisionKind).items()}
CASE_KINDS = names_of(CaseKind)
MODES = {code: Word(name) for code, name in names_of(Mode).items()}
REASONS: Mapping[str, str] = {
    "sealed_public_security": "治安违法记录依法封存",
    "minor": "当事人行为时未满十八周岁，或者不能排除",
    "age_unknown": "当事人年龄不明",
    "narcotics": "涉毒案件，由人核定",
    "sensitive": "敏感案件，由人核定",
    "decision_revoked": "决定已被撤销",
    "decision_changed": "决定已被变更",
    "decision_found_illegal": "决定已被确认违法",
    "classified": "涉密",
    "decision_gone": "来源系统已更正，决定不再存在",
    **{code: dated.versions[-1].title for code, dated in WITHHOLDING.items()},
    **{code: dated.versions[-1].title for code, dated in WITHDRAWAL.items()},
}
RULES: Mapping[str, str] = {
    dated.versions[-1].id: dated.versions[-1].title for dated in PROVISIONS.values()
}
STEPS: Mapping[str, str] = {
    "disclosure.edit": "编辑公开文本",
    "disclosure.check": "复核通过",
    "disclosure.return": "退回修改",
    "disclosure.approve": "批准公开",
    "disclosure.withhold": "登记不予公开",
    "disclosure.release": "解除不予公开",
    "disclosure.correct": "开始更正",
    "disclosure.keep": "确认无须更正",
    "disclosure.withdraw": "撤回公示",
    "publish": "公众页面核对一致，已公开",
    "correct": "公众页面核对一致，已更正",
    "withdraw": "公众页面已换成撤回说明",
    "leak_free": "发布前泄密检查：未发现泄露",
    "leak_found": "发布前泄密检查发现泄露，已收回，未对外发布",
    "cancel": "发布前复查不再符合公开条件，已收回，未对外发布",
}
DONE: Mapping[str, str] = {
    "saved": "草稿已保存。",
    "submitted": "已提交复核。",
    "check": "复核通过，已提交负责人审批。",
    "return": "已退回编辑修改。",
    "approve": "已批准公开。正在送往门户；打开公众页面核对一致后，状态变为“已公示”。",
    "withhold": "已登记不予公开。",
    "release": "已解除不予公开，请继续办理公开。",
    "correct": "已开始更正。新文本审批公开之前，公众仍看到原来的版本。",
    "keep": "已确认公开内容无须更正。",
    "drop": "已放弃更正，公众看到的内容没有变化。",
    "withdraw": "已撤回。正在把公众页面换成撤回说明。",
    "answer": "已办结这条群众意见。",
    "purpose": "事由已记录，一日内查看本案原文不再询问。",
}
DUTIES: Mapping[str, str] = {
    "to_mask": "脱敏",
    "to_check": "复核",
    "to_approve": "审批",
    "must_withdraw": "撤回",
    "must_correct": "更正",
    "feedback_correction": "群众纠错",
    "feedback_privacy": "隐私举报",
    "feedback_opinion": "群众意见",
}
FEEDBACK_KINDS: Mapping[str, Word] = {
    "privacy": Word("隐私举报", "late"),
    "correction": Word("纠错", "soon"),
    "opinion": Word("意见"),
}
OUTCOMES: Mapping[str, str] = {
    "corrected": "属实，已更正",
    "withdrawn": "属实，已撤回",
    "unfounded": "经核查不属实",
    "explained": "已说明情况",
    "passed_on": "已转交有关部门",
}
EFFECTS: Mapping[str, str] = {
    "in_effect": "已生效",
    "not_served": "未送达",
    "undone": "已失效",
}
LOG = LogWords(
    heading="公示",
    hint="公开文本、复核、审批、撤回、群众意见",
    subjects={
        "item": SubjectKind("公示事项", "/disclosure/items/{id}"),
        "feedback": SubjectKind("群众意见", "/disclosure/feedback#{id}", shows_id=False),
    },
    reason={
        "no-such-item": "没有这个公示事项",
        "wrong-state": "公示事项所处状态不允许",
        "outdated": "文本已被他人改动",
        "text-refused": "公开文本未通过检查",
        "not-lawful": "依法不能公开，或尚不能公开",
        "same-person": "须由另一人办理",
    }.get,
)
