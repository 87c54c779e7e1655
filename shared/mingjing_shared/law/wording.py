"""How a deadline explains itself: one Chinese sentence."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from mingjing_shared.law.calendar import DayKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_shared.law.deadline import CountedDay, Deadline

_WEEKDAYS = "一二三四五六日"
_CONFIDENCE = {
    "verified": "已核对原文",
    "secondary": "据转引，原文待核对",
    "assumed": "系推定，待法制部门确认",
}


def sentence(deadline: Deadline) -> str:
    """Until when, how it was counted, by which source and how sure we are."""
    how = {"working_day": _working_days, "day": _days, "month": _months, "hour": _hours}
    version = deadline.version
    since = long_date(version.valid_from)
    sure = f"{_CONFIDENCE[version.confidence]}；规则{version.id}，{since}起的版本"
    parts = [
        f"“{version.title}”的期限{_end(deadline)}：{how[version.unit](deadline)}",
        f"依据{version.source}（{sure}）",
    ]
    if deadline.provisional:
        parts.append(_provisional(deadline))
    return "；".join(parts) + "。"


def long_date(day: date) -> str:
    """2026年9月29日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _end(deadline: Deadline) -> str:
    if deadline.unit == "hour":
        return f"至{_instant(deadline.due_at)}止"
    return f"至{_with_weekday(deadline.due_on)}当日届满"


def _with_weekday(day: date) -> str:
    return f"{long_date(day)}（周{_WEEKDAYS[day.weekday()]}）"


def _instant(at: datetime) -> str:
    seconds = f"{at.second}秒" if at.second else ""
    return f"{long_date(at.date())}{at.hour}时{at.minute:02d}分{seconds}"


def _from(deadline: Deadline) -> str:
    if isinstance(deadline.start, datetime):
        return f"自{_instant(deadline.start)}起"
    which = "当日" if deadline.version.include_start else "次日"
    return f"自{long_date(deadline.start)}的{which}起"


def _hours(deadline: Deadline) -> str:
    return f"{_from(deadline)}连续计算{deadline.count}小时，夜间和节假日不扣除"


def _working_days(deadline: Deadline) -> str:
    days = deadline.counted
    counted = _runs([day.day for day in days if day.number is not None])
    makeup = [_short(day.day) for day in days if day.kind is DayKind.MAKEUP]
    if makeup:
        counted += f"，其中{'、'.join(makeup)}为调休上班日"
    text = f"{_from(deadline)}数{deadline.count}个工作日（{counted}）"
    skipped = list(_days_off(days))
    return f"{text}，跳过{'、'.join(skipped)}" if skipped else text


def _days(deadline: Deadline) -> str:
    return f"{_from(deadline)}连续计算{deadline.count}日，节假日不扣除，{_roll(deadline)}"


def _months(deadline: Deadline) -> str:
    start, end = deadline.start, deadline.nominal_end
    text = f"{_from(deadline)}计算{deadline.count}个月"
    if not deadline.version.include_start and end.day != start.day:
        text += f"，届满月份没有{start.day}日，以该月最后一日为届满日"
    return f"{text}，{_roll(deadline)}"


def _roll(deadline: Deadline) -> str:
    if deadline.version.roll == "none":
        return "最后一日遇节假日不顺延"
    if not deadline.rolled_over:
        return "最后一日是工作日"
    return f"最后一日遇{'、'.join(_days_off(deadline.rolled_over))}，顺延至其后第一个工作日"


def _days_off(days: Sequence[CountedDay]) -> Iterator[str]:
    """The days off among `days` with their dates: weekends first, then each holiday."""
    weekends = [day.day for day in days if day.kind is DayKind.WEEKEND]
    if weekends:
        yield f"周末{_runs(weekends)}"
    holidays = [day for day in days if day.kind is DayKind.HOLIDAY]
    for name, group in groupby(holidays, key=lambda day: day.holiday):
        yield f"{name}放假{_runs([day.day for day in group])}"


def _runs(days: Sequence[date]) -> str:
    """9月19日至20日、9月26日: neighbouring days drawn together."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(_run(run) for run in runs)


def _run(run: list[date]) -> str:
    first, last = run[0], run[-1]
    if first == last:
        return _short(first)
    end = f"{last.day}日" if first.month == last.month else _short(last)
    return f"{_short(first)}至{end}"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _provisional(deadline: Deadline) -> str:
    calendar = deadline.calendar
    years = range(max(calendar.published_years) + 1, deadline.due_on.year + 1)
    named = "、".join(f"{year}年" for year in years)
    return (
        f"其中{named}的放假安排尚未公布，暂按周一至周五计算，"
        "本期限为暂定，公布后重新计算，此前不据此认定逾期"
    )
