"""The register of publishers: the newest registration wins, in whatever order they come."""

from datetime import timedelta
from itertools import permutations

from mingjing_shared.events.directory import PublisherRegistered
from mingjing_shared.messaging.publishers import register_publishers, registered
from support.events import A_TIME, received


def a_registration(name="casework", at=0, event_id=None, **changes):
    given = {
        "name": name,
        "topic": f"inbound.{name}",
        "source": f"/huainan/{name}",
        "types": ["cn.mingjing.case.accepted"],
        "way": "kafka",
        "modes": [],
    }
    about = {"source": "/mingjing/gateway", "time": A_TIME + timedelta(days=at)}
    about |= {} if event_id is None else {"id": event_id}
    return received(PublisherRegistered, about=about, **{**given, **changes})


async def register(database, *registrations):
    async with database.transaction() as tx:
        for item in registrations:
            await register_publishers([item], tx)


async def test_the_newest_registration_wins_in_any_order(database):
    for number, order in enumerate(permutations(range(3))):
        name = f"casework-{number}"
        told = [
            a_registration(name, at=0),
            a_registration(name, at=2, types=["cn.mingjing.decision.made"], modes=["backfill"]),
            a_registration(name, at=1, types=["cn.mingjing.enforcement.ended"]),
        ]
        await register(database, *(told[place] for place in order))
    found = (await registered(database)).values()
    assert len(found) == 6
    assert {publisher.types for publisher in found} == {frozenset({"cn.mingjing.decision.made"})}
    assert {publisher.modes for publisher in found} == {frozenset({"backfill"})}


async def test_what_is_agreed_about_quiet_is_kept_and_can_be_taken_back(database):
    await register(database, a_registration(at=0, quiet_minutes_max=30))
    assert (await registered(database))["inbound.casework"].quiet_minutes_max == 30
    await register(database, a_registration(at=1))
    assert (await registered(database))["inbound.casework"].quiet_minutes_max is None


async def test_of_two_of_one_instant_the_greater_id_wins(database):
    for number, order in enumerate([(0, 1), (1, 0)]):
        name = f"casework-{number}"
        told = [
            a_registration(name, types=["cn.mingjing.case.accepted"], event_id="a"),
            a_registration(name, types=["cn.mingjing.decision.made"], event_id="b"),
        ]
        await register(database, *(told[place] for place in order))
    found = (await registered(database)).values()
    assert {publisher.types for publisher in found} == {frozenset({"cn.mingjing.decision.made"})}


async def test_the_register_is_asked_by_topic(database):
    await register(database, a_registration("casework"), a_registration("recorders"))
    found = await registered(database)
    assert {topic: publisher.source for topic, publisher in found.items()} == {
        "inbound.casework": "/huainan/casework",
        "inbound.recorders": "/huainan/recorders",
    }
