"""Whether signs that are somebody's name are that name at this place, or an ordinary word.

高兴拒绝敬酒 is a person, 大家都很高兴 is none. Both sides are weighed: names stand after marks,
roles and prepositions and before marks, verbs of speech and the like; words stand after adverbs,
within longer words and before what they describe.
"""

from __future__ import annotations

import re

from mingjing_shared.privacy.masking_roles import (
    AFTER,
    DONE_TO,
    OWNED,
    alternatives,
    ends_with_kept,
    ends_with_role,
    words_of,
)
from mingjing_shared.privacy.masking_words import (
    begins_whole,
    is_common_word,
    is_noun,
    is_whole,
    is_word,
)

MARKS = frozenset('，。、；：（）()“”"‘’,.;:!?？！|/[]【】《》「」『』〔〕—-·①②③④⑤⑥⑦⑧⑨○●■□☑・→\n')
BEFORE = frozenset(
    "到代替受问派使对将被与和由向把给为系叫即及因让令同跟或是经至凭于以依劝请责称名找谢告赔还送欠"
    "借约在从"
)
AFTERWARDS = frozenset(
    "误赔写骂打踢踹抢偷骗砸撕掐咬推拉拽揪抱跑逃躲喊叫哭喝吃买卖借交付收亦愿送做请的称说与和及等被"
    "将对向因从系名在于持驾之到作"
    "身给未已自有曾即承认辩提是也又就均皆本以用拿去来带听找让处犯所家还另再可应能则且而把由为经"
    "同至并要想没不前后负主住使"
)
_OF_LISTS = frozenset("、材药料品种物花果菜木草牌")
_POLICE_NUMBER = re.compile(r"[ (:、]{0,3}(?:警号|[0-9]{6}(?![0-9]))")
_KINDS_OF_THINGS = re.compile(
    r"(?:药材|药|商品|货物|品牌|品种|花卉|植物|水果|蔬菜|菜品|树木|草|原料)(?:[\u4e00-\u9fff]{2,3"
    r"}、){0,2}$"
)
_TITLE = re.compile(r"([^”\"」》,。;、\n]{1,5})[”\"」》]")
_TIMES = words_of("今后 当时 随后 其后 后来 之后 此后 当日 当晚 次日 期间 同时")
_ROLE_SIGNS = frozenset("人员者师工长手生友民户商贩方")
_OF_THINGS = words_of(
    "经营 种植 购买 销售 出售 观赏 欣赏 摆放 堆放 悬挂 盛开 使用 饲养 采摘 品尝 食用 饮用 "
    "时值 正值 欢度 庆祝"
)
_HALF = frozenset("为在从")
_PLACES = frozenset("上里内中间边旁下")
_ADVERBS = frozenset("很都不最太更真好全各每那这一半大金时去只老小了着过所其")
_WHOLE_THINGS = alternatives(
    "期间 时分 时节 季节 长假 假期 前夕 当天 那天 以来 以后 以前 之际 反应 地区 一线 风光 "
    "广场 市场 大道 公园 陵园 烈士 小区 新村 社区 街道 派出所 公司 中心 大厦 酒店 宾馆 饭店 "
    "超市 商店 药店 平台 系统 品牌 商标 时候 之时 镇 乡 村 路口 街 桥 山庄 山上 湖 河 站 店 "
    "厂 校 园 杯 节 阁 塔 寺 庙 宫 殿 亭 书院 景区 声 丛 摊 盆景 字画 图章 匾额 生辉 飞扬 荡漾 笑 "
    "堆 号游 风 古国 区 开始 "
    "无事"
)
_THINGS = re.compile(
    rf"{_WHOLE_THINGS}|[”\"]?牌|[猫犬狗树草花](?![\u4e00-\u9fff]?[费钱了])|时[才就,]|路(?![过上遇"
    rf"人边旁])"
    r"|以[南北东西外内]|地[^址方]|[”\"]?(?:二字|两字|字样)"
    r"|[—-][\u4e00-\u9fff]{2,4}(?:一线|线|段|铁路|高速)|[一二三四五六七八九十两几百]{1,3}[株枚只"
    r"个棵箱条头块]"
)
_FORBIDDEN = re.compile(r"、([\u4e00-\u9fff]{2})(?:、[\u4e00-\u9fff]{2})*(?:不得|严禁|禁止|一律)")
_NOT_SO = re.compile(r"[不无]([\u4e00-\u9fff]{2})[,。;!”\"]")
_SAYING = re.compile(
    r"[^,。;]{0,4}?(?:的典故|是成语|成语|典故|谚语|俗语|诗句|四字)|[\u4e00-\u9fff]?(?:时节|季节|"
    r"盛开)"
)


def name_weight(flat: str, start: int, end: int) -> float:
    """How much both sides say that a name stands here; below zero they say that it is a word."""
    return _left(flat, start) + _right(flat, start, end) + _crossing(flat, start, end)


def is_thing(flat: str, end: int) -> bool:
    """Whether what follows makes it a place, a shop or a time and no person."""
    return bool(_THINGS.match(flat, end))


def is_after_things(flat: str, start: int) -> bool:
    """Whether a list of things leads here: 中药材白芷、苏叶、苏木."""
    return flat[start - 1 : start] in _OF_LISTS and bool(
        _KINDS_OF_THINGS.search(flat[max(start - 12, 0) : start])
    )


def is_officer(flat: str, start: int, end: int) -> bool:
    """Whether an officer is named here: by the word before, or the police number behind."""
    return ends_with_kept(flat[max(start - 12, 0) : start]) or bool(_POLICE_NUMBER.match(flat, end))


def _left(flat: str, start: int) -> float:
    """What stands before: marks, roles and prepositions for a name, adverbs and things against."""
    before = flat[max(start - 9, 0) : start]
    if not before or before[-1] == " ":
        return 1
    if _KINDS_OF_THINGS.search(before):
        return -3
    if before[-1] in MARKS or before[-2:] in DONE_TO or before[-2:] in _TIMES:
        return 2 if before[-1] not in MARKS and ends_with_role(before) else 1
    return 2 if ends_with_role(before) else _after_sign(before)


def _after_sign(before: str) -> float:
    sign, pair = before[-1], before[-2:]
    if sign in BEFORE:
        return 0.5 if sign in _HALF else 1
    if sign == "的":
        return -1.5 if before[-3:-1] in _OF_THINGS else 0
    if sign in _ADVERBS or (pair in _OF_THINGS and sign not in _ROLE_SIGNS):
        return -1.5
    if sign in _ROLE_SIGNS:
        return 1
    if is_noun(pair):
        return -1
    return -0.5 if "\u4e00" <= sign <= "\u9fff" else 0


def _right(flat: str, start: int, end: int) -> float:
    """What stands behind: marks and verbs for a name, things and places against."""
    behind = flat[end : end + 8]
    if _THINGS.match(behind) or _SAYING.match(behind):
        return -2.5
    if _is_title(flat, start, end):
        return -2
    if _is_said_of_all(flat, start, end):
        return -3
    if not behind or behind[0] in MARKS or behind[0] == " ":
        return 1
    if behind[:2] in AFTER or behind[0].isdigit():
        return 1.5
    return _before_sign(behind, of_word=is_word(flat[start:end]))


def _before_sign(behind: str, *, of_word: bool) -> float:
    if behind[0] == "的" and is_noun(behind[1:3]) and behind[1:3] not in OWNED:
        return -1 if of_word else 1
    if behind[0] in AFTERWARDS:
        return 1
    if behind[0] in _PLACES and not is_word(behind[:2]):
        return -1.5
    return -0.5 if is_noun(behind[:2]) or (of_word and is_word(behind[:2])) else 0


def _is_said_of_all(flat: str, start: int, end: int) -> bool:
    """施恩不图报 is a saying; 牧羊、放牛不得进入 forbids what everybody might do."""
    if not is_word(flat[start:end]):
        return False
    if rule := _FORBIDDEN.match(flat, end):
        return is_word(rule[1])
    saying = _NOT_SO.match(flat, end)
    return bool(
        saying
        and saying[1] not in AFTER
        and not is_common_word(saying[1])
        and flat[start - 1 : start] in MARKS
    )


def _is_title(flat: str, start: int, end: int) -> bool:
    """Whether it begins a name of a thing between quotation marks: “云海日出”主题房."""
    if flat[start - 1 : start] not in ("“", '"', "「", "《") or not is_word(flat[start:end]):
        return False
    title = _TITLE.match(flat, end)
    return bool(title and is_word(title[1][:2]) and title[1][:2] not in OWNED)


def is_in_longer_word(flat: str, start: int, end: int) -> bool:
    """Whether the signs are part of a longer word (任重 in 任重道远)."""
    for a in range(max(start - 3, 0), start + 1):
        if not begins_whole(flat[a : a + 2]):
            continue
        for b in range(end, min(a + 5, end + 3, len(flat)) + 1):
            if b - a > end - start and is_whole(flat[a:b]):
                return True
    return False


def _crossing(flat: str, start: int, end: int) -> float:
    """Less where the first or the last sign makes a word with its neighbour outside."""
    if is_in_longer_word(flat, start, end):
        return -3
    left = start > 0 and is_word(flat[start - 1 : start + 1])
    right = is_word(flat[end - 1 : end + 1])
    if left and right:
        return -2
    return -0.5 if left or right else 0
