"""Where persons live: everything below the county is hidden.

Addresses that were given, in whole or in telling parts; and what follows a word that says that
somebody lives there. Where something happened is no secret.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import INSTEAD, Mark, Reading, plain
from mingjing_shared.privacy.masking_numbers import BY_CUE, BY_FORM, BY_PARTY
from mingjing_shared.privacy.masking_roles import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_shared.events.values import Party

# Counties in whose names a sign stands that ends or begins parts of addresses elsewhere.
_ODD_COUNTIES = alternatives(
    "市中区 市北区 市南区 新市区 红旗区 路南区 路北区 路桥区 道里区 道外区 上街区 矿区 井陉矿区 鹰"
    "手营子矿区 工业园区 "
    "镇海区 镇平县 镇原县 镇巴县 镇安县 镇坪县 镇康县 镇雄县 镇赉县 镇远县 乡宁县 乡城县 道县 道孚"
    "县 东乡区 东乡县 新乡县 "
    "金乡县 西乡县 内乡县 宁乡市 湘乡市 桐乡市 武乡县 津市市 下城区 城区 郊区 桥东区 桥西区 东港市 "
    "门头沟区 房山区 "
    "石门县 玉门市 海门区 龙门县 三门县 祁门县 石楼县 鼓楼区 钟楼区 黄岛区 驻马店市 集安市 集美区 "
    "集宁区 辛集市 "
    "建湖县 滨湖区 东湖区 西湖区 南湖区 花山区 花溪区"
)
_COUNTY = re.compile(
    r"^(?:中国)?(?:[^省市县区旗]{1,8}?(?:省|自治区))?(?:[^市县区旗]{1,8}?(?:市|自治州|地区|盟))?"
    rf"(?:{_ODD_COUNTIES}|[^县区市旗路街巷道号镇村]{{1,10}}?自治[县旗]"
    r"|(?<=市)[\u4e00-\u9fff]{2}新区"
    r"|[^县区市旗路街巷道号镇乡村]{1,8}?(?:县|(?<![小社园校厂矿新])区|市|旗))?"
)
_STEP = (
    r"(?<=[一二三四五六七八九十0-9])社|路|街|巷|弄|大道|道|村|组|庄|屯|镇|乡|社区|小区|花园|公寓|苑"
    r"|园|栋|幢|座|单元|楼|层|号|室|"
    r"户|队|圩|郢|孜|台子"
    r"|老台|院|排|里|湾|岗|沟|坝|庙|铺|店|集|桥|门|口|宿舍|新村|国际|城|厦|棚|坊|塘|埂|洼|圈|寨|"
    r"堡|胡同|房|街道|老街|营|岭|冲"
)
_TOKEN = re.compile(rf".+?(?:{_STEP})|.+$")
_NUMBERED = re.compile(r"[0-9一二三四五六七八九十百]")
LENGTH_MIN = 4

_LIVES = re.compile(
    "(?:"
    + alternatives(
        "家住哪里? 住哪里? 住哪儿? 住址 住所 居住地 居住地址 地址 户籍地 户籍地址 户籍所在地 "
        "现住地 户口所在地 原籍 暂住地 暂住 现住 家住 常住 租住 居住在 居住于 住在 住于 户籍 "
        "借住 住"
    )
    + ")"
    r"(?:址|地)?(?:及(?:现|户籍)?(?:住址|地))?(?:均|同|登记|记载|显示)?"
    r"[系是为在于]?[ |\n:(“]{0,6}(?:答:)?"
)
_COMES = re.compile(r"(?<=[村组队圩郢庄孜里号区])人[,。;)]|[驶返]?回|[居村]民[),]|住户[),]")
_COMES_FROM = re.compile(
    r"(?:[^,。;县区市 ]{1,6}[县区市])([\u4e00-\u9fff0-9]{2,24}?(?:村|组|队|圩|郢|庄|孜|社区|里|号"
    r"))(?=人[,。;)])"
    r"|(?:回到|驶回|返回|回)[^,。;县区市 ]{1,6}[县区市]([\u4e00-\u9fff0-9]{4,24}?(?:号|室|栋|单元"
    r"|组|队|户))(?=家中|家里|的?住处)"
    r"|(?<=[(])([\u4e00-\u9fff]{2,8}(?:新村|小区|社区|花园|村|苑|园))(?=(?:居民|村民|住户)[),])"
)
_NO_DWELLING = re.compile(
    r"公安|派出所|人民政府|人民法院|办事处|(?:居委会|村委会)(?![\u4e00-\u9fff0-9]{1,8}[组队号户社屯"
    r"])"
)
_NO_HOME = re.compile(
    r"住(?:院|宿|建|房公|户|宅|所地|持|客|处|手|了|其|对|我|他|她|不)|(?:经营|单位|注册|办公|网页"
    r"|网店|IP|公司|店铺|营业|仓库"
    r"|拦|抓|按|揪|拽|拉|堵|控制|记|顶|抱|勒|掐|卡|留|围|停|捂|捉|稳|挡|压|扯|捆|绑|守|制|截|逮)("
    r"?:地址|住)"
)
_DETAIL = re.compile(r"[\u4e00-\u9fffA-Z0-9\-\uff0d—·#~\u3007 ]{2,48}")
_DETAIL_END = re.compile(
    r"(?:人|附近|门前|门口|处|内|楼下|家中|家里|一带|居民|村民|住户|实施|的|被|与|和|发生|暂住|现"
    r"住|并|后|时|期间|同|是|系|且|信息|已|接受|报到|申请|,)"
)
_ROOM_END = re.compile(r"[0-9]{2,4}[室户]")
_ROOM = re.compile(
    r"[\u4e00-\u9fffA-Z0-9]{2,20}?[0-9A-Z]{1,4}(?:号楼|栋|幢|座|号)[\u4e00-\u9fffA-Z0-9\-]{0,8}?"
    r"(?:[0-9]{1,3}单元)?[0-9]{2,4}[室户]$"
)
_ROOM_SIGNS = 48
_PREPOSITIONS = frozenset("在于到至从住")
_LAST_STEP = re.compile(
    rf"^.*(?:{_STEP}|[0-9])(?:[A-Z](?![A-Z])|上下|南头|北头|东头|西头|附[0-9]+户|[东西南北])?"
)


def detail_of(address: str) -> str:
    """What of an address lies below the county."""
    flat = plain(address).replace(" ", "")
    county = _COUNTY.match(flat)
    return flat[county.end() :] if county else flat


def telling_parts(address: str) -> list[str]:
    """The parts of an address that lead to a door, longest first.

    Two neighbouring parts, or one that has a number of its own beside a name. A street alone
    leads to no door and is no secret: offences happen in streets.
    """
    tokens = _TOKEN.findall(detail_of(address))
    whole = [
        "".join(tokens[a:b]) for a in range(len(tokens)) for b in range(a + 2, len(tokens) + 1)
    ]
    alone = [token for token in tokens if _NUMBERED.search(token) and len(token) > LENGTH_MIN]
    found = [part for part in {*whole, *alone} if len(part) >= LENGTH_MIN and _leads(part)]
    detail = "".join(tokens)
    if len(detail) >= LENGTH_MIN and len(tokens) > 1 and detail not in found:
        found.append(detail)
    return sorted(found, key=lambda part: (-len(part), part))


def marks_of_addresses(reading: Reading, persons: Sequence[Party]) -> Iterator[Mark]:
    """Where a text leads to somebody's door."""
    for person in persons:
        if person.address:
            for part in telling_parts(person.address):
                for start, end in reading.all_of(part):
                    yield Mark(start, end, "address", INSTEAD, found_by=BY_PARTY)
    for mark in _told(reading.flat):
        if not _NO_DWELLING.search(reading.flat, mark.start, mark.end):
            yield mark
    comes = _COMES.search(reading.flat) is not None
    for found in _COMES_FROM.finditer(reading.flat) if comes else ():
        group = next(n for n in (1, 2, 3) if found[n])
        yield Mark(*found.span(group), "address", INSTEAD, found_by=BY_FORM)
    yield from _rooms(reading.flat)


def _rooms(flat: str) -> Iterator[Mark]:
    """龙泉小区3号楼201室, whoever lives there."""
    for last in _ROOM_END.finditer(flat):
        first = max(last.start() - _ROOM_SIGNS, 0)
        found = _ROOM.search(flat[first : last.end()])
        if found is not None:
            start = first + found.start() + county_end(found.group())
            start += flat[start] in _PREPOSITIONS
            yield Mark(start, last.end(), "address", INSTEAD, found_by=BY_FORM)


def _told(flat: str) -> Iterator[Mark]:
    """What follows a word that says that somebody lives there."""
    for cue in _LIVES.finditer(flat):
        if cue.group().startswith("住所地"):
            continue
        if _NO_HOME.search(flat[max(cue.start() - 2, 0) : cue.end() + 2]):
            continue
        body = _DETAIL.match(flat, cue.end())
        if body is None:
            continue
        start, end = body.start(), body.end()
        county = county_end(flat[start:end])
        detail = flat[start + county : end]
        labelled = "址" in cue.group() or ":" in cue.group() or "籍" in cue.group()
        last = _LAST_STEP.match(detail)
        if last is None:
            continue
        length = len(detail.rstrip()) if labelled and len(detail) < 30 else last.end()
        if labelled and (stop := _DETAIL_END.search(detail, last.end())):
            length = max(last.end(), stop.start())
        if length < 3 or not _LEADS_HOME.search(detail[:length]):
            continue
        yield Mark(start + county, start + county + length, "address", INSTEAD, found_by=BY_CUE)


_LEADS_HOME = re.compile(rf"[\u4e00-\u9fff]{{2}}.*(?:{_STEP}|[0-9])")


def last_step_of(detail: str) -> int:
    """How far an address goes: to its last step or number."""
    last = _LAST_STEP.match(detail)
    return last.end() if last else 0


def county_end(address: str) -> int:
    """Where the county ends in an address as it stands in the text."""
    county = _COUNTY.match(address)
    return county.end() if county else 0


def _leads(part: str) -> bool:
    """Whether a part names something besides numbers of floors and rooms."""
    return bool(re.search(r"[\u4e00-\u9fff]{2}", part)) and bool(_NUMBERED.search(part))
