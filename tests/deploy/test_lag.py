"""How far groups are behind, in messages and seconds, from one who may read no record."""

import asyncio
import time

import pytest
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from hypothesis import given
from hypothesis import strategies as st

from mingjing_deploy.kafka.admin import client_settings
from mingjing_deploy.kafka.lag import PRECISION_MS, Broker, oldest
from mingjing_deploy.observer import GROUPS, Observer
from mingjing_shared.events.base import SERVICES
from mingjing_tasks.stream.faust_app import GROUP

PREFIX = "lag."
NOW = 1_800_000_000_000
ONE = ("t", 0)


def test_every_group_that_commits_is_observed():
    assert set(GROUPS) == {*SERVICES, GROUP}


def index_of(times):
    """A partition whose records came at these instants, as the broker's index answers."""
    return lambda instants: {
        place: sum(at < instant for at in times) for place, instant in instants.items()
    }


@pytest.mark.parametrize("ago_ms", [0, 400, 999, 60_000, 3 * 86_400_000, 399 * 86_400_000])
def test_the_age_of_the_first_record_not_settled_is_found(ago_ms):
    times = [NOW - 500 * 86_400_000, NOW - ago_ms, NOW]
    found = oldest({ONE: 1}, NOW, index_of(times))[ONE]
    assert abs(found - (NOW - ago_ms)) <= 2 * PRECISION_MS


@given(st.lists(st.integers(0, 30 * 86_400_000), min_size=1, max_size=50), st.data())
def test_it_is_found_wherever_the_group_stands(ages, data):
    times = sorted(NOW - age for age in ages)
    offset = data.draw(st.integers(0, len(times) - 1))
    first_of_its_instant = times.index(times[offset])
    found = oldest({ONE: first_of_its_instant}, NOW, index_of(times))[ONE]
    assert abs(found - times[offset]) <= 2 * PRECISION_MS


def test_many_places_are_asked_together():
    steps = []

    def starts(instants):
        steps.append(len(instants))
        return dict.fromkeys(instants, 0)

    assert len(oldest({("t", n): 0 for n in range(24)}, NOW, starts)) == 24
    assert set(steps) == {24}


@pytest.fixture(scope="module")
async def broker(stack):
    server = await asyncio.to_thread(stack.started_kafka)
    admin = server.admin(PREFIX, partitions=1)
    admin.ensure_platform_topics()
    admin.ensure_user("lag-observer", "word")
    admin.grant_observer("lag-observer")
    return server


@pytest.fixture(scope="module")
def behind(broker):
    """Review settled two of five records; when the third came to the broker."""
    settings = client_settings(broker.bootstrap, "admin", broker.admin_password)
    producer = Producer(settings)
    came = []
    for _ in range(5):
        producer.produce(
            PREFIX + "review", b"{}", on_delivery=lambda _, m: came.append(m.timestamp()[1])
        )
        producer.flush(20)
    consumer = Consumer({**settings, "group.id": PREFIX + "review"})
    consumer.commit(offsets=[TopicPartition(PREFIX + "review", 0, 2)], asynchronous=False)
    consumer.close()
    return came[2]


@pytest.fixture
def observed(broker):
    return Broker(broker.bootstrap, "lag-observer", "word", PREFIX)


def lags(observed):
    """Rights reach the broker's authorizer a moment after they were granted."""
    for _ in range(40):
        try:
            return observed.lags(GROUPS, round(time.time_ns() / 1e6)), time.time_ns() / 1e6
        except KafkaException:
            continue
    return observed.lags(GROUPS, round(time.time_ns() / 1e6)), time.time_ns() / 1e6


def test_a_group_is_behind_by_what_it_has_not_settled_and_since_when(behind, observed):
    found, now_ms = lags(observed)
    lag = found["review", "review"]
    assert (lag.messages, lag.offset, lag.lost) == (3, 2, 0)
    assert lag.seconds == pytest.approx((now_ms - behind) / 1000, abs=2)


def test_who_observes_may_read_no_record(behind, broker):
    settings = client_settings(broker.bootstrap, "lag-observer", "word")
    consumer = Consumer({**settings, "group.id": PREFIX + "review"})
    consumer.assign([TopicPartition(PREFIX + "review", 0, 0)])
    try:
        message = consumer.poll(20)
        assert message is not None
        assert message.error().name() in (
            "TOPIC_AUTHORIZATION_FAILED", "GROUP_AUTHORIZATION_FAILED",
        )  # fmt: skip
    finally:
        consumer.close()


def test_an_observer_is_ready_once_it_saw_the_broker(behind, observed):
    lags(observed)
    observer = Observer(observed)
    assert not observer.ready
    observer.look()
    assert observer.ready
