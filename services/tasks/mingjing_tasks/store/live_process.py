"""What the process of live oversight says, asked over loopback HTTP; the pages never see Kafka."""

from __future__ import annotations

import asyncio
import urllib.request
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import orjson
import structlog

ANSWER_SECONDS = 2.0
FRESH_SECONDS = 1.0
_log = structlog.get_logger()


@dataclass
class LiveProcess:
    """Asks at most once a second, however many look on; one question at a time.

    Attributes:
        url: where the process answers; empty: there is none.
    """

    url: str
    _known: dict[str, Any] | None = None
    _asked_at: float = -FRESH_SECONDS
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def figures(self) -> dict[str, Any] | None:
        """The figures of this second; none while the process does not answer."""
        async with self._asking:
            if monotonic() - self._asked_at >= FRESH_SECONDS:
                self._known = await asyncio.to_thread(self._ask) if self.url else None
                self._asked_at = monotonic()
            return self._known

    def _ask(self) -> dict[str, Any] | None:
        try:
            with urllib.request.urlopen(  # noqa: S310 - the operator's own setting
                f"{self.url}/figures", timeout=ANSWER_SECONDS
            ) as answer:
                found: dict[str, Any] = orjson.loads(answer.read())
        except (OSError, ValueError) as error:
            _log.warning("live oversight does not answer", error=type(error).__name__)
            return None
        return found
