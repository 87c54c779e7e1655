"""By what persons are called besides their names, and names in other scripts.

绰号“黑皮”, 真名钱传治, 朋友“阿彪”; 阿里·哈桑; ALI HASSAN（阿里·哈桑）.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import DOTS
from mingjing_shared.privacy.masking_people import LEADING, QUOTED, Found
from mingjing_shared.privacy.masking_roles import AFTER, CASE, NO_NAMES
from mingjing_shared.privacy.masking_shape import HAN
from mingjing_shared.privacy.masking_words import is_common_word, is_foreign, is_whole, is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER_NAME = (
    r"(?:中文名|汉名|绰号|外号|别名|别号|曾用名|小 {0,8}名|乳 {0,4}名|化名|真名|真实姓名|本"
    r"名|原名|艺名"
    r"|花名|又名|译名|人称|名叫"
)
_CALLED = re.compile(
    rf"{_OTHER_NAME}|曾用|昵称|自称|又叫|俗称|英文名|更名|改名|下称|简称|以下称|喊他|喊她|唤作|叫"
    rf"他|叫她"
    r"|姓名变更为|称呼其为|店内称呼|变更为|人叫|叫)"
    r"(?:为|是|叫|即)? {0,6}[:|]? {0,6}[(]?[“\"「『]([^”\"」』\n,。;:]{1,8})[”\"」』]"
)
_CALLED_BARE = re.compile(
    rf"{_OTHER_NAME})(?:为|是|叫)? {{0,8}}[:|]? {{0,6}}"
    rf"({HAN}{{2,5}}?)(?=[,。;、)\n “\"(]|的(?:男|女|人)|$|等)"
)
_CALLED_SO = re.compile(rf"(?:叫|喊|称呼|喊作)[他她]({HAN}{{2,4}}?)(?=[,。;、”\n])")
_MORE = re.compile(rf"、[“\"]?({HAN}{{2,4}})[”\"]?(?=[,。;、)\n ]|$)")
_NICK_NUMBER = re.compile(
    r"(?<![古苍年衰到养])老[一二三四五六七八九十大幺](?![年岁月日个人家板点])"
)
_NICK_AFTER_WORD = re.compile(
    rf"[为被叫找向从给由与和]([老阿]{HAN})(?=[打处手家购买取拿的说称要,。、;)])"
)
_NICK = re.compile(
    rf"^(?:[阿老小大][\u4e00-\u9fffA-Z]|{HAN}{{1,2}}[哥姐爷叔婶仔妹弟头嫂总爹妈姨舅伯子儿]"
    rf"|老{HAN}{{1,2}}|{HAN}+毛|[A-Z]{HAN}+)$"
)
_TWO_SCRIPTS = re.compile(rf"[A-Z]{{2,}}(?: [A-Z]+)* ?\(({HAN}{{2,6}})(?=[),、])")
_LATIN_SECOND = re.compile(rf"{HAN}\(([A-Z]{{2,}}(?:[ \-][A-Z]{{2,}})*)(?=[),、]|{HAN})")
_DOT = re.compile(f"[{DOTS}]")
_DOTTED = re.compile(rf"{HAN}{{1,8}}(?:[·•・‧∙]\n?{HAN}{{1,8}})+")
_DOTS = frozenset("·•・‧∙")
_OPENING_QUOTES = frozenset('“"「『')
_NO_NICK_BEFORE = frozenset("牌字品店")


def called_of(flat: str) -> Iterator[Found]:
    """Every name in a plain text by which somebody is called, or in another script."""
    yield from _dotted(flat)
    yield from _nicknames(flat)
    for form in (_TWO_SCRIPTS, _LATIN_SECOND):
        for found in form.finditer(flat):
            if not is_whole(found[1]):  # a country
                yield Found(*found.span(1), "外文姓名", is_nickname=True)
    cue = "绰号、别名等称呼"
    for form in (_CALLED, _CALLED_BARE, _CALLED_SO):
        for found in form.finditer(flat):
            name = found[1]
            if "某" in name or name in NO_NAMES or name in CASE or len(name) < 2:
                continue
            yield Found(*found.span(1), cue, is_nickname=True)
            end = found.end()
            while (more := _MORE.match(flat, end)) is not None:
                yield Found(*more.span(1), cue, is_nickname=True)
                end = more.end()


def _nicknames(flat: str) -> Iterator[Found]:
    cue = "绰号、别名等称呼"
    for found in _NICK_NUMBER.finditer(flat):
        if flat.count(found.group()) > 1:
            yield Found(*found.span(), cue, is_nickname=True)
    for found in _NICK_AFTER_WORD.finditer(flat):
        if not is_common_word(found[1][:2]):
            yield Found(*found.span(1), cue, is_nickname=True)
    for found in QUOTED.finditer(flat):
        if flat[found.end() : found.end() + 1] in _NO_NICK_BEFORE:
            continue
        if _NICK.match(found[1]) and not is_word(found[1]):
            yield Found(*found.span(1), "引号内的称呼", is_nickname=True)


def _dotted(flat: str) -> Iterator[Found]:
    if _DOTS.isdisjoint(flat):
        return
    for found in _DOTTED.finditer(flat):
        parts = _DOT.split(found.group())
        head, tail = parts[0], parts[-1]
        second = parts[1].lstrip("\n")[:2]
        quoted = flat[found.start() - 1 : found.start()] in _OPENING_QUOTES
        if is_common_word(second) and (is_word(head[-2:]) or quoted):
            continue  # a slogan
        start, end = found.start(), found.end()
        leads = [lead.end() for lead in LEADING.finditer(flat, start, start + len(head))]
        if leads and leads[-1] < start + len(head):
            start = leads[-1]
        elif len(head) > 4 or head[0] in "对将被与和由向把给系":
            start = _after_preposition(flat, start, start + len(head))
        for size in range(2, len(tail)):
            rest = tail[size:]
            if is_foreign(tail[: size + 1]) and not is_foreign(rest[1:2]):
                continue  # 提 of 买买提到场
            if (
                rest[:2] in AFTER
                or is_common_word(rest[:2])
                or rest[0] in "的称说与和及于在被将系持因从"
            ):
                end -= len(rest)
                break
        in_bracket = flat[start - 1 : start] == "("
        yield Found(start, end, "带间隔号的姓名", is_nickname=in_bracket)


def _after_preposition(flat: str, start: int, end: int) -> int:
    for at in range(end - 1, start, -1):
        if flat[at - 1] in "对将被与和由向把给系的为":
            return at
    return start
