"""The lanes of a case as a picture: where on the axis each event, recording, gap and term lies.

Geometry only: marks with their places, in the picture's own units. The same events give the same
picture, and every mark carries the words that the table below has as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from mingjing_shared.clock import SHANGHAI
from mingjing_shared.events.base import DEPARTMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mingjing_tasks.rules.stage import CaseDuty
    from mingjing_tasks.store.page import ListedEvent

WIDTH, LEFT, RIGHT = 1000, 64, 986
AXIS, HEIGHT = 30, 48
DOT_STEP, DOTS_MAX = 11.0, 5
BAR_MIN = 12.0
TICKS = 6
LANES = (
    ("inbound", "办案"),
    ("recording", "记录"),
    ("review", "审核"),
    ("disclosure", "公示"),
    ("tasks", "任务"),
)
# What a bar of the act shows already.
AS_BARS = {
    "recording.required": "await",
    "footage.linked": "rec",
    "record.gap_closed": "rec",
    "record.gap_found": "gap",
    "record.gap_explained": "told",
}
_BAR_WORDS = {
    "await": "应当录音录像，尚无录像",
    "rec": "有录像",
    "gap": "有缺口",
    "told": "有缺口，已说明",
}
_LEAST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: ``form`` is dot, many, bar, line or text; ``tone`` is its class."""

    form: str
    tone: str
    x: float
    width: float = 0.0
    text: str = ""
    title: str = ""


@dataclass(slots=True)
class Lane:
    """A lane with its marks; ``y`` is its middle."""

    name: str
    y: int
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Picture:
    """The axis and the lanes."""

    height: int
    ticks: Sequence[tuple[float, str]]
    now: float | None
    lanes: Sequence[Lane]


@dataclass(frozen=True, slots=True)
class Shown:
    """An event with the words that its mark carries."""

    event: ListedEvent
    home: str
    what: str
    title: str
    tone: str

    @property
    def event_name(self) -> str:
        """The event as duties name it."""
        return f"{self.event.source}#{self.event.event_id}"


def picture_of(
    shown: Sequence[Shown],
    duties: Sequence[CaseDuty],
    labels: Mapping[str, Sequence[tuple[datetime, str, str]]],
    now: datetime,
) -> Picture | None:
    """The picture of a case; none while nothing that holds has happened.

    ``labels`` are the words under each lane: when, text and tone.
    """
    if not shown:
        return None
    first = min(item.event.happened_at for item in shown)
    ends = [item.event.happened_at for item in shown]
    ends += [_end_of(duty.due_on) for duty in duties if duty.state == "open" and duty.due_on]
    running = any(duty.state == "open" for duty in duties) or not _is_over(shown)
    last = max([*ends, *([now] if running and now > first else [])])
    axis = _Axis(first, max(last, first + _LEAST))
    lanes = []
    for number, (home, name) in enumerate(LANES):
        lane = Lane(name, AXIS + HEIGHT * number + HEIGHT // 2)
        own = [item for item in shown if item.home == home]
        if home == "recording":
            lane.marks += _recordings(shown, axis)
        lane.marks += _waits(home, own, duties, axis, now)
        lane.marks += _dots([item for item in own if item.what not in AS_BARS], axis)
        lane.marks += _labels(labels.get(home, ()), axis)
        lanes.append(lane)
    here = axis.x(now) if first <= now <= axis.last else None
    return Picture(AXIS + HEIGHT * len(LANES), axis.ticks(), here, lanes)


@dataclass(frozen=True, slots=True)
class _Axis:
    first: datetime
    last: datetime

    def x(self, at: datetime) -> float:
        share = (at - self.first) / (self.last - self.first)
        return round(LEFT + 14 + min(1.0, max(0.0, share)) * (RIGHT - LEFT - 28), 1)

    def ticks(self) -> list[tuple[float, str]]:
        days = (self.last - self.first).days
        step = max(1, -(-(days + 1) // TICKS))
        start = self.first.astimezone(SHANGHAI).date()
        found = []
        for number in range(0, days + 1, step):
            day = start + timedelta(days=number)
            at = max(self.first, datetime.combine(day, time(), SHANGHAI).astimezone(UTC))
            found.append((self.x(at), day.strftime("%m-%d")))
        return found


def _dots(own: Sequence[Shown], axis: _Axis) -> list[Mark]:
    """Events side by side where they fall together; many at once are one with their number."""
    marks: list[Mark] = []
    together: list[Shown] = []
    edge = -1.0
    for item in own:
        x = axis.x(item.event.happened_at)
        if together and x < edge + DOT_STEP:
            together.append(item)
        else:
            marks += _cluster(together, axis)
            together = [item]
        begun = axis.x(together[0].event.happened_at)
        edge = max(x, begun + DOT_STEP * min(len(together), DOTS_MAX))
    return [*marks, *_cluster(together, axis)]


def _cluster(together: Sequence[Shown], axis: _Axis) -> list[Mark]:
    if not together:
        return []
    x = axis.x(together[0].event.happened_at)
    if len(together) > DOTS_MAX:
        title = "\n".join(item.title for item in together)
        bad = next((item.tone for item in together if item.tone == "late"), "act")
        return [Mark("many", bad, x, text=str(len(together)), title=title)]
    x = min(x, RIGHT - 14 - DOT_STEP * (len(together) - 1))
    return [
        Mark("dot", item.tone, round(x + DOT_STEP * n, 1), title=item.title)
        for n, item in enumerate(together)
    ]


def _recordings(shown: Sequence[Shown], axis: _Axis) -> list[Mark]:
    """A bar for each act that is recorded or must be: linked, with a gap, explained, waiting."""
    state = _recorded(shown)
    marks = []
    for item in shown:
        codes = item.event.codes
        tone = state.get(codes.get("action_id", ""))
        if item.what != "action.performed" or tone is None:
            continue
        begin, end = _instant(codes.get("started_at")), _instant(codes.get("ended_at"))
        x = axis.x(begin or item.event.happened_at)
        width = max(BAR_MIN, axis.x(end) - x) if end else BAR_MIN
        title = f"{_BAR_WORDS[tone]}：{item.title}"
        marks.append(Mark("bar", tone, min(x, RIGHT - width), round(width, 1), title=title))
    return marks


def _recorded(shown: Sequence[Shown]) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in shown:
        action = item.event.codes.get("action_id")
        if action and item.what in AS_BARS:
            better = item.what == "footage.linked" and found.get(action) in {"gap", "told"}
            if not better and not (item.what == "recording.required" and action in found):
                found[action] = AS_BARS[item.what]
    return found


def _waits(
    home: str, own: Sequence[Shown], duties: Sequence[CaseDuty], axis: _Axis, now: datetime
) -> list[Mark]:
    """From when something is owed until it is done, and the line of its last day."""
    kinds = {"review": "review", "publication": "disclosure", "casefile": "recording"}
    marks = []
    for duty in duties:
        if kinds.get(duty.kind) != home or duty.state == "void":
            continue
        begin = next((i.event.happened_at for i in own if i.event_name == duty.due_by), None)
        end = _end_of(duty.done_on) if duty.done_on else now
        if begin is not None and duty.kind != "casefile" and end > begin:
            x = axis.x(begin)
            tone = "wait" if duty.state == "open" else "done"
            marks.append(Mark("bar", tone, x, round(max(2.0, axis.x(end) - x), 1)))
        if duty.due_on is not None and duty.state == "open":
            x = axis.x(_end_of(duty.due_on))
            marks.append(Mark("line", "due", x, title=f"期限 {duty.due_on}"))
    return marks


def _labels(labels: Sequence[tuple[datetime, str, str]], axis: _Axis) -> list[Mark]:
    """Words under the marks; one that would run into the one before is left to the table."""
    marks: list[Mark] = []
    edge = 0.0
    for at, text, tone in labels:
        x, size = axis.x(at), 12.5 * len(text)
        left = x - 6 if x + size < RIGHT else max(LEFT, RIGHT - size)
        if left < edge:
            continue
        edge = left + size + 8
        marks.append(Mark("text", tone, round(left, 1), text=text))
    return marks


def _is_over(shown: Sequence[Shown]) -> bool:
    return any(item.what in {"casefile.archived", "case.transferred"} for item in shown)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), SHANGHAI).astimezone(UTC)


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def home_of(home: str) -> str:
    """The lane that events of a topic are on."""
    return home if home in DEPARTMENTS else "inbound"
