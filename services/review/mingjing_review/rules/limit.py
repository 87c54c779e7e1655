"""By when a case must be decided (办案期限), with its extensions and what time does not count.

治安管理处罚法 §118, 公安机关办理行政案件程序规定 §165, 行政处罚法 §60, 行政许可法 §42. The limit is
that of the day of acceptance; whether it may be extended, that of the day of the approval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mingjing_review.rules.checks import STATION_LEVELS
from mingjing_review.rules.pausing import Break, counted
from mingjing_review.rules.term import Term, end_of, without_day
from mingjing_shared.law.rules import Version, load_dated, load_rules
from mingjing_shared.law.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.law.calendar import WorkingCalendar

_NO_LIMIT = frozenset({None, "criminal"})
_UNITS = {"day": "日", "working_day": "个工作日"}
_BUREAUS = ("bureau", "branch", "county", "city")


class Extension(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """How often a limit may be extended, by how much, and who approves."""

    count: int
    times: int
    by: Literal["superior", "own"]


class NotCounted(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """Time that is not counted: of which kinds of case, and which documents tell it."""

    fields: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    def is_for(self, case_kind: str) -> bool:
        """Whether it is left out of the limit of this kind of case."""
        return not self.fields or case_kind in self.fields


LIMITS = load_rules("mingjing_review", "case_limits")
EXTENSIONS = load_dated("mingjing_review", "extensions", Extension)
PAUSES = load_dated("mingjing_review", "limit_pauses", NotCounted)
EXPERT_KINDS = frozenset(
    kind for version in PAUSES["expert"].versions for kind in (*version.begins, *version.ends)
)
"""Kinds of documents that tell when an expert was at work."""


@dataclass(frozen=True, slots=True)
class CaseTime:
    """What a case's limit follows from.

    Attributes:
        approved: the day of each approved extension.
        papers: kind and day of the documents about experts, oldest first.
        hearings: from the acceptance of a hearing to its end; none: it still lasts.
    """

    kind: str | None
    accepted_on: date
    approved: Sequence[date] = ()
    papers: Sequence[tuple[str, date]] = ()
    hearings: Sequence[tuple[date, date | None]] = ()


def has_limit(kind: str | None) -> bool:
    """Whether a case of this kind has a limit of administrative law."""
    return kind not in _NO_LIMIT


def limit_of(case: CaseTime, calendar: WorkingCalendar) -> Term:
    """The term of the case's decision.

    Raises:
        NoRuleInForce: no limit is known for a case accepted on that day.
    """
    key = case.kind if case.kind is not None and case.kind in LIMITS else "other"
    version = LIMITS[key].in_force_on(case.accepted_on)
    extra = sum(_extension(key, day) for day in case.approved)
    breaks = _breaks(case)
    end = counted(version, case.accepted_on, extra, breaks, calendar)
    unit = _UNITS[version.unit]
    said = f"{long_date(case.accepted_on)}受案，自次日起{version.count}{unit}"
    if case.approved:
        days = "、".join(long_date(day) for day in case.approved)
        said += f"，经批准延长 {len(case.approved)} 次共{extra}{unit}（{days}批准）"
    if end.paused:
        whys = "、".join(sorted({one.why for one in breaks}))
        said += f"，其间{end.paused}日不计入（{whys}）"
    source = f"依据{version.source}"
    if end.standing is not None:
        says = (
            f"办案期限现在不计：{long_date(end.standing.since)}起{end.standing.why}，"
            f"余{end.left}{unit}；{said}；{source}。"
        )
        return without_day("limit", "decide", "unit", case.accepted_on, says, source=version.source)
    due = end.due_on
    assert due is not None
    rolled = "，最后一日遇节假日顺延" if due != end.nominal else ""
    unsure = "；其中有年份的放假安排尚未公布，本期限为暂定" if end.provisional else ""
    return Term(
        kind="limit",
        task="decide",
        waits_for="unit",
        started_on=case.accepted_on,
        due_on=due,
        due_at=end_of(due),
        provisional=end.provisional,
        binding=not end.provisional,
        rule=version.id,
        source=version.source,
        says=f"应当于{long_date(due)}以前作出决定：{said}{rolled}；{source}{unsure}。",
    )


def _extension(key: str, day: date) -> int:
    dated = EXTENSIONS.get(key)
    return dated.in_force_on(day).count if dated and dated.is_in_force_on(day) else 0


def _breaks(case: CaseTime) -> list[Break]:
    found = []
    kind = case.kind or ""
    expert = PAUSES["expert"]
    if expert.is_in_force_on(case.accepted_on) and expert.in_force_on(case.accepted_on).is_for(
        kind
    ):
        found += _expert_breaks(case.papers)
    for begun, ended in case.hearings:
        hearing = PAUSES["hearing"]
        if hearing.is_in_force_on(begun) and hearing.in_force_on(begun).is_for(kind):
            found.append(Break("听证", begun, ended))
    return found


def _expert_breaks(papers: Iterable[tuple[str, date]]) -> list[Break]:
    """From each commission to the next opinion; a commission whose opinion is not told lasts."""
    version = PAUSES["expert"].versions[-1]
    found: list[Break] = []
    since: date | None = None
    for kind, day in papers:
        if kind in version.begins and since is None:
            since = day
        elif kind in version.ends and since is not None:
            found.append(Break("鉴定", since, day))
            since = None
    return [*found, *([Break("鉴定", since)] if since is not None else [])]


def may_extend(kind: str | None, approved: Sequence[date], on: date) -> str | None:
    """Why a case's limit cannot be extended (again) on a day, in Chinese; nothing when it can."""
    dated = EXTENSIONS.get(kind or "")
    if dated is None or not dated.is_in_force_on(on):
        return "这类案件的办案期限没有可以延长的规定。"
    version = dated.in_force_on(on)
    if len(approved) >= version.times:
        return (
            f"办案期限最多延长 {version.times} 次，已延长 {len(approved)} 次（{version.source}）。"
        )
    return None


def approver_hindrance(
    kind: str | None, on: date, case_unit: str, approver_unit: str, tree: UnitTree
) -> str | None:
    """Why a unit cannot approve the extension of another's case; nothing when it can.

    A station's case is approved by its bureau, any other by the organ one level above the
    bureau that the unit belongs to; above the highest bureau there is none here, and its own
    head records what the superior approved.
    """
    dated = EXTENSIONS.get(kind or "")
    if dated is None or not dated.is_in_force_on(on):
        return None
    version = dated.in_force_on(on)
    above = tree.above(case_unit)
    if version.by == "own":
        return None if approver_unit in above else "应当由本机关负责人批准。"
    own = tree.units.get(case_unit)
    if own is not None and own.level in STATION_LEVELS:
        allowed = above[1:] or above
    else:
        bureaus = [code for code in above if _is_bureau(tree, code)] or above
        allowed = above[above.index(bureaus[0]) + 1 :] or bureaus
    if approver_unit in allowed:
        return None
    names = "、".join(tree.name_of(code) for code in allowed)
    return f"应当由{names}批准（{version.source}）。"


def _is_bureau(tree: UnitTree, code: str) -> bool:
    unit = tree.units.get(code)
    return unit is not None and any(word in unit.level for word in _BUREAUS)
