"""What a Chinese name looks like: where one that begins here ends, where one that ends here begins.

A surname and one or two signs more. What stands behind decides: a mark, a verb, a word. Signs
that make an ordinary word weigh less, names that occur again weigh more.
"""

from __future__ import annotations

import re

from mingjing_shared.privacy.masking_context import AFTERWARDS, MARKS
from mingjing_shared.privacy.masking_roles import (
    AFTER,
    NO_NAMES,
    ROLES,
    TITLES,
    ends_with_kept,
    ends_with_role,
)
from mingjing_shared.privacy.masking_words import (
    COMPOUND_SURNAMES,
    SURNAMES,
    is_common_word,
    is_noun,
    is_very_common_word,
    is_word,
)

HAN = r"[\u4e00-\u9fff]"
NEVER = frozenset(
    "某×*的了着是在被等称说系其该此这那们吗呢吧者及与从将把并且但因则若我你您他她它就都也还又再"
)
_NO_ENDS = frozenset("车物品书证号室楼店款费栏案件部处所站局")
_PREPOSITIONS = frozenset("对将被与和由向把给为系叫及因让令同跟或是的到从了在经")
_JOINING = frozenset("和与及向从于")
_ROLE_SIGNS = frozenset("人员者师工长手生友民户")
_SO_MANY = re.compile(r"[一二三四五六七八九十两几0-9]{1,2}[人名]")
_NICK = re.compile(
    r"(?:([老小阿][\u4e00-\u9fffA-Z](?:头|子|儿|哥|姐|爹)?)"
    r"|([大二三四五六七八九][妹姐哥弟丫娃毛炮爷叔]|(?P<twice>[\u4e00-\u9fff])(?P=twice))"
    rf"|({HAN}(?:哥|姐|爷|叔)))"
    r"(?=开机|[等、,。;:)“”\n和与及的称说在拉上到用将被反抢劝是家有(从负打开给拿卖买提])"
)


def name_at(flat: str, at: int, *, least: float, in_list: bool = False) -> int | None:
    """Where the name ends that begins here, bounded best; none if nothing weighs ``least``.

    ``in_list``: other persons stand beside, so that it may be an ordinary word.
    """
    if flat[at : at + 1] not in SURNAMES and flat[at : at + 2] not in COMPOUND_SURNAMES:
        return None
    if flat[at : at + 2] in NO_NAMES:
        return None
    compound = flat[at : at + 2] in COMPOUND_SURNAMES
    best: tuple[float, int] | None = None
    for end in range(at + 2, at + 5):
        signs = flat[at:end]
        if not is_han(signs[-1:]) or not is_han(signs[-2:-1]) or signs[-1] in NEVER:
            break
        weight = _bound(flat, end) + (0.6 if len(signs) == 3 + compound else 0)
        if len(signs) == 4 and not compound:
            if weight < 2 or (flat.count(signs) < 2 and _bound(flat, end - 1)):
                break
            weight -= 1.0
        if signs[1:] in TITLES or (signs[0] in _JOINING and is_very_common_word(signs[1:3])):
            continue
        weight += _wordiness(flat, end, signs, in_list=in_list)
        if (len(signs) > 2 or weight > 1) and flat.count(signs) > 1:
            weight += 1.5 if len(signs) > 2 and not is_word(signs) else 0.7
        if best is None or weight > best[0]:
            best = weight, end
    return best[1] if best and best[0] >= least else None


def _wordiness(flat: str, end: int, signs: str, *, in_list: bool) -> float:
    """Less for signs that are a word, or whose last one begins the next word."""
    weight = 0.0
    if is_word(signs):
        weight -= 1.2 if is_common_word(signs) else 0.3
        if not in_list:
            weight -= 0.8 * is_noun(signs) + 1.5 * is_very_common_word(signs)
    if is_word(flat[end - 1 : end + 1]) and flat[end : end + 1] not in AFTERWARDS:
        weight -= 1
    return weight


def is_han(signs: str) -> bool:
    """Whether all are Chinese signs, and any are there."""
    return bool(signs) and min(signs) >= "\u4e00" and max(signs) <= "\u9fff"


def _bound(flat: str, end: int) -> float:
    """How well a name may end here."""
    behind = flat[end : end + 3]
    if not behind or behind[0] in MARKS or behind[0] == " ":
        return 3
    if behind[:2] in AFTER or behind[0].isdigit() or _SO_MANY.match(behind):
        return 2.5
    if behind[0] in AFTERWARDS:
        return 2
    return 1 if is_word(behind[:2]) else 0


def begin_of(flat: str, first: int, end: int, *, is_strong: bool = False) -> int | None:
    """Where a name begins that ends here: after a mark, a role or a preposition.

    ``is_strong``: what stands behind can only be said of a person.
    """
    best: tuple[float, int] | None = None
    for start in range(max(first, end - 4, 0), end - 1):
        signs = flat[start:end]
        compound = signs[:2] in COMPOUND_SURNAMES
        if not is_han(signs) or not NEVER.isdisjoint(signs) or (len(signs) == 4 and not compound):
            continue
        if signs in ROLES or is_very_common_word(signs) or signs[-1] in _NO_ENDS:
            continue
        before = flat[max(start - 12, 0) : start]
        if ends_with_kept(before) or (signs[1:] in TITLES and signs not in flat[:start]):
            continue
        begins = (compound and len(signs) > 2) or signs[0] in SURNAMES or signs[0] in "小阿老"
        weight = (1.5 if begins else -1.0) + opening(before) - 0.8 * is_word(signs)
        if weight >= (1.0 if is_strong else 1.5) and (best is None or weight > best[0]):
            best = weight, start
    return best[1] if best else None


def opening(before: str) -> float:
    """How well a name may begin after this."""
    if not before or before[-1] in MARKS or before[-1] == " " or ends_with_role(before):
        return 2
    if before[-1] in _ROLE_SIGNS:
        return 1.5
    return 1 if before[-1] in _PREPOSITIONS else 0


def nickname_at(flat: str, at: int, *, even_word: bool = False) -> int | None:
    """Where 老K, 阿芳, 小宁, 三妹, 甜甜 ends that begins here."""
    nick = _NICK.match(flat, at)
    if nick is None or not (even_word or not is_common_word(nick.group())):
        return None
    return nick.end()


def next_in_list(flat: str, at: int, least: float, *, in_list: bool = False) -> int | None:
    """The end of the next name in a list, or of what one is called by there."""
    end = name_at(flat, at, least=least, in_list=in_list)
    return end if end is not None else nickname_at(flat, at)
