"""The conditions of publication in the order of the law (law.md §13b), as the gate shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.rules.publication import report_deadline, working_days_between

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mingjing_disclosure.rules.leak_check import LeakCheckSaid
    from mingjing_disclosure.rules.progress import Work
    from mingjing_shared.law.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: ``done``, ``open`` (still to come, or to be known) or ``wrong``."""

    tone: str
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Looks:
    """What the two looks at the text found."""

    hidden: int
    kept: int
    leaks: Sequence[str]
    lost: Sequence[str]
    blocked: Sequence[str]
    asked: Sequence[str] = ()
    confirmed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """What the conditions are judged by; ``item`` is the stored item."""

    item: Any
    work: Work
    today: date
    calendar: WorkingCalendar
    looks: Looks | None = None
    forbidden_today: str | None = None
    case_kind: str = ""
    natural_persons: int = 0
    trouble: str | None = None
    leak_check: LeakCheckSaid | None = None
    portal: str = field(default="本局门户")


def conditions(gate: Gate) -> list[Condition]:
    """Every condition, in order: effect, exclusions, term, text, persons, delivery."""
    return [
        _effect(gate),
        *_exclusions(gate),
        _term(gate),
        *_text(gate),
        *_persons(gate.work),
        *_leak_check(gate.leak_check),
        *_delivery(gate),
    ]


def _effect(gate: Gate) -> Condition:
    item = gate.item
    if item.effect == "in_effect" and item.effect_from > gate.today:
        return Condition("open", "决定尚未生效", item.effect_says)
    titles = {
        "in_effect": ("done", "决定已生效"),
        "not_served": ("open", "决定尚未送达"),
        "undone": ("wrong", "决定已失去效力"),
    }
    tone, title = titles[item.effect]
    return Condition(tone, title, item.effect_says)


def _exclusions(gate: Gate) -> list[Condition]:
    item = gate.item
    if item.standing == "withheld":
        article = item.basis["article"] if item.basis else ""
        return [Condition("wrong", "依法不予公开", f"{item.says}依据：{article}")]
    ages = (
        f"{gate.natural_persons} 名当事人的年龄已核" if gate.natural_persons else "没有自然人当事人"
    )
    says = f"受案登记未标明涉密 · {ages}"
    found = [Condition("done", "不涉密、非未成年人", says)]
    if gate.forbidden_today is not None:
        return [*found, Condition("wrong", "现行规定不允许公开", gate.forbidden_today)]
    says = f"治安管理处罚法§136 · 案件类别：{gate.case_kind}"
    return [*found, Condition("done", "不属于治安违法记录封存范围", says)]


def _urgent(item: Any) -> Condition | None:
    """What is public and must be taken back, or corrected."""
    if item.must_withdraw:
        by = f"应于 {item.withdraw_by} 前撤回" if item.withdraw_by else "应立即撤回"
        return Condition("wrong", by, item.withdraw_says or "")
    if item.must_correct:
        by = f"应于 {item.correct_by} 前更正" if item.correct_by else "应立即更正"
        return Condition("wrong", by, item.correct_says or "")
    return None


def _term(gate: Gate) -> Condition:
    item = gate.item
    if (urgent := _urgent(item)) is not None:
        return urgent
    if item.due_on is None:
        tone = "done" if item.standing == "withheld" else "open"
        return Condition(tone, "没有公开期限", item.says)
    if gate.work.details.get("first_public_at") is not None:
        return Condition("done", f"公开期限 {item.due_on}", item.says)
    if item.provisional:
        return Condition("open", f"公开期限 {item.due_on}（暂定）", item.says)
    if gate.today > item.due_on:
        late = working_days_between(item.due_on, gate.today, gate.calendar)
        return Condition("wrong", f"已逾期 {late} 个工作日（{item.due_on}）", item.says)
    left = working_days_between(gate.today, item.due_on, gate.calendar)
    words = f"剩 {left} 个工作日" if left else "今天到期"
    return Condition("open", f"应于 {item.due_on} 前公开，{words}", item.says)


def _text(gate: Gate) -> list[Condition]:
    looks = gate.looks
    if looks is None:
        return []
    found = [
        Condition(
            "done",
            f"隐去 {looks.hidden} 处，保留 {looks.kept} 处",
            "按本案当事人、可校验的号码和前后文字；逐处规则和依据见原文下方",
        ),
        *(Condition("open", "须人工处理", reason) for reason in looks.blocked),
    ]
    if looks.asked:
        title = f"疑似案外人姓名 {len(looks.asked)} 处"
        found.append(Condition("wrong", title, "；".join(looks.asked)))
    if looks.confirmed:
        says = f"编辑已确认不是姓名或应当保留：{'、'.join(looks.confirmed)}"
        found.append(Condition("done", f"人工确认 {len(looks.confirmed)} 处", says))
    for words, title, clean in (
        (looks.leaks, "泄露检测", "姓名、号码、住址、当事人名单逐一检索"),
        (looks.lost, "须保留的内容被隐去", "执法人员、机关、文书号、单位名称和代码都在"),
    ):
        if words:
            found.append(Condition("wrong", f"{title} {len(words)} 处", "；".join(words)))
        elif title == "泄露检测":
            found.append(Condition("done", "泄露检测 0 处", clean))
        else:
            found.append(Condition("done", "须保留的内容齐全", clean))
    return found


def _persons(work: Work) -> list[Condition]:
    editors = "、".join(work.editors)
    checkers = "、".join(work.checkers)
    return [
        Condition("done", f"编辑 {editors}", "已提交公开文本")
        if work.stage not in ("none", "drafting")
        else Condition("open", "编辑公开文本", "由公示编辑完成并提交复核"),
        Condition("done", f"复核 {checkers}", "第二人已比对原文与公开文本")
        if checkers
        else Condition("open", "第二人复核", "不得与编辑为同一人"),
        Condition("done", "负责人已批准", "作出决定的单位负责人审批")
        if work.stage in ("approved", "public", "withdrawing", "withdrawn")
        else Condition("open", "负责人审批", "不得与编辑、复核为同一人"),
    ]


def _leak_check(said: LeakCheckSaid | None) -> list[Condition]:
    """What the second program said of the finished files of the newest text."""
    if said is None:
        return []
    if said.hits:
        return [Condition("wrong", f"发布前泄密检查发现 {said.hits} 处，未发布", said.places)]
    return [Condition("done", "发布前泄密检查 0 处", "另一程序逐一检索了将公开的文件和网址")]


def _delivery(gate: Gate) -> list[Condition]:
    item, seen = gate.item, gate.work.details.get("first_public_at")
    if gate.work.stage == "withdrawn":
        found = [Condition("done", f"{gate.portal}已撤回", "原址留有撤回说明")]
    elif seen is not None:
        found = [Condition("done", f"{gate.portal}已公开", "已像公众一样打开页面，核对摘要一致")]
    elif gate.work.stage == "approved":
        found = [
            Condition(
                "open", f"正在送往{gate.portal}", gate.trouble or "打开公众页面核对一致后才算公开"
            )
        ]
    else:
        found = []
    # What must not be public is not handed to 信用中国 either.
    may_tell = item.standing != "withheld" and gate.work.stage != "withdrawn"
    if item.kind in ("penalty", "permit") and may_tell:
        by = report_deadline(item.made_on, gate.calendar)
        says = "本平台尚未接通信用中国，请按原渠道报送"
        says += f"；{by.text()}" if by else "。"
        found.append(Condition("open", "双公示报送", says))
    return found
