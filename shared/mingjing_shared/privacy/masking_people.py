"""Persons whom nobody named to us: found in the text by the words around their names.

After a role (证人, 其妻, 店员), in a bracket with what is said of persons (男，身份证…), before
what persons do (称, 的证言), beside other persons in a list; by what they are called, see
`masking_called`. What follows a word for officers or for the head of an organisation is not
looked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mingjing_shared.privacy.masking_context import MARKS
from mingjing_shared.privacy.masking_likely import likeliest_at
from mingjing_shared.privacy.masking_roles import (
    AFTER,
    KEPT_LEADS,
    KIN,
    LEAD,
    NO_NAMES,
    OWNED,
    ROLES,
    alternatives,
    ends_with_kept,
)
from mingjing_shared.privacy.masking_shape import (
    HAN,
    NEVER,
    begin_of,
    is_han,
    name_at,
    next_in_list,
    nickname_at,
)
from mingjing_shared.privacy.masking_words import (
    COMPOUND_SURNAMES,
    SURNAMES,
    is_common_word,
    is_noun,
    is_very_common_word,
    is_word,
    surname_signs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LEADING = re.compile(
    rf"({LEAD}|人(?=[(:])|名(?=[(:])|位(?=[(:])|参赌者有|参与者有|人员有|包括)(?:名叫|名为|叫做|"
    rf"叫|是|为|有)?"
    r"(?: {0,4}[:|] {0,4}| {1,6})?[(“\"【]?"
)
_NEXT = re.compile(r"(?:\([^()\n]{0,40}\))?(?:[、及和与或/]|以及)[ \n]?")
_KINSHIP = "父|母|妻|夫|丈夫|子|女|儿|兄|弟|姐|妹|表|堂|侄|孙|外|岳|朋友|同事|邻居"
_TOLD = re.compile(
    r"(?:男|女|身份证|公民身份|居民身份|证件|护照|电话|手机|微信|QQ|另案|另行|[0-9]{1,2}岁|[0-9]{"
    r"15}|[0-9]{6} "
    r"|绰号|别名|曾用名|系[^统从在经由因]|住|真名|本名|花名|外号|小名|化名|驾驶证|未成年|在逃|户"
    r"籍|汉族|中文名"
    r"|孕妇|残疾|[视听智肢]|[0-9]{1,2}月[0-9]{1,2}日满|未满|年满|(?:19|20)[0-9]{2}年|[\u4e00-"
    r"\u9fff]{1,3}族,"
    r"|联系|殁|已故|身份待查|群众|邻居|目击|均|无|即"
    rf"|{HAN}{{2,4}}[之的](?:{_KINSHIP}))"
)
_STRONG = re.compile(r" ?[(,](?:公民|居民)?(?:身份证|[0-9]{6}|男[,)]|女[,)]|护照)")
_SECOND = re.compile(
    rf"\((?:即|原名|又名)({HAN}{{2,4}})(?=[,)、])"
    rf"|\(({HAN}{{2,4}})(?=[,](?:另案|在逃|另行|身份[待不]|未到案|已[判处]|均))"
)
_OPENING = re.compile(r" ?\(")
_DESCRIPTION = re.compile(
    r",(?:(?:男|女)[,。)]|(?:公民|居民)?身份证?|[0-9]{4}年[0-9月日]{0,6}出?生|[0-9一二三四五六七"
    r"八九十]{1,3}岁)"
)
_SAID = alternatives(
    "称 供述 证实 反映 投诉 报警 报案 举报 辩称 作证 供认 交代 陈述 证明 坦白 签名 在场"
)
_OF_ONE = alternatives(
    "证言 陈述 供述 笔录 辩解 指认 辨认 询问 申辩 报案 住址 电话 手机 身份证 微信 银行 账户 "
    "妻子 丈夫 父亲 母亲 女儿 儿子"
)
_SPEAKS = re.compile(rf"的(?:{_OF_ONE})|{_SAID}")
_ON_A_LIST = re.compile(r"载有|登记有|写有|记有|列有|名单:|姓 {0,8}名[ :|]{1,8}")
_AFFECTED = re.compile(rf"(?:办理|关于|查处|侦办)({HAN}{{2,4}}?)(?=被|涉嫌|诉|与|等)")
_ELDER = re.compile(rf"{HAN}(?:老太|大爷|大妈|大娘|阿姨|阿婆|老汉|师傅|女士|先生)(?=、)")
_LAST_OF_LIST = re.compile(rf"({HAN}{{2,3}}?)(?=({HAN}{{2}}))")
_SO_MANY = re.compile(r"等(?:[一二三四五六七八九十百两]{1,4}|[0-9]{1,3})[名人]")
_NO_TAILS = frozenset((*AFTER, *OWNED, *NO_NAMES))
_NEXT_OFFICER = re.compile(r"(?:\([^)]{0,14}\)| ?[0-9]{6})?[、,和及与 ]{1,2}")
QUOTED = re.compile(r"[“\"「]([^”\"」\n]{2,4})[”\"」]")
_NICK_SHAPE = re.compile(rf"(?:{HAN}{{2,4}}|[A-Z][A-Z0-9]{{1,7}}|{HAN}[A-Z]|[A-Z]{HAN}{{1,2}})$")


_WORD_IN_LIST = re.compile(rf"({HAN}{{2}})[、和与]")
_COUNTED = frozenset("人名位")
_COUNT = re.compile(r"[0-9一二三四五六七八九十余两]")
_SHOPS = frozenset("牌字品店")


class Found(NamedTuple):
    """A name in the text: where, how it was found, and whether it is one by which one is called.

    ``is_sure``: it is meant here, though it be an ordinary word.
    """

    start: int
    end: int
    found_by: str
    is_nickname: bool = False
    is_sure: bool = False


def people_of(flat: str) -> Iterator[Found]:
    """Whoever is named in a plain text by the words around; the same place more than once."""
    yield from _after_roles(flat)
    yield from _in_brackets(flat)
    yield from _speaking(flat)
    yield from _so_many(flat)
    yield from _on_lists(flat)
    for found in _AFFECTED.finditer(flat):
        if surname_signs(found[1]) and not is_word(found[1]) and found[1] not in NO_NAMES:
            yield Found(*found.span(1), "案件名称中的姓名")


def officers_of(flat: str) -> Iterator[tuple[int, int]]:
    """Names that stand after a word for officers or for the head of an organisation."""
    for lead in (found for form in KEPT_LEADS for found in form.finditer(flat)):
        at: int | None = lead.end()
        while at is not None:
            end = name_at(flat, at, least=1)
            if end is None:
                break
            yield at, end
            more = _NEXT_OFFICER.match(flat, end)
            at = more.end() if more else None


def beside(flat: str, end: int) -> Iterator[Found]:
    """Whoever stands in a list behind somebody who is named to ``end``."""
    count = 0
    while (more := _NEXT.match(flat, end)) is not None:
        enumerated = "、" in more.group()
        after = next_in_list(flat, more.end(), 0.8 if enumerated else 2.2, in_list=True)
        if after is None and count and enumerated:
            last = _LAST_OF_LIST.match(flat, more.end())
            if last is not None and (last[2] in AFTER or last[2][0] == "等"):
                after = last.end(1)
        if after is None:
            break
        yield Found(more.end(), after, "与其他人并列")
        end, count = after, count + 1


def _after_roles(flat: str) -> Iterator[Found]:
    for lead in LEADING.finditer(flat):
        at = lead.end()
        if ends_with_kept(flat[max(lead.start() - 12, 0) : at]):
            continue
        if is_word(flat[lead.start() - 1 : lead.start() + 1]) and is_word(
            flat[lead.end(1) - 1 : lead.end(1) + 1]
        ):  # 安保 in 治安保卫
            continue
        if lead[1] in _COUNTED and not _COUNT.search(flat[max(lead.start() - 1, 0) : lead.start()]):
            continue
        yield from _after_role(flat, lead)


def _after_role(flat: str, lead: re.Match[str]) -> Iterator[Found]:
    at = lead.end()
    cue = f"称谓“{lead[1]}”"
    quoted = QUOTED.match(flat, at - 1) if flat[at - 1] in '“"' else None
    if quoted and flat[quoted.end() : quoted.end() + 1] in _SHOPS:
        return
    if quoted and _NICK_SHAPE.match(quoted[1]) and not _is_made_of_words(quoted[1]):
        yield Found(*quoted.span(1), cue, is_nickname=True)
    least = 1.3
    while (end := next_in_list(flat, at, least)) is not None:
        least = 1.0
        yield Found(at, end, cue)
        if (more := _NEXT.match(flat, end)) is None:
            break
        at = more.end()
    word = _WORD_IN_LIST.match(flat, at) if at == lead.end() else None
    if word is not None and _is_person_too(flat, word, lead[1]):
        yield Found(*word.span(1), cue, is_sure=True)
    nick = nickname_at(flat, lead.end(), even_word=lead[1] in KIN)
    if nick is not None:
        yield Found(lead.end(), nick, cue, is_nickname=True)


def _is_person_too(flat: str, word: re.Match[str], role: str) -> bool:
    """证人简单、蒋石生证明: an ordinary word in a list of persons after a role."""
    signs = word[1]
    if signs in AFTER or signs in OWNED or signs in ROLES or len(role) < 2:
        return False
    if is_very_common_word(signs) and is_noun(signs):
        return False
    return likeliest_at(flat, word.end(), 0.0) is not None


def _is_made_of_words(signs: str) -> bool:
    return len(signs) > 2 and (is_word(signs) or is_word(signs[:2]) or is_word(signs[-2:]))


def _in_brackets(flat: str) -> Iterator[Found]:
    """王五（男，身份证号码…）, 王五，男，…"""
    cue = "姓名之后的个人信息"
    for found in _SECOND.finditer(flat):
        group = found.lastindex or 1
        if found[group] not in NO_NAMES and not is_common_word(found[group]):
            yield Found(*found.span(group), cue)
    ends = [
        found.start()
        for found in _OPENING.finditer(flat)
        if _TOLD.match(flat, found.end()) or _is_same_again(flat, found.start(), found.end())
    ]
    ends += [found.start() for found in _DESCRIPTION.finditer(flat)]
    for behind in ends:
        is_strong = _STRONG.match(flat, behind) is not None
        end = behind - 2 * (flat[behind - 2 : behind] in ("女士", "先生", "同志"))
        start = begin_of(flat, end - 4, end, is_strong=is_strong)
        if start is not None:
            yield Found(start, end, cue)


def _is_same_again(flat: str, end: int, opened: int) -> bool:
    """钟老爹（钟老爹是大家对…的称呼）"""
    return any(
        flat[end - size : end] == flat[opened : opened + size]
        and flat[opened + size : opened + size + 1] in ("是", "即", "系", "为")
        for size in (2, 3, 4)
    )


def _speaking(flat: str) -> Iterator[Found]:
    for found in _SPEAKS.finditer(flat):
        for size in (3, 2, 4):
            if _is_speaker(flat, found.start() - size, found.start()):
                yield Found(found.start() - size, found.start(), "陈述人称谓")
                break


def _is_speaker(flat: str, start: int, end: int) -> bool:
    """Whether these signs are somebody who says something."""
    signs = flat[max(start, 0) : end]
    if start < 0 or not is_han(signs) or signs[:2] in NO_NAMES or not NEVER.isdisjoint(signs):
        return False
    if is_word(signs) or is_common_word(signs[-2:]):
        return False
    compound = signs[:2] in COMPOUND_SURNAMES
    if (len(signs) == 4 and not compound) or not (compound or signs[0] in SURNAMES):
        return False
    before = flat[start - 1 : start]
    if before and before not in MARKS and before not in "有据经因对与和由向":
        return False
    if flat[end : end + 1] == "称" and is_word(flat[end - 1 : end + 1]):  # 昵称
        return False
    return not (len(signs) == 3 and is_word(signs[:2]) and is_word(signs[1:]))


def _so_many(flat: str) -> Iterator[Found]:
    """大熊、猴子、老K等六名保安员: everybody in a list that ends with how many they are."""
    for found in _SO_MANY.finditer(flat):
        begin = 1 + max(flat.rfind(mark, 0, found.start()) for mark in "。;:,\n()")
        parts = flat[begin : found.start()].split("、")
        if len(parts) < 2 or not all(1 < len(part) < 5 for part in parts[1:]):
            continue
        while len(parts[0]) > 2 and (is_word(parts[0][:2]) or parts[0][0] in "对将被由为向从"):
            skip = 2 if is_word(parts[0][:2]) else 1
            parts[0], begin = parts[0][skip:], begin + skip
        for part in parts:
            if 1 < len(part) < 5 and part not in ROLES and part[:2] not in NO_NAMES:
                yield Found(begin, begin + len(part), "名单")
            begin += len(part) + 1


def _on_lists(flat: str) -> Iterator[Found]:
    """名册载有涂有福、涂有禄; 姓名：李四"""
    for lead in _ON_A_LIST.finditer(flat):
        at: int | None = lead.end()
        while at is not None:
            elder = _ELDER.match(flat, at)  # 贺老太: not hidden, but the list goes on
            end = elder.end() if elder else next_in_list(flat, at, 1.8)
            if end is None:
                break
            if not elder:
                yield Found(at, end, "名单")
            more = _NEXT.match(flat, end)
            at = more.end() if more else None
