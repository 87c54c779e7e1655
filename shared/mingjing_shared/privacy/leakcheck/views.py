"""A text seen in several ways, each of which can tell where in the text a sign came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.folding import CJK, FOLDED, as_digits
from mingjing_shared.privacy.leakcheck.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SOFT = re.compile(r"[\s·•.‧∙・\-_~*'\"`|/\\—–\[\]{}#&+=^$…\u25a0-\u25ff]+")
_NO_WORD = re.compile(rf"[^0-9a-z{CJK}]+")
_MASKS = re.compile(r"[×*○●□■◯△▲◆◇_?#x☆★某]+")
_BLANKS = re.compile(r"\s+")
_SPACES = re.compile(r"[^\S\n]+")
_NO_LATIN = re.compile(rf"[^a-z{CJK}]+")
_COUNTED = re.compile(r"[0-9]*[十百廿卅拾佰][0-9十百廿卅拾佰]*")
_TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30}


class View:
    """A text made from another one; ``origin`` names the place of a sign in that other one."""

    def __init__(
        self,
        text: str,
        parent: View | None = None,
        trace: Callable[[], Sequence[int]] | None = None,
    ) -> None:
        self.text = text
        self._parent = parent
        self._trace = trace

    @lazily
    def _origins(self) -> Sequence[int]:
        assert self._trace is not None
        return self._trace()

    def origin(self, at: int) -> int:
        """Where in the first text the sign at this place came from."""
        if self._parent is None:
            return at
        if self._trace is None:
            return self._parent.origin(at)
        origins = self._origins
        return self._parent.origin(origins[min(at, len(origins) - 1)] if origins else 0)

    @property
    def parent_text(self) -> str:
        """The text that this one was made from."""
        return self.text if self._parent is None else self._parent.text

    def root_text(self, start: int, end: int) -> str:
        """What stands in the first text where something stands here."""
        root = self
        while root._parent is not None:
            root = root._parent
        first, last = self.span(start, end)
        return root.text[first:last]

    def above(self, at: int) -> int:
        """Where in the text that this one was made from the sign at this place came from."""
        return at if self._trace is None else self._origins[at]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the first text something that stands here begins and ends."""
        return self.origin(start), self.origin(end - 1) + 1

    def replaced(self, pattern: re.Pattern[str], put: Callable[[re.Match[str]], str]) -> View:
        """The text with every find replaced; the same view when nothing is found."""
        found = list(pattern.finditer(self.text))
        if not found:
            return self
        pieces, starts, ends, at = [], [0], [0], 0
        length = 0
        literal = [True]
        for one in found:
            new = put(one)
            for piece, start, is_literal in (
                (self.text[at : one.start()], at, True),
                (new, one.start(), False),
            ):
                if piece:
                    starts.append(length)
                    ends.append(start)
                    literal.append(is_literal)
                    pieces.append(piece)
                    length += len(piece)
            at = one.end()
        starts.append(length)
        ends.append(at)
        literal.append(True)
        pieces.append(self.text[at:])
        text = "".join(pieces)

        def trace() -> list[int]:
            origins = []
            for place in range(len(text)):
                run = bisect_right(starts, place) - 1
                origins.append(ends[run] + (place - starts[run] if literal[run] else 0))
            return origins

        return View(text, self, trace)

    def folded(self) -> View:
        """In the form in which texts are compared."""
        text = self.text.translate(FOLDED)

        def trace() -> list[int]:
            return [at for at, sign in enumerate(self.text) for _ in FOLDED[ord(sign)]]

        return View(text, self, trace)

    def without(self, pattern: re.Pattern[str]) -> View:
        """Without what the pattern finds."""
        text = pattern.sub("", self.text)

        def trace() -> list[int]:
            gone = [False] * len(self.text)
            for one in pattern.finditer(self.text):
                gone[one.start() : one.end()] = [True] * (one.end() - one.start())
            return [at for at, is_gone in enumerate(gone) if not is_gone]

        return View(text, self, trace)


class Views:
    """One text in all the ways in which it is looked at; each is made when it is asked for."""

    def __init__(self, text: View) -> None:
        self.first = text

    @lazily
    def flat(self) -> View:
        """Folded: width, case, accents and old forms do not matter."""
        return self.first.folded()

    @lazily
    def joined(self) -> View:
        """Flat, without blanks and soft signs between the signs: for names."""
        return self.flat.without(_SOFT)

    @lazily
    def numbered(self) -> View:
        """Flat, each Chinese numeral as a digit."""
        return View(as_digits(self.flat.text), self.flat)

    @lazily
    def bare(self) -> View:
        """Letters, digits and Chinese signs alone, numerals as digits: for numbers."""
        return self.numbered.without(_NO_WORD)

    @lazily
    def masked(self) -> View:
        """Flat, without blanks, with one × for every run of signs that stand for hidden ones."""
        return self.flat.without(_BLANKS).replaced(_MASKS, lambda _: "×")

    @lazily
    def latin(self) -> View:
        """Latin letters and Chinese signs alone: for names in pinyin."""
        return self.flat.without(_NO_LATIN)

    @lazily
    def lined(self) -> View:
        """As counted, with the line breaks."""
        return self.numbered.without(_SPACES).replaced(_COUNTED, lambda one: _count(one.group()))

    @lazily
    def counted(self) -> View:
        """Numerals as digits, also 十八 as 18, without blanks: for addresses and dates."""
        return self.numbered.without(_BLANKS).replaced(_COUNTED, lambda one: _count(one.group()))


def _count(words: str) -> str:
    """A numeral with tens as a number: 2十3 is 23, 百 is 100."""
    total, digit = 0, ""
    for sign in words:
        if sign in _TENS:
            total += (int(digit or 1) if sign in "十拾" else 1) * _TENS[sign]
            digit = ""
        elif sign in "百佰":
            total += int(digit or 1) * 100
            digit = ""
        else:
            digit += sign
    return str(total + int(digit or 0))


def spots(text: str, word: str) -> list[int]:
    """Every place at which a word stands; none for no word."""
    found, at = [], text.find(word) if word else -1
    while at >= 0:
        found.append(at)
        at = text.find(word, at + 1)
    return found


def line_starts(text: str) -> list[int]:
    """Where each line of a text begins."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]
