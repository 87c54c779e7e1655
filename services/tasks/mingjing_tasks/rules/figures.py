"""The figures of live oversight as one document: what the stream process tells the pages.

Counts, codes and instants only: no case, no person, no content.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from mingjing_shared.events import SERVICES, event_class
from mingjing_tasks.rules.live import HOUR_SECONDS, MINUTE_SECONDS, hour_of, minute_of
from mingjing_tasks.rules.silence import NOTHING_KNOWN, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingjing_tasks.rules.live import What, Window
    from mingjing_tasks.rules.silence import Past

MINUTES_MAX = 60  # of each curve
OUTSIDE = "inbound"
UNKNOWN = Verdict("unknown")


def flows_of(counts: Mapping[What, int], departments: Iterable[str]) -> dict[tuple[str, str], int]:
    """How many events went from whom to whom: from their sender to each taker of their type.

    What no department and not the gateway sent came from outside.
    """
    inside = {*departments}
    found: Counter[tuple[str, str]] = Counter()
    for what, events in counts.items():
        kind = event_class(what.type)
        sender = what.publisher if what.publisher in inside else OUTSIDE
        for taker in kind.takers & SERVICES if kind is not None else ():
            found[sender, taker] += events
    return dict(found)


def cells_of(counts: Mapping[What, int]) -> list[list[Any]]:
    """Publisher, type, unit and how many, the largest first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return [[*what, events] for what, events in ordered]


def figures_of(
    window: Window,
    now: float,
    verdicts: Mapping[str, Verdict],
    pasts: Mapping[str, Past],
    departments: Iterable[str] = SERVICES,
) -> dict[str, Any]:
    """Everything that the page of live oversight shows.

    ``verdicts`` names the registered publishers, ``pasts`` what is known of them; departments
    are counted as well and never called silent.
    """
    minutes = window.minutes(now, MINUTES_MAX, lambda what: what.publisher)
    hours = window.closed_hours(now, lambda what: what.publisher)
    last_hour = window.counts(
        minute_of(now) - (MINUTES_MAX - 1) * MINUTE_SECONDS, minute_of(now) + MINUTE_SECONDS
    )
    inside = sorted({*departments} & {*hours, *minutes})
    first = window.since(now)
    return {
        "as_of": now,
        "since": first,
        "publishers": [
            {
                "name": name,
                "inside": name in inside,
                "minutes": minutes.get(name, [0] * MINUTES_MAX),
                "hours": hours.get(name, [0] * window.hours),
                "this_hour": sum(
                    events
                    for what, events in window.hour(hour_of(now)).items()
                    if what.publisher == name
                ),
                **_expected(pasts.get(name, NOTHING_KNOWN), first, window.hours),
                **_verdict(verdicts.get(name, UNKNOWN), window, name),
            }
            for name in [*sorted(verdicts), *inside]
        ],
        "cells": cells_of(last_hour),
        "flows": [
            [*pair, events] for pair, events in sorted(flows_of(last_hour, departments).items())
        ],
    }


def _expected(past: Past, first: int, hours: int) -> dict[str, Any]:
    """What each hour held, and the one that runs at the end, usually brings."""
    return {"usual": [past.expected(first + n * HOUR_SECONDS) for n in range(hours + 1)]}


def _verdict(verdict: Verdict, window: Window, name: str) -> dict[str, Any]:
    last = verdict.last or window.last.get(name)
    return {
        "state": verdict.state,
        "last": None if last is None else last.at,
        "missed": verdict.missed,
        "agreed": verdict.agreed,
    }
