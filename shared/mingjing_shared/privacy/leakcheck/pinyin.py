"""How a name is written in Latin letters, without tones: every reading of every sign."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, pinyin

_READINGS_MAX = 24


@lru_cache(maxsize=4096)
def syllables(sign: str) -> tuple[str, ...]:
    """Every reading of one sign; ü also as v, u and yu."""
    found: dict[str, None] = {}
    for reading in pinyin(sign, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]:
        for written in (reading, reading.replace("v", "u"), reading.replace("v", "yu")):
            if written.isascii() and written.isalpha():
                found[written] = None
    return tuple(found)


@lru_cache(maxsize=4096)
def spelled(name: str) -> tuple[tuple[str, ...], ...]:
    """Every way to read a name, each as its syllables; none where a sign has no reading."""
    return tuple(islice(product(*map(syllables, name)), _READINGS_MAX))
