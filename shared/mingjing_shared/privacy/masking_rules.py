"""The rules of masking with the place where each stands: dated data, see `law/masking.toml`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mingjing_shared.law.rules import load_provisions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_RULES = load_provisions("mingjing_shared", "masking")

RULES: Mapping[str, str] = {key: rule.versions[-1].title for key, rule in _RULES.items()}
"""Rule → what it hides, in Chinese."""


@cache
def sources_on(day: date | None) -> Mapping[str, str]:
    """Rule → where it stands in the wording of that day; without a day, in the newest.

    What was decided before the first wording is hidden by the first: the rules are about what is
    made public, and that happens after it.
    """
    found = {}
    for key, rule in _RULES.items():
        newest, oldest = rule.versions[-1], rule.versions[0]
        if day is None:
            found[key] = newest.source
        else:
            found[key] = rule.in_force_on(max(day, oldest.valid_from)).source
    return found
