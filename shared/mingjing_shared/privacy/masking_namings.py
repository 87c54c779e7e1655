"""Every place of a text at which a person is named.

Where a name is a part of a longer one, or of what must stay, the longer one counts; where it is
an ordinary word as well, both sides of the place decide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mingjing_shared.privacy.masking_context import (
    BEFORE,
    is_in_longer_word,
    is_officer,
    is_thing,
    name_weight,
)
from mingjing_shared.privacy.masking_form import DOTS
from mingjing_shared.privacy.masking_names import is_dotted, is_latin, surname_of
from mingjing_shared.privacy.masking_roles import AFTER, ends_with_role
from mingjing_shared.privacy.masking_words import (
    SURNAMES,
    is_common_word,
    is_noun,
    is_very_common_word,
    is_word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_shared.privacy.masking_form import Reading
    from mingjing_shared.privacy.masking_names import Person

Span = tuple[int, int]
_SMALL = ("儿", "子", "哥", "姐", "弟", "妹", "总")
_LATIN_RUN = re.compile(r"[A-Z]{5,30}")
_BARE = str.maketrans("", "", DOTS + "- ")
_WORD_BEFORE, _WORD_BEHIND = re.compile(r"[A-Z0-9_@.]"), re.compile(r"[A-Z0-9_@]")
_HAN_NAME_MAX = 4
_LONG_NAME = 3
_AS_A_PERSON = 1.5


class Naming(NamedTuple):
    """A place at which a person is named; ``is_doubtful`` where an officer has the same name."""

    span: Span
    person: Person
    is_doubtful: bool = False


class _Place(NamedTuple):
    """A place at which a name stands: a full one, a part, a small one, or what must stay."""

    start: int
    end: int
    kind: str
    name: str
    person: Person | None


def namings_of(
    reading: Reading, persons: Sequence[Person], kept: Sequence[Span], stated: Sequence[Span]
) -> list[Naming]:
    """Every place at which a person is named: the longest first, each sign once."""
    flat = reading.flat
    kept_spans = set(kept)
    places = [*_places(reading, persons, "\n".join(flat[a:b] for a, b in kept))]
    full = [(one.start, one.end) for one in places if one.kind == "full"]
    places += [_Place(a, b, "kept", "", None) for a, b in kept]
    places += [_Place(a, b, "kept", "", None) for a, b in stated if not _cuts(a, b, full)]
    places.sort(key=lambda one: (one.start - one.end, one.kind != "full", one.person is None))
    taken = bytearray(len(flat))
    namings = []
    for place in places:
        start, end = place.start, place.end
        if taken.find(1, start, end) >= 0:
            continue
        whole = b"\1" * (end - start)
        if place.person is None:
            taken[start:end] = whole
            continue
        is_same = (start, end) in kept_spans
        if is_same and is_officer(flat, start, end):
            taken[start:end] = whole
        elif _is_named(flat, place, place.person):
            taken[start:end] = whole
            namings.append(Naming((start, end), place.person, is_same))
        elif place.kind == "full" and is_word(place.name):  # nor is a part of the word a person
            taken[start:end] = whole
    return namings + [
        Naming(span, person)
        for span, person in _romanised(reading, persons)
        if taken.find(1, *span) < 0
    ]


def _cuts(start: int, end: int, places: Sequence[Span]) -> bool:
    """Whether it takes a part of a name and leaves the rest."""
    return any(a < start < b or a < end < b for a, b in places)


def places_of(reading: Reading, name: str) -> list[Span]:
    """Where a spelling stands; Latin ones as whole words, dotted ones with any dot."""
    found = reading.seen.get(name)
    if found is None:
        found = reading.seen[name] = _places_of(reading, name)
    return found


def _places_of(reading: Reading, name: str) -> list[Span]:
    if is_latin(name):
        return [
            (start, end)
            for start, end in reading.all_tight(name.translate(_BARE))
            if not _WORD_BEFORE.match(reading.flat[start - 1 : start])
            and not _WORD_BEHIND.match(reading.flat[end : end + 1])
        ]
    if is_dotted(name):
        return list(reading.all_tight(name.translate(_BARE)))
    return list(reading.all_of(name))


def _places(reading: Reading, persons: Sequence[Person], kept: str) -> Iterator[_Place]:
    for person in persons:
        names = [("full", name) for name in person.full]
        names += [("part", name) for name in person.parts]
        names += [("small", name) for name in _small(person, reading.dense) if name not in kept]
        for kind, name in names:
            for start, end in places_of(reading, name):
                yield _Place(start, end, kind, name, person)


def _is_named(flat: str, place: _Place, person: Person) -> bool:
    """Whether this person is meant at this place."""
    start, end, kind, name, _ = place
    if is_latin(name) or (start, end) in person.sure:
        return True
    if kind == "full" and len(name) >= _LONG_NAME and not is_word(name):
        is_other = not person.is_party and is_thing(flat, end)
        if is_other and name_weight(flat, start, end) < _AS_A_PERSON:
            return False
        return not is_in_longer_word(flat, start, end)
    weight = name_weight(flat, start, end)
    if kind != "full":
        return weight >= (1 if kind == "small" else _part_weight_min(flat, place, person))
    return weight >= _full_weight_min(flat, place, person) and (
        person.is_party or weight >= _AS_A_PERSON or not is_thing(flat, end)
    )


def _full_weight_min(flat: str, place: _Place, person: Person) -> float:
    """How much both sides must say that somebody is meant by a short name, or by a word."""
    name = place.name
    if is_word(name) and (len(name) < _LONG_NAME or not person.is_party):
        return 0.25 if person.is_party and not is_very_common_word(name) else 1
    if len(name) < _LONG_NAME and _is_amid_words(flat, place.start, place.end):
        return -0.5
    return -1.2 if person.is_party else -0.9


def _is_amid_words(flat: str, start: int, end: int) -> bool:
    """池塘水清见底: a noun before that is no role."""
    return (
        start > 1
        and is_noun(flat[start - 2 : start])
        and flat[end : end + 2] not in AFTER
        and not ends_with_role(flat[max(start - 12, 0) : start])
    )


def _part_weight_min(flat: str, place: _Place, person: Person) -> float:
    """How much both sides must say that a part of a name is meant, and no word."""
    start, end, _, name, _ = place
    least = 1.0 * is_common_word(flat[end - 1 : end + 1])  # 伟人 in 大伟人
    if is_common_word(name):
        least += 0.5 if person.is_party and not is_very_common_word(name) else 2
    elif is_word(name):
        least += 0.5
    if start and flat[start - 1] in SURNAMES and flat[start - 1] not in BEFORE:
        least += 1.5  # somebody else's name, or a part of it
    return least


def _small(person: Person, dense: str) -> list[str]:
    """渊儿, 清子, 老张, 阿勇: how those are called who are known, as far as the text does so."""
    name = person.chief
    if is_latin(name) or is_dotted(name) or person.is_nameless:
        return []
    surname = surname_of(name)
    last = name[len(surname) :][-1:]
    words = [f"老{surname}", f"小{surname}", f"{surname}哥", f"{surname}总", f"{surname}姐"]
    if last:
        words += [f"{last}{tail}" for tail in _SMALL]
        words += [f"小{last}", f"阿{last}", f"{last}{last}"]
    return [
        word
        for word in dict.fromkeys(words)
        if word in dense
        and word not in person.full
        and (word[0] == "老" or not is_common_word(word))
    ]


@lru_cache(maxsize=4096)
def _syllable(sign: str) -> str:
    """How one sign is read, in capital letters."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to load, and rarely needed

    return lazy_pinyin(sign)[0].upper()


def _romanised(reading: Reading, persons: Sequence[Person]) -> list[tuple[Span, Person]]:
    """Names of parties in pinyin, as they stand in addresses of pages."""
    runs = list(_LATIN_RUN.finditer(reading.flat))
    parties = [
        person
        for person in persons
        if person.is_party and not is_latin(person.chief) and len(person.chief) <= _HAN_NAME_MAX
    ]
    if not runs or not parties:
        return []
    found = []
    for person in parties:
        signs = [_syllable(sign) for sign in person.chief]
        surname = len(surname_of(person.chief))
        forms = {"".join(signs), "".join([*signs[surname:], *signs[:surname]])}
        found += [(run.span(), person) for run in runs if run.group() in forms]
    return found
