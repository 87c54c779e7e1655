"""Names of persons: every spelling that was given, and what the public reads instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import Mark, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingjing_shared.events.values import Party

COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔"
        "申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐轩辕呼延左丘东郭西门百里东门南门第五拓跋"
        "完颜纳兰",
    )
)
ORDINALS = "甲乙丙丁戊己庚辛壬癸"
_DOTS = "·•・.‧∙"
_BETWEEN = re.compile(r"[(\[{【、/,;]+|[)\]}】]+")
_LABEL = re.compile(r"^(?:又名|曾用名|别名|绰号|外号|化名|小名|原名|英文名)[::]?")
_QUOTES = "“”\"'‘’「」『』 "
_HIDDEN_ALREADY = re.compile(r"^.{1,2}某|[×*]")
_LATIN = re.compile(r"[A-Z]")


def spellings(name: str) -> tuple[str, ...]:
    """Every spelling in a name as it was given: 张伟（又名张维，绰号“老张”）."""
    parts = (part.strip(_QUOTES) for part in _BETWEEN.split(plain(name)))
    found = (_LABEL.sub("", part).strip(_QUOTES) for part in parts)
    whole = (part if _LATIN.search(part) else part.replace(" ", "") for part in found)
    return tuple(dict.fromkeys(part for part in whole if part))


def hideable_spellings(name: str) -> tuple[str, ...]:
    """The spellings that can be looked for: two signs at least, and not hidden by the sender."""
    found = [
        spelling
        for spelling in spellings(name)
        if len(spelling.replace(" ", "")) > 1 and not _HIDDEN_ALREADY.search(spelling)
    ]
    for spelling in tuple(found):  # 阿卜杜拉·买买提 is also called 阿卜杜拉
        first = re.split(f"[{_DOTS}]", spelling)[0]
        if first != spelling and len(first) > 1 and not _LATIN.search(first):
            found.append(first)
    return tuple(dict.fromkeys(found))


def marks_of_names(text: str, persons: Sequence[Party]) -> list[Mark]:
    """Where a plain text names these persons, each with what the public reads instead."""
    found: list[tuple[str, list[tuple[int, int]]]] = []
    for who, names in _people(persons):
        spans = [match.span() for name in names for match in pattern_of(name).finditer(text)]
        if spans:
            found.append((who, spans))
    instead = _stand_ins([who for who, _spans in found])
    return [
        Mark(start, end, "name", word)
        for word, (_who, spans) in zip(instead, found, strict=True)
        for start, end in spans
    ]


def pattern_of(name: str) -> re.Pattern[str]:
    """A spelling with any blanks or dots between its signs; Latin ones as whole words."""
    latin = bool(_LATIN.search(name))
    signs = [re.escape(sign) for sign in name if sign not in _DOTS and sign != " "]
    joint = rf"[ {_DOTS}\-]*" if latin or any(dot in name for dot in _DOTS) else " *"
    body = joint.join(signs)
    return re.compile(rf"(?<![A-Z]){body}(?![A-Z])" if latin else body)


def _people(persons: Iterable[Party]) -> list[tuple[str, tuple[str, ...]]]:
    """Each person once, by chief spelling, with all spellings: the same by number or by name."""
    chief_of: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for person in persons:
        given = hideable_spellings(person.name)
        if not given:
            continue
        number = plain(person.resident_id or "")
        chief = chief_of.get(number) if number else None
        chief = chief or chief_of.get(given[0]) or given[0]
        for key in (number, *given):
            if key:
                chief_of.setdefault(key, chief)
        names.setdefault(chief, []).extend(given)
    return [
        (chief, tuple(sorted(set(given), key=lambda name: (-len(name), name))))
        for chief, given in names.items()
    ]


def _stand_ins(chiefs: Sequence[str]) -> list[str]:
    """张某; where two of one surname are named, 张某甲 and 张某乙."""
    surnames = [surname_of(chief) for chief in chiefs]
    seen: dict[str, int] = {}
    words = []
    for surname in surnames:
        place = seen.get(surname, 0)
        seen[surname] = place + 1
        if surnames.count(surname) == 1:
            words.append(f"{surname}某")
        else:
            words.append(f"{surname}某{_ordinal(place)}")
    return words


def surname_of(name: str) -> str:
    """The surname; of names that are not Han, or not Chinese, the first sign."""
    han = not _LATIN.search(name) and not any(dot in name for dot in _DOTS)
    return name[:2] if han and len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[0]


def _ordinal(place: int) -> str:
    return ORDINALS[place] if place < len(ORDINALS) else str(place + 1)
