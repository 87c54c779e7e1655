"""The coverage ruler: what footage shows of an act, drawn to scale and said in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from mingjing_recording.pages.words import length_of
from mingjing_shared.clock import SHANGHAI

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 1000
HOLES_SAID_MAX = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of the ruler, in thousandths of its width, and what it stands for."""

    x: int
    width: int
    is_hole: bool
    says: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """A ruler: its bars from left to right, and the same in words."""

    bars: Sequence[Bar]
    start: str
    end: str
    says: str


def ruler_of(
    started_at: datetime,
    ended_at: datetime,
    covered: Sequence[Sequence[str]],
    *,
    is_wanted_whole: bool = True,
) -> Ruler | None:
    """The ruler of an act; nothing when the act has no length to draw.

    What is not recorded of an act lacks only where the whole of it is wanted.
    """
    whole = (ended_at - started_at).total_seconds()
    if whole <= 0:
        return None
    spans = [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in covered]
    edges = [(started_at, started_at), *spans, (ended_at, ended_at)]
    holes = [(one[1], other[0]) for one, other in pairwise(edges) if one[1] < other[0]]

    def bar(span: tuple[datetime, datetime], is_hole: bool) -> Bar:
        x = round((span[0] - started_at).total_seconds() / whole * WIDTH)
        end = round((span[1] - started_at).total_seconds() / whole * WIDTH)
        word = "无录像" if is_hole else "有录像"
        return Bar(x, max(end - x, 2), is_hole, f"{_from_to(span)} {word}")

    bars = [bar(span, False) for span in spans]
    if is_wanted_whole:
        bars += [bar(span, True) for span in holes]
    bars.sort(key=lambda one: one.x)
    words = _says(whole, spans, holes, "缺" if is_wanted_whole else "无录像")
    return Ruler(bars, _clock(started_at), _clock(ended_at), words)


def _says(
    whole: float,
    spans: Sequence[tuple[datetime, datetime]],
    holes: Sequence[tuple[datetime, datetime]],
    lacks: str,
) -> str:
    shown = sum((end - start).total_seconds() for start, end in spans)
    words = f"全程 {length_of(int(whole))}，有录像 {length_of(int(shown))}"
    if not holes:
        return words
    lacking = sum((end - start).total_seconds() for start, end in holes)
    said = "、".join(_from_to(hole) for hole in holes[:HOLES_SAID_MAX])
    more = f" 等 {len(holes)} 处" if len(holes) > HOLES_SAID_MAX else ""
    return f"{words}；{lacks} {length_of(int(lacking))}：{said}{more}"


def _from_to(span: tuple[datetime, datetime]) -> str:
    return f"{_clock(span[0])}–{_clock(span[1])}"


def _clock(instant: datetime) -> str:
    local = instant.astimezone(SHANGHAI)
    return local.strftime("%H:%M:%S" if local.second else "%H:%M")
