"""What a review is found by: numbers as keys, and every two signs of them that follow each other.

The pairs stand in an index, so that two signs suffice and a search costs the same in a million
reviews; whether the signs really follow each other is then asked of the few that hold them all.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def key_of(text: str) -> str:
    """A number as it is compared: NFKC, lower case, half-width brackets, without blanks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    brackets = str.maketrans("〔〕【】[]", "()()()")
    return "".join(plain.translate(brackets).split())


def found_by(parts: Iterable[str | None]) -> str:
    """The keys of these numbers, one a line, each once."""
    keys = dict.fromkeys(key_of(part) for part in parts if part)
    return "\n".join(key for key in keys if key)


def grams(keys: str) -> list[str]:
    """Every two signs that follow each other in a line."""
    pairs = {first + second for line in keys.split("\n") for first, second in pairwise(line)}
    return sorted(pairs)
