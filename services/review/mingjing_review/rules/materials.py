"""What a submission must hold, and what of it is missing.

行政处罚法 §44, §64, §65 and the default list of `law/materials.toml`: by the facts of the case, not
by a form. Advice (`needed = false`) is shown and never blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mingjing_shared.law.rules import Version, load_dated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

When = Literal["always", "penalty", "hearing_held", "hearing_due", "crime_suspected"]


class MaterialItem(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One item of the list: when it is asked for, and what the sender may call it."""

    when: When
    needed: bool
    kinds: tuple[str, ...]


MATERIALS = load_dated("mingjing_review", "materials", MaterialItem)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item that is asked for in this case, and whether it is there."""

    code: str
    title: str
    needed: bool
    there: bool
    source: str


def wanted_materials(
    *, applies: Iterable[str], kinds: Iterable[str], has_draft: bool, on: date
) -> tuple[Wanted, ...]:
    """The list for one submission; ``applies`` are the conditions that hold in the case.

    ``kinds`` are the kinds of the pieces handed in; ``has_draft`` says that the text itself came
    with the proposal.
    """
    holding = {"always", *applies}
    given = {kind.strip().casefold() for kind in kinds}
    found = []
    for code, dated in MATERIALS.items():
        if not dated.is_in_force_on(on):
            continue
        item = dated.in_force_on(on)
        if item.when in holding:
            there = _is_there(item, given) or (code == "draft" and has_draft)
            found.append(Wanted(code, item.title, item.needed, there, item.source))
    return tuple(found)


def _is_there(item: MaterialItem, given: set[str]) -> bool:
    if "*" in item.kinds:
        drafts = {kind.casefold() for kind in MATERIALS["draft"].versions[-1].kinds}
        return bool(given - drafts)
    return any(kind.casefold() in given for kind in item.kinds)
