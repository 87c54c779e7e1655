"""What is said of a person in one breath: 王五，男，1980年生，某厂钳工，住某县某镇某村3号，电话….

In a sentence or a bracket that tells who somebody is, a clause that names an organisation or a
trade at a place is the employer, and one that leads from a county to a door is the dwelling,
though no word says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import INSTEAD, Mark, clause
from mingjing_shared.privacy.masking_numbers import BY_FORM
from mingjing_shared.privacy.masking_places import county_end, last_step_of
from mingjing_shared.privacy.masking_roles import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE = re.compile(r"[^。;\n]+(?:(?<=[0-9])\n(?=[0-9])[^。;\n]+)*")
_NATION = "汉|满|回|藏|苗|彝|壮|侗|瑶|白|傣|黎|畲|水|羌|蒙古|维吾尔|哈萨克|朝鲜|土家|布依|东乡|撒拉"
_IS_IDENTITY = re.compile(
    r"(?<![0-9])[0-9]{6}[ \-]?(?:19|20)?[0-9]{2}[01][0-9][0-3][0-9][ \-]?[0-9]{3}[0-9X]?(?![0-9])"
    r"|[,( ][男女][,) 。]|身份证|公民身份|护照|出生|[0-9]月[0-9]{1,2}日生|年[0-9]{1,2}月生"
    rf"|[,(](?:{_NATION})族|[(,][0-9一二三四五六七八九十]{{1,3}}岁[,)]|籍[,)]|性别"
)
_SCHOOL = "小学|中学|初中|高中|学校|幼儿园|职高|技校|中专|学院|大学|高校|校区"
_ORGANISATION = alternatives(
    "公司 集团 总厂 工厂 厂 商店 药店 饭店 酒店 门店 分店 门市部 门诊部 医院 卫生院 诊所 学校 中学 "
    "小学 初中 高中 大学 "
    "学院 高校 幼儿园 托儿所 项目部 车间 工地 合作社 商行 商会 经营部 超市 宾馆 餐厅 餐馆 饭馆 面馆"
    " 茶馆 "
    "市场 运输队 车队 施工队 工程队 清运队 机务段 工务段 车务段 车站 旅馆 客栈 民宿 网吧 会所 俱乐"
    "部 协会 事务所 "
    "工作室 银行 支行 信用社 站点 服务站 加油站 驿站 快递 物流 保险 物业 码头 煤矿 铁矿 矿业 电厂 "
    "林场 农场 牧场 "
    "渔场 茶场 养殖场 砖厂 村委会 居委会 部队 中心 理发店 美容店 美发店 批发部 修理厂 修理部 航司 "
    "航空 书店 "
    "花店 网店 奶茶店 火锅店 广场 商场 大厦店 培训机构 培训班 研究所 设计院 报社 电视台 出版社 供电"
    "所 水厂"
)
_TRADE = (
    "(?:"
    + alternatives(
        "员 工 师 司机 经理 店长 店主 老板 教师 老师 外教 助教 教授 讲师 前台 会计 出纳 厨师 保安 "
        "保洁 学生 交换生 公务员 科员 硕士 博士 科长 处长 院长 园长 校长 厂长 站长 会长 理事 主播 "
        "留学生 研究生 实习生 经营户 经营者 投资人 负责人 合伙人 职工 员工 工人 干部 主任 主管 组长"
        " 班长 队长 "
        "护士 医生 大夫 骑手 技工 学徒 临时工 顾问 秘书 助理 总监 董事 监事 法务 文员 摊主 商户 业"
        "主 编辑 记者 演员 "
        "教练 领班 门卫 货车司机 退休 离职 在读 就读 分拣 导游 船员 水手"
    )
    + ")"
)
_LEAD = (
    r"(?:系|是|为|现系|现为|原系|现任|曾任|担任|任|现在|现于|在|于|原|现|"
    r"受雇于|就职于|任职于|供职于|就读于|来自)?"
)
_NOT_HERE = r"[^,、|\n:。;]"
_NOT_IN_TRADE = r"[^,、|\n:。;的了着过将被把向对并与和]"
_EMPLOYED = re.compile(
    rf"^ *{_LEAD}({_NOT_HERE}{{2,26}}?(?:{_ORGANISATION})[”\"]?{_NOT_HERE}{{0,12}}|"
    rf"{_NOT_IN_TRADE}{{3,16}}{_TRADE}) *$"
)
_NO_EMPLOYER = re.compile(
    r"公安|派出所|法院|检察|政府|交警|消防|拘留所|戒毒所|文化(?!传)|学历|程度|毕业|身份|电话|号码|"
    r"证件|住址|地址|户籍"
    r"|出生|国籍|手机|邮箱|微信|车牌|档案|驾驶证|本局|本所|大队|支队|处罚|告知|行为|人民|该[公单店]"
    r"|[0-9]{5}|[:《》〔]"
    r"|缴纳|罚款|决定|申请|规定|许可|不服|书面|提出|提交|^.{0,3}(?:住|家|籍)|[0-9](?:号|室|栋|幢|楼"
    r"|单元|组)"
    r"|证人|被害|被侵|嫌疑|当事|系[\u4e00-\u9fff]{1,4}(?:之|的)|登记|所有人|委托|代理|联系人"
)
_ONLY_TRADE = re.compile(
    r"^(?:个体|出租车|大货车|货车|客车|网约车|外卖|快递|建筑|装修|自由|家庭|农民|无业|退休|机动车|"
    r"公交车|大客车|教练车|重型|"
    r"[^厂店校院所站社行局矿场馆队部厦园班]{0,4})(?:工商户|司机|骑手|工人|职业者|主妇|工|人员|驾驶"
    r"员|经营户|经营者|职工|["
    r"员师]|员工)$"
)
_CLASS = re.compile(
    rf"[\u4e00-\u9fff]{{2,16}}?(?:{_SCHOOL})(?:[小初高大])?"
    r"(?:[一二三四五六七八九]年级|[0-9]{1,4}级)?(?:[一二三四五六七八九十]?\([0-9一二三四五六七八九"
    r"十]{1,2}\)|"
    r"[0-9一二三四五六七八九十]{1,4})?班(?:学生|班主任)?"
)
_OF_EMPLOYER = re.compile(
    rf"(?:所在的?|使用单位[:为是]|(?:^|[\n ;,。])单位[:为是])({_NOT_HERE}{{2,30}}?(?:"
    rf"{_ORGANISATION}|站|队|部|所|局)"
    rf"{_NOT_HERE}{{0,8}}?)(?=出具|开具|证明|[,;。\n)]|$)"
)
_IN_FIRMS = frozenset(["集团", "中国", "控股", "股份", "总部", "有限合伙", "普通合伙", "特殊普通"])
_OF_FIRMS = frozenset(["有限", "股份", "科技", "集团", "公司", "实业", "控股", "贸易", "班级"])
_IN_BRACKETS = re.compile(
    rf"\((某[\u4e00-\u9fff]{{0,6}}?(?:{_ORGANISATION})|(?:[^()\n,、:。;]{{2,20}}?(?:{_ORGANISATION}"
    rf")"
    rf"[^()\n,、:。;]{{0,6}}?(?:{_TRADE}|人)))\)"
)
_PREFIX_OF_CLASS = re.compile(r"^.*(?:系|是|为|在|于|就读|的|[,(])")
_HOME_BEHIND = re.compile(
    r"(?:的)?(?:家中|家里|家门|住处|住所|宿舍|出租屋|暂住处|租住处|住宅|居所|房屋内|卧室)"
)
_DWELLING = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}(?:省|自治区))?[\u4e00-\u9fff]{2,8}?(?:市|州|盟|县|区|旗)"
    r"(?:(?![至到于在住由从迁])[\u4e00-\u9fffA-Z0-9\-~#—]){4,44}"
)
_DOOR = re.compile(
    r"(?:路|街|巷|弄|道|村|镇|乡|庄|屯|组|社|队|苑|园|里|坊|小区|社区|公寓|花园)[\u4e00-\u9fffA-Z0-"
    r"9\-]*?[0-9]"
    r"|[镇乡](?:[\u4e00-\u9fff]{1,8})?[村庄屯社寨]|街道[\u4e00-\u9fff]{2,10}[路街巷村苑园]"
)


def marks_of_identity(flat: str) -> Iterator[Mark]:
    """Employers and dwellings in sentences and brackets that tell who somebody is."""
    done = 0
    for told in _IS_IDENTITY.finditer(flat):
        if told.end() > done:
            start, done = _sentence_around(flat, told.end() - 1)
            for span in _clauses(flat, start, done):
                yield from _employer(flat, *span)
                yield from _dwelling(flat, *span)
    if "班" in flat:
        yield from _classes(flat)
    for found in _OF_EMPLOYER.finditer(flat):
        if not _NO_EMPLOYER.search(found[1]):
            yield clause(flat, *found.span(1), "employer", BY_FORM)
    for found in _IN_BRACKETS.finditer(flat):
        if not _NO_EMPLOYER.search(found[1]):
            yield clause(flat, *found.span(1), "employer", BY_FORM)
    yield from _homes(flat)


def _sentence_around(flat: str, at: int) -> tuple[int, int]:
    """The sentence that a place is in; a line break within a number ends none."""
    start = max(flat.rfind(sign, 0, at) for sign in "。;") + 1
    start += (flat.rfind("\n", start, at) + 1 - start) if flat.rfind("\n", start, at) >= 0 else 0
    found = _SENTENCE.match(flat, start)
    return start, max(found.end() if found else at, at + 1)


def _classes(flat: str) -> Iterator[Mark]:
    """某小学三(5)班"""
    for found in _CLASS.finditer(flat):
        lead = _PREFIX_OF_CLASS.match(found.group())
        start = found.start() + (lead.end() if lead else 0)
        if found.end() - start > 3:
            yield clause(flat, start, found.end(), "employer", BY_FORM)


def _clauses(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What commas and brackets part in a sentence; a bracket with a number stays with its word."""
    at = start
    for place in range(start, end):
        sign = flat[place]
        if sign in ",、|" or (sign in "()" and not _is_small(flat, place)):
            if place > at:
                yield at, place
            at = place + 1
    if end > at:
        yield at, end


def _is_small(flat: str, place: int) -> bool:
    """Whether it is a bracket within a name: 三(5)班, 矿业(集团)公司."""
    if flat[place] == "(":
        opened, close = place, flat.find(")", place, place + 6)
    else:
        opened, close = flat.rfind("(", max(place - 5, 0), place), place
    if opened < 0 or close < 0:
        return False
    within = flat[opened + 1 : close]
    return within.isdigit() or within in _IN_FIRMS or flat[close + 1 : close + 3] in _OF_FIRMS


def _employer(flat: str, start: int, end: int) -> Iterator[Mark]:
    said = flat[start:end]
    found = _EMPLOYED.match(said)
    if found is None or _NO_EMPLOYER.search(said) or _ONLY_TRADE.match(found[1]):
        return
    yield clause(flat, start + found.start(1), start + found.end(1), "employer", BY_FORM)


def _dwelling(flat: str, start: int, end: int) -> Iterator[Mark]:
    for found in _DWELLING.finditer(flat, start, end):
        said = found.group()
        below = county_end(said)
        detail = said[below:]
        length = last_step_of(detail)
        if below and length > 2 and _DOOR.search(detail[:length]):
            begin = found.start() + below
            yield Mark(begin, begin + length, "address", INSTEAD, found_by=BY_FORM)


def _homes(flat: str) -> Iterator[Mark]:
    """位于某区某路77号的家中, 在宿舍(某区某路4号)."""
    for found in _HOME_BEHIND.finditer(flat):
        first = max(flat.rfind(sign, 0, found.start()) for sign in ",。;\n()")
        for mark in _dwelling(flat, first + 1, found.start()):
            if found.start() - mark.end < 4:
                yield mark
        if flat[found.end() : found.end() + 1] == "(":
            close = flat.find(")", found.end())
            if close > 0:
                yield from _dwelling(flat, found.end() + 1, close)
