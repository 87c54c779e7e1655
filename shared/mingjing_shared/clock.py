"""The only source of "now".

Two clocks, never mixed (lint forbids ``datetime.now`` elsewhere): the legal clock decides terms
and can be moved for demonstrations and drills by one file that all processes read; the machine
clock is for sessions, checkpoints, locks, metrics and lag, and is never moved.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def machine_now() -> datetime:
    """The machine's instant, in UTC. Never moved."""
    return datetime.now(UTC)


def legal_now() -> datetime:
    """The instant that the law's terms are judged by, in UTC.

    Equal to the machine's instant plus the offset in the file that ``MINGJING_CLOCK_FILE``
    names (``{"offset_seconds": n}``); the file is read again whenever it changes.
    """
    return machine_now() + legal_offset()


def legal_today() -> date:
    """Today's date in Asia/Shanghai by the legal clock."""
    return legal_now().astimezone(SHANGHAI).date()


def local_date(instant: datetime) -> date:
    """The date in Asia/Shanghai on which an instant falls."""
    return instant.astimezone(SHANGHAI).date()


def legal_offset() -> timedelta:
    """How far the legal clock is moved from the machine's."""
    name = os.environ.get("MINGJING_CLOCK_FILE")
    if not name:
        return timedelta()
    try:
        changed = Path(name).stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta()
    return _offset_in(name, changed)


@lru_cache(maxsize=8)
def _offset_in(name: str, changed: int) -> timedelta:
    del changed  # part of the cache key only: a changed file is read again
    return timedelta(seconds=json.loads(Path(name).read_text())["offset_seconds"])
