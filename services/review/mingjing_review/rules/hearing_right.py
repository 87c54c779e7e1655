"""Before which proposed penalties the party must be told that it may ask for a hearing.

行政处罚法 §63, 治安管理处罚法 §117, 公安机关办理行政案件程序规定 §123: kinds of penalty stand in
`law/hearing_rights.toml`, the amounts of fines in `law/hearing.toml`; the law of the day of the
proposal applies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.rules.catalogue import threshold_of
from mingjing_shared.events.values import yuan
from mingjing_shared.law.rules import Version, load_dated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingjing_review.rules.content import Content
    from mingjing_shared.events.values import Outcome


class HearingRight(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """A kind of penalty before which there is a right to a hearing."""

    penalty_kind: str
    like_fine: bool = False


RIGHTS = load_dated("mingjing_review", "hearing_rights", HearingRight)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why there is a right to a hearing: in words, the rule, and where that stands."""

    title: str
    rule: str
    source: str


def rights_of(content: Content, on: date) -> tuple[Ground, ...]:
    """Why the party of a text has the right to ask for a hearing; empty: it has none."""
    return hearing_rights(content.case_kind, content.party_kinds, content.outcome, on)


def hearing_rights(
    case_kind: str | None, party_kinds: Iterable[str], outcome: Outcome, on: date
) -> tuple[Ground, ...]:
    """The same from what a text says; of several parties the lowest amount applies."""
    amount = threshold_of(case_kind, party_kinds, on)
    grounds = []
    if outcome.fine is not None and amount and amount.is_reached_by(yuan(outcome.fine)):
        title = f"罚款 {outcome.fine} 元，达到 {amount.at_least} 元"
        grounds.append(Ground(title, amount.id, amount.source))
    for dated in RIGHTS.values():
        if not dated.is_in_force_on(on):
            continue
        right = dated.in_force_on(on)
        if right.penalty_kind not in outcome.kinds:
            continue
        if right.like_fine:
            taken = outcome.confiscated
            if taken is None or amount is None or not amount.is_reached_by(yuan(taken)):
                continue
        grounds.append(Ground(right.title, right.id, right.source))
    return tuple(grounds)
