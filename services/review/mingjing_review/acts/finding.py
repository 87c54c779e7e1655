"""A reviewer says of a contradiction whether it holds: the machine finds, people decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import uuid_utils

from mingjing_review.errors import ConflictOfInterest, Overtaken, Unknown
from mingjing_review.store.finding import CaseFinding, finding_of
from mingjing_review.store.finding_page import add_judgement, judgements_of
from mingjing_review.store.people import Details, details_of_cases
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from mingjing_shared.web.desk import Desk

VERDICTS = {"holds": "成立", "explained": "有合理解释"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a finding. ``seen``: how much was said when the page was read."""

    verdict: str
    note: str
    seen: int


async def judge_finding(desk: Desk, finding_id: str, said: Verdict) -> CaseFinding:
    """Say that a finding holds, or that it is explained, and why; the last word counts.

    Raises:
        Unknown: the facts do not show it (any more).
        NotAllowed: none of the officer's roles reaches that far.
        ConflictOfInterest: the officer handles the case.
        Overtaken: somebody else said something since the page was read.
    """
    await desk.tx.lock([f"finding/{finding_id}"])
    finding = await finding_of(desk.tx, finding_id)
    if finding is None:
        raise no_finding()
    role = await desk.permit("review.judge_finding", subject_of(finding), about(finding))
    details = await details_of_cases(desk.tx, [finding.case_key])
    ever = details.get(finding.case_key, Details()).ever
    if {desk.officer.number, role.instead_of} & ever:
        raise ConflictOfInterest(
            "您（或者您所代行的人）是本案承办人，不能认定本案的矛盾。", "请由其他审核人员认定。"
        )
    before = await judgements_of(desk.tx, finding_id, opened=False)
    if len(before) != said.seen:
        raise Overtaken(
            f"您打开本页之后，{before[-1].officer} 已作出认定，本次操作没有执行。",
            "请查看最新认定后再决定是否继续；已填内容保留在页上。",
        )
    row = {
        "judgement_id": str(uuid_utils.uuid7()),
        "finding_id": finding_id,
        "case_key": finding.case_key,
        "place": len(before) + 1,
        "at": legal_now(),
        "officer": desk.officer.number,
        "role": role.code,
        "unit": role.unit,
        "verdict": said.verdict,
    }
    await add_judgement(desk.tx, row, said.note)
    return finding


def about(finding: CaseFinding) -> About:
    """Whose unit and whose case a finding is of."""
    return About(finding.unit, frozenset(finding.handlers))


def subject_of(finding: CaseFinding) -> Subject:
    """A finding as the audit names it."""
    return Subject("finding", finding.finding_id, finding.case_number)


def no_finding() -> Unknown:
    """There is no such finding, or no longer."""
    return Unknown("没有这处矛盾，或者事实更正之后已经不存在。", "请回到矛盾清单查看现在的情况。")
