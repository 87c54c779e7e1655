"""Searches that were begun: what is looked for may be a name, so no address carries it.

Held in this process's memory for some minutes and nowhere else: no table, no file, no log.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from mingjing_portal.errors import TooOften
from mingjing_portal.rules.rate import Bucket
from mingjing_portal.rules.search import SIGNS_MAX

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT_SECONDS = 15 * 60
KEPT_MAX = 10_000
PER_MINUTE_MAX = 600


@dataclass(slots=True)
class Searches:
    """Words by an id that tells nothing of them; each use keeps them for some minutes more."""

    clock: Callable[[], float] = monotonic
    bucket: Bucket = field(default_factory=lambda: Bucket(PER_MINUTE_MAX))
    held: OrderedDict[str, tuple[float, str]] = field(default_factory=OrderedDict)

    def keep(self, words: str) -> str:
        """The id under which these words are held; equal words get another one each time.

        Raises:
            TooOften: more was searched than is taken in a minute.
        """
        now = self.clock()
        if wait := self.bucket.take(now):
            seconds = max(1, round(wait + 0.5))
            raise TooOften(
                "现在搜索的人太多。", f"请 {seconds} 秒后再搜。", retry_after_seconds=seconds
            )
        self._forget(now)
        name = secrets.token_urlsafe(16)
        self.held[name] = (now + KEPT_SECONDS, words[:SIGNS_MAX])
        return name

    def words(self, name: str) -> str | None:
        """What was looked for; nothing when that is over."""
        now = self.clock()
        self._forget(now)
        if name not in self.held:
            return None
        _until, words = self.held.pop(name)
        self.held[name] = (now + KEPT_SECONDS, words)
        return words

    def _forget(self, now: float) -> None:
        """Drop what is over; the oldest first, also when there is too much."""
        while self.held:
            until, _words = next(iter(self.held.values()))
            if until > now and len(self.held) < KEPT_MAX:
                return
            self.held.popitem(last=False)
