"""Looks for numbers: those of the case in every disguise, others by their form alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.folding import as_digits, bare_signs, folded
from mingjing_shared.privacy.leakcheck.hit import Found
from mingjing_shared.privacy.leakcheck.lazily import lazily
from mingjing_shared.privacy.leakcheck.recognising import places_of_numbers
from mingjing_shared.privacy.leakcheck.views import spots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingjing_shared.privacy.leakcheck.views import View, Views

_LETTERS_FOR_DIGITS = str.maketrans("olizsb", "011258")
_LETTER_AT_DIGIT = re.compile(r"[0-9][oli]|[oli][0-9]")
_TAIL = re.compile(
    r"(?:尾号|尾数|末尾|[末后尾][0-9](?:位|码)|最后[0-9](?:位|码)|last[0-9]digits|last[0-9]"
    r"|endingin|ending)"
    r"(?:数字|号码)?(?:分别)?(?:为|是|系)?([0-9a-z]{3,8})"
)
_HALF_HIDDEN = re.compile(
    r"(?<![0-9a-z])([0-9a-z]{0,14})[×*xX○●□■?#某_·.…]{2,}([0-9x]{0,12})(?![0-9a-z])"
)
_AT = re.compile(r" ?(?:\(at\)|\[at\]|\{at\}|<at>| at |艾特|圈a|@|#|☆) ?")
_DOT = re.compile(r" ?(?:\(dot\)|\[dot\]| dot |点|\.|。) ?")
_SURE_SIGNS = 7
_PREFIX_SIGNS = 7
_TAIL_SIGNS = (4, 5, 6, 8)
_ID_SIGNS = 18
_BLIND_SPAN = 40


@dataclass(frozen=True)
class PersonNumber:
    """A number of somebody, and everything that tells as much as it."""

    rule: str
    written: str

    @lazily
    def flat(self) -> str:
        """The number as written, folded, numerals as digits."""
        return as_digits(folded(self.written))

    @lazily
    def signs(self) -> str:
        """The number without anything between its signs."""
        return bare_signs(self.written)

    @lazily
    def forms(self) -> tuple[str, ...]:
        """What is looked for among bare signs: the number, its old form, its telling parts."""
        signs, found = self.signs, []
        if self.rule == "resident_id" and len(signs) == _ID_SIGNS:
            found = [signs[:12], signs[6:17], signs[:6] + signs[8:17]]
        elif self.rule == "plate":
            found = [signs[1:]]
        elif self.rule == "phone" and signs.startswith("86") and len(signs) > 11:
            found = [signs[2:]]
        elif self.rule == "phone":
            found = [signs.lstrip("0")]  # a program that takes it for a number drops the zero
        else:
            found = [signs]
        if signs.isdigit() or len(signs) == _ID_SIGNS:
            found += [signs[::-1]] if len(signs) >= _SURE_SIGNS else []
        return tuple(found)


def numbers_of_case(views: Views, number: PersonNumber) -> Iterator[Found]:
    """Every place at which a text shows this number, or most of it."""
    for text, view in _bare_texts(views):
        for form in number.forms:
            for at in spots(text, form):
                if len(form) >= _SURE_SIGNS or _stands_alone(view, at, at + len(form)):
                    start, end = _whole_number(text, at, at + len(form), number.signs)
                    yield Found(*view.span(start, end), number.rule)
    if number.rule == "email":
        yield from _mail(views, number)


def _whole_number(text: str, start: int, end: int, signs: str) -> tuple[int, int]:
    """The find made as long as the number really stands there."""
    begin = signs.find(text[start:end])
    while begin >= 0 and end < len(text) and end - start + begin < len(signs):
        if text[end] != signs[end - start + begin]:
            break
        end += 1
    return start, end


def _bare_texts(views: Views) -> Iterator[tuple[str, View]]:
    bare = views.bare
    yield bare.text, bare
    if _LETTER_AT_DIGIT.search(bare.text):
        yield bare.text.translate(_LETTERS_FOR_DIGITS), bare


def _stands_alone(bare: View, start: int, end: int) -> bool:
    """Whether a short number stands between other signs in the text itself."""
    text = bare.parent_text
    first, last = bare.above(start), bare.above(end - 1)
    around = (text[first - 1 : first] if first else "") + text[last + 1 : last + 2]
    return not any(sign.isascii() and sign.isalnum() for sign in around)


def _mail(views: Views, number: PersonNumber) -> Iterator[Found]:
    local, _, domain = folded(number.written).replace(" ", "").partition("@")
    flat = views.flat.text
    for at in spots(flat, local):
        behind = flat[at + len(local) : at + len(local) + _BLIND_SPAN]
        sign = _AT.match(behind)
        following = _DOT.sub(".", behind[sign.end() :]) if sign else ""
        if sign and following.replace(" ", "").startswith(domain):
            yield Found(*views.flat.span(at, at + len(local)), "email")
        elif len(local) >= _SURE_SIGNS - 1 and not local.isdigit():
            around = (flat[at - 1 : at] if at else "") + behind[:1]
            if not any(one.isascii() and one.isalnum() for one in around):
                yield Found(*views.flat.span(at, at + len(local)), "email")


def tails_in(views: Views, numbers: tuple[PersonNumber, ...]) -> Iterator[Found]:
    """尾号0000, 后六位…, 138****0000: the part of a number by which its holder is asked for."""
    bare = views.bare
    for one in _TAIL.finditer(bare.text):
        yield Found(*bare.span(*one.span(1)), "partial_number")
    tails, heads = _tails(numbers), _heads(numbers)
    numbered = views.numbered
    for one in _HALF_HIDDEN.finditer(numbered.text):
        head, tail = one[1].rstrip("x"), one[2]
        is_tail = len(tail) >= min(_TAIL_SIGNS) and (tail in tails or len(head) + len(tail) > 6)
        if is_tail or (len(head) >= _PREFIX_SIGNS and head in heads):
            yield Found(*numbered.span(*one.span()), "partial_number")


@lru_cache(maxsize=256)
def _tails(numbers: tuple[PersonNumber, ...]) -> frozenset[str]:
    return frozenset(
        one.signs[-count:]
        for one in numbers
        for count in range(min(_TAIL_SIGNS), 13)
        if len(one.signs) >= count + 2
    )


@lru_cache(maxsize=256)
def _heads(numbers: tuple[PersonNumber, ...]) -> frozenset[str]:
    return frozenset(
        one.signs[:count] for one in numbers for count in range(_PREFIX_SIGNS, len(one.signs))
    )


def numbers_by_form(views: Views) -> Iterator[Found]:
    """Numbers that show by their form that they are a person's, whoever's."""
    for rule, start, end in places_of_numbers(views.numbered.text):
        yield Found(*views.numbered.span(start, end), rule)
