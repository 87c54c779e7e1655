"""Whether words speak of a person: what matters where a name is also an everyday word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.folding import CJK, FOLDED
from mingjing_shared.privacy.leakcheck.fragments import is_index
from mingjing_shared.privacy.leakcheck.views import spots
from mingjing_shared.privacy.leakcheck.words import (
    AFTER_PERSON,
    BEFORE_PERSON,
    CALLED,
    LOOSE_ROLES,
    NICKNAME_WORDS,
    ONLY_A_PERSON,
    ROLE_WORDS,
    TELLING,
    everyday_words,
    seldom_words,
)

if TYPE_CHECKING:
    from mingjing_shared.privacy.leakcheck.original import Original
    from mingjing_shared.privacy.leakcheck.views import View

CHINESE_SIGN = re.compile(rf"[{CJK}]")
ROLES = tuple(word for word in ROLE_WORDS if len(word) > 1)
_STRICT_ROLES = tuple(word for word in ROLES if word not in LOOSE_ROLES)
_NEAR = 24
_IN_BRACKETS = re.compile(
    r"[(（,，][ \n]?(?:身份证|公民身份|男|女|电话|联系|户籍|住|绰号|外号|护照|现年|[0-9]{2}岁|另案"
    r"|已另|××|签名|签字|手机)"
)
_WIDE = re.compile(r"^ {2,}")
_BREAKS = re.compile(r"\s+")


def around(joined: View, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind, with the signs that the joined text leaves out."""
    flat = joined.parent_text
    first, last = joined.above(start), joined.above(end - 1) + 1
    after = flat[last : last + 12]
    return flat[max(first - _NEAR, 0) : first].rstrip(" "), _WIDE.sub("\t", after).lstrip(" ")


def begins_here(before: str) -> bool:
    """Whether a name can begin behind this: no sign of a word stands right before."""
    return not before or not (CHINESE_SIGN.match(before[-1]) or before[-1].isalnum())


def ends_here(after: str) -> bool:
    """Whether a name can end before this."""
    return begins_here(after[:1]) or after.startswith(AFTER_PERSON)


def speaks_of_person(joined: View, start: int, end: int, original: Original, whole: str) -> bool:
    """Whether a word that is also an everyday one stands here for a person.

    ``original`` is the case's own text: where the word stands as it does there, and there it is
    no person, it is none here. Where the original does not say so, it is taken for one.
    ``whole`` is the whole name, of which the word may be a part.
    """
    flat = joined.parent_text
    first, last = joined.above(start), joined.above(end - 1) + 1
    said, word = flat[first:last], joined.text[start:end]
    if said != word and ("\n" not in said or _BREAKS.sub("", said) != word):
        return True  # nobody writes an everyday word with signs in between
    if any(not FOLDED[ord(sign)] for sign in joined.root_text(start, end)):
        return True  # nor with invisible ones
    before, after = around(joined, start, end)
    if is_index(joined):
        return False  # settled by what the tokens lead to
    if is_said_of_person(before, after):
        return True
    if not original.text:
        return word in seldom_words() or _alone(before, after)
    return not any(
        _alike(before, after, old_before, old_after)
        for old_before, old_after in _ordinary(word, original, whole)
    )


def is_ordinary(word: str) -> bool:
    """Whether a name is also a word."""
    return word in everyday_words() or word in seldom_words()


@lru_cache(maxsize=512)
def places_in_original(word: str, original: Original, whole: str) -> tuple[tuple[int, bool], ...]:
    """Every place of a word in the joined original, and whether it is a person there."""
    joined = original.joined
    inside = whole.find(word)
    found = []
    for at in spots(joined.text, word):
        end = at + len(word)
        is_person = (
            not is_ordinary(word)
            or (
                whole != word and inside >= 0 and joined.text.startswith(whole, max(at - inside, 0))
            )
            or original.is_hidden(at, end)
            or is_said_of_person(*around(joined, at, end))
        )
        found.append((at, is_person))
    return tuple(found)


def is_said_of_person(before: str, after: str) -> bool:
    """Whether what stands before and behind a word is said of persons."""
    if _IN_BRACKETS.match(after) or before.endswith(CALLED):
        return True
    bare = before.rstrip(':："“‘「『( ')
    if after.startswith(ONLY_A_PERSON):
        return True
    if bare.endswith(_STRICT_ROLES) and not bare.endswith("同案人员"):
        return True
    if bare.endswith((*ROLES, *NICKNAME_WORDS)):
        return ends_here(after)
    if begins_here(before) and begins_here(after[:1]) and before and after:
        return "、" not in {before[-1], after[0]}
    tells = after.startswith(TELLING)
    return tells and (begins_here(before) or before.endswith(BEFORE_PERSON))


def _alone(before: str, after: str) -> bool:
    return (not before or before[-1] in "\n\t>/=_-") and (not after or after[0] in "\n\t<./?&_-")


@lru_cache(maxsize=512)
def _ordinary(word: str, original: Original, whole: str) -> tuple[tuple[str, str], ...]:
    """What stands around the word in the original wherever it speaks of no person."""
    joined = original.joined
    return tuple(
        around(joined, at, at + len(word))
        for at, is_person in places_in_original(word, original, whole)
        if not is_person
    )


def _alike(before: str, after: str, old_before: str, old_after: str) -> bool:
    """Whether two places are the same: by the sign on each side, or by two signs on one."""
    left, old_left = _signs(before)[-2:], _signs(old_before)[-2:]
    right, old_right = _signs(after)[:2], _signs(old_after)[:2]
    if left[-1:] == old_left[-1:] and right[:1] == old_right[:1]:
        return True
    return (len(left) > 1 and left == old_left) or (len(right) > 1 and right == old_right)


def _signs(text: str) -> str:
    return _BREAKS.sub("", text)
