"""The case's own text: by it an everyday word is told from a name that is the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mingjing_shared.privacy.leakcheck.views import View, Views


@dataclass(frozen=True, slots=True)
class Original:
    """The original text, and where in it something was hidden, as far as that is told."""

    text: str = ""
    hidden: tuple[tuple[int, int], ...] = ()

    @property
    def joined(self) -> View:
        """The text without blanks and soft signs."""
        return _joined(self.text)

    def is_hidden(self, start: int, end: int) -> bool:
        """Whether this stretch of the joined text was hidden."""
        first, last = self.joined.span(start, end)
        return any(one <= first and last <= other for one, other in self.hidden)


@lru_cache(maxsize=64)
def _joined(text: str) -> View:
    return Views(View(text)).joined
