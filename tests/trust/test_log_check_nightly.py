"""The logs are checked every night, and what was found is in the figures."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from prometheus_client import REGISTRY

from mingjing_deploy.log_check.check import Result
from mingjing_deploy.log_check.findings import Differs
from mingjing_deploy.log_check.nightly import Nightly, next_night, next_round
from mingjing_deploy.log_check.reporting import Report
from mingjing_deploy.log_check.sources import LOGGED

SOUND = Result(1, 0, 2, 1, (), 1)
START = datetime(2026, 9, 18, 12, 0, tzinfo=UTC)


def figure(name, service):
    return REGISTRY.get_sample_value(f"mj_log_check_{name}", {"service": service})


@pytest.mark.parametrize(
    ("after", "night"),
    [
        ("2026-09-18T02:29:59+08:00", "2026-09-18T02:30:00+08:00"),
        ("2026-09-18T02:30:00+08:00", "2026-09-19T02:30:00+08:00"),
        ("2026-09-18T18:30:00+00:00", "2026-09-20T02:30:00+08:00"),
        ("2026-12-31T15:59:59+00:00", "2027-01-01T02:30:00+08:00"),
    ],
)
def test_the_next_night_is_half_past_two_where_the_bureau_is(after, night):
    assert next_night(datetime.fromisoformat(after)) == datetime.fromisoformat(night)


@pytest.mark.parametrize(
    ("ended", "is_well", "due"),
    [
        ("2026-09-18T02:31:00+08:00", True, "2026-09-19T02:30:00+08:00"),
        ("2026-09-18T02:31:00+08:00", False, "2026-09-18T03:01:00+08:00"),
        ("2026-09-18T02:15:00+08:00", False, "2026-09-18T02:30:00+08:00"),
    ],
)
def test_a_round_that_did_not_end_well_is_repeated_before_the_next_night(ended, is_well, due):
    found = next_round(datetime.fromisoformat(ended), is_well=is_well)
    assert found == datetime.fromisoformat(due)


class Desk:
    """Answers for each service what the test says, an hour later each time."""

    def __init__(self, **answers):
        self.answers = answers
        self.hours = 0
        self.nightly = Nightly(self.report_on, self.now)

    def now(self):
        return START.replace(hour=START.hour + self.hours)

    async def report_on(self, service):
        return self.answers.get(service) or Report(service, sound=SOUND)


async def test_what_a_night_found_is_in_the_figures():
    desk = Desk()
    desk.hours = 1
    assert await desk.nightly.round()
    assert {figure("ok", service) for service in LOGGED} == {1.0}
    assert figure("last_timestamp_seconds", "tasks") == desk.now().timestamp()


async def test_a_difference_is_in_the_figures_of_its_service_alone():
    desk = Desk(tasks=Report("tasks", difference=Differs("row", "entry 7: it differs.")))
    assert not await desk.nightly.round()
    assert figure("ok", "tasks") == 0
    assert figure("ok", "review") == 1


async def test_a_log_that_could_not_be_checked_gets_old():
    desk = Desk(tasks=Report("tasks", problem="no database"))
    desk.hours = 3
    assert not await desk.nightly.round()
    assert figure("last_timestamp_seconds", "tasks") == START.timestamp()
    assert figure("last_timestamp_seconds", "review") == desk.now().timestamp()
