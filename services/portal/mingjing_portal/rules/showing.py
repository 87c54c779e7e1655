"""A public text as paragraphs, with what stands for something hidden marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Paragraph = list[tuple[bool, str]]


def paragraphs(text: str, masked: Iterable[Sequence[int]]) -> list[Paragraph]:
    """Lines as stretches of (is it masked, words); every sign of the text is in one, once."""
    places: dict[int, list[tuple[int, int]]] = {}
    for line, start, end in masked:
        places.setdefault(line, []).append((start, end))
    return [
        _stretches(line, sorted(places.get(number, ())))
        for number, line in enumerate(text.split("\n"))
    ]


def _stretches(line: str, places: Sequence[tuple[int, int]]) -> Paragraph:
    found: Paragraph = []
    at = 0
    for start, end in places:
        if start < at or end > len(line):
            continue  # a place that does not fit marks nothing, and hides nothing
        if start > at:
            found.append((False, line[at:start]))
        found.append((True, line[start:end]))
        at = end
    if at < len(line) or not found:
        found.append((False, line[at:]))
    return found
