"""Surnames, and which signs make an ordinary word: what a name is told apart from."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠"
        "公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐轩辕呼延左丘东郭西门百里东门南门第五拓跋完颜纳兰"
        "单于"
        "山田田中佐藤铃木高桥渡边伊藤中村加藤吉田山本松本井上木村佐佐山口斋藤桥本石井前田藤田冈田"
        "后藤长谷村上近藤坂本远藤青木藤井西村福田太田三浦藤原松田中岛小野原田小川竹内",
    )
)
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚"
    "范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余"
    "元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻"
    "强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧"
    "隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰"
    "从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏"
    "浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殳沃"
    "利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠丰巢关蒯查荆红游竺权逯盖益桓公肖付闫"
    "邸冼揭佟官苑仝佘粘欧风隋植覃尧年岳商牟佴伯赏南墨哈谯笪爱阳缑亢况有琴言福海么邝展阿喜奉宝汝"
    "操宛芦丹麦肇晋铁鄢揣锁苟种繁朴郇户涂漆淡库卿候仉盘昂尉化毓蒿青酒初楚鹿税豆蚁刑战"
)


PEOPLES = tomllib.loads(
    files("mingjing_shared.privacy").joinpath("words/peoples.toml").read_text(encoding="utf-8")
)
SOUNDS = "".join(sorted(set(PEOPLES["sounds"]) - {"\n"}))
_FOREIGN = frozenset(SOUNDS)


def is_foreign(signs: str) -> bool:
    """Whether all are signs by which foreign names are written."""
    return bool(signs) and _FOREIGN.issuperset(signs)


@cache
def _words() -> tuple[frozenset[str], ...]:
    """Words of two signs, the common ones, the nouns, the very common ones; longer words;
    longer words with names of persons; two signs with which these begin.
    """
    folder = files("mingjing_shared.privacy").joinpath("words")
    common, nouns, every, very = set(), set(), set(), set()
    for line in folder.joinpath("pairs.txt").read_text(encoding="utf-8").splitlines():
        for number, part in enumerate(line[2:].split("|")):
            words = {line[0] + second for second in part}
            every |= words
            if number < 2:
                very |= words
            if number < 4:
                common |= words
            if number % 2 == 0:
                nouns |= words
    longer = folder.joinpath("longer.txt").read_text(encoding="utf-8").split()
    persons = folder.joinpath("persons.txt").read_text(encoding="utf-8").split()
    begins = {word[:2] for word in (*longer, *persons)}
    return tuple(map(frozenset, (every, common, nouns, very, longer, [*longer, *persons], begins)))


def is_word(signs: str) -> bool:
    """Whether these signs are an ordinary word of two to five signs."""
    return signs in _words()[0 if len(signs) == 2 else 4]


def is_whole(signs: str) -> bool:
    """Whether they are a word or a well-known name of three to five signs."""
    return signs in _words()[5]


def begins_whole(signs: str) -> bool:
    """Whether a word or a well-known name of three to five signs begins with these two."""
    return signs in _words()[6]


def is_common_word(signs: str) -> bool:
    """Whether they are a word that is met often."""
    return signs in _words()[1 if len(signs) == 2 else 4]


def is_very_common_word(signs: str) -> bool:
    """Whether they are one of the words of two signs that are met everywhere."""
    return signs in _words()[3]


def is_noun(signs: str) -> bool:
    """Whether they are a noun of two signs."""
    return signs in _words()[2]


def surname_signs(name: str) -> int:
    """How many signs at the beginning are a surname; none if it begins like no name."""
    if name[:2] in COMPOUND_SURNAMES and len(name) > 2:
        return 2
    return int(name[:1] in SURNAMES)
