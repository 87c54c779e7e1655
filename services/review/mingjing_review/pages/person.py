"""An officer in words: qualification and how near its end is, legal qualification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.pages.words import LEVELS, STANDINGS
from mingjing_review.rules.reviewer import expiry_of

if TYPE_CHECKING:
    from datetime import date

    from mingjing_review.rules.reviewer import Person
    from mingjing_shared.directory.tree import UnitTree


def standing_code(person: Person | None, day: date) -> str:
    """How an officer's qualification stands, as a code of ``STANDINGS``."""
    if person is None:
        return "unknown"
    if not (person.certified or person.level):
        return "unqualified"
    return expiry_of("qualification", person.valid_until, day).state


def person_shown(person: Person | None, number: str, tree: UnitTree, day: date) -> dict[str, Any]:
    """What lists and pages show of an officer; of one the directory does not know, the number."""
    until = person.valid_until if person else None
    return {
        "number": number,
        "name": person.name if person else "",
        "unit": tree.name_of(person.unit) if person else "名录未载",
        "unit_code": person.unit if person else "",
        "posts": "、".join(person.posts) if person else "",
        "level": LEVELS.get(person.level or "", "未载明") if person else "未载明",
        "until": until,
        "left": (until - day).days if until else None,
        "standing": STANDINGS[standing_code(person, day)],
        "legal": person is not None and person.legal,
        "legal_since": person.legal_since if person else None,
        "exam_on": person.exam_on if person else None,
    }
