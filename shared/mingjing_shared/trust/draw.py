"""Draws that anybody can do again (双随机): committed before chance speaks, by RFC 3797 after it.

The commitment names everything that decides but chance: the pool in its order, who is excused and
why, how many at most of one group, how many are drawn, and the public sources (lottery numbers,
closing prices) that do not exist yet. It is in the log before they do. Whoever is excused or
withdraws stays in the pool and is passed over when drawn, so that nobody else moves. Pure.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mingjing_shared.messaging.commitment import canonical_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

INTEGER_MAX = 10**18
POOL_MAX = 65_535  # RFC 3797 counts draws in two bytes


class BadDraw(ValueError):
    """A draw is not what it must be; says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of the pool; ``group`` is what caps count by, such as the unit."""

    name: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A public source that will say some integers at a time.

    Attributes:
        name: where it is published, as anybody finds it.
        at: when it will be: after the commitment.
        count: how many integers it says.
    """

    name: str
    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is committed to.

    Attributes:
        draw_id: the draw.
        subject: what is drawn for; ``number`` counts the draws for it, from 1.
        pool: all members, in the order that counts.
        excused: who of them is passed over, with the reason (回避).
        most_of_group: how many of one group at most; none: no matter.
        count: how many are drawn.
        sources: what decides, in the order in which it counts.
    """

    draw_id: str
    subject: str
    number: int
    pool: tuple[Member, ...]
    count: int
    sources: tuple[Source, ...]
    excused: Mapping[str, str] = field(default_factory=dict)
    most_of_group: int | None = None

    @property
    def told(self) -> dict[str, Any]:
        """The plan as its canonical file says it."""
        return {
            "draw_id": self.draw_id,
            "subject": self.subject,
            "number": self.number,
            "pool": [{"name": one.name, "group": one.group} for one in self.pool],
            "excused": dict(self.excused),
            "most_of_group": self.most_of_group,
            "count": self.count,
            "sources": [
                {"name": one.name, "at": one.at.isoformat(), "count": one.count}
                for one in self.sources
            ],
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical file: what the log holds before chance speaks."""
        return hashlib.sha256(canonical_note(self.told)).hexdigest()


def plan_of(told: Mapping[str, Any]) -> Plan:
    """The plan that a file says.

    Raises:
        BadDraw: it says none, or one that cannot be drawn.
    """
    try:
        plan = Plan(
            draw_id=_text(told["draw_id"]),
            subject=_text(told["subject"]),
            number=_whole(told["number"]),
            pool=tuple(Member(_text(one["name"]), str(one["group"])) for one in told["pool"]),
            excused={_text(name): _text(why) for name, why in told["excused"].items()},
            most_of_group=None if told["most_of_group"] is None else _whole(told["most_of_group"]),
            count=_whole(told["count"]),
            sources=tuple(
                Source(_text(one["name"]), datetime.fromisoformat(one["at"]), _whole(one["count"]))
                for one in told["sources"]
            ),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadDraw(f"抽取方案书写有误（{error}）") from None
    _refuse_what_cannot_be(plan)
    return plan


def _refuse_what_cannot_be(plan: Plan) -> None:
    names = [one.name for one in plan.pool]
    if len(set(names)) != len(names) or not 0 < len(names) <= POOL_MAX:
        raise BadDraw("名单为空、过长或有重复")
    if unknown := set(plan.excused) - set(names):
        raise BadDraw(f"回避的不在名单中：{'、'.join(sorted(unknown))}")
    if not plan.sources or any(one.at.tzinfo is None for one in plan.sources):
        raise BadDraw("没有写明随机来源，或其时间没有时区")
    if plan.count < 1 or plan.number < 1 or plan.most_of_group == 0:
        raise BadDraw("抽取数量有误")


def key_of(values: Iterable[Sequence[int]]) -> str:
    """The key of RFC 3797 §4: of each source its integers ascending, each with a point, a slash.

    Raises:
        BadDraw: an integer is negative or absurdly large.
    """
    parts = []
    for numbers in values:
        if any(not 0 <= number < INTEGER_MAX for number in numbers):
            raise BadDraw("随机来源的数字应为非负整数")
        parts.append("".join(f"{number}." for number in sorted(numbers)) + "/")
    return "".join(parts)


def order_of(key: str, size: int) -> Iterator[int]:
    """Places in a pool of this size, in the order in which they are drawn (RFC 3797 §4)."""
    left = list(range(size))
    for draw in range(size):
        around = draw.to_bytes(2)
        digest = hashlib.md5(around + key.encode() + around, usedforsecurity=False).digest()
        yield left.pop(int.from_bytes(digest) % len(left))


def drawn(
    plan: Plan, values: Sequence[Sequence[int]], withdrawn: Iterable[str] = ()
) -> tuple[str, ...]:
    """Who is drawn, in order: excused and withdrawn members are passed over, and move nobody.

    Raises:
        BadDraw: the sources say another number of integers than was committed to, or too few
            members are left.
    """
    if [len(numbers) for numbers in values] != [source.count for source in plan.sources]:
        raise BadDraw("随机来源的数字个数与方案不符")
    passed_over = {*plan.excused, *withdrawn}
    groups: Counter[str] = Counter()
    found: list[str] = []
    for place in order_of(key_of(values), len(plan.pool)):
        member = plan.pool[place]
        is_full = plan.most_of_group is not None and groups[member.group] >= plan.most_of_group
        if member.name in passed_over or is_full:
            continue
        groups[member.group] += 1
        found.append(member.name)
        if len(found) == plan.count:
            return tuple(found)
    raise BadDraw(f"名单中符合条件的只有 {len(found)} 名，不足 {plan.count} 名")


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("应为文字")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("应为整数")  # noqa: TRY004 - one kind of error for whatever a file says
    return value
