"""One sign for all that look or mean the same: width, case, accents, old forms, look-alikes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_INVISIBLE = {"Cf", "Mn", "Me", "Cc", "Co", "Cs", "Cn"}
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"
_LOOK_ALIKE = str.maketrans(
    "авеѕіјкмнорстухһԁԛԝαορνχικτυ",
    "abesijkmhopctyxhdqwaopvxiktu",
)
_NUMERALS = str.maketrans("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两", "0012345678912345678912")
_CJK = "\u3400-\u9fff\U00020000-\U0003ffff"


class _Folded(dict[int, str]):
    """What a sign becomes, worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        self[code] = made = _fold(chr(code))
        return made


def _fold(sign: str) -> str:
    if sign == "\n":
        return sign
    if sign.isspace() or sign in _BLANK_LETTERS:
        return " "
    if unicodedata.category(sign) in _INVISIBLE:
        return ""
    plain = unicodedata.normalize("NFKD", sign)
    plain = "".join(one for one in plain if not unicodedata.combining(one)).lower()
    digits = (str(unicodedata.digit(one, one)) for one in plain)
    return "".join(digits).translate(_LOOK_ALIKE).translate(simplified_signs())


@cache
def simplified_signs() -> dict[int, str]:
    """The simplified sign for each traditional one."""
    raw = files("mingjing_shared.privacy.leakcheck").joinpath("traditional.txt")
    lines = raw.read_text(encoding="utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}


FOLDED = _Folded()
NUMERALS = _NUMERALS
CJK = _CJK
_NO_WORD = re.compile(rf"[^0-9a-z{CJK}]+")


def folded(text: str) -> str:
    """A text in the form in which it is compared: one sign for all that look the same."""
    return text.translate(FOLDED)


def as_digits(text: str) -> str:
    """A folded text with each Chinese numeral as a digit: 一三八 is 138."""
    return text.translate(NUMERALS)


@lru_cache(maxsize=16_384)
def bare_signs(word: str) -> str:
    """A word as it stands among bare signs: letters, digits, Chinese signs, numerals as digits."""
    return _NO_WORD.sub("", as_digits(folded(word)))
