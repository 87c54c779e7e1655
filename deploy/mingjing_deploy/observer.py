"""`mingjing observe-kafka`: serves how far each group is behind, for Prometheus.

Metrics: names as klag-exporter has them, so that dashboards of others fit.
"""

import os
import threading
import time
from pathlib import Path

import click
from confluent_kafka import KafkaException
from prometheus_client import Gauge

from mingjing_deploy.figures import serve_figures
from mingjing_deploy.kafka.admin import DEPARTMENTS
from mingjing_deploy.kafka.lag import Broker, problem_of

# Workers, and the process of live oversight: it reads by time, and commits how far it is.
GROUPS = ("gateway", *DEPARTMENTS, "tasks.live")
EVERY_SECONDS = 15.0
STALE_SECONDS = 60.0

LAG = Gauge("kafka_consumergroup_group_lag", "Records not settled yet", ["group", "topic"])
LAG_SECONDS = Gauge(
    "kafka_consumergroup_group_lag_seconds",
    "How long the oldest record not settled has been on the broker",
    ["group", "topic"],
)
MAX_LAG_SECONDS = Gauge(
    "kafka_consumergroup_group_max_lag_seconds", "The longest of a group's topics", ["group"]
)
OFFSET = Gauge("kafka_consumergroup_group_offset", "Where the group goes on", ["group", "topic"])
LOST = Gauge(
    "kafka_consumergroup_group_messages_lost",
    "Records deleted before the group had them",
    ["group", "topic"],
)
END = Gauge("kafka_topic_end_offset", "Records ever written to the topic", ["topic"])


class Observer:
    """Asks the broker again and again; what it knows is in the gauges."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._known_at: float | None = None

    @property
    def ready(self) -> bool:
        """Whether what the gauges say is of the last minute."""
        return self._known_at is not None and time.monotonic() - self._known_at < STALE_SECONDS

    def look(self) -> None:
        """Set every gauge once.

        Raises:
            KafkaException: the broker does not answer, or does not let us.
        """
        longest = dict.fromkeys(GROUPS, 0.0)
        for (group, topic), lag in self._broker.lags(GROUPS, round(time.time_ns() / 1e6)).items():
            LAG.labels(group, topic).set(lag.messages)
            LAG_SECONDS.labels(group, topic).set(lag.seconds)
            OFFSET.labels(group, topic).set(lag.offset)
            LOST.labels(group, topic).set(lag.lost)
            longest[group] = max(longest[group], lag.seconds)
        for group, seconds in longest.items():
            MAX_LAG_SECONDS.labels(group).set(seconds)
        for topic, end in self._broker.ends().items():
            END.labels(topic).set(end)
        self._known_at = time.monotonic()

    def keep_looking(self) -> None:
        """Look for ever; the broker's absence is told once a minute."""
        told = -STALE_SECONDS
        while True:
            try:
                self.look()
            except KafkaException as problem:
                if time.monotonic() - told > STALE_SECONDS:
                    told = time.monotonic()
                    click.echo(f"The broker was not asked: {problem_of(problem)}.", err=True)
            time.sleep(EVERY_SECONDS)


@click.command("observe-kafka", hidden=True)
def observe_kafka() -> None:
    """Serve how far groups are behind (run by the topology, not by hand)."""
    password = Path(os.environ["MINGJING_KAFKA_PASSWORD_FILE"]).read_text("utf-8").strip()
    observer = Observer(
        Broker(
            os.environ["MINGJING_KAFKA_BOOTSTRAP"],
            "observer",
            password,
            os.environ.get("MINGJING_TOPIC_PREFIX", ""),
        )
    )
    threading.Thread(target=observer.keep_looking, daemon=True).start()
    serve_figures(lambda: observer.ready)
