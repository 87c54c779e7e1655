"""Every route of every department × every role: what the table of permissions does not allow is
refused, and a route that nobody listed here fails.
"""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from importlib import import_module

import pytest

from mingjing_shared.directory.noting import note_units
from mingjing_shared.events.directory import UnitDescribed
from mingjing_shared.web.officer import ROLES
from mingjing_shared.web.permissions import acts
from support.events import received
from support.officers import CITY, CSRF, an_officer, calling, signed_in
from support.people import NUMBER, a_bypass, a_case, a_decision, a_proposal, an_act, an_end, apply
from support.web import browsing

UNIT = "340403510000"
ALL, OWN = "all officers", "what is shown is what the officer reaches"
ROUTES = {  # route: the act of the table that it needs, or who may
    "review": {
        "GET /review/openapi.json": ALL,
        "GET /review/": "review.see",
        "GET /review/cases/{decision_id}": "review.read",
        "POST /review/cases/{decision_id}/accept": "review.accept",
        "POST /review/cases/{decision_id}/opinion": "review.opinion",
        "GET /review/cases/{decision_id}/submit": "review.read",
        "POST /review/cases/{decision_id}/submit": "review.submit",
        "GET /review/cases/{decision_id}/return": "review.read",
        "POST /review/cases/{decision_id}/return": "review.return",
        "GET /review/fragments/todo": OWN,
        "GET /review/fragments/bell": OWN,
        "POST /review/fragments/search": OWN,
        "GET /review/fragments/log": OWN,
        "GET /review/fragments/case": OWN,
        "GET /review/api/reviews": "review.see",
        "POST /review/api/gate": OWN,
        "GET /review/api/clearance-key": ALL,
    },
    "recording": {
        "GET /recording/openapi.json": ALL,
        "GET /recording/": OWN,
        "GET /recording/actions/{action_id}": "recording.see",
        "POST /recording/actions/{action_id}/explanations": "recording.explain",
        "GET /recording/footage": OWN,
        "GET /recording/footage/{footage_id}": OWN,
        "POST /recording/footage/{footage_id}/links": OWN,
        "GET /recording/casefiles": OWN,
        "GET /recording/casefiles/{case_ref}": "recording.see",
        "POST /recording/casefiles/{case_ref}/packages": "recording.archive",
        "GET /recording/upload": "recording.upload",
        "POST /recording/upload": OWN,
        "GET /recording/blobs/{sha256}": OWN,
        "GET /recording/fragments/todo": OWN,
        "GET /recording/fragments/bell": OWN,
        "POST /recording/fragments/search": OWN,
        "GET /recording/fragments/log": OWN,
        "GET /recording/fragments/case": OWN,
        "GET /recording/api/actions": OWN,
        "GET /recording/api/footage": OWN,
        "GET /recording/api/casefiles": OWN,
    },
    "disclosure": {
        "GET /disclosure/openapi.json": ALL,
        "GET /disclosure/": "disclosure.see",
        "GET /disclosure/withheld": "disclosure.see",
        "GET /disclosure/items/{item_id}": "disclosure.see",
        "POST /disclosure/items/{item_id}/text": "disclosure.edit",
        "POST /disclosure/items/{item_id}/check": "disclosure.check",
        "POST /disclosure/items/{item_id}/return": "disclosure.return",
        "POST /disclosure/items/{item_id}/approve": "disclosure.approve",
        "POST /disclosure/items/{item_id}/withhold": "disclosure.withhold",
        "POST /disclosure/items/{item_id}/release": "disclosure.release",
        "POST /disclosure/items/{item_id}/correct": "disclosure.correct",
        "POST /disclosure/items/{item_id}/keep": "disclosure.keep",
        "POST /disclosure/items/{item_id}/drop": "disclosure.correct",
        "POST /disclosure/items/{item_id}/withdraw": "disclosure.withdraw",
        "GET /disclosure/feedback": "disclosure.feedback",
        "POST /disclosure/feedback/{feedback_id}": "disclosure.feedback",
        "GET /disclosure/fragments/todo": OWN,
        "GET /disclosure/fragments/bell": OWN,
        "POST /disclosure/fragments/search": OWN,
        "GET /disclosure/fragments/log": OWN,
        "GET /disclosure/fragments/case": OWN,
        "GET /disclosure/api/items": OWN,
    },
    "tasks": {
        "GET /tasks/openapi.json": ALL,
        "GET /tasks/": "tasks.see",
        "GET /tasks/task/{number}": "tasks.see",
        "POST /tasks/task/{number}/{act}": "tasks.see",
        "GET /tasks/import": "tasks.import",
        "POST /tasks/import": "tasks.import",
        "GET /tasks/cases": "tasks.case",
        "GET /tasks/cases/{case_ref}": "tasks.case",
        "GET /tasks/cases/{case_ref}/timeline.csv": "tasks.case",
        "GET /tasks/warnings": "tasks.warnings",
        "GET /tasks/warnings/{warning_id}": "tasks.warnings",
        "POST /tasks/warnings/{warning_id}/{act}": "tasks.take_unit_head",  # of this warning
        "GET /tasks/events": "tasks.events",
        "GET /tasks/letters": "tasks.letters",
        "GET /tasks/indicators/{code}": "tasks.see",
        "GET /tasks/fragments/todo": OWN,
        "GET /tasks/fragments/bell": OWN,
        "POST /tasks/fragments/search": OWN,
        "GET /tasks/fragments/log": OWN,
        "GET /tasks/api/events": "tasks.events",
        "GET /tasks/api/cases/{case_ref}": "tasks.case",
        "GET /tasks/api/warnings": "tasks.warnings",
    },
}
HAPPENED = {
    "review": (a_case, a_proposal),
    "recording": (a_case, an_act, an_end),
    "disclosure": (a_case, a_decision),
    "tasks": (a_case, a_decision, a_bypass),
}
CHANGES = {
    a_case: {"unit": UNIT, "handlers": ["034211"]},
    a_proposal: {"unit": UNIT},
    a_decision: {"unit": UNIT},
}
FORM = {"q": "01183", "reason": "x", "correct_why": "x", "note": "x"}
OF_THE_CASE = ("case_handler", "unit_head")
EVERY_ROUTE = [(service, route) for service, routes in ROUTES.items() for route in routes]


def routes_of(routes):
    """All routes, those of included routers too."""
    for route in routes:
        if hasattr(route, "original_router"):
            yield from routes_of(route.original_router.routes)
        else:
            yield route


@pytest.fixture(scope="module")
async def departments(stack):
    """Each department's web process with a case of one station, and how to fill addresses."""
    async with AsyncExitStack() as opened:
        found = {}
        for service, told in HAPPENED.items():
            world = await stack.world()
            opened.push_async_callback(world.close)
            database = await world.database(service)
            await apply(database, *(one(**CHANGES.get(one, {})) for one in told))
            await _know_units(database)
            app = import_module(f"mingjing_{service}.app").build(await world.settings(service))
            opened.push_async_callback(app.state.database.close)
            client = await opened.enter_async_context(browsing(app))
            found[service] = (app, client, await _names(database, service))
        yield found


async def _know_units(database):
    levels = [(CITY, "city", CITY), (UNIT, "station", CITY)]
    units = [
        received(
            UnitDescribed,
            code=code,
            versions=[{"valid_from": "2020-01-01", "name": code, "level": level, "parent": parent}],
            about={"source": "/mingjing/gateway"},
        )
        for code, level, parent in levels
    ]
    async with database.transaction() as tx:
        await note_units(units, tx)


async def _names(database, service):
    names = {
        "decision_id": "D1",
        "action_id": "A1",
        "case_ref": database.installation.references.case(NUMBER),
        "number": "6",
        "code": "publication_on_time",
        "act": "take",
    }
    for table, column, owner in (
        ("items", "item_id", "disclosure"), ("warnings", "warning_id", "tasks"),
    ):  # fmt: skip
        if service == owner:
            [row] = await database.all(f"SELECT {column} AS id FROM {table}")
            names[column] = row.id
    return names


def who_has(role):
    """An officer with one role: for the station where the case is, else for the city."""
    unit = UNIT if role in OF_THE_CASE else CITY
    number = "034211" if role == "case_handler" else "034999"
    return an_officer((role, unit), number=number, unit=unit)


async def answer(departments, service, route, headers):
    _app, client, names = departments[service]
    method, _, path = route.partition(" ")
    path = re.sub(r"\{(\w+)\}", lambda found: str(names.get(found[1], "0" * 8)), path)
    form = {"csrf": CSRF, **FORM} if method == "POST" else None
    return await client.request(method, path, headers=headers, data=form)


@pytest.mark.parametrize("service", ROUTES)
async def test_every_route_is_listed_here(departments, service):
    app = departments[service][0]
    inner = ("/healthz", "/readyz", "/metrics")
    found = {
        f"{method} {route.path}"
        for route in routes_of(app.routes)
        for method in route.methods - {"HEAD", "OPTIONS"}
        if route.path not in inner and "/static/" not in route.path
    }
    assert found == set(ROUTES[service])


@pytest.mark.parametrize(("service", "route"), EVERY_ROUTE)
async def test_without_a_token_or_with_a_systems_nothing_is_open_but_what_is_listed(
    departments, service, route
):
    refused = {401, 303}
    nobody = (await answer(departments, service, route, {})).status_code
    system = (await answer(departments, service, route, calling())).status_code
    is_gate, is_key = "api/gate" in route, "clearance-key" in route
    assert (nobody in refused) is not is_key
    assert (system == 403) is not (is_gate or is_key)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("service", "route"),
    [(s, r) for s, r in EVERY_ROUTE if ROUTES[s][r] not in (ALL, OWN)],
)
async def test_a_route_opens_to_the_roles_of_its_row_and_to_no_other(
    departments, service, route, role
):
    row = acts()[ROUTES[service][route]]
    said = await answer(departments, service, route, signed_in(who_has(role)))
    if role in row.reach:
        assert said.status_code not in (401, 403), said.text[-600:]
    else:
        # A form that is wrong is refused as such to whoever may see its page.
        assert said.status_code in ((403, 400) if route.startswith("POST") else (403,))
        assert said.status_code == 403 or "没有完成" in said.text
