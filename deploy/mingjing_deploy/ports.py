"""Which port each part listens on: a fixed default block, or one moved as a whole."""

import os
from dataclasses import dataclass

from mingjing_deploy.errors import DeployError

HIGHEST_BASE = 50_000
BLOCK_START = 18_100  # where ports that nobody outside needs are by default


@dataclass(frozen=True)
class PortPlan:
    """One port of the topology: where it is by default, and its place in a moved block."""

    default: int
    offset: int
    container: int


def port_base() -> int | None:
    """Give MINGJING_PORT_BASE as a number; None means the default block.

    Raises:
        DeployError: it is no number between 1024 and 50000.
    """
    text = os.environ.get("MINGJING_PORT_BASE", "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1024 <= int(text) <= HIGHEST_BASE:
        raise DeployError(
            f"MINGJING_PORT_BASE is {text!r}; it must be a number from 1024 to {HIGHEST_BASE}."
        )
    return int(text)


def local_port(plan: PortPlan, base: int | None) -> int:
    """Give the port on this machine."""
    return plan.default if base is None else base + plan.offset
