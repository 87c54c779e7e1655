"""What is searched for by a part of it: two neighbouring characters suffice.

An index of words finds nothing in Chinese, one of three letters nothing in two: what is kept is
every pair of neighbouring characters, without regard to case and width.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from mingjing_shared.law.document_number import normalise_document_number

SEARCH_CHARS_MIN = 2
SEARCH_CHARS_MAX = 80


def pairs_of(text: str) -> list[str]:
    """Every pair of neighbouring characters, each once, in order."""
    plain = folded(text)
    return sorted({one + next_one for one, next_one in pairwise(plain)})


def folded(text: str) -> str:
    """A text as it is compared: width and case do not count, blanks at its ends neither."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def as_document(text: str) -> str:
    """A text as the numbers of documents are kept: brackets of the year regular, no blanks."""
    return normalise_document_number(text).casefold()
