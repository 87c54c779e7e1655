"""Ready wordings of an opinion, by the check that they are about, each with what it rests on.

Advice to who writes: nothing is found by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.rules.checks import CODES
from mingjing_shared.law.rules import Version, load_dated

if TYPE_CHECKING:
    from datetime import date


class Wording(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One wording for something that may be wrong in a check."""

    check: str
    text: str

    @property
    def cited(self) -> str:
        """The wording with its source, as it is put into a note."""
        return f"{self.text}（依据：{self.source}）"


WORDINGS = load_dated("mingjing_review", "wordings", Wording)


def wordings_on(day: date) -> dict[str, list[Wording]]:
    """The wordings in force on a day, by check."""
    found: dict[str, list[Wording]] = {code: [] for code in CODES}
    for dated in WORDINGS.values():
        if dated.is_in_force_on(day):
            wording = dated.in_force_on(day)
            found[wording.check].append(wording)
    return found
