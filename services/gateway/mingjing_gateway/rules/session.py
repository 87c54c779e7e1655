"""How long a session lives, and when guessing is stopped. Pure; machine time."""

from __future__ import annotations

from datetime import datetime, timedelta

COOKIE = "mj_session"
FIRST_PASSWORD = "/session/first-password"  # noqa: S105 - an address
_HOURS_MAX, _IDLE_HOURS_MAX, _LINK_HOURS_MAX, LOCK_MINUTES = 12, 2, 24, 15
LIFE = timedelta(hours=_HOURS_MAX)
IDLE = timedelta(hours=_IDLE_HOURS_MAX)
SEEN_STEP = timedelta(minutes=1)
FAILURES_MAX = 5
LOCK = timedelta(minutes=LOCK_MINUTES)
LINK_LIFE = timedelta(hours=_LINK_HOURS_MAX)


def is_alive(*, seen_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether a session may still be used: not over, and not left alone too long."""
    return now < ends_at and now < seen_at + IDLE


def lock_after(failures: int, now: datetime) -> datetime | None:
    """Until when an account is locked after this many wrong passwords in a row."""
    return now + LOCK if failures >= FAILURES_MAX else None


def address_of_link(code: str) -> str:
    """A one-time link: its code stands behind the #, so it is in no request, log or Referer."""
    return f"{FIRST_PASSWORD}#{code}"
