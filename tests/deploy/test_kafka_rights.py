"""On the broker everybody may do their own, and nothing else."""

import asyncio

import pytest
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer

from mingjing_deploy.errors import DeployError
from mingjing_deploy.kafka.admin import KafkaAdmin, client_settings
from mingjing_deploy.local.kafka import kafka_problem

PREFIX = "rights."
TRIES = 40


@pytest.fixture(scope="module")
async def broker(stack):
    server = await asyncio.to_thread(stack.started_kafka)
    admin = server.admin(PREFIX)
    admin.ensure_platform_topics()
    for publisher in ("one", "two"):
        admin.ensure_topic(f"inbound.{publisher}")
        admin.ensure_user(f"rights-{publisher}", f"word-{publisher}")
        admin.grant_publisher(f"rights-{publisher}", f"inbound.{publisher}")
    admin.ensure_user("rights-auditor", "word-auditor")
    admin.grant_auditor("rights-auditor")
    return server


def publish(broker, user, password, topic, *, idempotent=True):
    """Publish one record as a librdkafka client does; None or the code of the refusal."""
    settings = client_settings(broker.bootstrap, user, password)
    producer = Producer(
        {
            **settings,
            "enable.idempotence": idempotent,
            "partitioner": "murmur2_random",
            "message.timeout.ms": 15000,
            "topic.metadata.propagation.max.ms": 500,
        }
    )
    outcome = []
    producer.produce(
        PREFIX + topic, b"{}", key=b"k", on_delivery=lambda error, _: outcome.append(error)
    )
    producer.flush(20)
    [error] = outcome
    return error.code() if error else None


def settled(attempt, wanted):
    """Grants and users reach the broker's authorizer a moment after they were acknowledged."""
    for _ in range(TRIES):
        found = attempt()
        if found == wanted:
            break
    return found


def test_a_publisher_writes_its_own_topic(broker):
    assert settled(lambda: publish(broker, "rights-one", "word-one", "inbound.one"), None) is None


@pytest.mark.parametrize("topic", ["inbound.two", "disclosure", "directory", "platform"])
def test_a_publisher_writes_no_other_topic(broker, topic):
    refused = publish(broker, "rights-one", "word-one", topic)
    assert refused == KafkaError.TOPIC_AUTHORIZATION_FAILED


def test_a_publisher_reads_nothing_not_even_its_own(broker):
    assert read(broker, "rights-one", "word-one", "inbound.one") in (
        KafkaError.TOPIC_AUTHORIZATION_FAILED,
        KafkaError.GROUP_AUTHORIZATION_FAILED,
    )


def test_a_topic_that_was_not_made_is_not_made_by_writing_to_it(broker):
    admin = KafkaAdmin(broker.bootstrap, "admin", broker.admin_password)
    publish(broker, "admin", broker.admin_password, "unheard")
    assert PREFIX + "unheard" not in admin.topics()


def read(broker, user, password, topic, group="rights-auditor"):
    """Try to read; the code of the refusal, or None when the end was reached."""
    settings = client_settings(broker.bootstrap, user, password)
    consumer = Consumer(
        {
            **settings,
            "group.id": PREFIX + group,
            "auto.offset.reset": "earliest",
            "enable.partition.eof": True,
            "enable.auto.commit": False,
        }
    )
    try:
        consumer.subscribe([PREFIX + topic])
        for _ in range(TRIES):
            message = consumer.poll(1)
            if message is not None and message.error() is not None:
                code = message.error().code()
                return None if code == KafkaError._PARTITION_EOF else code
    finally:
        consumer.close()
    raise AssertionError("neither refused nor at the end")


def test_the_auditor_reads_a_department(broker):
    assert (
        settled(lambda: read(broker, "rights-auditor", "word-auditor", "disclosure"), None) is None
    )


def test_the_auditor_reads_no_publisher(broker):
    refused = read(broker, "rights-auditor", "word-auditor", "inbound.one")
    assert refused == KafkaError.TOPIC_AUTHORIZATION_FAILED


def test_the_auditor_writes_nothing(broker):
    refused = publish(broker, "rights-auditor", "word-auditor", "disclosure", idempotent=False)
    assert refused == KafkaError.TOPIC_AUTHORIZATION_FAILED


def test_a_wrong_password_and_an_unknown_user_are_refused(broker):
    assert kafka_problem(broker.bootstrap, "rights-one", "guessed") is not None
    assert kafka_problem(broker.bootstrap, "nobody", "word-one") is not None


def test_a_rotated_password_replaces_the_old_one(broker):
    admin = broker.admin(PREFIX)
    admin.ensure_user("rights-rotated", "old")
    assert admin.ensure_user("rights-rotated", "ignored") is False
    admin.rotate_user("rights-rotated", "new")
    problems = lambda word: kafka_problem(broker.bootstrap, "rights-rotated", word) is None  # noqa: E731
    assert settled(lambda: problems("new"), True)
    assert settled(lambda: problems("old"), False) is False


@pytest.mark.parametrize(
    ("service", "writes"),
    [
        ("disclosure", {"disclosure", "platform", "disclosure.dead-letters"}),
        ("gateway", {"directory", "platform", "gateway.dead-letters"}),
        (
            "tasks",
            {
                "tasks",
                "platform",
                "tasks.dead-letters",
                "replay.gateway",
                "replay.disclosure",
                "replay.recording",
                "replay.review",
                "replay.tasks",
            },
        ),
    ],
)
def test_a_service_writes_what_only_it_writes(broker, service, writes):
    admin = broker.admin(PREFIX)
    admin.grant_service(service)

    def written():
        mine = {grant for grant in admin.grants(service) if grant[2].startswith(PREFIX)}
        assert ("TOPIC", "PREFIXED", f"{PREFIX}inbound.", "READ") in mine or not mine
        return {name.removeprefix(PREFIX) for _, _, name, what in mine if what == "WRITE"}

    assert settled(written, writes) == writes


def test_a_service_that_does_not_speak_kafka_is_granted_nothing(broker):
    with pytest.raises(DeployError, match="'portal' is not a service that speaks Kafka"):
        broker.admin(PREFIX).grant_service("portal")


def test_topics_are_kept_as_the_contract_says(broker):
    admin = broker.admin(PREFIX)
    assert admin.settings("inbound.one")["retention.ms"] == str(30 * 86_400_000)
    assert admin.settings("review")["retention.ms"] == str(400 * 86_400_000)
    assert admin.settings("platform")["retention.ms"] == str(7 * 86_400_000)
    assert admin.settings("directory")["cleanup.policy"] == "compact"
    assert admin.settings("inbound.one")["message.timestamp.type"] == "LogAppendTime"


def test_a_topic_that_nobody_planned_is_refused(broker):
    with pytest.raises(DeployError, match=r"topics\.toml knows no topic 'inbound\.'"):
        broker.admin(PREFIX).ensure_topic("inbound.")


def test_a_broker_that_is_away_is_said_to_be_away():
    with pytest.raises(Exception, match="does not answer") as told:
        KafkaAdmin("127.0.0.1:1", "admin", "word").wait_until_ready(0.1)
    assert isinstance(told.value.__cause__, KafkaException)
