"""Where a text says that somebody works or learns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import Mark, clause
from mingjing_shared.privacy.masking_numbers import BY_CUE
from mingjing_shared.privacy.masking_roles import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = r"[^,。;)(\n“”|]"
_PLAIN = r"[^,。;)(\n“”|有将对被由向与和到为系]"
_SENTENCE = re.compile(r"[^。;\n]+[。;\n]?")
_ORGANISATION = alternatives(
    "公司 厂 店 学校 中学 小学 大学 学院 医院 幼儿园 集团 银行 局 所 院 酒店 饭店 宾馆 超市 "
    "合作社 工地 物业 车间 部 站 矿 馆 队 社 中心 场 支行 园 校 府 委员会 委 协会 电站 公社 "
    "工作室 行 铺 坊 吧 卫生室 诊所 单位"
)
_WORKER = alternatives(
    "职工 员工 工人 教师 老师 学生 司机 驾驶员 会计 医生 护士 保安 厨师 工作人员 干部 教授 "
    "主任 经理 店长 务工 打工 任职 就读 任教 从事 装卸工 配送 辅警 保洁 临时工 退休"
)
_DOES = alternatives(
    "当 做 任 担任 打工 务工 上班 工作 任职 开车 学徒 实习 就读 上学 读书 教书 帮工 兼职"
)
_AT = alternatives("受聘 任教 受雇 就职 任职 供职 就读 执教 务工 工作 在职 毕业 实习 就业")
_FIELD = re.compile(
    r"(?:工作单位|服务处所|就职单位|任职单位|就读学校|就读院校|所在单位|的单位|单 {0,4}位及?职[务"
    r"业]|就业去向"
    r"|工作地点|职 {0,6}业|学 {0,4}校)(?:为|是|[ :|\]】]){1,8}([^,。;、)\n|(]{2,30})"
)
_SIGN = re.compile(rf"{_WORKER}|{_AT}于|经营|开办|现任|的(?:打卡|考勤|工资|社保|学籍|档案|工位)")
_TRADE = re.compile(
    r"员|师|工|长|护士|医生|司机|教练|主任|经理|会计|出纳|学徒|开|当|做|任|读|学|兼职|上班|打工"
)
_BY_SIGN = (
    re.compile(
        rf"(?:(?:{_AT})于|受雇|现任)({_END}{{2,26}}?)"
        r"(?=(?:工作|任职|上班|打工|务工|就读|[,。;)(、\n]|$))"
    ),
    re.compile(
        rf"(?:系|是|为|,|:|现|在)(?:在)?({_PLAIN}{{2,24}}?(?:{_ORGANISATION}))的?"
        rf"(?=(?:{_END}{{0,4}})?(?:{_WORKER}|上班|工作[,。;)])(?!工资|宿舍|食堂|名单))"
    ),
    re.compile(
        rf"在({_END}{{2,20}}?(?:{_ORGANISATION}))的(?:打卡|考勤|工资|社保|学籍|档案|宿舍|工位|同事)"
    ),
    re.compile(
        r"(?:从事|经营|开办)([^,。;)(\n“”|]{3,20}?(?:店|馆|厂|铺|行|部|超市|诊所|工作室|网吧|公司))"
        r"(?=[,。;)(\n配从]|$)"
    ),
)
_BY_TRADE = (
    re.compile(
        rf"(?:在|于)({_END}{{2,24}}?(?:{_ORGANISATION}))"
        rf"(?=(?:{_DOES}|开[\u4e00-\u9fff]{{1,3}}车))"
    ),
    re.compile(
        rf"(?<=[,。:;(])({_END}{{3,22}}?(?:公司|厂|店|学校|中学|小学|大学|学院|医院|幼儿园|集团|"
        rf"超市|合作社|车间"
        r"|中心|馆|卫生院|卫生室))(?=[\u4e00-\u9fff]{0,3}"
        r"(?:员|师|工|护士|医生|司机|教练|主任|经理|会计|出纳|学生|学徒|店长)[,。;)])"
    ),
)
_PUBLIC = re.compile(
    r"^(?:现|家|暂|租|居)?住|公安|该公司|该单位|该店|本公司|你公司|你单位|日内|缴款|派出所|支队|大"
    r"队|法院|检察|政府|交警"
    r"|消防|拘留所"
    r"|戒毒所|街道办"
)

_TRADE_IN_BRACKETS = re.compile(
    r"\(([^()\n,]{1,8}(?:员|师|工|教|长|理|生|任|司机|会计|出纳|前台|保安))\)"
)
_NO_ORGANISATION = ("进行", "执行", "实行", "举行", "履行", "发行", "运行")


def marks_of_employers(flat: str) -> Iterator[Mark]:
    """Employers and schools of persons in a plain text; public bodies are none."""
    for found in _FIELD.finditer(flat):
        yield clause(flat, *found.span(1), "employer", BY_CUE)
    for sentence in _SENTENCE.finditer(flat):
        start, end = sentence.span()
        forms = list(_BY_SIGN if _SIGN.search(flat, start, end) else ())
        if _TRADE.search(flat, start, end):
            forms.extend(_BY_TRADE)
        for form in forms:
            for found in form.finditer(flat, start, end):
                if bracket := _TRADE_IN_BRACKETS.match(flat, found.end(1)):
                    yield clause(flat, *bracket.span(1), "employer", BY_CUE)
                if not _PUBLIC.search(found[1]) and not found[1].endswith(_NO_ORGANISATION):
                    yield clause(flat, *found.span(1), "employer", BY_CUE)
