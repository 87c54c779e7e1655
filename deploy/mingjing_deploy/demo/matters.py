"""What cases are about: by kind, the cause, the law, the usual and the grave outcome."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    """One kind of case.

    ``plain`` needs no legal review, ``grave`` does. ``of`` says whom it is about.
    """

    kind: str
    cause: tuple[str, str]
    law: tuple[str, str]
    of: str
    units: tuple[str, ...]
    sign: str
    plain: Mapping[str, object]
    grave: Mapping[str, object]
    facts: str


def _fine(amount: str) -> Mapping[str, object]:
    return {"kinds": ["fine"], "fine": amount}


_STATIONS = ("340403520000", "340402510000", "340404510000", "340406510000", "340406000000")
MATTERS: Mapping[str, Matter] = {
    one.kind: one
    for one in (
        Matter(
            "traffic", ("410100", "机动车驾驶人违反道路通行规定"), ("道路交通安全法", "第九十条"),
            "person", ("340400170000",), "交", _fine("200.00"),
            {"kinds": ["fine", "licence_revocation"], "fine": "2000.00"},
            "驾驶机动车违反道路通行规定，经当场检查查实",
        ),
        Matter(
            "narcotics", ("420300", "违反易制毒化学品管理规定"), ("禁毒法", "第六十四条"),
            "organisation", ("340400180000",), "禁", _fine("5000.00"), _fine("30000.00"),
            "购买易制毒化学品后未按规定备案，经检查查实",
        ),
        Matter(
            "exit_entry", ("430200", "未按规定办理住宿登记"), ("出境入境管理法", "第七十六条"),
            "organisation", ("340400190000",), "境", _fine("1000.00"), _fine("20000.00"),
            "未按规定报送境外人员住宿登记信息，经检查查实",
        ),
        Matter(
            "cyber", ("330100", "未履行网络安全保护义务"), ("网络安全法", "第五十九条"),
            "organisation", ("340403250000",), "网", _fine("5000.00"), _fine("30000.00"),
            "未按规定留存网络日志不少于六个月，经检查查实",
        ),
        Matter(
            "firearms_explosives", ("440500", "未按规定储存民用爆炸物品"),
            ("民用爆炸物品安全管理条例", "第四十八条"), "organisation",
            ("340400210000", "340406000000"), "治", {"kinds": ["warning"]},
            {"kinds": ["fine", "business_suspension"], "fine": "50000.00"},
            "民用爆炸物品储存未按规定登记，经检查查实",
        ),
        Matter(
            "security_services", ("450100", "保安服务公司未按规定备案"),
            ("保安服务管理条例", "第四十二条"), "organisation",
            ("340400210000", "340402510000"), "治", _fine("2000.00"), _fine("20000.00"),
            "跨区域提供保安服务未按规定备案，经检查查实",
        ),
        Matter(
            "public_security", ("310200", "殴打他人"), ("治安管理处罚法", "第五十一条"),
            "person", _STATIONS, "治", _fine("500.00"), _fine("4000.00"),
            "因琐事与他人发生争执并动手殴打，经询问查实",
        ),
        Matter(
            "permit", ("460100", "特种行业许可"), ("旅馆业治安管理办法", "第四条"),
            "organisation", ("340400210000", "340406000000"), "治",
            {"licence_action": "granted"}, {"licence_action": "granted"},
            "申请材料齐全，现场核查符合条件",
        ),
        Matter(
            "criminal", ("510100", "涉嫌刑事犯罪"), ("刑事诉讼法", "第一百零九条"),
            "person", _STATIONS, "刑", {"kinds": []}, {"kinds": []},
            "经初查，涉嫌犯罪事实需要追究刑事责任",
        ),
    )
}  # fmt: skip
