"""The figures of live oversight as the page shows them: words, curves, sums, units in reach."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import SHANGHAI
from mingjing_shared.web.lists import Word
from mingjing_tasks.pages.words import HOMES, label_of
from mingjing_tasks.rules.live import HOUR_SECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.reach import Reach

STATES: Mapping[str, Word] = {
    "heard": Word("正常", "good"),
    "silent": Word("静默", "late"),
    "learning": Word("积累中"),
    "never": Word("从未上报"),
    "off": Word("已停用"),
    "unknown": Word("待判断"),
}
WHY: Mapping[str, str] = {
    "heard": "按往周同一时段，近来的到达没有异常。",
    "silent": "按往周同一时段的通常数量，早应有事件到达，却一件未到；已发出预警。",
    "learning": "已知的往周（至少两周）或往日（至少三天）不足，暂不判断。",
    "never": "登记后没有收到过它的实时事件，不预警。",
    "off": "登记不含任何事件类型，不预警。",
    "unknown": "重建完成后判断。",
}
WHY_AGREED: Mapping[str, str] = {
    "heard": "与对方约定：静默不超过 {} 分钟。",
    "silent": "与对方约定静默不超过 {} 分钟，现已超过；已发出预警。",
}
PLACES: Mapping[str, str] = {
    "gateway": "网关",
    **{code: word.name for code, word in HOMES.items()},
}
FROM = ("inbound", "disclosure", "recording", "review", "tasks", "gateway")
TO = ("disclosure", "recording", "review", "tasks", "gateway")
CURVE_HEIGHT, STEP = 22, 3
LISTED_MAX = 12
SHADES = 5


def picture_of(
    figures: dict[str, Any] | None, reach: Reach, tree: UnitTree, publisher: str | None
) -> dict[str, Any]:
    """What the template shows; ``state`` is absent, rebuilding or live.

    Units that the officer's roles do not reach are summed under one name.
    """
    if figures is None:
        return {"state": "absent", "publisher": None}
    names = [one["name"] for one in figures["publishers"]]
    chosen = publisher if publisher in names else None
    cells = [cell for cell in figures["cells"] if chosen in (None, cell[0])]
    publishers = [_publisher(one) for one in figures["publishers"]]
    outside = [one for one in publishers if not one["inside"]]
    return {
        "state": figures["state"],
        "share": round(figures["share"] * 100),
        "clock": _instant(figures["as_of"]).astimezone(SHANGHAI).strftime("%H:%M:%S"),
        "publisher": chosen,
        "publisher_name": PLACES.get(chosen, chosen) if chosen else None,
        "publishers": publishers,
        "last_minute": sum(one["minutes"][-2] for one in figures["publishers"]),
        "last_hour": sum(cell[3] for cell in figures["cells"]),
        "speaking": sum(1 for one in outside if one["sum"]),
        "outside": len(outside),
        "silent": sum(1 for one in outside if one["state_code"] == "silent"),
        "learning": sum(1 for one in outside if one["state_code"] in ("learning", "never")),
        "unreadable": figures["unreadable"],
        "types": _types(cells),
        "units": _units(cells, reach, tree),
        "flows": _flows(figures["flows"]),
        "flow_places": [PLACES[code] for code in TO],
        "hour_names": _hour_names(figures),
        "hours": [_hours(one) for one in figures["publishers"]],
        "hours_held": len(figures["publishers"][0]["hours"]) if figures["publishers"] else 0,
    }


def _publisher(one: dict[str, Any]) -> dict[str, Any]:
    minutes, usual, agreed = one["minutes"], one["usual"][-1], one["agreed"]
    return {
        "code": one["name"],
        "name": PLACES.get(one["name"], one["name"]) if one["inside"] else one["name"],
        "inside": one["inside"],
        "state_code": one["state"],
        "state": STATES[one["state"]],
        "why": WHY[one["state"]] if agreed is None else WHY_AGREED[one["state"]].format(agreed),
        "agreed": agreed,
        "last": None if one["last"] is None else _instant(one["last"]),
        "missed": None if one["missed"] is None else round(one["missed"]),
        "curve": curve(minutes),
        "width": len(minutes) * STEP,
        "height": CURVE_HEIGHT,
        "most": max(minutes, default=0),
        "sum": sum(minutes),
        "this_hour": one["this_hour"],
        "usual": None if usual is None else round(usual),
    }


def curve(minutes: Sequence[int]) -> str:
    """Columns of an SVG path, one a minute, the highest as high as the picture."""
    most = max(minutes, default=0) or 1
    drawn = []
    for place, count in enumerate(minutes):
        height = round(count / most * (CURVE_HEIGHT - 2))
        if count:
            height = max(2, height)
            drawn.append(f"M{place * STEP} {CURVE_HEIGHT}v-{height}h{STEP - 1}v{height}z")
    return "".join(drawn)


def _types(cells: Sequence[Sequence[Any]]) -> list[tuple[Word, int]]:
    sums: Counter[str] = Counter()
    for _, kind, _, events in cells:
        sums[kind] += events
    return [(label_of(kind), events) for kind, events in sums.most_common(LISTED_MAX)]


def _units(cells: Sequence[Sequence[Any]], reach: Reach, tree: UnitTree) -> list[tuple[str, int]]:
    """Sums by unit, the largest first; what names no unit and what is out of reach at the end."""
    sums: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    for _, _, unit, events in cells:
        if unit is None:
            rest["未注明单位"] += events
        elif reach.everything or unit in reach.units:
            sums[unit] += events
        else:
            rest["其他单位"] += events
    shown = [(tree.name_of(unit), events) for unit, events in sums.most_common(LISTED_MAX)]
    more = sum(sums.values()) - sum(events for _, events in shown)
    return [*shown, *([("其余单位", more)] if more else []), *sorted(rest.items())]


def _flows(flows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    known = {(sender, taker): events for sender, taker, events in flows}
    most = max(known.values(), default=0)
    return [
        {
            "name": PLACES[sender],
            "cells": [
                (events := known.get((sender, taker), 0), _shade(events, most)) for taker in TO
            ],
        }
        for sender in FROM
    ]


def _hours(one: dict[str, Any]) -> dict[str, Any]:
    """The closed hours of a publisher with what they usually bring; the shade is of this row."""
    most = max(one["hours"], default=0)
    return {
        "name": PLACES.get(one["name"], one["name"]) if one["inside"] else one["name"],
        "cells": [
            (events, _shade(events, most), None if usual is None else round(usual))
            for events, usual in zip(one["hours"], one["usual"], strict=False)
        ],
    }


def _shade(events: int, most: int) -> int:
    return 0 if not events else max(1, round(events / most * SHADES))


def _hour_names(figures: dict[str, Any]) -> list[str]:
    count = len(figures["publishers"][0]["hours"]) if figures["publishers"] else 0
    starts = [figures["since"] + n * HOUR_SECONDS for n in range(count)]
    return [_instant(at).astimezone(SHANGHAI).strftime("%H时") for at in starts]


def _instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
