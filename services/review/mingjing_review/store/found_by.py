"""What a review is found by: its numbers as keys, one a line; the index is on their parts."""

from __future__ import annotations

import unicodedata
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
