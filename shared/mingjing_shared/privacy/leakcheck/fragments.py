"""Search indexes: a name or number that was cut into tokens, and can be put together again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.leakcheck.folding import as_digits
from mingjing_shared.privacy.leakcheck.hit import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_shared.privacy.leakcheck.names import PersonName
    from mingjing_shared.privacy.leakcheck.numbers import PersonNumber
    from mingjing_shared.privacy.leakcheck.views import View, Views

_TOKEN = re.compile(r"[0-9a-z\u3400-\u9fff]+")
_APART = re.compile(r"[\s,;|/]+")
_TOKENS_MIN = 16
_INDEX_TOKENS_MIN = 50
_NUMBER_SIGNS_MIN = 10
_SHORT = (2, 3, 4)


def fragments_in(
    views: Views, names: Sequence[PersonName], numbers: Sequence[PersonNumber]
) -> Iterator[Found]:
    """Names and numbers all of whose pieces of two to four signs stand in a text as tokens."""
    apart = _APART.split(views.numbered.text)
    if sum(len(one) in _SHORT for one in apart) < _TOKENS_MIN:
        return
    tokens = tokens_of(views)
    for name in names:
        word = as_digits(name.signs)
        if len(word) > 2 and (at := _all_pieces(word, 2, tokens)) is not None:
            yield Found(*views.numbered.span(at, at + 2), "ngram", name.written)
    for number in numbers:
        if len(number.signs) < _NUMBER_SIGNS_MIN:
            continue
        for size in _SHORT:
            if (at := _segments(number, size, tokens)) is not None:
                yield Found(*views.numbered.span(at, at + size), "ngram")
                break


def _segments(number: PersonNumber, size: int, tokens: dict[str, int]) -> int | None:
    """All pieces of a number, as it is written: 135 0554 0990 is cut where the blanks are."""
    groups = [number.signs, *filter(None, [tuple(_TOKEN.findall(number.flat))])]
    for group in groups:
        parts = (group,) if isinstance(group, str) else group
        if len(parts) > 1 and max(map(len, parts)) < size:
            continue
        found = [_all_pieces(part, min(size, len(part)), tokens) for part in parts]
        if all(at is not None for at in found):
            return found[0]
    return None


def tokens_of(views: Views) -> dict[str, int]:
    """Every token of a text, and where it stands first."""
    made: dict[str, int] | None = views.__dict__.get("tokens")
    if made is None:
        made = {}
        for one in _TOKEN.finditer(views.numbered.text):
            made.setdefault(one.group(), one.start())
        views.__dict__["tokens"] = made
    return made


def is_index(joined: View) -> bool:
    """Whether the text is a list of tokens: there a word alone in its place means nothing."""
    text = joined.parent_text
    tokens = text.split()
    return len(tokens) >= _INDEX_TOKENS_MIN and len(text) < len(tokens) * (max(_SHORT) + 1)


def _all_pieces(word: str, size: int, tokens: dict[str, int]) -> int | None:
    pieces = [word[at : at + size] for at in range(len(word) - size + 1)]
    if all(piece in tokens for piece in pieces):
        return tokens[pieces[0]] if pieces else None
    return None


def leads_to_a_person(
    views: Views,
    word: str,
    original: str,
    places: Sequence[tuple[int, bool]],
    *,
    with_surname: bool,
) -> bool:
    """Whether the tokens of an index can only come from where the original names the person.

    ``places`` are those of the word in the original, each with whether it speaks of the person
    there. What an index keeps of such a place are the tokens that bridge the word and what
    stands beside it; where the original has them elsewhere too, they tell nothing. What leads to
    a surname tells nothing either: the surname may be seen.
    """
    tokens = tokens_of(views)
    persons = [at for at, is_person in places if is_person]
    before = () if with_surname else persons
    bridges = {
        original[at - 1 : at + 1] for at in before if at and original[at - 1 : at].isalnum()
    } | {original[at + len(word) - 1 : at + len(word) + 1] for at in persons}
    marked = set(persons)
    for bridge in bridges:
        if as_digits(bridge) in tokens and bridge[-1:].isalnum():
            found = original.find(bridge)
            while found >= 0:
                if found + 1 not in marked and found + 1 - len(word) not in marked:
                    break
                found = original.find(bridge, found + 1)
            else:
                return True
    return False
