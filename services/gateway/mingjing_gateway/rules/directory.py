"""The dated versions of a unit or officer, from what personnel systems told. Pure.

For one day only one version can begin: the newest told (by its time, then its id) wins; one
that was corrected does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One version as it was told."""

    source: str
    event_id: str
    happened_at: datetime
    corrects: str | None
    version: Mapping[str, Any]


def versions_of(told: Iterable[Told]) -> list[Mapping[str, Any]]:
    """The versions that hold, oldest first."""
    told = list(told)
    corrected = {(one.source, one.corrects) for one in told if one.corrects is not None}
    standing = [one for one in told if (one.source, one.event_id) not in corrected]
    by_day: dict[str, Told] = {}
    for one in sorted(standing, key=lambda t: (t.happened_at, t.event_id, t.source)):
        by_day[str(one.version["valid_from"])] = one
    return [by_day[day].version for day in sorted(by_day)]
