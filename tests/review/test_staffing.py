"""The share of reviewers among officers: unit by unit, today and at the end of each month."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from mingjing_review.handlers.staffing import clock_of
from mingjing_review.pages.staffing import in_words, meets
from mingjing_review.rules.reviewer import person_of
from mingjing_review.rules.staffing import in_order_of_tree, share_asked, staff_of
from mingjing_shared.clock import SHANGHAI
from mingjing_shared.directory.tree import tree_on
from mingjing_shared.messaging.clocks import set_clocks
from support.officers import CITY, COUNTY, ELSEWHERE, STATION
from support.reviewers import FAR, NEAR, a_version, described, near_reviewer, staffed
from support.reviewing import the_handler, the_manager

DAY = date(2026, 9, 21)
TREE = tree_on(
    DAY,
    [
        (code, [{"valid_from": "2018-01-01", "name": code, "level": level, "parent": parent}])
        for code, level, parent in (
            (CITY, "city", CITY),
            (COUNTY, "county", CITY),
            (STATION, "station", COUNTY),
            (ELSEWHERE, "county", CITY),
        )
    ],
)


def people(*changes):
    return [
        person_of(f"0361{place:02}", [a_version(**{"posts": ["民警"], **one})], DAY)
        for place, one in enumerate(changes)
    ]


def test_a_unit_counts_with_all_that_is_below_it():
    staff = staff_of(
        people({"unit": STATION}, {"unit": STATION}, {"unit": COUNTY, "posts": ["法制员"]}),
        TREE,
        DAY,
    )
    assert {unit: (one.officers, one.reviewers) for unit, one in staff.items()} == {
        STATION: (2, 0),
        COUNTY: (3, 1),
        CITY: (3, 1),
    }
    assert staff[COUNTY].own_reviewers == ("036102",)


def test_who_is_out_of_service_or_never_certified_counts_nowhere():
    gone = {"active": False}
    clerk = {"enforcement_certificate": None, "qualification_level": None}
    assert staff_of(people(gone, clerk), TREE, DAY) == {}


def test_a_level_that_is_over_is_no_level():
    over, last = (
        {"qualification_valid_until": "2026-09-20"},
        {"qualification_valid_until": "2026-09-21"},
    )
    staff = staff_of(people(over, last, {"legal_qualification": False}), TREE, DAY)[COUNTY]
    assert (staff.levelled, staff.legal, staff.next_end) == (2, 2, DAY)


@pytest.mark.parametrize(
    ("reviewers", "officers", "met"),
    [(4, 100, False), (5, 100, True), (6, 100, True), (49, 1000, False), (0, 1, False)],
)
def test_five_in_a_hundred_are_asked_for(reviewers, officers, met):
    asked = share_asked(COUNTY, TREE, DAY)
    assert meets(Decimal(reviewers) * 100 / officers, asked) == met


@pytest.mark.parametrize(
    ("day", "asked"),
    [(date(2018, 12, 4), False), (date(2018, 12, 5), True), (date(2018, 12, 6), True)],
)
def test_nothing_is_asked_before_the_rule(day, asked):
    assert (share_asked(COUNTY, TREE, day) is not None) == asked


def test_the_share_is_asked_of_the_bureau_and_its_branches_and_of_nothing_inside_them():
    assert share_asked(CITY, TREE, DAY) == share_asked(COUNTY, TREE, DAY) == 5
    assert share_asked(STATION, TREE, DAY) is None


def test_a_share_is_never_rounded_up_to_what_it_is_not():
    assert in_words(Decimal("4.99")) == "4.9%"
    assert in_words(None) == "—"


def test_units_stand_in_the_order_of_their_tree_and_of_nothing_else():
    units = dict.fromkeys((ELSEWHERE, STATION, CITY, COUNTY))
    assert in_order_of_tree(units, TREE) == [(CITY, 0), (COUNTY, 1), (STATION, 2), (ELSEWHERE, 1)]


@pytest.mark.parametrize(
    ("day", "subject", "due"),
    [
        (date(2026, 9, 30), "2026-09-30", datetime(2026, 9, 30, tzinfo=SHANGHAI)),
        (date(2026, 10, 1), "2026-10-31", datetime(2026, 10, 31, tzinfo=SHANGHAI)),
        (date(2026, 12, 31), "2026-12-31", datetime(2026, 12, 31, tzinfo=SHANGHAI)),
        (date(2028, 2, 1), "2028-02-29", datetime(2028, 2, 29, tzinfo=SHANGHAI)),
    ],
)
def test_a_month_is_measured_as_its_last_day_begins(day, subject, due):
    clock = clock_of(day)
    assert (clock.subject, clock.due_at) == (subject, due)


async def measured(bench, at):
    async with bench.review.database.transaction() as tx:
        await set_clocks(tx, [clock_of(DAY)])
    bench.clock.move_to(at)
    await bench.fire()
    return await bench.told_of("staffing.measured")


async def test_before_the_last_day_of_the_month_nothing_is_measured(bench):
    await staffed(bench, described(NEAR))
    assert await measured(bench, "2026-09-29 23:59") == []


async def test_on_the_last_day_of_the_month_every_unit_is_measured_once_and_told(bench):
    await staffed(bench, described(NEAR))
    told = {event["unit"]: event for event in await measured(bench, "2026-09-30 00:00")}
    assert told[COUNTY]["reviewers"] == 1
    assert told[COUNTY]["officers"] == 9
    assert (told[COUNTY]["on"], told[COUNTY]["percent_asked"]) == ("2026-09-30", 5.0)
    assert (told[STATION]["reviewers"], "percent_asked" in told[STATION]) == (0, False)
    assert not any("034" in str(event) for event in told.values())  # nobody is named
    clocks = await bench.review.database.all(
        "SELECT subject FROM clocks WHERE kind = 'staffing' AND fired_at IS NULL"
    )
    assert [row.subject for row in clocks] == ["2026-10-31"]


async def test_a_unit_shows_who_counts_today_and_its_months(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await measured(bench, "2026-09-30 00:00")
    page = await bench.get(the_manager, f"/review/staffing/{COUNTY}")
    assert NEAR in page.text
    assert "2026-09-30" in page.text
    assert "11.1%" in page.text
    assert f'href="/review/staffing/{STATION}"' in page.text


async def test_the_list_of_units_shows_only_what_one_may_see(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    page = await bench.get(the_manager, "/review/staffing")
    assert page.text.index(f"staffing/{CITY}") < page.text.index(f"staffing/{COUNTY}")
    assert page.text.index(f"staffing/{COUNTY}") < page.text.index(f"staffing/{STATION}")
    own = await bench.get(near_reviewer, "/review/staffing")
    assert (f"staffing/{COUNTY}" in own.text, f"staffing/{CITY}" in own.text) == (True, False)
    assert (await bench.get(the_handler, "/review/staffing")).status_code == 403
    assert (await bench.get(near_reviewer, f"/review/staffing/{CITY}")).status_code == 403
    assert (await bench.get(the_manager, "/review/staffing/999999999999")).status_code == 404
