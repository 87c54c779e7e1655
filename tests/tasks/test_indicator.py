"""Three figures by events: each equals what was planted, and opens what is behind it."""

import re
from datetime import UTC, date, datetime

import pytest
from tasks.given import a_case, a_decision, apply, of_disclosure, said
from tasks.planting import UNITS, planted

from mingjing_shared.events.disclosure import DisclosureDue, DisclosurePublished
from mingjing_tasks.handlers.task import clock_of, measure_months
from mingjing_tasks.rules.indicator import INDICATORS, month_of, read_period, year_of
from mingjing_tasks.store.indicator import COUNTS, figures
from mingjing_tasks.store.staffing import COUNTS as MEASURED
from support.officers import CITY, COUNTY, STATION

NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)  # in Shanghai
TODAY = NOON.date()
YEAR = read_period("2026")
CODES = {
    "publication": "publication_on_time",
    "casefile": "casefile_in_time",
    "review": "review_done",
}


@pytest.fixture(autouse=True)
def at_noon(legal_clock):
    """Pages and months are asked on the day for which the facts were planted."""
    legal_clock(NOON)


def plant(seed, many=60):
    return planted(seed, TODAY, many)


@pytest.mark.parametrize("seed", range(4))
async def test_each_figure_is_what_an_independent_count_of_the_planted_facts_gives(tasks, seed):
    events, counts = plant(seed)
    for start in range(0, len(events), 40):
        await apply(tasks, *events[start : start + 40])
    for unit in UNITS:
        found = await figures(tasks, YEAR, TODAY, [unit])
        for kind in CODES:
            row = found.get(kind)
            assert (row.counted, row.met) == counts.get((kind, unit), (0, 0)), (kind, unit)
    whole = await figures(tasks, YEAR, TODAY, None)
    for kind, row in whole.items():
        parts = [counts.get((kind, unit), (0, 0)) for unit in UNITS]
        assert (row.counted, row.met) == tuple(map(sum, zip(*parts, strict=True)))


async def test_the_counts_are_those_of_the_duties(tasks):
    events, _ = plant(9)
    await apply(tasks, *events)
    counted = await tasks.all("SELECT kind, unit, counted_on, result, duties FROM duty_counts")
    duties = await tasks.all(
        "SELECT kind, COALESCE(unit, '') AS unit, counted_on,"
        " CASE WHEN met IS NULL THEN 'open' WHEN met THEN 'met' ELSE 'missed' END AS result,"
        " count(*) AS duties FROM duties WHERE counted_on IS NOT NULL AND mode = 'live'"
        " GROUP BY 1, 2, 3, 4"
    )
    assert sorted(map(tuple, counted)) == sorted(map(tuple, duties))


async def test_a_figure_opens_its_duties_page_by_page_and_each_its_events(browser, tasks):
    events, counts = plant(3, many=150)
    await apply(tasks, *events)
    parts = [counts.get(("publication", unit), (0, 0)) for unit in UNITS]
    wanted = {"counted": sum(c for c, _ in parts), "met": sum(m for _, m in parts)}
    wanted["missed"] = wanted["counted"] - wanted["met"]
    async with browser("case_manager", unit=CITY) as client:
        board = (await client.get("/tasks/task/6")).text
        for part, many in wanted.items():
            address = f"/tasks/indicators/publication_on_time?period=2026&amp;part={part}"
            assert address in board
            assert f"{many}</a>" in board
            seen, after = [], ""
            while after is not None:
                answer = await client.get(f"{address.replace('&amp;', '&')}&after={after}")
                seen += re.findall(r'href="(/tasks/cases/c_\w+)#events"', answer.text)
                found = re.search(r"after=([\w-]+)\"", answer.text)
                after = found[1] if found else None
            assert len(seen) == len(set(seen)) == many
        assert "取数的查询" in answer.text
        assert "FROM duty_counts" in answer.text


async def test_an_officer_of_a_unit_sees_the_figures_and_cases_of_that_unit(browser, tasks):
    events, counts = plant(5)
    await apply(tasks, *events)
    async with browser("unit_head", unit=COUNTY) as client:
        text = (await client.get("/tasks/indicators/publication_on_time?period=2026")).text
    many = counts["publication", STATION][0]
    assert f"<b>{many}</b><span>应当做到" in text
    assert "本单位及下级" in text
    assert len(re.findall(r"#events", text)) == many


async def test_who_sees_no_cases_sees_figures_alone(browser, tasks):
    await apply(tasks, *plant(5)[0])
    async with browser("operator", unit=CITY) as client:
        text = (await client.get("/tasks/indicators/casefile_in_time?period=2026")).text
    assert "不显示案件" in text
    assert "2026-0000" not in text


@pytest.mark.parametrize("asked", ["period=2026-13", "period=x", "part=x"])
async def test_what_no_figure_has_is_refused(browser, asked):
    async with browser("inspector", unit=CITY) as client:
        answer = await client.get(f"/tasks/indicators/review_done?{asked}")
        assert answer.status_code == 400
        assert (await client.get("/tasks/indicators/none")).status_code == 404


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_its_days(name, first, last):
    period = read_period(name)
    assert (period.first, period.last) == (first, last)
    assert period in (year_of(first), month_of(last))


def test_every_indicator_belongs_to_a_task_and_asks_for_a_share():
    assert {v.task for fact in INDICATORS.values() for v in fact.versions} == {6, 17, 23, 25, 40}
    assert len(COUNTS) + len(" AND unit <> '' GROUP BY kind, unit") <= 500  # travels in an event
    assert max(map(len, MEASURED.values())) <= 500


async def measured(tasks, month):
    async with tasks.transaction() as tx:
        await measure_months([clock_of(read_period(month))], tx)
    return [data for type_, data in await said(tasks) if type_ == "indicator.measured"]


async def test_a_month_that_ended_is_measured_for_each_unit_and_those_above_once(tasks, directory):
    on_time = {"due_on": "2026-09-20", "provisional": False}
    await apply(
        tasks,
        a_case(unit=STATION),
        a_decision(unit=STATION),
        of_disclosure(DisclosureDue, **on_time),
        of_disclosure(DisclosurePublished, on_time=True),
    )
    for _ in range(2):
        found = await measured(tasks, "2026-09")
    units = [(d["unit"], d["value"]) for d in found if d["indicator"] == "publication_on_time"]
    assert sorted(units) == [(CITY, 1.0), (COUNTY, 1.0), (STATION, 1.0)]
    assert {d["period"] for d in found} == {"2026-09"}
    assert all("duty_counts" in d["query"] for d in found)
    rows = await tasks.all("SELECT subject FROM clocks WHERE kind = 'measure' ORDER BY 1")
    assert [row.subject for row in rows] == ["2026-10"]


async def test_a_month_in_which_nothing_counts_is_not_measured(tasks, directory):
    assert await measured(tasks, "2026-09") == []
