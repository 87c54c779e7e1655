"""Pages cost little: few queries, and lists that an index gives in their order."""

import re

import pytest
from sqlalchemy import event, text
from tasks.given import a_case, apply
from tasks.test_any_order import EVENTS, ONE
from tasks.test_notice import TEXT

from mingjing_tasks.acts.notice import import_notice
from mingjing_tasks.app import build
from support.officers import CITY, COUNTY, CSRF, an_officer, signed_in
from support.web import browsing

QUERIES_MAX = 12
PAGES = (
    "/tasks/",
    "/tasks/task/6",
    "/tasks/indicators/publication_on_time",
    "/tasks/cases",
    "/tasks/cases/{case_ref}",
    "/tasks/warnings",
    "/tasks/warnings/{warning_id}",
    "/tasks/events",
    "/tasks/letters",
    "/tasks/live",
    "/tasks/import",
    "/tasks/fragments/todo",
    "/tasks/fragments/bell",
    "/tasks/fragments/log",
    "/tasks/api/warnings",
)


@pytest.mark.parametrize("unit", [CITY, COUNTY])
async def test_no_page_asks_the_database_more_than_a_few_times(world, tasks, directory, unit):
    await apply(tasks, *EVENTS, *(a_case(f"田公（网）2027-{n:05}", unit=COUNTY) for n in range(60)))
    async with tasks.transaction() as tx:
        await import_notice(tx, TEXT, "034017")
    app = build(await world.settings("tasks"))
    asked = []
    engine = app.state.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    (row,) = await tasks.all(
        "SELECT warning_id FROM warnings WHERE kind = 'footage_missing' LIMIT 1"
    )
    names = {
        "case_ref": tasks.installation.references.case(ONE),
        "warning_id": row.warning_id,
    }
    roles = ("inspector", "case_manager", "operator") if unit == CITY else ("unit_head", "operator")
    headers = signed_in(an_officer(*roles, unit=unit))
    costs = {}
    async with browsing(app) as client:
        for page in PAGES:
            asked.clear()
            answer = await client.get(page.format(**names), headers=headers)
            costs[page] = len(asked)
            assert answer.status_code in (200, 403), page
        asked.clear()
        form = {"csrf": CSRF, "q": "田公"}
        await client.post("/tasks/fragments/search", data=form, headers=headers)
        costs["search"] = len(asked)
    await app.state.database.close()
    assert {page: many for page, many in costs.items() if many > QUERIES_MAX} == {}


async def test_the_bell_and_a_report_add_up_no_figures(world, tasks, directory):
    async with tasks.transaction() as tx:
        await import_notice(tx, TEXT, "034017")
    app = build(await world.settings("tasks"))
    asked = []
    engine = app.state.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    headers = signed_in(an_officer("inspector", "unit_head", unit=COUNTY))
    async with browsing(app) as client:
        bell = await client.get("/tasks/fragments/bell", headers=headers)
        form = {"csrf": CSRF, "unit": COUNTY}
        answer = await client.post("/tasks/task/1/accept", data=form, headers=headers)
    await app.state.database.close()
    assert (bell.status_code, bell.text) == (200, "0")
    assert (answer.status_code, answer.headers["location"]) == (303, "/tasks/task/1?done=accept")
    assert asked
    assert not [statement for statement in asked if "duty_counts" in statement]


NEWEST = "ORDER BY since DESC, warning_id DESC LIMIT 51"
LISTS = {
    "cases_ref": "FROM cases WHERE case_ref = 'c_1'",
    "cases_newest": """FROM cases WHERE accepted_at IS NOT NULL AND (accepted_at, case_key) <
        (now(), 'x') ORDER BY accepted_at DESC, case_key DESC LIMIT 51""",
    "cases_handlers": """FROM cases WHERE handlers @> '["034211"]'""",
    "cases_found": "FROM cases WHERE parts_of(lower(case_key)) @> '{田公}'",
    "document_refs_found": "FROM document_refs WHERE parts_of(lower(number_key)) @> '{田公}'",
    "duties_met": """FROM duties WHERE kind = 'review' AND met
        AND counted_on BETWEEN '2026-01-01' AND '2026-12-31'
        ORDER BY counted_on DESC, subject DESC LIMIT 51""",
    "duties_missed": """FROM duties WHERE kind = 'review'
        AND met IS NOT TRUE AND (met IS NOT NULL OR counted_on < '2026-11-26')
        AND counted_on BETWEEN '2026-01-01' AND '2026-12-31'
        ORDER BY counted_on DESC, subject DESC LIMIT 51""",
    "warnings_state_newest": f"""FROM warnings WHERE state = 'raised'
        AND (since, warning_id) < (now(), 'x') {NEWEST}""",
    "warnings_newest": f"FROM warnings WHERE (since, warning_id) < (now(), 'x') {NEWEST}",
    "timeline_newest": """FROM timeline WHERE (happened_at, event_id, source) < (now(), 'x', 'x')
        ORDER BY happened_at DESC, event_id DESC, source DESC LIMIT 51""",
    "duties_counted": """FROM duties WHERE kind = 'review'
        AND counted_on BETWEEN '2026-01-01' AND '2026-12-31'
        AND (counted_on, subject) < ('2026-11-26', 'x')
        ORDER BY counted_on DESC, subject DESC LIMIT 51""",
    "dead_letters_newest": """FROM dead_letters WHERE (failed_at, id) < (now(), gen_random_uuid())
        ORDER BY failed_at DESC, id DESC LIMIT 51""",
    "task_acts_task": "FROM task_acts WHERE task = 6 ORDER BY number DESC LIMIT 200",
}


@pytest.mark.parametrize("index", LISTS)
async def test_an_index_gives_each_list_in_its_order(tasks, index):
    async with tasks.engine.begin() as connection:
        bitmap = "on" if "found" in index or "handlers" in index else "off"
        for setting in ("seqscan = off", "sort = off", f"bitmapscan = {bitmap}"):
            await connection.execute(text(f"SET LOCAL enable_{setting}"))
        rows = await connection.execute(text(f"EXPLAIN SELECT * {LISTS[index]}"))
        plan = "\n".join(row[0] for row in rows)
    assert f"{index} " in plan, plan
    assert not re.search(r"^\s*(->)?\s*Sort\b", plan, re.MULTILINE), plan
