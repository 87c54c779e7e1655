"""A text in the forms in which it is searched, and the marks that are left on it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTEAD = "×××"
DOTS = "·•・.‧∙"
DOTS_AND_HYPHEN = frozenset(DOTS + "-")
_LOOSE = DOTS + "-"
INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")


class Mark(NamedTuple):
    """A place in a text: from, to, by which rule, what stands there instead, what it said.

    ``found_by`` says in Chinese how it was found; ``source`` is where the rule stands.
    """

    start: int
    end: int
    rule: str
    instead: str = ""
    text: str = ""
    found_by: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is searched.

    Attributes:
        said: the text as it was given.
        flat: the plain text; a place in it is the same place in the text.
        dense: the plain text without blanks and line breaks, through which names are seen.
        places: where each sign of ``dense`` stands in the text.
        tight: ``dense`` without hyphens and dots, through which numbers and dotted names are seen.
        tight_places: where each sign of ``tight`` stands in the text.
        seen: where names stand that were looked for already.
    """

    said: str
    flat: str
    dense: str
    places: list[int] = field(repr=False)
    tight: str = field(repr=False)
    tight_places: list[int] = field(repr=False)
    seen: dict[str, list[tuple[int, int]]] = field(default_factory=dict, repr=False)

    def all_of(self, word: str) -> Iterator[tuple[int, int]]:
        """Every place of the text at which a word stands, whatever blanks are within it."""
        at = self.dense.find(word) if word else -1
        while at >= 0:
            yield self.places[at], self.places[at + len(word) - 1] + 1
            at = self.dense.find(word, at + 1)

    def all_tight(self, word: str) -> Iterator[tuple[int, int]]:
        """Every place of the text at which a word stands, whatever dots and hyphens are in it."""
        at = self.tight.find(word) if word else -1
        while at >= 0:
            yield self.tight_places[at], self.tight_places[at + len(word) - 1] + 1
            at = self.tight.find(word, at + 1)


class _Table(dict[int, str]):
    """What each sign becomes; worked out once per sign."""

    def __missing__(self, code: int) -> str:
        form = _plain(chr(code))
        if len(self) < _TABLE_MAX:
            self[code] = form
        return form


def _plain(sign: str) -> str:
    if sign == "\n":
        return sign
    if sign in INVISIBLE or sign.isspace():
        return " "
    form = unicodedata.normalize("NFKC", sign)
    if len(form) != 1 or unicodedata.category(sign) == "No":  # ① is no 1
        return sign
    upper = form.upper()
    return upper if len(upper) == 1 else form


@cache
def _first_signs() -> list[int]:
    """What each of the first 65,536 signs becomes: a list is looked up faster than a table."""
    return [ord(_plain(chr(code))) for code in range(ord(_LAST) + 1)]


_LAST, _BEYOND = "\uffff", re.compile("[\U00010000-\U0010ffff]")
_SHORT = 32
_TABLE_MAX = 100_000
_PLAIN = _Table()
_BLANK = re.compile(r"[ \n]+")


def plain(text: str) -> str:
    """Full width to half width, small to capital letters, blanks and invisible signs to a space.

    Character by character: a place in the result is the same place in the text.
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    if 0 < len(text) < _SHORT and min(text) >= "\u4e00" and max(text) <= "\u9fff":
        return text
    return text.translate(_PLAIN if _BEYOND.search(text) else _first_signs())


def read(text: str) -> Reading:
    """A text in all forms in which it is searched."""
    flat = plain(text)
    places: list[int] = []
    at = 0
    for blank in _BLANK.finditer(flat):
        places += range(at, blank.start())
        at = blank.end()
    places += range(at, len(flat))
    dense = without_blanks(flat)
    tight = dense
    for sign in _LOOSE:
        tight = tight.replace(sign, "")
    tight_places = places
    if len(tight) < len(dense):
        tight_places = [
            place for sign, place in zip(dense, places, strict=True) if sign not in DOTS_AND_HYPHEN
        ]
    return Reading(text, flat, dense, places, tight, tight_places)


def without_blanks(text: str) -> str:
    """A plain text without blanks and line breaks."""
    return text.replace(" ", "").replace("\n", "")


def clause(flat: str, start: int, end: int, rule: str, found_by: str) -> Mark:
    """A clause without blanks, commas and conjunctions at its ends."""
    while end > start and flat[end - 1] in " ,、\n的和及":
        end -= 1
    while start < end and flat[start] in " ,、\n":
        start += 1
    return Mark(start, end, rule, INSTEAD, found_by=found_by)


def spans_of(text: str, term: str) -> list[tuple[int, int]]:
    """Where a term stands in a plain text; a number only where it stands alone.

    A police number that happens to be part of somebody's longer number is not there.
    """
    if not term:
        return []
    if not (term.isascii() and term.isalnum()):
        found, at = [], text.find(term)
        while at >= 0:
            found.append((at, at + len(term)))
            at = text.find(term, at + len(term))
        return found
    body = rf"(?<![0-9A-Z]){re.escape(term)}(?![0-9A-Z])"
    return [found.span() for found in re.finditer(body, text)]
