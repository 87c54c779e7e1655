"""Topics, users and rights on the broker: the one place that grants anything."""

import time
from collections.abc import Iterable
from concurrent.futures import Future

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ConfigResource,
    NewTopic,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialDeletion,
    UserScramCredentialUpsertion,
)

from mingjing_deploy.errors import DeployError, NotReady
from mingjing_deploy.kafka.topics import kind_of, platform_topics

DEPARTMENTS = ("disclosure", "recording", "review", "tasks")
SCRAM_ITERATIONS = 8192
ANSWER_SECONDS_MAX = 30.0
PAUSE_SECONDS = 0.1


def client_settings(bootstrap: str, user: str, password: str) -> dict[str, object]:
    """Give librdkafka's settings for one user; silent, because callers say what went wrong."""
    return {
        "bootstrap.servers": bootstrap,
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanisms": "SCRAM-SHA-256",
        "sasl.username": user,
        "sasl.password": password,
        "log_level": 0,
        "reconnect.backoff.ms": 50,
        "reconnect.backoff.max.ms": 500,
        "socket.connection.setup.timeout.ms": 3000,
        "error_cb": _ignore,
    }


def _ignore(_error: KafkaError) -> None:
    """Errors come back with the call that met them."""


class KafkaAdmin:
    """The administrator's hand on one broker, below one prefix of topics and groups.

    Every method may be repeated: it makes what is missing and leaves what is there. Names of
    topics are given without the prefix; users carry none.
    """

    def __init__(
        self,
        bootstrap: str,
        user: str,
        password: str,
        *,
        prefix: str = "",
        partitions: int | None = None,
    ) -> None:
        """``partitions``: for tests only, other than what topics.toml says."""
        self.prefix = prefix
        self._partitions = partitions
        self._client = AdminClient(client_settings(bootstrap, user, password))

    def wait_until_ready(self, timeout_seconds: float = 30) -> None:
        """Return when the broker answers.

        Raises:
            NotReady: it did not in time.
        """
        end = time.monotonic() + timeout_seconds
        while True:
            try:
                self._client.list_topics(timeout=2)
            except KafkaException as problem:
                if time.monotonic() > end:
                    reason = problem.args[0].str()
                    raise NotReady(f"The broker does not answer: {reason}.") from problem
                time.sleep(PAUSE_SECONDS)
            else:
                return

    def topics(self) -> set[str]:
        """Name the topics below our prefix, the prefix taken off."""
        known = self._client.list_topics(timeout=ANSWER_SECONDS_MAX).topics
        mine = (name for name in known if name.startswith(self.prefix))
        return {name.removeprefix(self.prefix) for name in mine if not name.startswith("__")}

    def ensure_platform_topics(self) -> list[str]:
        """Make every topic that exists before the first publisher; name those made now."""
        return self._create(platform_topics())

    def ensure_topic(self, name: str) -> bool:
        """Make one topic, kept as its kind in topics.toml says; False if it was there."""
        return bool(self._create([name]))

    def ensure_user(self, name: str, password: str) -> bool:
        """Make a SCRAM user; False, and its password untouched, if it was there."""
        if name in self._users():
            return False
        self.rotate_user(name, password)
        return True

    def rotate_user(self, name: str, password: str) -> None:
        """Give a user a new password; connections that are open stay so."""
        info = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, SCRAM_ITERATIONS)
        change = UserScramCredentialUpsertion(name, info, password.encode())
        _settle(self._client.alter_user_scram_credentials([change]).values())

    def remove_user(self, name: str) -> None:
        """Take a user's password away; what it was granted stays until it is revoked."""
        if name in self._users():
            change = UserScramCredentialDeletion(name, ScramMechanism.SCRAM_SHA_256)
            _settle(self._client.alter_user_scram_credentials([change]).values())

    def grant_publisher(self, user: str, topic: str) -> None:
        """Let a publisher write its own topic, and nothing else."""
        self._grant([self._topic(user, AclOperation.WRITE, topic)])

    def grant_door(self, topic: str) -> None:
        """Let the gateway write the topic of a publisher that comes by the door."""
        self._grant([self._topic("gateway", AclOperation.WRITE, topic)])

    def grant_service(self, service: str) -> None:
        """Let a service read what every service reads, and write what only it writes.

        Raises:
            DeployError: no such service speaks Kafka.
        """
        writes = {
            "gateway": ["directory"],
            "tasks": ["tasks", *(f"replay.{name}" for name in ("gateway", *DEPARTMENTS))],
        }.get(service, [service])
        if service not in ("gateway", *DEPARTMENTS):
            raise DeployError(f"{service!r} is not a service that speaks Kafka.")
        reads = [*DEPARTMENTS, "directory", "platform", f"replay.{service}"]
        self._grant(
            [
                self._topic(service, AclOperation.READ, "inbound.", beginning=True),
                *(self._topic(service, AclOperation.READ, name) for name in reads),
                *(
                    self._topic(service, AclOperation.WRITE, name)
                    for name in [*writes, "platform", f"{service}.dead-letters"]
                ),
                *self._group(service, service),
            ]
        )

    def grant_auditor(self, user: str = "auditor") -> None:
        """Let the auditor read the departments' topics, and nothing else."""
        reads = [self._topic(user, AclOperation.READ, name) for name in DEPARTMENTS]
        self._grant([*reads, *self._group(user, user)])

    def grant_observer(self, user: str = "observer") -> None:
        """Let the observer see how far topics and groups are, and read no record."""
        name = "" if self.prefix else "*"  # the broker knows no empty beginning
        every = bool(self.prefix)
        kinds = (ResourceType.TOPIC, ResourceType.GROUP)
        self._grant(
            [self._binding(user, AclOperation.DESCRIBE, k, name, beginning=every) for k in kinds]
        )

    def grants(self, user: str) -> set[tuple[str, str, str, str]]:
        """List what a user may: (resource, pattern, name, operation)."""
        wanted = AclBindingFilter(
            ResourceType.ANY,
            None,
            ResourcePatternType.ANY,
            None,
            None,
            AclOperation.ANY,
            AclPermissionType.ANY,
        )
        found = self._client.describe_acls(wanted).result(ANSWER_SECONDS_MAX)
        return {
            (acl.restype.name, acl.resource_pattern_type.name, acl.name, acl.operation.name)
            for acl in found
            if acl.principal == f"User:{user}"
        }

    def settings(self, name: str) -> dict[str, str]:
        """Give a topic's settings as the broker keeps them."""
        resource = ConfigResource(ResourceType.TOPIC, self.prefix + name)
        [answer] = self._client.describe_configs([resource]).values()
        return {key: entry.value for key, entry in answer.result(ANSWER_SECONDS_MAX).items()}

    def _create(self, names: Iterable[str]) -> list[str]:
        known = self.topics()
        wanted = []
        for name in names:
            if name not in known:
                kind = kind_of(name)
                wanted.append(
                    NewTopic(
                        self.prefix + name,
                        self._partitions or kind.partitions,
                        kind.replication_factor,
                        config=dict(kind.settings),
                    )
                )
        if not wanted:
            return []
        answers = self._client.create_topics(wanted, operation_timeout=ANSWER_SECONDS_MAX)
        made = []
        for full, answer in answers.items():
            try:
                answer.result(2 * ANSWER_SECONDS_MAX)  # the broker may use all of its own time
            except KafkaException as problem:
                if problem.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                    raise
            else:
                made.append(full.removeprefix(self.prefix))
        return made

    def _users(self) -> set[str]:
        answer = self._client.describe_user_scram_credentials()
        return set(answer.result(ANSWER_SECONDS_MAX))

    def _grant(self, bindings: list[AclBinding]) -> None:
        _settle(self._client.create_acls(bindings).values())

    def _topic(
        self, user: str, operation: AclOperation, name: str, *, beginning: bool = False
    ) -> AclBinding:
        return self._binding(user, operation, ResourceType.TOPIC, name, beginning=beginning)

    def _group(self, user: str, name: str) -> list[AclBinding]:
        group = ResourceType.GROUP
        return [
            self._binding(user, AclOperation.READ, group, name, beginning=False),
            self._binding(user, AclOperation.READ, group, f"{name}.", beginning=True),
        ]

    def _binding(
        self, user: str, operation: AclOperation, kind: ResourceType, name: str, *, beginning: bool
    ) -> AclBinding:
        pattern = ResourcePatternType.PREFIXED if beginning else ResourcePatternType.LITERAL
        return AclBinding(
            kind,
            self.prefix + name,
            pattern,
            f"User:{user}",
            "*",
            operation,
            AclPermissionType.ALLOW,
        )


def _settle(answers: Iterable[Future[object]]) -> None:
    for answer in answers:
        answer.result(ANSWER_SECONDS_MAX)
