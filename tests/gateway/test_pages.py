"""What the gateway shows: the start page, the contract for people and for programs."""

import pytest

from mingjing_shared.events import CATALOGUE, short_name
from mingjing_shared.events.casework import DecisionMade


async def test_an_unknown_type_or_version_has_no_schema(client):
    for address in (
        "/intake/schemas/cn.mingjing.nothing.done/1",
        f"/intake/schemas/{DecisionMade.type}/2",
        f"/intake/schemas/{DecisionMade.type}/x",
    ):
        response = await client.get(address)
        assert response.status_code == 404
        assert "没有事件类型" in response.json()["detail"]


async def test_the_door_is_for_posting_only(client):
    response = await client.get("/intake/events")
    assert response.status_code == 405
    assert response.headers["content-type"].startswith("application/problem+json")


async def test_the_start_page_links_the_departments_and_the_portal(client):
    response = await client.get("/", headers={"Host": "127.0.0.1:30000"})
    assert response.status_code == 200
    assert 'lang="zh-CN"' in response.text
    for department in ("disclosure", "recording", "review", "tasks"):
        assert f'href="/{department}/"' in response.text
    assert 'href="http://127.0.0.1:30001/"' in response.text


@pytest.mark.parametrize(
    ("host", "portal"),
    [
        ("door", "http://door:8081/"),
        ("[::1]:8080", "http://[::1]:8081/"),
        ('"><script>', "http://127.0.0.1:8081/"),
    ],
)
async def test_the_portals_address_follows_the_host_that_was_asked(client, host, portal):
    response = await client.get("/", headers={"Host": host})
    assert f'href="{portal}"' in response.text
    assert "<script>" not in response.text


async def test_a_portal_elsewhere_is_linked_where_it_is(house):
    async with house.served(public_portal_url="https://portal.example/") as client:
        assert 'href="https://portal.example/"' in (await client.get("/")).text


@pytest.mark.parametrize("event_type", sorted(CATALOGUE))
async def test_every_type_has_its_schema_at_the_address_that_its_events_name(client, event_type):
    response = await client.get(f"/intake/schemas/{event_type}/{CATALOGUE[event_type].major}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/schema+json"
    assert response.json()["$id"] == str(response.url.path)


async def test_the_catalogue_shows_every_type(client):
    text = (await client.get("/intake/catalogue")).text
    for event_type, cls in CATALOGUE.items():
        assert f'id="{short_name(event_type)}"' in text
        assert cls.label in text


async def test_asyncapi_is_served(client):
    assert (await client.get("/intake/asyncapi.json")).json()["asyncapi"].startswith("3.")


async def test_the_description_of_the_api_names_the_door(client):
    paths = (await client.get("/gateway/openapi.json")).json()["paths"]
    assert {"/intake/events", "/intake/validate"} <= set(paths)
