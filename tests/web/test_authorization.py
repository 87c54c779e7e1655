"""Every route of every service × every role, by HTTP: who is let in, who is refused, what a list
shows. A route that ``rights.py`` does not name fails.
"""

from __future__ import annotations

import re
from contextlib import AsyncExitStack

import pytest
from web.asking import number_of, officer_with, open_place, open_portal
from web.rights import RIGHTS, ROLE

from mingjing_gateway.rules.session import COOKIE
from mingjing_shared.web.officer import ROLES
from support.officers import CITY, an_officer, calling, signed_in
from support.web import browsing

LET_IN = {200, 204, 303, 409, 428}  # 409: the right was there, the state was not; 428: nor why
ALSO = {  # what is found only once the right was proved
    "POST /recording/upload": {400, 503},
    "GET /recording/blobs/{sha256}": {500},  # no object store is set up here
    "POST /recording/casefiles/{case_ref}/packages": {500},
}
NO_ROLE = "-"
INNER = ("/healthz", "/readyz", "/metrics")
INSIDE = [
    (service, route) for service in RIGHTS if service != "portal" for route in RIGHTS[service]
]
INSIDE.sort(key=lambda one: one[1].startswith("POST"))  # what is shown, before anything is done


@pytest.fixture(scope="module")
async def places(stack, tmp_path_factory):
    """Each service's web process with one case, for all tests of this file."""
    async with AsyncExitStack() as opened:
        found = {}
        for service in RIGHTS:
            world = await stack.world()
            opened.push_async_callback(world.close)
            if service == "portal":
                home = tmp_path_factory.mktemp("portal")
                found[service] = await open_portal(world, home, opened, browsing)
            else:
                found[service] = await open_place(world, service, opened, browsing)
        yield found


def routes_of(routes, prefix=""):
    """Methods and address of every route, those of included routers too."""
    for route in routes:
        if hasattr(route, "original_router"):
            below = prefix + route.include_context.prefix
            yield from routes_of(route.original_router.routes, below)
        else:
            yield route.methods, prefix + route.path


async def refusals_noted(place, answer):
    """Of whom the audit says that this request of theirs was refused."""
    rows = await place.app.state.database.all(
        "SELECT officer FROM audit WHERE outcome = 'refused' AND request_id = :id",
        id=answer.headers["x-request-id"],
    )
    return {row.officer for row in rows}


def said_of(answer):
    """What an answer says, but for the request's own id and the number of a receipt."""
    text = re.sub(
        r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|class="receipt">[^<]*', "", answer.text
    )
    return answer.status_code, text


def test_every_role_is_asked():
    assert set(ROLE.values()) == set(ROLES)


@pytest.mark.parametrize("service", RIGHTS)
async def test_every_route_is_in_the_table(places, service):
    templates = {
        f"{method} {path}"
        for methods, path in routes_of(places[service].app.routes)
        for method in methods - {"HEAD", "OPTIONS"}
        if path not in INNER and "/static/" not in path
    }
    forms = {one: re.compile(re.sub(r"\{\w+\}", "[^/]+", one)) for one in templates}
    named = {
        one: one if one in templates else next((t for t in forms if forms[t].fullmatch(one)), None)
        for one in RIGHTS[service]
    }
    assert [one for one, template in named.items() if template is None] == []
    assert templates - set(named.values()) == set()


@pytest.mark.parametrize(("service", "route"), INSIDE)
async def test_without_a_token_nothing_is_open_but_what_is_for_all(places, service, route):
    answer = await places[service].ask(route, {})
    if RIGHTS[service][route].nobody:
        assert answer.status_code in LET_IN
    elif answer.status_code == 303:
        assert answer.headers["location"].startswith("/session/sign-in?next=")
    else:
        assert answer.status_code == 401


@pytest.mark.parametrize(("service", "route"), INSIDE)
async def test_a_systems_token_opens_what_is_for_systems(places, service, route):
    answer = await places[service].ask(route, calling())
    if RIGHTS[service][route].systems:
        assert answer.status_code in LET_IN
    else:
        assert answer.status_code == (401 if route.startswith("POST /intake/") else 403)
        if answer.status_code == 403:
            assert await refusals_noted(places[service], answer) == {"casework"}


@pytest.mark.parametrize(("service", "route"), INSIDE)
async def test_a_route_opens_to_its_roles_and_to_no_other(places, service, route):
    right, let_in, shown = RIGHTS[service][route], "", ""
    for letter in ROLE:
        answer = await places[service].ask(route, signed_in(officer_with(letter)), letter)
        if answer.status_code in LET_IN | ALSO.get(route, set()):
            let_in += letter
            shown += letter if places[service].shows(route, answer.text) else ""
            if right.own:
                _is_own(letter, answer.text)
        else:
            refused = 401 if route.startswith("POST /intake/") else 403
            assert answer.status_code == refused, (letter, answer.status_code, answer.text[-900:])
            if refused == 403:
                assert await refusals_noted(places[service], answer) == {number_of(letter)}, letter
    assert sorted(let_in) == sorted(right.officers)
    if right.shows is not None:
        assert sorted(shown) == sorted(right.shows)


@pytest.mark.parametrize(("service", "route"), INSIDE)
async def test_who_has_no_role_comes_in_only_where_everybody_does_and_sees_no_case(
    places, service, route
):
    right = RIGHTS[service][route]
    nobody = an_officer(number="034900", unit=CITY)
    answer = await places[service].ask(route, signed_in(nobody), NO_ROLE)
    if answer.status_code not in LET_IN:
        assert answer.status_code in (400, 401, 403)
        return
    assert set(ROLE) <= set(right.officers)
    if not right.own:  # one's own log names what one was refused
        assert not places[service].shows(route, answer.text)


@pytest.mark.parametrize("service", [one for one in RIGHTS if one != "portal"])
async def test_whoever_takes_a_receipt_is_in_the_audit(places, service):
    place = places[service]
    headers = signed_in(officer_with("I"))
    answer = await place.ask(f"GET /{service}/api/receipts/{{entry_id}}", headers, "I")
    rows = await place.app.state.database.all(
        "SELECT officer, act, outcome, subject FROM audit WHERE request_id = :id",
        id=answer.headers["x-request-id"],
    )
    taken = [(number_of("I"), "receipt.download", "seen", place.names["entry_id"])]
    assert [tuple(row) for row in rows] == (taken if answer.status_code == 200 else [])
    assert answer.status_code in LET_IN


def _is_own(letter, text):
    """Whether an answer is about this officer and about nobody else."""
    found = {other for other in ROLE if number_of(other) in text}
    assert found == {letter}


@pytest.mark.parametrize("route", [route for service, route in INSIDE if service == "gateway"
                                   and route.startswith("POST /intake/")])  # fmt: skip
async def test_the_door_opens_to_a_publishers_key(places, route):
    place = places["gateway"]
    answer = await place.ask(route, {"Authorization": f"Bearer {place.names['key']}"})
    assert answer.status_code not in (401, 403)


@pytest.mark.parametrize("route", RIGHTS["portal"])
async def test_the_portal_answers_everybody_alike_and_reads_no_session(places, route):
    nobody = await places["portal"].ask(route, {})
    assert nobody.status_code not in (401, 403)
    assert "set-cookie" not in nobody.headers
    for letter in ROLE:
        headers = {**signed_in(officer_with(letter)), "cookie": f"{COOKIE}=a-session"}
        answer = await places["portal"].ask(route, headers)
        assert "set-cookie" not in answer.headers
        assert said_of(answer) == said_of(nobody)
    for headers in (calling(), {"Authorization": "Bearer a-key"}):
        assert said_of(await places["portal"].ask(route, headers)) == said_of(nobody)
