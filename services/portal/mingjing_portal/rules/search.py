"""Search by two signs: what is searched, what is asked for, squeezed to the same form.

Every two neighbouring signs of an item are in an index; a word is found where all its pairs are,
and then the word itself is looked for. So two Chinese signs find, and nothing is cut into words.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGNS_MIN = 2
SIGNS_MAX = 60
WORDS_MAX = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a citizen looks for: words, and the pairs of signs by which they are found."""

    words: tuple[str, ...]
    grams: tuple[str, ...]


def squeezed(texts: Iterable[str]) -> str:
    """Public words as a search sees them: half width, small letters, no blanks within a part."""
    return "\n".join("".join(unicodedata.normalize("NFKC", text).lower().split()) for text in texts)


def grams_of(searched: str) -> list[str]:
    """Every two neighbouring letters, digits or Chinese signs, each once."""
    return sorted({a + b for a, b in pairwise(searched) if a.isalnum() and b.isalnum()})


def wanted_of(given: str) -> Wanted | None:
    """What is looked for; nothing when it is too short to be found."""
    words = tuple(dict.fromkeys(squeezed([word]) for word in given[:SIGNS_MAX].split()))[:WORDS_MAX]
    words = tuple(word for word in words if len(word) >= SIGNS_MIN)
    grams = tuple(dict.fromkeys(gram for word in words for gram in grams_of(word)))
    return Wanted(words, grams) if grams else None
