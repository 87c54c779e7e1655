"""How likely signs are somebody's name by themselves, whoever it is and whatever stands before.

Three things are weighed: how often the signs are surnames and stand in given names, whether they
make words with their neighbours, and what stands on both sides. The weights were fitted once by
logistic regression to decisions that may be read (`corpus_stranger`, `corpus_outsider/seen`) and
then adjusted: zero is as likely as not. What is cheap is weighed first, and whatever cannot be
likely enough any more is left. Pure functions.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from mingjing_shared.privacy.masking_context import (
    AFTERWARDS,
    MARKS,
    is_after_things,
    is_in_longer_word,
)
from mingjing_shared.privacy.masking_form import DOTS
from mingjing_shared.privacy.masking_roles import (
    AFTER,
    NO_NAMES,
    ROLE_ENDS,
    TITLES,
    WELL_KNOWN,
    ends_with_role,
)
from mingjing_shared.privacy.masking_shape import NEVER, is_han
from mingjing_shared.privacy.masking_words import (
    COMPOUND_SURNAMES,
    PEOPLES,
    is_common_word,
    is_noun,
    is_very_common_word,
    is_whole,
    is_word,
)

LIKELY, _CERTAIN = -0.9, 0.5
_JOINS = frozenset("、和与及")
_COMPOUND_SCORE, _UNKNOWN_SCORE = 4.0, 2.0  # unknown: a sign that no word has
_SURE_SURNAME = 0.0
_SURNAME_SCORE_MIN, _GIVEN_SCORE_MIN = -1.0, -2.5
_BASE, _OF_SURNAME, _OF_FIRST, _OF_SECOND, _THREE = -7.5, 0.22, 0.28, 0.55, 0.85
_LEFT_MARK, _LEFT_VERB, _LEFT_ROLE, _LEFT_SIGN, _LEFT_WORD = 3.1, 2.5, 3.6, 2.3, 1.5
_RIGHT_MARK, _RIGHT_AFTER, _RIGHT_SIGN, _RIGHT_VERB, _RIGHT_NOUN = 3.8, 3.7, 3.3, 2.3, 1.2
_GIVEN_IS_WORD, _IN_LONGER, _IN_QUOTES = 0.8, 2.2, 2.0  # in quotes: a saying, a brand
_BESIDE, _AGAIN = 1.5, 1.5
_MORE = _RIGHT_MARK + _GIVEN_IS_WORD + _AGAIN  # the most that can come yet
_SURNAME_MIN = _BASE + _OF_SURNAME * _SURNAME_SCORE_MIN
_NEVER, _HOPELESS = -99.0, -5.0
_UNMARKED_MIN, _CROSSING_MIN = -7.0, -6.2
_SURE_ALONE = _BASE + _OF_SURNAME * 2
_SIGNS_MAX, _NEAR = 4, 5000
_DOT_SIGNS = frozenset(DOTS)
_QUOTES = frozenset('“”"「」《》')
_NUMERALS = frozenset("一二三四五六七八九十百千〇零")
_VERBS = "对将被与和由向把给系及因让同跟或是到在经的据为从于以找称说叫"
_ROLE_SIGNS = "人员者师工长手生友民户妻夫父母子女儿弟兄姐妹哥管伙警医委董监"
_OPEN_SIGNS = "员师工手伙管人者长主、之安生理警士女子妻夫父母弟兄姐妹儿叫"
_DOES = (
    "代误出围堆调举协指乘骑扶阻辱殴捺购销盗窃藏逼欠赌吸贩饮醉酒试掏拔挥踩闯翻撬持携窝纵教帮陪替报"
    "投诉起申请求放开关停进离返回赶追拿取收缴付退领存转汇刷扫登注录拍摄传播散造编捏冒充伪"
)
_BEHIND = AFTERWARDS | frozenset("先仍共各")
_LEFT = {
    **dict.fromkeys(_ROLE_SIGNS, _LEFT_SIGN),
    **dict.fromkeys(_VERBS, _LEFT_VERB),
    **dict.fromkeys(MARKS, _LEFT_MARK),
    " ": _LEFT_MARK,
    "": _LEFT_MARK,
}
_RIGHT = {
    **dict.fromkeys(_DOES, _RIGHT_VERB),
    **dict.fromkeys(_BEHIND, _RIGHT_SIGN),
    **dict.fromkeys(MARKS, _RIGHT_MARK),
    " ": _RIGHT_MARK,
    "": _RIGHT_MARK,
}
_NO_FIRST = frozenset("无已须代原本每各另再就只可能会要甲乙丙家某") | _NUMERALS
_NO_PERSONS = frozenset(PEOPLES["places"].split()) | WELL_KNOWN
_HOME_PLACES = frozenset("圩岗湾庄村坝沟集铺桥坪寨屯洼畈塘垸郢")
_PLACE_SIGNS = frozenset("镇村路街乡县市岗庄屯州省区族籍圩郢孜埂窑坝沟")
_PLACE_BEHIND = frozenset("路街镇乡村庄屯区县市省巷弄桥湖河园苑厂组局院馆道所司")
_PLACE = re.compile(
    r".{0,2}?(?:[路街镇乡村庄屯区县市省巷弄桥湖河园苑厂组局院馆]|街道|派出所|公司)(?![上内里长员面]"
    r")"
)


class Likely(NamedTuple):
    """Signs that may be a name, and how likely."""

    weight: float
    start: int
    end: int


class _Table(NamedTuple):
    """What each sign weighs: as a surname, as the first of a given name, as the second."""

    surname: dict[str, float]
    first: dict[str, float]
    second: dict[str, float]
    candidates: re.Pattern[str]


@cache
def _table() -> _Table:
    surname: dict[str, float] = {}
    given: dict[str, float] = {}
    file = files("mingjing_shared.privacy").joinpath("words", "signs.txt")
    for line in file.read_text(encoding="utf-8").splitlines():
        letter, figure, signs = line.split(" ")
        (surname if letter == "S" else given).update(dict.fromkeys(signs, float(figure)))
    return _Table(
        {sign: _BASE + _OF_SURNAME * figure for sign, figure in surname.items()},
        {sign: _OF_FIRST * figure for sign, figure in given.items()},
        {sign: _THREE + _OF_SECOND * figure for sign, figure in given.items()},
        _candidates(surname, given),
    )


def _candidates(surname: dict[str, float], given: dict[str, float]) -> re.Pattern[str]:
    """Where a name may begin: a surname and a sign of given names; any sign after some."""
    never = {sign for sign, at in surname.items() if at < _SURNAME_SCORE_MIN} | _NO_FIRST
    second = {s for s, at in given.items() if at >= _GIVEN_SCORE_MIN and s not in NEVER}
    no_first, seconds = "".join(sorted(never)), "".join(sorted(second))
    compound = "|".join(sorted({one for one in COMPOUND_SURNAMES if one[0] in never}))
    han = "\u4e00-\u9fff"
    return re.compile(
        rf"(?=[{han}][{seconds}])(?:(?![{no_first}])|(?<=[{_OPEN_SIGNS}])|(?={compound}))."
        rf"|(?={'|'.join(sorted(COMPOUND_SURNAMES))})."
    )


def likely_names(flat: str, least: float, named: bytes | bytearray = b"") -> list[Likely]:
    """The likeliest names of a plain text that do not meet, from ``least`` on, in order.

    ``named`` has 1 for every sign of a name that is known, 2 for what must stay: nobody else is
    looked for there.
    """
    table = _table()
    taken = bytearray(named) or bytearray(len(flat))
    found = []
    for at in table.candidates.finditer(flat):
        start = at.start()
        if not taken[start] and (least < LIKELY or _is_worth_it(flat, start, table)):
            near = flat[start - 1] in _JOINS or not _JOINS.isdisjoint(flat[start + 2 : start + 5])
            one = _best_at(flat, start, least - _BESIDE * near, table)
            if one is not None:
                found.append(one)
    found = [one for one in _with_neighbours(flat, found, taken) if one.weight >= least]
    found.sort(reverse=True)
    chosen = []
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.start)


def _is_worth_it(flat: str, start: int, table: _Table) -> bool:
    """Whether a name may begin here: after no mark, verb or role only one that looks like one.

    Even more so if its first sign makes a word with the one before.
    """
    before = flat[start - 1]
    if before in MARKS or before == " " or not start:
        return True
    static = table.surname.get(flat[start], 0.0) + table.first.get(flat[start + 1], 0.0)
    if is_word(flat[start - 1 : start + 1]) and static < _CROSSING_MIN:
        return before in ROLE_ENDS and ends_with_role(flat[max(start - 12, 0) : start])
    if before in _LEFT or before in ROLE_ENDS:
        return True
    return static > _UNMARKED_MIN or flat[start : start + 2] in COMPOUND_SURNAMES


def likeliest_at(flat: str, start: int, least: float) -> Likely | None:
    """The likeliest name that begins here, if it is likely enough."""
    return _best_at(flat, start, least, _table())


def may_begin(flat: str, cut: int) -> bool:
    """Whether a name may begin in the last signs before a break: after no mark only a sure one."""
    surname = _table().surname
    for start in range(max(cut - _SIGNS_MAX + 1, 0), cut):
        figure = surname.get(flat[start], 0.0)
        if figure > _SURNAME_MIN:
            before = flat[start - 1] if start else ""
            if before in _LEFT or before in ROLE_ENDS or figure > _SURE_ALONE:
                return True
    return False


def likely_over(flat: str, cut: int, least: float) -> list[Likely]:
    """The likeliest name that lies across a place of a text, if any is likely enough."""
    table = _table()
    found = [
        one
        for start in range(max(cut - _SIGNS_MAX + 1, 0), cut)
        if start == cut - 1 or table.surname.get(flat[start], 0.0) > _SURNAME_MIN
        for one in (_best_at(flat, start, least, table),)
        if one is not None and one.end > cut
    ]
    return [max(found)] if found else []


def _with_neighbours(flat: str, found: list[Likely], named: bytearray) -> list[Likely]:
    """Who stands in a list beside somebody known or likelier is likelier."""
    ends = {one.end for one in found if one.weight > _CERTAIN}
    starts = {one.start for one in found if one.weight > _CERTAIN}

    def is_beside(start: int, end: int) -> bool:
        before, behind = start - 1, end + 1
        return (flat[before] in _JOINS and (before in ends or named[before - 1] == 1)) or (
            flat[end:behind] in _JOINS
            and (behind in starts or named.find(1, behind, behind + 1) >= 0)
        )

    return [
        one._replace(weight=one.weight + _BESIDE)
        if one.weight < _CERTAIN and is_beside(one.start, one.end)
        else one
        for one in found
    ]


def _best_at(flat: str, start: int, least: float, table: _Table) -> Likely | None:
    """The likeliest name that begins here; none that is less likely than ``least``."""
    first = flat[start : start + 2]
    if first in NO_NAMES or first[:1] in _NO_FIRST or flat[start - 1 : start] in _DOT_SIGNS:
        return None
    size = 1
    weight = table.surname.get(first[:1], _BASE + _OF_SURNAME * _UNKNOWN_SCORE)
    if first in COMPOUND_SURNAMES and is_han(flat[start + 2 : start + 3]):
        size, weight = 2, _BASE + _OF_SURNAME * _COMPOUND_SCORE
    end = start + size + 1
    sign, second = flat[end - 1 : end], flat[end : end + 1]
    if not is_han(sign) or sign in NEVER:
        return None
    weight += table.first.get(sign, 0.0)
    more = table.second.get(second, 0.0) if second not in NEVER and is_han(second) else None
    left = _left(flat, start)
    if weight + max(more or 0.0, 0.0) + left + _MORE < least:
        return None
    weight += left
    best = _weighed(flat, (start, end), size, weight)
    if more is not None and weight + more + _MORE >= least:
        best = max(best, _weighed(flat, (start, end + 1), size, weight + more))
    return best if best.weight >= least else None


def _weighed(flat: str, span: tuple[int, int], size: int, weight: float) -> Likely:
    """These signs with all that speaks for and against; what may come last only if it matters."""
    start, end = span
    signs = flat[start:end]
    if signs[size:] in TITLES or signs in _NO_PERSONS or flat[end : end + 1] in _DOT_SIGNS:
        return Likely(_NEVER, start, end)
    weight += _right(flat, end)
    if weight < _HOPELESS:
        return Likely(weight, start, end)
    weight += _wordiness(signs, size)
    if flat.count(signs, max(start - _NEAR, 0), end + _NEAR) > 1:
        weight += _AGAIN
    elif flat[start - 1 : start] in _QUOTES and flat[end : end + 1] in _QUOTES:
        weight -= _IN_QUOTES
    if weight > _HOPELESS and is_in_longer_word(flat, start, end):
        weight -= _IN_LONGER
    return Likely(weight, start, end)


def _left(flat: str, start: int) -> float:
    before = flat[start - 1 : start] if start else ""
    weight = _LEFT.get(before)
    if weight == _LEFT_MARK:
        return weight - 3 * is_after_things(flat, start)
    if before in ROLE_ENDS and ends_with_role(flat[max(start - 12, 0) : start]):
        return _LEFT_ROLE
    crossing = flat[start - 1 : start + 1]
    if weight is None:
        weight = _LEFT_WORD if is_word(flat[max(start - 2, 0) : start]) else 0.0
    if is_word(crossing):
        weight -= 3.1 if is_common_word(crossing) else 2.2
    return weight


def _right(flat: str, end: int) -> float:
    behind = flat[end : end + 2]
    weight = _RIGHT.get(behind[:1])
    if weight == _RIGHT_MARK:
        return weight
    if behind in AFTER:
        weight = _RIGHT_AFTER
    elif weight is None:
        weight = 0.0
        if is_word(behind):
            weight = _RIGHT_NOUN if is_noun(behind) else _RIGHT_VERB
    crossing = flat[end - 1 : end + 1]
    if is_word(crossing):
        weight -= 2.6 if is_common_word(crossing) else 1.8
    if not _PLACE_BEHIND.isdisjoint(flat[end : end + 5]) and _PLACE.match(flat, end):
        weight -= 1.3
    return weight


def _wordiness(signs: str, size: int) -> float:
    """Less for signs that are a word, or begin with one; more where the given name is one."""
    weight = 0.0
    if is_word(signs):
        weight -= 1.3 if len(signs) > 2 else 1.2
        if len(signs) == 2 and is_common_word(signs):
            weight -= 0.8 + 0.8 * is_very_common_word(signs)
    if signs[-1] in _PLACE_SIGNS or (signs[1] == "家" and signs[-1] in _HOME_PLACES):
        weight -= 1.5 + (signs[1] == "家")
    if len(signs) > 2:
        weight -= 0.8 * (size == 1 and is_common_word(signs[:2]))
        if signs[-1] in "佰仟拾元圆":
            weight -= 3
        if is_whole(signs):
            weight -= 1
        given = signs[size:]
        sure = size > 1 or _table().surname.get(signs[0], 0.0) > _BASE + _OF_SURNAME * _SURE_SURNAME
        if is_very_common_word(given) and not sure:
            weight -= 2.5  # 和权利, 须重新
        elif is_common_word(given):
            weight += _GIVEN_IS_WORD
    return weight
