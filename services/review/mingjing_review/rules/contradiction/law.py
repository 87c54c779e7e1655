"""Which version of a kind of contradiction is in force on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.rules.contradiction.finding import KINDS

if TYPE_CHECKING:
    from datetime import date

    from mingjing_review.rules.contradiction.finding import Kind


def in_force(kind: str, day: date) -> Kind | None:
    """The kind as it held on a day; nothing: it did not hold then, and nothing is found."""
    dated = KINDS[kind]
    return dated.in_force_on(day) if dated.is_in_force_on(day) else None
