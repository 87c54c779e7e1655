"""A text in the form in which it is searched, and the marks that are left on it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text: from, to, by which rule, what stands there instead, what it said."""

    start: int
    end: int
    rule: str
    instead: str = ""
    text: str = ""


def plain(text: str) -> str:
    """Full width to half width, small to capital letters, blanks and invisible signs to a space.

    Character by character: a place in the result is the same place in the text.
    """
    return "".join(map(_plain, text))


def _plain(sign: str) -> str:
    if sign == "\n":
        return sign
    if sign in INVISIBLE or sign.isspace():
        return " "
    form = unicodedata.normalize("NFKC", sign)
    if len(form) != 1:
        return sign
    upper = form.upper()
    return upper if len(upper) == 1 else form


def spans_of(text: str, term: str) -> list[tuple[int, int]]:
    """Where a term stands in a plain text; a number only where it stands alone.

    A police number that happens to be part of somebody's longer number is not there.
    """
    if not term:
        return []
    body = re.escape(term)
    if term.isascii() and term.isalnum():
        body = rf"(?<![0-9A-Z]){body}(?![0-9A-Z])"
    return [found.span() for found in re.finditer(body, text)]
