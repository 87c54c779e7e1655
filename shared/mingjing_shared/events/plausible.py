"""Dates that cannot be: refused at the door, where somebody can still mend them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import msgspec

from mingjing_shared.events.base import Event
from mingjing_shared.events.field_names import called
from mingjing_shared.events.problems import FieldProblem
from mingjing_shared.events.shape import FieldShape, Shape, shape_of
from mingjing_shared.events.values import Instant

EARLIEST_YEAR = 1949
EARLIEST_BIRTH_YEAR = 1900
LATEST_YEAR = 2100

_SHANGHAI = timezone(timedelta(hours=8))  # no summer time in the years that may come here


def implausible(
    event_class: type[Event], data: Mapping[str, Any], latest: datetime
) -> list[FieldProblem]:
    """The dates of valid data that cannot be true.

    Nothing is before 1949 (a birth: 1900) or after 2100, and what happened did not happen after
    ``latest`` (the later of the two clocks and a day); planned dates may lie ahead.
    """
    return list(_walk(shape_of(event_class), data, "", latest.astimezone(UTC), hidden=False))


def implausible_instant(value: datetime, latest: datetime) -> str | None:
    """Why an instant at which something happened (``time``) cannot be; None when it can."""
    return _why(value, latest, planned=False, birth=False)


def _walk(
    shape: Shape, data: Mapping[str, Any], before: str, latest: datetime, *, hidden: bool
) -> Iterator[FieldProblem]:
    for name, value in data.items():
        field = shape.get(name)
        if field is None or value is None:
            continue
        items = value if field.many else [value]
        for position, item in enumerate(items):
            path = f"{before}{name}[{position}]" if field.many else before + name
            secret = hidden or field.personal
            if field.inner is not None:
                yield from _walk(field.inner, item, f"{path}.", latest, hidden=secret)
            elif field.temporal and (why := _why_text(field, item, latest)):
                shown = "" if secret else f" {item} "
                message = f"{called(name)}的值{shown}不可信：{why}；请核对后重发"
                yield FieldProblem(path=path, message=message, rule="implausible")


def _why_text(field: FieldShape, text: str, latest: datetime) -> str | None:
    kind: Any = date if field.temporal == "date" else Instant
    value = msgspec.convert(text, kind)
    return _why(value, latest, planned=field.planned, birth=field.birth)


def _why(value: date, latest: datetime, *, planned: bool, birth: bool) -> str | None:
    earliest = EARLIEST_BIRTH_YEAR if birth else EARLIEST_YEAR
    if not earliest <= value.year <= LATEST_YEAR:
        return f"年份应在 {earliest} 至 {LATEST_YEAR} 之间"
    if planned:
        return None
    if isinstance(value, datetime):
        late = value > latest
    else:
        late = value > latest.astimezone(_SHANGHAI).date()
    return (
        f"晚于当前时间 24 小时以上（{latest.astimezone(_SHANGHAI):%Y-%m-%d %H:%M}）"
        if late
        else None
    )
