"""Who is to review a submission: nearest legal department first, then whoever has least to do.

国办发〔2018〕118号 四（十一）, 行政处罚法 §58. Nobody is proposed who has an interest, is absent,
is not qualified that day, may not begin to review, or whose duty does not reach the unit. Each who
was left out is named with the reason. Weights stand in `law/assignment.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.checks import STATION_LEVELS
from mingjing_review.rules.reviewer import is_legal_department
from mingjing_shared.law.calendar import ONE_DAY
from mingjing_shared.law.rules import Version, load_dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mingjing_review.rules.reviewer import Person
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.law.calendar import WorkingCalendar


class Load(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """How much an open review weighs, and from when on it is urgent."""

    each: int
    urgent: int
    urgent_within_working_days: int


WEIGHTS = load_dated("mingjing_review", "assignment", Load)
LEFT_OUT = {
    "interest": "回避",
    "absent": "不在岗",
    "unqualified": "当日没有有效执法资格",
    "entry": "初次从事处罚审核，没有法律职业资格",
    "reach": "职责范围不含承办单位",
    "unknown": "人员名录中没有",
}
"""Why somebody is left out, in the order in which it is asked."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reviewer who might take a submission.

    Attributes:
        distance: how many units lie between; none: the unit is not within the officer's duty.
        interest, entry: why the officer must not, as the rules for that say.
        open, urgent: what lies on the desk; the urgent ones are among the open ones.
    """

    number: str
    distance: int | None
    known: bool = True
    qualified: bool = True
    absent: bool = False
    interest: str | None = None
    entry: str | None = None
    open: int = 0
    urgent: int = 0


@dataclass(frozen=True, slots=True)
class Considered:
    """A reviewer with what counted: ``left_out`` is a code of ``LEFT_OUT``, or none."""

    number: str
    distance: int | None
    open: int
    urgent: int
    load: int
    left_out: str | None

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "officer": self.number,
            "distance": self.distance,
            "open": self.open,
            "urgent": self.urgent,
            "load": self.load,
            "left_out": self.left_out,
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen, if anybody could be, and everybody who was considered, in order."""

    assignee: str | None
    considered: tuple[Considered, ...]
    rule: str


def choose(candidates: Iterable[Candidate], on: date, *, same: str | None = None) -> Choice:
    """The reviewer for a submission of a day.

    The nearest first, then the least load, the fewest open, the lowest police number. ``same``
    reviewed the round before and goes on with it, if nothing stands against it.
    """
    weights = WEIGHTS["load"].in_force_on(on)
    considered = sorted((_weighed(one, weights) for one in candidates), key=_order)
    fit = [one.number for one in considered if one.left_out is None]
    assignee = same if same in fit else next(iter(fit), None)
    return Choice(assignee, tuple(considered), f"{weights.id}@{weights.valid_from}")


def left_out(candidate: Candidate) -> str | None:
    """Why a candidate must not be chosen, as a code; nothing when nothing stands against it."""
    stands_against = {
        "unknown": not candidate.known,
        "interest": candidate.interest is not None,
        "reach": candidate.distance is None,
        "absent": candidate.absent,
        "unqualified": not candidate.qualified,
        "entry": candidate.entry is not None,
    }
    return next((code for code, holds in stands_against.items() if holds), None)


def _weighed(one: Candidate, weights: Load) -> Considered:
    load = (one.open - one.urgent) * weights.each + one.urgent * weights.urgent
    return Considered(one.number, one.distance, one.open, one.urgent, load, left_out(one))


def _order(one: Considered) -> tuple[Any, ...]:
    far = one.distance is None
    return (one.left_out is not None, far, one.distance or 0, one.load, one.open, one.number)


def urgent_until(on: date, calendar: WorkingCalendar) -> date:
    """The last day that makes a review urgent."""
    left, day = WEIGHTS["load"].in_force_on(on).urgent_within_working_days, on
    while left:
        day += ONE_DAY
        left -= calendar.is_working_day(day)
    return day


def distance_of(
    unit: str, person: Person | None, held_for: str | None, tree: UnitTree, on: date
) -> int | None:
    """How near a reviewer's duty is to a unit, in steps upwards; none: it does not reach it.

    ``held_for`` is the unit for which the officer last acted as a reviewer. Of whom that is not
    known the directory tells it: a legal department reaches the unit that it belongs to.
    """
    above = tree.above(unit)
    if held_for is not None:
        return above.index(held_for) if held_for in above else None
    own = None if person is None else tree.units.get(person.unit)
    if own is None:
        return None
    if is_legal_department(own.name, on):
        reaches = [own.parent, own.code]
    else:  # an officer of a station who knows the law is no legal department
        reaches = [] if own.level in STATION_LEVELS else [own.code]
    return next((above.index(code) for code in reaches if code in above), None)


def said_of(
    assignee: str | None, considered: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> str:
    """Why this one, in Chinese; or why nobody."""
    fit = [one for one in considered if one["left_out"] is None]
    if assignee is None:
        out = "；".join(
            f"{_named(one['officer'], names)}{LEFT_OUT[one['left_out']]}" for one in considered
        )
        who = f"（{out}）" if out else "（没有职责范围包含承办单位的审核人员）"
        return f"没有可以分派的审核人员{who}，向职责范围内的全部审核人员开放，请案管留意。"
    mine = next((one for one in fit if one["officer"] == assignee), None)
    if mine is None:
        return f"{_named(assignee, names)}由人指定。"
    return (
        f"{_named(assignee, names)}：在手 {mine['open']} 件（{mine['urgent']} 件紧急，"
        f"计 {mine['load']}），{_near(mine['distance'])}；"
        f"可分派 {len(fit)} 人中就近、在手最少者优先。"
    )


def _near(distance: int) -> str:
    return "与承办单位同属一个单位" if not distance else f"承办单位向上第 {distance} 级"


def _named(number: str, names: Mapping[str, str]) -> str:
    name = names.get(number)
    return f"{name} {number}" if name else number
