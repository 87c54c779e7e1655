"""Nobody reviews what he handles himself (回避).

国办发〔2018〕118号 四（十一）（十四）: the handling unit answers for the case, the legal department
for its opinion; one person cannot answer for both. Handlers of every version of the case, whoever
took part in an act of it, proposed a text of the decision or handed it in, and who acts in the
place of one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HANDED_IN = frozenset({"submitted", "supplemented", "resubmitted"})
"""Steps of a review by which somebody answers for the handling unit."""


def interest_of(
    officer: str,
    instead_of: str | None,
    *,
    handlers: Iterable[str],
    investigators: Iterable[str],
    proposers: Iterable[str],
    submitters: Iterable[str],
) -> str | None:
    """Why this officer must not review, in Chinese; nothing when there is no reason."""
    acting = {officer: f"您（警号 {officer}）"}
    if instead_of is not None:
        acting[instead_of] = f"您所代行的 {instead_of} "
    for number, who in acting.items():
        if number in set(handlers):
            return f"{who}是本案承办人"
        if number in set(investigators):
            return f"{who}参加过本案的执法行为"
        if number in set(proposers):
            return f"{who}是拟作决定的提出人"
        if number in set(submitters):
            return f"{who}是送审人"
    return None
