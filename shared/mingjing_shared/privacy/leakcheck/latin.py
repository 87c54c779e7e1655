"""Looks for names in Latin letters: pinyin with or without tones, both orders, initials."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.hit import Found
from mingjing_shared.privacy.leakcheck.pinyin import spelled
from mingjing_shared.privacy.leakcheck.views import spots
from mingjing_shared.privacy.leakcheck.words import ROLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingjing_shared.privacy.leakcheck.names import PersonName
    from mingjing_shared.privacy.leakcheck.views import Views

_LATIN = re.compile(r"[a-z]{2}")
_LETTERS_SURE = 9
_GIVEN_LETTERS_MIN = 6
_WORD_LETTERS_MIN = 4
_INITIALS_SIGNS = (2, 3, 4)
_INITIALS_BEFORE = re.compile(
    rf"(?:缩写|首字母|拼音|代号|简称|{'|'.join(word for word in ROLE_WORDS if len(word) > 1)}"
    r"|[\u3400-\u9fff][某×*]{1,2})[^\u3400-\u9fffa-z]{0,3}$"
)


def latin_names_in(views: Views, name: PersonName) -> Iterator[Found]:
    """Every place at which a text shows the name in Latin letters."""
    latin = views.latin
    if not _LATIN.search(latin.text):
        return
    for word, needs_edges in _words(name):
        for at in spots(latin.text, word):
            if not needs_edges or _has_edges(views, at, at + len(word)):
                yield Found(*latin.span(at, at + len(word)), "pinyin", name.written)
    for word in _initials(name):
        for at in spots(latin.text, word):
            flat, first = views.flat.text, latin.above(at)
            if _has_edges(views, at, at + len(word)) and _INITIALS_BEFORE.search(
                flat[max(first - 12, 0) : first]
            ):
                yield Found(*latin.span(at, at + len(word)), "pinyin", name.written)


@lru_cache(maxsize=2048)
def _words(name: PersonName) -> tuple[tuple[str, bool], ...]:
    """What is looked for, and whether it must stand between signs that are no letters."""
    if name.is_latin:
        whole = ("".join(name.parts or (name.signs,)), "".join(reversed(name.parts)))
        words = [(word, len(word) < _LETTERS_SURE) for word in whole if word]
        single = [part for part in name.parts if len(part) >= _WORD_LETTERS_MIN]
        return tuple(words + [(part, True) for part in single])
    found: dict[str, bool] = {}
    surname_signs = len(name.surname)
    for reading in spelled(name.signs):
        straight = "".join(reading)
        turned = "".join(reading[surname_signs:] + reading[:surname_signs])
        given = "".join(reading[surname_signs:])
        for word in (straight, turned):
            found[word] = len(reading) < 3 or len(word) < _LETTERS_SURE
        if surname_signs and len(name.given) > 1 and len(given) >= _GIVEN_LETTERS_MIN:
            found.setdefault(given, True)
    return tuple(found.items())


@lru_cache(maxsize=2048)
def _initials(name: PersonName) -> tuple[str, ...]:
    if name.is_latin or len(name.signs) not in _INITIALS_SIGNS:
        return ()
    return tuple({"".join(part[0] for part in reading) for reading in spelled(name.signs)})


def _has_edges(views: Views, start: int, end: int) -> bool:
    """Whether what stands here in the letters alone stands between other signs in the text."""
    flat, latin = views.flat.text, views.latin
    first, last = latin.above(start), latin.above(end - 1)
    before, after = flat[first - 1 : first] if first else "", flat[last + 1 : last + 2]
    is_letter = str.isascii
    return not (before.isalpha() and is_letter(before)) and not (
        after.isalpha() and is_letter(after)
    )
