"""Inner ports that give way.

A block of ports that MINGJING_PORT_BASE names may lie where the kernel takes ports for outgoing
connections, and any of them may just be in use so. A port that outsiders know is waited for; an
inner one moves to the end of the block, and the home remembers it as long as the base is the same.
What the platform does not need (Prometheus) also gives way to somebody who listens there.
"""

import json
import time
from collections.abc import Collection, Mapping

from mingjing_deploy.home import Home
from mingjing_deploy.local.ports import is_free, is_listened_on, require_free
from mingjing_deploy.ports import BLOCK_START

FIRST_SPARE, LAST_SPARE = 40, 99
KNOWN_OUTSIDE = ("front.http", "portal-web.http", "kafka.publishers")
WAIT_SECONDS_MAX = 20.0
PAUSE_SECONDS = 0.2


def read_moved(home: Home, base: int | None) -> Mapping[str, int]:
    """Give the ports of this home that gave way, by `service.port`; none for another base."""
    try:
        known = json.loads((home.run / "ports.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    moved: dict[str, int] = known["moved"] if known.get("base") == base else {}
    return moved


def settle_ports(
    home: Home,
    base: int | None,
    planned: Mapping[str, int],
    optional: Collection[str] = frozenset(),
) -> None:
    """Make sure that every port is free, letting inner ones give way; remembered in the home.

    Args:
        home: whose ports.
        base: where its block begins; none: the default ports.
        planned: port by `service.port`.
        optional: services that the platform does not need.

    Raises:
        PortTaken: somebody listens on a port, or one that outsiders know does not become free.
    """
    moved: dict[str, int] = {}
    block = BLOCK_START if base is None else base
    spare = iter(range(block + FIRST_SPARE, block + LAST_SPARE + 1))
    for name, port in planned.items():
        if is_free(port):
            continue
        needed = name.split(".")[0] not in optional
        if needed and (name in KNOWN_OUTSIDE or is_listened_on(port)):
            _wait_for(port, name)
            continue
        free = next((other for other in spare if is_free(other)), None)
        if free is None:
            require_free(port, name)
        else:
            moved[name] = free
    (home.run / "ports.json").write_text(json.dumps({"base": base, "moved": moved}))


def _wait_for(port: int, name: str) -> None:
    end = time.monotonic() + WAIT_SECONDS_MAX
    while not is_listened_on(port) and not is_free(port) and time.monotonic() < end:
        time.sleep(PAUSE_SECONDS)
    require_free(port, name.replace(".", " (") + ")")
