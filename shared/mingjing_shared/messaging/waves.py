"""Waves: the n-th event of each key in wave n, so that a wave can be applied set-based by type
without breaking a key's order. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_shared.events import Event
    from mingjing_shared.messaging.received import Received


def waves(
    received: Sequence[Received[Any]],
) -> Iterator[dict[type[Event], list[Received[Any]]]]:
    """The events in waves, each wave grouped by type.

    Within a wave all keys differ, so the order among its events does not matter; the order of
    one key's events is the order of the waves.
    """
    count: dict[str, int] = defaultdict(int)
    found: list[dict[type[Event], list[Received[Any]]]] = []
    for item in received:
        number = count[item.key]
        count[item.key] = number + 1
        if number == len(found):
            found.append({})
        found[number].setdefault(type(item.event), []).append(item)
    yield from found
