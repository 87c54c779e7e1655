"""Lists: codes in words, counts by state, the state that a reader asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mingjing_shared.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping


class Word(NamedTuple):
    """A code in Chinese, with its tone: late, soon, good, act or none."""

    name: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """How many stand in one state."""

    code: str
    name: str
    tone: str
    count: int


def tiles(words: Mapping[str, Word], counts: Mapping[str, int]) -> list[Tile]:
    """A tile a state, in the order of the words, also where the count is nought."""
    return [Tile(code, word.name, word.tone, counts.get(code, 0)) for code, word in words.items()]


def asked_state(given: str | None, words: Mapping[str, Word]) -> str | None:
    """The state a list is asked for; nothing means all.

    Raises:
        InvalidInput: there is no such state.
    """
    if not given:
        return None
    if given not in words:
        known = "、".join(f"{code}（{word.name}）" for code, word in words.items())
        raise InvalidInput("没有所要的状态。", f"可用的状态：{known}。")
    return given


def word_of(code: str | None, words: Mapping[str, Word]) -> Word:
    """A code in words; one that we have no word for stands for itself."""
    if code is None:
        return Word("—")
    return words.get(code) or Word(code)
