"""What contradicts itself in a case, in words: for the reviewer's desk, the self-check, lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.rules.contradiction.finding import KINDS
from mingjing_review.store.finding import UNSOUGHT, CaseFinding
from mingjing_shared.web.lists import Word, word_of

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS = {"impossible": "不可能", "unlawful": "不合法", "doubtful": "可疑"}
FINDING_STATES = {
    "open": Word("待认定", "act"),
    "holds": Word("成立", "late"),
    "explained": Word("有合理解释", "good"),
}
_UNSOUGHT_TITLE = "未能查找"


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as pages show it; ``facts`` name the events that show it."""

    finding_id: str
    title: str
    level: str
    is_grave: bool
    says: str
    source: str
    facts: tuple[str, ...]
    state: Word


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What was found in a case; ``fault``: why nothing could be sought."""

    found: Sequence[Shown]
    fault: str | None = None


def contradictions_of(findings: Sequence[CaseFinding]) -> Contradictions:
    """Everything that contradicts itself in a case, the gravest first; a person decides on it."""
    order = tuple(LEVELS)
    fault = next((one.says for one in findings if one.kind == UNSOUGHT), None)
    found = sorted(
        (one for one in findings if one.kind != UNSOUGHT), key=lambda one: order.index(one.level)
    )
    return Contradictions([shown(one) for one in found], fault)


def shown(finding: CaseFinding) -> Shown:
    """A finding in words."""
    kind = KINDS.get(finding.kind)
    return Shown(
        finding_id=finding.finding_id,
        title=kind.versions[-1].title if kind else _UNSOUGHT_TITLE,
        level=LEVELS[finding.level],
        is_grave=finding.level != "doubtful",
        says=finding.says,
        source=finding.source,
        facts=tuple(fact["named"] for fact in finding.facts),
        state=word_of(finding.state, FINDING_STATES),
    )
