"""Pages of people cost little: few questions to the database, however many are in the register."""

from __future__ import annotations

import pytest
from review.test_advisers import ask, at_work, ref_of
from sqlalchemy import event

from mingjing_review.app import build
from mingjing_review.settings import ReviewSettings
from support.officers import CITY, COUNTY, signed_in
from support.reviewers import NEAR, described
from support.reviewing import the_manager
from support.web import browsing

QUERIES_MAX = 15
PAGES = (
    "/review/reviewers",
    "/review/reviewers/{number}",
    "/review/advisers",
    "/review/advisers/{ref}",
    "/review/staffing",
    "/review/staffing/{unit}",
    "/review/cases/D1/people",
)


@pytest.mark.parametrize("many", [2, 60])
async def test_no_page_of_people_asks_more_than_a_few_times(review_world, bench, many):
    await at_work(bench)
    await bench.review.apply(*(described(f"0370{n:02}", unit=CITY) for n in range(many)))
    await ask(bench)
    await bench.says_why(the_manager)
    app = build(ReviewSettings(**(await review_world.settings("review")).model_dump()))
    asked: list[object] = []
    engine = app.state.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    names = {"number": NEAR, "ref": ref_of(bench), "unit": COUNTY}
    costs = {}
    async with browsing(app) as client:
        for page in PAGES:
            asked.clear()
            answer = await client.get(page.format(**names), headers=signed_in(the_manager))
            costs[page] = len(asked)
            assert answer.status_code == 200, page
    await app.state.database.close()
    assert {page: cost for page, cost in costs.items() if cost > QUERIES_MAX} == {}
