"""Figures of tasks 23 and 40: the newest measurement of each unit, counted unit by unit."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tasks.given import REVIEW, apply, said

from mingjing_shared.events.review import StaffingMeasured
from mingjing_tasks.handlers.task import clock_of, measure_months
from mingjing_tasks.rules.indicator import read_period
from mingjing_tasks.store.indicator import figures
from support.events import received
from support.officers import CITY, COUNTY, ELSEWHERE, STATION

NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)
TODAY = NOON.date()
YEAR = read_period("2026")


@pytest.fixture(autouse=True)
def at_noon(legal_clock):
    legal_clock(NOON)


def measured(unit, reviewers, officers=100, *, on="2026-10-31", **changes):
    given = {
        "unit": unit,
        "reviewers": reviewers,
        "officers": officers,
        "ratio": reviewers / officers,
        "on": on,
        "percent_asked": 5.0,
        "levelled": officers,
        "legal": 1,
    }
    about = {**REVIEW, **changes.pop("about", {})}
    return received(StaffingMeasured, about=about, **{**given, **changes})


async def shares(tasks, kind="staffing", units=None):
    found = (await figures(tasks, YEAR, TODAY, units)).get(kind)
    return None if found is None else (found.met, found.counted)


async def test_without_a_measurement_there_is_no_figure(tasks):
    assert (await shares(tasks), await shares(tasks, "levels")) == (None, None)


async def test_a_unit_with_just_five_in_a_hundred_has_enough(tasks):
    await apply(tasks, measured(COUNTY, 5), measured(STATION, 4), measured(ELSEWHERE, 6))
    assert await shares(tasks) == (2, 3)
    assert await shares(tasks, units=[STATION]) == (0, 1)


async def test_the_newest_measurement_of_a_unit_counts_in_whatever_order_they_came(tasks):
    new, old = measured(COUNTY, 5, on="2026-10-31"), measured(COUNTY, 4, on="2026-09-30")
    await apply(tasks, new)
    await apply(tasks, old)
    assert await shares(tasks) == (1, 1)


async def test_what_is_not_live_or_not_asked_for_counts_nowhere(tasks):
    synthetic = measured(COUNTY, 4, about={"mode": "synthetic"})
    await apply(tasks, synthetic, measured(STATION, 4, percent_asked=None, levelled=None))
    assert (await shares(tasks), await shares(tasks, "levels")) == (None, None)


async def test_one_officer_without_a_level_in_force_is_one_too_many(tasks):
    await apply(tasks, measured(COUNTY, 5, levelled=99), measured(STATION, 5))
    assert await shares(tasks, "levels") == (1, 2)


async def test_the_month_is_kept_and_told_for_each_unit_with_those_below(tasks, directory):
    await apply(tasks, measured(COUNTY, 5), measured(STATION, 4))
    async with tasks.transaction() as tx:
        await measure_months([clock_of(read_period("2026-10"))], tx)
    told = [data for type_, data in await said(tasks) if type_ == "indicator.measured"]
    enough = {d["unit"]: d["value"] for d in told if d["indicator"] == "reviewers_enough"}
    assert enough == {CITY: 0.5, COUNTY: 0.5, STATION: 0.0}
    assert {d["task"] for d in told} == {23, 40}


async def test_the_figure_opens_its_units_in_the_order_of_their_codes(browser, tasks):
    await apply(tasks, measured(COUNTY, 5), measured(STATION, 4), measured(ELSEWHERE, 6))
    async with browser("case_manager", unit=CITY) as client:
        assert "/tasks/indicators/reviewers_enough" in (await client.get("/tasks/task/23")).text
        page = (await client.get("/tasks/indicators/reviewers_enough?period=2026")).text
        places = [page.index(f"/review/staffing/{unit}") for unit in (COUNTY, STATION, ELSEWHERE)]
        assert places == sorted(places)
        missed = (await client.get("/tasks/indicators/reviewers_enough?part=missed")).text
        assert f"/review/staffing/{STATION}" in missed
        assert f"/review/staffing/{COUNTY}" not in missed
        assert (await client.get("/tasks/indicators/levels_held")).status_code == 200
