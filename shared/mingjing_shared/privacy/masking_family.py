"""What a text says of somebody's family: marriage, children, who cares for whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import Mark, clause
from mingjing_shared.privacy.masking_numbers import BY_CUE, BY_FORM
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
    "公公 爸爸 妈妈 老娘 老妈 老爸 老爹 老婆 老公 媳妇 孩子 小女儿 大女儿 小儿子 大儿子 闺女 娃娃 "
    "一子 一女 独子 独女 家人 其母 其父"
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
    rf"{_STATES}|分居|住院|病危|病重|医院|陪同|陪护|离婚|不在身边|抚养|赡养|{_CARES}|{_FATES}|"
    rf"{_WORKS}|之[堂表侄外女儿]|的(?:{_RELATION})|子,"
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
        rf"(?:[^,。;)(\n“”]{{0,6}}因|家里的?|家中的?|家有)?(?:{_RELATION})[^,。;)\n“”|]{{0,6}}?"
        r"(?:住院|病危|病重|患病|生病|闹离婚|离婚|要生了|临产|上学|高考|没人管|无人照[看顾料]|不在"
        r"身边)"
        rf"{_END}{{0,10}}"
    ),
    re.compile(
        rf"(?:送|陪|带|接)(?:[^,。;)\n“”|]{{0,5}})(?:{_RELATION})(?:去|到|往|上|前往)?[^,。;)\n“”|]"
        rf"{{0,3}}"
        rf"(?:医院|看病|就医|就诊|上学|放学|住院|化疗|透析){_END}{{0,6}}"
    ),
    re.compile(
        rf"(?:由|随|在)其?(?:{_RELATION})[^,。;)(\n“”|]{{0,5}}(?:陪同|陪护|陪伴)[^,。;)(\n“”|]{{0,8"
        rf"}}"
        rf"(?:,(?:{_RELATION})[^,。;)(\n“”|]{{2,14}})?"
    ),
    re.compile(
        r"在[\u4e00-\u9fff]{2,6}(?:务工|打工|工作|经商|上班),(?=[^,。;\n]{0,8}(?:分居|离婚|离异|夫"
        r"妻|两地))"
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
_CLAUSE = re.compile(r"[^,。;()(\n“”|:!?]+")
_KIN = re.compile(
    alternatives(
        "父母 父亲 母亲 爸爸 妈妈 老爸 老妈 老爹 老娘 爹娘 爸妈 公婆 公公 婆婆 岳父 岳母 爷爷 奶奶 "
        "外公 外婆 祖父 祖母 "
        "丈夫 妻子 老公 老婆 媳妇 爱人 老伴 前妻 前夫 配偶 儿子 女儿 孩子 子女 儿女 小孩 婴儿 幼儿 "
        "一儿 一女 独子 独女 "
        "长子 次子 长女 次女 孙子 孙女 外孙 双胞胎 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 兄妹 姐弟 家人 家"
        "里 家中 家庭 全家 一家 "
        "亲人 娘家 婆家 生父 生母 继父 继母 养父 养母 养子 养女 夫妻 夫妇 两口子 婆媳 我妈 我爸 我"
        "娘 我爹 老母 老父 老人家 丈母娘 老丈人 男朋友 女朋友 男友 女友 未婚妻 未婚夫 "
        "恋人 情人 儿媳 女婿 小儿 幼女 幼子 娃 单亲 独生"
    )
)
_LIFE = re.compile(
    alternatives(
        "去世 病故 亡故 过世 早逝 离世 病逝 身亡 遗腹 住院 生病 病重 病危 患病 手术 化疗 透析 瘫痪 "
        "卧床 残疾 年迈 年老 "
        "体弱 多病 高龄 失业 下岗 无业 待业 务工 打工 外出 在外地 出国 国外 当兵 参军 服役 服刑 坐"
        "牢 在押 上学 读书 "
        "上幼儿园 上小学 上初中 上高中 上大学 在读 就读 高考 中考 辍学 留学 出嫁 嫁人 改嫁 再婚 结"
        "婚 新婚 订婚 婚事 离婚 离异 "
        "分居 同居 出轨 婚外 第三者 改姓 过继 领养 收养 抚养 赡养 扶养 监护 照料 照顾 照看 看护 伺"
        "候 陪护 "
        "抚育 带大 拉扯 相依为命 相依 生活费 抚养费 彩礼 嫁妆 低保 贫困 困难 负债 欠债 供养 养活 寄"
        "养 留守 独居 独自 "
        "无人 没人 怀孕 怀着 临产 待产 坐月子 满月 周岁 吃奶 哺乳 断奶 不在身边 常年 长年 关系不好 "
        "关系不和 不和 失和 矛盾很深 "
        "断绝 失散 走失 离家 出走 生育 生有 育有 单亲 分手 复婚 恋爱 相亲 单身 丧偶 丧妻 丧夫 守寡 "
        "带孩子 带娃 一个人带 刚出生 刚满 没工作 没收入 养家 糊口 家暴 "
        "二胎 三胎 头胎 过年团聚 团聚"
    )
)
_NO_LIFE = re.compile(
    r"陈述|证言|证实|签收|签名|到案|告知|通知|《|决定|处罚|条例|规定|委托|代理|申请人民|送达|教育|"
    r"责令|管教|监护人"
)
_SAID_OF = frozenset("(,、系是")


def marks_of_family(flat: str) -> Iterator[Mark]:
    """Clauses on somebody's family in a plain text."""
    for form in _FIELDS:
        for found in form.finditer(flat):
            yield clause(flat, *found.span(1), "family", BY_CUE)
    for sentence in _SENTENCE.finditer(flat):
        start, end = sentence.span()
        if _SIGN.search(flat, start, end) is not None or _LIFE.search(flat, start, end) is not None:
            yield from _in_sentence(flat, start, end)


def _in_sentence(flat: str, start: int, end: int) -> Iterator[Mark]:
    for form in _WHOLE:
        for found in form.finditer(flat, start, end):
            of_nobody = _OF_NOBODY.match(found.group())
            if not of_nobody or flat[found.start() - 1] in _SAID_OF:
                yield clause(flat, *found.span(), "family", BY_CUE)
    if _KIN.search(flat, start, end) is not None:
        for found in _CLAUSE.finditer(flat, start, end):
            if _is_of_life(flat, *found.span()):
                yield clause(flat, *found.span(), "family", BY_FORM)
    for form in _WITHIN:
        for found in form.finditer(flat, start, end):
            yield clause(flat, *found.span(1), "family", BY_CUE)


def _is_of_life(flat: str, start: int, end: int) -> bool:
    """Whether a clause tells of relatives and of their lives, and not of the proceedings."""
    return (
        _KIN.search(flat, start, end) is not None
        and _LIFE.search(flat, start, end) is not None
        and _NO_LIFE.search(flat, start, end) is None
    )
