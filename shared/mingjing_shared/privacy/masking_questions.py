"""What may be the name of somebody in a text for the public: asked and not decided.

Whoever is no party of the case is hidden too (公安机关执法公开规定 §14), and masking finds most of
them. What follows a word for a role and was not found, and what only may be a name by its signs
and by what stands beside it, is a question to the editor, who hides it or says that it stays.
Pure functions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking import kept_marks
from mingjing_shared.privacy.masking_form import plain
from mingjing_shared.privacy.masking_keeping import stated_spans
from mingjing_shared.privacy.masking_likely import likely_names
from mingjing_shared.privacy.masking_people import officers_of
from mingjing_shared.privacy.masking_words import COMPOUND_SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingjing_shared.privacy.masking import Known

ROLES = re.findall(
    r"\S+",
    "证人 被害人 受害人 被侵害人 被害方 报警人 报案人 举报人 控告人 投诉人 "
    "知情人 目击者 目击证人 见证人 伤者 死者 失主 车主 房主 监护人 家长 "
    "同案人 同案人员 同伙 同伴 同行人 同车人 乘客 员工 姓名 名叫 真名 "
    "化名",
)
RELATIVES = re.findall(
    r"\S+",
    "妻子 妻 丈夫 夫 配偶 父亲 父 母亲 母 儿子 女儿 子 女 哥哥 兄 "
    "弟弟 弟 姐姐 姐 妹妹 妹 祖父 祖母 爷爷 奶奶 外公 外婆 岳父 岳母 "
    "公公 婆婆 男友 女友 朋友 同事 邻居 亲属 家属 亲戚 老乡 同学",
)
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾萧肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚"
    "邵万覃武钱戴严莫孔向常汤康易乔赖文樊殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦莉岳齐沿庞"
    "梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    "薄单包司柏宁柯阮桂闵解强柳蒙全宫臧佟冉滕花银党敖巩褚娄简丛边卓郎仇应"
)
# What begins like a name and is none.
_NO_NAMES = re.findall(
    r"\S+",
    "陈述 方面 方才 于是 于当 向我 向公 向民 向其 曾经 曾在 曾向 曾因 "
    "包括 时任 时许 安全 成年 成功 金额 高度 应当 何时 何地 常住 常在 "
    "单位 单独 全部 全程 管理 关系 关于 解释 强调 强行 强制 任何 任职 "
    "查获 查看 查明 计算 经过 文化 文书 江苏 安徽 白色 黄色 黄金 银行 "
    "路过 路口 边上 连同 易制 温和 时间 简单 景区 宁波 党员 武汉 石头 "
    "毛巾 花费 强迫 项目 解除 司机 左侧 左手 左脸 施工 施救 严重 应其 "
    "应邀 和解",
)
# What only looks like a name by its signs, and stands in every other decision.
_ORDINARY = re.findall(r"\S+", "许可 公民 内可 内可向 闯红灯 同意书 居留 请求 越南 波兰籍 新能源")
_AFTER = frozenset(
    "的称说述证指报在与和及等对被于将向是因系均未已也又再、，。；：（）当到从打供认辨反要求提"
    "送带离进出看见听拿持受伤死负把让给用以并但为有没处住男女某"
)
_FIRST_TOO = frozenset("和向用为有辨见")  # ... but may be the first sign of a given name
_GIVEN = r"[\u4e00-\u9fa5]"
_ROLE = "|".join(sorted((*ROLES, *(f"[其之的]{one}" for one in RELATIVES)), key=len, reverse=True))
_LEAD = re.compile(rf"(?:{_ROLE})[ :(“\"]{{0,2}}")
_NEXT = re.compile(r"[、,及和与] ?")
_DOTTED = re.compile(r"[\u4e00-\u9fa5]{2,8}(?:[·•・][\u4e00-\u9fa5]{1,8})+")
GIVEN_SIGNS_MAX = 2
PERHAPS = -3.0
_HIDDEN = re.compile(r"[某×*]")


@dataclass(frozen=True, slots=True)
class Question:
    """Words that look like a name: where (line from 1), which, and the words around them."""

    line: int
    word: str
    around: str

    @property
    def says(self) -> str:
        """One Chinese clause for whoever edits the text."""
        return f"第 {self.line} 行“{self.word}”（{self.around}）"


def questions(text: str, known: Known) -> tuple[Question, ...]:
    """What in a text for the public looks like the name of somebody: each word once, in order.

    What must stay (officers, bodies, organisations) is never asked; parties are the masking's.
    """
    flat = plain(text)
    kept = [(mark.start, mark.end) for mark in kept_marks(text, known)]
    kept += stated_spans(flat)
    found: dict[str, Question] = {}
    certain = {*_after_roles(flat), *_dotted(flat)}
    maybe = {one for one in _perhaps(flat) if not any(_meet(one, other) for other in certain)}
    for start, end in sorted(certain | maybe):
        word = text[start:end]
        if _HIDDEN.search(text[start : end + 1]) or any(a < end and start < b for a, b in kept):
            continue
        line = text.count("\n", 0, start) + 1
        around = text[max(start - 6, 0) : end + 4].replace("\n", " ").strip()
        found.setdefault(word, Question(line, word, around))
    return tuple(found.values())


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _perhaps(flat: str) -> Iterator[tuple[int, int]]:
    """What is too unlikely a name to be hidden, and too likely to be passed over."""
    officers = list(officers_of(flat))
    for one in likely_names(flat, PERHAPS):
        span = (one.start, one.end)
        is_ordinary = flat[one.start : one.end] in _ORDINARY
        if not is_ordinary and not any(_meet(span, other) for other in officers):
            yield span


def _after_roles(flat: str) -> Iterator[tuple[int, int]]:
    for lead in _LEAD.finditer(flat):
        at = lead.end()
        while (end := _name_at(flat, at)) is not None:
            yield at, end
            if (more := _NEXT.match(flat, end)) is None:
                break
            at = more.end()


def _name_at(flat: str, at: int) -> int | None:
    """Where the name ends that may begin here: a surname, and one or two signs more."""
    surname = 2 if flat[at : at + 2] in COMPOUND_SURNAMES else 1
    if surname == 1 and flat[at : at + 1] not in SURNAMES:
        return None
    if flat[at : at + 2] in _NO_NAMES:
        return None
    begin = at + surname + (flat[at + surname : at + surname + 1] == " ")  # 周 敏
    end = begin
    while end < begin + GIVEN_SIGNS_MAX and _is_given(flat, end, first=end == begin):
        end += 1
    return end if end > begin else None


def _is_given(flat: str, place: int, *, first: bool) -> bool:
    sign = flat[place : place + 1]
    return bool(re.match(_GIVEN, sign)) and (sign not in _AFTER or (first and sign in _FIRST_TOO))


def _dotted(flat: str) -> Iterator[tuple[int, int]]:
    for found in _DOTTED.finditer(flat):
        leads = [lead.end() for lead in _LEAD.finditer(flat, *found.span())]
        yield leads[-1] if leads else found.start(), found.end()
