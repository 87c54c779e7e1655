"""What live oversight does with records: reads, counts, judges who is silent, and says so."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from mingjing_shared.clock import machine_now
from mingjing_shared.events import CATALOGUE
from mingjing_shared.messaging.publishers import registered
from mingjing_shared.messaging.reading import GATEWAY, INBOUND, NotRegisteredYet, Reader
from mingjing_shared.messaging.received import Received
from mingjing_tasks.acts.silence import tell_silence
from mingjing_tasks.rules.figures import figures_of
from mingjing_tasks.rules.live import HOUR_SECONDS, LIVE, Arrival, Last, What, Window
from mingjing_tasks.rules.silence import NOTHING_KNOWN, OFF, Verdict, verdict_of, wanted_hours
from mingjing_tasks.settings import SERVICE
from mingjing_tasks.store.live import last_of, past_of
from mingjing_tasks.stream import metrics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.database import Database
    from mingjing_shared.messaging.publishers import Publisher
    from mingjing_tasks.rules.silence import Past
    from mingjing_tasks.settings import TasksSettings
    from mingjing_tasks.stream.places import Places

WAITING_MAX = 10_000
HEARTBEATS = "platform"  # what shows that the platform is alive, and is nobody's work
DIRECTORY = "directory"
UNITS = ("unit", "owner_unit", "to_unit")
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Record:
    """A record in the form in which the reader of the messaging core takes it."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    headers: Sequence[tuple[str, bytes]]
    value: bytes | None


class Watch:
    """The window of one process, and what is known besides it."""

    def __init__(self, settings: TasksSettings, database: Database, places: Places) -> None:
        self.window = Window(settings.live_hours)
        self.places = places
        self.unreadable = 0
        self.verdicts: dict[str, Verdict] = {}
        self.trouble: str | None = None
        self._prefix = settings.topic_prefix
        self._database = database
        self._reader = Reader(SERVICE, frozenset(CATALOGUE.values()), settings.topic_prefix)
        self._pasts: Mapping[str, Past] = {}
        self._former_last: Mapping[str, Last] = {}
        self._waiting: deque[Record] = deque(maxlen=WAITING_MAX)
        self._started_at = machine_now().timestamp()
        self._past_read_at = 0.0

    @property
    def is_rebuilding(self) -> bool:
        """Whether what was on the topics at the start is not all read yet."""
        return self.places.is_behind

    @property
    def publishers(self) -> list[Publisher]:
        """The register as known here."""
        return list(self._reader.publishers.values())

    async def take(self, messages: Sequence[Any]) -> None:
        """Count what these messages say; whatever cannot be read is counted as such.

        A record whose publisher is not in the register yet waits for the next reading of it.
        """
        for message in messages:
            if self.places.take((message.topic, message.partition), message.offset):
                headers = message.headers or ()
                if hasattr(headers, "items"):
                    headers = list(headers.items())
                at_ms = round(message.timestamp * 1000)
                place = (message.topic, message.partition, message.offset)
                self._count(Record(*place, at_ms, headers, message.value))

    async def refresh(self) -> None:
        """Read the register again, count what waited for it, let go of what is too old."""
        self._reader.publishers = await registered(self._database)
        for publisher in self.publishers:
            metrics.EVENTS.labels(publisher.name)
        for _ in range(len(self._waiting)):
            self._count(self._waiting.popleft())
        self.window.forget(machine_now().timestamp())

    async def remember(self) -> None:
        """Ask the archive what is known of former hours, once an hour."""
        now = machine_now().timestamp()
        if now - self._past_read_at < HOUR_SECONDS:
            return
        sources = {publisher.source: publisher.name for publisher in self.publishers}
        spans = wanted_hours(self.window.since(now), now + HOUR_SECONDS)
        pasts = await past_of(self._database, sources, spans)
        last = await last_of(self._database, sources)
        self._pasts = {sources[source]: past for source, past in pasts.items()}
        self._former_last = {sources[source]: one for source, one in last.items()}
        self._past_read_at = now

    async def judge(self) -> None:
        """Say who is silent, raise and clear the warnings; nothing of it while rebuilding."""
        if self.is_rebuilding:
            return
        now = machine_now().timestamp()
        begin = self.window.since(now)
        known = {publisher.name: self._last(publisher.name) for publisher in self.publishers}
        self.verdicts = {
            publisher.name: verdict_of(
                known[publisher.name],
                self._pasts.get(publisher.name, NOTHING_KNOWN),
                self.window.heard,
                begin,
                now,
                agreed=publisher.quiet_minutes_max,
            )
            if publisher.types
            else Verdict(OFF, known[publisher.name])
            for publisher in self.publishers
        }
        async with self._database.transaction() as tx:
            await tell_silence(tx, self.verdicts)

    def figures(self) -> dict[str, Any]:
        """What the page shows."""
        self._measure()
        verdicts = {
            one.name: self.verdicts.get(one.name, Verdict("unknown")) for one in self.publishers
        }
        return {
            "state": "rebuilding" if self.is_rebuilding else LIVE,
            "share": self.places.share,
            "unreadable": self.unreadable,
            **figures_of(self.window, machine_now().timestamp(), verdicts, self._pasts),
        }

    def _last(self, name: str) -> Last | None:
        return self.window.last.get(name) or self._former_last.get(name)

    def _count(self, record: Record) -> None:
        at = record.timestamp / 1000
        self.window.hear(at)
        topic = record.topic.removeprefix(self._prefix)
        if topic == HEARTBEATS:
            return
        try:
            found = self._reader.read(record)  # type: ignore[arg-type]
        except NotRegisteredYet:
            self._waiting.append(record)
            return
        except Exception as error:  # noqa: BLE001 - poison must not stop the others
            _log.warning("record not read", topic=topic, error=type(error).__name__)
            found = None
        if not isinstance(found, Received):
            self.unreadable += 1
            metrics.UNREADABLE.inc()
            return
        what = What(self._sender(topic), found.envelope.type, unit_of(found.event))
        name = f"{found.envelope.source}#{found.envelope.id}"
        if (
            self.window.note(Arrival(at, name, what, found.envelope.mode))
            and at >= self._started_at
        ):
            metrics.EVENTS.labels(what.publisher).inc()

    def _sender(self, topic: str) -> str:
        """Who sent what is on a topic: by the register, or the department it belongs to."""
        if topic.startswith(INBOUND):
            return self._reader.publishers[topic].name
        return GATEWAY if topic == DIRECTORY else topic

    def _measure(self) -> None:
        """Bring the gauges to where things stand."""
        metrics.REBUILDING.set(self.is_rebuilding)
        silent = [one for one in self.verdicts.values() if one.state == "silent"]
        metrics.SILENT.set(len(silent))
        for publisher in self.publishers:
            last = self._last(publisher.name)
            if last is not None:
                metrics.LAST_EVENT.labels(publisher.name).set(last.at)


def unit_of(event: Any) -> str | None:
    """The unit that an event names."""
    for name in UNITS:
        found = getattr(event, name, None)
        if found is not None:
            return str(found)
    return None
