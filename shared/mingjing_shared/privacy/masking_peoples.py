"""Names without a Chinese surname: Tibetan, Mongolian, Uyghur, Kazakh, Yi ones, and foreign ones.

They are told by what they are made of (扎西, 巴特尔, 其其格) or by the signs in which foreign
names are written; names of places and things that look the same are told apart by a list and by
what follows (镇, 路). Names in Latin letters: capitals in two to four words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_context import AFTERWARDS, MARKS
from mingjing_shared.privacy.masking_form import DOTS
from mingjing_shared.privacy.masking_people import Found
from mingjing_shared.privacy.masking_roles import AFTER, alternatives, ends_with_role, words_of
from mingjing_shared.privacy.masking_words import (
    PEOPLES,
    SOUNDS,
    SURNAMES,
    is_common_word,
    is_whole,
    is_word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOT_SIGNS = frozenset(DOTS)
_PLACES = words_of(PEOPLES["places"])
_LAST = f"[{PEOPLES['last']}]"
_ENDS = rf"(?=[^\u4e00-\u9fff]|[的在称说与和及之到将被系因证先共]|{alternatives(AFTER)})"
_ELEMENT = alternatives([*words_of(PEOPLES["elements"]), *words_of(PEOPLES["whole"])])
_MADE = re.compile(rf"(?:{_ELEMENT})(?:{_ELEMENT}|{_LAST}(?:{_LAST})?{_ENDS})*")
_MUSLIM = re.compile(
    rf"(?:{alternatives(words_of(PEOPLES['whole']))})"
    rf"(?:{alternatives(words_of(PEOPLES['whole']))})?"
)
_HUI = frozenset("妥喇撒洒者摆拜虎锁海糟鲜闪亥黑回改买把保妈")
_SOUNDING = re.compile(rf"[{SOUNDS}]{{3,9}}")
_PLACE_BEHIND = re.compile(
    rf"[^,。;:、()\n {''.join(sorted(AFTERWARDS))}]{{0,2}}(?:[路街道镇乡村庄屯区县市省州盟旗巷弄桥"
    rf"湖山河园苑寺江山]|社区|小区|草原|牧场"
    r"|公司|酒店|宾馆|饭店|超市|品牌|牌|系统|语|族|文(?!件)|式|机场|大桥|广场|车(?!主))"
)
_BEHIND_TOO = frozenset("先共正刚突各立马连并且又再")
_BEFORE = frozenset(
    " 人员者师工手对将被与和由向把给系及因让同跟或是经为从于以找称说叫倒伤打骂推载的见"
)
_NAME_BEFORE = frozenset("、和与及")
_LATIN = re.compile(
    r"(?<![A-Za-z0-9@._/\-])[A-Z][A-Za-z'’]+(?:[ \-][A-Z][A-Za-z'’]*\.?){1,4}(?![A-Za-z0-9@_/])"
)
_LATIN_ALONE = re.compile(
    r"(?<=[、:(（：是为叫系人称由])[A-Z]{3,}(?=[)、，（(）]|证言|陈述|到场|驾驶)"
)
_OTHER_SIGN = re.compile(r"[\uac00-\ud7a3\u0400-\u04ff\u0600-\u06ff\u0e00-\u0fff\u30a0-\u30ff]")
_OTHER_SCRIPT = re.compile(
    r"[\uac00-\ud7a3]{2,6}(?: [\uac00-\ud7a3]{1,4})?|[\u0400-\u04ff]{2,}(?:[ .\-][\u0400-\u04ff]{2,"
    r"}){0,3}"
    r"|[\u0600-\u06ff]{2,}(?: [\u0600-\u06ff]{2,}){0,3}|[\u0e00-\u0e7f]{4,}|[\u0f00-\u0fff]{4,}|["
    r"\u30a0-\u30ff]{3,}"
)
_NO_LATIN = words_of(
    "PRO MAX PLUS MINI ULTRA AIR BMW SUV MPV VIN NO NO. TEL FAX CO LTD INC GMBH LLC COMPANY LIMITED"
    " "
    "GROUP BANK HOTEL CLUB BAR CAFE SPA KTV VIP APP WIFI WI-FI GPS POS ATM USB CPU HP IBM LED LCD "
    "TV DVD PDF WORD EXCEL CITY ROAD STREET AVENUE THE OF AND FOR NEW YORK CHINA UNIVERSITY "
    "SCHOOL COLLEGE HOSPITAL IPHONE IPAD HUAWEI MATE NOVA HONOR VIVO OPPO XIAOMI REDMI SAMSUNG "
    "GALAXY NOTE NIKE AIR JORDAN ADIDAS APPLE WATCH GOOGLE CHROME WINDOWS ANDROID HAPPY LOVE "
    "STUDIO STAR LIVE MUSIC DISCO PARTY GAME GAMES WORLD CUP LOUIS VUITTON GUCCI CHANEL DIOR "
    "HERMES ROLEX TESLA MODEL AUDI BENZ HONDA TOYOTA VISA MASTER CARD UNION PAY HIV MDMA LSD "
    "THC GHB KET DNA CT MRI ID QQ MAC IP TCP HTTP HTTPS WWW COM CN"
)


def peoples_of(flat: str, said: str) -> Iterator[Found]:
    """Names of other peoples in a plain text; ``said`` is the text with its small letters."""
    yield from _made(flat)
    yield from _after_surname(flat)
    yield from _sounding(flat)
    yield from _latin(said)
    if _OTHER_SIGN.search(flat):
        for found in _OTHER_SCRIPT.finditer(flat):
            yield Found(*found.span(), "外文姓名")


def _made(flat: str) -> Iterator[Found]:
    """多杰才让, 才仁东珠: of two elements wherever they stand, of one where a name may stand."""
    for found in _MADE.finditer(flat):
        start, end, signs = found.start(), found.end(), found.group()
        if _is_no_name(flat, start, end):
            continue
        strength = len(signs) - is_common_word(signs[:2]) - 2 * is_word(signs)
        if strength >= 4 or _is_placed(flat, start, end, strict=strength < 3):
            yield Found(start, end, "少数民族姓名的字形")


def _sounding(flat: str) -> Iterator[Found]:
    """沙依巴特, 卡科加: three signs and more by which foreign names are written."""
    for found in _SOUNDING.finditer(flat):
        start, end = found.span()
        while end - start > 2 and not _is_behind(flat, end) and end > found.end() - 3:
            end -= 1
        if end - start < 3 or _is_no_name(flat, start, end):
            continue
        signs = flat[start:end]
        words = sum(is_common_word(signs[at : at + 2]) for at in range(len(signs) - 1))
        if words > (len(signs) > 4) or (signs[0] in SURNAMES and len(signs) < 4 and words):
            continue
        if _is_placed(flat, start, end, strict=len(signs) < 4 and words > 0):
            yield Found(start, end, "译音姓名的字形")


def _after_surname(flat: str) -> Iterator[Found]:
    """马一卜拉黑麦, 妥赛力买: a surname and a name of Muslims."""
    for found in _MUSLIM.finditer(flat):
        start, end = found.start() - 1, found.end()
        is_surname = start >= 0 and (flat[start] in SURNAMES or flat[start] in _HUI)
        if not is_surname or _is_no_name(flat, start, end):
            continue
        if _is_placed(flat, start, end, strict=False):
            yield Found(start, end, "少数民族姓名的字形")


def _is_no_name(flat: str, start: int, end: int) -> bool:
    signs = flat[start:end]
    if flat[start - 1 : start] in _DOT_SIGNS or flat[end : end + 1] in _DOT_SIGNS:
        return True
    if any(signs[:size] in _PLACES for size in range(2, len(signs) + 1)):
        return True
    if is_whole(signs) or (len(signs) == 2 and is_common_word(signs)):
        return True
    return _PLACE_BEHIND.match(flat, end) is not None and flat[end : end + 2] not in AFTER


def _is_placed(flat: str, start: int, end: int, *, strict: bool) -> bool:
    """Whether what stands on both sides fits a person."""
    return _is_before(flat, start, strict=strict) and _is_behind(flat, end)


def _is_before(flat: str, start: int, *, strict: bool) -> bool:
    before = flat[start - 1 : start] if start else ""
    if ends_with_role(flat[max(start - 12, 0) : start]) or before in _NAME_BEFORE:
        return True
    if strict:
        return before in "与和及、"
    return not before or before in MARKS or before in _BEFORE


def _is_behind(flat: str, end: int) -> bool:
    behind = flat[end : end + 2]
    if not behind or behind[0] in MARKS or behind[0] == " ":
        return True
    return behind in AFTER or behind[0] in AFTERWARDS or behind[0] in _BEHIND_TOO or is_word(behind)


def _latin(said: str) -> Iterator[Found]:
    cue = "外文姓名"
    for form in (_LATIN, _LATIN_ALONE):
        for found in form.finditer(said):
            words = re.split(r"[ \-]", found.group())
            if any(word.upper() in _NO_LATIN for word in words):
                continue
            if form is _LATIN and not any(len(word) > 2 for word in words):
                continue
            yield Found(*found.span(), cue)
