"""Every service's log checked at night, and soon after the start; what was found is in figures."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import click
from prometheus_client import Gauge

from mingjing_deploy.log_check.reporting import NOT_RUN, SOUND, Report
from mingjing_deploy.log_check.sources import LOGGED
from mingjing_shared.clock import SHANGHAI, machine_now

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

NIGHT = time(2, 30)
AFTER_START = timedelta(minutes=1)
AGAIN = timedelta(minutes=30)  # after a night that did not end well
_LOOK_SECONDS = 60.0  # a machine that slept notices the hour soon

OK = Gauge("mj_log_check_ok", "Whether the last check of the log found it sound", ["service"])
LAST = Gauge(
    "mj_log_check_last_timestamp_seconds",
    "When the log was last checked to an end; at first, when this process started",
    ["service"],
)


def next_night(after: datetime) -> datetime:
    """Give the next 02:30 in Asia/Shanghai after an instant."""
    local = after.astimezone(SHANGHAI)
    night = datetime.combine(local.date(), NIGHT, SHANGHAI)
    return night if night > local else night + timedelta(days=1)


def next_round(ended: datetime, *, is_well: bool) -> datetime:
    """Give when to check next, after a round that ended well or not."""
    night = next_night(ended)
    return night if is_well else min(night, ended + AGAIN)


class Nightly:
    """Checks all logs, again and again; what it knows is in the figures."""

    def __init__(
        self,
        report_on: Callable[[str], Awaitable[Report]],
        now: Callable[[], datetime] = machine_now,
    ) -> None:
        self._report_on = report_on
        self._now = now
        for service in LOGGED:
            LAST.labels(service).set(now().timestamp())

    async def round(self) -> bool:
        """Check every log once; whether all were found sound.

        One that could not be checked keeps its figures: it gets old, and that is seen.
        """
        is_well = True
        for service in LOGGED:
            report = await self._report_on(service)
            is_well = is_well and report.exit_code == SOUND
            click.echo(report.for_people(), err=report.exit_code != SOUND)
            if report.exit_code != NOT_RUN:
                OK.labels(service).set(report.exit_code == SOUND)
                LAST.labels(service).set(self._now().timestamp())
        return is_well

    async def keep_checking(self) -> None:
        """Check soon, and then every night, for ever."""
        due = self._now() + AFTER_START
        click.echo(f"Logs are checked in a minute, and every night at {NIGHT:%H:%M}.")
        while True:
            left_seconds = (due - self._now()).total_seconds()
            if left_seconds > 0:
                await asyncio.sleep(min(left_seconds, _LOOK_SECONDS))
                continue
            is_well = await self.round()
            due = next_round(self._now(), is_well=is_well)
