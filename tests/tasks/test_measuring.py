"""Figures of legal terms for operators: the day before, the day, the day after."""

from datetime import UTC, datetime, timedelta

import pytest
from tasks.given import a_case, a_decision, apply, of_disclosure

from mingjing_shared.events.disclosure import DisclosureDue, DisclosurePublished
from mingjing_tasks.acts.measuring import BANDS, DEADLINES, MISSED, measure_deadlines

DUE = datetime(2026, 9, 29, 4, tzinfo=UTC)  # noon in Shanghai of the last day


async def bands(tasks):
    await measure_deadlines(tasks)
    found = {band: DEADLINES.labels("publication", band)._value.get() for band in BANDS}
    return [band for band, count in found.items() if count]


@pytest.mark.parametrize(
    ("days", "band"),
    [(-4, "later"), (-3, "72h"), (-2, "72h"), (-1, "24h"), (0, "24h"), (1, "overdue")],
)
async def test_a_duty_is_in_the_band_of_its_day(tasks, legal_clock, days, band):
    due = of_disclosure(DisclosureDue, due_on="2026-09-29", provisional=False)
    await apply(tasks, a_case(), a_decision(), due)
    legal_clock(DUE + timedelta(days=days))
    assert await bands(tasks) == [band]


async def test_a_provisional_day_is_never_overdue(tasks, legal_clock):
    due = of_disclosure(DisclosureDue, due_on="2027-09-29", provisional=True)
    await apply(tasks, a_case(), a_decision(), due)
    legal_clock(DUE.replace(year=2027) + timedelta(days=30))
    assert await bands(tasks) == ["24h"]


async def test_what_was_published_late_is_missed_and_no_longer_open(tasks, legal_clock):
    await apply(
        tasks,
        a_case(),
        a_decision(),
        of_disclosure(DisclosureDue, due_on="2026-09-29", provisional=False),
        of_disclosure(DisclosurePublished, on_time=False),
    )
    legal_clock(DUE + timedelta(days=30))
    assert await bands(tasks) == []
    assert MISSED.labels("publication")._value.get() == 1
