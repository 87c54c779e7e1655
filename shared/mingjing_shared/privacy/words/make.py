"""The word lists that masking reads, made from the dictionary of jieba.

    python -m mingjing_shared.privacy.words.make DICT.TXT CHARFREQ.CSV

Names are often words (高兴, 平安). Whether signs make an ordinary word is looked up in
`pairs.txt` (a line: first sign, then every second sign that makes a word with it, in six parts:
very common nouns and others, common nouns and others, rare nouns and others), `longer.txt`
(idioms, and words of three to five signs in which a word of two begins with a surname) and
`persons.txt` (the same, of what the dictionary has for names of persons). They come from
`dict.txt` of jieba 0.42.1 (MIT licence, (c) 2013 Sun Junyi).

`signs.txt` says how much more often a sign is a surname, or stands in a given name, than in
ordinary words (natural logarithm): a line is S or G, the figure, and its signs. How often signs
stand in given names comes from `charfreq.csv` of ngender 0.1.1 (MIT licence, (c) 2015 Jingchao
Hu), how often they begin names and stand in words from the dictionary of jieba.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import Counter, defaultdict
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_words import SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

PAIR_FREQUENCY_MIN = 5
COMMON_FREQUENCY_MIN = 150
VERY_COMMON_FREQUENCY_MIN = 1900
LONGER_FREQUENCY_MIN = 3
_LINE_WORDS = 12
_FULL_MIN = 10
_NAME_SIGNS = 3
_SMOOTH_WORDS, _SMOOTH_GIVEN, _SMOOTH_SURNAMES = 300, 20, 0.3
_LEAST, _MOST = -4.0, 5.0


def main(dictionary: Path, given: Path, folder: Path) -> None:
    """Write all files anew."""
    rows = [line.split() for line in dictionary.read_text(encoding="utf-8").splitlines()]
    words = [(word, int(count), tag) for word, count, tag in rows if _is_han(word)]
    pairs: dict[str, list[list[str]]] = defaultdict(lambda: [[] for _ in range(6)])
    for word, count, tag in words:
        if len(word) == 2 and count >= PAIR_FREQUENCY_MIN:
            part = 2 * (count < VERY_COMMON_FREQUENCY_MIN) + 2 * (count < COMMON_FREQUENCY_MIN)
            part += tag not in ("n", "ns", "nt", "nz")
            pairs[word[0]][part].append(word[1])
    known = {first: {*chain.from_iterable(parts)} for first, parts in pairs.items()}
    _write_pairs(pairs, folder)
    longer = [
        (word, tag)
        for word, count, tag in words
        if 3 <= len(word) <= 5
        and (
            tag in ("i", "l")
            or (len(word) > 3 and count >= _FULL_MIN and any(sign in SURNAMES for sign in word))
            or (len(word) == 3 and count >= 2 * _FULL_MIN and any(s in SURNAMES for s in word))
            or (
                count >= LONGER_FREQUENCY_MIN
                and any(b in known.get(a, ()) and a in SURNAMES for a, b in pairwise(word))
            )
        )
    ]
    _write_signs(words, given, folder)
    _write((word for word, tag in longer if not tag.startswith("nr")), folder / "longer.txt")
    _write((word for word, tag in longer if tag.startswith("nr")), folder / "persons.txt")


def _write_signs(words: list[tuple[str, int, str]], given: Path, folder: Path) -> None:
    plain: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for word, count, tag in words:
        if not tag.startswith("nr"):
            plain.update(dict.fromkeys(word, count))
        elif len(word) == _NAME_SIGNS:
            first[word[0]] += 1
    with given.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row[0]) == 1 and _is_han(row[0])]
    in_given = Counter({sign: int(men) + int(women) for sign, men, women in rows})
    smooth = {"S": (first, _SMOOTH_SURNAMES), "G": (in_given, _SMOOTH_GIVEN)}
    lines = []
    for letter, (counts, more) in smooth.items():
        figures: dict[float, list[str]] = defaultdict(list)
        for sign in {*plain, *counts}:
            share = (counts[sign] + more) / counts.total()
            in_words = (plain[sign] + _SMOOTH_WORDS) / plain.total()
            figures[_half(math.log(share / in_words))].append(sign)
        lines += [f"{letter} {at} {''.join(sorted(figures[at]))}" for at in sorted(figures)]
    (folder / "signs.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _half(figure: float) -> float:
    """In steps of a half, within what is told apart."""
    return min(max(round(figure * 2) / 2, _LEAST), _MOST)


def _write_pairs(pairs: dict[str, list[list[str]]], folder: Path) -> None:
    lines = [
        " ".join([first, "|".join("".join(sorted(part)) for part in parts)])
        for first, parts in sorted(pairs.items())
    ]
    (folder / "pairs.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write(words: Iterable[str], file: Path) -> None:
    ordered = sorted(words)
    rows = [ordered[at : at + _LINE_WORDS] for at in range(0, len(ordered), _LINE_WORDS)]
    file.write_text("\n".join(" ".join(row) for row in rows) + "\n", encoding="utf-8")


def _is_han(word: str) -> bool:
    return all("\u4e00" <= sign <= "\u9fff" for sign in word)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(__file__).parent)
