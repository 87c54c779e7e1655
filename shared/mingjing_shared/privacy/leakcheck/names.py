"""Looks for the names of persons: whole, in parts, reversed, masked by halves, as a nickname."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.folding import CJK, as_digits, folded
from mingjing_shared.privacy.leakcheck.hit import Found
from mingjing_shared.privacy.leakcheck.lazily import lazily
from mingjing_shared.privacy.leakcheck.original import Original
from mingjing_shared.privacy.leakcheck.speaking import (
    CHINESE_SIGN,
    ROLES,
    around,
    begins_here,
    ends_here,
    is_ordinary,
    speaks_of_person,
)
from mingjing_shared.privacy.leakcheck.views import spots
from mingjing_shared.privacy.leakcheck.words import (
    COMPOUND_SURNAMES,
    NICKNAME_WORDS,
    PLACE_AFTER,
    SELDOM_SURNAMES,
    SURNAMES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingjing_shared.privacy.leakcheck.views import Views

_PARTED = re.compile(r"[·•.・‧∙]+")
_LATIN_PARTED = re.compile(r"[\s·•.・‧∙,]+")
_NO_SIGN = re.compile(rf"[^0-9a-z{CJK}]+")
_GIVEN_LABEL = re.compile(
    r"(?:名字?|given_?-?name|first_?-?name|given)[^0-9a-z\u3400-\u9fff]{0,6}$"
)
_NEAR = 8
_DOTTED_PARTS_MIN = 2
_LONG_NAME = 5
NO_ORIGINAL = Original()
_SURE_SURNAMES = SURNAMES - SELDOM_SURNAMES


@dataclass(frozen=True)
class PersonName:
    """A name in the forms in which it is looked for."""

    written: str

    @lazily
    def signs(self) -> str:
        """The name without anything between its signs, folded."""
        return _NO_SIGN.sub("", folded(self.written))

    @lazily
    def is_latin(self) -> bool:
        """Whether it is written in Latin letters."""
        return self.signs.isascii()

    @lazily
    def parts(self) -> tuple[str, ...]:
        """The parts of a name that is written in parts: 阿卜杜拉·买买提, John Smith."""
        between = _LATIN_PARTED if self.is_latin else _PARTED
        parts = tuple(filter(None, between.split(folded(self.written).strip())))
        return parts if len(parts) >= _DOTTED_PARTS_MIN else ()

    @lazily
    def surname(self) -> str:
        """Its surname; a long or parted name has none."""
        if self.parts or self.is_latin or len(self.signs) >= _LONG_NAME:
            return ""
        is_compound = len(self.signs) > 2 and self.signs[:2] in COMPOUND_SURNAMES
        return self.signs[:2] if is_compound else self.signs[:1]

    @lazily
    def given(self) -> str:
        """What is not its surname."""
        return self.signs[len(self.surname) :] if self.surname else ""


def names_in(views: Views, name: PersonName, original: Original = NO_ORIGINAL) -> Iterator[Found]:
    """Every place at which a text shows the name, or so much of it that it can be told.

    ``original`` is the case's own text, by which everyday words are told from names.
    """
    if name.is_latin or len(name.signs) < 2:
        return
    yield from _whole(views, name, original)
    yield from _parts(views, name, original)
    if name.given:
        yield from _given_alone(views, name, original)
        yield from _given_by_label(views, name)
        yield from _half_masked(views, name)
        yield from _two_of_three(views, name)
        yield from _nicknames(views, name)
    yield from _reversed(views, name)


def _whole(views: Views, name: PersonName, original: Original) -> Iterator[Found]:
    joined = views.joined
    is_everyday = is_ordinary(name.signs)
    for at in spots(joined.text, name.signs):
        end = at + len(name.signs)
        if not is_everyday or speaks_of_person(joined, at, end, original, name.signs):
            yield Found(*joined.span(at, end), "name", name.written)
    if len(name.signs) > 2:
        bare, word = views.bare, as_digits(name.signs)
        for at in spots(bare.text, word):
            yield Found(*bare.span(at, at + len(word)), "name", name.written)


def _parts(views: Views, name: PersonName, original: Original) -> Iterator[Found]:
    """One part of a parted name, or most of a long one."""
    joined = views.joined
    pieces = [part for part in name.parts if len(part) > 1 and not part.isascii()]
    if not name.parts and len(name.signs) >= _LONG_NAME:
        pieces = [name.signs[:-1], name.signs[1:], name.signs[:4]]
    for piece in pieces:
        for at in spots(joined.text, piece):
            if not is_ordinary(piece) or speaks_of_person(
                joined, at, at + len(piece), original, name.signs
            ):
                yield Found(*joined.span(at, at + len(piece)), "partial_name", name.written)


def _given_alone(views: Views, name: PersonName, original: Original) -> Iterator[Found]:
    if len(name.given) < 2:
        return
    joined = views.joined
    is_everyday = is_ordinary(name.given)
    for at in spots(joined.text, name.given):
        end = at + len(name.given)
        if joined.text[max(at - len(name.surname), 0) : at] == name.surname:
            continue  # the whole name, which is found as such
        after = joined.text[end : end + _NEAR]
        if speaks_of_person(joined, at, end, original, name.signs) or not (
            is_everyday or PLACE_AFTER.match(after)
        ):
            yield Found(*joined.span(at, end), "given_name", name.written)


def _given_by_label(views: Views, name: PersonName) -> Iterator[Found]:
    """姓张名伟; {"surname": "张", "given_name": "伟"}."""
    flat = views.flat.text
    for at in spots(flat, name.given):
        before = flat[max(at - 20, 0) : at]
        following = flat[at + len(name.given) : at + len(name.given) + 1]
        is_split = before.endswith(f"姓{name.surname}名")
        if is_split or (_GIVEN_LABEL.search(before) and not CHINESE_SIGN.match(following)):
            is_said = "姓" in before or re.search(r"given|first|名字", before)
            if is_said or name.surname in before:
                yield Found(
                    *views.flat.span(at, at + len(name.given)), "partial_name", name.written
                )


def _half_masked(views: Views, name: PersonName) -> Iterator[Found]:
    """张×伟, 张建×, ×建伟: so much of a name is left that it can be told."""
    masked = views.masked
    if "×" not in masked.text:
        return
    surname, given = name.surname, name.given
    left = {f"{surname}×{given[-1]}", f"{surname}{given[:-1]}×", f"×{given}"}
    if len(given) > 1:
        left |= {f"×{given[-1]}"}
    if len(surname) > 1:
        left |= {f"{surname[0]}×{given}"}
    left -= {f"{surname}×"}
    for form in left:
        for at in spots(masked.text, form):
            before = masked.text[at - 1 : at] if at else ""
            if form[0] == "×" and before in _SURE_SURNAMES:
                continue  # somebody else's name, of which this is the end
            after = masked.text[at + len(form) : at + len(form) + 1]
            if form[-1] != "×" and form[0] != "×" and len(given) == 1 and after == "×":
                continue
            yield Found(*masked.span(at, at + len(form)), "partial_name", name.written)


def _two_of_three(views: Views, name: PersonName) -> Iterator[Found]:
    """证人赵小, 证人赵梅: two signs of three right behind a role."""
    if len(name.given) < 2:
        return
    joined = views.joined
    for short in {name.surname + sign for sign in name.given}:
        for at in spots(joined.text, short):
            end = at + len(short)
            if joined.text.startswith(name.signs, at):
                continue
            before, after = around(joined, at, end)
            behind_role = before.endswith(ROLES) or before[:-1].endswith(ROLES)
            if behind_role and ends_here(after):
                yield Found(*joined.span(at, end), "partial_name", name.written)


def _nicknames(views: Views, name: PersonName) -> Iterator[Found]:
    """阿伟, 小伟, 老伟; and whatever is called a nickname and holds a sign of the given name."""
    joined = views.joined
    for sign in set(name.given):
        for prefix in "阿小老大":
            word = prefix + sign
            for at in spots(joined.text, word):
                if joined.text[at - 1 : at] == name.surname or word in name.signs:
                    continue
                before, after = around(joined, at, at + 2)
                near = before[-6:]
                if any(one in near for one in NICKNAME_WORDS) or (
                    before.rstrip('"“‘').endswith(ROLES) and ends_here(after)
                ):
                    yield Found(*joined.span(at, at + 2), "nickname", name.written)


def _reversed(views: Views, name: PersonName) -> Iterator[Found]:
    turned = name.signs[::-1]
    if turned == name.signs:
        return
    swapped = name.given + name.surname if len(name.given) > 1 else turned
    joined = views.joined
    for word in {turned, swapped}:
        for at in spots(joined.text, word):
            before, after = around(joined, at, at + len(word))
            if after[:1] in ("某", "×", "*"):
                continue
            if name.surname and after.startswith(tuple(name.given)) and len(word) == 2:
                continue
            starts = begins_here(before) or before.endswith(ROLES)
            if starts and (ends_here(after) or len(word) > 2):
                yield Found(*joined.span(at, at + len(word)), "reversed_name", name.written)
