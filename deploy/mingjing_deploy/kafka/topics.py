"""The topics of the platform, as deploy/kafka/topics.toml writes them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mingjing_deploy.checkout import KAFKA_FOLDER
from mingjing_deploy.errors import DeployError

MS_A_DAY = 86_400_000


@dataclass(frozen=True)
class TopicKind:
    """Topics that are kept alike."""

    pattern: str
    services: tuple[str, ...]
    partitions: int
    replication_factor: int
    settings: Mapping[str, str]

    def names(self) -> list[str]:
        """Give the topics that exist from the start; none for a kind made on registration."""
        if "{publisher}" in self.pattern:
            return []
        return [self.pattern.format(service=service) for service in self.services or ("",)]

    def covers(self, name: str) -> bool:
        """Whether a topic's name (without prefix) is of this kind."""
        if "{publisher}" in self.pattern:
            head = self.pattern.removesuffix("{publisher}")
            return name.startswith(head) and len(name) > len(head)
        return name in self.names()


@cache
def topic_kinds() -> tuple[TopicKind, ...]:
    """Read topics.toml."""
    known = tomllib.loads((KAFKA_FOLDER / "topics.toml").read_text(encoding="utf-8"))
    kinds = []
    for entry in known["topics"].values():
        if entry.get("compact"):
            kept = {"cleanup.policy": "compact"}
        else:
            kept = {
                "cleanup.policy": "delete",
                "retention.ms": str(entry["retention_days"] * MS_A_DAY),
            }
        kinds.append(
            TopicKind(
                entry["name"],
                tuple(entry.get("services", ())),
                known["partitions"],
                known["replication_factor"],
                {**known["settings"], **kept},
            )
        )
    return tuple(kinds)


def kind_of(name: str) -> TopicKind:
    """Give the kind of a topic by its name without prefix.

    Raises:
        DeployError: topics.toml knows no such topic.
    """
    for kind in topic_kinds():
        if kind.covers(name):
            return kind
    raise DeployError(f"deploy/kafka/topics.toml knows no topic {name!r}.")


def platform_topics() -> list[str]:
    """Name every topic that exists before the first publisher registers."""
    return [name for kind in topic_kinds() for name in kind.names()]
