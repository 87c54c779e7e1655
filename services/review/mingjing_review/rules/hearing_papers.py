"""The documents of a hearing with their data filled in: title, number, paragraphs, signatures.

One function for all of them, so that a page shows and a typesetter sets the same words. The forms
are those of 公安行政法律文书: 行政处罚告知笔录, 举行听证通知书, 不予受理听证通知书, 听证笔录,
听证报告书.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.rules.hearing import CLOSED_BECAUSE
from mingjing_shared.law.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

PAPERS = {
    "told": "行政处罚告知笔录",
    "refused": "不予受理听证通知书",
    "noticed": "举行听证通知书",
    "held": "听证笔录",
    "reported": "听证报告书",
}
"""Every document, by the step that makes it."""
_SIGNS = {"told": "告", "refused": "听不受", "noticed": "听通", "held": "听笔", "reported": "听报"}
CONCLUSIONS = {
    "as_proposed": "同意拟作处罚",
    "lighter": "建议从轻、减轻处罚",
    "not_established": "违法事实不能成立，建议不予处罚",
    "investigate": "事实不清，建议补充调查",
    "transfer": "涉嫌犯罪，建议移送",
}
"""What the chair may propose in the report."""
NOBODY = "（未载明）"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it is set: everything in the order in which it is read."""

    title: str
    number: str
    paragraphs: tuple[str, ...]
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the documents say.

    Attributes:
        party: names of those whom the decision is against.
        proposed: what is to be decided; ``basis``: by which articles.
        grounds: where the right to a hearing stands.
        on: the day of the step; ``place``: which step of the hearing it is.
        words: what was written at the step.
    """

    case_number: str
    cause: str
    body: str
    party: str
    proposed: str
    basis: str
    grounds: str
    on: date
    place: int
    words: Mapping[str, str]
    request_by: date | None = None
    requested_on: date | None = None
    planned_on: date | None = None
    chair: str = NOBODY
    recorder: str = NOBODY
    closed: str | None = None


def hearing_paper(kind: str, facts: PaperFacts) -> Paper:
    """The document of a step; ``kind`` is one of ``PAPERS``."""
    paragraphs, signatures = _MADE_BY[kind](facts)
    return Paper(
        title=PAPERS[kind],
        number=f"{facts.case_number}（{_SIGNS[kind]}{facts.place}号）",
        paragraphs=(*paragraphs, f"{facts.body}　{long_date(facts.on)}"),
        signatures=signatures,
    )


_Parts = tuple[tuple[str, ...], tuple[str, ...]]


def _told(facts: PaperFacts) -> _Parts:
    by = f" {long_date(facts.request_by)} 以前" if facts.request_by else "法定期限内"
    until = f"要求听证的，应当在{by}向我局提出；逾期视为放弃要求听证的权利。"
    paragraphs = (
        f"被告知人：{facts.party}",
        f"案由：{facts.cause}",
        f"根据{facts.basis}，拟对你（单位）作出如下处罚：{facts.proposed}。",
        "你（单位）有权进行陈述和申辩；提出的新的事实、理由和证据，公安机关将进行复核。",
        f"根据{facts.grounds}，你（单位）有要求举行听证的权利。{until}",
        "公安机关不因陈述、申辩和要求听证加重处罚。",
        *_note(facts, "note", "告知情况"),
    )
    return paragraphs, ("被告知人（签名或者捺指印）", "告知人民警察（两人签名）")


def _refused(facts: PaperFacts) -> _Parts:
    paragraphs = (
        f"{facts.party}：",
        f"你（单位）于 {_day(facts.requested_on)} 就{facts.cause}一案要求举行听证。",
        f"经审查，{facts.words.get('reason', NOBODY)}",
        "根据《公安机关办理行政案件程序规定》第一百三十五条，决定不予受理。",
    )
    return paragraphs, ("听证申请人（签收）",)


def _noticed(facts: PaperFacts) -> _Parts:
    how = "公开举行"
    if facts.closed:
        how = f"不公开举行（{CLOSED_BECAUSE.get(facts.closed, facts.closed)}）"
    when = f"{_day(facts.planned_on)} {facts.words.get('time', '')}".strip()
    paragraphs = (
        f"{facts.party}：",
        f"你（单位）于 {_day(facts.requested_on)} 就{facts.cause}一案要求举行听证，我局已经受理。",
        f"听证时间：{when}",
        f"听证地点：{facts.words.get('place', NOBODY)}",
        f"听证方式：{how}",
        f"听证主持人：{facts.chair}；记录员：{facts.recorder}",
        "你（单位）可以申请听证人员回避，可以亲自参加，也可以委托一至二人代理。",
        "不能按期参加的，可以申请延期。",
        "无正当理由拒不出席或者未经许可中途退出的，视为放弃听证权利，终止听证。",
        "根据《行政处罚法》第六十四条、《公安机关办理行政案件程序规定》第一百三十六条，特此通知。",
        *_note(facts, "postponed", "延期的理由"),
    )
    return paragraphs, ("听证申请人（签收）",)


def _held(facts: PaperFacts) -> _Parts:
    paragraphs = (
        f"案由：{facts.cause}",
        f"听证时间：{long_date(facts.on)} {facts.words.get('time', '')}",
        f"听证地点：{facts.words.get('place', NOBODY)}",
        f"听证方式：{'不公开' if facts.closed else '公开'}",
        f"听证主持人：{facts.chair}；记录员：{facts.recorder}；听证申请人：{facts.party}",
        *_note(facts, "present", "其他听证参加人"),
        f"笔录：{facts.words.get('record', NOBODY)}",
    )
    return paragraphs, (
        "听证申请人（核对后签名或者捺指印）",
        "听证主持人、听证员、记录员（签名）",
    )


def _reported(facts: PaperFacts) -> _Parts:
    conclusion = CONCLUSIONS.get(facts.words.get("conclusion", ""), NOBODY)
    paragraphs = (
        f"案由：{facts.cause}",
        f"听证主持人：{facts.chair}；记录员：{facts.recorder}；听证申请人：{facts.party}",
        f"听证时间：{_day(facts.planned_on)}；方式：{'不公开' if facts.closed else '公开'}",
        f"拟作处罚：{facts.proposed}（依据{facts.basis}）",
        f"听证的基本情况和案件事实：{facts.words.get('facts', NOBODY)}",
        f"处理意见和建议：{conclusion}。{facts.words.get('finding', '')}",
        "本报告书连同听证笔录报送公安机关负责人。",
    )
    return paragraphs, ("听证主持人（签名）", "公安机关负责人（批示）")


_MADE_BY: Mapping[str, Callable[[PaperFacts], _Parts]] = {
    "told": _told,
    "refused": _refused,
    "noticed": _noticed,
    "held": _held,
    "reported": _reported,
}


def _day(day: date | None) -> str:
    return long_date(day) if day else NOBODY


def _note(facts: PaperFacts, field: str, label: str) -> tuple[str, ...]:
    text = facts.words.get(field)
    return (f"{label}：{text}",) if text else ()
