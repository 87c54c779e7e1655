"""Names of persons: every spelling that was given, and what the public reads instead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import DOTS, plain
from mingjing_shared.privacy.masking_words import COMPOUND_SURNAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

ORDINALS = "甲乙丙丁戊己庚辛壬癸"
_DOT_SIGNS = frozenset(DOTS)
_BETWEEN = re.compile(r"[(\[{【、/,;]+|[)\]}】]+")
_LABEL = re.compile(r"^(?:又名|曾用名|别名|绰号|外号|化名|小名|原名|英文名|乳名|真名|本名)[::]?")
_QUOTES = "“”\"'‘’「」『』 "
_HIDDEN_ALREADY = re.compile(r"^.{1,2}某|[×*]")
_LONG_SIGNS_MIN = 4
_DOT = re.compile(f"[{DOTS}]")
_PARTS = re.compile(rf"[{DOTS}\- ]+")


@dataclass(slots=True)
class Person:
    """Somebody: the chief spelling, all full ones, parts of them, and how it is known.

    At the places ``sure`` the name is meant, though it be an ordinary word.
    """

    chief: str
    full: list[str]
    parts: list[str] = field(default_factory=list)
    found_by: str = ""
    is_party: bool = False
    is_nameless: bool = False
    sure: set[tuple[int, int]] = field(default_factory=set)


def is_latin(name: str) -> bool:
    """Whether letters are in a plain name."""
    return name != name.lower()


def is_dotted(name: str) -> bool:
    """Whether it is a name of parts with dots between them."""
    return not _DOT_SIGNS.isdisjoint(name)


def spellings(name: str) -> tuple[str, ...]:
    """Every spelling in a name as it was given: 张伟（又名张维，绰号“老张”）."""
    parts = (part.strip(_QUOTES) for part in _BETWEEN.split(plain(name)))
    found = (_LABEL.sub("", part).strip(_QUOTES) for part in parts)
    whole = (part if is_latin(part) else part.replace(" ", "") for part in found)
    return tuple(dict.fromkeys(part for part in whole if part))


def hideable_spellings(name: str) -> tuple[str, ...]:
    """The spellings that can be looked for: two signs at least, and not hidden by the sender."""
    found = [
        spelling
        for spelling in spellings(name)
        if len(spelling.replace(" ", "")) > 1 and not _HIDDEN_ALREADY.search(spelling)
    ]
    for spelling in tuple(found):  # 阿卜杜拉·买买提 is also called 阿卜杜拉
        first = _DOT.split(spelling)[0]
        if first != spelling and len(first) > 1 and not is_latin(first):
            found.append(first)
    return tuple(dict.fromkeys(found))


def parts_of(spelling: str) -> tuple[str, ...]:
    """By what a person is also called: given name, or the parts of a name with dots or blanks."""
    if is_latin(spelling) or any(dot in spelling for dot in DOTS):
        return tuple(part for part in _PARTS.split(spelling) if len(part) > 1 and part != spelling)
    signs = 2 if spelling[:2] in COMPOUND_SURNAMES and len(spelling) > 2 else 1
    given = spelling[signs:]
    found = [given] if len(given) > 1 else []
    if signs == 1 and len(spelling) >= _LONG_SIGNS_MIN:  # 多杰才让 is also called 多杰
        sizes = (2, 3) if len(spelling) > _LONG_SIGNS_MIN else (2,)
        found += [part for size in sizes for part in (spelling[:size], spelling[size:])]
    return tuple(dict.fromkeys(found))


def stand_ins(chiefs: Sequence[str], taken: str) -> list[str]:
    """张某; where two of one surname are named, 张某甲 and 张某乙.

    ``taken`` is the text: somebody whom it calls 张某 already is another person.
    """
    surnames = [surname_of(chief) for chief in chiefs]
    seen: dict[str, int] = {}
    words = []
    for surname in surnames:
        at = seen.get(surname, 0)
        alone = surnames.count(surname) == 1 and f"{surname}某" not in taken
        while not alone and f"{surname}某{ordinal(at)}" in taken:
            at += 1
        seen[surname] = at + 1
        words.append(f"{surname}某" if alone else f"{surname}某{ordinal(at)}")
    return words


def surname_of(name: str) -> str:
    """The surname; of names that are not Han, or not Chinese, the first sign."""
    han = not is_latin(name) and not any(dot in name for dot in DOTS)
    return name[:2] if han and len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[0]


def ordinal(place: int) -> str:
    """甲, 乙, …; from the eleventh on a number."""
    return ORDINALS[place] if place < len(ORDINALS) else str(place + 1)
