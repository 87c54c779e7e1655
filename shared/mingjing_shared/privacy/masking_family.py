"""What a text says of somebody's family: marriage, children, who cares for whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import Mark, clause
from mingjing_shared.privacy.masking_numbers import BY_CUE
from mingjing_shared.privacy.masking_roles import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = r"[^,。;)(\n“”|]"
_SENTENCE = re.compile(r"[^。;\n]+[。;\n]?")
_NUMBER = "0-9一二三四五六七八九十"
_RELATION = alternatives(
    "父母 父亲 母亲 丈夫 妻子 前妻 前夫 儿子 女儿 子女 儿女 孙女 孙子 外祖母 外祖父 祖母 "
    "祖父 奶奶 爷爷 外婆 外公 养女 养子 弟弟 妹妹 哥哥 姐姐 老伴 兄弟 姐妹 侄女 侄子 堂弟 "
    "堂兄 堂哥 堂姐 堂妹 表弟 表兄 表哥 表姐 表妹 舅舅 叔叔 姑姑 姨妈 岳父 岳母 公婆 婆婆 "
    "公公 爸爸 妈妈 一子 一女 独子 独女 家人 其母 其父"
)
_CARES = alternatives("照料 照顾 抚养 生活 同住 长大 赡养 扶养 监护 共同生活 带大")
_STATES = alternatives(
    "离异 离婚 丧偶 未婚 已婚 再婚 二婚 初婚 同居 独居 独身 单身 育有 生有 生育 独子 独女 "
    "无子女 无儿女 孤寡 单亲 父母双亡 婚后 寡居 早逝 早亡 改嫁 收养 领养 非婚生 随母 随父 "
    "留守 失独 低保 再嫁 入赘 老伴"
)
_FATES = alternatives(
    "国外 外地 外务工 务工 打工 去世 病故 亡故 过世 早逝 在读 年幼 瘫痪 卧床 退休 下岗 失业 "
    "离世 外出 服刑 改嫁 再婚 公司 单位 职工 军人 教师"
)
_WORKS = alternatives("职工 员工 干部 教师 军人 公务员 退休 工作 打工 务工")
_SIGN = re.compile(
    rf"{_STATES}|分居|抚养|赡养|{_CARES}|{_FATES}|{_WORKS}|之[堂表侄外女儿]|的(?:{_RELATION})|子,"
    rf"?(?:名|叫)|女,?(?:名|叫)|儿,?(?:名|叫)"
)
_GOES_ON = alternatives(
    "抚养 照料 照顾 随 读 上学 陪护 生活 同住 经济 儿 女 子 育 岁 母 父 离婚 赡养 居住"
)
_WHOLE = (
    re.compile(
        rf"(?:[{_NUMBER}]{{1,2}}岁,|在职,|系?(?:退役|现役)军人,|两人|二人|已|系|现|目前"
        rf"|于[0-9年月日]{{4,11}}(?:经[^,。;)\n]{{2,8}})?|与{_END}{{2,8}}?)?"
        rf"(?:{_STATES}|分居(?!民)|抚养(?!费)|赡养(?!费)){_END}{{0,40}}"
        rf"(?:[,、](?=[^。;)\n]{{0,14}}(?:{_GOES_ON})){_END}{{1,26}})*"
    ),
    re.compile(
        rf"(?:第[一二三]胎)?(?:由|随|与|靠|跟)其?{_END}{{0,4}}?(?:{_RELATION}){_END}{{0,8}}?"
        rf"(?:{_CARES}){_END}{{0,8}}"
    ),
    re.compile(
        rf"(?<![其之])(?:{_RELATION})(?:均|都|已|皆|早|长期|系|为|在|现|常年){{0,2}}年?"
        rf"(?:[^,。;)\n被因将对到报称]{{1,4}})?(?:{_FATES})[^,。;)\n后的]{{0,12}}"
    ),
    re.compile(
        rf"(?<![其之])(?:{_RELATION}){_END}{{0,5}}[为系是在]{_END}{{0,12}}(?:{_WORKS}){_END}{{0,4}}"
    ),
    re.compile(
        r"(?:一女|一子|一儿|长子|次子|长女|次女|女儿|儿子)[,(]?(?:名|叫|名叫)[^,。;)\n]{2,4}"
        rf"(?:[,、][{_NUMBER}]{{1,2}}岁)?"
    ),
)
_WITHIN = (
    re.compile(
        rf"[系是为](?:其|[\u4e00-\u9fff]{{2,4}}(?:之|的))?((?:{_RELATION})的(?:{_RELATION})"
        r"|[\u4e00-\u9fff]{2,4}之(?:堂弟|堂兄|表弟|表兄|侄子|侄女|外甥|女婿|儿媳))"
    ),
)
_FIELDS = (
    re.compile(r"(?:家庭情况|家庭状况|婚姻状况|家庭成员)[ :|]{1,6}([^。;\n|]{2,40})"),
    re.compile(
        r"(?:结婚证|离婚证|户口簿|出生证|出生医学证明)(?:字号|编号|号码|号)?[: ]?([A-Z]?[0-9\-]{6"
        r",24})"
    ),
)
_OF_NOBODY = re.compile(
    r"(?:独居|留守|孤寡)(?:老人|儿童|人员)|离婚(?:证|协议|纠纷|诉讼)|收养(?:登记|条例|法)|[未已]"
    r"婚证明"
    r"|分居[^,。;]{0,2}住宅|低保户?政策"
)
_SAID_OF = frozenset("(,、系是")


def marks_of_family(flat: str) -> Iterator[Mark]:
    """Clauses on somebody's family in a plain text."""
    for form in _FIELDS:
        for found in form.finditer(flat):
            yield clause(flat, *found.span(1), "family", BY_CUE)
    for sentence in _SENTENCE.finditer(flat):
        start, end = sentence.span()
        if _SIGN.search(flat, start, end) is None:
            continue
        for form in _WHOLE:
            for found in form.finditer(flat, start, end):
                of_nobody = _OF_NOBODY.match(found.group())
                if not of_nobody or flat[found.start() - 1] in _SAID_OF:
                    yield clause(flat, *found.span(), "family", BY_CUE)
        for form in _WITHIN:
            for found in form.finditer(flat, start, end):
                yield clause(flat, *found.span(1), "family", BY_CUE)
