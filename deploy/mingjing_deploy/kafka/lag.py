"""How far each group is behind on the broker, in messages and in seconds.

Asked from outside: a worker that is dead reports nothing of itself. Seconds come from the real
timestamps of the records, by searching the broker's time index, which a user may do who may read
no record: no content is ever seen here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from confluent_kafka import ConsumerGroupTopicPartitions, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec

from mingjing_deploy.kafka.admin import ANSWER_SECONDS_MAX, client_settings

PRECISION_MS = 500
_HOURS_MS = 3_600_000
_SEARCH_MS_MAX = 400 * 24 * _HOURS_MS

Place = tuple[str, int]
Starts = Callable[[Mapping[Place, int]], Mapping[Place, int]]
"""For places and instants (ms): the first offset at or after each; the end when there is none."""


@dataclass
class Lag:
    """How far one group is behind on one topic.

    Attributes:
        messages: records not settled yet.
        seconds: how long the oldest of them has been on the broker.
        offset: sum of the places where the group goes on, to see whether it moves.
        lost: records that were deleted before the group had them.
    """

    messages: int = 0
    seconds: float = 0.0
    offset: int = 0
    lost: int = 0


@dataclass
class Broker:
    """Asks one broker, below one prefix of topics and groups."""

    bootstrap: str
    user: str
    password: str
    prefix: str = ""
    _client: AdminClient = field(init=False)

    def __post_init__(self) -> None:
        self._client = AdminClient(client_settings(self.bootstrap, self.user, self.password))

    def lags(self, groups: Iterable[str], now_ms: int) -> dict[tuple[str, str], Lag]:
        """How far each of the groups is behind on each topic it has ever settled.

        Raises:
            KafkaException: the broker does not answer, or does not let us.
        """
        committed = {group: self._committed(group) for group in groups}
        places = {place for offsets in committed.values() for place in offsets}
        first = self._offsets(dict.fromkeys(places, OffsetSpec.earliest()))
        ends = self._offsets(dict.fromkeys(places, OffsetSpec.latest()))
        found: dict[tuple[str, str], Lag] = {}
        for group, offsets in committed.items():
            behind = {p: max(at, first[p]) for p, at in offsets.items() if ends[p] > at}
            since = oldest(behind, now_ms, self._starts_at_end(ends))
            for (topic, partition), at in offsets.items():
                place = (topic, partition)
                lag = found.setdefault((group, topic.removeprefix(self.prefix)), Lag())
                lag.offset += at
                lag.messages += max(0, ends[place] - max(at, first[place]))
                lag.lost += max(0, first[place] - at)
                if place in since:
                    lag.seconds = max(lag.seconds, (now_ms - since[place]) / 1000)
        return found

    def ends(self) -> dict[str, int]:
        """The sum of the ends of each topic below the prefix: what was ever written to it."""
        known = self._client.list_topics(timeout=ANSWER_SECONDS_MAX).topics
        places = {
            (name, partition): OffsetSpec.latest()
            for name, topic in known.items()
            if name.startswith(self.prefix) and not name.startswith("__")
            for partition in topic.partitions
        }
        sums: dict[str, int] = {}
        for (name, _partition), end in self._offsets(places).items():
            name = name.removeprefix(self.prefix)  # noqa: PLW2901 - the same topic, its own name
            sums[name] = sums.get(name, 0) + end
        return sums

    def _committed(self, group: str) -> dict[Place, int]:
        wanted = ConsumerGroupTopicPartitions(self.prefix + group)
        [answer] = self._client.list_consumer_group_offsets([wanted]).values()
        told = answer.result(ANSWER_SECONDS_MAX).topic_partitions or []
        return {(p.topic, p.partition): p.offset for p in told if p.offset >= 0}

    def _offsets(self, wanted: Mapping[Place, OffsetSpec]) -> dict[Place, int]:
        if not wanted:
            return {}
        asked = {TopicPartition(topic, number): spec for (topic, number), spec in wanted.items()}
        answers = self._client.list_offsets(asked)
        return {
            (place.topic, place.partition): answer.result(ANSWER_SECONDS_MAX).offset
            for place, answer in answers.items()
        }

    def _starts_at_end(self, ends: Mapping[Place, int]) -> Starts:
        def starts(instants: Mapping[Place, int]) -> Mapping[Place, int]:
            asked = {place: OffsetSpec.for_timestamp(at) for place, at in instants.items()}
            found = self._offsets(asked)
            return {place: ends[place] if at < 0 else at for place, at in found.items()}

        return starts


def oldest(behind: Mapping[Place, int], now_ms: int, starts: Starts) -> dict[Place, int]:
    """The instant (ms) of the record at each offset, as exactly as half a second.

    Searched by halves in the broker's index of times: first how many hours back at all, then
    between two instants. The places are searched together, a question a step.
    """
    low, high = {}, dict.fromkeys(behind, now_ms)
    back_ms, open_places = PRECISION_MS, set(behind)
    while open_places:
        probes = dict.fromkeys(open_places, now_ms - back_ms)
        for place, start in starts(probes).items():
            if start <= behind[place] or back_ms > _SEARCH_MS_MAX:
                low[place] = probes[place]
                open_places.discard(place)
            else:
                high[place] = probes[place]
        back_ms *= 4
    while wide := [p for p in low if high[p] - low[p] > PRECISION_MS]:
        probes = {place: (low[place] + high[place]) // 2 for place in wide}
        for place, start in starts(probes).items():
            if start <= behind[place]:
                low[place] = probes[place]
            else:
                high[place] = probes[place]
    return low


def problem_of(error: KafkaException) -> str:
    """What the broker said, in one line."""
    return str(error.args[0].str())
