"""The second look: does a text for the public still say what it must not, and keep what it must?

Written apart from the masking and by another method, so that one's blind spot is not the
other's: here the text is squeezed (no blanks, dots, hyphens or invisible signs) and searched
for what is known. Pure functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking import RULES, kept_marks
from mingjing_shared.privacy.masking_form import plain, spans_of
from mingjing_shared.privacy.masking_names import hideable_spellings
from mingjing_shared.privacy.masking_numbers import checked_numbers, compact, numbers_of
from mingjing_shared.privacy.masking_places import telling_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_shared.events.values import Party
    from mingjing_shared.privacy.masking import Known

_SQUEEZED = frozenset(" -_*'·•・.‧∙—~")
POLICE_NUMBER_CHARS = 6
_TAIL_SIGNS = 8  # so many last signs of a number tell whose it is


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that must not be there: where (line and sign from 1), which rule, what it says."""

    line: int
    sign: int
    rule: str
    text: str

    @property
    def says(self) -> str:
        """One Chinese clause for whoever edits the text."""
        return f"第 {self.line} 行第 {self.sign} 字：{RULES[self.rule]}“{self.text}”"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that must stay, and is there less often than in the original."""

    text: str
    original: int
    public: int

    @property
    def says(self) -> str:
        """One Chinese clause for whoever edits the text."""
        return f"“{self.text}”在原文中有 {self.original} 处，公开文本只有 {self.public} 处"


def leaks(public_text: str, known: Known) -> tuple[Leak, ...]:
    """Every place at which a text for the public names or leads to a person of the case."""
    kept = [(mark.start, mark.end) for mark in kept_marks(public_text, known)]
    squeezed, places = _squeeze(public_text)
    found = {
        (places[start], places[end - 1] + 1, rule)
        for rule, word in _forbidden(known.persons())
        for start, end in _all(squeezed, word)
    }
    found |= {(m.start, m.end, m.rule) for m in checked_numbers(plain(public_text))}
    outside = [one for one in found if not _may_stay(*one, kept, public_text)]
    return tuple(_leak(public_text, *one) for one in _outermost(outside))


def missing(original: str, public_text: str, known: Known) -> tuple[Missing, ...]:
    """What must stay and was taken away, once or wholly.

    Of an officer who is called like a party one naming is enough: the others may be the party's.
    """
    before, after = plain(original), plain(public_text)
    shared = {name for person in known.persons() for name in hideable_spellings(person.name)}
    found = []
    for term in known.kept_terms():
        was, remains = (len(spans_of(text, plain(term))) for text in (before, after))
        if remains < (min(was, 1) if plain(term) in shared else was):
            found.append(Missing(term, was, remains))
    return tuple(found)


def _may_stay(start: int, end: int, rule: str, kept: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether what was found is part of something that must stay.

    A party's name that is also an officer's may stay where the police number follows it.
    """
    for a, b in kept:
        if a <= start and end <= b:
            if rule != "name" or end - start < b - a:
                return True
            return any(
                b <= c <= b + len("（") and d - c == POLICE_NUMBER_CHARS and text[c:d].isdigit()
                for c, d in kept
            )
    return False


def _forbidden(persons: Sequence[Party]) -> Iterator[tuple[str, str]]:
    for person in persons:
        for spelling in hideable_spellings(person.name):
            yield "name", _squeeze(spelling)[0]
        for rule, number in numbers_of(person):
            whole = compact(plain(number))
            yield rule, whole
            if len(whole) > _TAIL_SIGNS:
                yield rule, whole[-_TAIL_SIGNS:]
        for part in telling_parts(person.address) if person.address else ():
            yield "address", _squeeze(part)[0]


def _squeeze(text: str) -> tuple[str, list[int]]:
    """The text without what may be put between signs, and where each sign stood."""
    pairs = [
        (sign, place)
        for place, sign in enumerate(plain(text))
        if sign not in _SQUEEZED and sign != "\n"
    ]
    return "".join(sign for sign, _ in pairs), [place for _, place in pairs]


def _all(text: str, word: str) -> Iterator[tuple[int, int]]:
    at = text.find(word) if word else -1
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


def _outermost(found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Each place once: what lies within another is not told again."""
    settled: list[tuple[int, int, str]] = []
    for start, end, rule in sorted(found, key=lambda one: (one[0], -one[1], one[2])):
        if not settled or end > settled[-1][1]:
            settled.append((start, end, rule))
    return settled


def _leak(text: str, start: int, end: int, rule: str) -> Leak:
    before = text[:start]
    line = before.count("\n") + 1
    return Leak(line, start - (before.rfind("\n") + 1) + 1, rule, text[start:end])
