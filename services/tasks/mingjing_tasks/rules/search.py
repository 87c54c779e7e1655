"""What is searched for by a part of it: two neighbouring characters suffice."""

from __future__ import annotations

import unicodedata

from mingjing_shared.law.document_number import normalise_document_number

SEARCH_CHARS_MIN = 2
SEARCH_CHARS_MAX = 80


def folded(text: str) -> str:
    """A text as it is compared: width and case do not count, blanks at its ends neither."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def as_document(text: str) -> str:
    """A text as the numbers of documents are kept: brackets of the year regular, no blanks."""
    return normalise_document_number(text).casefold()
